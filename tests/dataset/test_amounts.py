import pytest

from dataset.amounts import read_amount
from dataset.lexer import lex

# text, index of the first token of the number, span, low, high, unit
AMOUNTS: list[tuple[str, int, str, float, float, str | None]] = [
    ("$ 62 a head", 1, "$ 62", 62, 62, "USD"),
    ("-£2.3m in May", 2, "-£2.3m", -2.3e6, -2.3e6, "GBP"),
    ("between $62 and $68 each", 2, "$62 and $68", 62, 68, "USD"),
    ("seven euros", 0, "seven euros", 7, 7, "EUR"),
    ("6% to 9% of it", 0, "6% to 9%", 6, 9, "percent"),
    ("6% to 9 km", 0, "6%", 6, 6, "percent"),
    ("a 640-mile pipe", 1, "640-mile", 640, 640, "mile"),
    ("a distance of 100m", 3, "100m", 100, 100, "m"),
    ("100m sheep", 0, "100m", 1e8, 1e8, None),
    ("39.5C at noon", 0, "39.5C", 39.5, 39.5, "celsius"),
    ("half an hour", 0, "half an hour", 0.5, 0.5, "hour"),
    ("a year of service", 0, "a year", 1, 1, "year"),
    ("four years and five months", 0, "four years and five months", 53, 53, "month"),
    ("two weeks and five months", 0, "two weeks", 2, 2, "week"),
    ("an eight-year-old", 1, "eight-year-old", 8, 8, "year"),
    ("nine years of age", 0, "nine years of age", 9, 9, "year"),
    ("40 boats", 0, "40", 40, 40, None),
    ("half of them", 0, "half", 50, 50, None),
    ("5 and $10", 0, "5", 5, 5, None),
]


@pytest.mark.parametrize(("text", "index", "exact", "low", "high", "unit"), AMOUNTS)
def test_amount(text: str, index: int, exact: str, low: float, high: float, unit: str | None) -> None:
    tokens = lex(text)
    amount = read_amount(tokens, index)
    assert amount is not None
    assert text[tokens[amount.first].start : tokens[amount.last - 1].end] == exact
    assert (amount.number.low, amount.number.high) == (low, high)
    assert (amount.unit.id if amount.unit else None) == unit


def test_an_age_is_told_from_a_length_of_time() -> None:
    ages = [read_amount(lex(text), 0) for text in ("eight-year-old", "eight years old", "eight years", "eight-year")]
    assert [amount.age for amount in ages if amount] == [True, True, False, False]
    assert [amount.hyphened for amount in ages if amount] == [True, False, False, True]


@pytest.mark.parametrize("text", ["boats", "a boat", "a year ago", "% of it", ""])
def test_no_amount(text: str) -> None:
    tokens = lex(text)
    assert not tokens or read_amount(tokens, 0) is None
