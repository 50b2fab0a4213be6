"""Tables: CSV in UTF-8 with a header; a cell that lists several forms separates them by `|`.

Every row knows its place, so that a word that no code understands is reported with its file and line.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite
from pathlib import Path
from typing import TypeVar

from dataset.errors import VocabularyError

FOLDER = Path(__file__).parent / "vocabulary"

E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table: its cells, and its place for the message where one of them does not fit."""

    cells: Mapping[str, str]
    place: str  # file and line

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def one_of(self, column: str, choices: Collection[str]) -> str:
        """The cell, which has to be one of the choices."""
        if self[column] not in choices:
            raise self.error(f"unknown {column} {self[column]!r}", f"use one of {', '.join(sorted(choices))}")
        return self[column]

    def some_of(self, column: str, choices: Collection[str]) -> frozenset[str]:
        """The forms that the cell lists, each of which has to be one of the choices."""
        found = frozenset(forms(self[column]))
        if unknown := sorted(found.difference(choices)):
            raise self.error(f"unknown {column} {unknown[0]!r}", f"use some of {', '.join(sorted(choices))}")
        return found

    def member(self, column: str, choices: type[E]) -> E:
        """The cell as a member of an enumeration."""
        return choices(self.one_of(column, list(choices)))

    def number(self, column: str) -> float:
        """The cell as a finite number."""
        try:
            value = float(self[column])
        except ValueError as error:
            raise self.error(f"{column} {self[column]!r} is no number", "write digits") from error
        if not isfinite(value):
            raise self.error(f"{column} {self[column]!r} is no finite number", "write digits")
        return value

    def whole(self, column: str, low: int, high: float) -> int:
        """The cell as a whole number from `low` to `high`."""
        value = self.number(column)
        if not (value.is_integer() and low <= value <= high):
            raise self.error(f"{column} {self[column]!r} is out of range", f"use a whole number, {low} to {high}")
        return int(value)

    def error(self, problem: str, remedy: str) -> VocabularyError:
        """What to raise where the row does not fit."""
        return VocabularyError(f"{self.place}: {problem}", remedy)


def read_table(folder: Path, name: str, columns: tuple[str, ...]) -> list[Row]:
    """The rows of one table of a folder, as `read_rows` reads them."""
    return read_rows(folder / f"{name}.csv", columns)


def read_rows(path: Path, columns: tuple[str, ...]) -> list[Row]:
    """The rows of a table; VocabularyError where its header or a row is not as the columns say."""
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.reader(handle, strict=True)
            found = tuple(next(reader, ()))
            lines = [(reader.line_num, cells) for cells in reader if cells]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VocabularyError(f"cannot read the table {path} ({error})", "restore it from git") from error
    if found != columns:
        raise VocabularyError(f"{path} does not have the columns {','.join(columns)}", "restore its header")
    rows: dict[tuple[str, ...], Row] = {}
    for line, cells in lines:
        row = Row(dict(zip(columns, cells, strict=False)), f"{path}, line {line}, {cells[0]!r}")
        if len(cells) != len(columns) or not cells[0]:
            raise row.error("it does not fit the header", "mend the row")
        if rows.setdefault(tuple(cells), row) is not row:
            raise row.error("it stands twice", "keep it once")
    return list(rows.values())


def forms(cell: str) -> list[str]:
    """The forms that one cell lists."""
    return [form for form in cell.split("|") if form]
