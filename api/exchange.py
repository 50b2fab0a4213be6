"""One request and what became of it, as the access log and the metrics see it."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

_IDENTIFIER = re.compile(r"[A-Za-z0-9._-]{1,128}")


def make_request_id() -> str:
    """Make an identifier that no other request has."""
    return os.urandom(16).hex()


@dataclass(slots=True)
class Exchange:
    """A request and its answer; what could not be read of the request is None.

    `path` and `query` are as sent, save that the path is decoded; `size` counts the bytes of the body that were handed
    to the server; `route` is the rule that the path matched, never the path itself.
    """

    request_id: str = field(default_factory=make_request_id)
    method: str | None = None
    path: str | None = None
    query: str | None = None
    remote: str | None = None
    user_agent: str | None = None
    route: str | None = None
    status: int = 0
    size: int = 0
    came_at: float = field(default_factory=time.time)  # seconds since 1970
    started: float = field(default_factory=time.perf_counter)


Record = Callable[[Exchange, float], None]  # takes the duration in seconds


def read_exchange(environ: dict[str, Any]) -> Exchange:
    """Read what the server says of a request; a well-formed X-Request-ID of the client is kept."""
    sent = environ.get("HTTP_X_REQUEST_ID")
    path = environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", "")
    return Exchange(
        request_id=sent if sent and _IDENTIFIER.fullmatch(sent) else make_request_id(),
        method=environ["REQUEST_METHOD"],
        path=path if path.isascii() else path.encode("latin-1").decode("utf-8", "replace"),  # PEP 3333
        query=environ.get("QUERY_STRING", ""),
        remote=environ.get("REMOTE_ADDR"),
        user_agent=environ.get("HTTP_USER_AGENT"),
    )
