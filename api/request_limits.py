"""How large a request may be."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge, RequestURITooLarge

_URL_LIMIT = 4000  # bytes of path and query
_BODY_LIMIT = 16_384  # bytes; no operation reads a body, a small one is passed over


def refuse_large_requests() -> None:
    """Refuse an address or a body that is too long (414, 413), and a body that does not say how long it is (411)."""
    environ = request.environ
    if len(environ["PATH_INFO"]) + len(environ.get("QUERY_STRING", "")) > _URL_LIMIT:
        raise RequestURITooLarge(f"the address is longer than {_URL_LIMIT} bytes")
    if "CONTENT_LENGTH" in environ and (request.content_length or 0) > _BODY_LIMIT:
        raise RequestEntityTooLarge(f"the body is longer than {_BODY_LIMIT} bytes; no operation takes one")
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise LengthRequired("the body has no Content-Length; no operation takes one")
