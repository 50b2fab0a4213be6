from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest

from dataset import fields
from dataset.checks import FIELDS
from dataset.description import DATASET
from dataset.errors import VocabularyError
from dataset.fields import KINDS, describe_class, line_fields, meaning_of, own_fields, read_meanings, read_tables
from dataset.model import (
    Cue,
    EventFact,
    Kind,
    Mention,
    Participant,
    Period,
    QuantityFact,
    Review,
    StatementFact,
    Subject,
)

CLASSES = (QuantityFact, StatementFact, EventFact, Subject, Mention, Participant, Cue, Period, Review)


def test_every_field_has_one_meaning_and_every_meaning_a_field(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: set[tuple[str, str]] = set()

    def ask(of: str, field: str = "") -> str:
        asked.add((of, field))
        return meaning_of(of, field)

    monkeypatch.setattr(fields, "meaning_of", ask)
    for cls in CLASSES:
        describe_class(cls)
    fields.article_fields()
    read_tables()
    assert asked == read_meanings().keys()
    assert all(read_meanings().values())


def test_a_field_without_meaning_is_an_error() -> None:
    with pytest.raises(VocabularyError, match=r"no meaning of Fact\.colour"):
        meaning_of("Fact", "colour")


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_has_the_fields_that_its_lines_have(kind: Kind) -> None:
    assert {field.name for field in describe_class(KINDS[kind])} == FIELDS[kind].keys()


def test_lines_have_the_fields_of_all_kinds() -> None:
    lines = (DATASET / "facts.jsonl").read_bytes().splitlines()
    names = {field.name for field in line_fields()}
    assert all(json.loads(line).keys() <= names for line in lines)
    assert len(line_fields()) == len(names) == len({name for kind in Kind for name in FIELDS[kind]})


def test_types_follow_from_the_code() -> None:
    known = {field.name: field for field in (*describe_class(EventFact), *own_fields(Kind.QUANTITY))}
    assert (known["start"].type, known["start"].nullable) == ("integer", False)
    assert (known["value"].type, known["value"].nullable) == ("number", True)
    assert known["kind"].choices == ("quantity", "statement", "event")
    assert (known["participants"].type, known["participants"].many) == ("object", True)
    assert [part.name for part in known["participants"].parts] == ["id", "name", "start", "end", "inferred", "role"]
    assert (known["period"].nullable, known["period"].many) == (True, False)


def test_one_column_holds_the_modality_of_amounts_and_of_events() -> None:
    modality = next(field for field in line_fields() if field.name == "modality")
    assert modality.choices == (
        "asserted",
        "estimated",
        "alleged",
        "planned",
        "projected",
        "denied",
        "done",
        "announced",
    )
    assert modality.meaning.startswith("quantity: ")
    assert "; event: " in modality.meaning
    assert modality.nullable


def test_columns_have_the_types_of_their_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fields, "meaning_of", lambda *_: "something")
    (tmp_path / "boats.csv").write_text("name,crew,length,home\nIda,4,7.5,\nOla,12,9,Dalby\n", encoding="utf-8")
    (table,) = read_tables(tmp_path)
    assert [(column.type, column.nullable) for column in table.columns] == [
        ("string", False),
        ("integer", False),
        ("number", False),
        ("string", True),
    ]
    assert [row["crew"] for row in table.rows] == ["4", "12"]


def test_fields_are_values() -> None:
    one, other = describe_class(Cue), describe_class(Cue)
    assert one == other
    assert dataclasses.replace(one[0], name="first") != other[0]
