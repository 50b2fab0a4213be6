"""Which addresses are served: each thing under one path, on a host whose name can stand in an IRI."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes

from flask import request
from werkzeug.exceptions import BadRequest, NotFound

_HOST = re.compile(r"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?")
_HIDDEN_SLASH = "%2f"
_QUERY = "!$%&'()*+,-./:;=?@_~"  # what a query may hold (RFC 3986 section 3.4)
_LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")


def own_origin() -> str:
    """Scheme and host of this service, as the client calls it."""
    host = request.environ.get("HTTP_HOST") or request.host  # HTTP/1.0 may leave it out
    return f"{request.scheme}://{host}"


def pairs_of_list(query: str) -> list[str]:
    """The parameters of a query (PEP 3333) as they can stand in a link, without the page that is asked for."""
    sent = query.encode("latin-1").split(b"&")
    kept = [pair for pair in sent if pair and unquote_to_bytes(pair.partition(b"=")[0]) != b"cursor"]
    return [_LONE_PERCENT.sub("%25", quote(pair, safe=_QUERY)) for pair in kept]


def refuse_strange_addresses() -> None:
    """Refuse a request without a host, or with none that can be (400), and a path in another spelling (404).

    HTTP/1.1 asks for the Host header (RFC 9112 section 3.2). An encoded slash is no slash (RFC 3986 section 2.2), and
    the server decodes it before it says what the path is; only its RAW_URI tells.
    """
    environ = request.environ
    host = environ.get("HTTP_HOST")
    if host is None and environ.get("SERVER_PROTOCOL") == "HTTP/1.1":
        raise BadRequest("there is no Host header, which HTTP/1.1 asks for; send one")
    if host is not None and not _HOST.fullmatch(host):
        raise BadRequest("the Host header names no host; send a name or an address, with or without a port")
    path: str = environ["PATH_INFO"]
    sent: str = environ.get("RAW_URI", "")
    if path[:1] not in ("", "/") or "//" in path or _HIDDEN_SLASH in sent.partition("?")[0].lower():
        raise NotFound  # werkzeug would add the slash at the beginning, and drop those that are too many
