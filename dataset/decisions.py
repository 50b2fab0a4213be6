"""What reviewers decided: one JSON line a fact, in a file an article that git can diff and merge.

`reviews/<file name of the article without its ending>.jsonl` holds the lines in the order of their spans. A
decision is keyed by the fact's id and holds no more than was decided: the fields that a reviewer set, and the
digest of the fact as it was approved, so that a fact which is read otherwise later is not taken for a reviewed one.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from dataset.checks import ANCHORED, check_decision
from dataset.errors import FactsError, OutputError, ReviewError
from dataset.files import replacing
from dataset.model import Article, Fact, Kind, ReviewStatus, Verdict
from dataset.records import fact_to_record, format_record

_REMEDY = "restore the line from git, or decide again with: curate.py review"
_UNAPPROVED = ANCHORED | {"repeats"}  # which follows from the other facts

STATUSES = {
    Verdict.ACCEPT: ReviewStatus.ACCEPTED,
    Verdict.CORRECT: ReviewStatus.CORRECTED,
    Verdict.ADD: ReviewStatus.ADDED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What one reviewer decided about one fact; `fields` are JSON values, `approved` is None for a rejection."""

    id: str
    kind: Kind
    start: int
    end: int
    sha256: str  # of what stands in the span
    decision: Verdict
    fields: Mapping[str, Any] = field(default_factory=dict)
    approved: str | None = None
    reason: str | None = None
    reviewer: str
    reviewed_on: str


def approved_digest(fact: Fact) -> str:
    """What a reviewer approves: 16 characters of base32 of sha256 over all that the fact says, in canonical JSON."""
    said = {name: value for name, value in fact_to_record(fact).items() if name not in _UNAPPROVED}
    digest = hashlib.sha256(format_record(said).encode("utf-8")).digest()
    return base64.b32encode(digest).decode("ascii").lower()[:16]


def decision_path(folder: Path, article: Article) -> Path:
    """Where the decisions about an article lie."""
    return folder / f"{Path(article.file).stem}.jsonl"


def read_decisions(path: Path) -> list[Decision]:
    """The decisions of one file, in its order, none where there is no file; ReviewError names the line."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise ReviewError(f"cannot read {path} ({error})", "restore it from git") from error
    return [_read_line(line, f"{path}:{count}") for count, line in enumerate(lines, start=1) if line.strip()]


def _read_line(line: str, place: str) -> Decision:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise ReviewError(f"{place} is left from a merge", "keep both sides' lines, and take the marks out")
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ReviewError(f"{place} is not JSON ({error})", _REMEDY) from error
    if not isinstance(record, dict):
        raise ReviewError(f"{place} is not a JSON object", _REMEDY)
    try:
        check_decision(record)
    except FactsError as error:
        named = f"{place} {record['id']}" if isinstance(record.get("id"), str) else place
        raise ReviewError(f"{named}: {error.message}", error.remedy) from error
    return Decision(**{**record, "kind": Kind(record["kind"]), "decision": Verdict(record["decision"])})


def write_decisions(path: Path, decisions: Iterable[Decision]) -> None:
    """Write the decisions of one article, in the order of their spans; OutputError where that cannot be done."""
    lines = {format_record(asdict(each)): (each.start, each.end, each.kind, each.id) for each in decisions}
    content = "".join(line + "\n" for line in sorted(lines, key=lambda line: (lines[line], line)))
    if not content:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"cannot remove {path} ({error.strerror})", "make its folder writable") from error
        return
    with replacing(path) as beside:
        beside.write_text(content, encoding="utf-8", newline="")


def find_contradictions(decisions: Sequence[Decision]) -> dict[str, list[Decision]]:
    """The decisions that say different things about one fact, by its id; equal ones agree."""
    by_id: dict[str, list[Decision]] = {}
    for each in decisions:
        by_id.setdefault(each.id, []).append(each)
    return {id_: several for id_, several in by_id.items() if len({_what(each) for each in several}) > 1}


def settle_decisions(decisions: Iterable[Decision]) -> list[Decision]:
    """One decision a fact, where several say the same: the one taken first, in whatever order they stand."""
    first = sorted(decisions, key=lambda each: (each.reviewed_on, each.reviewer, each.reason or ""))
    return list({each.id: each for each in reversed(first)}.values())


def _what(decision: Decision) -> tuple[str, str | None, str]:
    return decision.decision, decision.approved, format_record(dict(decision.fields))
