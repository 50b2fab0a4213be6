"""Measured amounts: a number with the unit that is written onto it.

$61 billion · 15 million hryvnia · 3% · 1,343 km · 834-mile · four months · seven-year-old
two years and three months (one duration, in months)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dataset.lexer import TokenKind, Tokens, is_hyphen, is_kind
from dataset.numbers import joins_range, read_number, span
from dataset.numerals import Number, NumberForm, starts_number
from dataset.vocabulary import Unit, vocabulary

_PARTS_OF_UNITS = {("year", "month"): 12, ("week", "day"): 7, ("day", "hour"): 24, ("hour", "minute"): 60}
_LENGTH_CUES = frozenset("above away below dash deep freestyle from high hurdles long sprint tall wide".split())


@dataclass(frozen=True, slots=True)
class Amount:
    """A number over tokens `first` up to, not including, `last`, with its unit (None: it counts something)."""

    number: Number
    first: int
    last: int
    unit: Unit | None
    hyphened: bool = False  # the unit stands behind a hyphen: a three-day summit
    age: bool = False  # seven-year-old


def read_amount(tokens: Tokens, index: int) -> Amount | None:
    """The amount whose number starts at `index`; a currency sign before it is taken in."""
    if not starts_number(tokens, index):
        return None
    if _is_metres(tokens, index):
        metres = float(tokens[index].text)
        length = Number(NumberForm.CARDINAL, index, index + 1, metres, metres)
        return Amount(length, index, index + 2, vocabulary().units_by_id["m"])
    number = read_number(tokens, index) or _read_article(tokens, index)
    if number is None:
        return None
    amount = _read_money(tokens, number) or _read_unit(tokens, number)
    return _read_range(tokens, amount) or amount


def _read_money(tokens: Tokens, number: Number) -> Amount | None:
    """The number with the currency sign before it."""
    first = number.first - 1
    if first < 0 or tokens[first].kind is not TokenKind.CURRENCY:
        return None
    return Amount(number, first, number.last, vocabulary().currencies.get(tokens[first].text))


def _read_range(tokens: Tokens, low: Amount) -> Amount | None:
    """Two amounts of one unit joined to a range: between $62 and $68, five per cent to 20 per cent."""
    if low.unit is None or low.number.value is None or not joins_range(tokens, low.first, low.last):
        return None
    start = low.last + 1
    start += start < len(tokens) and tokens[start].kind is TokenKind.CURRENCY
    number = read_number(tokens, start)
    high = (_read_money(tokens, number) or _read_unit(tokens, number)) if number else None
    if high is None or high.unit != low.unit or high.number.value is None:
        return None
    both = span(low.number, high.number)
    return replace(high, number=both, first=low.first) if both else None


def _is_metres(tokens: Tokens, index: int) -> bool:
    """Whether the m of "100m" is for metres and not for millions."""
    if tokens[index].kind is not TokenKind.NUMBER or not tokens[index].text.isdigit() or index + 2 >= len(tokens):
        return False
    return tokens[index + 1].text == "m" and tokens[index + 1].glued and tokens[index + 2].lower in _LENGTH_CUES


def _read_article(tokens: Tokens, index: int) -> Number | None:
    """`a` as a measured amount: a year of service, a month in prison."""
    unit = vocabulary().units.at(tokens, index + 1) if tokens[index].lower in ("a", "an") else None
    if unit and unit[1].dimension == "time" and (unit[0] == len(tokens) or tokens[unit[0]].lower in ("of", "in")):
        return Number(NumberForm.CARDINAL, index, index + 1, 1, 1)
    return None


def _read_unit(tokens: Tokens, number: Number) -> Amount:
    """The unit behind the number, if any."""
    at = number.last
    hyphened = is_hyphen(tokens, at)
    found = vocabulary().units.at(tokens, at + hyphened)
    if is_kind(tokens, at, TokenKind.CURRENCY) and is_kind(tokens, at + 1, TokenKind.NUMBER):
        found = None  # the sign belongs to the number behind it
    if number.form in (NumberForm.FRACTION, NumberForm.MULTIPLE):
        return Amount(number, number.first, number.last, None)
    if found is None:
        return Amount(number, number.first, number.last, None, hyphened)
    last, unit = found
    if unit.dimension == "time" and (behind := _read_old(tokens, last)):
        return Amount(number, number.first, behind, unit, hyphened, age=True)
    amount = Amount(number, number.first, last, unit, hyphened)
    return _add_smaller(tokens, amount) or amount


def _read_old(tokens: Tokens, index: int) -> int:
    """Index behind `-old`, `-olds`, ` old` or `of age`, or 0."""
    at = index + 1 if is_hyphen(tokens, index) else index
    if at < len(tokens) and tokens[at].lower in ("old", "olds"):
        return at + 1
    if at + 1 < len(tokens) and (tokens[at].lower, tokens[at + 1].lower) == ("of", "age"):
        return at + 2
    return 0


def _add_smaller(tokens: Tokens, amount: Amount) -> Amount | None:
    """The same amount with a smaller unit added: two years and three months, in months."""
    at = amount.last + 1 if amount.last < len(tokens) and tokens[amount.last].lower == "and" else amount.last
    number = read_number(tokens, at) if at < len(tokens) else None
    found = vocabulary().units.at(tokens, number.last) if number else None
    if number is None or found is None or amount.unit is None or number.value is None or amount.number.value is None:
        return None
    factor = _PARTS_OF_UNITS.get((amount.unit.id, found[1].id))
    if factor is None:
        return None
    total = amount.number.value * factor + number.value
    whole = replace(amount.number, last=number.last, low=total, high=total)
    return Amount(whole, amount.first, found[0], found[1])
