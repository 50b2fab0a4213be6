"""The metrics and the claimants of a release, with how many facts each has."""

from __future__ import annotations

from typing import Any

from flask import url_for

from api.database import find_row, find_rows, get_release
from api.fields import escape_name
from api.nearest import find_nearest

Entry = dict[str, Any]

_METRICS = """
    SELECT metrics.id, metrics.definition, coalesce(terms.facts, 0) AS facts
    FROM metrics
    LEFT JOIN terms ON terms.filter = 'metric' AND terms.value = metrics.id AND terms.ordering = 'position'"""
_CLAIMANTS = """
    SELECT agents.id, coalesce(agents.name, terms.label) AS name, agents.kind, agents.parent, terms.facts
    FROM terms LEFT JOIN agents ON agents.id = terms.value
    WHERE terms.filter = 'claimant' AND terms.ordering = 'position'"""
_AGENT = """
    SELECT agents.*, coalesce(terms.facts, 0) AS facts FROM agents
    LEFT JOIN terms ON terms.filter = 'claimant' AND terms.value = agents.id AND terms.ordering = 'position'
    WHERE agents.id = ?"""


def list_metrics(first: int, limit: int) -> tuple[list[Entry], int]:
    """Metrics by identifier, from the `first`, and how many there are."""
    total = find_rows("SELECT count(*) FROM metrics")[0][0]
    return [
        _metric(row) for row in find_rows(f"{_METRICS} ORDER BY metrics.id LIMIT ? OFFSET ?", [limit, first])
    ], total


def find_metric(metric_id: str) -> Entry | None:
    """One metric, None where the vocabulary does not have it."""
    row = find_row(f"{_METRICS} WHERE metrics.id = ?", [metric_id])
    return _metric(row) if row else None


def find_nearest_metric(metric_id: str) -> str | None:
    """The identifier of a metric that may be meant."""
    return find_nearest(metric_id, (row["id"] for row in find_rows("SELECT id FROM metrics")))


def _metric(row: Any) -> Entry:  # noqa: ANN401 - a row of sqlite3
    links = {
        "self": url_for("metrics.get_metric", metric_id=row["id"]),
        "facts": url_for("facts.list_facts", metric=row["id"]),
        "series": url_for("metrics.get_metric_series", metric_id=row["id"]),
    }
    return {**dict(row), "links": links}


def list_claimants(first: int, limit: int) -> tuple[list[Entry], int]:
    """Claimants by number of facts, the most first, from the `first`, and how many there are."""
    total = find_rows("SELECT count(*) FROM terms WHERE filter = 'claimant' AND ordering = 'position'")[0][0]
    sql = f"{_CLAIMANTS} ORDER BY terms.facts DESC, terms.value LIMIT ? OFFSET ?"
    return [_claimant(row) for row in find_rows(sql, [limit, first])], total


def find_claimant(claimant_id: str) -> Entry | None:
    """One agent with the claimants that belong to it, even where it claims nothing; None where no fact names it."""
    row = find_row(_AGENT, [claimant_id])
    if row is None:
        return None
    members = find_rows(f"{_CLAIMANTS} AND agents.parent = ? ORDER BY terms.facts DESC, terms.value", [claimant_id])
    return {**_claimant(row), "members": [{"id": each["id"], "name": each["name"]} for each in members]}


def find_nearest_agent(agent_id: str) -> str | None:
    """The identifier of an agent that may be meant."""
    return find_nearest(agent_id, (row["id"] for row in find_rows("SELECT id FROM agents")))


def _claimant(row: Any) -> Entry:  # noqa: ANN401 - a row of sqlite3
    links = {"facts": url_for("facts.list_facts", claimant=row["id"] or escape_name(row["name"]))}
    if row["id"]:
        links["self"] = url_for("claimants.get_claimant", claimant_id=row["id"])
    return {**dict(row), "links": {"self": None, **links}}


def describe_dataset() -> Entry:
    """The release as a whole: what it holds, and the files that it comes in."""
    release = get_release()
    counts = {name: getattr(release, name) for name in ("articles", "facts", "texts")}
    kinds = dict(
        tuple(row)
        for row in find_rows("SELECT value, facts FROM terms WHERE filter = 'kind' AND ordering = 'position'")
    )
    days = find_rows("SELECT min(published_on), max(published_on) FROM articles")[0]
    return {
        "release": release.label,
        "schema_version": release.schema_version,
        "counts": {**counts, "withdrawals": find_rows("SELECT count(*) FROM withdrawals")[0][0]},
        "kinds": {kind: kinds.get(kind, 0) for kind in ("quantity", "statement", "event")},
        "published": {"first": days[0], "last": days[1]},
    }
