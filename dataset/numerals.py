"""Numerals: digits in any grouping and number words, with their scale, to one value.

4,373 · 473 400 · 2.39 million · $95bn · half a million · two hundred and six · three dozen
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
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


_STARTERS = frozenset("a an several few many minus".split())


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
    simple = read_digits(tokens, unsigned) or _read_words(tokens, unsigned)
    if simple is None:
        return None
    value, last = simple
    value = -value if unsigned > index else value
    factor, behind = _read_scale(tokens, last)
    scaled = behind > last or any(number_word(tokens, i, NumberRole.SCALE) for i in range(index, last))
    return Number(NumberForm.CARDINAL, index, behind, value * factor, value * factor, scaled)


def _skip_minus(tokens: Tokens, index: int) -> int:
    """Index behind a minus, in words or as a sign that touches its number and nothing before it."""
    if is_word(tokens, index, "minus"):
        return index + 2 if is_hyphen(tokens, index + 1) else index + 1
    touches = (
        index > 0
        and is_kind(tokens, index, TokenKind.DASH)
        and len(tokens[index].text) == 1
        and index + 1 < len(tokens)
    )
    return index + 1 if touches and not tokens[index].glued and tokens[index + 1].glued else index


def read_digits(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """Digits in any grouping: value and index behind."""
    if index >= len(tokens) or tokens[index].kind is not TokenKind.NUMBER:
        return None
    text, last = tokens[index].text, index + 1
    if text.isdigit() and len(text) <= 3:
        while last < len(tokens) and _is_thousands_group(tokens, last):
            text, last = text + tokens[last].text, last + 1
    return parse_digits(text), last


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
    """Number words up to, not including, a final scale: value and index behind."""
    if is_word(tokens, index, "half") and (start := half_scale(tokens, index + 1)):
        return 0.5, start
    if is_word(tokens, index, "a", "an") and number_word(tokens, index + 1, NumberRole.SCALE):
        return 1, index + 1
    total, last = read_below_hundred(tokens, index)
    if last == index:
        return None
    if is_word(tokens, last, "and") and is_word(tokens, last + 1, "a") and is_word(tokens, last + 2, "half"):
        return total + 0.5, last + 3
    if is_word(tokens, last, "hundred") and (
        is_word(tokens, last + 1, "and") or number_word(tokens, last + 1, *_SMALL)
    ):
        rest_at = last + 2 if is_word(tokens, last + 1, "and") else last + 1
        rest, behind = read_below_hundred(tokens, rest_at)
        if behind > rest_at:
            return total * 100 + rest, behind
    return total, last


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


def _read_scale(tokens: Tokens, index: int) -> tuple[float, int]:
    """The scale words at `index`: factor and index behind."""
    factor, last = 1.0, index
    while True:
        at = last + 1 if is_hyphen(tokens, last) else last
        word = number_word(tokens, at, NumberRole.SCALE)
        if word is None:
            break
        factor, last = factor * word.value, at + 1
    if last == index and index < len(tokens) and tokens[index].glued:
        suffix = number_word(tokens, index, NumberRole.SUFFIX)
        if suffix and tokens[index - 1].kind is TokenKind.NUMBER:
            return suffix.value, index + 1
    if last == index and is_word(tokens, index, "bn", "mln", "bln", "tn", "trn"):
        return vocabulary().numbers[tokens[index].lower].value, index + 1
    return factor, last
