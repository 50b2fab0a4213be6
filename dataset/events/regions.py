"""Regions: where the subject and the object of a verb stand, and which classes of words they hold."""

from __future__ import annotations

from collections.abc import Iterable

from dataset.attribution.phrases import PREPOSITIONS, Line, bare
from dataset.attribution.words import report_words
from dataset.events.words import MONEY, NAME, NUMBER, EventVerb, event_words
from dataset.lexer import TokenKind
from dataset.vocabulary import vocabulary

REGION = 12  # tokens of an object or a subject that are looked at
PARTICLE = 5  # tokens between a verb and its particle: withdrew on Monday from, took 40 men prisoner
WALLS = frozenset(". ; : ? ! ( ) who which that while because although but as where when after before since".split())
RELATIVES = frozenset("who which that".split())
WHERE = frozenset("in on at near from by to into across against toward towards inside outside through".split())


def is_end(line: Line, index: int) -> bool:
    """Whether a phrase is over before the index."""
    return index >= len(line.low) or line.is_break(index)


def object_region(line: Line, first: int, verb: EventVerb | None = None) -> range:
    """Where the object stands: behind the verb, and its particle, up to the next word of place."""
    if verb and verb.after:
        particle = range(first, min(first + PARTICLE, len(line.low)))
        behind = next((at + 1 for at in particle if line.low[at] in verb.after), first)
        if line.at(behind - 1) in PREPOSITIONS or behind == first:
            first = behind  # withdrew from the treaty, but: dragged ten men out
    region = region_behind(line, first)
    return range(first, next((at for at in region if line.low[at] in WHERE and at > first), region.stop))


def region_behind(line: Line, first: int) -> range:
    """The tokens from `first` to the end of the clause."""
    last = first
    while last < min(len(line.low), first + REGION) and line.low[last] not in WALLS:
        last += 1
    return range(first, last)


def region_before(line: Line, last: int) -> range:
    """The tokens of the clause up to `last`; of a relative clause, what it stands behind."""
    if last > 0 and line.low[last] in RELATIVES:
        last -= 1 + (line.low[last - 1] == ",")
    first = last + 1
    while first > max(0, last + 1 - REGION) and line.low[first - 1] not in WALLS:
        first -= 1
    return range(first, last + 1)


def holds(line: Line, region: Iterable[int], classes: frozenset[str]) -> bool:
    """Whether a word of one of the classes stands in the region."""
    return any(_is_of(line, at, classes) for at in region)


def _is_of(line: Line, index: int, classes: frozenset[str]) -> bool:
    """Whether the word is of one of the classes."""
    token = line.tokens[index]
    common = index == 0 and token.lower in vocabulary().function_words
    if NAME in classes and line.capital(index) and not common:
        return token.lower not in report_words().days
    if NUMBER in classes and (token.kind is TokenKind.NUMBER or token.lower in vocabulary().numbers):
        return True
    if MONEY in classes and _is_money(line, index):
        return True
    return not classes.isdisjoint(event_words().classes.get(bare(token.lower), ()))


def _is_money(line: Line, index: int) -> bool:
    if line.tokens[index].kind is TokenKind.CURRENCY:
        return True
    unit = vocabulary().units.at(line.tokens, index)
    return unit is not None and unit[1].dimension == "money"
