"""Rate limits: how many requests one client may make.

The headers RateLimit-Limit, RateLimit-Remaining and RateLimit-Reset (seconds) say how a client stands, as
draft-ietf-httpapi-ratelimit-headers-06 has them; a client that is over its limit gets 429 with Retry-After (seconds).
"""

from __future__ import annotations

import math
import time
from functools import partial

from flask import Flask, Response, request
from flask_limiter import Limiter, RequestLimit
from flask_limiter.util import get_remote_address
from limits.errors import StorageError

from api.settings import OFF, Settings

_EXEMPT = {"/healthz", "/readyz", "/metrics"}
_ANYTHING = "factline"  # one name for all: by its own, what has no endpoint (404, 405, redirects) would go uncounted
_PATIENCE = 1  # seconds for Redis to answer; without it each process counts for itself
_REDIS = {"socket_connect_timeout": _PATIENCE, "socket_timeout": _PATIENCE}


def register_rate_limits(app: Flask, settings: Settings) -> None:
    """Limit what a client may ask of `app`, over all its paths, where the settings say so."""
    if settings.rate_limit == OFF:
        return
    options = _REDIS if settings.rate_limit_storage.startswith("redis") else {}
    limiter = Limiter(
        get_remote_address,
        app=app,
        application_limits=[settings.rate_limit],
        request_identifier=lambda: _ANYTHING,
        storage_uri=settings.rate_limit_storage,
        storage_options={"wrap_exceptions": True, **options},
        in_memory_fallback=[settings.rate_limit],
        in_memory_fallback_enabled=True,
    )
    limiter.request_filter(_is_exempt)
    app.after_request(partial(_add_headers, limiter))


def _is_exempt() -> bool:
    return request.environ["PATH_INFO"] in _EXEMPT


def _add_headers(limiter: Limiter, response: Response) -> Response:
    """Say how the client stands with the limit that it will reach first."""
    try:
        standings = [(each.remaining, _seconds_left(each), each.limit.amount) for each in limiter.current_limits]
    except StorageError:  # counted, but lost since: the next request counts in memory
        return response
    if standings:
        remaining, seconds, amount = min(standings, key=lambda each: (each[0], -each[1]))
        response.headers["RateLimit-Limit"] = str(amount)
        response.headers["RateLimit-Remaining"] = str(remaining)
        response.headers["RateLimit-Reset"] = str(seconds)
        if response.status_code == 429:
            response.headers["Retry-After"] = str(seconds)
    return response


def _seconds_left(limit: RequestLimit) -> int:
    return max(1, math.ceil(limit.window.reset_time - time.time()))
