"""Facts as JSON lines: one canonical form, so that equal facts are equal bytes."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from dataset.errors import FactsError
from dataset.model import Agent, Bound, Claimant, Fact, Kind, Measure, Modality, Period, Review, ReviewStatus

Record = dict[str, Any]


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
    record = dataclasses.asdict(fact)
    for key in ("value", "value_low", "value_high"):
        record[key] = number(record[key])
    return record


def fact_from_record(record: Record) -> Fact:
    """The inverse of `fact_to_record`; FactsError where a field is missing, unknown or malformed."""
    known = {f.name for f in dataclasses.fields(Fact)}
    try:
        if unknown := sorted(record.keys() - known):
            raise FactsError(f"unknown field {unknown[0]!r}", "remove it, or build with the version that wrote it")
        return Fact(**{**record, **_typed(record)})
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise FactsError(f"malformed fact {record.get('id')!r} ({error})", "restore the line from git") from error


def _typed(record: Record) -> Record:
    """The fields that JSON holds as strings or objects, as their types."""
    return {
        "kind": Kind(record["kind"]),
        "measure": Measure(record["measure"]) if record["measure"] else None,
        "bound": Bound(record["bound"]) if record["bound"] else None,
        "modality": Modality(record["modality"]),
        "subject": Agent(**record["subject"]) if record["subject"] else None,
        "period": Period(**record["period"]) if record["period"] else None,
        "claimants": tuple(Claimant(**claimant) for claimant in record["claimants"]),
        "review": Review(**{**record["review"], "status": ReviewStatus(record["review"]["status"])}),
    }


def format_facts(facts: Iterable[Fact]) -> str:
    """All facts as JSON lines, in the order given."""
    return "".join(format_record(fact_to_record(fact)) + "\n" for fact in facts)


def read_facts(path: Path) -> list[Fact]:
    """Read facts.jsonl; FactsError names the line that cannot be read."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError as error:
        raise FactsError(f"no facts file {path}", "restore it from git, or build from the article texts") from error
    except (OSError, UnicodeDecodeError) as error:
        raise FactsError(f"cannot read {path} ({error})", "restore it from git") from error
    facts = []
    for count, line in enumerate(lines, start=1):
        if line.strip():
            facts.append(_read_line(line, f"{path}:{count}"))
    return facts


def _read_line(line: str, place: str) -> Fact:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        raise FactsError(f"{place} is not JSON ({error.msg})", "restore the line from git") from error
    if not isinstance(record, dict):
        raise FactsError(f"{place} is not a JSON object", "restore the line from git")
    try:
        return fact_from_record(record)
    except FactsError as error:
        raise FactsError(f"{place}: {error.message}", error.remedy) from error
