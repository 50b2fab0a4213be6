"""Calendar dates: 15 July 2025 · Feb. 24, 2022 · 14-21 April · May 2023 · 2022-23 · 24.02.2022 · the 1990s."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace

from dataset.dates import EARLIEST_YEAR, LATEST_YEAR, is_plain_number, is_year
from dataset.lexer import TokenKind, is_kind, lower_at
from dataset.periods import Moment
from dataset.timeline.scope import Expression, Role, Scope
from dataset.timeline.tense import Tense, is_deadline_of_aim, read_tense
from dataset.timeline.words import time_words
from dataset.vocabulary import NumberRole, vocabulary

_POINTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
_DOUBTFUL = frozenset("may march mar sun sat wed jan".split())  # words and names too
_AHEAD = frozenset("until till by before through".split())


def read_month(scope: Scope, index: int) -> Expression | None:
    """The date around a month's name."""
    month = time_words().months.get(scope.word(index))
    if month is None or not scope.tokens[index].capitalised:
        return None
    first, days = _days_before(scope, index)
    last = index + 1 + (lower_at(scope.tokens, index + 1) == "." and len(scope.word(index)) <= 4)
    if not days:
        last, days = _days_behind(scope, last)
    year, last = _year_behind(scope, last)
    if year is None and not days and scope.word(index) in _DOUBTFUL and not _is_dated(scope, index):
        return None
    return _resolve(scope, Expression(first, last, None, None, yearless=year is None), (year, month), days)


def _days_before(scope: Scope, index: int) -> tuple[int, list[int]]:
    """Index of the first token and the days before the month: 4 May, 14-21 April, the 3rd of June."""
    tokens = scope.tokens
    at = index - 2 if scope.word(index - 1) == "of" else index - 1
    if not is_plain_number(tokens, at, 1, 31) or at < scope.taken_to():
        return index, []
    joined = scope.word(at - 1) in ("and", "to", "or", "until") or is_kind(tokens, at - 1, TokenKind.DASH)
    if joined and is_plain_number(tokens, at - 2, 1, 31):
        return at - 2, [_number(scope, at - 2), _number(scope, at)]
    return at, [_number(scope, at)]


def _days_behind(scope: Scope, at: int) -> tuple[int, list[int]]:
    """Index behind the days that follow a month, and the days: May 4, April 14-21."""
    tokens = scope.tokens
    if not is_plain_number(tokens, at, 1, 31) or is_kind(tokens, at + 1, TokenKind.PERCENT):
        return at, []
    days = [_number(scope, at)]
    joined = scope.word(at + 1) in ("and", "to", "until", "through") or is_kind(tokens, at + 1, TokenKind.DASH)
    if joined and is_plain_number(tokens, at + 2, 1, 31) and not time_words().months.get(scope.word(at + 3)):
        return at + 3, [*days, _number(scope, at + 2)]
    return at + 1, days


def _year_behind(scope: Scope, at: int) -> tuple[int | None, int]:
    """The year at `at`, perhaps behind a comma or `of`, and the index behind it."""
    for skip in (0, 1):
        if is_year(scope.tokens, at + skip) and (not skip or scope.word(at) in (",", "of")):
            return _number(scope, at + skip), at + skip + 1
    return None, at


def _number(scope: Scope, index: int) -> int:
    return int(scope.tokens[index].text.rstrip("stndrh"))


def year_at(scope: Scope, index: int) -> int | None:
    """The year at `index`, if one stands there."""
    return _number(scope, index) if is_year(scope.tokens, index) else None


def _is_dated(scope: Scope, index: int) -> bool:
    """Whether the word before a doubtful name shows that it is a date: in May, last March."""
    roles = time_words().roles
    before = scope.word(index - 1 - is_kind(scope.tokens, index - 1, TokenKind.DASH))
    if scope.word(index + 1) == "alone":
        return True
    if before == "and" and scope.found and scope.found[-1].last == index - 1:
        return True
    return any(before in roles[role] for role in ("preposition", "shift", "anchor", "part"))


def _resolve(scope: Scope, found: Expression, month: tuple[int | None, int], days: list[int]) -> Expression | None:
    """The expression with its dates: a year that is not written follows from tense and publication."""
    year, number = month
    shift = scope.value("shift", found.first - 1)
    if year is None:
        year = _year_of_month(scope, found, number, days[0] if days else None)
        found = replace(found, first=found.first - (shift is not None))
    if year is None or (days and max(days) > calendar.monthrange(year, number)[1]):
        return None
    start = Moment(year, number, days[0] if days else None)
    end = Moment(year, number, days[-1] if days else None)
    return replace(found, start=start, end=end, role=Role.WINDOW if len(days) > 1 else Role.AT)


def _year_of_month(scope: Scope, found: Expression, month: int, day: int | None) -> int | None:
    """The year of a month named without one: this month's last or next turn, seen from publication."""
    published = scope.published
    if published is None:
        return None
    if published.month is None:
        return published.year
    shift = scope.value("shift", found.first - 1)
    if shift == "0":
        return published.year
    here = (published.month, published.day or 31)
    there = (month, day or here[1])
    if _looks_ahead(scope, found) and shift != "-1":
        return published.year + (there < here)
    return published.year - (there >= here if shift == "-1" and not day else there > here)


def _looks_ahead(scope: Scope, found: Expression) -> bool:
    tense = read_tense(scope.tokens, found.first, found.last)
    if is_deadline_of_aim(scope.tokens, found.first):
        return True
    deadline = scope.word(found.first - 1) in _AHEAD or scope.value("shift", found.first - 1) == "1"
    return tense is Tense.FUTURE or (deadline and tense is Tense.UNSAID)


def read_year(scope: Scope, index: int) -> Expression | None:
    """A year alone, a season 2022-23, a decade, or a date in digits that begins with the year."""
    tokens = scope.tokens
    if not is_year(scope.tokens, index) or _measures(scope, index):
        return None
    year = _number(scope, index)
    if is_kind(tokens, index + 1, TokenKind.DASH) and tokens[index + 1].glued:
        joined = _read_chain(scope, index, year)
        if joined or is_kind(tokens, index + 2, TokenKind.NUMBER):
            return joined
    if scope.word(index + 1) == "s" and tokens[index + 1].glued:
        return Expression(index, index + 2, Moment(year), Moment(year + 9)) if year % 10 == 0 else None
    return Expression(index, index + 1, Moment(year), Moment(year))


def _read_chain(scope: Scope, index: int, year: int) -> Expression | None:
    """2022-23 · 2014–2022 · 2022-02-24."""
    tokens = scope.tokens
    if is_plain_number(tokens, index + 2, 1, 12) and is_kind(tokens, index + 3, TokenKind.DASH):
        month = _number(scope, index + 2)
        if is_plain_number(tokens, index + 4, 1, calendar.monthrange(year, month)[1]):
            day = Moment(year, month, _number(scope, index + 4))
            return Expression(index, index + 5, day, day)
    if is_year(scope.tokens, index + 2):
        return Expression(index, index + 3, Moment(year), Moment(_number(scope, index + 2)), Role.WINDOW)
    if is_plain_number(tokens, index + 2, year % 100 + 1, year % 100 + 1) and len(tokens[index + 2].text) == 2:
        return Expression(index, index + 3, Moment(year), Moment(year + 1), Role.WINDOW)
    return None


def read_pointed(scope: Scope, index: int) -> Expression | None:
    """A date in digits with stops, day first: 24.02.2022."""
    match = _POINTED.fullmatch(scope.tokens[index].text)
    if match is None:
        return None
    day, month, year = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and EARLIEST_YEAR <= year <= LATEST_YEAR):
        return None
    if not 1 <= day <= calendar.monthrange(year, month)[1]:
        return None
    moment = Moment(year, month, day)
    return Expression(index, index + 1, moment, moment)


def _measures(scope: Scope, index: int) -> bool:
    """Whether four digits measure something after all: 2000 people, 2000 drones, $2022, 1950 km."""
    words, tokens = vocabulary(), scope.tokens
    if is_kind(tokens, index - 1, TokenKind.CURRENCY) or is_kind(tokens, index + 1, TokenKind.PERCENT):
        return True
    behind = scope.word(index + 1)
    scale = words.numbers.get(behind)
    if scale and scale.role in (NumberRole.SCALE, NumberRole.SUFFIX):
        return True
    counts = len(behind) > 3 and behind.endswith("s") and is_kind(tokens, index + 1, TokenKind.WORD)
    return counts or behind in words.people or words.units.at(tokens, index + 1) is not None
