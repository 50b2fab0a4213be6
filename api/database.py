"""What a request reads of the fact database: all of it from one version of the file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

from flask import Flask, current_app, g

from api.database_file import Database
from api.release import Release

_EXTENSION = "factline-database"


def register_database(app: Flask, path: Path, timeout: float) -> None:
    """Let the requests of `app` read the database at `path`, whether it is there yet or not.

    A request that reads for longer than `timeout` seconds is ended with QueryTimeoutError.
    """
    app.extensions[_EXTENSION] = Database(path, timeout)


def get_database() -> Database:
    """Return the database of the current application."""
    return cast("Database", current_app.extensions[_EXTENSION])


def _pin() -> tuple[sqlite3.Connection, Release]:
    """All that one request reads comes from one version of the file."""
    pinned: tuple[sqlite3.Connection, Release] | None = g.get("pinned")
    if pinned is None:
        pinned = g.pinned = get_database().connect()
    return pinned


def find_rows(sql: str, values: Sequence[object] = ()) -> list[sqlite3.Row]:
    """Read rows; DatabaseError where the file cannot be served, QueryTimeoutError where that takes too long."""
    connection, _ = _pin()
    try:
        return connection.execute(sql, values).fetchall()
    except sqlite3.DatabaseError as error:
        raise get_database().explain(error) from error


def iterate_rows(sql: str, values: Sequence[object] = ()) -> Iterator[sqlite3.Row]:
    """Read rows one by one where there may be many, with the errors of `find_rows`."""
    connection, _ = _pin()
    try:
        yield from connection.execute(sql, values)
    except sqlite3.DatabaseError as error:
        raise get_database().explain(error) from error


def find_row(sql: str, values: Sequence[object] = ()) -> sqlite3.Row | None:
    """Read the first row, None where there is none."""
    return next(iter(find_rows(sql, values)), None)


def get_connection() -> sqlite3.Connection:
    """Return the connection of this request."""
    return _pin()[0]


def get_release() -> Release:
    """Return what the database says about itself; DatabaseError where it cannot be served."""
    return _pin()[1]


def check_time() -> None:
    """Raise QueryTimeoutError where this request has taken longer than it may."""
    if get_database().is_late:
        raise get_database().late()


def renew_time() -> None:
    """Let this request take as long again as it may: what it has answered so far is on its way."""
    get_database().renew_time()
