"""Tense: whether the words around a time expression look back or ahead."""

from __future__ import annotations

from enum import StrEnum

from dataset.lexer import Tokens
from dataset.timeline_words import time_words

_REACH = 25  # tokens: a verb further away belongs to another clause
_WALLS = frozenset(';:"“”')
_OPENERS = frozenset(',"“‘>-–—')


class Tense(StrEnum):
    """Where the nearest verb looks; UNSAID where no word tells."""

    PAST = "past"
    FUTURE = "future"
    UNSAID = "unsaid"


def read_tense(tokens: Tokens, first: int, last: int) -> Tense:
    """Tense of the clause around tokens `first` up to `last`: the verb before it, or behind an opening phrase."""
    before = _nearest(tokens, range(first - 1, max(-1, first - _REACH), -1))
    opens = first <= 1 or tokens[first - 1].text in _OPENERS
    if before is not Tense.UNSAID and not opens:
        return before
    behind = _nearest(tokens, range(last, min(len(tokens), last + _REACH)))
    return behind if behind is not Tense.UNSAID else before


def tense_of_word(word: str) -> Tense:
    """What a single word in lower case tells of the tense."""
    roles = time_words().roles
    if word in roles["past"]:
        return Tense.PAST
    if word in roles["future"] or word.endswith("'ll"):
        return Tense.FUTURE
    regular = len(word) > 3 and word.endswith("ed") and word[-3] not in "er"
    return Tense.PAST if regular else Tense.UNSAID


def _nearest(tokens: Tokens, indices: range) -> Tense:
    """The first word of the indices that tells a tense, up to the end of the clause."""
    for index in indices:
        if tokens[index].text in _WALLS:
            break
        tense = tense_of_word("" if tokens[index].text == "May" else tokens[index].lower)
        if tense is not Tense.UNSAID:
            return tense
    return Tense.UNSAID
