import sqlite3
from pathlib import Path

import pytest

from tests.conftest import PAGE
from tests.scripts.test_curate import places, run

TAMPERED = [
    ("UPDATE facts SET value = 41, value_high = 41 WHERE exact = '40'", "value is 41, not 40"),
    ("DELETE FROM facts WHERE exact = '40'", "has no row"),
    ("UPDATE facts SET id = 'aaaaaaaaaaaaaaaa' WHERE exact = '40'", "has a row and is not released"),
    (
        "UPDATE facts SET bound = NULL, kind = 'event', event_type = 'x', polarity = 'positive' WHERE exact = '40'",
        "its row is no fact",
    ),
    ("UPDATE release SET facts = 7", "release database: its facts is 7, not 6"),
    ("UPDATE article_texts SET content = CAST('Fire' AS BLOB)", "flood.txt database: its text is not that of the file"),
    ("UPDATE article_texts SET characters = 7", "flood.txt database: its text has not 7 characters"),
    ("INSERT INTO agents (id, name) VALUES ('finland', 'Norway')", "finland database: is not the agent 'Norway'"),
    ("UPDATE articles SET title = 'Fire'", "articles database: the table is not as the release has it"),
    ("UPDATE release SET digest = replace(digest, 'a', 'b')", "release database: its digest is"),
]


@pytest.mark.parametrize(("sql", "message"), TAMPERED)
def test_verify_compares_the_database_with_the_facts(newsroom: Path, sql: str, message: str) -> None:
    run("build", *places(newsroom))
    connection = sqlite3.connect(newsroom / "out/facts.db")
    connection.execute(sql)
    connection.commit()
    connection.close()
    result = run("verify", *places(newsroom)[:-2])
    assert result.exit_code == 1
    assert message in result.stdout


def test_verify_names_a_database_that_cannot_be_read(newsroom: Path) -> None:
    run("build", *places(newsroom))
    (newsroom / "out/facts.db").write_bytes(b"no database" * 100)
    result = run("verify", *places(newsroom)[:-2])
    assert result.exit_code == 1
    assert "facts.db database: cannot be read" in result.stdout
    assert "6 facts checked, 6 exact, 0 not; 1 findings about other things" in result.stderr


def test_verify_catches_an_article_that_was_tampered_with(newsroom: Path) -> None:
    run("build", *places(newsroom))
    (newsroom / "flood.txt").write_text(PAGE.replace("40 boats", "90 boats"), encoding="utf-8")
    result = run("verify", *places(newsroom)[:-2])
    assert result.exit_code == 1
    assert "flood.txt has another content" in result.stdout
    assert "value 40 does not stand in '90'" in result.stdout
    assert "6 facts checked, 0 exact, 6 not" in result.stderr
