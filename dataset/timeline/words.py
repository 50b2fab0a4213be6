"""The words of time: tables of dataset/vocabulary that only the timeline reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dataset.errors import VocabularyError
from dataset.periods import Moment, parse_interval
from dataset.vocabulary import FOLDER, Phrases, read_table


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
    """The tables, read on first use; VocabularyError names the one that does not fit."""
    roles: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in read_table(FOLDER, "time_words", ("word", "role", "value")):
        roles[row["role"]][row["word"]] = row["value"]
    calendar = read_table(FOLDER, "calendar", ("word", "role", "value"))
    months = {row["word"]: int(row["value"]) for row in calendar if row["role"] == "month"}
    weekdays = {row["word"]: int(row["value"]) for row in calendar if row["role"] == "weekday"}
    heads = dict.fromkeys(months, "month") | dict.fromkeys(weekdays, "weekday")
    for role in ("day", "unit", "season", "present", "span", "quarter"):
        heads |= dict.fromkeys(roles[role], role)
    heads |= {f"{word}'s": role for word, role in heads.items()}
    return TimeWords(dict(roles), months, weekdays, heads, _read_events())


def _read_events() -> Phrases[tuple[KnownEvent, ...]]:
    """Events by name; a name such as "the war" may stand for several."""
    named: defaultdict[str, list[KnownEvent]] = defaultdict(list)
    for row in read_table(FOLDER, "known_periods", ("event", "names", "context", "edtf")):
        start, end = parse_interval(row["edtf"])
        if start is None:
            raise VocabularyError(f"known_periods.csv: {row['event']} has no beginning", "give its date in EDTF")
        context = frozenset(row["context"].split("|"))
        event = KnownEvent(row["event"], context, start, end if "/" in row["edtf"] else None)
        for name in row["names"].split("|"):
            named[name].append(event)
    return Phrases((name, tuple(events)) for name, events in named.items())
