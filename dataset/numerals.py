"""Numerals: digits in any grouping and number words, with their scale, to one value.

4,373 · 473 400 · 2.39 million · $95bn · half a million · two hundred and six · three dozen
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from dataset.lexer import TokenKind, Tokens, is_hyphen, is_kind, is_word
from dataset.vocabulary import NumberRole, NumberWord, vocabulary


class NumberForm(StrEnum):
    """Which reading a number expression has."""

    CARDINAL = "cardinal"
    VAGUE = "vague"
    RANGE = "range"
    FRACTION = "fraction"
    MULTIPLE = "multiple"


@dataclass(frozen=True, slots=True)
class Number:
    """A number expression over tokens `first` up to, not including, `last`; a fraction is in percent."""

    form: NumberForm
    first: int
    last: int
    low: float
    high: float
    scaled: bool = False  # a scale word is part of it: "1.5 million"

    @property
    def value(self) -> float | None:
        """The single number, where there is one."""
        return self.low if self.low == self.high else None


def starts_number(tokens: Tokens, index: int) -> bool:
    """Whether a number expression may start at `index`: most tokens are passed over by this alone."""
    if not 0 <= index < len(tokens):
        return False
    token = tokens[index]
    if token.kind is TokenKind.WORD:
        return token.lower in vocabulary().numbers or token.lower in _STARTERS
    return token.kind in (TokenKind.NUMBER, TokenKind.DASH)


_STARTERS = frozenset("a an several few many minus every".split())


def number_word(tokens: Tokens, index: int, *roles: NumberRole) -> NumberWord | None:
    """The number word at `index`, if it has one of the roles."""
    if 0 <= index < len(tokens) and tokens[index].kind is TokenKind.WORD:
        word = vocabulary().numbers.get(tokens[index].lower)
        if word and word.role in roles:
            return word
    return None


def read_cardinal(tokens: Tokens, index: int) -> Number | None:
    """The numeral that starts at `index`, its sign and its scale included."""
    unsigned = _skip_minus(tokens, index)
    digits = read_digits(tokens, unsigned)
    if digits:
        value, last = _scale_digits(tokens, *digits)
    elif words := _read_words(tokens, unsigned):
        value, last = words
    else:
        return None
    scaled = any(number_word(tokens, at, NumberRole.SCALE, NumberRole.SUFFIX) for at in range(unsigned, last))
    value = -value if unsigned > index else value
    return Number(NumberForm.CARDINAL, index, last, value, value, scaled)


def times(value: float, factor: float) -> float:
    """The product in decimal: 2.01 million is 2010000 and not 2009999.9999999998."""
    product = float(Decimal(str(value)) * Decimal(str(factor)))
    return int(product) if product.is_integer() else product


def _skip_minus(tokens: Tokens, index: int) -> int:
    """Index behind a minus, in words or as a sign that touches its number and nothing before it."""
    if is_word(tokens, index, "minus"):
        return index + 2 if is_hyphen(tokens, index + 1) else index + 1
    if index == 0 or not is_kind(tokens, index, TokenKind.DASH) or len(tokens[index].text) > 1:
        return index
    touches = index + 1 < len(tokens) and tokens[index + 1].glued and not tokens[index].glued
    named = tokens[index - 1].kind is TokenKind.WORD and tokens[index - 1].capitalised  # COVID -19
    return index + 1 if touches and not named else index


def read_digits(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """Digits in any grouping: value and index behind."""
    if index >= len(tokens) or tokens[index].kind is not TokenKind.NUMBER:
        return None
    text, last = tokens[index].text, index + 1
    if _is_decimal_comma(tokens, last):
        return float(f"{text}.{tokens[last + 1].text}"), last + 2
    if text.isdigit() and len(text) <= 3:
        while last < len(tokens) and _is_thousands_group(tokens, last):
            text, last = text + tokens[last].text, last + 1
    return parse_digits(text), last


def _is_decimal_comma(tokens: Tokens, index: int) -> bool:
    """Whether a comma at `index` is a decimal one, as in 2,5 million; 1,2 and 3 are three numbers."""
    if not (is_word(tokens, index, ",") and tokens[index].glued and tokens[index - 1].text.isdigit()):
        return False
    glued = is_kind(tokens, index + 1, TokenKind.NUMBER) and tokens[index + 1].glued
    scaled = is_kind(tokens, index + 2, TokenKind.PERCENT) or number_word(tokens, index + 2, NumberRole.SCALE)
    return bool(glued and scaled and tokens[index + 1].text.isdigit() and len(tokens[index + 1].text) <= 2)


def _is_thousands_group(tokens: Tokens, index: int) -> bool:
    """Whether the token continues a number grouped by single spaces: 473 400."""
    token, before = tokens[index], tokens[index - 1]
    return (
        token.kind is TokenKind.NUMBER
        and len(token.text) == 3
        and token.text.isdigit()
        and token.start == before.end + 1
    )


def parse_digits(text: str) -> float:
    """The value of digits in any grouping, with an optional decimal point or vulgar fraction."""
    fraction = 0.0
    if not text[-1].isascii():
        fraction, text = unicodedata.numeric(text[-1]), text[:-1]
    plain = "".join(c for c in text if c in "0123456789.")
    if plain.count(".") > 1:
        plain = plain.replace(".", "")  # continental grouping: 1.300.000
    whole = float(plain or 0) + fraction
    return int(whole) if whole.is_integer() else whole


def _read_words(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """A numeral in words, with its scales: value and index behind."""
    if is_word(tokens, index, "half") and (start := half_scale(tokens, index + 1)):
        return _scale_words(tokens, 0.5, start)
    if part := _read_part_of_scale(tokens, index):
        return part
    small, last = read_below_hundred(tokens, index)
    if last == index:
        if not (is_word(tokens, index, "a", "an") and number_word(tokens, index + 1, NumberRole.SCALE)):
            return None
        small, last = 1, index + 1
    if is_word(tokens, last, "and") and is_word(tokens, last + 1, "a") and is_word(tokens, last + 2, "half"):
        return _scale_words(tokens, small + 0.5, last + 3)
    return _read_groups(tokens, small, last)


def _read_groups(tokens: Tokens, value: float, last: int) -> tuple[float, int]:
    """What follows the first small number: hundred and six, thousand, million two hundred thousand."""
    total = 0.0
    while True:
        hundreds, last = _read_hundred(tokens, value, last)
        scaled, behind = _scale_words(tokens, hundreds, last)
        if behind == last:
            return total + hundreds, last
        total, last = total + scaled, behind
        value, behind = read_below_hundred(tokens, last)
        if behind == last or number_word(tokens, last, NumberRole.SCALE):
            return total, last
        last = behind


def _read_hundred(tokens: Tokens, value: float, last: int) -> tuple[float, int]:
    """Hundred with its rest; "one hundred and two hundred" are two numbers."""
    if not is_word(tokens, last, "hundred"):
        return value, last
    start = last + 2 if is_word(tokens, last + 1, "and") else last + 1
    rest, behind = read_below_hundred(tokens, start)
    if behind == start or is_word(tokens, behind, "hundred"):
        return value * 100, last + 1
    return value * 100 + rest, behind


def _scale_words(tokens: Tokens, value: float, last: int) -> tuple[float, int]:
    """The value times the scale words behind it, and the index behind those."""
    factor, behind = _read_scale(tokens, last)
    return times(value, factor), behind


def _read_part_of_scale(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """A quarter of a million, three quarters of a million, a quarter-million."""
    count, at = (1.0, index + 1) if is_word(tokens, index, "a") else read_below_hundred(tokens, index)
    part = number_word(tokens, at, NumberRole.PART)
    if part is None or at == index or count >= part.value:
        return None
    of_a = is_word(tokens, at + 1, "of") and is_word(tokens, at + 2, "a")
    scale_at = at + 3 if of_a else at + 2 if is_hyphen(tokens, at + 1) else 0
    if not scale_at or number_word(tokens, scale_at, NumberRole.SCALE) is None:
        return None
    return _scale_words(tokens, count / part.value, scale_at)


_SMALL = (NumberRole.UNIT, NumberRole.TEN)


def half_scale(tokens: Tokens, index: int) -> int:
    """Where the scale stands after `half` (half a million, half-dozen), or 0."""
    start = index + 1 if is_word(tokens, index, "a") or is_hyphen(tokens, index) else index
    return start if number_word(tokens, start, NumberRole.SCALE) else 0


def read_below_hundred(tokens: Tokens, index: int) -> tuple[float, int]:
    """Seven, twenty, twenty-seven: value and index behind (the same index where there is none)."""
    word = number_word(tokens, index, *_SMALL)
    if word is None:
        return 0, index
    if word.role is NumberRole.TEN:
        at = index + 2 if is_hyphen(tokens, index + 1) else index + 1
        unit = number_word(tokens, at, NumberRole.UNIT)
        if unit and 0 < unit.value < 10:
            return word.value + unit.value, at + 1
    return word.value, index + 1


def _scale_digits(tokens: Tokens, value: float, last: int) -> tuple[float, int]:
    """Digits times the scale behind them, in words or as a suffix: 2.39 million, 95bn."""
    factor, behind = _read_scale(tokens, last)
    if behind == last:
        factor, behind = _read_suffix(tokens, last)
    return times(value, factor), behind


def _read_scale(tokens: Tokens, index: int) -> tuple[float, int]:
    """The scale words at `index`: factor and index behind."""
    factor, last = 1.0, index
    while True:
        at = last + 1 if is_hyphen(tokens, last) else last
        word = number_word(tokens, at, NumberRole.SCALE)
        if word is None:
            return factor, last
        factor, last = factor * word.value, at + 1


def _read_suffix(tokens: Tokens, index: int) -> tuple[float, int]:
    """A scale written onto digits; a capital B or K is one only behind a currency, for flats have them too."""
    suffix = number_word(tokens, index, NumberRole.SUFFIX)
    if suffix is None:
        return 1, index
    token = tokens[index]
    if not token.glued:
        return (suffix.value, index + 1) if token.lower in ("bn", "mn", "mln", "bln", "tn", "trn") else (1, index)
    money = is_kind(tokens, index - 2, TokenKind.CURRENCY)
    return (suffix.value, index + 1) if money or token.text not in ("B", "K") else (1, index)
