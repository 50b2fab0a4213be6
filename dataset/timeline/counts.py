"""Numbers before a word for a length of time: 10 days, two to four months, a year."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.lexer import TokenKind, is_hyphen, is_kind
from dataset.timeline.scope import Scope
from dataset.vocabulary import NumberRole, vocabulary


@dataclass(frozen=True, slots=True)
class Count:
    """So many units before the word for the unit: low to high, over tokens from `first`."""

    first: int
    low: float
    high: float


def read_count(scope: Scope, index: int) -> Count | None:
    """The number before the unit at `index`: 10, three, two to four, a."""
    at = index - 2 if is_hyphen(scope.tokens, index - 1) else index - 1
    high = _number_at(scope, at)
    if high is None:
        return None
    if scope.word(at - 1) in ("to", "or") or is_kind(scope.tokens, at - 1, TokenKind.DASH):
        low = _number_at(scope, at - 2)
        if low is not None and low < high:
            return Count(at - 2, low, high)
    return Count(at, high, high)


def _number_at(scope: Scope, index: int) -> float | None:
    word = scope.word(index)
    if word in ("a", "an"):
        return 1
    if is_kind(scope.tokens, index, TokenKind.NUMBER):
        return float(word) if word.isdigit() and len(word) <= 3 else None
    number = vocabulary().numbers.get(word)
    return number.value if number and number.role in (NumberRole.UNIT, NumberRole.TEN) else None
