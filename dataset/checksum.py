"""The checksum that a database file carries: CRC-32 of its bytes, in the user version of its header.

SQLite has no checksums of its own and leaves that field (4 bytes at offset 60) to the application; it counts as zero.
"""

from __future__ import annotations

import zlib
from pathlib import Path
from typing import BinaryIO

_OFFSET, _SIZE = 60, 4  # https://www.sqlite.org/fileformat2.html, section 1.3
_PIECE = 1 << 20  # bytes that are read at once


def write_checksum(path: Path) -> None:
    """Let the file at `path`, which nobody has open, carry its checksum."""
    with path.open("r+b") as file:
        checksum = _compute(file)
        file.seek(_OFFSET)
        file.write(checksum)


def has_its_checksum(path: Path) -> bool:
    """Whether the file at `path` holds the very bytes that its checksum was written for."""
    with path.open("rb") as file:
        checksum = _compute(file)
        file.seek(_OFFSET)
        return file.read(_SIZE) == checksum


def _compute(file: BinaryIO) -> bytes:
    checksum = zlib.crc32(bytes(_SIZE), zlib.crc32(file.read(_OFFSET)))
    file.seek(_OFFSET + _SIZE)
    while piece := file.read(_PIECE):
        checksum = zlib.crc32(piece, checksum)
    return checksum.to_bytes(_SIZE, "big")
