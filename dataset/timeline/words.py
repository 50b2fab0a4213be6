"""The words of time: tables of dataset/vocabulary that only the timeline reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dataset.periods import Moment, parse_interval
from dataset.tables import FOLDER, Row, read_table
from dataset.vocabulary import Phrases, read_calendar


@dataclass(frozen=True, slots=True)
class KnownEvent:
    """An event whose date readers know; the words of `context` tell that a text speaks of it."""

    name: str
    context: frozenset[str]
    start: Moment
    end: Moment | None  # None while it goes on


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words by role, each with its value; `heads` are the words that a time expression is built around."""

    roles: Mapping[str, Mapping[str, str]]
    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    heads: Mapping[str, str]
    events: Phrases[tuple[KnownEvent, ...]]

    def value(self, role: str, word: str) -> str | None:
        """What the word stands for in the role; None where it does not play it."""
        return self.roles[role].get(word)


@cache
def time_words() -> TimeWords:
    """The tables, read on first use."""
    return read_time_words(FOLDER)


def read_time_words(folder: Path) -> TimeWords:
    """Read the tables below `folder`; VocabularyError names the row that does not fit."""
    roles: dict[str, dict[str, str]] = {role: {} for role in (*_PLAIN, *_NUMBERED, *_CHOICES)}
    for row in read_table(folder, "time_words", ("word", "role", "value")):
        role = row.one_of("role", roles)
        roles[role][row["word"]] = _read_value(row)
    calendar = read_calendar(folder).items()
    months = {word: number for word, (role, number) in calendar if role == "month"}
    weekdays = {word: number for word, (role, number) in calendar if role == "weekday"}
    heads = dict.fromkeys(months, "month") | dict.fromkeys(weekdays, "weekday")
    for role in ("day", "unit", "season", "present", "span", "quarter"):
        heads |= dict.fromkeys(roles[role], role)
    heads |= {f"{word}'s": role for word, role in heads.items()}
    return TimeWords(roles, months, weekdays, heads, _read_events(folder))


# Roles whose words are only listed, stand for a number, or stand for one of the choices.
_PLAIN = tuple(
    "past present future report document source background begin run span total additive hypothetical compare vague "
    "formerly".split()
)
_NUMBERED = ("day", "shift", "anchor", "offset", "season", "quarter", "article", "break")
_CHOICES = {
    "unit": tuple("hour day weekend week fortnight month quarter half year decade century".split()),
    "turn": ("1", "2", "3", "4", "last"),
    "part": ("start", "inside", "end"),
    "preposition": tuple("at from since until by to between after".split()),
}


def _read_value(row: Row) -> str:
    """The value as its role takes it."""
    if row["role"] in _PLAIN:
        return row.one_of("value", ("",))
    if row["role"] in _NUMBERED:
        return str(row.whole("value", -1, 12))
    return row.one_of("value", _CHOICES[row["role"]])


def _read_events(folder: Path) -> Phrases[tuple[KnownEvent, ...]]:
    """Events by name; a name such as "the war" may stand for several."""
    named: defaultdict[str, list[KnownEvent]] = defaultdict(list)
    for row in read_table(folder, "known_periods", ("event", "names", "context", "edtf")):
        try:
            start, end = parse_interval(row["edtf"])
        except ValueError as error:
            raise row.error(str(error), "give its date in EDTF") from error
        if start is None:
            raise row.error("it has no beginning", "give its date in EDTF")
        context = frozenset(row["context"].split("|"))
        event = KnownEvent(row["event"], context, start, end if "/" in row["edtf"] else None)
        for name in row["names"].split("|"):
            named[name].append(event)
    return Phrases((name, tuple(events)) for name, events in named.items())
