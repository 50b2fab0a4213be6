import pytest

from dataset.periods import parse_edtf

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
