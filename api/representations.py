"""Rows of the database as the objects that the schemas describe."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for

from api.queries import Row, find_claimants

Representation = dict[str, Any]


def represent_facts(rows: Sequence[Row]) -> list[Representation]:
    """Describe facts; their claimants are read for all of them at once."""
    claimants = find_claimants([row["id"] for row in rows])
    return [_represent_fact(row, claimants[row["id"]]) for row in rows]


def _represent_fact(row: Row, claimants: Sequence[Row]) -> Representation:
    return {
        **_pick(row, "id", "kind", "metric", "measure", "counted", "value", "value_low", "value_high"),
        **_pick(row, "value_as_written", "bound", "unit", "modality", "repeats", "rule", "confidence"),
        "article": {
            "id": row["article"],
            "sha256": row["article_sha256"],
            **_pick(row, "file", "publisher", "published_on", "url", "title"),
        },
        "subject": _represent_subject(row),
        "period": _represent_period(row),
        "claimants": [{"id": each["claimant"], **_pick(each, "name", "start", "end")} for each in claimants],
        "review": {
            "status": row["review_status"],
            "note": row["review_note"],
            **_pick(row, "reviewer", "reviewed_on"),
        },
        "provenance": _represent_provenance(row),
    }


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
