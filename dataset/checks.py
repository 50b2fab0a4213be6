"""What facts.jsonl has to hold: every field of a line, and the lines together."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from dataset.errors import FactsError
from dataset.model import (
    EXACT_LIMIT,
    Bound,
    EventModality,
    Fact,
    Kind,
    Measure,
    Modality,
    Polarity,
    ReviewStatus,
    Role,
    Verdict,
    fact_id,
)

REMEDY = "restore the line from git"
# What makes the id of a fact or says where it comes from: no reviewer sets it.
ANCHORED = frozenset("id kind article start end line exact sha256 rule confidence review".split())
_LARGEST_OFFSET = 2**31 - 1  # code points; no article file is as long


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a value has to be, as a test and in words."""

    holds: Callable[[Any], bool]
    wanted: str


def _one_of(choices: type[StrEnum]) -> _Rule:
    values = frozenset(choices)
    return _Rule(lambda value: isinstance(value, str) and value in values, f"one of {', '.join(choices)}")


def _whole(least: int) -> _Rule:
    wanted = f"a whole number from {least} to {_LARGEST_OFFSET}"
    return _Rule(lambda value: type(value) is int and least <= value <= _LARGEST_OFFSET, wanted)


def _matching(pattern: str, wanted: str) -> _Rule:
    compiled = re.compile(pattern)
    return _Rule(lambda value: isinstance(value, str) and compiled.fullmatch(value) is not None, wanted)


def _or_null(rule: _Rule) -> _Rule:
    return _Rule(lambda value: value is None or rule.holds(value), f"{rule.wanted}, or null")


def _is_text(value: object) -> bool:
    """Whether it is text that UTF-8 can hold: JSON can escape half of a surrogate pair."""
    return isinstance(value, str) and value != "" and not any("\ud800" <= c <= "\udfff" for c in value)


def _is_number(value: object) -> bool:
    if type(value) not in (int, float):
        return False
    try:
        return math.isfinite(float(value))  # type: ignore[arg-type]  # one of the two, as just found
    except OverflowError:  # a whole number beyond all floats
        return False


def _is_day(value: object) -> bool:
    """Whether it is a day of the calendar, in the extended form of ISO 8601."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _is_exact(value: object) -> bool:
    return _is_text(value) and len(str(value)) <= EXACT_LIMIT


_ID = _matching("[a-z2-7]{16}", "16 characters of a-z and 2-7")
_SHA256 = _matching("[0-9a-f]{64}", "64 lower-case hexadecimal digits")
_TEXT = _Rule(_is_text, "text")
_NAME = _Rule(lambda value: _is_text(value) and str(value).strip() != "", "a name")
_SHORT = _Rule(_is_exact, f"text of at most {EXACT_LIMIT} characters")
_DAY = _Rule(_is_day, "a date such as 2031-05-12")
_DATE = _or_null(_DAY)
_NUMBER = _or_null(_Rule(_is_number, "a finite number"))
_LIST = _Rule(lambda value: isinstance(value, list), "a list")
_OBJECT = _Rule(lambda value: isinstance(value, dict), "an object")

_NOTHING = _Rule(lambda value: value is None, "null: what was said stays with its article")
_BOOLEAN = _Rule(lambda value: isinstance(value, bool), "true or false")

_COMMON: dict[str, _Rule] = {
    "id": _ID,
    "kind": _one_of(Kind),
    "article": _ID,
    "start": _whole(0),
    "end": _whole(1),
    "line": _whole(1),
    "exact": _or_null(_SHORT),
    "sha256": _SHA256,
    "rule": _TEXT,
    "confidence": _or_null(_Rule(lambda value: _is_number(value) and 0 <= value <= 1, "a number from 0 to 1")),
    "period": _or_null(_OBJECT),
    "claimants": _LIST,
    "repeats": _or_null(_ID),
    "review": _OBJECT,
}
FIELDS: dict[str, dict[str, _Rule]] = {
    Kind.QUANTITY: {
        **_COMMON,
        "metric": _or_null(_TEXT),
        "measure": _one_of(Measure),
        "subject": _or_null(_OBJECT),
        "counted": _or_null(_SHORT),
        "value": _NUMBER,
        "value_low": _NUMBER,
        "value_high": _NUMBER,
        "value_as_written": _or_null(_SHORT),
        "bound": _one_of(Bound),
        "unit": _TEXT,
        "modality": _one_of(Modality),
    },
    Kind.STATEMENT: {**_COMMON, "exact": _NOTHING, "direct": _BOOLEAN, "cue": _or_null(_OBJECT)},
    Kind.EVENT: {
        **_COMMON,
        "event_type": _TEXT,
        "polarity": _one_of(Polarity),
        "modality": _one_of(EventModality),
        "participants": _LIST,
    },
}
_SUBJECT = {"id": _or_null(_TEXT), "name": _SHORT, "inferred": _BOOLEAN}
_MENTION = {**_SUBJECT, "start": _or_null(_whole(0)), "end": _or_null(_whole(1))}
_CUE = {"start": _whole(0), "end": _whole(1), "exact": _SHORT}
_PERIOD = {"edtf": _TEXT, "start_on": _DATE, "end_on": _DATE}
_REVIEW = {
    "status": _one_of(ReviewStatus),
    "reviewer": _or_null(_TEXT),
    "reviewed_on": _DATE,
    "note": _or_null(_TEXT),
}
_DECISION = {
    "id": _ID,
    "kind": _one_of(Kind),
    "start": _whole(0),
    "end": _whole(1),
    "sha256": _SHA256,
    "decision": _one_of(Verdict),
    "fields": _OBJECT,
    "approved": _or_null(_ID),
    "reason": _or_null(_TEXT),
    "reviewer": _NAME,
    "reviewed_on": _DAY,
}
_PARTS: dict[str, Mapping[str, _Rule]] = {
    "subject": _SUBJECT,
    "period": _PERIOD,
    "review": _REVIEW,
    "cue": _CUE,
}
_LISTS: dict[str, Mapping[str, _Rule]] = {
    "claimants": _MENTION,
    "participants": {**_MENTION, "role": _one_of(Role)},
}


def check_record(record: Mapping[str, Any]) -> None:
    """Check one fact by itself; FactsError names the field that is not as it has to be."""
    if "kind" not in record:
        raise FactsError("the field kind is missing", REMEDY)
    _check(_COMMON["kind"], record["kind"], "kind")
    _check_fields(record, FIELDS[record["kind"]], "")
    _check_members(record, "")
    _check_relations(record)


def _check_members(record: Mapping[str, Any], prefix: str) -> None:
    """Check what the objects and lists of a record hold."""
    for name in _PARTS.keys() & record.keys():
        if record[name] is not None:
            _check_part(record[name], _PARTS[name], prefix + name)
    for name in _LISTS.keys() & record.keys():
        for position, member in enumerate(record[name]):
            _check(_OBJECT, member, f"{prefix}{name}[{position}]")
            _check_part(member, _LISTS[name], f"{prefix}{name}[{position}]")


def check_decision(record: Mapping[str, Any]) -> None:
    """Check what a reviewer decided about one fact; FactsError names the field that is not as it has to be."""
    _check_part(record, _DECISION, "")
    fields, verdict = record["fields"], record["decision"]
    rules = {name: rule for name, rule in FIELDS[record["kind"]].items() if name not in ANCHORED}
    if unknown := sorted(fields.keys() - rules.keys()):
        raise FactsError(f"facts of the kind {record['kind']} have no field {unknown[0]!r} that can be set", REMEDY)
    if missing := sorted(rules.keys() - fields.keys() - {"repeats"}) if verdict == Verdict.ADD else []:
        raise FactsError(f"the field fields.{missing[0]} is missing", REMEDY)
    for name in fields:
        _check(rules[name], fields[name], f"fields.{name}")
    _check_members(fields, "fields.")
    if bool(fields) != (verdict in {Verdict.CORRECT, Verdict.ADD}):
        raise FactsError(f"{verdict} goes with {'no field' if fields else 'a field'}", REMEDY)
    if (record["approved"] is None) != (verdict == Verdict.REJECT):
        raise FactsError(f"{verdict} goes {'without' if record['approved'] else 'with'} the digest of a fact", REMEDY)
    if verdict == Verdict.REJECT and record["reason"] is None:
        raise FactsError("a rejection has to have a reason", "add it")


def _check_part(part: Mapping[str, Any], rules: Mapping[str, _Rule], name: str) -> None:
    prefix = f"{name}." if name else ""
    _check_fields(part, rules, prefix)
    _check_order([part.get("start"), part.get("end")], f"{prefix}start, {prefix}end", strict=True)


def _check_fields(record: Mapping[str, object], rules: Mapping[str, _Rule], prefix: str) -> None:
    if unknown := sorted(record.keys() - rules.keys()):
        raise FactsError(f"unknown field {prefix + unknown[0]!r}", "remove it, or build with the version that wrote it")
    if missing := sorted(rules.keys() - record.keys()):
        raise FactsError(f"the field {prefix}{missing[0]} is missing", REMEDY)
    for name, rule in rules.items():
        _check(rule, record[name], prefix + name)


def _check(rule: _Rule, value: object, name: str) -> None:
    if not rule.holds(value):
        raise FactsError(f"{name} is {_shorten(value)}, not {rule.wanted}", REMEDY)


def _shorten(value: object) -> str:
    written = repr(value)
    return written if len(written) <= 80 else f"{written[:80]}…"


def _check_relations(record: Mapping[str, Any]) -> None:
    """What has to hold between fields."""
    _check_order([record["start"], record["end"]], "start, end", strict=True)
    period = record["period"] or {}
    _check_order([period.get("start_on"), period.get("end_on")], "period.start_on, period.end_on")
    if record["kind"] == Kind.QUANTITY:
        _check_order([record["value_low"], record["value"], record["value_high"]], "value_low, value, value_high")
        if record["value_low"] is None and record["value_high"] is None:
            raise FactsError("value_low and value_high are both null", REMEDY)


def _check_order(values: list[Any], names: str, *, strict: bool = False) -> None:
    given = [value for value in values if value is not None]
    for one, other in pairwise(given):
        if one > other or (strict and one == other):
            raise FactsError(f"{names} are not in order ({one!r}, {other!r})", REMEDY)


def check_together(facts: Sequence[tuple[str, Fact]], digests: Mapping[str, str] | None) -> None:
    """Check facts, each with its place, against one another; FactsError names the first that does not fit.

    With `digests`, the sha256 of every article by its id, their articles and ids are checked too.
    """
    seen: dict[str, tuple[str, str]] = {}
    for place, fact in facts:
        if fact.id in seen:
            raise FactsError(f"{place}: the id {fact.id} stands in {seen[fact.id][0]} too", "keep one of the two lines")
        seen[fact.id] = place, fact.article
        if digests is not None:
            _check_identity(place, fact, digests)
    for place, fact in facts:
        if fact.repeats and (fact.repeats == fact.id or seen.get(fact.repeats, ("", ""))[1] != fact.article):
            raise FactsError(f"{place}: repeats is {fact.repeats}, which is no other fact of its article", REMEDY)


def _check_identity(place: str, fact: Fact, digests: Mapping[str, str]) -> None:
    if fact.article not in digests:
        raise FactsError(f"{place} is of the article {fact.article}, which is not in the manifest", "add its row")
    if fact.id != fact_id(digests[fact.article], fact.kind, fact.start, fact.end):
        raise FactsError(f"{place}: the id {fact.id} does not follow from article, kind and span", REMEDY)
