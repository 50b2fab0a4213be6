"""Compression of what compresses: JSON in its kinds, CSV, text, pages (RFC 9110 sections 8.4 and 12.5.3).

Left as they are: what can be asked for in ranges of bytes, whose ETag and offsets are those of the file itself;
problem documents, which are small; and answers below 500 bytes. A streamed answer is compressed as it streams.
"""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

_ENCODINGS = ("zstd", "br", "gzip")  # the first of those that the client likes best
_TYPES = [
    "application/csvm+json",
    "application/javascript",
    "application/json",
    "application/jsonl",
    "application/ld+json",
    "application/schema+json",
    "application/vnd.factline.partial+json",
    "application/x-ndjson",
    "application/yaml",
    "text/css",
    "text/csv",
    "text/html",
    "text/javascript",
    "text/plain",
]


def register_compression(app: Flask) -> None:
    """Compress the answers of `app` as clients accept it, and say in Vary that it depends on that.

    A weak ETag is the same for all encodings; to a strong one the name of the encoding is added.
    """
    app.config.update(COMPRESS_MIMETYPES=_TYPES, COMPRESS_REGISTER=False, COMPRESS_EVALUATE_CONDITIONAL_REQUEST=False)
    compressors = {encoding: _make_compressor(app, encoding) for encoding in _ENCODINGS}

    def compress(response: Response) -> Response:
        if not _is_compressible(response):
            return response
        _vary_by_encoding(response)
        encoding = _choose_encoding(request.environ.get("HTTP_ACCEPT_ENCODING", ""))
        if encoding is None:
            return response
        return compressors[encoding].after_request(response)

    app.after_request(compress)


def _make_compressor(app: Flask, encoding: str) -> Compress:
    """Make what compresses in one way alone: left to choose, it would choose a way that the client refuses by q=0."""
    compressor = Compress()
    compressor.init_app(app)
    compressor.enabled_algorithms = compressor.streaming_algorithms = (encoding,)
    return compressor


def _is_compressible(response: Response) -> bool:
    """Whether the answer, or for 304 that which the client has, may come in several encodings."""
    may_vary = response.mimetype in _TYPES or response.status_code == 304
    return may_vary and "Accept-Ranges" not in response.headers


def _vary_by_encoding(response: Response) -> None:
    vary = response.headers.get("Vary")
    if vary is None:
        response.headers.add("Vary", "Accept-Encoding")
    elif "accept-encoding" not in vary.lower():
        response.headers["Vary"] = f"{vary}, Accept-Encoding"


@lru_cache(maxsize=256)
def _choose_encoding(header: str) -> str | None:
    """Choose the way that an Accept-Encoding header likes best; None where it likes none better than no way at all."""
    accepted = parse_accept_header(header, Accept)
    best = max(_ENCODINGS, key=accepted.quality)
    named = {name.lower(): quality for name, quality in accepted}
    return best if accepted.quality(best) > 0 and accepted.quality(best) >= named.get("identity", 0) else None
