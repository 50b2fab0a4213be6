"""Cursors: where a page of a list ends, as an opaque token that only that list takes back.

A release never changes, so how many items come before a page says where it starts.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

import orjson

from api.errors import CursorError

_CHECKSUM_LENGTH = 6  # bytes; against damage, not against forgery: a cursor opens nothing that is not public
_MOST = 2**32  # no list is longer


@dataclass(frozen=True, slots=True)
class Cursor:
    """How many items come before a page, and the list and the release that they are of."""

    release: str
    listing: str
    first: int


def digest(value: object) -> str:
    """Shorten a JSON value, such as the filters of a list, to 16 hexadecimal digits."""
    return hashlib.sha256(orjson.dumps(value, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def format_cursor(cursor: Cursor) -> str:
    """Write a cursor as unpadded base64url (RFC 4648 section 5) of JSON and checksum."""
    payload = orjson.dumps([cursor.release, cursor.listing, cursor.first])
    return _encode(payload + _checksum(payload))


def parse_cursor(token: str, release: str, listing: str) -> int:
    """Read where a page starts; CursorError where the token is not one of this list and this release."""
    cursor = _parse(token)
    if cursor.release != release:
        raise _refusal("the cursor belongs to another release of the data")
    if cursor.listing != listing:
        raise _refusal("the cursor belongs to other filters or another order")
    return cursor.first


def _parse(token: str) -> Cursor:
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
        payload, checksum = raw[:-_CHECKSUM_LENGTH], raw[-_CHECKSUM_LENGTH:]
        # Decoding skips foreign characters and spare bits: only what encodes back is unaltered.
        if _encode(raw) != token or _checksum(payload) != checksum:
            raise _refusal("the cursor is damaged")
        release, listing, first = orjson.loads(payload)
        if type(first) is not int or not 0 < first < _MOST:
            raise _refusal("the cursor is damaged")
        return Cursor(release, listing, first)
    except (binascii.Error, ValueError, TypeError) as error:
        raise _refusal("the cursor is damaged") from error


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def _checksum(payload: bytes) -> bytes:
    return hashlib.sha256(payload).digest()[:_CHECKSUM_LENGTH]


def _refusal(detail: str) -> CursorError:
    return CursorError(detail, parameter="cursor", remedy="start again without cursor")
