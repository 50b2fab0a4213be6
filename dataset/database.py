"""The SQLite form of a release: written beside the old file, checked, then swapped in.

Facts are taken one by one, so that what they weigh does not grow with the release; a few bytes for each term do.
"""

from __future__ import annotations

import hashlib
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import resources
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import BinaryIO, Protocol

import sqlite_utils

from dataset.checks import REMEDY
from dataset.checksum import write_checksum
from dataset.columns import Columns
from dataset.errors import FactsError, OutputError
from dataset.fact_tables import FactTables
from dataset.files import replacing
from dataset.inserting import Row, insert_rows
from dataset.metric_tables import metric_definition, metric_ids
from dataset.model import APPLICATION_ID, SCHEMA_VERSION, Article, Fact, Withdrawal
from dataset.orderings import Orderings
from dataset.parquet import ParquetFile
from dataset.records import format_line, members

PARQUET = "facts.parquet"
_INDEXES = "-- For people who read this file with SQL."  # what follows in schema.sql is made when the tables are full
_PIECE = 1 << 20  # bytes of a file that are copied together


class Digest(Protocol):
    """What is used of a hash object."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes."""


def build_database(
    path: Path,
    articles: Iterable[Article],
    facts: Iterable[Fact],
    texts: Mapping[str, str],
    withdrawals: Sequence[Withdrawal] = (),
) -> None:
    """Write articles, facts in release order, withdrawals and the texts at hand (article id to text) into a new file.

    The articles are gone through more than once; neither they nor the facts have to be held in memory.
    The old file serves until the new one is complete and consistent. OutputError where it cannot be written,
    FactsError where the facts are not such as the tables hold.
    """
    with replacing(path) as beside:
        # A statement that inserts many rows takes much memory, and few are used again.
        database = sqlite_utils.Database(sqlite3.connect(beside, cached_statements=8))
        try:
            _fill(database, articles, facts, texts, withdrawals, path.parent)
            _check(database.conn)
        except sqlite3.OperationalError as error:
            raise OutputError(f"cannot write {path} ({error})", "make room there, or name another place") from error
        except (sqlite3.IntegrityError, sqlite3.DataError, OverflowError, ValueError) as error:
            raise FactsError(f"the facts do not fit the tables of {path.name} ({error})", REMEDY) from error
        finally:
            database.close()
        write_checksum(beside)


def _fill(
    database: sqlite_utils.Database,
    articles: Iterable[Article],
    facts: Iterable[Fact],
    texts: Mapping[str, str],
    withdrawals: Sequence[Withdrawal],
    folder: Path,
) -> None:
    """Fill a new file; what does not stay lies in nameless files of `folder`."""
    connection = database.conn
    schema = resources.files("dataset").joinpath("schema.sql").read_text(encoding="utf-8")
    tables_sql, indexes_sql = schema.split(_INDEXES)
    connection.executescript(_FAST + tables_sql)
    digest = hashlib.sha256()
    insert_rows(connection, "articles", _article_rows(articles, digest))
    if texts:
        _insert(database, "article_texts", (_text_row(a.id, texts[a.id]) for a in articles if a.id in texts))
    _insert(database, "metrics", ({"id": id_, "definition": metric_definition(id_)} for id_ in metric_ids()))
    count = _add_facts(connection, articles, facts, texts, digest, folder)
    for withdrawal in withdrawals:
        digest.update(format_line(members(withdrawal)))
    _insert(database, "withdrawals", map(members, withdrawals))
    release = {
        "id": 1,
        "digest": digest.hexdigest(),
        "schema_version": SCHEMA_VERSION,
        "articles": database.table("articles").count,
        "facts": count,
        "texts": database.table("article_texts").count,
    }
    _insert(database, "release", [release])
    connection.commit()
    connection.executescript(indexes_sql)
    connection.execute("INSERT INTO facts_fts (facts_fts) VALUES ('rebuild')")
    connection.commit()
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("ANALYZE")


# The file is thrown away where the build fails, so nothing has to be rolled back. The cache (in KiB) holds the indexes
# of the ids, which come in no order, of a few million facts.
_FAST = "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -131072;\n"


def _add_facts(
    connection: sqlite3.Connection,
    articles: Iterable[Article],
    facts: Iterable[Fact],
    texts: Mapping[str, str],
    digest: Digest,
    folder: Path,
) -> int:
    """Write everything that is made of the facts, and count them."""
    with tempfile.TemporaryFile(dir=folder) as parquet, Columns(folder) as columns:
        orderings = Orderings(columns)
        with ParquetFile(parquet) as export:
            tables = FactTables(connection, export, orderings)
            for lines in tables.add_all(facts, articles, texts):
                digest.update(lines)
        for table, rows in groupby(orderings.rows(), key=itemgetter(0)):
            insert_rows(connection, table, (row for _, row in rows))
        _insert_export(connection, PARQUET, parquet)
    return tables.count


def _insert(database: sqlite_utils.Database, table: str, rows: Iterable[Row]) -> None:
    database.table(table).insert_all(rows)


def _insert_export(connection: sqlite3.Connection, name: str, content: BinaryIO) -> None:
    """Copy a file into the database piece by piece."""
    digest = hashlib.sha256()
    for piece in _pieces(content):
        digest.update(piece)
    values = [name, digest.hexdigest(), content.tell()]
    connection.execute("INSERT INTO exports VALUES (?, ?, zeroblob(?))", values)
    row = connection.execute("SELECT rowid FROM exports WHERE name = ?", [name]).fetchone()[0]
    with connection.blobopen("exports", "content", row) as blob:
        for piece in _pieces(content):
            blob.write(piece)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def _check(connection: sqlite3.Connection) -> None:
    """Refuse to swap in a file that SQLite itself finds inconsistent; each row was checked as it was inserted."""
    connection.execute("PRAGMA ignore_check_constraints = ON")
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    integrity = connection.execute("PRAGMA quick_check").fetchone()[0]
    if broken or integrity != "ok":
        raise sqlite3.OperationalError(f"the new file is inconsistent: {broken or integrity}")


def _article_rows(articles: Iterable[Article], digest: Digest) -> Iterator[Row]:
    for position, article in enumerate(articles, start=1):
        row = members(article)
        digest.update(format_line(row))
        yield {"position": position, **row}


def _text_row(article: str, text: str) -> Row:
    return {"article": article, "content": text.encode("utf-8"), "characters": len(text)}
