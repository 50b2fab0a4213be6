"""The tables that hold facts, written fact by fact in release order."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain, groupby
from operator import itemgetter

from dataset.agents import known_agent
from dataset.answers import answer_article, answer_fact, format_answer
from dataset.model import Article, Fact
from dataset.orderings import Orderings
from dataset.parquet import ParquetFile
from dataset.records import Record, fact_to_record
from dataset.rows import Row, agent_rows, fact_row, mentions_of
from dataset.surroundings import Surroundings, quote_nothing
from dataset.terms import lineage

_BATCH = 5000  # facts that are written together


class FactTables:
    """The tables facts, fact_agents, answers and agents of a new database, and the Parquet file beside it."""

    def __init__(self, connection: sqlite3.Connection, parquet: ParquetFile) -> None:
        self._connection = connection
        self._parquet = parquet
        self._facts: list[Row] = []
        self._agents: list[Row] = []
        self._answers: list[tuple[int, bytes]] = []
        self._names: dict[str, str] = {}
        self.orderings = Orderings()
        self.count = 0

    def add_all(self, facts: Iterable[Fact], articles: Iterable[Article], texts: Mapping[str, str]) -> Iterator[Record]:
        """Write the facts, and give the record of each; an article's text is laid out once."""
        known = {article.id: article for article in articles}
        for key, together in groupby(facts, key=lambda fact: fact.article):
            article = known[key]
            told = answer_article(article)
            quote = Surroundings(article, texts[key]).quote if key in texts else quote_nothing
            for fact in together:
                record, context = fact_to_record(fact), quote(fact)
                self._add(fact, article, context)
                self._answers.append((self.count, format_answer(answer_fact(record, told, context))))
                yield record
                if len(self._facts) == _BATCH:
                    self._flush()
        self._flush()
        insert_rows(self._connection, "agents", self._agent_rows())

    def _add(self, fact: Fact, article: Article, context: Row) -> None:
        self.count += 1
        self._facts.append({**fact_row(fact), **context, "position": self.count})
        self._agents.extend(agent_rows(fact))
        self._names.update((each.id, each.name) for _, _, each in mentions_of(fact) if each.id is not None)
        self.orderings.add(fact, article)

    def _flush(self) -> None:
        insert_rows(self._connection, "facts", self._facts)
        insert_rows(self._connection, "fact_agents", self._agents)
        self._connection.executemany("INSERT INTO answers VALUES (?, ?)", self._answers)
        self._parquet.write([content for _, content in self._answers])
        for batch in (self._facts, self._agents, self._answers):
            batch.clear()

    def _agent_rows(self) -> Iterator[Row]:
        """Who is named and whom they belong to; somebody whom the vocabulary does not know has a name of the text."""
        for identifier in sorted({each for named in self._names for each in lineage(named)}):
            entry = known_agent(identifier)
            name = entry.name if entry else self._names[identifier]
            kind, parent = (entry.kind, entry.parent) if entry else (None, None)
            yield {"id": identifier, "name": name, "kind": kind, "parent": parent}


def insert_rows(connection: sqlite3.Connection, table: str, rows: Iterable[Row]) -> None:
    """Insert rows that all have the same columns; the names are constants of this project."""
    waiting = iter(rows)
    first = next(waiting, None)
    if first is None:
        return
    columns = list(first)
    names, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    pick = itemgetter(*columns)
    connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", map(pick, chain([first], waiting)))  # noqa: S608 - no value of a user
