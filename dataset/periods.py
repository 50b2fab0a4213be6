"""Periods in EDTF, the Extended Date/Time Format of ISO 8601-2, as far as news needs it.

Years, months and days (2023, 2022-09, 2025-04-01), qualified as approximate or uncertain (~ ? %),
and intervals of two such dates with open ends (2022-02-24/2023-11, 2024/.., ../2023).
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from dataset.model import Period

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?")
_IN_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "weekend": 7, "fortnight": 14}
_IN_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}


@dataclass(frozen=True, slots=True)
class Moment:
    """A year, a month or a day: as much of a date as the text gives."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        """EDTF."""
        parts = (f"{self.year:04}", self.month and f"{self.month:02}", self.day and f"{self.day:02}")
        return "-".join(part for part in parts if part)

    @property
    def first_day(self) -> date:
        """The day it begins on."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The day it ends on."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def cut(self, unit: str) -> Moment:
        """The day, month or year that it lies in, whichever fits the unit; never more precise than before."""
        if unit in ("year", "decade", "century"):
            return Moment(self.year)
        return Moment(self.year, self.month) if unit in ("month", "quarter") else self

    def shift(self, unit: str, count: float) -> Moment:
        """So many units later (earlier where negative), as precise as before.

        What is less precise than the unit moves by whole months or years. ValueError outside 1000 to 2999.
        """
        if unit in _IN_DAYS and self.day:
            return moment_of(self._checked_day(count * _IN_DAYS[unit]))
        months = count * _IN_DAYS[unit] / 30.4 if unit in _IN_DAYS else count * _IN_MONTHS[unit]
        if self.month is None:
            return _checked(Moment(self.year + int(months / 12)))
        total = self.year * 12 + self.month - 1 + int(months)
        moved = _checked(Moment(total // 12, total % 12 + 1))
        return Moment(moved.year, moved.month, min(self.day, moved.last_day.day)) if self.day else moved

    def of_year(self, year: int) -> Moment:
        """The same month and day of another year; 29 February becomes the 28th."""
        last = calendar.monthrange(year, self.month)[1] if self.month else 0
        return Moment(year, self.month, min(self.day, last) if self.day else None)

    def _checked_day(self, days: float) -> date:
        if abs(days) > 200_000:
            raise ValueError(f"{days} days from {self} is out of reach")
        return self.first_day + timedelta(days=int(days))


def _checked(moment: Moment) -> Moment:
    if not 1000 <= moment.year <= 2999:
        raise ValueError(f"the year {moment.year} is out of reach")
    return moment


def moment_of(day: date) -> Moment:
    """A day of the calendar as a moment."""
    return Moment(day.year, day.month, day.day)


def parse_interval(edtf: str) -> tuple[Moment | None, Moment | None]:
    """Start and end of an EDTF date or interval, None for an open end; ValueError for what is neither."""
    first, slash, second = edtf.partition("/")
    start, end = _parse_moment(first), _parse_moment(second if slash else first)
    if start and end and start.first_day > end.last_day:
        raise ValueError(f"{edtf} ends before it begins")
    return start, end


def parse_edtf(edtf: str) -> Period:
    """The period with its first and last day; ValueError for what is not EDTF or ends before it begins."""
    start, end = parse_interval(edtf)
    return Period(edtf, start.first_day.isoformat() if start else None, end.last_day.isoformat() if end else None)


def make_period(start: Moment | None, end: Moment | None) -> Period | None:
    """The period between two moments, None for an open end; None where it would end before it begins or has no end."""
    if start is None and end is None:
        return None
    if start and end and start.first_day > end.last_day:
        return None
    return parse_edtf(str(start) if start == end else f"{start or '..'}/{end or '..'}")


def _parse_moment(text: str) -> Moment | None:
    """A single date; None for an open end."""
    if text == "..":
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no EDTF date")
    moment = Moment(int(match[1]), int(match[2]) if match[2] else None, int(match[3]) if match[3] else None)
    if moment.month == 0 or moment.day == 0:
        raise ValueError(f"{text!r} is no EDTF date")
    _ = moment.first_day, moment.last_day  # raises ValueError for days that no calendar has
    return moment
