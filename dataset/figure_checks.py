"""What has to hold of the numbers of a figure: among themselves, and in the words that they were read from."""

from __future__ import annotations

from math import isclose

from dataset.amounts import read_amount
from dataset.lexer import find_places, is_word, lex
from dataset.model import Bound, QuantityFact
from dataset.numbers import shared_scale
from dataset.numerals import times
from dataset.quantities import limits
from dataset.records import number

_CONTEXT = 40  # code points behind a span that can tell how its words are read


def find_range_problem(fact: QuantityFact) -> str | None:
    """What is wrong with the order of the three numbers."""
    given = [each for each in (fact.value_low, fact.value, fact.value_high) if each is not None]
    if given == sorted(given):
        return None
    return f"value_low {fact.value_low}, value {fact.value} and value_high {fact.value_high} are not in order"


def find_bound_problem(fact: QuantityFact) -> str | None:
    """What is wrong with the three numbers, which have to be such as the bound commits to."""
    value, low, high = fact.value, fact.value_low, fact.value_high
    fell = max(low or 0, high or 0) <= 0  # by more than 5 is a change of less than -5
    if _agree(fact.bound, value, low, high):
        return None
    if fell and _agree(fact.bound, _negative(value), _negative(high), _negative(low)):
        return None
    return f"{fact.bound} does not give value {value}, low {low} and high {high}"


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def _agree(bound: Bound, value: float | None, low: float | None, high: float | None) -> bool:
    """Whether a bound can commit to these; the end that it leaves open can hide a second number, and so the value."""
    given = [number for number in (low, high) if number is not None]
    if not given:
        return False
    expected = limits(bound, given[0], given[-1])
    return (low, high) == expected[1:] and (value == expected[0] or (value is None and len(given) == 1))


def find_value_problem(fact: QuantityFact, text: str) -> str | None:
    """What of a figure does not stand in the text: its numbers, the number as printed, the noun counted.

    Some words are a number by what follows: half of them.
    """
    found, following = text[fact.start : fact.end], text[fact.end : fact.end + _CONTEXT]
    written = _values_in(found) | _values_in(found, following) | _scaled_values(found, following)
    for name in ("value", "value_low", "value_high"):
        value = getattr(fact, name)
        if value is not None and not any(isclose(abs(value), each) for each in written):
            return f"{name} {number(value)} does not stand in {found!r}"
    if fact.value_as_written is not None and not stands_in(found, fact.value_as_written):
        return f"value_as_written {fact.value_as_written!r} does not stand in {found!r}"
    if fact.counted is not None and not stands_in(text, fact.counted):
        return f"counted {fact.counted!r} does not stand in the text"
    return None


def stands_in(text: str, words: str) -> bool:
    """Whether the words stand somewhere in the text, none of them cut."""
    return any(True for _ in find_places(text, words))


def _values_in(text: str, following: str = "") -> set[float]:
    """All numbers that the words can be read as, in their own units."""
    tokens, values, index = lex(text + following), set[float](), 0
    while index < len(tokens):
        amount = read_amount(tokens, index)
        if amount and tokens[amount.last - 1].end <= len(text):
            values |= {amount.number.low, amount.number.high}
        index = max(index + 1, amount.last if amount else 0)
    return values


def _scaled_values(text: str, following: str) -> set[float]:
    """The numbers of the words in the scale of the next number: from 1.2 to 1.5 million."""
    tokens, behind = lex(text + following), len(lex(text))
    if not is_word(tokens, behind, "to"):
        return set()
    return {times(value, shared_scale(tokens, behind, value)) for value in _values_in(text)}
