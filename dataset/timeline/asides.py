"""Dates that are not those of the amounts around them: of a decision, of a document, of the clause that follows."""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, is_kind, lower_at
from dataset.timeline.scope import Expression, Role
from dataset.timeline.tense import Tense, tense_of_word
from dataset.timeline.words import time_words
from dataset.vocabulary import NumberRole, vocabulary

_JOINTS = frozenset("and but while whereas".split())
_PLANS = frozenset("plans plan will hopes hope aims aim intends intend expects expect wants want could might".split())
_BEFORE_PLAN = frozenset("it they he she we also now then soon later".split())
_JOINING = _JOINTS | {"or", "then"}
_WHO = frozenset({"who", "whose"})
_RELATIVES = _WHO | {"which", "where"}
_PARTICIPLES = frozenset("born built begun held known led made set sold won written".split())
_PAST_TOO = frozenset("beat burst cost cut put shut spread".split())
_ASIDE = 14  # tokens from a comma to the date
_MAIN = 10  # tokens behind an aside that tell the tense of the main clause
_PHRASE = 8  # tokens between a document and the date of its making


def opens_clause(tokens: Tokens, found: Expression) -> bool:
    """Whether a new clause begins with the date: …, and in March the port took 40 ships."""
    joined = lower_at(tokens, found.first - 1) in _JOINTS and lower_at(tokens, found.first - 2) == ","
    return joined and is_kind(tokens, found.last, TokenKind.WORD) and lower_at(tokens, found.last) not in _JOINTS


def aside_end(tokens: Tokens, found: Expression) -> int:
    """Index where what the date does not date goes on behind its aside, or 0: the bank, founded in 1921, has 40 shops.

    A main clause in the simple past mostly tells of the same day, and one in the perfect of the same news: the fire,
    which broke out on Monday, killed 40, has killed 40.
    """
    opening = next((at for at in _back(found.first, _ASIDE) if tokens[at].lower in (",", "that")), 0)
    if found.role is not Role.AT or lower_at(tokens, opening) != ",":
        return 0
    word = lower_at(tokens, opening + 1)
    if word not in _RELATIVES and word not in _PARTICIPLES and not _is_participle(word):
        return 0
    ahead = range(found.last, min(len(tokens), found.last + _ASIDE))
    main = next((at + 1 for at in ahead if tokens[at].text == ","), 0)
    if not main or lower_at(tokens, main) in _JOINING:
        return 0  # a list: hit a ship, burned two on Monday, and sank 40
    personal = word in _WHO and found.start is not None and not found.start.month  # who was elected in 2015
    return main if personal or not _goes_on_in_past(tokens, main, found) else 0


def _back(index: int, most: int) -> range:
    return range(index - 1, max(-1, index - most), -1)


def _is_participle(word: str) -> bool:
    return word.endswith("ed") and tense_of_word(word) is Tense.PAST


def _goes_on_in_past(tokens: Tokens, main: int, found: Expression) -> bool:
    """Whether the first verb from `main` on that tells a tense is in the simple past, or the perfect behind a day."""
    for token in tokens[main : main + _MAIN]:
        tense = tense_of_word(token.lower)
        if token.text in (",", ";") or tense is Tense.FUTURE:
            return False
        if tense is Tense.PAST or token.lower in _PAST_TOO:
            dated = found.start is not None and found.start.day is not None
            return dated or token.lower not in ("has", "have")
    return False


def joins_plan(tokens: Tokens, index: int) -> bool:
    """Whether a plan is joined on at `index`, whose date is none of what stands before: has built 40 and plans more."""
    if tokens[index].lower not in ("and", "but"):
        return False
    at = index + 1
    at += lower_at(tokens, at) in _BEFORE_PLAN
    at += lower_at(tokens, at) in _BEFORE_PLAN
    return lower_at(tokens, at) in _PLANS


def dates_telling(tokens: Tokens, found: Expression) -> bool:
    """Whether it was decided on the date to do something later: agreed in May to double its aid."""
    decided = tense_of_word(lower_at(tokens, found.first - 1)) is Tense.PAST
    to = lower_at(tokens, found.last) == "to" and is_kind(tokens, found.last + 1, TokenKind.WORD)
    return found.role is Role.AT and decided and to and not _is_number(tokens, found.last + 1)


def _is_number(tokens: Tokens, index: int) -> bool:
    number = vocabulary().numbers.get(lower_at(tokens, index))
    return number is not None and number.role in (NumberRole.UNIT, NumberRole.TEN)


def dates_document(tokens: Tokens, found: Expression) -> bool:
    """Whether the date only says when a document was made that now speaks: the bill tabled in May provides 40 beds."""
    behind = lower_at(tokens, found.last)
    verb = is_kind(tokens, found.last, TokenKind.WORD) and behind not in vocabulary().function_words
    if found.role is not Role.AT or not verb:
        return False
    roles = time_words().roles
    for at in range(found.first - 1, max(0, found.first - _PHRASE), -1):
        if tense_of_word(tokens[at].lower) is Tense.PAST:
            made = tokens[at - 1].lower
            return made in roles["document"] or made in roles["source"]
    return False
