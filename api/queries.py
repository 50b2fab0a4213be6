"""The SQL of the service for single rows. Values are always bound; only constants of this file become SQL."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from api.database import find_row, find_rows

Row = sqlite3.Row

_ARTICLES = """
    SELECT articles.*, article_texts.characters,
        (SELECT count(*) FROM facts WHERE facts.article = articles.id) AS facts
    FROM articles LEFT JOIN article_texts ON article_texts.article = articles.id"""


def find_article(article_id: str) -> Row | None:
    """Read one article."""
    return find_row(f"{_ARTICLES} WHERE articles.id = ?", [article_id])


def find_articles(first: int, limit: int) -> list[Row]:
    """Read up to `limit` articles in the order of the release, from the `first`."""
    return find_rows(f"{_ARTICLES} WHERE articles.position > ? ORDER BY articles.position LIMIT ?", [first, limit])


def find_text(article_id: str) -> bytes | None:
    """Read the bytes of an article's file, None where the database does not hold them."""
    row = find_row("SELECT content FROM article_texts WHERE article = ?", [article_id])
    return row["content"] if row else None


def find_position(fact_id: str) -> int | None:
    """Read the position of a fact, None where there is none of this id."""
    row = find_row("SELECT position FROM facts WHERE id = ?", [fact_id])
    return row["position"] if row else None


def find_withdrawal(fact_id: str) -> Row | None:
    """Read why an id is no fact, or no longer."""
    return find_row("SELECT reason, withdrawn_on FROM withdrawals WHERE id = ?", [fact_id])


def find_facts(positions: Sequence[int]) -> list[Row]:
    """Read the rows of facts, in the order of the release."""
    return find_rows(f"SELECT * FROM facts WHERE position IN ({_marks(positions)}) ORDER BY position", positions)  # noqa: S608 - question marks


def find_sentences(positions: Sequence[int]) -> dict[int, str | None]:
    """Read the sentences around facts, None of statements and where the text is not held."""
    rows = find_rows(f"SELECT position, sentence FROM facts WHERE position IN ({_marks(positions)})", positions)  # noqa: S608 - question marks
    return {row["position"]: row["sentence"] for row in rows}


def find_agents(fact_ids: Sequence[str]) -> dict[str, list[Row]]:
    """Read whom many facts name, at once: claimants with the origin first, and participants in the order of roles."""
    sql = f'SELECT fact, role, agent, name, start, "end", inferred FROM fact_agents WHERE fact IN ({_marks(fact_ids)}) ORDER BY position'  # noqa: E501, S608 - question marks
    agents: dict[str, list[Row]] = {fact_id: [] for fact_id in fact_ids}
    for row in find_rows(sql, fact_ids):
        agents[row["fact"]].append(row)
    return agents


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))
