import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dataset.agents import read_agents
from dataset.attribution.words import read_report_words
from dataset.changes import read_change_cues
from dataset.errors import VocabularyError
from dataset.events.words import event_words, read_event_words
from dataset.lexer import lex
from dataset.metric_tables import read_metrics
from dataset.modalities import read_modality_cues
from dataset.subjects import read_nations
from dataset.tables import FOLDER
from dataset.timeline.words import read_time_words
from dataset.vocabulary import Phrases, read_vocabulary, vocabulary


def test_the_longest_phrase_wins() -> None:
    phrases = Phrases([("more than", 1), ("no more than", 2), ("more", 3)])
    tokens = lex("no more than five")
    assert phrases.before(tokens, 3) == (0, 2)
    assert phrases.at(tokens, 1) == (3, 1)
    assert phrases.at(tokens, 3) is None


def test_every_unit_has_a_code() -> None:
    assert [unit.id for unit in vocabulary().units_by_id.values() if not unit.code] == []


def test_every_type_of_event_has_a_definition_and_a_trigger() -> None:
    words = event_words()
    told = {verb.event_type for verbs in words.verbs.values() for verb in verbs}
    assert told == words.types.keys()
    assert all(len(each.definition) > 20 and each.roles for each in words.types.values())


DAMAGE = [
    ("bounds.csv", "phrase,bound,side\nabout,maybe,before\n", "unknown bound 'maybe'"),
    ("numbers.csv", "word,role\none,unit\n", "does not have the columns"),
    ("authors.csv", "word\nwriter,extra\n", "line 2, 'writer': it does not fit the header"),
    ("authors.csv", 'word\n""\n', "line 2, '': it does not fit the header"),
    ("authors.csv", "word\nwriter\nclerk\nwriter\n", "line 4, 'writer': it stands twice"),
    ("authors.csv", "", "does not have the columns"),
    ("authors.csv", 'word\n"writer\n', "cannot read"),
    ("rules.csv", "rule,definition,right,found\nrange,two,3,2\n", "right '3' is out of range"),
    ("numbers.csv", "word,role,value\none,unit,nan\n", "no finite number"),
    ("people.csv", None, "cannot read"),
]


@pytest.mark.parametrize(("name", "content", "message"), DAMAGE)
def test_a_damaged_table_is_named(tmp_path: Path, name: str, content: str | None, message: str) -> None:
    folder = tmp_path / "vocabulary"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=name) as error:
        read_vocabulary(folder)
    assert message in str(error.value)


def _read_report_words(folder: Path) -> object:
    return read_report_words(folder, vocabulary())


def _read_event_words(folder: Path) -> object:
    return read_event_words(folder, vocabulary())


Reader = Callable[[Path], object]
COLUMNS: list[tuple[Reader, str, list[str]]] = [
    (read_vocabulary, "bounds", ["bound", "side"]),
    (read_vocabulary, "calendar", ["role", "value"]),
    (read_vocabulary, "equipment", ["class"]),
    (read_vocabulary, "furniture", ["reach", "form"]),
    (read_vocabulary, "numbers", ["role", "value"]),
    (read_vocabulary, "people", ["role"]),
    (read_vocabulary, "rules", ["right", "found"]),
    (read_vocabulary, "time_frames", ["side"]),
    (read_vocabulary, "units", ["dimension"]),
    (read_agents, "agents", ["kind", "parent"]),
    (read_change_cues, "change_cues", ["sign", "links"]),
    (read_metrics, "equipment", ["class"]),
    (read_metrics, "metric_cues", ["metric", "units", "class", "side", "strength"]),
    (read_metrics, "metrics", ["about", "timed", "adds", "whole"]),
    (read_modality_cues, "modality_cues", ["modality", "strength", "side"]),
    (read_nations, "nationalities", ["country"]),
    (_read_event_words, "event_types", ["plover", "roles"]),
    (_read_event_words, "event_verbs", ["event_type", "object", "subject", "weight"]),
    (_read_event_words, "event_nouns", ["event_type", "beside"]),
    (_read_event_words, "event_governors", ["role"]),
    (_read_report_words, "claimant_nouns", ["kind"]),
    (_read_report_words, "report_cues", ["frame"]),
    (read_time_words, "calendar", ["role", "value"]),
    (read_time_words, "known_periods", ["edtf"]),
    (read_time_words, "time_words", ["role", "value"]),
]
CELLS = [(read, name, column) for read, name, columns in COLUMNS for column in columns]


@pytest.mark.parametrize(("read", "name", "column"), CELLS, ids=[f"{n}-{c}-{r.__name__}" for r, n, c in CELLS])
def test_a_word_that_no_code_understands_is_named_with_its_row(
    tmp_path: Path, read: Reader, name: str, column: str
) -> None:
    folder = tmp_path / "vocabulary"
    shutil.copytree(FOLDER, folder)
    path = folder / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        header, *rows = csv.reader(handle)
    rows[0][header.index(column)] = "nonsense"
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    with pytest.raises(VocabularyError, match=rf"{name}\.csv, line 2, .*nonsense"):
        read(folder)
