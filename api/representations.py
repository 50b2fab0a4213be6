"""Rows of the database as the objects that the schemas describe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from api.queries import Row, find_agents
from dataset.model import Kind

Representation = dict[str, Any]


def represent_facts(rows: Sequence[Row]) -> list[Representation]:
    """Describe facts; whom they name is read for all of them at once."""
    agents = find_agents([row["id"] for row in rows])
    return [_represent_fact(row, agents[row["id"]]) for row in rows]


def _represent_fact(row: Row, agents: Sequence[Row]) -> Representation:
    claimants = [each for each in agents if each["role"] == "claimant"]
    return {
        **_pick(row, "id", "kind", "repeats", "rule", "confidence"),
        **_represent_own(row, agents),
        "article": {
            "id": row["article"],
            "sha256": row["article_sha256"],
            **_pick(row, "file", "publisher", "published_on", "url", "title"),
        },
        "period": _represent_period(row),
        "claimants": [_represent_mention(each) for each in claimants],
        "review": {
            "status": row["review_status"],
            "note": row["review_note"],
            **_pick(row, "reviewer", "reviewed_on"),
        },
        "provenance": _represent_provenance(row),
    }


def _represent_own(row: Row, agents: Sequence[Row]) -> Representation:
    """The members that only facts of this kind have."""
    if row["kind"] == Kind.QUANTITY:
        values = _pick(row, "value", "value_low", "value_high", "value_as_written", "bound", "unit", "modality")
        return {**_pick(row, "metric", "measure", "counted"), **values, "subject": _represent_subject(row)}
    if row["kind"] == Kind.STATEMENT:
        cue = {"start": row["cue_start"], "end": row["cue_end"], "exact": row["cue_exact"]}
        return {"direct": bool(row["direct"]), "cue": cue if row["cue_exact"] is not None else None}
    taking_part = [each for each in agents if each["role"] != "claimant"]
    participants = [{"role": each["role"], **_represent_mention(each)} for each in taking_part]
    return {**_pick(row, "event_type", "polarity", "modality"), "participants": participants}


def _represent_mention(row: Row) -> Representation:
    return {"id": row["agent"], **_pick(row, "name", "start", "end"), "inferred": bool(row["inferred"])}


def _represent_subject(row: Row) -> Representation | None:
    if row["subject_name"] is None:
        return None
    inferred = bool(row["subject_inferred"])
    return {"id": row["subject_id"], "name": row["subject_name"], "inferred": inferred}


def _represent_period(row: Row) -> Representation | None:
    if row["period"] is None:
        return None
    return {"edtf": row["period"], "start_on": row["period_start_on"], "end_on": row["period_end_on"]}


def _represent_provenance(row: Row) -> Representation:
    article = row["article"]
    return {
        **_pick(row, "file", "start", "end", "line", "exact", "prefix", "suffix"),
        "sha256": row["article_sha256"],
        "span_sha256": row["sha256"],
        "links": {
            "self": url_for("facts.get_fact", fact_id=row["id"]),
            "article": url_for("articles.get_article", article_id=article),
            "text": url_for("articles.get_article_text", article_id=article, _anchor=row["fragment"]),
            "verification": url_for("facts.get_fact_verification", fact_id=row["id"]),
        },
    }


def represent_articles(rows: Sequence[Row]) -> list[Representation]:
    """Describe articles."""
    return [_represent_article(row) for row in rows]


def _represent_article(row: Row) -> Representation:
    links = {
        "self": url_for("articles.get_article", article_id=row["id"]),
        "facts": url_for("articles.list_article_facts", article_id=row["id"]),
        "text": url_for("articles.get_article_text", article_id=row["id"]),
    }
    columns = ("id", "file", "sha256", "publisher", "byline", "published_on", "url", "title", "facts", "characters")
    return {**_pick(row, *columns), "links": links}


def _pick(row: Row, *columns: str) -> Representation:
    return {column: row[column] for column in columns}
