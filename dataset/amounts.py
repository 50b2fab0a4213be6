"""Measured amounts: a number with the unit that is written onto it.

$61 billion · 15 million hryvnia · 3% · 1,250 km · 640-mile · four months · seven-year-old
two years and three months (one duration, in months)
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from dataset.lexer import TokenKind, Tokens, is_hyphen, is_kind, is_word, lower_at
from dataset.numbers import joins_range, read_number, shared_scale, span
from dataset.numerals import Number, NumberForm, parse_digits, starts_number, times
from dataset.vocabulary import Unit, vocabulary

_PARTS_OF_UNITS = {("year", "month"): 12, ("week", "day"): 7, ("day", "hour"): 24, ("hour", "minute"): 60}
_LENGTH_CUES = frozenset("( above away below dash deep freestyle from high hurdles long sprint tall wide".split())


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
        metres = parse_digits(tokens[index].text)
        length = Number(NumberForm.CARDINAL, index, index + 1, metres, metres)
        return Amount(length, index, index + 2, vocabulary().units_by_id["m"])
    number = _read_half(tokens, index) or read_number(tokens, index) or _read_article(tokens, index)
    if number is None:
        return None
    amount = _read_money(tokens, number) or _read_unit(tokens, number)
    return _read_range(tokens, amount) or amount


def _read_half(tokens: Tokens, index: int) -> Number | None:
    """`half a` before a unit: half an hour, half a kilometre."""
    if not (is_word(tokens, index, "half") and is_word(tokens, index + 1, "a", "an")):
        return None
    unit = vocabulary().units.at(tokens, index + 2)
    return Number(NumberForm.CARDINAL, index, index + 2, 0.5, 0.5) if unit else None


def _read_money(tokens: Tokens, number: Number) -> Amount | None:
    """The number with the currency sign before it."""
    first = number.first - 1
    if first < 0 or tokens[first].kind is not TokenKind.CURRENCY:
        return None
    unit = vocabulary().currencies.get(tokens[first].text)
    if is_kind(tokens, first - 1, TokenKind.DASH) and tokens[first].glued and not tokens[first - 1].glued:
        negative = replace(number, low=-number.high, high=-number.low)  # -£2.3m
        return Amount(negative, first - 1, number.last, unit)
    return Amount(number, first, number.last, unit)


def _read_range(tokens: Tokens, low: Amount) -> Amount | None:
    """Two amounts of one unit joined to a range: between $62 and $68, two per cent to 8 per cent."""
    if low.unit is None or low.number.value is None or not joins_range(tokens, low.first, low.last):
        return None
    start = low.last + 1
    start += start < len(tokens) and tokens[start].kind is TokenKind.CURRENCY
    number = read_number(tokens, start)
    high = (_read_money(tokens, number) or _read_unit(tokens, number)) if number else None
    if high is None or high.unit != low.unit or high.number.value is None:
        return None
    value = times(low.number.value, shared_scale(tokens, low.last, low.number.value))  # $1.2 to $1.5 billion
    if is_word(tokens, low.first - 1, "by") and high.number.value > 2 * value:
        return None  # rose by $4 million to $20 million
    both = span(replace(low.number, low=value, high=value), high.number, shares_scale=False)
    return replace(high, number=both, first=low.first) if both else None


def _is_metres(tokens: Tokens, index: int) -> bool:
    """Whether the m of "100m" is for metres and not for millions."""
    if not is_kind(tokens, index, TokenKind.NUMBER) or is_kind(tokens, index - 1, TokenKind.CURRENCY):
        return False
    if index + 1 >= len(tokens) or tokens[index + 1].text != "m" or not tokens[index + 1].glued:
        return False
    before = {token.lower for token in tokens[max(0, index - 3) : index]}
    return "," in tokens[index].text or lower_at(tokens, index + 2) in _LENGTH_CUES or not before.isdisjoint(_HEIGHTS)


_HEIGHTS = frozenset("altitude depth distance elevation height length width".split())


def _read_article(tokens: Tokens, index: int) -> Number | None:
    """`a` as a measured amount: a year of service, a month in prison."""
    unit = vocabulary().units.at(tokens, index + 1) if tokens[index].lower in ("a", "an") else None
    if unit and unit[1].id in ("year", "month", "week") and (unit[0] == len(tokens) or _is_served(tokens, unit[0])):
        return Number(NumberForm.CARDINAL, index, index + 1, 1, 1)
    return None


def _read_degrees(tokens: Tokens, index: int) -> tuple[int, Unit] | None:
    """A capital C or F written onto digits: 48.8C."""
    if index < len(tokens) and tokens[index].glued and tokens[index].text in _DEGREES:
        return index + 1, vocabulary().units_by_id[_DEGREES[tokens[index].text]]
    return None


_DEGREES = {"C": "celsius", "F": "fahrenheit"}


def _is_taken(tokens: Tokens, index: int) -> bool:
    """Whether a currency sign before `index` belongs to what follows it: "5 and $10", not "5€ and"."""
    return index < len(tokens) and (tokens[index].glued or read_number(tokens, index) is not None)


def _is_served(tokens: Tokens, index: int) -> bool:
    """Whether a time is served: of service, of compulsory training, in prison."""
    return is_word(tokens, index, "of", "in") and not _SERVED.isdisjoint(
        token.lower for token in tokens[index : index + 4]
    )


_SERVED = frozenset("service services training duty prison jail custody labour labor work probation detention".split())


def _read_unit(tokens: Tokens, number: Number) -> Amount:
    """The unit behind the number, if any."""
    at = number.last
    hyphened = is_hyphen(tokens, at)
    found = vocabulary().units.at(tokens, at + hyphened) or _read_degrees(tokens, at)
    if is_kind(tokens, at, TokenKind.CURRENCY) and _is_taken(tokens, at + 1):
        found = None  # the sign belongs to the number behind it
    if found and _opens_name(tokens, found[0]):
        found = None
    if number.form in (NumberForm.FRACTION, NumberForm.MULTIPLE):
        return Amount(number, number.first, number.last, None)
    if found is None:
        return Amount(number, number.first, number.last, None, hyphened)
    last, unit = found
    if unit.dimension == "time" and (behind := _read_old(tokens, last)):
        return Amount(number, number.first, behind, unit, hyphened, age=True)
    amount = Amount(number, number.first, last, unit, hyphened)
    return _add_smaller(tokens, amount) or amount


def _opens_name(tokens: Tokens, index: int) -> bool:
    """Whether the unit before `index` is the first part of a name: 40 Mi-8 helicopters, not 40 km-50 km."""
    named = is_hyphen(tokens, index) and is_kind(tokens, index + 1, TokenKind.NUMBER, TokenKind.CODE)
    return named and tokens[index + 1].glued and vocabulary().units.at(tokens, index + 2) is None


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
