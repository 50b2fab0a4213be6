"""How large a request may be."""

from __future__ import annotations

from flask import request
from werkzeug.exceptions import LengthRequired, RequestEntityTooLarge, RequestURITooLarge

from api.addresses import pairs_of_list

_URL_LIMIT = 4000  # bytes of path and query, without the cursor, so that the next page can be asked for too
_WIDEST = 3  # of a byte that has to be percent-encoded
_BODY_LIMIT = 16_384  # bytes; no operation reads a body, a small one is passed over


def _length_in_links(query: str) -> int:
    return len("&".join(pairs_of_list(query)))


def refuse_large_requests() -> None:
    """Refuse an address or a body that is too long (414, 413), and a body that does not say how long it is (411)."""
    environ = request.environ
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if len(path) + len(query) > _URL_LIMIT // _WIDEST and len(path) + _length_in_links(query) > _URL_LIMIT:
        raise RequestURITooLarge(f"the address is longer than {_URL_LIMIT} bytes")
    if "CONTENT_LENGTH" in environ and (request.content_length or 0) > _BODY_LIMIT:
        raise RequestEntityTooLarge(f"the body is longer than {_BODY_LIMIT} bytes; no operation takes one")
    if "HTTP_TRANSFER_ENCODING" in environ:
        raise LengthRequired("the body has no Content-Length; no operation takes one")
