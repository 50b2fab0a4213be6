"""The fact database: one read-only connection a thread, reopened when the file is another."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from flask import Flask, current_app, g

from dataset.errors import DatabaseError
from dataset.model import APPLICATION_ID, SCHEMA_VERSION

_EXTENSION = "factline-database"
_REMEDY = "build it with: make data"
_MISCOUNTED = """
    SELECT (articles, facts, texts) IS NOT (
        (SELECT count(*) FROM articles), (SELECT count(*) FROM facts), (SELECT count(*) FROM article_texts))
    FROM release"""

FileVersion = tuple[int, int, int, int]


class _Held(threading.local):
    """What a thread holds open, and which version of the file that is."""

    connection: sqlite3.Connection | None = None
    version: FileVersion | None = None


class Database:
    """The file at `path`; it may be missing now and there for the next request."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._held = _Held()
        self._checking = threading.Lock()
        self._sound: FileVersion | None = None  # the version that was found whole, by whichever thread came first

    def connect(self) -> sqlite3.Connection:
        """Return the thread's connection to the file as it is now; DatabaseError where it cannot be served."""
        version = self._file_version()
        if self._held.connection is None or self._held.version != version:
            self.close()
            self._held.connection = self._open(version)
            self._held.version = version
        return self._held.connection

    def close(self) -> None:
        """Close the thread's connection, if it has one."""
        if self._held.connection is not None:
            self._held.connection.close()
            self._held.connection = None

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Turn what SQLite finds wrong with the file into DatabaseError, and start afresh with the next request."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            self.close()
            raise DatabaseError(f"{self._path.name} cannot be read ({error})", _REMEDY) from error

    def _file_version(self) -> FileVersion:
        try:
            status = self._path.stat()
        except FileNotFoundError as error:
            raise DatabaseError(f"{self._path.name} is missing", _REMEDY) from error
        except OSError as error:
            raise DatabaseError(f"{self._path.name} cannot be read ({error.strerror})", _REMEDY) from error
        return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size

    def _open(self, version: FileVersion) -> sqlite3.Connection:
        with self.reading():
            connection = sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True)
            try:
                connection.row_factory = sqlite3.Row
                connection.execute("PRAGMA query_only = ON")
                self._check(connection)
                self._check_once(connection, version)
            except Exception:
                connection.close()
                raise
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise DatabaseError(f"{self._path.name} is not a Factline database", _REMEDY)
        release = connection.execute("SELECT schema_version FROM release").fetchone()
        if release is None or release["schema_version"] != SCHEMA_VERSION:
            raise DatabaseError(f"{self._path.name} was not built for schema version {SCHEMA_VERSION}", _REMEDY)

    def _check_once(self, connection: sqlite3.Connection, version: FileVersion) -> None:
        """Look through the whole file, once for each version of it: it takes milliseconds a megabyte."""
        with self._checking:
            if self._sound != version:
                self._check_content(connection)
                self._sound = version

    def _check_content(self, connection: sqlite3.Connection) -> None:
        found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if found != "ok":
            raise DatabaseError(f"{self._path.name} is damaged ({found})", _REMEDY)
        if connection.execute(_MISCOUNTED).fetchone()[0]:
            raise DatabaseError(f"{self._path.name} does not hold as much as its release has", _REMEDY)


def register_database(app: Flask, path: Path) -> None:
    """Let the requests of `app` read the database at `path`, whether it is there yet or not."""
    app.extensions[_EXTENSION] = Database(path)


def get_database() -> Database:
    """Return the database of the current application."""
    return cast("Database", current_app.extensions[_EXTENSION])


def find_rows(sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
    """Read rows; all that one request reads comes from one version of the file.

    DatabaseError where the file cannot be served.
    """
    database = get_database()
    if "connection" not in g:
        g.connection = database.connect()
    with database.reading():
        rows: list[sqlite3.Row] = g.connection.execute(sql, values).fetchall()
    return rows


def find_row(sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
    """Read the first row, None where there is none."""
    return next(iter(find_rows(sql, values)), None)


def get_release() -> sqlite3.Row:
    """Read what the database says about itself."""
    return find_rows("SELECT digest, schema_version, articles, facts, texts FROM release")[0]
