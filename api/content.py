"""Bytes over HTTP: validators and byte ranges (RFC 9110 sections 13 and 14)."""

from __future__ import annotations

from flask import Response, request
from werkzeug.datastructures import ContentRange
from werkzeug.exceptions import PreconditionFailed, RequestedRangeNotSatisfiable


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
    wanted, condition = request.range, request.if_range
    return (
        request.method == "GET"
        and wanted is not None
        and wanted.units == "bytes"
        and len(wanted.ranges) == 1
        and condition.date is None
        and condition.etag in {None, etag}
    )


def _range_within(length: int) -> tuple[int, int]:
    """Return first byte and byte after the last; a suffix longer than the whole means the whole."""
    start, stop = request.range.ranges[0] if request.range else (0, None)
    if start < 0:
        start = max(0, length + start)
    if start >= length:
        raise RequestedRangeNotSatisfiable(length)
    return start, length if stop is None else min(stop, length)
