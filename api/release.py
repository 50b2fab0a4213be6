"""A release as a version of the database file holds it, with what was read of it lately."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

from cachetools import LRUCache

T = TypeVar("T")

_KEPT = 6 << 20  # bytes of what was read for one release that a process keeps, and of whole answers
_WIDEST = 4  # bytes of a character
_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR}  # not a lock, nor a disk that fails
_MISCOUNTED = """
    SELECT (articles, facts, texts) IS NOT (
        (SELECT count(*) FROM articles), (SELECT count(*) FROM facts), (SELECT count(*) FROM article_texts))
    FROM release"""


@dataclass(frozen=True, slots=True)
class Release:
    """What a version of the file says about itself, and what was read of it lately.

    `label` names what is served: the digest of the release, and where texts are held what tells which, as they
    change what is quoted and found.
    """

    label: str
    digest: str
    schema_version: int
    articles: int
    facts: int
    texts: int
    _kept: LRUCache[Hashable, tuple[object, int]] = field(
        default_factory=lambda: LRUCache(_KEPT, getsizeof=lambda entry: entry[1]), repr=False
    )
    _answers: LRUCache[Hashable, tuple[object, int]] = field(
        default_factory=lambda: LRUCache(_KEPT, getsizeof=lambda entry: entry[1]), repr=False
    )
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def keep(self, key: tuple[str, ...], read: Callable[[], tuple[T, int]]) -> T:
        """Answer from memory, else by reading, which returns the object and about how many bytes it takes."""
        with self._lock:
            entry = self._kept.get(key)
        if entry is None:
            found, size = read()
            entry = found, size + _WIDEST * sum(map(len, key))  # clients choose the words of it
            if entry[1] < _KEPT // 4:
                with self._lock:
                    self._kept[key] = entry
        return cast("T", entry[0])

    def find_answer(self, key: Hashable) -> Any:  # noqa: ANN401 - as it was kept
        """Return a whole answer that was kept, None where there is none."""
        with self._lock:
            entry = self._answers.get(key)
        return entry[0] if entry else None

    def keep_answer(self, key: Hashable, answer: object, size: int) -> None:
        """Keep a whole answer of about so many bytes, in place of those that were not asked for lately."""
        with self._lock:
            self._answers[key] = answer, size


def read_release(connection: sqlite3.Connection) -> Release:
    """Read what a sound file says about itself."""
    row = connection.execute("SELECT digest, schema_version, articles, facts, texts FROM release").fetchone()
    held = hashlib.sha256()
    for (article,) in connection.execute("SELECT article FROM article_texts ORDER BY article"):
        held.update(article.encode("ascii"))
    label = f"{row['digest']}-{held.hexdigest()[:12]}" if row["texts"] else row["digest"]
    return Release(label, *row)


def find_damage(connection: sqlite3.Connection) -> str:
    """Say what is wrong with a file whose bytes are not those that were built."""
    try:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            return f"is damaged ({found})"
        if connection.execute(_MISCOUNTED).fetchone()[0]:
            return "does not hold as much as its release has"
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF not in _DAMAGED:
            raise
        return f"cannot be read ({error})"
    return "is damaged (its bytes are not those that were built)"
