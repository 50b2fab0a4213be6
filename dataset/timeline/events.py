"""Times told by an event: since the start of the war, since the invasion in late February, so far in the conflict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property

from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.periods import Moment
from dataset.timeline.expressions import is_superlative
from dataset.timeline.scope import Expression, Role, Scope
from dataset.timeline.words import KnownEvent, time_words

_REACH = 16  # tokens that a clause behind "since" may take
_CLAUSE_ENDS = frozenset(', ; : . ( ) " “ ” has have had to'.split())
_OPENERS = frozenset({"since", "from", "so", "before", "at"})
_MOST = 40  # openings looked at in one sentence; no sentence of prose has more
_ENOUGH = 2  # words of the text that have to point at an event


class Events:
    """The known events that the words of a document point at."""

    def __init__(self, sentences: Iterable[Tokens]) -> None:
        self._sentences = sentences

    @cached_property
    def _words(self) -> Counter[str]:
        """How often each word occurs; counted when the first event is looked up, as most texts name none."""
        return Counter(token.lower for tokens in self._sentences for token in tokens)

    def find(self, scope: Scope, first: int, last: int) -> tuple[int, KnownEvent] | None:
        """The first event named between the indices, with the index behind its name."""
        for index in range(first, last):
            named = time_words().events.at(scope.tokens, index)
            event = self._choose(scope, named[1]) if named else None
            if named and event:
                return named[0], event
        return None

    def _choose(self, scope: Scope, events: tuple[KnownEvent, ...]) -> KnownEvent | None:
        """The event that sentence and document speak of most; None where they do not point at one."""
        said = {token.lower for token in scope.tokens}
        best, most = None, 0
        for event in events:
            score = sum(self._words[word] for word in event.context)
            past = scope.published is None or event.start.first_day <= scope.published.last_day
            score += 1000 * len(said & event.context) if score else 0
            if past and score >= _ENOUGH and score > most:
                best, most = event, score
        return best


def add_events(scope: Scope, events: Events) -> list[Expression]:
    """The scope's expressions with those told by an event, from left to right."""
    found = scope.found
    openings = [index for index, token in enumerate(scope.tokens) if token.lower in _OPENERS]
    for index in openings[:_MOST]:
        last = _opening(scope, index)
        if last and not any(each.first <= index < each.last for each in found):
            found = _add(scope, events, found, (index, last))
    return found


def _opening(scope: Scope, index: int) -> int:
    """Index behind the words that open a time told by an event, or 0: since · from the start of · so far in."""
    word, tokens = scope.word(index), scope.tokens
    if word in ("since", "before"):
        return index + 1
    if word == "so":
        return index + 3 if lower_at(tokens, index + 1) == "far" and scope.word(index + 2) in ("in", "during") else 0
    at = index + 1 + (scope.word(index + 1) in ("the", "its"))
    at += scope.word(at) == "very"
    start = scope.value("part", at) == "start" and scope.word(at + 1) == "of"
    return at + 2 if start and word in ("from", "at") else 0


def _add(scope: Scope, events: Events, found: list[Expression], opening: tuple[int, int]) -> list[Expression]:
    """The expressions with the one that begins at the opening; a date inside its clause is taken in."""
    first, last = opening
    end = _clause_end(scope, last)
    if scope.word(first) == "since" and scope.word(last) == "then":
        return _ordered(found, _since(scope, first, last + 1, _spoken_of(scope, first)))
    inside = [each for each in found if last <= each.first and each.last <= end and each.start and each.role is Role.AT]
    named = events.find(scope, last, end)
    if not named and not (inside and scope.word(first) == "since"):
        return found
    start, behind = (named[1].end or named[1].start, named[0]) if named else (None, last)
    if scope.word(first) == "before":
        month = named[1].start.cut("month") if named else None
        made = Expression(first, behind, month, month) if month and not inside else None
        return _ordered(found, made)
    if inside:
        behind = max(behind, inside[0].last)
        if start is None or inside[0].start is None or inside[0].start.month or inside[0].start.year != start.year:
            start = inside[0].start
    made = _since(scope, first, behind, start)
    if made and scope.word(first) == "at" and start:
        made = replace(made, role=Role.AT, start=start.cut("month"), end=start.cut("month"))
    return _ordered([each for each in found if each not in inside[:1]], made)


def _clause_end(scope: Scope, first: int) -> int:
    """Index where the clause that begins at `first` ends, at most some words further."""
    last = min(len(scope.tokens), first + _REACH)
    for index in range(first, last):
        token = scope.tokens[index]
        if token.lower in _CLAUSE_ENDS or (token.kind is TokenKind.DASH and not token.glued):
            return index
    return last


def _spoken_of(scope: Scope, index: int) -> Moment | None:
    """The last date that the sentence speaks of before `index`, or the text before the sentence."""
    before = [each.start for each in scope.found if each.last <= index and each.role is Role.AT]
    return before[-1] if before else scope.earlier


def _since(scope: Scope, first: int, last: int, start: Moment | None) -> Expression | None:
    if start is None:
        return None
    loose = is_superlative(scope.tokens, first)
    return Expression(first, last, start, scope.published, Role.SINCE, loose=loose)


def _ordered(found: list[Expression], made: Expression | None) -> list[Expression]:
    return sorted([*found, made], key=lambda each: each.first) if made else found
