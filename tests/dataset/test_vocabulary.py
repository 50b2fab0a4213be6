import shutil
from pathlib import Path

import pytest

from dataset.errors import VocabularyError
from dataset.lexer import lex
from dataset.vocabulary import FOLDER, Phrases, read_vocabulary, vocabulary


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases([("more than", 1), ("no more than", 2), ("more", 3)])
    tokens = lex("no more than five")
    assert phrases.before(tokens, 3) == (0, 2)
    assert phrases.at(tokens, 1) == (3, 1)
    assert phrases.at(tokens, 3) is None


def test_no_row_stands_in_a_table_twice() -> None:
    for path in FOLDER.glob("*.csv"):
        rows = path.read_text(encoding="utf-8").splitlines()
        assert len(set(rows)) == len(rows), path.name


def test_every_unit_has_a_code() -> None:
    assert [unit.id for unit in vocabulary().units_by_id.values() if not unit.code] == []


DAMAGE = [
    ("bounds.csv", "phrase,bound,side\nabout,maybe,before\n", "unknown 'maybe'"),
    ("numbers.csv", "word,role\none,unit\n", "does not have the columns"),
    ("authors.csv", "word\nwriter,extra\n", "does not fit the header"),
    ("people.csv", None, "cannot read"),
]


@pytest.mark.parametrize(("name", "content", "message"), DAMAGE)
def test_a_damaged_table_is_named(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    folder = tmp_path / "vocabulary"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()
    if content:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=name) as error:
        read_vocabulary(folder)
    assert message in str(error.value)
