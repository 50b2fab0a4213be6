"""Strikes: whether one is of workers or of arms, which the same noun names."""

from __future__ import annotations

from collections.abc import Container, Iterable

from dataset.agents import find_agent
from dataset.attribution.phrases import DEMONYM_ENDINGS, Line
from dataset.attribution.words import report_words
from dataset.events.regions import holds
from dataset.lexer import TokenKind
from dataset.vocabulary import vocabulary

STRIKES = frozenset("strike strikes".split())
_WORK = frozenset({"worker"})
_TRADES = frozenset({"trade"})  # a port strike, but a strike hit the port
_ARMS = frozenset({"raid", "arms", "projectile", "aircraft"})
_FRONT = 5  # tokens before the noun among which what it is of stands
_BEHIND = 7
_OF_A_TRADE = 2  # tokens of its own phrase before the noun
_OF_A_NATION = 2  # how near a nation counts: a Russian strike, but a French strike over pay
_LENGTHS = frozenset("hour day week month".split())
_NOWHERE = 100  # tokens; further than any word that is looked at
_POINTERS = frozenset("the this that these those its their further more new another".split())


def strike_type(line: Line, index: int, seen: Container[str]) -> str | None:
    """The type of event that the strike at `index` is, by the nearest word that tells; None where none does.

    Without one it is what the article has told of before, if that was only one of the two.
    """
    before = range(index - 1, max(-1, index - 1 - _FRONT), -1)
    behind = range(index + 1, min(len(line.low), index + 1 + _BEHIND))
    work = 0 if _is_stoppage(line, index) else _nearest(line, (before, behind), _WORK)
    arms = min(_nearest(line, (before, behind), _ARMS), _nation(line, before), _aim(line, index))
    if work <= arms and work < _NOWHERE:
        return "protest"
    if holds(line, before[:_OF_A_TRADE], _TRADES) and arms > 1:
        return None if "attack" in seen else "protest"  # the port strike, where the port was shelled
    if arms < _NOWHERE:
        return "attack"
    told = [event_type for event_type in ("attack", "protest") if event_type in seen]
    return told[0] if len(told) == 1 and not _POINTERS.isdisjoint(line.low[max(0, index - 2) : index]) else None


def _nearest(line: Line, sides: Iterable[range], classes: frozenset[str]) -> int:
    """How far, in tokens, the nearest word of the classes stands on either side."""
    return min((n for side in sides for n, at in enumerate(side, 1) if holds(line, (at,), classes)), default=_NOWHERE)


def _is_stoppage(line: Line, index: int) -> bool:
    """Whether the words around say that work rests: on strike, a two-day strike."""
    length = line.at(index - 1) in _LENGTHS and line.at(index - 2) == "-"
    return length or (line.at(index - 1) == "on" and line.low[index] == "strike")


def _nation(line: Line, before: range) -> int:
    """How near the nation counts that the strike is said to be of."""
    for at in before:
        word = line.low[at]
        if line.is_break(at):
            break
        if line.capital(at) and (word.endswith(DEMONYM_ENDINGS) or find_agent(line.tokens[at].text)):
            return _OF_A_NATION
    return _NOWHERE


def _aim(line: Line, index: int) -> int:
    """How near what the strike is aimed at stands: on the bridge, but not on Monday."""
    if line.at(index + 1) not in ("on", "against") or index + 2 >= len(line.low):
        return _NOWHERE
    word, number = line.low[index + 2], line.tokens[index + 2].kind is TokenKind.NUMBER
    return _NOWHERE if number or word in report_words().days or word in vocabulary().calendar else 1
