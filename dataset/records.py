"""Facts as JSON lines: one canonical form, so that equal facts are equal bytes."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from enum import StrEnum
from functools import cache
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Any

import orjson

from dataset.checks import REMEDY, check_record, check_together
from dataset.errors import FactsError
from dataset.model import (
    Article,
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
    Withdrawal,
)

Record = dict[str, Any]

VALUES = ("value", "value_low", "value_high")
_FRACTIONS = (*VALUES, "confidence")


def format_record(record: Record) -> str:
    """One line of canonical JSON: sorted keys, no blanks, characters as they are."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def number(value: float | None) -> float | None:
    """A whole number without its fraction, so that it is written 650000 and not 650000.0."""
    if value is not None and float(value).is_integer():
        return int(value)
    return value


def format_line(record: Record) -> bytes:
    """The same with its line end, in UTF-8; a release is made of millions of them."""
    for name in _FRACTIONS:
        value = record.get(name)
        if isinstance(value, float) and not 1e-4 <= abs(value) < 1e16:  # orjson would write it otherwise than Python
            break
    else:
        with suppress(orjson.JSONEncodeError):  # for an integer beyond 64 bits
            return orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)
    return f"{format_record(record)}\n".encode()


def fact_to_record(fact: Fact) -> Record:
    """A fact as plain JSON values."""
    kind = fact.kind._value_
    record = members(fact)
    record["kind"] = kind
    for name, plain in _PLAIN[kind]:
        value = record[name]
        if value is not None:
            record[name] = plain(value)
    return record


def members(value: object) -> Record:
    """The fields of a dataclass by name, each as it is."""
    names, pick = _fields(type(value))  # type: ignore[arg-type]  # a class can be hashed
    return dict(zip(names, pick(value), strict=True))


@cache
def _fields(cls: type[Any]) -> tuple[tuple[str, ...], Callable[[object], tuple[Any, ...]]]:
    names = tuple(field.name for field in dataclasses.fields(cls))
    return names, attrgetter(*names)


def _word(value: StrEnum) -> str:
    return value._value_


def _each(values: Iterable[object]) -> list[Record]:
    return [members(value) for value in values]


def _review(review: Review) -> Record:
    return {**members(review), "status": _word(review.status)}


def _participants(participants: Iterable[Participant]) -> list[Record]:
    return [{**members(each), "role": _word(each.role)} for each in participants]


_Plain = tuple[tuple[str, Callable[[Any], object]], ...]
_SHARED: _Plain = (("period", members), ("claimants", _each), ("review", _review))
_PLAIN: dict[str, _Plain] = {  # the fields that JSON holds otherwise, with what writes them
    Kind.QUANTITY: (
        *_SHARED,
        *((name, number) for name in VALUES),
        *((name, _word) for name in ("measure", "bound", "modality")),
        ("subject", members),
    ),
    Kind.STATEMENT: (*_SHARED, ("cue", members)),
    Kind.EVENT: (*_SHARED, ("participants", _participants), ("polarity", _word), ("modality", _word)),
}


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
            **dict.fromkeys(VALUES, float),
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
    return b"".join(format_line(fact_to_record(fact)) for fact in facts).decode("utf-8")


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


def release_digest(articles: Iterable[Article], facts: Iterable[Fact], withdrawals: Iterable[Withdrawal]) -> str:
    """Identify a release by its content: sha256 over the canonical lines of its articles, facts and withdrawals."""
    digest = hashlib.sha256()
    for record in chain(map(members, articles), map(fact_to_record, facts), map(members, withdrawals)):
        digest.update(format_line(record))
    return digest.hexdigest()
