"""Parts of a year: the first half of 2023 · first-quarter profits · the three months to the end of March."""

from __future__ import annotations

from dataset.lexer import is_hyphen
from dataset.periods import Moment
from dataset.timeline.counts import Count, read_count
from dataset.timeline.dates import year_at
from dataset.timeline.scope import Expression, Role, Scope
from dataset.timeline.tense import Tense, read_tense

_MONTHS = {"half": 6, "quarter": 3, "month": 1}
_YEARS = {"this": 0, "the": 0, "last": -1, "next": 1}
_SHORT = frozenset({"hour", "day", "week", "month", "quarter", "year"})


def read_part_of_year(scope: Scope, index: int, unit: str, count: Count | None) -> Expression | None:
    """The first half of 2023 · the third quarter of last year · the first three months of 2023 · the second quarter."""
    length = _MONTHS.get(unit, 0) * int(count.high if count else 1)
    first = (count.first if count else index) - 1
    first -= is_hyphen(scope.tokens, first)
    turn = scope.value("turn", first)
    if not length or length > 12 or turn is None:
        return None
    begin = 13 - length if turn == "last" else (int(turn) - 1) * length + 1
    year, last = _year_behind(scope, index)
    if year is None and _stands_alone(scope, index, unit, turn):
        year = _year_of_part(scope, (first, index + 1), begin, length)
    if begin + length > 13 or year is None:
        return None
    return Expression(first, last, Moment(year, begin), Moment(year, begin + length - 1), Role.WINDOW)


def read_quarter(scope: Scope, index: int) -> Expression | None:
    """Q1 2024, Q3 of last year, or Q2 alone."""
    begin = int(scope.value("quarter", index) or 1) * 3 - 2
    year, last = year_at(scope, index + 1), index + 2
    if year is None:
        year, last = _year_behind(scope, index)
    if year is None:
        year = _year_of_part(scope, (index, index + 1), begin, 3)
    return Expression(index, last, Moment(year, begin), Moment(year, begin + 2), Role.WINDOW) if year else None


def _year_behind(scope: Scope, index: int) -> tuple[int | None, int]:
    """The year named behind the part, and the index behind it: of 2023, of last year, of the year."""
    if scope.word(index + 1) not in ("of", "in"):
        return None, index + 1
    year = year_at(scope, index + 2)
    if year is not None:
        return year, index + 3
    shift = _YEARS.get(scope.word(index + 2))
    now = scope.now(index)
    if scope.word(index + 3) != "year" or shift is None or now is None:
        return None, index + 1
    return now.year + shift, index + 4


def _stands_alone(scope: Scope, index: int, unit: str, turn: str) -> bool:
    """Whether a part without its year is one of the calendar: quarters are, halves may be those of a match."""
    ends = scope.word(index + 1) not in ("of", "ended", "ending", "to")  # which may end in any month
    joined = is_hyphen(scope.tokens, index - 1)
    whole = scope.tokens[index].lower == unit
    return ends and whole and turn != "last" and (unit == "quarter" or (unit == "half" and joined))


def _year_of_part(scope: Scope, span: tuple[int, int], begin: int, length: int) -> int | None:
    """The year of the last such part that is over, or of the next one where the clause looks ahead."""
    published = scope.published
    if published is None or published.month is None:
        return None
    if read_tense(scope.tokens, *span) is Tense.FUTURE:
        return published.year + (begin + length - 1 < published.month)
    return published.year - (begin + length - 1 > published.month)


def read_run_up(scope: Scope, end: Moment, at: int) -> tuple[int, Moment] | None:
    """Index and start of a length of time that ends with a date behind "to" at `at`: the three months to March."""
    unit = scope.value("unit", at - 1)
    if unit not in _SHORT:
        return None
    count = read_count(scope, at - 1)
    if count is None and scope.word(at - 2) != "the":
        return None
    number = count.high if count else 1
    first = count.first if count else at - 1
    if unit == "hour":
        return (first, end.shift(unit, -number)) if end.day else None
    if unit in ("day", "week"):
        return (first, end.shift(unit, -number).shift("day", 1)) if end.day else None
    months = number * {"month": 1, "quarter": 3, "year": 12}[unit]
    return (first, end.cut("month").shift("month", 1 - months)) if end.month and months <= 120 else None
