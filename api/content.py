"""Bytes over HTTP: validators and byte ranges (RFC 9110 sections 13 and 14)."""

from __future__ import annotations

import re

from flask import Response, request
from werkzeug.datastructures import ContentRange
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable
from werkzeug.http import quote_etag

_NO_BYTES = re.compile(r"bytes[ \t]*=[ \t]*-0+[ \t]*", re.IGNORECASE)


def answer_content(content: bytes, media_type: str, etag: str) -> Response:
    """Answer the bytes, the part of them that is asked for, or that the client has them already.

    RequestedRangeNotSatisfiable and PreconditionFailed as RFC 9110 says.
    """
    response = Response(content, mimetype=media_type)
    response.accept_ranges = "bytes"
    response.set_etag(etag)
    response.make_conditional(request)
    if response.status_code == PreconditionFailed.code:
        raise PreconditionFailed
    if response.status_code == 200 and _is_range_asked(etag):
        start, stop = _range_within(len(content))
        response.status_code = 206
        response.content_range = ContentRange("bytes", start, stop, len(content))
        response.set_data(content[start:stop])
    return response


def _is_range_asked(etag: str) -> bool:
    """Whether there is one range of bytes, for this version; any other Range header is to be ignored."""
    if request.method != "GET" or request.headers.get("If-Range", quote_etag(etag)) != quote_etag(etag):
        return False  # a weak ETag never matches here, nor does a date: the text has none
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
