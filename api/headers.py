"""The headers that answers carry: for pages of other sites (CORS), for browsers, for caches."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence

from flask import Response

Headers = list[tuple[str, str]]

EXPOSED = (
    "Accept-Ranges, Content-Range, Deprecation, ETag, Link, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, "
    "Retry-After, Sunset, X-Request-ID"
)
_EVERYWHERE: Headers = [
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", EXPOSED),
    ("Cache-Control", "no-cache"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
]
_WITH_BODY: Headers = [  # a 304 is about an answer that came with them, and would replace them (RFC 9111 section 3.2)
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]
_PREFLIGHT: Headers = [
    ("Access-Control-Allow-Headers", "If-Modified-Since, If-None-Match, If-Range, Range, X-Request-ID"),
    ("Access-Control-Allow-Methods", "GET, HEAD, OPTIONS"),
    ("Access-Control-Max-Age", "86400"),
]
_UNCHANGED_BY_KEY = [(name.lower(), (name, value)) for name, value in _EVERYWHERE]
_BY_KEY = _UNCHANGED_BY_KEY + [(name.lower(), (name, value)) for name, value in _WITH_BODY]
_PREFLIGHT_BY_KEY = _BY_KEY + [(name.lower(), (name, value)) for name, value in _PREFLIGHT]

_SCRIPT = re.compile(rb"<script>(.*?)</script>", re.DOTALL)
_PAGE_POLICY = (
    "default-src 'none'; script-src 'self' {scripts}; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def complete_headers(headers: Sequence[tuple[str, str]], status: int, method: str | None, request_id: str) -> Headers:
    """Add what is missing to the headers of an answer; what the answer says itself stands.

    Date is left to the server, which would say it a second time.
    """
    present = {name.lower() for name, _ in headers}
    completed = [header for header in headers if header[0] != "Date"] if "date" in present else list(headers)
    wanted = _UNCHANGED_BY_KEY if status == 304 else _PREFLIGHT_BY_KEY if method == "OPTIONS" else _BY_KEY
    completed += [header for key, header in wanted if key not in present]
    completed.append(("X-Request-ID", request_id))
    return completed


def add_page_policy(response: Response) -> Response:
    """Let the page of the documentation load its own assets and run the scripts that stand in it, by their digests."""
    if response.mimetype != "text/html" or response.is_streamed:
        return response
    digests = [hashlib.sha256(script).digest() for script in _SCRIPT.findall(response.get_data())]
    if digests:
        scripts = " ".join(f"'sha256-{base64.b64encode(digest).decode('ascii')}'" for digest in digests)
        response.headers["Content-Security-Policy"] = _PAGE_POLICY.format(scripts=scripts)
    return response
