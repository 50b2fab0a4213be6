"""Answers that were given lately, given again before the application is asked.

They are kept per release, by address and by what the client accepts, and go with the release: an answer that is kept
is never stale. What has to be looked at closer is left to the application: other methods, ranges, errors, streams.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from flask import Flask, Response, g, request

from api.database import Database, get_database, get_release
from api.envelope import EXCHANGE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_LARGEST = 1 << 18  # bytes of an answer that is kept
_OVERHEAD = 2000  # bytes that its headers and its key take, about
_KEY = (
    *("SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_HOST"),
    "wsgi.url_scheme",
)
_LEFT_ALONE = (
    *("HTTP_RANGE", "HTTP_IF_RANGE", "HTTP_IF_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"),
    "HTTP_TRANSFER_ENCODING",
)
_NO_BODY = (None, "", "0")  # Content-Length of a request whose size has not to be looked at
_OF_304 = frozenset({"cache-control", "etag", "link", "vary"})  # RFC 9110 section 15.4.5

Headers = list[tuple[str, str]]


class KeptAnswer(NamedTuple):
    """An answer with status 200, and the rule that its path matched."""

    headers: Headers
    headers_of_304: Headers
    etag: str
    body: bytes
    route: str | None


def register_kept_answers(app: Flask) -> None:
    """Keep the answers of `app`. To be called before what changes answers, and after the database is registered."""
    app.after_request(_keep_answer)
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
    release = database.find_release() if _is_usable(environ) else None
    kept: KeptAnswer | None = release.find_answer(tuple(map(environ.get, _KEY))) if release else None
    if kept is None:
        return application(environ, start_response)
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known is not None and known != kept.etag:
        return application(environ, start_response)
    if (exchange := environ.get(EXCHANGE)) is not None:
        exchange.route = kept.route
    if known is not None:
        start_response("304 NOT MODIFIED", list(kept.headers_of_304))
        return []
    start_response("200 OK", list(kept.headers))
    return [kept.body]


def _keep_answer(response: Response) -> Response:
    """Keep an answer that was read from a release, as it goes out."""
    if (
        "validators" not in g
        or response.status_code != 200
        or not response.is_sequence
        or not _is_usable(request.environ)
    ):
        return response
    body = response.get_data()
    if len(body) > _LARGEST:
        return response
    headers = list(response.get_wsgi_headers(request.environ))
    of_304 = [header for header in headers if header[0].lower() in _OF_304]
    route = request.url_rule.rule if request.url_rule else None
    kept = KeptAnswer(headers, of_304, response.headers["ETag"], body, route)
    get_release().keep_answer(tuple(map(request.environ.get, _KEY)), kept, len(body) + _OVERHEAD)
    return response
