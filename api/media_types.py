"""Which of several media types an answer gets (RFC 9110 section 12.5.1)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from flask import request
from werkzeug.exceptions import NotAcceptable
from werkzeug.http import parse_accept_header


def choose_media_type(media_types: tuple[str, ...]) -> str:
    """The media type that the client likes best, the first where it does not care; NotAcceptable where none will do.

    Media types are compared without their parameters, such as charset and profile.
    """
    chosen = _choose(request.environ.get("HTTP_ACCEPT", ""), media_types)
    if chosen is None:
        raise NotAcceptable(f"only {' or '.join(media_types)} is served here")
    return chosen


@lru_cache(maxsize=256)
def _choose(header: str, media_types: tuple[str, ...]) -> str | None:
    accepted = [(name.partition(";")[0].strip().lower(), quality) for name, quality in parse_accept_header(header)]
    if not accepted:
        return media_types[0]
    best = max(media_types, key=lambda each: _rate(each, accepted))  # the first of equals
    return best if _rate(best, accepted)[0] > 0 else None


def _rate(media_type: str, accepted: Sequence[tuple[str, float]]) -> tuple[float, int]:
    """How much a client likes a media type, and how closely it names it: the closest name decides."""
    for closeness, wanted in ((3, media_type), (2, f"{media_type.partition('/')[0]}/*"), (1, "*/*")):
        qualities = [quality for name, quality in accepted if name == wanted]
        if qualities:
            return max(qualities), closeness
    return 0, 0
