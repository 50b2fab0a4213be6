"""Lists in pages: the envelope, the link to the next page, and the cursor in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import request, url_for

from api.cursor import Cursor, digest, format_cursor, parse_cursor
from api.database import get_release
from api.queries import Condition, Listing, Order, Row, count_rows, find_page

Page = tuple[dict[str, Any], dict[str, str]]  # body and headers
Represent = Callable[[Sequence[Row]], list[dict[str, Any]]]


def build_page(
    listing: Listing, conditions: Sequence[Condition], order: Order, arguments: Mapping[str, Any], represent: Represent
) -> Page:
    """Answer one page of a list; CursorError where the cursor among the arguments is not one of this list.

    The next page is linked in the body and by a Link header (RFC 8288).
    """
    release = get_release()["digest"]
    identity = _identify(order, arguments)
    token, limit = arguments.get("cursor"), arguments["limit"]
    after = parse_cursor(token, release, identity, len(order.columns)) if token else ()
    rows = find_page(listing, conditions, order, after, limit + 1)  # the row too many says that a page follows
    following = None
    if len(rows) > limit:
        following = _link(Cursor(release, identity, _sort_keys(rows[limit - 1], order)))
    body = {
        "items": represent(rows[:limit]),
        "next": following,
        "release": release,
        "total": {"value": count_rows(listing, conditions), "relation": "eq"},
    }
    return body, {"Link": f'<{following}>; rel="next"'} if following else {}


def _identify(order: Order, arguments: Mapping[str, Any]) -> str:
    """Tell lists apart by address, filters and order; the size of a page may change on the way."""
    filters = {name: value for name, value in arguments.items() if name not in {"cursor", "limit"}}
    return digest([request.path, order.columns, order.descending, filters])


def _sort_keys(row: Row, order: Order) -> tuple[float, ...]:
    return tuple(row[column.partition(".")[2]] for column in order.columns)


def _link(cursor: Cursor) -> str:
    """Write the address of the next page without a host, so that it holds behind any proxy."""
    values = {**(request.view_args or {}), **request.args.to_dict(), "cursor": format_cursor(cursor)}
    return url_for(str(request.endpoint), **values)
