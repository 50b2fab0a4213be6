"""Quantities: every amount of a sentence with its hedge, unit or counted noun.

`extract_quantities` reads tokens from left to right: what names or dates is passed over, what
measures becomes a Quantity. Bounds follow the guidelines in dataset/README.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dataset.amounts import Amount, read_amount
from dataset.counted import counts_people, read_counted
from dataset.dates import date_indices
from dataset.designations import designation_indices
from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.model import Bound, Measure
from dataset.numerals import NumberForm
from dataset.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount in the text; `start` and `end` are code points, values are in the unit's own scale."""

    start: int
    end: int
    value: float | None
    value_low: float | None
    value_high: float | None
    value_as_written: str
    bound: Bound
    unit: str
    measure: Measure
    counted: str | None
    rule: str


def extract_quantities(text: str, tokens: Tokens) -> Iterator[Quantity]:
    """The quantities of one sentence, from left to right and never overlapping."""
    named = date_indices(tokens) | designation_indices(tokens)
    index, last_unit = 0, "item"
    while index < len(tokens):
        amount = None if index in named else read_amount(tokens, index)
        if amount is None or not named.isdisjoint(range(amount.first, amount.last)):
            index += 1
            continue
        index = amount.last
        bound, outer = _read_bound(tokens, amount)
        if _counts(tokens, amount, outer):
            quantity = _make(text, tokens, amount, bound, last_unit)
            last_unit = quantity.unit if quantity.unit in ("person", "item") else last_unit
            yield quantity


def _read_bound(tokens: Tokens, amount: Amount) -> tuple[Bound, int]:
    """How the words around limit the number, and the index where hedge and amount begin."""
    words = vocabulary()
    before = words.hedges_before.before(tokens, amount.first)
    outer = before[0] if before else amount.first
    if amount.number.form is NumberForm.VAGUE:
        return Bound.ORDER_OF_MAGNITUDE, outer
    if amount.number.form is NumberForm.RANGE:
        return Bound.RANGE, outer
    if before:
        return before[1], outer
    after = words.hedges_after.at(tokens, amount.last)
    return (after[1] if after else Bound.EXACT), outer


def _counts(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether the amount measures something, rather than framing a time or turning a phrase."""
    if amount.number.form is NumberForm.MULTIPLE:
        return _compares(tokens, amount)
    if amount.unit and amount.unit.dimension == "time" and not amount.hyphened and not amount.age:
        return not _frames_time(tokens, amount, outer)
    if tokens[amount.first].lower == "one" and amount.last == amount.first + 1:
        return _counts_one(tokens, amount, outer)
    return True


def _compares(tokens: Tokens, amount: Amount) -> bool:
    """Whether a multiple compares: twice as high, 100 times more, to double the army; not "voted twice"."""
    word, behind = tokens[amount.last - 1].lower, lower_at(tokens, amount.last)
    if word in ("double", "triple", "treble", "quadruple"):
        return lower_at(tokens, amount.first - 1) in ("to", "than", "nearly", "almost") or behind in _COMPARED
    if word in ("twice", "thrice", "times", "x"):
        return behind in _COMPARED or tokens[amount.last - 1].lower == "x"
    return True


_COMPARED = frozenset(
    "as more higher greater larger bigger fewer less faster lower smaller longer stronger the that than what its "
    "their his those over".split()
)


def _frames_time(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether a duration only says when: the past 120 days, two years ago, within a week."""
    words = vocabulary()
    found = words.frames_before.before(tokens, outer) or words.frames_before.before(tokens, amount.first)
    return found is not None or words.frames_after.at(tokens, amount.last) is not None


def _counts_one(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether `one` is an amount: at least one, one soldier, killing one; not "one of the"."""
    words = vocabulary()
    behind = lower_at(tokens, amount.last)
    if amount.hyphened or behind in ("of", "another", "day", "time"):
        return False
    hedged = outer < amount.first or lower_at(tokens, amount.first - 1) in ("only", "just")
    return (
        hedged
        or amount.unit is not None
        or behind in words.people
        or lower_at(tokens, outer - 1) in words.people_states
    )


def _make(text: str, tokens: Tokens, amount: Amount, bound: Bound, last_unit: str) -> Quantity:
    number = amount.number
    age = _is_age(tokens, amount)
    counted, people = (None, None) if amount.unit or age else read_counted(tokens, amount.last)
    if people is None:
        people = counts_people(tokens, amount.first, amount.last)
    unit = "year" if age else _unit(amount, counted, people, last_unit)
    value, low, high = limits(bound, number.low, number.high)
    return Quantity(
        start=tokens[amount.first].start,
        end=tokens[amount.last - 1].end,
        value=value,
        value_low=low,
        value_high=high,
        value_as_written=text[tokens[number.first].start : tokens[number.last - 1].end],
        bound=bound,
        unit=unit,
        measure=_measure(amount, unit),
        counted=counted if unit in ("person", "item") else None,
        rule=_rule(amount, unit),
    )


def limits(bound: Bound, low: float, high: float) -> tuple[float | None, float | None, float | None]:
    """Value, value_low and value_high that a bound and a number commit to."""
    value = low if low == high else None
    if bound in (Bound.MORE_THAN, Bound.AT_LEAST):
        return value, low, None
    if bound in (Bound.LESS_THAN, Bound.AT_MOST, Bound.NEARLY):
        return value, None, high
    return value, low, high


def _unit(amount: Amount, counted: str | None, people: bool | None, last_unit: str) -> str:
    if amount.unit:
        return amount.unit.id
    if amount.number.form is NumberForm.FRACTION:
        return "percent"
    if amount.number.form is NumberForm.MULTIPLE:
        return "ratio"
    if people:
        return "person"
    return "item" if counted or people is False else last_unit


def _is_age(tokens: Tokens, amount: Amount) -> bool:
    """Ages without a unit: aged 18 to 30 · the age of 21 · Belousov, 48, said."""
    if amount.unit or amount.number.high >= 120 or amount.number.form not in (NumberForm.CARDINAL, NumberForm.RANGE):
        return False
    near = [token.lower for token in tokens[max(0, amount.first - 3) : amount.first]]
    if near[-1:] in (["aged"], ["age"], ["ages"]) or near[-2:] in (["age", "of"], ["ages", "of"], ["aged", "between"]):
        return True
    alone = lower_at(tokens, amount.first - 1) == "," and lower_at(tokens, amount.last) in (",", ".", "")
    named = (
        amount.first >= 2 and tokens[amount.first - 2].kind is TokenKind.WORD and tokens[amount.first - 2].capitalised
    )
    return alone and named and tokens[amount.first].text.isdigit()


def _measure(amount: Amount, unit: str) -> Measure:
    if amount.number.form is NumberForm.MULTIPLE:
        return Measure.RATIO
    return Measure.SHARE if unit == "percent" else Measure.LEVEL


def _rule(amount: Amount, unit: str) -> str:
    """The rule that a reader of the fact is told: which reading of the words produced it."""
    if amount.unit is None:
        return "age" if unit == "year" else amount.number.form.value
    return {"time": "duration", "money": "money", "share": "percentage"}.get(amount.unit.dimension, "measurement")
