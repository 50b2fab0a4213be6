"""Facts as rows of the database, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from dataset.model import EventFact, Fact, Kind, Mention, quotable
from dataset.records import VALUES, Record, fact_from_record

Row = dict[str, Any]

_ANCHOR = ("id", "kind", "article", "start", "end", "line", "exact", "sha256")
_ORIGIN = ("repeats", "rule", "confidence")


def fact_row(record: Record, context: Row, position: int) -> Row:
    """The columns of the table facts, and more, of a fact given as a line of facts.jsonl has it.

    `context` is what the text around it says.
    """
    period, review, subject, cue = record["period"], record["review"], record.get("subject"), record.get("cue")
    row = {**_ABSENT, **record, **context, "position": position, "period": None}
    if period:
        row["period"], row["period_start_on"], row["period_end_on"] = (
            period["edtf"],
            period["start_on"],
            period["end_on"],
        )
    if subject:
        row["subject_id"], row["subject_name"] = subject["id"], subject["name"]
        row["subject_inferred"] = int(subject["inferred"])
    if cue:
        row["cue_start"], row["cue_end"], row["cue_exact"] = cue["start"], cue["end"], cue["exact"]
    for name in VALUES:
        if row[name] is not None:
            row[name] = float(row[name])  # whole ones may be beyond the integers of SQLite
    if row["direct"] is not None:
        row["direct"] = int(row["direct"])
    row["review_status"], row["reviewer"] = review["status"], review["reviewer"]
    row["reviewed_on"], row["review_note"] = review["reviewed_on"], review["note"]
    return row


_QUANTITY_COLUMNS = (
    *("metric", "measure", "counted", "value", "value_low", "value_high", "value_as_written", "bound", "unit"),
    "modality",
)
_EVENT_COLUMNS = ("event_type", "polarity", "modality")
_ABSENT: Row = dict.fromkeys(  # what not every fact has
    (
        *_QUANTITY_COLUMNS,
        *("subject_id", "subject_name", "subject_inferred", "direct", "cue_start", "cue_end", "cue_exact"),
        *_EVENT_COLUMNS,
        *("period_start_on", "period_end_on"),
    )
)


def mentions_of(fact: Fact) -> Iterator[tuple[str, int, Mention]]:
    """Role, position in it and mention of everybody whom the fact names."""
    for position, claimant in enumerate(fact.claimants):
        yield "claimant", position, claimant
    if isinstance(fact, EventFact):
        for position, participant in enumerate(fact.participants):
            yield participant.role, position, participant


class AgentRow(NamedTuple):
    """A row of the table fact_agents."""

    fact: str
    role: str
    position: int
    agent: str | None
    name: str
    start: int | None
    end: int | None
    inferred: int


def agent_rows(record: Record) -> Iterator[AgentRow]:
    """The rows of the table fact_agents, of a fact given as a line of facts.jsonl has it."""
    id_ = record["id"]
    for position, each in enumerate(record["claimants"]):
        yield _agent_row(id_, "claimant", position, each)
    for position, each in enumerate(record.get("participants", ())):
        yield _agent_row(id_, each["role"], position, each)


def _agent_row(fact: str, role: str, position: int, one: Record) -> AgentRow:
    return AgentRow(fact, role, position, one["id"], one["name"], one["start"], one["end"], int(one["inferred"]))


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
