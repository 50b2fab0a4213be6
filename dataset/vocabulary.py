"""Vocabularies: the tables of dataset/vocabulary, loaded once and checked.

A word list is data, so that a curator extends the system without touching code. Every table is
CSV in UTF-8 with a header; a cell that lists several forms separates them by `|`.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from dataset.errors import VocabularyError
from dataset.lexer import Tokens, lex
from dataset.model import Bound

FOLDER = Path(__file__).parent / "vocabulary"

T = TypeVar("T")


class Phrases(Generic[T]):
    """Phrases of one or more tokens, each with what it stands for; the longest match wins."""

    def __init__(self, entries: Iterable[tuple[str, T]]) -> None:
        keyed = {tuple(token.lower for token in lex(phrase)): meaning for phrase, meaning in entries}
        self._by_first: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        self._by_last: dict[str, list[tuple[tuple[str, ...], T]]] = {}
        for key in sorted(keyed, key=len, reverse=True):
            self._by_first.setdefault(key[0], []).append((key, keyed[key]))
            self._by_last.setdefault(key[-1], []).append((key, keyed[key]))

    def at(self, tokens: Tokens, index: int) -> tuple[int, T] | None:
        """The longest phrase that starts at `index`: (index behind it, meaning), or None."""
        if not 0 <= index < len(tokens):
            return None
        for key, meaning in self._by_first.get(tokens[index].lower, ()):
            if _stands(tokens, index, key):
                return index + len(key), meaning
        return None

    def before(self, tokens: Tokens, index: int) -> tuple[int, T] | None:
        """The longest phrase that ends before `index`: (index of its first token, meaning), or None."""
        if not 0 < index <= len(tokens):
            return None
        for key, meaning in self._by_last.get(tokens[index - 1].lower, ()):
            if _stands(tokens, index - len(key), key):
                return index - len(key), meaning
        return None


def _stands(tokens: Tokens, index: int, key: tuple[str, ...]) -> bool:
    """Whether the words of a phrase stand from `index` on."""
    if len(key) == 1:
        return True  # the word that the phrase was looked up by
    if index < 0 or index + len(key) > len(tokens):
        return False
    for at, word in enumerate(key, start=index):  # noqa: SIM110 - a loop, for this is asked of every token
        if tokens[at].lower != word:
            return False
    return True


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measurement: identifier, dimension (time, length, money, …) and its standard code."""

    id: str
    dimension: str
    code: str


@dataclass(frozen=True, slots=True)
class Furniture:
    """Words that begin a line of page furniture."""

    ends: bool  # nothing behind it is news
    label: bool  # only where no sentence follows: "Comments (3)", but not "Comments by three ministers drew fire."


class NumberRole(StrEnum):
    """How a number word builds a number."""

    UNIT = "unit"  # one … nineteen
    TEN = "ten"  # twenty … ninety
    SCALE = "scale"  # hundred, million: multiplies what stands before it
    SUFFIX = "suffix"  # bn, m: a scale written onto digits
    VAGUE = "vague"  # dozens, thousands: an order of magnitude
    PART = "part"  # half, thirds: one of so many parts
    MULTIPLE = "multiple"  # twice, fivefold


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A number word: how it builds a number, and with what."""

    role: NumberRole
    value: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """All tables, ready for lookup."""

    numbers: dict[str, NumberWord]
    calendar: dict[str, str]
    units: Phrases[Unit]
    units_by_id: dict[str, Unit]
    currencies: dict[str, Unit]
    hedges_before: Phrases[Bound]
    hedges_after: Phrases[Bound]
    frames_before: Phrases[str]
    frames_after: Phrases[str]
    furniture: Phrases[Furniture]
    people: frozenset[str]
    people_states: frozenset[str]
    harms: frozenset[str]
    things: frozenset[str]
    arms: frozenset[str]
    places: frozenset[str]
    change_words: frozenset[str]
    function_words: frozenset[str]
    designators: frozenset[str]
    authors: frozenset[str]
    abbreviations: frozenset[str]
    confidences: dict[str, float]


@cache
def vocabulary() -> Vocabulary:
    """The project's vocabularies, read on first use."""
    return read_vocabulary(FOLDER)


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read every table below `folder`; VocabularyError names the file and the row that does not fit."""
    units = [(row, Unit(row["id"], row["dimension"], row["code"])) for row in read_table(folder, "units", _UNITS)]
    bounds = [(row, _member(Bound, row["bound"], "bounds")) for row in read_table(folder, "bounds", _BOUNDS)]
    frames = read_table(folder, "time_frames", ("phrase", "side"))
    furniture = read_table(folder, "furniture", ("phrase", "reach", "form"))
    nations = read_table(folder, "nationalities", ("country", "adjective", "words"))
    arms = read_table(folder, "equipment", ("word", "class"))
    changes = read_table(folder, "change_cues", ("phrase", "sign", "links"))
    people = read_table(folder, "people", ("word", "role"))
    return Vocabulary(
        numbers=_read_numbers(folder),
        calendar={row["word"]: row["role"] for row in read_table(folder, "calendar", ("word", "role", "value"))},
        units=Phrases((form, unit) for row, unit in units for form in forms(f"{row['words']}|{row['symbols']}")),
        units_by_id={unit.id: unit for _, unit in units},
        currencies={form: unit for row, unit in units if unit.dimension == "money" for form in forms(row["symbols"])},
        hedges_before=Phrases((row["phrase"], bound) for row, bound in bounds if row["side"] == "before"),
        hedges_after=Phrases((row["phrase"], bound) for row, bound in bounds if row["side"] == "after"),
        frames_before=Phrases((row["phrase"], row["phrase"]) for row in frames if row["side"] == "before"),
        frames_after=Phrases((row["phrase"], row["phrase"]) for row in frames if row["side"] == "after"),
        furniture=Phrases(
            (row["phrase"], Furniture(row["reach"] == "rest", row["form"] == "label")) for row in furniture
        ),
        people=frozenset(row["word"] for row in people if row["role"] == "noun"),
        people_states=frozenset(row["word"] for row in people if row["role"] in ("state", "harm")),
        harms=frozenset(row["word"] for row in people if row["role"] == "harm"),
        things=_words(folder, "things"),
        arms=frozenset(row["word"] for row in arms if row["class"] in ("equipment", "munition")),
        places=frozenset(word.lower() for row in nations for word in forms(row["words"])),
        change_words=frozenset(row["phrase"] for row in changes),
        function_words=_words(folder, "function_words"),
        designators=_words(folder, "designators"),
        authors=_words(folder, "authors"),
        abbreviations=_words(folder, "abbreviations"),
        confidences=_read_confidences(folder),
    )


_UNITS = ("id", "dimension", "code", "symbols", "words")
_BOUNDS = ("phrase", "bound", "side")


def read_table(folder: Path, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of one table; VocabularyError where its header or a row is not as the columns say."""
    path = folder / f"{name}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as handle:
            reader = csv.DictReader(handle, strict=True)
            found, rows = tuple(reader.fieldnames or ()), list(reader)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise VocabularyError(f"cannot read the vocabulary {path} ({error})", "restore it from git") from error
    if found != columns:
        raise VocabularyError(f"{path} does not have the columns {','.join(columns)}", "restore its header")
    for row in rows:
        if None in row or None in row.values() or not row[columns[0]]:
            raise VocabularyError(f"{path}: the row {row} does not fit the header", "mend the row")
    return rows


def _read_numbers(folder: Path) -> dict[str, NumberWord]:
    numbers = {}
    for row in read_table(folder, "numbers", ("word", "role", "value")):
        numbers[row["word"]] = NumberWord(_member(NumberRole, row["role"], "numbers"), float(row["value"]))
    return numbers


def _read_confidences(folder: Path) -> dict[str, float]:
    """How sure each rule is: the share of its facts found right on annotated news, by Laplace's rule of succession."""
    rows = read_table(folder, "rules", ("rule", "definition", "right", "found"))
    return {row["rule"]: round((int(row["right"]) + 1) / (int(row["found"]) + 2), 2) for row in rows}


def _words(folder: Path, name: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table(folder, name, ("word",)))


def forms(cell: str) -> list[str]:
    """The forms that one cell lists."""
    return [form for form in cell.split("|") if form]


E = TypeVar("E", bound=StrEnum)


def _member(choices: type[E], value: str, table: str) -> E:
    try:
        return choices(value)
    except ValueError as error:
        raise VocabularyError(f"{table}.csv: unknown {value!r}", f"use one of {', '.join(choices)}") from error
