"""Periods in EDTF, the Extended Date/Time Format of ISO 8601-2, as far as news needs it.

Years, months and days (2023, 2022-09, 2025-04-01), qualified as approximate or uncertain (~ ? %),
and intervals of two such dates with open ends (2022-02-24/2023-11, 2024/.., ../2023).
"""

from __future__ import annotations

import calendar
import re
from datetime import date

from dataset.model import Period

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?[~?%]?")


def parse_edtf(edtf: str) -> Period:
    """The period with its first and last day; ValueError for what is not EDTF or ends before it begins."""
    first, slash, second = edtf.partition("/")
    start_on = _day(first, last=False)
    end_on = _day(second if slash else first, last=True)
    if start_on and end_on and start_on > end_on:
        raise ValueError(f"{edtf} ends before it begins")
    return Period(edtf, start_on, end_on)


def _day(text: str, *, last: bool) -> str | None:
    """The first or last day of a date, ISO 8601; None for an open end."""
    if text == "..":
        return None
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no EDTF date")
    year = int(match[1])
    month = int(match[2] or (12 if last else 1))
    day = int(match[3] or (calendar.monthrange(year, month)[1] if last else 1))
    return date(year, month, day).isoformat()
