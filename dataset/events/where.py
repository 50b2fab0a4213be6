"""Where an event takes place: the name behind a word of place."""

from __future__ import annotations

from dataset.agents import find_agent
from dataset.attribution.phrases import DEMONYM_ENDINGS, Line, Phrase, PhraseKind, bare, read_group, text_of
from dataset.events.noun_phrases import noun_phrase
from dataset.events.trigger import Trigger
from dataset.events.words import event_words
from dataset.lexer import TokenKind
from dataset.vocabulary import vocabulary

WHERE = frozenset("in at near on over across outside inside around into to from off throughout toward towards".split())
FAR = 16  # tokens between a trigger and its place
WALLS = frozenset(". ; : ? ! “ ” who which that while because although but".split())
_DIRECTIONS = frozenset("the central eastern western northern southern north south east west capital city".split())
_FRONTS = frozenset(
    "parliament airport square coast village town city region frontline frontlines front zone zones border "
    "capital".split()
)


def find_place(line: Line, trigger: Trigger) -> Phrase | None:
    """The first name behind a word of place: behind the trigger, else before it."""
    behind = range(trigger.last, min(trigger.last + FAR, len(line.low) - 1))
    return _place_among(line, behind) or _place_among(line, range(trigger.first - 1, max(-1, trigger.first - FAR), -1))


def _place_among(line: Line, indices: range) -> Phrase | None:
    for at in indices:
        if line.low[at] in WALLS:
            return None
        if line.low[at] == "to" and line.at(at - 1) == "according":
            return None
        of_place = line.low[at] == "of" and _is_kind_of_place(line, at - 1)
        if (line.low[at] in WHERE or of_place) and (found := _named_place(line, at + 1)):
            return found
    return None


def _is_kind_of_place(line: Line, index: int) -> bool:
    return "place" in event_words().classes.get(line.at(index), ())


def _named_place(line: Line, begin: int) -> Phrase | None:
    """The name that stands there, if it may be one of a place: no date, no person and no body."""
    first = begin
    while first < len(line.low) and line.low[first] in _DIRECTIONS:
        first += 1
    if line.at(first + 1) == "of" and _is_kind_of_place(line, first):
        first += 2  # the town of X
    if line.low[first : first + 1] and line.low[first].endswith(DEMONYM_ENDINGS) and line.at(first + 2) == "of":
        first += 3 * _is_kind_of_place(line, first + 1)  # the Japanese island of X
    last = first
    while last < len(line.low) and line.tokens[last].kind is TokenKind.WORD and line.capital(last):
        last += 1
    if last == first:
        found = noun_phrase(line, begin)
        return found if found and line.low[found.head] in _FRONTS else None
    if bare(line.low[first]) in vocabulary().calendar or line.low[last - 1].endswith("'s"):
        return None
    entry = find_agent(text_of(line, first, last))
    if entry and entry.kind not in ("country", "region", "government"):
        return None
    if any(find_agent(line.tokens[at].text) for at in range(first + 1, last)) and not entry:
        return None  # to Bolster Russia
    found = read_group(line, first, first, last)
    return found if found and found.kind is not PhraseKind.PERSON else None
