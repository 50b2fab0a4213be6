"""Vocabularies: the tables of dataset/vocabulary, loaded once and checked.

A word list is data, so that a curator extends the system without touching code.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Generic, TypeVar

from dataset.lexer import Tokens, lex
from dataset.model import Bound
from dataset.tables import FOLDER, Row, forms, read_table

UNMEASURED = frozenset({"person", "item", "ratio"})  # units of what is counted or compared

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

    def begins_with(self, word: str) -> bool:
        """Whether the lower-case word is the first of any phrase."""
        return word in self._by_first

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
    soldiers: frozenset[str]
    places: frozenset[str]
    change_words: frozenset[str]
    function_words: frozenset[str]
    designators: frozenset[str]
    authors: frozenset[str]
    abbreviations: frozenset[str]
    credits: Phrases[bool]
    confidences: dict[str, float]


@cache
def vocabulary() -> Vocabulary:
    """The project's vocabularies, read on first use."""
    return read_vocabulary(FOLDER)


def read_vocabulary(folder: Path) -> Vocabulary:
    """Read every table below `folder`; VocabularyError names the file and the row that does not fit."""
    units = read_units(folder)
    before, after = _read_bounds(folder)
    frames = read_table(folder, "time_frames", ("phrase", "side"))
    nations = read_table(folder, "nationalities", ("country", "adjective", "words"))
    arms = read_noun_classes(folder)
    people = [(row["word"], row.one_of("role", _PEOPLE)) for row in read_table(folder, "people", ("word", "role"))]
    return Vocabulary(
        numbers=_read_numbers(folder),
        calendar={word: role for word, (role, _) in read_calendar(folder).items()},
        units=Phrases((form, unit) for row, unit in units for form in forms(f"{row['words']}|{row['symbols']}")),
        units_by_id={unit.id: unit for _, unit in units},
        currencies={form: unit for row, unit in units if unit.dimension == "money" for form in forms(row["symbols"])},
        hedges_before=before,
        hedges_after=after,
        frames_before=_one_side(frames, "before"),
        frames_after=_one_side(frames, "after"),
        furniture=_read_furniture(folder),
        people=frozenset(word for word, role in people if role == "noun"),
        people_states=frozenset(word for word, role in people if role in ("state", "harm")),
        harms=frozenset(word for word, role in people if role == "harm"),
        things=_words(folder, "things"),
        soldiers=frozenset(word for word, classes in arms.items() if "military" in classes),
        arms=frozenset(word for word, classes in arms.items() if classes & {"equipment", "munition"}),
        places=frozenset(word.lower() for row in nations for word in forms(row["words"])),
        change_words=frozenset(row["phrase"] for row in read_table(folder, "change_cues", CHANGE_CUES)),
        function_words=_words(folder, "function_words"),
        designators=_words(folder, "designators"),
        authors=_words(folder, "authors"),
        abbreviations=_words(folder, "abbreviations"),
        credits=Phrases((word, True) for word in _words(folder, "credits")),
        confidences=_read_confidences(folder),
    )


CHANGE_CUES = ("phrase", "sign", "links")

# What the cells of the tables may say; what else stands there no code understands.
DIMENSIONS = frozenset(
    "time length area volume mass speed power energy electricity consumption temperature angle information money "
    "share".split()
)
NOUN_CLASSES = frozenset("equipment munition military strike settlement".split())
_SIDES = ("before", "after")
_PEOPLE = ("noun", "state", "harm")
_CALENDAR = {"month": 12, "weekday": 7, "clock": 0, "year_cue": 0}  # role to its highest number, 0 where it has none


def read_units(folder: Path) -> list[tuple[Row, Unit]]:
    """The units, each with the row that lists its forms."""
    rows = read_table(folder, "units", ("id", "dimension", "code", "symbols", "words"))
    return [(row, Unit(row["id"], row.one_of("dimension", DIMENSIONS), row["code"])) for row in rows]


def _read_numbers(folder: Path) -> dict[str, NumberWord]:
    rows = read_table(folder, "numbers", ("word", "role", "value"))
    return {row["word"]: NumberWord(row.member("role", NumberRole), row.number("value")) for row in rows}


def _read_bounds(folder: Path) -> tuple[Phrases[Bound], Phrases[Bound]]:
    """The hedges before a number, and those behind it."""
    sides: dict[str, list[tuple[str, Bound]]] = {side: [] for side in _SIDES}
    for row in read_table(folder, "bounds", ("phrase", "bound", "side")):
        sides[row.one_of("side", sides)].append((row["phrase"], row.member("bound", Bound)))
    return Phrases(sides["before"]), Phrases(sides["after"])


def _one_side(rows: Iterable[Row], side: str) -> Phrases[str]:
    return Phrases((row["phrase"], row["phrase"]) for row in rows if row.one_of("side", _SIDES) == side)


def _read_furniture(folder: Path) -> Phrases[Furniture]:
    rows = read_table(folder, "furniture", ("phrase", "reach", "form"))
    return Phrases(
        (
            row["phrase"],
            Furniture(row.one_of("reach", ("line", "rest")) == "rest", row.one_of("form", ("any", "label")) == "label"),
        )
        for row in rows
    )


def _read_confidences(folder: Path) -> dict[str, float]:
    """How sure each rule is: the share of its facts found right on annotated news, by Laplace's rule of succession."""
    sure = {}
    for row in read_table(folder, "rules", ("rule", "definition", "right", "found")):
        found = row.whole("found", 0, float("inf"))
        sure[row["rule"]] = round((row.whole("right", 0, found) + 1) / (found + 2), 2)
    return sure


def read_noun_classes(folder: Path) -> dict[str, frozenset[str]]:
    """The classes of each noun of equipment.csv."""
    classes: dict[str, set[str]] = {}
    for row in read_table(folder, "equipment", ("word", "class")):
        classes.setdefault(row["word"], set()).add(row.one_of("class", NOUN_CLASSES))
    return {word: frozenset(found) for word, found in classes.items()}


def read_calendar(folder: Path) -> dict[str, tuple[str, int]]:
    """The words of calendar.csv: the role of each and, of months and weekdays, the number."""
    calendar = {}
    for row in read_table(folder, "calendar", ("word", "role", "value")):
        last = _CALENDAR[row.one_of("role", _CALENDAR)]
        calendar[row["word"]] = row["role"], row.whole("value", 1, last) if last else 0
    return calendar


def _words(folder: Path, name: str) -> frozenset[str]:
    return frozenset(row["word"] for row in read_table(folder, name, ("word",)))
