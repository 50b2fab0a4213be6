"""Answers to what is no request, which the application never sees, as problem documents (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from gunicorn.http import errors

from api.headers import complete_headers

HEAD_LIMIT = 32_768  # bytes of the head of a request

# What gunicorn refuses before the application sees it; anything else stays with gunicorn.
STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.InvalidRequestLine: HTTPStatus.BAD_REQUEST,
    errors.InvalidRequestMethod: HTTPStatus.BAD_REQUEST,
    errors.InvalidHTTPVersion: HTTPStatus.BAD_REQUEST,
    errors.InvalidHeader: HTTPStatus.BAD_REQUEST,
    errors.InvalidHeaderName: HTTPStatus.BAD_REQUEST,
    errors.ObsoleteFolding: HTTPStatus.BAD_REQUEST,
    errors.ConfigurationProblem: HTTPStatus.NOT_FOUND,  # a path that is not below SCRIPT_NAME
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
}


def too_long(head: bytes) -> Exception:
    """What is wrong with a head beyond HEAD_LIMIT."""
    if b"\r\n" not in head[:HEAD_LIMIT]:
        return errors.LimitRequestLine(len(head), HEAD_LIMIT)  # type: ignore[no-any-return]
    return errors.LimitRequestHeaders(f"the head is longer than {HEAD_LIMIT} bytes")  # type: ignore[no-any-return]


def refuse(status: HTTPStatus, detail: str, request_id: str) -> tuple[bytes, bytes]:
    """Make head and content of an answer that the application has no part in."""
    document = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    content = json.dumps(document).encode("ascii")
    own = [
        ("Connection", "close"),
        ("Content-Type", "application/problem+json"),
        ("Content-Length", str(len(content))),
    ]
    headers = "".join(f"{name}: {value}\r\n" for name, value in complete_headers(own, status.value, None, request_id))
    return f"HTTP/1.1 {status.value} {status.phrase}\r\n{headers}\r\n".encode("ascii"), content
