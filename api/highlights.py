"""Where in its words a fact has what was searched for."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Any

from api.database import find_rows
from api.search import parse_search

_COLUMNS = ("exact", "counted", "sentence")


def find_highlights(positions: Sequence[int], q: str | None) -> dict[int, list[dict[str, Any]]]:
    """By position, each column in which `q` was found: its text, and the spans of code points in it."""
    if q is None or not positions:
        return {}
    opening, closing = (secrets.token_hex(12) for _ in range(2))  # marks that no article can have foreseen
    marked = ", ".join(f"highlight(facts_fts, {n}, ?, ?)" for n in range(len(_COLUMNS)))
    marks = ", ".join("?" * len(positions))
    sql = f"SELECT rowid, {marked} FROM facts_fts WHERE facts_fts MATCH ? AND rowid IN ({marks})"  # noqa: S608 - constants and question marks
    rows = find_rows(sql, [*(opening, closing) * len(_COLUMNS), parse_search(q), *positions])
    found: dict[int, list[dict[str, Any]]] = {}
    for position, *texts in rows:
        pairs = zip(_COLUMNS, texts, strict=True)
        found[position] = [_read(name, text, opening, closing) for name, text in pairs if text and opening in text]
    return found


def _read(column: str, marked: str, opening: str, closing: str) -> dict[str, Any]:
    """Take the marks out of the text and say where they stood."""
    text, *found = marked.split(opening)
    spans = []
    for part in found:
        word, _, after = part.partition(closing)
        spans.append({"start": len(text), "end": len(text) + len(word)})
        text += word + after
    return {"member": column, "text": text, "spans": spans}
