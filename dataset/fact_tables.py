"""The tables that hold facts, written in release order, many together."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from dataset.agents import known_agent
from dataset.answers import Answer, answer_article, answer_fact, format_answer
from dataset.errors import FactsError
from dataset.inserting import Values, insert_rows, insert_values
from dataset.model import Article, Fact
from dataset.orderings import Orderings
from dataset.parquet import ParquetFile
from dataset.records import fact_to_record, format_line
from dataset.rows import AgentRow, Row, agent_rows, fact_row
from dataset.surroundings import Surroundings, quote_nothing
from dataset.terms import lineage

_BATCH = 1000  # facts that are written together: few enough for the cache of a processor


@dataclass(slots=True)
class _Batch:
    """Facts that are to be written: rows as `insert_values` takes them."""

    facts: Values = field(default_factory=list)
    agents: Values = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    lines: list[bytes] = field(default_factory=list)


class FactTables:
    """The tables facts, fact_agents, answers and agents of a new database, and the Parquet file beside it."""

    def __init__(self, connection: sqlite3.Connection, parquet: ParquetFile, orderings: Orderings) -> None:
        self._connection = connection
        self._parquet = parquet
        self._orderings = orderings
        self._columns = [name for _, name, *_ in connection.execute("PRAGMA table_info(facts)")]
        self._pick = itemgetter(*self._columns)
        self._batch = _Batch()
        self._names: dict[str, str] = {}
        self.count = 0

    def add_all(self, facts: Iterable[Fact], articles: Iterable[Article], texts: Mapping[str, str]) -> Iterator[bytes]:
        """Write the facts, and give their lines; an article's text is laid out once."""
        waiting = iter(articles)
        for key, together in groupby(facts, key=lambda fact: fact.article):
            article = next((each for each in waiting if each.id == key), None)
            if article is None:
                raise FactsError(f"a fact is of the article {key}, which is not the next", "sort facts as articles are")
            told = answer_article(article)
            quote = Surroundings(article, texts[key]).quote if key in texts else quote_nothing
            for fact in together:
                self._add(fact, article, told, quote(fact))
                if len(self._batch.lines) == _BATCH:
                    yield self._flush()
        yield self._flush()
        insert_rows(self._connection, "agents", self._agent_rows())

    def _add(self, fact: Fact, article: Article, told: Answer, context: Row) -> None:
        self.count += 1
        record, batch = fact_to_record(fact), self._batch
        batch.lines.append(format_line(record))
        batch.facts.extend(self._pick(fact_row(record, context, self.count)))
        batch.answers.append(format_answer(answer_fact(record, told, context)))
        for row in agent_rows(record):
            batch.agents.extend(row)
            if row.agent is not None:
                self._names[row.agent] = row.name
        self._orderings.add(fact, article)

    def _flush(self) -> bytes:
        batch, self._batch = self._batch, _Batch()
        first = self.count - len(batch.answers) + 1
        answers: list[Any] = [value for pair in enumerate(batch.answers, first) for value in pair]
        insert_values(self._connection, "facts", self._columns, batch.facts)
        insert_values(self._connection, "fact_agents", AgentRow._fields, batch.agents)
        insert_values(self._connection, "answers", ("position", "content"), answers)
        self._parquet.write(batch.answers)
        return b"".join(batch.lines)

    def _agent_rows(self) -> Iterator[Row]:
        """Who is named and whom they belong to; somebody whom the vocabulary does not know has a name of the text."""
        for identifier in sorted({each for named in self._names for each in lineage(named)}):
            entry = known_agent(identifier)
            name = entry.name if entry else self._names[identifier]
            kind, parent = (entry.kind, entry.parent) if entry else (None, None)
            yield {"id": identifier, "name": name, "kind": kind, "parent": parent}
