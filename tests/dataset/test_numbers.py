import pytest

from dataset.lexer import lex
from dataset.numbers import read_number

CASES = [
    # digits
    ("5,281 sheep", "5,281", "cardinal", 5281, 5281),
    ("473 400 sheep", "473 400", "cardinal", 473400, 473400),
    ("2.39 million sheep", "2.39 million", "cardinal", 2390000, 2390000),
    ("95bn", "95bn", "cardinal", 95e9, 95e9),
    ("1.5m sheep", "1.5m", "cardinal", 1.5e6, 1.5e6),
    ("2½ sheep", "2½", "cardinal", 2.5, 2.5),
    ("12 lakh", "12 lakh", "cardinal", 1200000, 1200000),
    ("1.300.000 sheep", "1.300.000", "cardinal", 1300000, 1300000),
    # words
    ("seven sheep", "seven", "cardinal", 7, 7),
    ("twenty-seven sheep", "twenty-seven", "cardinal", 27, 27),
    ("two hundred and six sheep", "two hundred and six", "cardinal", 206, 206),
    ("three hundred thousand sheep", "three hundred thousand", "cardinal", 300000, 300000),
    ("half a million sheep", "half a million", "cardinal", 500000, 500000),
    ("half-dozen sheep", "half-dozen", "cardinal", 6, 6),
    ("a hundred sheep", "a hundred", "cardinal", 100, 100),
    ("three dozen sheep", "three dozen", "cardinal", 36, 36),
    ("one and a half million", "one and a half million", "cardinal", 1.5e6, 1.5e6),
    # orders of magnitude
    ("dozens of sheep", "dozens", "vague", 12, 120),
    ("scores of sheep", "scores", "vague", 20, 200),
    ("tens of thousands of sheep", "tens of thousands", "vague", 10000, 100000),
    ("several hundred sheep", "several hundred", "vague", 100, 1000),
    # ranges
    ("18-30", "18-30", "range", 18, 30),
    ("18–30", "18–30", "range", 18, 30),
    ("3,000 to 5,000 sheep", "3,000 to 5,000", "range", 3000, 5000),
    ("5 to 10 million sheep", "5 to 10 million", "range", 5e6, 10e6),
    ("two or three sheep", "two or three", "range", 2, 3),
    # parts and multiples
    ("half of them", "half", "fraction", 50, 50),
    ("a third of them", "a third", "fraction", 100 / 3, 100 / 3),
    ("two-thirds of them", "two-thirds", "fraction", 200 / 3, 200 / 3),
    ("one in five", "one in five", "fraction", 20, 20),
    ("four out of five", "four out of five", "fraction", 80, 80),
    ("fivefold", "fivefold", "multiple", 5, 5),
    ("20-fold", "20-fold", "multiple", 20, 20),
    ("100 times", "100 times", "multiple", 100, 100),
]


@pytest.mark.parametrize(("text", "span", "form", "low", "high"), CASES)
def test_reads(text: str, span: str, form: str, low: float, high: float) -> None:
    tokens = lex(text)
    number = read_number(tokens, 0)
    assert number is not None
    assert text[tokens[number.first].start : tokens[number.last - 1].end] == span
    assert number.form == form
    assert (number.low, number.high) == pytest.approx((low, high))


NONE = ["the sheep", "tens and ones", "a third man", "several sheep", "-", "", "hundredweight"]


@pytest.mark.parametrize("text", NONE)
def test_reads_no_number(text: str) -> None:
    assert read_number(lex(text), 0) is None


BETWEEN = [
    ("between 18 and 27", 1, 18, 27),
    ("between the ages of 17 and 58", 4, 17, 58),
    ("aged from 18 to 30", 2, 18, 30),
]


@pytest.mark.parametrize(("text", "index", "low", "high"), BETWEEN)
def test_a_range_may_depend_on_what_stands_before(text: str, index: int, low: float, high: float) -> None:
    number = read_number(lex(text), index)
    assert number is not None
    assert (number.form, number.low, number.high) == ("range", low, high)


def test_from_to_is_a_change_between_two_numbers() -> None:
    number = read_number(lex("grew from 20 to 30 sheep"), 2)
    assert number is not None
    assert (number.form, number.value) == ("cardinal", 20)


def test_a_falling_pair_is_no_range() -> None:
    number = read_number(lex("143-58"), 0)
    assert number is not None
    assert (number.form, number.value) == ("cardinal", 143)


def test_minus() -> None:
    for text, index in (("at minus 12 degrees", 1), ("at minus-12 degrees", 1), ("at -12 degrees", 1)):
        number = read_number(lex(text), index)
        assert number is not None
        assert number.value == -12
