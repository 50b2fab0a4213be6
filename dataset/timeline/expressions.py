"""The time expressions of a sentence: every date with the words before it that say what it stands for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from dataset.dates import is_numeric, is_year
from dataset.lexer import TokenKind, Tokens, is_kind
from dataset.periods import Moment
from dataset.timeline.dates import read_month, read_pointed, read_year
from dataset.timeline.lengths import read_unit
from dataset.timeline.parts import read_quarter, read_run_up
from dataset.timeline.relative import read_day_word, read_present, read_season, read_weekday
from dataset.timeline.same import read_same
from dataset.timeline.scope import Expression, Role, Scope
from dataset.timeline.tense import Tense, read_tense
from dataset.timeline.windows import join_dates
from dataset.timeline.words import time_words
from dataset.vocabulary import vocabulary

_READERS: dict[str, Callable[[Scope, int], Expression | None]] = {
    "month": read_month,
    "weekday": read_weekday,
    "day": read_day_word,
    "unit": read_unit,
    "season": read_season,
    "present": read_present,
    "span": read_same,
}
_PASSED = frozenset("the a about around only just back least early late mid".split())
_LINKS = frozenset("in on at to with the of for during".split())
_IN = frozenset({"in", "during", "at", "on"})


def find_expressions(scope: Scope) -> list[Expression]:
    """The expressions of the scope's sentence from left to right, never overlapping."""
    heads = time_words().heads
    for index, token in enumerate(scope.tokens):
        if token.kind is TokenKind.WORD:
            role = heads.get(token.lower)
            found = _READERS[role](scope, index) if role else None
        elif token.kind is TokenKind.NUMBER and len(token.text) == 4:
            found = read_year(scope, index) if index >= scope.taken_to() else None
        elif token.kind is TokenKind.CODE:
            found = read_quarter(scope, index) if heads.get(token.lower) == "quarter" else read_pointed(scope, index)
        else:
            continue
        if found and found.start and found.first >= scope.taken_to():
            _take(scope, _with_role(scope, _with_part(scope, found)))
    return scope.found


def _take(scope: Scope, found: Expression) -> None:
    """Add the expression, joined with the one before it where both make a window."""
    joined = join_dates(scope, scope.found[-1], found) if scope.found else None
    if joined:
        scope.found[-1] = joined
    else:
        scope.found.append(found)
    if found.role is Role.AT and not found.loose:
        scope.anchor = found.start
    last = scope.found[-1]
    lasting = last.role is Role.WINDOW or (last.role is Role.AT and (scope.span is None or scope.span.role is Role.AT))
    if lasting and not (last.loose or last.told or last.leaning or last.faint):
        scope.span = last


def _with_part(scope: Scope, found: Expression) -> Expression:
    """Narrowed to its first or last month by words before it: the end of 2022, early May."""
    if scope.word(found.first - 1) == "the" and scope.word(found.first - 2) == "of":
        found = replace(found, first=found.first - 1)
    at = found.first - 1
    at -= scope.word(at) == "of" or is_kind(scope.tokens, at, TokenKind.DASH)
    part = scope.value("part", at)
    if part is None or at < scope.taken_to():
        return found
    found = replace(found, first=at)
    if part == "inside" or found.start is None or found.start.month or found.start != found.end:
        return found
    month = Moment(found.start.year, 1 if part == "start" else 12)
    return replace(found, start=month, end=month, closing=part == "end")


def _with_role(scope: Scope, found: Expression) -> Expression:
    """The expression with the preposition before it taken in."""
    at = found.first - 1
    while scope.word(at) in _PASSED and at >= scope.taken_to():
        at -= 1
    of = scope.word(at) == "of" and scope.word(at - 1) == "as"
    preposition = "as of" if of else scope.value("preposition", at)
    possessive = scope.tokens[found.last - 1].lower.endswith("'s")
    loose = _is_attribute(scope, found, at) or _is_compared(scope, found)
    found = replace(found, possessive=possessive, loose=loose)
    if preposition is None or at < scope.taken_to():
        return found
    return _prepositional(scope, replace(found, first=at - of), preposition, at)


def _is_attribute(scope: Scope, found: Expression, at: int) -> bool:
    """Whether the date only names something: the 2022 law, Russia's 2022 invasion, the Sunday paper."""
    behind, possessive = found.last, scope.tokens[found.last - 1].lower.endswith("'s")
    year = is_year(scope.tokens, behind - 1)
    simple = year or scope.word(behind - 1) in time_words().weekdays or found.yearless
    noun = is_kind(scope.tokens, behind, TokenKind.WORD) and scope.word(behind) not in vocabulary().function_words
    if not simple or possessive or not noun or scope.value("part", found.first):
        return False
    if at == found.first - 1:
        named = is_kind(scope.tokens, at, TokenKind.WORD) and scope.value("preposition", at) is None
        return named and (scope.tokens[at].lower.endswith("'s") or (year and found.last == found.first + 1))
    return scope.word(at) not in _IN and scope.word(found.first - 1) in ("the", "a")


def _is_compared(scope: Scope, found: Expression) -> bool:
    """Whether the date only is what something is held against: fewer than in 2021, compared with last spring."""
    at = found.first - 1
    owner = scope.tokens[found.last - 1].lower.endswith("'s") and is_numeric(scope.tokens, found.last)
    lasting = scope.value("unit", found.last - 1) in ("year", "quarter", "month") or scope.word(found.first) == "same"
    before = at - (scope.word(at) == "the")
    if scope.word(before) == "on" and lasting and not owner:
        return True  # up a tenth on last year
    while scope.word(at) in _LINKS and at >= scope.taken_to():
        at -= 1
    hedge = scope.word(at) == "than" and scope.word(found.last - 1) == "ago" and scope.word(at - 1) in ("more", "less")
    return scope.word(at) in ("than", "compared", "versus", "against", "unlike") and not hedge and not owner


def _prepositional(scope: Scope, found: Expression, preposition: str, at: int) -> Expression:
    """What the preposition at `at` makes of the date."""
    dating = preposition == "to" and scope.word(at - 1) in ("dating", "back", "dates")
    if preposition == "since" or dating:
        bounds = not dating and is_superlative(scope.tokens, at)
        return replace(found, role=Role.SINCE, end=scope.published, loose=bounds)
    if preposition == "to":
        return _behind_to(scope, found, at)
    if preposition == "after":
        return _after(scope, found)
    if preposition == "from" and not found.possessive and found.role is Role.AT:
        told = scope.value("source", at - 1) is not None
        return replace(found, told=True) if told else replace(found, role=Role.FROM, end=None)
    if preposition == "until" or (preposition == "by" and scope.word(at) == "before"):
        return replace(found, role=Role.UNTIL, start=None) if preposition == "until" else _before(scope, found)
    return replace(found, state=True) if preposition in ("by", "as of") else found


def _behind_to(scope: Scope, found: Expression, at: int) -> Expression:
    """The length of time that ends with the date, where one does: the three months to March."""
    run_up = read_run_up(scope, found.end, at) if found.end else None
    return replace(found, first=run_up[0], start=run_up[1], role=Role.WINDOW, loose=False) if run_up else found


def _after(scope: Scope, found: Expression) -> Expression:
    """After a date is no date; after second-quarter losses is that quarter."""
    governs = found.role is Role.WINDOW and is_kind(scope.tokens, found.last, TokenKind.WORD)
    return replace(found, loose=found.loose or not governs)


def _before(scope: Scope, found: Expression) -> Expression:
    """Before 2014 is up to 2013; before a date ahead is a deadline."""
    if found.start is None or read_tense(scope.tokens, found.first, found.last) is Tense.FUTURE:
        return found
    end = found.start if found.start.month else found.start.shift("year", -1)
    return replace(found, role=Role.UNTIL, start=None, end=end)


def is_superlative(tokens: Tokens, index: int) -> bool:
    """Whether "since" at `index` only bounds a comparison: the largest since 2011, for the first time since."""
    near = [token.lower for token in tokens[max(0, index - 8) : index]]
    return any((len(word) > 4 and word.endswith("est")) or word in ("first", "most", "record") for word in near)
