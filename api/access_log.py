"""The access log: a line of JSON on standard output for each request, written when its answer is closed."""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import orjson

from api.exchange import Exchange

_LONGEST = 1000  # bytes of a text in JSON: a line stays within the 4,096 that a pipe takes in one piece (pipe(7))
_WIDEST = 12  # bytes of a character in JSON
_encode_all = json.JSONEncoder(separators=(",", ":")).encode


def log_exchange(exchange: Exchange, seconds: float) -> None:
    """Write the line of one request; its time is that of the request (RFC 3339)."""
    line = format_line(exchange, seconds)
    with suppress(OSError, ValueError):  # nobody reads it any more: no reason to fail
        sys.stdout.write(line)
        sys.stdout.flush()


def format_line(exchange: Exchange, seconds: float) -> str:
    """Format the line of one request: printable ASCII, so that nothing a client sends can break or forge a line."""
    members = {
        "time": datetime.fromtimestamp(exchange.came_at, UTC).isoformat(timespec="milliseconds"),
        "request_id": exchange.request_id,
        "method": _shorten(exchange.method),
        "path": _shorten(exchange.path),
        "query": _shorten(exchange.query),
        "status": exchange.status,
        "bytes": exchange.size,
        "duration_ms": round(seconds * 1000, 3),
        "remote": _shorten(exchange.remote),
        "user_agent": _shorten(exchange.user_agent),
    }
    return _encode(members).replace("\x7f", "\\u007f") + "\n"


def _encode(members: dict[str, Any]) -> str:
    """Encode by orjson where that leaves no character that is not ASCII, which is nearly always."""
    try:
        line = orjson.dumps(members)
    except orjson.JSONEncodeError:  # half of a surrogate pair
        line = b"\xff"
    return line.decode() if line.isascii() else _encode_all(members)


def _shorten(text: str | None) -> str | None:
    if text is None or len(text) * _WIDEST <= _LONGEST:
        return text
    cut = text[:_LONGEST]
    while (size := len(_encode_all(cut))) > _LONGEST + len('""'):
        cut = cut[: len(cut) * _LONGEST // size]
    return text if cut == text else f"{cut}…"
