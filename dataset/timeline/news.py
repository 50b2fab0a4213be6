"""News of the day: sentences without a time of their own that carry on what the lead reports."""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, is_hyphen, lower_at
from dataset.periods import Moment
from dataset.timeline.reach import Limits
from dataset.timeline.scope import Expression, Role
from dataset.timeline.tense import Tense, tense_of_word
from dataset.timeline.words import time_words

_NEWS_AGE = 3  # days: what lies further back is no news of the day
_FRESH = 1  # days: such a day holds beyond the lead
_NEAR = 12  # tokens on either side of an amount that hold its verb
_LONG = 120  # tokens: what stands further on in a sentence says little of its figures
_BE, _HAVE = frozenset({"is", "are"}), frozenset({"has", "have"})
_PRESENT = frozenset("is are be am has have".split())
_STATES = frozenset("was were had did has have been".split())  # tell a state unless an act follows
_AUXILIARIES = frozenset("was were had been being".split())
_PARTICIPLES = frozenset("cut hurt taken driven given thrown torn burnt put hit shot".split())
_WALLS = frozenset('; “ ” " who which whose'.split())


def find_news_day(found: list[Expression], published: Moment) -> Limits | None:
    """The first recent day among the expressions; the month where publication is known no better."""
    for each in found:
        day = each.start
        if each.role is not Role.AT or each.loose or each.told or day is None or day != each.end:
            continue
        if day.day and published.day and 0 <= (published.first_day - day.first_day).days <= _NEWS_AGE:
            return day, day
    return None


def is_fresh(day: Moment | None, published: Moment) -> bool:
    """Whether the day is that of publication or the one before."""
    return day is not None and 0 <= (published.first_day - day.first_day).days <= _FRESH


def tells_event(tokens: Tokens, first: int) -> bool:
    """Whether the verb near the amount tells what happened, and no word of the sentence points further back."""
    if is_hyphen(tokens, first + 1) or _is_rate(tokens, first):
        return False  # a 40-year-old, a two-storey house, 40 a week
    if any(lower_at(tokens, first - back) in _PRESENT for back in (1, 2, 3)):
        return False
    if not any(_is_event(tokens, index) for index in _clause(tokens, first)):
        return False
    return time_words().roles["background"].keys().isdisjoint(token.lower for token in tokens[:_LONG])


def _clause(tokens: Tokens, first: int) -> range:
    """The words around the amount, up to the ends of its clause."""
    begin, end = first, first
    while begin > max(0, first - _NEAR) and tokens[begin - 1].lower not in _WALLS:
        begin -= 1
    while end < min(len(tokens), first + _NEAR) and tokens[end].lower not in _WALLS:
        end += 1
    return range(begin, end)


def _is_event(tokens: Tokens, index: int) -> bool:
    """Whether the word is a verb of the past that tells an act: hit, was hit, had hit; not was alone, nor is hit."""
    word, before = tokens[index].lower, lower_at(tokens, index - 1)
    if before in _PRESENT or lower_at(tokens, index - 2) in _PRESENT or is_hyphen(tokens, index - 1):
        return False
    if word in _PARTICIPLES:
        return before in _AUXILIARIES
    return tense_of_word(word) is Tense.PAST and word not in _STATES and word not in time_words().roles["report"]


def _is_rate(tokens: Tokens, first: int) -> bool:
    """Whether so much a time or piece is meant, which no single day has: 40 a week, 5 euros per head."""
    for index in range(first + 1, min(len(tokens) - 1, first + 4)):
        rate = tokens[index].lower in ("a", "an", "per") and tokens[index + 1].kind is TokenKind.WORD
        if rate and tokens[index + 1].lower != "cent":
            return True
    return False


def lasts_now(tokens: Tokens, first: int, *, fresh: bool) -> bool:
    """Whether the amount still goes on: are being treated; or, in `fresh` news, has just come about: has left 40."""
    reports = time_words().roles["report"]
    for index in _clause(tokens, first):
        word, behind = tokens[index].lower, lower_at(tokens, index + 1)
        if word in _BE and behind in ("being", "still"):
            return True
        if fresh and word in _HAVE and index < first and behind not in reports and _is_past(behind):
            return True
    return False


def _is_past(word: str) -> bool:
    return word in _PARTICIPLES or (tense_of_word(word) is Tense.PAST and word not in _STATES)
