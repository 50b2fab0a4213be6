"""Answers that were given lately, given again before the application is asked.

They are kept per release, by address, by what the client accepts and by what it has, and go with the release: an
answer that is kept is never stale. What has to be looked at closer is left to the application: other methods, ranges,
errors, streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, Response, g, request

from api.database import get_database, get_release
from api.database_file import Database
from api.envelope import EXCHANGE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LARGEST = 1 << 18  # bytes of an answer that is kept
_OVERHEAD = 1500  # bytes that its headers take, and what holds it together, about
_KEY = (
    *("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_HOST"),
    *("HTTP_IF_NONE_MATCH", "wsgi.url_scheme"),
)
_LEFT_ALONE = (
    *("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"),
    "HTTP_TRANSFER_ENCODING",
)
_NO_BODY = (None, "", "0")  # Content-Length of a request whose size has not to be looked at
_KEEPABLE = "factline.keepable"  # where the environment holds the release and the rule of an answer that can be kept

Headers = list[tuple[str, str]]
Key = tuple[str | None, ...]


class KeptAnswer(NamedTuple):
    """An answer, and the rule that its path matched."""

    status: str
    headers: Headers
    body: bytes
    route: str | None


def register_kept_answers(app: Flask) -> None:
    """Keep the answers of `app`. To be called before what changes answers, and after the database is registered."""
    app.after_request(_note_release)
    with app.app_context():
        wrapped = partial(_answer, app.wsgi_app, get_database())
    app.wsgi_app = wrapped  # type: ignore[method-assign]  # as Flask documents it


def _is_usable(environ: Mapping[str, Any]) -> bool:
    """Whether the request asks for the whole of an answer, or whether it has changed."""
    if environ["REQUEST_METHOD"] != "GET" or environ.get("CONTENT_LENGTH") not in _NO_BODY:
        return False
    if "HTTP_HOST" not in environ or "%" in environ.get("RAW_URI", "").partition("?")[0]:
        return False  # see api.addresses
    return not any(name in environ for name in _LEFT_ALONE)


def _answer(
    application: WSGIApplication, database: Database, environ: WSGIEnvironment, start_response: StartResponse
) -> Iterable[bytes]:
    """Give a kept answer, or ask the application (PEP 3333)."""
    if not _is_usable(environ):
        return application(environ, start_response)
    key = tuple(map(environ.get, _KEY))
    release = database.find_release()
    kept: KeptAnswer | None = release.find_answer(key) if release else None
    if kept is None:
        return _ask(application, environ, start_response, key)
    if (exchange := environ.get(EXCHANGE)) is not None:
        exchange.route = kept.route
    start_response(kept.status, list(kept.headers))
    return [kept.body]


def _ask(
    application: WSGIApplication, environ: WSGIEnvironment, start_response: StartResponse, key: Key
) -> Iterable[bytes]:
    """Ask the application, and keep what it answers from a release."""
    told = "", Headers()

    def start(status: str, headers: Headers, *problem: Any) -> Any:  # noqa: ANN401 - as PEP 3333 has it
        nonlocal told
        told = status, headers
        return start_response(status, headers, *problem)

    body = application(environ, start)
    if _KEEPABLE not in environ:
        return body
    content = b"".join(body)
    if (close := getattr(body, "close", None)) is not None:
        close()
    release, route = environ[_KEEPABLE]
    if len(content) <= _LARGEST:
        size = len(content) + _OVERHEAD + sum(len(part) for part in key if part)  # clients choose the key
        release.keep_answer(key, KeptAnswer(*told, content, route), size)
    return [content]


def _note_release(response: Response) -> Response:
    """Say that an answer was read from a release, whole, and is no error."""
    environ = request.environ
    wanted = 304 if "HTTP_IF_NONE_MATCH" in environ else 200
    if response.status_code == wanted and response.is_sequence and "validators" in g:
        rule = request.url_rule
        environ[_KEEPABLE] = get_release(), rule.rule if rule else None
    return response
