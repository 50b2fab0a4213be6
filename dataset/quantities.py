"""Quantities: every amount of a sentence with its hedge, unit or counted noun.

`extract_quantities` reads tokens from left to right: what names or dates is passed over, what
measures becomes a Quantity. What the bounds commit to is said by `limits`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import isfinite

from dataset.amounts import Amount, read_amount
from dataset.counted import read_counted
from dataset.counting import counts
from dataset.dates import date_indices
from dataset.designations import designation_indices
from dataset.lexer import TokenKind, Tokens, is_word, lower_at
from dataset.model import Bound, Measure
from dataset.numbers import is_from, shared_scale
from dataset.numerals import NumberForm, times
from dataset.units import find_unit, is_age
from dataset.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class Quantity:
    """One amount in the text; `first` to `last` (exclusive) are its tokens, `start` to `end` its code points.

    Values are in the unit's own scale.
    """

    first: int
    last: int
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
    noun_last: int  # index behind the counted noun
    bracketed: bool  # says the number before it again, in another unit: 30km (19 miles)


def extract_quantities(text: str, tokens: Tokens, last_unit: str = "item") -> list[Quantity]:
    """The quantities of one sentence, from left to right and never overlapping.

    `last_unit` is what the sentence before counted last, for a number of which nothing tells.
    """
    numbers = vocabulary().numbers
    if not any(t.kind is TokenKind.NUMBER or t.lower in numbers or t.lower in _SERVABLE for t in tokens):
        return []
    named = date_indices(tokens) | designation_indices(tokens)
    found: list[Quantity] = []
    index, before = 0, None
    while index < len(tokens):
        amount = None if index in named else _read_finite(tokens, index)
        if amount is None or not named.isdisjoint(range(amount.first, amount.last)):
            index += 1
            continue
        index = amount.last
        bound, outer = _read_bound(tokens, amount)
        bracketed = before is not None and _is_bracketed(tokens, before[0], amount)
        if before and bracketed and bound is Bound.EXACT and before[1] is not Bound.RANGE:
            bound = before[1]
        before = amount, bound
        if counts(tokens, amount, outer):
            units = [last_unit, *(quantity.unit for quantity in found)]
            found.append(_make(text, tokens, amount, bound, units, bracketed=bracketed))
    return _share_nouns(tokens, found)


def _read_finite(tokens: Tokens, index: int) -> Amount | None:
    """The amount at `index`, None beyond what a float holds: hundreds of digits in a row are no figure."""
    amount = read_amount(tokens, index)
    return amount if amount and isfinite(amount.number.low) and isfinite(amount.number.high) else None


_OVER_VERBS = ("hand", "hands", "handed", "handing", "take", "takes", "took", "taking", "turned", "turn", "turning")


_SERVABLE = ("year", "month", "week")  # "a year of service" has no number word


def _moves_from(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether "up to" only tells a way: from 2% up to 3%, up to 3% from 2%."""
    near = range(max(0, outer - 5), outer)
    return is_word(tokens, amount.last, "from") or any(is_word(tokens, at, "from") for at in near)


def _share_nouns(tokens: Tokens, quantities: list[Quantity]) -> list[Quantity]:
    """Give a number without a noun that of the next: hundreds, if not thousands of men; 11 of the 19 men."""
    for index in range(len(quantities) - 2, -1, -1):
        one, other = quantities[index], quantities[index + 1]
        if moves_between(tokens, one, other):
            quantities[index] = _share_unit(tokens, one, other)
            continue
        between = {token.lower for token in tokens[one.last : other.first]}
        weighed = between <= _WEIGHING or (between <= _PARTITIVE and "of" in between)
        listed = between <= {",", "and", "or"} and other.unit in vocabulary().units_by_id and other.rule != "age"
        if one.counted is None and one.rule == "cardinal" and one.unit in ("item", "person") and listed:
            quantities[index] = replace(one, unit=other.unit, rule=other.rule)  # six, eight and ten years
            continue
        if one.counted is None and other.counted and weighed and one.unit in ("item", "person"):
            quantities[index] = replace(one, counted=other.counted, unit=other.unit)
    return quantities


def moves_between(tokens: Tokens, one: Quantity, other: Quantity) -> bool:
    """Whether something moved from one number to the other, and the unit is written once: from 10 to 15 years."""
    return other.first == one.last + 1 and is_word(tokens, one.last, "to") and is_from(tokens, one.first)


def _share_unit(tokens: Tokens, one: Quantity, other: Quantity) -> Quantity:
    """The number behind "from" with the unit and the scale of the one behind "to": from 1.2 to 1.5 million barrels."""
    bare = one.rule == NumberForm.CARDINAL and one.counted is None
    if one.value is None or other.value is None or other.rule == "age" or not (bare or one.unit == other.unit):
        return one
    factor = shared_scale(tokens, one.last, one.value)
    value, low, high = (each and times(each, factor) for each in (one.value, one.value_low, one.value_high))
    scaled = replace(one, value=value, value_low=low, value_high=high)
    if not bare or other.unit == "ratio":
        return scaled
    return replace(scaled, unit=other.unit, rule=other.rule, measure=other.measure, counted=other.counted)


_PARTITIVE = frozenset("of the all its those these some about around more than at least an estimated".split())
_WEIGHING = frozenset(", if not or even and perhaps possibly maybe".split())


def _is_bracketed(tokens: Tokens, before: Amount, amount: Amount) -> bool:
    """Whether the amount stands in brackets behind one of the same dimension."""
    alike = before.unit and amount.unit and before.unit.dimension == amount.unit.dimension
    return bool(alike) and lower_at(tokens, amount.first - 1) == "(" and amount.first - before.last <= 2


def _read_bound(tokens: Tokens, amount: Amount) -> tuple[Bound, int]:
    """How the words around limit the number, and the index where hedge and amount begin."""
    words = vocabulary()
    before = words.hedges_before.before(tokens, amount.first)
    if before and is_word(tokens, before[0], "over") and is_word(tokens, before[0] - 1, *_OVER_VERBS):
        before = None  # handing over two ships
    outer = before[0] if before else amount.first
    if amount.number.form is NumberForm.VAGUE:
        return Bound.ORDER_OF_MAGNITUDE, outer
    if amount.number.form is NumberForm.RANGE:
        return Bound.RANGE, outer
    if before and not (is_word(tokens, amount.first - 2, "up") and _moves_from(tokens, amount, outer)):
        return before[1], outer
    after = words.hedges_after.at(tokens, amount.last)
    return (after[1] if after else Bound.EXACT), outer


def _make(
    text: str, tokens: Tokens, amount: Amount, bound: Bound, units: Sequence[str], *, bracketed: bool
) -> Quantity:
    number = amount.number
    counted = None if amount.unit or is_age(tokens, amount) else read_counted(tokens, amount.last)
    unit = find_unit(tokens, amount, counted, units)
    value, low, high = limits(bound, number.low, number.high)
    return Quantity(
        first=amount.first,
        last=amount.last,
        start=tokens[amount.first].start,
        end=tokens[amount.last - 1].end,
        value=value,
        value_low=low,
        value_high=high,
        value_as_written=text[tokens[number.first].start : tokens[number.last - 1].end],
        bound=bound,
        unit=unit,
        measure=_measure(amount, unit),
        counted=counted.text if counted and unit in ("person", "item") else None,
        noun_last=counted.last if counted else amount.last,
        rule=_rule(amount, unit),
        bracketed=bracketed,
    )


def limits(bound: Bound, low: float, high: float) -> tuple[float | None, float | None, float | None]:
    """Value, value_low and value_high that a bound and a number commit to."""
    value = low if low == high else None
    if bound in (Bound.MORE_THAN, Bound.AT_LEAST):
        return value, low, None
    if bound in (Bound.LESS_THAN, Bound.AT_MOST, Bound.NEARLY):
        return value, None, high
    return value, low, high


def _measure(amount: Amount, unit: str) -> Measure:
    if amount.number.form is NumberForm.MULTIPLE:
        return Measure.RATIO
    return Measure.SHARE if unit == "percent" else Measure.LEVEL


def _rule(amount: Amount, unit: str) -> str:
    """The rule that a reader of the fact is told: which reading of the words produced it."""
    if amount.age:
        return "age"
    if amount.unit is None:
        return "age" if unit == "year" else amount.number.form.value
    return {"time": "duration", "money": "money", "share": "percentage"}.get(amount.unit.dimension, "measurement")
