"""Tense: whether the words around a time expression look back or ahead."""

from __future__ import annotations

from enum import StrEnum

from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.timeline.words import time_words

_REACH = 25  # tokens: a verb further away belongs to another clause
_AIM = 14  # tokens from an infinitive to its deadline
_WALLS = frozenset(';:"“”')
_INNER_WALLS = _WALLS | {","}  # what follows a comma tells nothing of a date inside its clause
_NO_VERBS = frozenset("need indeed hundred speed feed seed exceed proceed succeed sacred shed breed greed".split())
_NO_INFINITIVES = frozenset("the a an this that these those his her its their our my your some all and".split())
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
    behind = _nearest(tokens, range(last, min(len(tokens), last + _REACH)), _WALLS if opens else _INNER_WALLS)
    return behind if behind is not Tense.UNSAID else before


def tense_of_word(word: str) -> Tense:
    """What a single word in lower case tells of the tense."""
    roles = time_words().roles
    if word in roles["past"]:
        return Tense.PAST
    if word in roles["future"] or word.endswith("'ll"):
        return Tense.FUTURE
    regular = len(word) > 3 and word.endswith("ed") and word not in _NO_VERBS
    return Tense.PAST if regular else Tense.UNSAID


def _nearest(tokens: Tokens, indices: range, walls: frozenset[str] = _WALLS) -> Tense:
    """The first word of the indices that tells a tense, up to the end of the clause."""
    for index in indices:
        if tokens[index].text in walls:
            break
        tense = tense_of_word("" if _is_no_verb(tokens, index) else tokens[index].lower)
        if tense is not Tense.UNSAID:
            return tense
    return Tense.UNSAID


def _is_no_verb(tokens: Tokens, index: int) -> bool:
    """Whether the word only looks like one that tells a tense: the month of May, a decree that set a limit."""
    word = tokens[index]
    return word.text == "May" or (word.lower == "set" and lower_at(tokens, index + 1) not in ("to", "for"))


def is_deadline_of_aim(tokens: Tokens, first: int) -> bool:
    """Whether the date at `first` ends what was decided to be done: chose to keep the road shut until mid-May."""
    until = next((at for at in range(first - 1, max(-1, first - 4), -1) if tokens[at].lower in ("until", "till")), 0)
    aims = range(until - 1, max(-1, until - _AIM), -1)
    return any(tokens[at].lower == "to" and _is_verb(tokens, at + 1) for at in aims)


def _is_verb(tokens: Tokens, index: int) -> bool:
    """Whether a word that may be an infinitive stands there: neither a name nor an article nor a number."""
    word = tokens[index]
    return word.kind is TokenKind.WORD and not word.capitalised and word.lower not in _NO_INFINITIVES
