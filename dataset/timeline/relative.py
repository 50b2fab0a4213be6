"""Dates counted from publication: yesterday · on Tuesday · next Friday · last spring."""

from __future__ import annotations

from dataset.periods import Moment
from dataset.timeline.dates import year_at
from dataset.timeline.scope import Expression, Scope
from dataset.timeline.tense import Tense, read_tense
from dataset.timeline.words import time_words

_STATES = frozenset("is are stands stand stood numbers".split())  # verbs that tell a present state


def read_day_word(scope: Scope, index: int) -> Expression | None:
    """Yesterday, today, tomorrow."""
    offset = scope.value("day", index)
    if scope.word(index) == "overnight" and _is_dated_night(scope, index):
        return None
    now = scope.now(index)
    if offset is None or now is None:
        return None
    day = now.shift("day", int(offset))
    return Expression(index, index + 1, day, day)


def _is_dated_night(scope: Scope, index: int) -> bool:
    """Whether "overnight" has its date beside it: overnight on Monday, overnight into 3 May."""
    words, near = time_words(), range(max(0, index - 2), index + 4)
    return any(scope.word(at) in words.weekdays or scope.word(at) in words.months for at in near)


def read_present(scope: Scope, index: int) -> Expression | None:
    """Currently, at present, is now: the month of publication, for what lasts is known no closer."""
    now, word = scope.now(index), scope.word(index)
    first = index
    if word == "now":
        if scope.word(index - 1) not in _STATES and scope.word(index + 1) not in _STATES | {"has", "have"}:
            return None
    elif word in ("present", "moment"):
        first = index - 1 - (word == "moment")
        if scope.word(first) != "at" or (word == "moment" and scope.word(index - 1) != "the"):
            return None
    if now is None or read_tense(scope.tokens, first, first) is Tense.FUTURE:
        return None
    month = now.cut("month")
    return Expression(first, index + 1, month, month, faint=True)


def read_weekday(scope: Scope, index: int) -> Expression | None:
    """A weekday: the last one up to publication, the next one where the clause looks ahead."""
    number = time_words().weekdays.get(scope.word(index))
    if number is None or scope.published is None or not scope.tokens[index].capitalised:
        return None
    if scope.word(index) in ("sun", "sat", "mon", "wed") and scope.word(index - 1) != "on":
        return None
    shift = scope.value("shift", index - 1)
    first = index - (shift is not None)
    if scope.published.day is None:
        return Expression(first, index + 1, scope.published, scope.published)
    ahead = shift == "1" or (shift is None and read_tense(scope.tokens, first, index + 1) is Tense.FUTURE)
    day = _turn_of_weekday(scope.published, number, ahead=ahead, strictly=shift in ("1", "-1"))
    return Expression(first, index + 1, day, day)


def _turn_of_weekday(published: Moment, number: int, *, ahead: bool, strictly: bool) -> Moment:
    """The weekday's turn before or after publication; publication itself counts unless `strictly`."""
    gap = (number - published.first_day.isoweekday()) % 7 if ahead else (published.first_day.isoweekday() - number) % 7
    gap = gap or (7 if strictly else 0)
    return published.shift("day", gap if ahead else -gap)


def read_season(scope: Scope, index: int) -> Expression | None:
    """Spring to winter, of a year that is named or follows from the tense."""
    month = int(scope.value("season", index) or 0)
    shift = scope.value("shift", index - 1)
    behind = index + 1 + (scope.word(index + 1) == "of")
    year = year_at(scope, behind)
    if not month or (year is None and (shift is None or scope.published is None)):
        return None
    if year is not None:
        return _season(index, behind + 1, year, month)
    return _season_near(scope, index, month, int(shift or 0))


def _season(first: int, last: int, year: int, month: int) -> Expression:
    start = Moment(year, month)
    return Expression(first, last, start, start.shift("month", 2))


def _season_near(scope: Scope, index: int, month: int, shift: int) -> Expression | None:
    """Last, this or next spring, seen from publication."""
    published = scope.published
    if published is None or published.month is None:
        return None
    year = published.year
    if shift < 0:
        year -= Moment(year, month).shift("month", 2).last_day >= published.first_day
    elif shift > 0:
        year += month <= published.month
    elif (month == 12 and published.month <= 2) or (
        month > published.month and read_tense(scope.tokens, index - 1, index + 1) is Tense.PAST
    ):
        year -= 1
    return _season(index - 1, index + 1, year, month)
