"""Dates that are not those of the amounts around them: of a decision, of a document, of the clause that follows."""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, is_kind, lower_at
from dataset.timeline.scope import Expression, Role
from dataset.timeline.tense import Tense, tense_of_word
from dataset.timeline.words import time_words
from dataset.vocabulary import NumberRole, vocabulary

_JOINTS = frozenset("and but while whereas".split())
_PLANS = frozenset("plans plan will hopes hope aims aim intends intend expects expect wants want".split())
_BEFORE_PLAN = frozenset("it they he she we also now then soon later".split())
_PHRASE = 8  # tokens between a document and the date of its making


def opens_clause(tokens: Tokens, found: Expression) -> bool:
    """Whether a new clause begins with the date: …, and in March the port took 40 ships."""
    joined = lower_at(tokens, found.first - 1) in _JOINTS and lower_at(tokens, found.first - 2) == ","
    return joined and is_kind(tokens, found.last, TokenKind.WORD) and lower_at(tokens, found.last) not in _JOINTS


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
