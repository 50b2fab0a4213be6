"""Lists in pages: the envelope, the link to the next page, and the cursor in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

import orjson
from flask import Response, current_app, request

from api.addresses import pairs_of_list
from api.cursor import Cursor, digest, format_cursor, parse_cursor
from api.database import get_release

Items = Callable[[int, int], tuple[Sequence[bytes], int]]  # from an index, so many: the items, and how many there are
_OF_A_PAGE = frozenset({"cursor", "limit", "members", "include"})  # how much of what, and how much of each: may change


def build_page(
    arguments: Mapping[str, Any], read: Items, *, media_type: str = "application/json", **members: object
) -> Response:
    """Answer one page of a list; CursorError where the cursor among the arguments is not one of this list.

    `members` join the envelope. The next page is linked in the body and by a Link header (RFC 8288).
    """
    release = get_release().label
    listing = digest([request.path, {name: value for name, value in arguments.items() if name not in _OF_A_PAGE}])
    token, limit = arguments.get("cursor"), arguments["limit"]
    first = parse_cursor(token, release, listing) if token else 0
    items, total = read(first, limit)
    following = _link(Cursor(release, listing, first + limit)) if first + limit < total else None
    envelope = orjson.dumps(
        {"next": following, "release": release, "total": {"value": total, "relation": "eq"}, **members}
    )
    content = b"".join((b'{"items":[', b",".join(items), b"],", envelope[1:], b"\n"))
    response = current_app.response_class(content, mimetype=media_type)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def build_entries_page(
    arguments: Mapping[str, Any], find: Callable[[int, int], tuple[Sequence[object], int]], **members: str
) -> Response:
    """Answer one page of a list of JSON values, as `build_page` does of what is JSON already."""

    def read(first: int, limit: int) -> tuple[list[bytes], int]:
        entries, total = find(first, limit)
        return list(map(orjson.dumps, entries)), total

    return build_page(arguments, read, **members)


def _link(cursor: Cursor) -> str:
    """Write the address of the next page without a host, so that it holds behind any proxy."""
    pairs = [*pairs_of_list(request.environ.get("QUERY_STRING", "")), f"cursor={format_cursor(cursor)}"]
    return f"{quote(request.script_root + request.path)}?{'&'.join(pairs)}"
