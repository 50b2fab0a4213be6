"""Facts as JSON lines: one canonical form, so that equal facts are equal bytes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from dataset.checks import REMEDY, check_record, check_together
from dataset.errors import FactsError
from dataset.model import (
    Bound,
    Cue,
    EventFact,
    EventModality,
    Fact,
    Kind,
    Measure,
    Mention,
    Modality,
    Participant,
    Period,
    Polarity,
    QuantityFact,
    Review,
    ReviewStatus,
    Role,
    StatementFact,
    Subject,
)

Record = dict[str, Any]

_VALUES = ("value", "value_low", "value_high")


def format_record(record: Record) -> str:
    """One line of canonical JSON: sorted keys, no blanks, characters as they are."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def number(value: float | None) -> float | None:
    """A whole number without its fraction, so that it is written 650000 and not 650000.0."""
    if value is not None and float(value).is_integer():
        return int(value)
    return value


def fact_to_record(fact: Fact) -> Record:
    """A fact as plain JSON values."""
    record = {**to_members(fact), "kind": fact.kind}
    for key in _VALUES:
        if key in record:
            record[key] = number(record[key])
    return record


def to_members(value: Any) -> Any:  # noqa: ANN401 - whatever a field may hold
    """The fields of a dataclass, those of its fields too, as `dataclasses.asdict` but lists for tuples.

    A release is made of millions of small objects, and nothing in them has to be copied.
    """
    if isinstance(value, tuple):
        return [to_members(each) for each in value]
    names = _names(type(value))  # type: ignore[arg-type]  # a class can be hashed
    return {name: to_members(getattr(value, name)) for name in names} if names else value


@cache
def _names(cls: type[object]) -> tuple[str, ...]:
    """The fields of a dataclass; none of anything else."""
    return tuple(field.name for field in dataclasses.fields(cls)) if dataclasses.is_dataclass(cls) else ()


def fact_from_record(record: Record) -> Fact:
    """The inverse of `fact_to_record`; FactsError where a field is missing, unknown or malformed."""
    check_record(record)
    make, readers = _KINDS[record["kind"]]
    fields = {name: value for name, value in record.items() if name != "kind"}
    for name, read in readers.items():
        if fields[name] is not None:
            fields[name] = read(fields[name])
    return make(**fields)


Reader = Callable[[Any], object]


def _reader(make: Callable[..., object]) -> Reader:
    return lambda members: make(**members)


_read_mention = _reader(Mention)
_COMMON: dict[str, Reader] = {  # the fields that JSON holds otherwise, with what reads them
    "confidence": float,
    "period": _reader(Period),
    "claimants": lambda mentions: tuple(_read_mention(mention) for mention in mentions),
    "review": lambda members: Review(**{**members, "status": ReviewStatus(members["status"])}),
}
_KINDS: dict[str, tuple[type[Fact], dict[str, Reader]]] = {
    Kind.QUANTITY: (
        QuantityFact,
        {
            **_COMMON,
            **dict.fromkeys(_VALUES, float),
            "measure": Measure,
            "bound": Bound,
            "modality": Modality,
            "subject": _reader(Subject),
        },
    ),
    Kind.STATEMENT: (StatementFact, {**_COMMON, "cue": _reader(Cue)}),
    Kind.EVENT: (
        EventFact,
        {
            **_COMMON,
            "participants": lambda members: tuple(Participant(**{**one, "role": Role(one["role"])}) for one in members),
            "polarity": Polarity,
            "modality": EventModality,
        },
    ),
}


def format_facts(facts: Iterable[Fact]) -> str:
    """All facts as JSON lines, in the order given."""
    return "".join(format_record(fact_to_record(fact)) + "\n" for fact in facts)


def read_facts(path: Path, digests: Mapping[str, str] | None = None) -> list[Fact]:
    """Read facts.jsonl; FactsError names the line that cannot be taken.

    With `digests`, the sha256 of every article by its id, each fact has to be of one of them.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise FactsError(f"no facts file {path}", "restore it from git, or build from the article texts") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(f"cannot read {path} ({error})", "restore it from git") from error
    places = ((f"{path}:{count}", line) for count, line in enumerate(lines, start=1) if line.strip())
    facts = [(place, _read_line(line, place)) for place, line in places]
    check_together(facts, digests)
    return [fact for _, fact in facts]


def _read_line(line: str, place: str) -> Fact:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:  # ValueError also for a number of thousands of digits
        raise FactsError(f"{place} is not JSON ({error})", REMEDY) from error
    if not isinstance(record, dict):
        raise FactsError(f"{place} is not a JSON object", REMEDY)
    try:
        return fact_from_record(record)
    except FactsError as error:
        raise FactsError(f"{place}: {error.message}", error.remedy) from error
