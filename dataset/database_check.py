"""Whether a fact database holds the release that facts.jsonl and the decisions make."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

from dataset.agents import agent, agent_ids
from dataset.errors import FactsError
from dataset.model import SCHEMA_VERSION, Article, Fact, Withdrawal
from dataset.records import fact_to_record, release_digest
from dataset.rows import fact_from_row, mentions_of
from dataset.verification import Violation

_DATABASE = "database"
_STALE = "build it again"


def check_database(
    path: Path, articles: Sequence[Article], facts: Sequence[Fact], withdrawals: Sequence[Withdrawal]
) -> Iterator[Violation]:
    """Where the rows of the database are not what the release says; a release as a whole has its digest as id."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            yield from _check_rows(connection, articles, facts, withdrawals)
            yield from _check_texts(connection, articles)
            yield from _check_agents(connection, facts)
    except sqlite3.DatabaseError as error:
        yield Violation(path.name, _DATABASE, f"cannot be read ({error}): {_STALE}")


def _check_rows(
    connection: sqlite3.Connection,
    articles: Sequence[Article],
    facts: Sequence[Fact],
    withdrawals: Sequence[Withdrawal],
) -> Iterator[Violation]:
    digest = release_digest(articles, facts, withdrawals)
    held_texts = connection.execute("SELECT count(*) FROM article_texts").fetchone()[0]
    said = dict(connection.execute("SELECT * FROM release").fetchone() or {})
    wanted_release = {"digest": digest, "schema_version": SCHEMA_VERSION, "articles": len(articles)}
    for name, wanted_value in {**wanted_release, "facts": len(facts), "texts": held_texts}.items():
        if said.get(name) != wanted_value:
            yield Violation("release", _DATABASE, f"its {name} is {said.get(name)}, not {wanted_value}: {_STALE}")
    for name, wanted in (("articles", articles), ("withdrawals", withdrawals)):
        held = [dict(row) for row in connection.execute(f"SELECT * FROM {name} ORDER BY rowid")]  # noqa: S608 - two constants
        if [{key: row[key] for key in row if key != "position"} for row in held] != [asdict(each) for each in wanted]:
            yield Violation(name, _DATABASE, f"the table is not as the release has it: {_STALE}")
    yield from _check_facts(connection, facts)


def _check_texts(connection: sqlite3.Connection, articles: Sequence[Article]) -> Iterator[Violation]:
    """The bytes that the database holds of an article have to be its file's, whether that is at hand or not."""
    known = {article.id: article for article in articles}
    for row in connection.execute("SELECT * FROM article_texts ORDER BY article"):
        article, content = known.get(row["article"]), row["content"]
        if article is None:
            yield Violation(row["article"], _DATABASE, f"has a text and is no article: {_STALE}")
        elif not isinstance(content, bytes) or hashlib.sha256(content).hexdigest() != article.sha256:
            yield Violation(article.file, _DATABASE, f"its text is not that of the file: {_STALE}")
        elif row["characters"] != len(content.decode("utf-8")):
            yield Violation(article.file, _DATABASE, f"its text has not {row['characters']} characters: {_STALE}")


def _check_agents(connection: sqlite3.Connection, facts: Sequence[Fact]) -> Iterator[Violation]:
    """Whoever a fact names by identifier has a row, by a name that a fact or the vocabulary gives."""
    names: dict[str, set[str]] = {}
    for fact in facts:
        for _, _, mention in mentions_of(fact):
            if mention.id is not None:
                names.setdefault(mention.id, _vocabulary_names(mention.id)).add(mention.name)
    held = {row["id"]: row["name"] for row in connection.execute("SELECT id, name FROM agents ORDER BY id")}
    for id_ in sorted(names.keys() - held.keys()):
        yield Violation(id_, _DATABASE, f"has no row among the agents: {_STALE}")
    for id_, name in held.items():
        if name not in (names.get(id_) or _vocabulary_names(id_)):
            yield Violation(id_, _DATABASE, f"is not the agent {name!r}: {_STALE}")


def _vocabulary_names(id_: str) -> set[str]:
    return {agent(id_).name} if id_ in agent_ids() else set()


def _check_facts(connection: sqlite3.Connection, facts: Sequence[Fact]) -> Iterator[Violation]:
    agents: dict[str, list[sqlite3.Row]] = {}
    for row in connection.execute("SELECT * FROM fact_agents ORDER BY position"):
        agents.setdefault(row["fact"], []).append(row)
    held = {row["id"]: row for row in connection.execute("SELECT * FROM facts ORDER BY position")}
    for fact in facts:
        row = held.pop(fact.id, None)
        if row is None:
            yield Violation(fact.id, _DATABASE, f"has no row: {_STALE}")
        elif problem := _compare(fact, row, agents.get(fact.id, [])):
            yield Violation(fact.id, _DATABASE, f"{problem}: {_STALE}")
    for id_ in held:
        yield Violation(id_, _DATABASE, f"has a row and is not released: {_STALE}")


def _compare(fact: Fact, row: sqlite3.Row, agents: Sequence[sqlite3.Row]) -> str | None:
    """The first field of a row that differs from the fact's."""
    try:
        held = fact_to_record(fact_from_row(dict(row), [dict(each) for each in agents]))
    except (FactsError, ValueError) as error:
        return f"its row is no fact ({error})"
    wanted = fact_to_record(fact)
    for name in sorted(wanted):
        if held.get(name) != wanted[name]:
            return f"{name} is {held.get(name)!r}, not {wanted[name]!r}"
    return None
