"""Bytes over HTTP: validators and byte ranges (RFC 9110 sections 13 and 14), piece by piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Response, current_app, request
from werkzeug.datastructures import ContentRange
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable
from werkzeug.http import quote_etag

_NO_BYTES = re.compile(r"bytes[ \t]*=[ \t]*-0+[ \t]*", re.IGNORECASE)
_PIECE = 1 << 18  # bytes that are held at once


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to answer: what they are, how many, their strong ETag, and how to read some of them from an offset."""

    media_type: str
    length: int
    etag: str
    read: Callable[[int, int], bytes]


def content_of(data: bytes, media_type: str, etag: str) -> Content:
    """Content that is at hand."""
    return Content(media_type, len(data), etag, lambda start, count: data[start : start + count])


def answer_content(content: Content, close: Callable[[], None] = lambda: None) -> Response:
    """Answer the bytes, the part of them that is asked for, or that the client has them already.

    `close` is called when all is sent, or the client is gone. RequestedRangeNotSatisfiable and PreconditionFailed as
    RFC 9110 says.
    """
    response = current_app.response_class(mimetype=content.media_type)
    response.accept_ranges = "bytes"
    response.set_etag(content.etag)
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        close()
        raise PreconditionFailed
    if response.status_code != 200:
        close()
        return response
    start, stop = 0, content.length
    if _is_range_asked(content.etag):
        try:
            start, stop = _range_within(content.length)
        except RequestedRangeNotSatisfiable:
            close()
            raise
        response.status_code = 206
        response.content_range = ContentRange("bytes", start, stop, content.length)
    response.content_length = stop - start
    response.response = _pieces(content, start, stop)
    response.call_on_close(close)
    return response


def _pieces(content: Content, start: int, stop: int) -> Iterator[bytes]:
    for at in range(start, stop, _PIECE):
        yield content.read(at, min(_PIECE, stop - at))


def _is_range_asked(etag: str) -> bool:
    """Whether there is one range of bytes, for this version; any other Range header is to be ignored."""
    if request.method != "GET" or request.headers.get("If-Range", quote_etag(etag)) != quote_etag(etag):
        return False  # a weak ETag never matches here, nor does a date: the content has none
    wanted = request.range
    return _is_empty_range() or (wanted is not None and wanted.units == "bytes" and len(wanted.ranges) == 1)


def _is_empty_range() -> bool:
    """Whether the last 0 bytes are asked for; werkzeug takes that for no range at all."""
    return _NO_BYTES.fullmatch(request.headers.get("Range", "")) is not None


def _range_within(length: int) -> tuple[int, int]:
    """Return first byte and byte after the last; a suffix longer than the whole means the whole."""
    start, stop = request.range.ranges[0] if request.range else (length, None)
    if start < 0:
        start = max(0, length + start)
    if start >= length:
        raise RequestedRangeNotSatisfiable(length)
    return start, length if stop is None else min(stop, length)
