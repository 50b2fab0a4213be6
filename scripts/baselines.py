"""What a WSGI application costs before it does anything: one on its own, and one of Flask.

Both answer `/STATUS/SIZE` with so many bytes, under the gunicorn configuration of the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from http import HTTPStatus

from flask import Flask, Response

Start = Callable[[str, list[tuple[str, str]]], object]


@cache
def _answer(path: str) -> tuple[str, list[tuple[str, str]], list[bytes]]:
    status, size = (int(part) for part in path.strip("/").split("/"))
    headers = [("Content-Type", "application/json"), ("ETag", '"made-up"')]
    if status != HTTPStatus.NOT_MODIFIED:
        headers.append(("Content-Length", str(size)))
    return f"{status} {HTTPStatus(status).phrase}", headers, [b"x" * size]


def bare(environ: dict[str, str], start_response: Start) -> Iterable[bytes]:
    """The least that a WSGI application (PEP 3333) can do."""
    status, headers, body = _answer(environ["PATH_INFO"])
    start_response(status, list(headers))
    return body


def create_flask() -> Flask:
    """The least that an application of Flask can do."""
    app = Flask(__name__, static_folder=None)

    @app.get("/<int:status>/<int:size>")
    def answer(status: int, size: int) -> Response:
        return Response(b"x" * size, status, content_type="application/json")

    return app
