from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataset.periods import Moment, make_period, moment_of, parse_edtf, parse_interval

GOOD = [
    ("2023", "2023-01-01", "2023-12-31"),
    ("2024-02", "2024-02-01", "2024-02-29"),
    ("2025-04-01", "2025-04-01", "2025-04-01"),
    ("2024-09~", "2024-09-01", "2024-09-30"),
    ("2022-02-24/2023-11", "2022-02-24", "2023-11-30"),
    ("2024/..", "2024-01-01", None),
    ("../2023", None, "2023-12-31"),
]


@pytest.mark.parametrize(("edtf", "start_on", "end_on"), GOOD)
def test_first_and_last_day(edtf: str, start_on: str | None, end_on: str | None) -> None:
    period = parse_edtf(edtf)
    assert (period.edtf, period.start_on, period.end_on) == (edtf, start_on, end_on)


@pytest.mark.parametrize(
    "edtf", ["", "yesterday", "2023-13", "2023-02-30", "2024/2023", "20230101", "2023/", "２０２３"]
)
def test_what_is_no_period_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_edtf(edtf)


DAYS = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(moment_of)
MOMENTS = DAYS | DAYS.map(lambda day: Moment(day.year, day.month)) | DAYS.map(lambda day: Moment(day.year))


@given(MOMENTS)
def test_a_date_is_written_as_it_is_read(moment: Moment) -> None:
    assert parse_interval(str(moment)) == (moment, moment)
    period = parse_edtf(str(moment))
    assert (period.start_on, period.end_on) == (moment.first_day.isoformat(), moment.last_day.isoformat())


@given(MOMENTS | st.none(), MOMENTS | st.none())
def test_an_interval_is_written_as_it_is_read(start: Moment | None, end: Moment | None) -> None:
    period = make_period(start, end)
    ends_first = start is not None and end is not None and start.first_day > end.last_day
    assert (period is None) == (ends_first or (start is None and end is None))
    if period:
        assert parse_interval(period.edtf) == (start, end)
        assert parse_edtf(period.edtf) == period
        assert None in (period.start_on, period.end_on) or str(period.start_on) <= str(period.end_on)


@given(st.text() | st.text("0123456789-/.~?%"))
def test_what_is_taken_for_a_period_keeps_its_words(text: str) -> None:
    try:
        period = parse_edtf(text)
    except ValueError:
        return
    assert period.edtf == text
    for day in (period.start_on, period.end_on):
        assert day is None or date.fromisoformat(day).isoformat() == day
