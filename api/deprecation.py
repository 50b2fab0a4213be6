"""Operations that will go: Deprecation (RFC 9745) and Sunset (RFC 8594) in every answer of theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import ParamSpec, TypeVar

from flask import Response, after_this_request
from werkzeug.http import http_date

P = ParamSpec("P")
R = TypeVar("R")


def deprecated(
    *, since: datetime, sunset: datetime | None = None, notice: str | None = None, policy: str | None = None
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Say in the answers of a view, errors of its own included, that it is deprecated `since`, and when it will end.

    `notice` and `policy` are the URLs of pages that tell what to use instead and how things are ended: the link
    relations "deprecation" and "sunset". Both times need a time zone; ValueError where one has none, or where the end
    comes before the deprecation. It stands below the operation, which says the same in the OpenAPI document:

        @blueprint.operation("/v1/old", "getOld", OldSchema, deprecated=True)
        @deprecated(since=datetime(2031, 4, 1, tzinfo=UTC), sunset=datetime(2032, 4, 1, tzinfo=UTC), notice="/docs/")
        def get_old() -> Representation: ...
    """
    if any(each is not None and each.tzinfo is None for each in (since, sunset)):
        raise ValueError("since and sunset need a time zone")
    if sunset is not None and sunset < since:
        raise ValueError("sunset comes before the deprecation (RFC 9745 section 5)")
    headers = [("Deprecation", f"@{int(since.timestamp())}")]
    if sunset is not None:
        headers.append(("Sunset", http_date(sunset)))
    links = {"deprecation": notice, "sunset": policy}
    headers += [("Link", f'<{url}>; rel="{relation}"; type="text/html"') for relation, url in links.items() if url]

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def deprecated_view(*args: P.args, **kwargs: P.kwargs) -> R:
            after_this_request(add_headers)
            return view(*args, **kwargs)

        return deprecated_view

    def add_headers(response: Response) -> Response:
        for name, value in headers:
            response.headers.add(name, value)
        return response

    return decorate
