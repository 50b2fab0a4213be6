"""Many rows in one statement."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from dataset.inserting import gather, insert_rows, insert_values


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute('CREATE TABLE t (number INTEGER PRIMARY KEY, "end" TEXT, content BLOB) STRICT')
        yield connection


@pytest.mark.parametrize("count", [0, 1, 249, 250, 251, 500, 4321])
def test_rows_arrive_whole_and_in_order(connection: sqlite3.Connection, count: int) -> None:
    rows = [(number, None if number % 3 else str(number), b"%d" % number) for number in range(count)]
    insert_values(connection, "t", ["number", "end", "content"], [value for row in rows for value in row])
    assert connection.execute("SELECT * FROM t ORDER BY number").fetchall() == rows


@pytest.mark.parametrize("count", [0, 1, 1999, 2000, 2001, 4321])
def test_rows_by_name_arrive_too(connection: sqlite3.Connection, count: int) -> None:
    insert_rows(connection, "t", ({"end": str(number), "number": number} for number in range(count)))
    assert connection.execute('SELECT number, "end" FROM t').fetchall() == [(n, str(n)) for n in range(count)]


def test_large_values_are_given_in_small_pieces() -> None:
    pieces = list(gather({"number": number, "content": bytes(1 << 20)} for number in range(10)))
    assert [columns for columns, _ in pieces] == [("number", "content")] * 3
    assert [len(values) // 2 for _, values in pieces] == [4, 4, 2]
    assert [values[0] for _, values in pieces] == [0, 4, 8]


def test_no_rows_are_no_piece() -> None:
    assert list(gather([])) == []
