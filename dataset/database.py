"""The SQLite form of a release: written beside the old file, checked, then swapped in."""

from __future__ import annotations

import hashlib
import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib import resources
from itertools import chain, count, groupby
from pathlib import Path

import sqlite_utils

from dataset.checks import REMEDY
from dataset.document import read_document
from dataset.errors import FactsError, OutputError
from dataset.files import replacing
from dataset.model import APPLICATION_ID, CONTEXT_LENGTH, SCHEMA_VERSION, Article, Fact, Kind, Withdrawal
from dataset.places import Places
from dataset.records import fact_to_record, format_record
from dataset.rows import Row, agent_rows, fact_row, mentions_of


def release_digest(articles: Iterable[Article], facts: Iterable[Fact], withdrawals: Iterable[Withdrawal]) -> str:
    """Identify a release by its content: sha256 over the canonical lines of its articles, facts and withdrawals."""
    digest = hashlib.sha256()
    for record in chain(map(asdict, articles), map(fact_to_record, facts), map(asdict, withdrawals)):
        digest.update(format_record(record).encode("utf-8") + b"\n")
    return digest.hexdigest()


def build_database(
    path: Path,
    articles: Sequence[Article],
    facts: Sequence[Fact],
    texts: Mapping[str, str],
    withdrawals: Sequence[Withdrawal] = (),
) -> None:
    """Write articles, facts, withdrawals and the texts at hand (article id to text) into a new file at `path`.

    The old file serves until the new one is complete and consistent. OutputError where it cannot be written,
    FactsError where the facts are not such as the tables hold.
    """
    with replacing(path) as beside:
        database = sqlite_utils.Database(beside)
        try:
            _fill(database, articles, facts, texts, withdrawals)
            _check(database.conn)
        except sqlite3.OperationalError as error:
            raise OutputError(f"cannot write {path} ({error})", "make room there, or name another place") from error
        except (sqlite3.IntegrityError, OverflowError) as error:
            raise FactsError(f"the facts do not fit the tables of {path.name} ({error})", REMEDY) from error
        finally:
            database.close()


def _fill(
    database: sqlite_utils.Database,
    articles: Sequence[Article],
    facts: Sequence[Fact],
    texts: Mapping[str, str],
    withdrawals: Sequence[Withdrawal],
) -> None:
    database.conn.executescript(resources.files("dataset").joinpath("schema.sql").read_text(encoding="utf-8"))
    with database.atomic():
        release = {
            "id": 1,
            "digest": release_digest(articles, facts, withdrawals),
            "schema_version": SCHEMA_VERSION,
            "articles": len(articles),
            "facts": len(facts),
            "texts": len(texts),
        }
        _insert(database, "release", [release])
        _insert(database, "articles", ({"position": n, **asdict(a)} for n, a in enumerate(articles, 1)))
        _insert(database, "article_texts", (_text_row(a.id, texts[a.id]) for a in articles if a.id in texts))
        _insert(database, "agents", _agent_rows(facts))
        _insert(database, "facts", _fact_rows(articles, facts, texts))
        _insert(database, "fact_agents", (row for fact in facts for row in agent_rows(fact)))
        _insert(database, "withdrawals", map(asdict, withdrawals))
        database.conn.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
    database.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.conn.execute("ANALYZE")


def _insert(database: sqlite_utils.Database, table: str, rows: Iterable[Row]) -> None:
    database.table(table).insert_all(rows)


def _check(connection: sqlite3.Connection) -> None:
    """Refuse to swap in a file that SQLite itself finds inconsistent."""
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    integrity = connection.execute("PRAGMA integrity_check").fetchone()[0]
    if broken or integrity != "ok":
        raise sqlite3.OperationalError(f"the new file is inconsistent: {broken or integrity}")


def _text_row(article: str, text: str) -> Row:
    return {"article": article, "content": text.encode("utf-8"), "characters": len(text)}


def _agent_rows(facts: Iterable[Fact]) -> Iterator[Row]:
    known = {each.id: each.name for fact in facts for _, _, each in mentions_of(fact) if each.id is not None}
    return ({"id": id_, "name": name} for id_, name in sorted(known.items()))


def _fact_rows(articles: Iterable[Article], facts: Iterable[Fact], texts: Mapping[str, str]) -> Iterator[Row]:
    """The rows of facts in release order; each text is laid out once."""
    known = {article.id: article for article in articles}
    positions = count(1)
    for article, together in groupby(facts, key=lambda fact: fact.article):
        quote = _Page(known[article], texts[article]).quote if article in texts else _quote_nothing
        for fact in together:
            yield {"position": next(positions), **fact_row(fact), **quote(fact)}


class _Page:
    """One article laid out: where its lines and sentences end."""

    def __init__(self, article: Article, text: str) -> None:
        self._text = text
        self._places = Places(text)
        self._sentences = [(sentence.start, sentence.end) for sentence in read_document(article, text).sentences]

    def quote(self, fact: Fact) -> Row:
        """What a row holds of the text around the fact."""
        return {
            "exact": self._text[fact.start : fact.end],
            "prefix": self._text[max(0, fact.start - CONTEXT_LENGTH) : fact.start],
            "suffix": self._text[fact.end : fact.end + CONTEXT_LENGTH],
            "fragment": self._places.fragment(fact.start, fact.end),
            "sentence": None if fact.kind is Kind.STATEMENT else self._sentence_around(fact.start, fact.end),
        }

    def _sentence_around(self, start: int, end: int) -> str:
        """The sentence that the span starts in, and as much more as the span has; the span alone outside of any."""
        index = bisect_right(self._sentences, start, key=lambda span: span[0]) - 1
        first, last = self._sentences[index] if index >= 0 else (start, end)
        return self._text[first : max(end, last)] if start < last else self._text[start:end]


def _quote_nothing(fact: Fact) -> Row:
    """What a row holds where the text is absent, and with it the line ends: the span counts as it is."""
    return {"prefix": None, "suffix": None, "fragment": f"char={fact.start},{fact.end}", "sentence": None}
