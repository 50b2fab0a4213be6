"""gunicorn's threaded worker, with two habits of this service: problem documents, and a door that shuts at once."""

from __future__ import annotations

import json
from contextlib import suppress
from http import HTTPStatus
from socket import socket

from gunicorn.http import errors
from gunicorn.util import write_nonblock
from gunicorn.workers.gthread import ThreadWorker

# What gunicorn refuses before the application sees it; anything else stays with gunicorn.
_STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.InvalidRequestLine: HTTPStatus.BAD_REQUEST,
    errors.InvalidRequestMethod: HTTPStatus.BAD_REQUEST,
    errors.InvalidHTTPVersion: HTTPStatus.BAD_REQUEST,
    errors.InvalidHeader: HTTPStatus.BAD_REQUEST,
    errors.InvalidHeaderName: HTTPStatus.BAD_REQUEST,
    errors.ObsoleteFolding: HTTPStatus.BAD_REQUEST,
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


class Worker(ThreadWorker):  # type: ignore[misc]  # published without type information
    """A worker that answers what is no HTTP request with a problem document (RFC 9457) as well."""

    def handle_error(self, req: object, client: socket, addr: object, exc: Exception) -> None:
        """Answer a request that could not be read."""
        status = _STATUSES.get(type(exc))
        if status is None:
            super().handle_error(req, client, addr, exc)
            return
        with suppress(OSError):  # the client may be gone
            write_nonblock(client, _refuse(status, str(exc)))

    def set_accept_enabled(self, enabled: bool) -> None:
        """Close the listening sockets when stopping, so that new clients are refused and not left to wait."""
        super().set_accept_enabled(enabled)
        if not enabled and not self.alive:
            for listener in self.sockets:
                listener.close()


def _refuse(status: HTTPStatus, detail: str) -> bytes:
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    content = json.dumps(document).encode("ascii")
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Connection: close\r\n"
        "Content-Type: application/problem+json\r\n"
        f"Content-Length: {len(content)}\r\n"
        "\r\n"
    )
    return head.encode("ascii") + content
