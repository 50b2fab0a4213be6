"""What changed between two releases of facts.jsonl, fact by fact and field by field.

The older one may have been written by a version with other fields, so lines are read as they are: of
dataset.checks nothing is asked but an id.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from dataset.errors import FactsError
from dataset.model import EXACT_LIMIT
from dataset.records import Record

_REMEDY = "restore the file from git, as git show RELEASE:dataset/facts.jsonl prints it"
_LONGEST = 100  # characters of a value that is printed
_BEFORE = 20  # of them in front of a difference
_UNKNOWN_REASON = "no reason is recorded"


class ChangeKind(StrEnum):
    """What became of a fact."""

    ADDED = "added"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field with its old and its new JSON value; members of an object are named by path: `period.edtf`."""

    name: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one fact: its record (the old one where it is withdrawn), and the fields that changed."""

    kind: ChangeKind
    id: str
    record: Record
    fields: tuple[FieldChange, ...] = ()


def read_records(path: Path) -> dict[str, Record]:
    """The lines of any facts.jsonl by their id; FactsError names the line that cannot be taken."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise FactsError(f"no facts file {path}", _REMEDY) from error
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(f"cannot read {path} ({error})", _REMEDY) from error
    records: dict[str, Record] = {}
    places: dict[str, str] = {}
    for count, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        record = _read_line(line, f"{path}:{count}")
        if record["id"] in records:
            twice = f"the id {record['id']} stands in {places[record['id']]} too"
            raise FactsError(f"{path}:{count}: {twice}", "keep one of the two lines")
        records[record["id"]] = record
        places[record["id"]] = f"{path}:{count}"
    return records


def _read_line(line: str, place: str) -> Record:
    """The object of one line, which has an id."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError also for a number of thousands of digits
        raise FactsError(f"{place} is not JSON ({error})", _REMEDY) from error
    if not isinstance(record, dict):
        raise FactsError(f"{place} is not a JSON object", _REMEDY)
    if not isinstance(record.get("id"), str):
        raise FactsError(f"{place}: the field id is missing, or is no text", _REMEDY)
    return record


def find_changes(old: Mapping[str, Record], new: Mapping[str, Record]) -> list[Change]:
    """What was added, changed and withdrawn, by article and then by where it stands."""
    changes = [Change(ChangeKind.ADDED, key, new[key]) for key in new.keys() - old.keys()]
    changes += [Change(ChangeKind.WITHDRAWN, key, old[key]) for key in old.keys() - new.keys()]
    for key in old.keys() & new.keys():
        if fields := tuple(_find_fields(old[key], new[key])):
            changes.append(Change(ChangeKind.CHANGED, key, new[key], fields))
    return sorted(changes, key=_order)


def _order(change: Change) -> tuple[str, int, str]:
    start = change.record.get("start")
    return str(change.record.get("article")), start if isinstance(start, int) else -1, change.id


def _find_fields(old: Record, new: Record) -> Iterator[FieldChange]:
    """The fields that differ; one that is absent is as one that is null, as an older schema knows fewer fields."""
    before, after = dict(_members(old, "")), dict(_members(new, ""))
    for name in sorted(before.keys() | after.keys()):
        if before.get(name) != after.get(name):
            yield FieldChange(name, before.get(name), after.get(name))


def _members(record: Record, prefix: str) -> Iterator[tuple[str, Any]]:
    """Every value that is no object, with its path; lists are compared as a whole."""
    for name, value in record.items():
        if isinstance(value, dict):
            yield from _members(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value


def change_lines(change: Change, reasons: Mapping[str, str]) -> list[str]:
    """A change for a terminal; `reasons` tells, by fact, why one was withdrawn."""
    record = change.record
    exact = record.get("exact")
    words = f' "{_value(exact, EXACT_LIMIT)}"' if isinstance(exact, str) else ""
    where = f"article {_value(record.get('article'))}, line {_value(record.get('line'))}"
    head = f"{change.kind} {_value(change.id)} {_value(record.get('kind'))}{words} ({where})"
    if change.kind is ChangeKind.WITHDRAWN:
        return [f"{head}: {_value(reasons.get(change.id, _UNKNOWN_REASON), None)}"]
    return [head, *(f"  {field.name}: {' -> '.join(_sides(field.old, field.new))}" for field in change.fields)]


def _sides(old: object, new: object) -> tuple[str, str]:
    """What differs between two values: of lists the members that only one has, of long texts what is around it."""
    if isinstance(old, list) and isinstance(new, list):
        mine, theirs = [one for one in old if one not in new], [one for one in new if one not in old]
        old, new = (mine, theirs) if mine or theirs else (old, new)  # else they differ in their order
    one, other = _text(old), _text(new)
    shared = next((at for at, pair in enumerate(zip(one, other, strict=False)) if len(set(pair)) > 1), len(one))
    return _cut_around(one, shared), _cut_around(other, shared)


def _cut_around(text: str, place: int) -> str:
    """The text where it is short, else what stands around the place."""
    start = max(0, min(place - _BEFORE, len(text) - _LONGEST))
    return f"{'…' if start else ''}{_value(text[start:])}" if len(text) > _LONGEST else text


def _value(value: object, longest: int | None = _LONGEST) -> str:
    """A JSON value on one line, long ones cut."""
    text = _text(value)
    return text if longest is None or len(text) <= longest else f"{text[:longest]}…"


def _text(value: object) -> str:
    """A JSON value on one line: text as it is where it can be printed, all else as JSON."""
    plain = isinstance(value, str) and value.isprintable()
    return str(value) if plain else json.dumps(value, ensure_ascii=isinstance(value, str))


def change_record(change: Change, reasons: Mapping[str, str]) -> Record:
    """A change as plain JSON values; `reason` is null where none is recorded, and for what is not withdrawn."""
    withdrawn = change.kind is ChangeKind.WITHDRAWN
    return {
        "change": change.kind.value,
        "id": change.id,
        **{name: change.record.get(name) for name in ("article", "kind", "line", "exact")},
        "fields": [{"field": field.name, "old": field.old, "new": field.new} for field in change.fields],
        "reason": reasons.get(change.id) if withdrawn else None,
    }
