"""What the fields of the dataset are: types from the code, meanings from fields.csv.

fields.csv says once what each field means; its `of` is a class of dataset.model or a table of
dataset/vocabulary, and a table's own meaning stands in the row without a field.
"""

from __future__ import annotations

import csv
import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from inspect import get_annotations
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_origin, get_type_hints

from dataset.errors import VocabularyError
from dataset.model import Article, EventFact, Fact, Kind, QuantityFact, StatementFact
from dataset.tables import FOLDER, read_rows

MEANINGS = Path(__file__).parent / "fields.csv"
KINDS: dict[Kind, type[Fact]] = {each.kind: each for each in (QuantityFact, StatementFact, EventFact)}
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_WHOLE, _NUMBER = re.compile(r"-?\d+"), re.compile(r"-?\d+(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Field:
    """One field; `type` is string, integer, number, boolean or object (JSON Schema), of each member where `many`."""

    name: str
    type: str
    meaning: str
    nullable: bool = False
    many: bool = False
    choices: tuple[str, ...] = ()  # all values that it can have, where they are listed
    parts: tuple[Field, ...] = ()  # the fields of an object


@dataclass(frozen=True, slots=True)
class Table:
    """One vocabulary table: its name, what it holds, its columns and its rows, all cells text."""

    name: str
    meaning: str
    columns: tuple[Field, ...]
    rows: tuple[Mapping[str, str], ...]


@cache
def read_meanings(path: Path = MEANINGS) -> Mapping[tuple[str, str], str]:
    """The meanings by class or table and field; VocabularyError where the table is not as it has to be."""
    return {(row["of"], row["field"]): row["meaning"] for row in read_rows(path, ("of", "field", "meaning"))}


def meaning_of(of: str, field: str = "") -> str:
    """The meaning of a field, or of a table; VocabularyError where it has none."""
    if found := read_meanings().get((of, field)):
        return found
    raise VocabularyError(f"{MEANINGS} has no meaning of {of}.{field}", "add its row")


def describe_class(cls: type[Any]) -> tuple[Field, ...]:
    """The fields of a dataclass of dataset.model, those of its bases first."""
    hints = get_type_hints(cls)
    described = []
    for field in dataclasses.fields(cls):
        if field.name == "article" and cls in KINDS.values():  # right behind the id
            described.append(Field("kind", "string", meaning_of("Fact", "kind"), choices=tuple(Kind)))
        described.append(_describe(field.name, hints[field.name], meaning_of(_owner(cls, field.name), field.name)))
    return tuple(described)


def _owner(cls: type[Any], name: str) -> str:
    """The class that declares the field."""
    return next(base.__name__ for base in reversed(cls.__mro__) if name in get_annotations(base))


def _describe(name: str, hint: Any, meaning: str) -> Field:  # noqa: ANN401 - what get_type_hints gives has no type of its own
    options = [option for option in get_args(hint) if option is not NoneType]
    nullable = NoneType in get_args(hint)
    if get_origin(hint) is tuple:
        return dataclasses.replace(_describe(name, options[0], meaning), many=True)
    bare = options[0] if nullable else hint
    if isinstance(bare, type) and dataclasses.is_dataclass(bare):
        return Field(name, "object", meaning, nullable, parts=describe_class(bare))
    if issubclass(bare, StrEnum):
        return Field(name, "string", meaning, nullable, choices=tuple(bare))
    return Field(name, _TYPES[bare], meaning, nullable)


def article_fields() -> tuple[Field, ...]:
    """The columns of articles.csv: an article's fields but its id, which follows from the sha256."""
    hints = get_type_hints(Article)
    names = [field.name for field in dataclasses.fields(Article) if field.name != "id"]
    return tuple(_describe(name, hints[name], meaning_of("Article", name)) for name in names)


def common_fields() -> tuple[Field, ...]:
    """The fields that facts of all kinds have."""
    described = [describe_class(cls) for cls in KINDS.values()]
    return tuple(field for field in described[0] if all(field in fields for fields in described))


def own_fields(kind: Kind) -> tuple[Field, ...]:
    """The fields that facts of this kind have beside the common ones."""
    common = common_fields()
    return tuple(field for field in describe_class(KINDS[kind]) if field not in common)


def line_fields() -> tuple[Field, ...]:
    """The fields that a line of facts.jsonl can have; what only some kinds have counts as null in the others."""
    merged: dict[str, Field] = {field.name: field for field in common_fields()}
    for kind in KINDS:
        for field in own_fields(kind):
            own = dataclasses.replace(field, nullable=True, meaning=f"{kind}: {field.meaning}")
            merged[field.name] = _join(merged[field.name], own) if field.name in merged else own
    return tuple(merged.values())


def _join(one: Field, other: Field) -> Field:
    """Two fields of one name in one column."""
    choices = tuple(dict.fromkeys((*one.choices, *other.choices)))
    return dataclasses.replace(one, meaning=f"{one.meaning}; {other.meaning}", choices=choices)


def read_tables(folder: Path = FOLDER) -> list[Table]:
    """The vocabulary tables by name."""
    return [_read_table(path) for path in sorted(folder.glob("*.csv"))]


def _read_table(path: Path) -> Table:
    with path.open(encoding="utf-8", newline="") as handle:
        columns = tuple(next(csv.reader(handle), ()))
    rows = [row.cells for row in read_rows(path, columns)]
    described = []
    for column in columns:
        cells = [row[column] for row in rows]
        meaning = meaning_of(path.stem, column)
        described.append(Field(column, _type_of([cell for cell in cells if cell]), meaning, nullable="" in cells))
    return Table(path.stem, meaning_of(path.stem), tuple(described), tuple(rows))


def _type_of(cells: list[str]) -> str:
    for name, pattern in (("integer", _WHOLE), ("number", _NUMBER)):
        if cells and all(pattern.fullmatch(cell) for cell in cells):
            return name
    return "string"
