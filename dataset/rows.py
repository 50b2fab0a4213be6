"""Facts as rows of the database, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from dataset.model import EventFact, Fact, Kind, Mention, QuantityFact, StatementFact, quotable
from dataset.records import fact_from_record

Row = dict[str, Any]

_ANCHOR = ("id", "kind", "article", "start", "end", "line", "exact", "sha256")
_ORIGIN = ("repeats", "rule", "confidence")


def fact_row(fact: Fact) -> Row:
    """The row of the table facts, without its position and what the text around it says."""
    period, review = fact.period, fact.review
    return {
        "id": fact.id,
        "kind": fact.kind,
        "article": fact.article,
        "start": fact.start,
        "end": fact.end,
        "line": fact.line,
        "exact": fact.exact,
        "sha256": fact.sha256,
        **dict.fromkeys(_OWN_COLUMNS),
        **_own_row(fact),
        "period": period.edtf if period else None,
        "period_start_on": period.start_on if period else None,
        "period_end_on": period.end_on if period else None,
        "repeats": fact.repeats,
        "rule": fact.rule,
        "confidence": fact.confidence,
        "review_status": review.status,
        "reviewer": review.reviewer,
        "reviewed_on": review.reviewed_on,
        "review_note": review.note,
    }


_QUANTITY_COLUMNS = (
    *("metric", "measure", "counted", "value", "value_low", "value_high", "value_as_written", "bound", "unit"),
    "modality",
)
_SUBJECT_COLUMNS = ("subject_id", "subject_name", "subject_inferred")
_CUE_COLUMNS = ("cue_start", "cue_end", "cue_exact")
_EVENT_COLUMNS = ("event_type", "polarity", "modality")
_OWN_COLUMNS = (*_QUANTITY_COLUMNS, *_SUBJECT_COLUMNS, "direct", *_CUE_COLUMNS, *_EVENT_COLUMNS)


def _own_row(fact: Fact) -> Row:
    """The columns that only facts of this kind fill."""
    if isinstance(fact, QuantityFact):
        subject = fact.subject
        row = {name: getattr(fact, name) for name in _QUANTITY_COLUMNS}
        own = (subject.id, subject.name, subject.inferred) if subject else (None, None, None)
        return {**row, **dict(zip(_SUBJECT_COLUMNS, own, strict=True))}
    if isinstance(fact, StatementFact):
        cue = (fact.cue.start, fact.cue.end, fact.cue.exact) if fact.cue else (None, None, None)
        return {"direct": fact.direct, **dict(zip(_CUE_COLUMNS, cue, strict=True))}
    return {name: getattr(fact, name) for name in _EVENT_COLUMNS}


def mentions_of(fact: Fact) -> Iterator[tuple[str, int, Mention]]:
    """Role, position in it and mention of everybody whom the fact names."""
    for position, claimant in enumerate(fact.claimants):
        yield "claimant", position, claimant
    if isinstance(fact, EventFact):
        for position, participant in enumerate(fact.participants):
            yield participant.role, position, participant


def agent_rows(fact: Fact) -> Iterator[Row]:
    """The rows of the table fact_agents."""
    for role, position, mention in mentions_of(fact):
        yield {
            "fact": fact.id,
            "role": role,
            "position": position,
            "agent": mention.id,
            "name": mention.name,
            "start": mention.start,
            "end": mention.end,
            "inferred": mention.inferred,
        }


def fact_from_row(row: Mapping[str, Any], agents: Sequence[Mapping[str, Any]]) -> Fact:
    """The fact that a row holds, with the rows of whom it names in order; FactsError where they make none.

    The inverse of `fact_row` and `agent_rows`, but for words of the text that facts.jsonl does not hold.
    """
    kind = Kind(row["kind"])
    exact = row["exact"]
    record = {
        **{name: row[name] for name in (*_ANCHOR, *_ORIGIN)},
        "exact": None if exact is None else quotable(kind, exact),
        "claimants": [_mention(each) for each in agents if each["role"] == "claimant"],
        "period": _period(row),
        "review": {
            "status": row["review_status"],
            "reviewer": row["reviewer"],
            "reviewed_on": row["reviewed_on"],
            "note": row["review_note"],
        },
        **_own_members(kind, row, agents),
    }
    return fact_from_record(record)


def _own_members(kind: Kind, row: Mapping[str, Any], agents: Sequence[Mapping[str, Any]]) -> Row:
    """The members of a record that only facts of this kind have."""
    if kind is Kind.QUANTITY:
        subject = {"id": row["subject_id"], "name": row["subject_name"], "inferred": bool(row["subject_inferred"])}
        return {
            **{name: row[name] for name in _QUANTITY_COLUMNS},
            "subject": subject if row["subject_name"] is not None else None,
        }
    if kind is Kind.STATEMENT:
        cue = {"start": row["cue_start"], "end": row["cue_end"], "exact": row["cue_exact"]}
        return {"direct": bool(row["direct"]), "cue": cue if row["cue_exact"] is not None else None}
    participants = [{"role": each["role"], **_mention(each)} for each in agents if each["role"] != "claimant"]
    return {**{name: row[name] for name in _EVENT_COLUMNS}, "participants": participants}


def _mention(row: Mapping[str, Any]) -> Row:
    return {"id": row["agent"], "inferred": bool(row["inferred"]), **{k: row[k] for k in ("name", "start", "end")}}


def _period(row: Mapping[str, Any]) -> Row | None:
    if row["period"] is None:
        return None
    return {"edtf": row["period"], "start_on": row["period_start_on"], "end_on": row["period_end_on"]}
