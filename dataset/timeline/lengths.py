"""Lengths of time as dates: last year · three years ago · the next six months · the year before · in 10 days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dataset.lexer import TokenKind, is_kind
from dataset.periods import Moment, moment_of
from dataset.timeline.counts import Count, read_count
from dataset.timeline.parts import read_part_of_year
from dataset.timeline.same import a_year_off, read_same
from dataset.timeline.scope import Expression, Role, Scope
from dataset.timeline.tense import Tense, read_tense

_DETERMINERS = frozenset({"the", "a", "an", "that", "this"})
_SHORT = frozenset({"hour", "day", "week", "month"})  # "in ten days" may look back, "in ten years" rarely does
_PLURALS = frozenset({"years", "months", "weeks", "days", "hours", "quarters", "decades", "nights"})


def read_unit(scope: Scope, index: int) -> Expression | None:
    """An expression around a word for a length of time."""
    unit = scope.value("unit", index)
    if unit is None:
        return None
    count = read_count(scope, index)
    for reader in (_read_offset, read_part_of_year, _read_frame, _read_edge, _read_rolling, _read_turn):
        try:
            found = reader(scope, index, unit, count)
        except ValueError:
            return None  # further away than any news reaches
        if found:
            return found
    return None


def _read_offset(scope: Scope, index: int, unit: str, count: Count | None) -> Expression | None:
    """Three years ago · a year earlier · the day before · in the four years prior."""
    sign = scope.value("offset", index + 1)
    if sign is None or scope.tokens[index].lower.endswith("'s"):
        return None
    ago = scope.word(index + 1) == "ago"
    base = scope.published if ago else scope.base()
    bare = scope.word(index - 1) in _DETERMINERS and scope.word(index + 1) not in ("later", "previously")
    if base is None or (count is None and not bare):
        return None
    moves = int(sign) * (count.high if count else 1)
    first = count.first if count else index - 1
    if scope.word(index + 1) == "before" and _opens_clause(scope, index + 2):
        return None
    shifted = a_year_off(scope, int(moves), index) if unit == "year" and not ago else None
    if shifted:
        return replace(shifted, first=first, last=index + 2)
    moment = base.shift(unit, moves).cut(unit)
    several = count is not None and count.high > 1 and scope.word(first - 1) in ("the", "over")
    if several and not ago:
        return Expression(first, index + 2, moment, base.shift(unit, int(sign)).cut(unit), Role.WINDOW, leaning=True)
    return Expression(first, index + 2, moment, moment, leaning=not ago)


def _opens_clause(scope: Scope, index: int) -> bool:
    """Whether the word behind "before" shows that it governs something: the day before the vote."""
    return is_kind(scope.tokens, index, TokenKind.WORD) and scope.word(index) not in ("and", "but", "when", "in", "at")


def _read_frame(scope: Scope, index: int, unit: str, count: Count | None) -> Expression | None:
    """The past 24 hours · the next two to four months · in 10 days."""
    published = scope.now(index)
    if count is None or published is None:
        return None
    shift = scope.value("shift", count.first - 1) or scope.value("anchor", count.first - 1)
    first = count.first - 1 if shift else count.first
    if shift is None:
        if scope.word(first - 1) not in ("in", "within") or unit not in _SHORT or count.low == 1:
            return None
        shift = "1" if read_tense(scope.tokens, first, index + 1) is Tense.FUTURE else "-1"
    if scope.word(count.first - 1) == "same":
        return read_same(scope, index)
    leaning = scope.value("anchor", count.first - 1) is not None
    base = scope.base() if leaning else published
    if shift == "0" or base is None:
        return None
    near, far = base.cut(unit), base.shift(unit, int(shift) * count.high).cut(unit)
    start, end = (far, near) if shift == "-1" else (near, far)
    return Expression(first, index + 1, start, end, Role.WINDOW, leaning=leaning)


def _read_rolling(scope: Scope, index: int, unit: str, count: Count | None) -> Expression | None:
    """The past week, over the last month, the next year: so long up to now or from now, not a turn of the calendar."""
    now, shift = scope.now(index), scope.value("shift", index - 1)
    finer = {"day": "day", "week": "day", "month": "day", "year": "month", "decade": "year"}.get(unit)
    if (unit == "day" and scope.word(index - 1) != "past") or _is_coming_year(scope, index):
        return None  # the last day and the coming year are those of the calendar
    rolls = scope.word(index - 1) == "past" or scope.word(index - 2) == "the"
    if count is not None or now is None or finer is None or shift in (None, "0") or not rolls:
        return None
    if scope.word(index + 1) == "of" or scope.tokens[index].lower != unit:
        return None
    far, near = now.shift(unit, int(shift)).cut(finer), now.cut(finer)
    start, end = (far, near) if shift == "-1" else (near, far)
    return Expression(index - 1, index + 1, start, end, Role.WINDOW)


def _is_coming_year(scope: Scope, index: int) -> bool:
    coming = scope.word(index - 1) == "coming" and scope.word(index) == "year"
    return coming and scope.word(index - 3) != "over"


def _read_edge(scope: Scope, index: int, unit: str, count: Count | None) -> Expression | None:
    """The year of "the end of the year": the one the text speaks of, else that of publication."""
    base = scope.base()
    named = scope.word(index - 1) == "the" and scope.word(index - 2) == "of" and scope.value("part", index - 3)
    if count is not None or not named or base is None or unit not in ("year", "month"):
        return None
    return Expression(index - 1, index + 1, base.cut(unit), base.cut(unit))


def _read_turn(scope: Scope, index: int, unit: str, count: Count | None) -> Expression | None:
    """This week · last year · the preceding month · that day · the last day."""
    shift, anchor = scope.value("shift", index - 1), scope.value("anchor", index - 1)
    if scope.word(index - 1) == "same" and scope.word(index + 1) == "of" and unit in ("month", "quarter"):
        return read_same(scope, index)
    if count is not None or (shift is None and anchor is None) or scope.word(index + 1) == "of":
        return None
    base = scope.now(index) if shift else scope.anchor or scope.earlier or (scope.published if anchor == "-1" else None)
    if base is None or unit == "half" or scope.word(index) in _PLURALS:
        return None  # in recent years, the last days: how many is not said
    moves = int(shift or anchor or 0)
    start, end = _turn(base, unit, moves)
    if moves == 0 and scope.word(index - 3) == "so" and scope.word(index - 2) == "far":
        return Expression(index - 3, index + 1, start, base, Role.SINCE)
    return Expression(index - 1, index + 1, start, end, leaning=shift is None)


def _turn(base: Moment, unit: str, moves: int) -> tuple[Moment, Moment]:
    """The week, month, year … that lies so many turns from the base."""
    if unit in ("week", "weekend") and base.day:
        monday = base.first_day - timedelta(days=base.first_day.isoweekday() - 1) + timedelta(days=7 * moves)
        first = monday + timedelta(days=5) if unit == "weekend" else monday
        return moment_of(first), moment_of(monday + timedelta(days=6))
    if unit == "quarter" and base.month:
        begin = Moment(base.year, base.month - (base.month - 1) % 3).shift("quarter", moves)
        return begin, begin.shift("month", 2)
    if unit == "decade":
        year = base.year // 10 * 10 + 10 * moves
        return Moment(year), Moment(year + 9)
    moment = base.shift(unit, moves).cut(unit)
    return moment, moment
