"""The questions that are asked of every server: the facts of a metric that somebody claims, largest first, 50 rows.

One question is asked in the words of each server: a list of addresses that stand for the same rows.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote, urlencode

from scripts.client import Client
from scripts.plain import COLUMNS

PAGE = 50  # rows
_PAGES_OF_A_PAIR = 40  # of the most frequent pairs, so many pages are asked for
_PAIRS = 400


@dataclass(frozen=True, slots=True)
class Question:
    """A metric (or what stands for it), a claimant, and where the page begins: behind a value and a position."""

    chosen: str
    claimant: str
    value: float | None = None
    position: int | None = None
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Asking:
    """A database and the filter that is used of it beside the claimant: metric, or unit where that is not served."""

    database: Path
    by: str = "metric"

    def connect(self) -> sqlite3.Connection:
        """The database, read only."""
        return sqlite3.connect(f"{self.database.absolute().as_uri()}?mode=ro", uri=True)

    def select(self, *, after: bool = False) -> str:
        """The question in SQL, with named values; `after` for pages that are not the first."""
        keyset = "AND (sort_value, position) < (:value, :position)" if after else ""
        return f"""
            SELECT {COLUMNS} FROM facts
            WHERE {self.by} = :chosen {keyset}
                AND id IN (SELECT fact FROM fact_agents WHERE role = 'claimant' AND agent = :claimant)
            ORDER BY sort_value DESC, position DESC LIMIT :limit"""  # noqa: S608 - constants


def find_pairs(asking: Asking, least: int = PAGE, most: int = _PAIRS) -> list[tuple[str, str]]:
    """The most frequent pairs of metric and claimant: those that fill a page, or a few where none does."""
    sql = f"""
        SELECT facts.{asking.by}, fact_agents.agent, count(*) AS found
        FROM fact_agents JOIN facts ON facts.id = fact_agents.fact
        WHERE role = 'claimant' AND agent IS NOT NULL AND facts.kind = 'quantity' AND facts.{asking.by} IS NOT NULL
        GROUP BY 1, 2 ORDER BY found DESC, 1, 2 LIMIT ?"""  # noqa: S608 - one of two names
    with closing(asking.connect()) as connection:
        rows = connection.execute(sql, [most]).fetchall()
    return [(chosen, claimant) for chosen, claimant, found in rows if found >= least] or [row[:2] for row in rows[:20]]


def ask(asking: Asking, client: Client) -> list[Question]:
    """First pages and the pages behind them in an order of chance; the service itself tells their cursors."""
    questions = []
    for chosen, claimant in find_pairs(asking):
        questions.append(Question(chosen, claimant))
        questions += _following(asking, chosen, claimant, client)
    Random(1).shuffle(questions)  # noqa: S311 - an order, no secret
    return questions


def _following(asking: Asking, chosen: str, claimant: str, client: Client) -> list[Question]:
    """Pages that begin every ten rows, so that there are many of them that differ."""
    sql = f"""
        SELECT sort_value, position FROM facts
        WHERE {asking.by} = ? AND id IN (SELECT fact FROM fact_agents WHERE role = 'claimant' AND agent = ?)
        ORDER BY 1 DESC, 2 DESC LIMIT ?"""  # noqa: S608 - one of two names
    with closing(asking.connect()) as connection:
        rows = connection.execute(sql, [chosen, claimant, 10 * _PAGES_OF_A_PAIR + PAGE]).fetchall()
    found: list[Question] = []
    following = own_path(asking, Question(chosen, claimant)) + "10"
    for value, position in rows[9 : len(rows) - PAGE : 10]:
        answer = client.get(following)
        behind = json.loads(answer.body)["next"] if answer.status == 200 else None
        if behind is None:
            break
        following = behind
        found.append(Question(chosen, claimant, value, position, following.partition("cursor=")[2].partition("&")[0]))
    return found


def own_path(asking: Asking, question: Question) -> str:
    """The address at the service, without the number of rows at its end."""
    cursor = f"&cursor={question.cursor}" if question.cursor else ""
    return (
        f"/v1/facts?{asking.by}={quote(question.chosen)}&claimant={quote(question.claimant)}&sort=-value{cursor}&limit="
    )


def datasette_path(asking: Asking, question: Question) -> str:
    """The address of a canned query, which Datasette answers faster than a filtered page of a table."""
    values: dict[str, Any] = {"_shape": "array", "chosen": question.chosen, "claimant": question.claimant}
    if question.value is None:
        return f"/{asking.database.stem}/first.json?{urlencode(values)}&limit="
    values |= {"value": question.value, "position": question.position}
    return f"/{asking.database.stem}/after.json?{urlencode(values)}&limit="


def roapi_path(asking: Asking, question: Question) -> str:
    """The address of the REST interface over one table, in which claimants stand beside their facts already."""
    filters = {asking.by: f"'{question.chosen}'", "claimant": f"'{question.claimant}'"}
    brackets = [f"filter%5B{name}%5D={quote(value)}" for name, value in filters.items()]
    if question.value is not None:
        brackets.append(f"filter%5Bsort_value%5Dlte={float(question.value)!r}")
    return f"/api/tables/facts?{'&'.join(brackets)}&sort=-sort_value&limit="


def values_of(question: Question, limit: int = PAGE) -> dict[str, object]:
    """The values that `Asking.select` names."""
    return {
        "chosen": question.chosen,
        "claimant": question.claimant,
        "value": question.value,
        "position": question.position,
        "limit": limit,
    }


def write_metadata(asking: Asking, path: Path) -> None:
    """Write the canned queries of Datasette."""
    queries = {"first": {"sql": asking.select()}, "after": {"sql": asking.select(after=True)}}
    path.write_text(json.dumps({"databases": {asking.database.stem: {"queries": queries}}}), encoding="utf-8")


def write_flat_table(asking: Asking, path: Path) -> None:
    """Write quantities as CSV for roapi, a row for each claimant: it knows no join in its REST interface."""
    sql = f"""
        SELECT {COLUMNS}, facts.sort_value, fact_agents.agent AS claimant
        FROM facts JOIN fact_agents ON fact_agents.fact = facts.id AND fact_agents.role = 'claimant'
        WHERE facts.kind = 'quantity' ORDER BY facts.position"""  # noqa: S608 - constants
    with closing(asking.connect()) as connection, path.open("w", encoding="utf-8", newline="") as handle:
        rows = connection.execute(sql)
        writer = csv.writer(handle)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)


def find_fact_ids(asking: Asking, most: int) -> Sequence[str]:
    """Identifiers of facts from all over the release."""
    with closing(asking.connect()) as connection:
        (count,) = connection.execute("SELECT count(*) FROM facts").fetchone()
        sql = "SELECT id FROM facts WHERE position % ? = 1"
        return (
            [row[0] for row in connection.execute(sql, [max(1, count // most)])]
            if count > most
            else [row[0] for row in connection.execute("SELECT id FROM facts")]
        )


def find_searches(asking: Asking, most: int = 300) -> list[str]:
    """Words to search for, each found somewhere: a counted noun with a number."""
    sql = """
        SELECT DISTINCT counted || ' ' || exact FROM facts WHERE counted IS NOT NULL AND exact IS NOT NULL LIMIT ?"""
    with closing(asking.connect()) as connection:
        return [row[0] for row in connection.execute(sql, [most])]
