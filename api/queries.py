"""The SQL of the service. Values are always bound; only the constants of this file become SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.database import find_row, find_rows

Row = sqlite3.Row
Condition = tuple[str, Sequence[object]]  # SQL, and the values it binds


@dataclass(frozen=True, slots=True)
class Order:
    """Columns that together tell any two rows apart, and which way to read them."""

    columns: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of rows: how to read them, and how to count them."""

    select: str
    count: str


FACTS = Listing(
    # CROSS JOIN keeps facts the outer loop, so that rows come in the order of an index and LIMIT ends the reading.
    select="""
        SELECT facts.*, articles.file, articles.sha256 AS article_sha256, articles.publisher,
            articles.published_on, articles.url, articles.title
        FROM facts CROSS JOIN articles ON articles.id = facts.article""",
    count="SELECT count(*) FROM facts",
)
ARTICLES = Listing(
    select="""
        SELECT articles.*, article_texts.characters,
            (SELECT count(*) FROM facts WHERE facts.article = articles.id) AS facts
        FROM articles LEFT JOIN article_texts ON article_texts.article = articles.id""",
    count="SELECT count(*) FROM articles",
)

FACT_ORDERS = {
    "position": Order(("facts.position",)),
    "-position": Order(("facts.position",), descending=True),
    "value": Order(("facts.sort_value", "facts.position")),
    "-value": Order(("facts.sort_value", "facts.position"), descending=True),
}
ARTICLE_ORDER = Order(("articles.position",))

FACT_CHOICES = ("kind", "article", "unit", "bound", "event_type")
FACT_AGENTS = {
    "claimant": "facts.id IN (SELECT fact FROM fact_agents WHERE role = 'claimant' AND agent IN ({marks}))",
    "subject": "(facts.subject_id IN ({marks}) "
    "OR facts.id IN (SELECT fact FROM fact_agents WHERE role = 'actor' AND agent IN ({marks})))",
}
FACT_LIMITS = {"value_min": "facts.reach_high >= ?", "value_max": "facts.reach_low <= ?"}
FACT_SEARCH = "facts.position IN (SELECT rowid FROM facts_fts WHERE facts_fts MATCH ?)"


def fact_conditions(filters: Mapping[str, Any]) -> list[Condition]:
    """Say in SQL which facts the filters keep.

    A value filter keeps a fact when the range that its words commit to reaches the limit.
    """
    conditions = [_is_one_of(f"facts.{name}", filters[name]) for name in FACT_CHOICES if name in filters]
    if "direct" in filters:
        conditions.append(("facts.direct = ?", [filters["direct"]]))
    conditions.extend(_names(sql, filters[name]) for name, sql in FACT_AGENTS.items() if name in filters)
    conditions.extend((sql, [filters[name]]) for name, sql in FACT_LIMITS.items() if name in filters)
    if "q" in filters:
        conditions.append((FACT_SEARCH, [_match_every_word(filters["q"])]))
    return conditions


def _is_one_of(column: str, values: Sequence[object]) -> Condition:
    return f"{column} IN ({', '.join('?' * len(values))})", values


def _names(sql: str, agents: Sequence[object]) -> Condition:
    """Keep facts that name one of the agents; the SQL asks for them as often as it has places for their marks."""
    return sql.format(marks=", ".join("?" * len(agents))), [*agents] * sql.count("{marks}")


def _match_every_word(text: str) -> str:
    """Quote each word as an FTS5 string, in which nothing is an operator; FTS5 joins them by AND."""
    return " ".join('"' + word.replace('"', '""') + '"' for word in text.split())


def find_page(
    listing: Listing, conditions: Sequence[Condition], order: Order, after: Sequence[float], limit: int
) -> list[Row]:
    """Read up to `limit` rows that follow the sort keys `after`; an empty `after` is the start of the list."""
    if after:
        comparison = "<" if order.descending else ">"
        marks = ", ".join("?" * len(after))
        conditions = [*conditions, (f"({', '.join(order.columns)}) {comparison} ({marks})", after)]
    where, values = _all_of(conditions)
    direction = " DESC" if order.descending else ""
    by = ", ".join(column + direction for column in order.columns)
    return find_rows(f"{listing.select} WHERE {where} ORDER BY {by} LIMIT ?", [*values, limit])


def count_rows(listing: Listing, conditions: Sequence[Condition]) -> int:
    """Count all rows of a list, whatever the page."""
    where, values = _all_of(conditions)
    total: int = find_rows(f"{listing.count} WHERE {where}", values)[0][0]
    return total


def _all_of(conditions: Sequence[Condition]) -> Condition:
    sql = " AND ".join(condition for condition, _ in conditions) or "TRUE"
    return sql, [value for _, values in conditions for value in values]


def find_fact(fact_id: str) -> Row | None:
    """Read one fact with its article."""
    return find_row(f"{FACTS.select} WHERE facts.id = ?", [fact_id])


def find_withdrawal(fact_id: str) -> Row | None:
    """Read why an id is no fact, or no longer."""
    return find_row("SELECT reason, withdrawn_on FROM withdrawals WHERE id = ?", [fact_id])


def find_article(article_id: str) -> Row | None:
    """Read one article."""
    return find_row(f"{ARTICLES.select} WHERE articles.id = ?", [article_id])


def find_text(article_id: str) -> bytes | None:
    """Read the bytes of an article's file, None where the database does not hold them."""
    row = find_row("SELECT content FROM article_texts WHERE article = ?", [article_id])
    return row["content"] if row else None


def find_agents(fact_ids: Sequence[str]) -> dict[str, list[Row]]:
    """Read whom many facts name, at once: claimants with the origin first, and participants in the order of roles."""
    condition, values = _is_one_of("fact", fact_ids)
    sql = f'SELECT fact, role, agent, name, start, "end", inferred FROM fact_agents WHERE {condition} ORDER BY position'  # noqa: S608 - a constant and question marks
    agents: dict[str, list[Row]] = {fact_id: [] for fact_id in fact_ids}
    for row in find_rows(sql, values):
        agents[row["fact"]].append(row)
    return agents
