"""Trigger nouns: whether a noun of events tells one happening, and whether that has come about."""

from __future__ import annotations

from collections.abc import Container

from dataset.attribution.phrases import DETERMINERS, FINITE, PREPOSITIONS, Line
from dataset.attribution.subjects import BE, DO, HAVE, MODALS, NOT
from dataset.attribution.words import Form, report_words
from dataset.events.regions import RELATIVES, holds, is_end
from dataset.events.stances import AIMS, HABITS, Stance, find_governor, stance_under
from dataset.events.strikes import STRIKES, strike_type
from dataset.events.trigger import Trigger
from dataset.events.words import EventNoun, Governor, Weight, event_words
from dataset.lexer import TokenKind
from dataset.model import EventModality
from dataset.vocabulary import vocabulary

_WAVES = frozenset("wave waves series spate string round rounds number days weeks hours months night".split())
_BESIDE = (5, 7)  # tokens before and behind a noun among which what makes it an event stands
_LIGHT = frozenset("out launched launch conducted mounted staged held hold holds made stage launches".split())
_ILLS = frozenset("heart panic asthma".split())  # a heart attack
_REGULAR = frozenset("annual biannual yearly regular daily weekly monthly frequent".split())
_POINTERS = frozenset("the this that these those his her its their".split())
_JOINTS = frozenset("and or but to of as that than".split())
_ENDS = _JOINTS | _LIGHT | NOT  # no part of the noun's own phrase
_TIMES = frozenset("last this next earlier late early yesterday today tomorrow overnight again".split())
_COMING = frozenset("be take happen begin start occur follow come run go continue last have".split())
_INTRANSITIVE = frozenset(
    "began came took left broke went fell ran brought saw drew hit cut sent led comes marks follows brings raises "
    "occurs takes remains continues underscores coincides signals shows means leaves appears seems becomes "
    "became".split()
)


def read_noun(line: Line, index: int, seen: Container[str], *, title: bool) -> Trigger | None:
    """The trigger that the noun at `index` is, if it is one; `seen` are the types told before it."""
    found = event_words().nouns.at(line.tokens, index)
    if found is None or line.at(index - 1) in _ILLS or (index and line.capital(index) and not title):
        return None  # the National Election Commission
    last, nouns = found
    for noun in nouns:
        if not _is_told_by(line, (index, last), noun, seen):
            continue
        begun = "launch" in noun.beside  # fighting erupted
        if _is_modifier(line, last, noun) or not (begun or _is_specific(line, (index, last), title=title)):
            return None
        stance = _stance_of_noun(line, (index, last), noun.event_type)
        return Trigger(index, last, noun.event_type, stance, Weight.PLAIN) if stance else None
    return None


def _is_told_by(line: Line, span: tuple[int, int], noun: EventNoun, seen: Container[str]) -> bool:
    """Whether what makes the noun an event of the type stands beside it, or the article has told of one before."""
    first, last = span
    if line.low[first] in STRIKES and last - first == 1:
        return strike_type(line, first, seen) == noun.event_type
    again = noun.event_type in seen and line.at(first - 1) in ("the", "this", "that")
    return not noun.beside or again or holds(line, _near(line, first, last), noun.beside)


def _near(line: Line, first: int, last: int) -> list[int]:
    before = range(max(0, first - _BESIDE[0]), first)
    return [*before, *range(last, min(len(line.low), last + _BESIDE[1]))]


def _is_modifier(line: Line, last: int, noun: EventNoun) -> bool:
    """Whether another noun follows that the word only describes: attack drones, an election campaign."""
    if last >= len(line.low) or line.tokens[last].kind is not TokenKind.WORD or noun.plural:
        return last < len(line.low) and line.tokens[last].text == "-" and line.tokens[last].glued
    word = line.low[last]
    known = word in vocabulary().function_words or word in PREPOSITIONS or word in FINITE or line.capital(last)
    finite = frozenset({Form.PAST, Form.THIRD, Form.ING})
    forms = [verb.forms for verb in event_words().verbs.get(word, ())]
    forms += [verb.forms for verb in report_words().verbs.get(word, ())]
    verbal = word.endswith("ed") or any(form & finite for form in forms)
    timely = word in report_words().days or word in _TIMES or word.endswith("ly")
    drive = "drive" in event_words().classes.get(word, ())
    return not (known or verbal or timely or (drive and noun.beside) or word in _INTRANSITIVE)


def _is_specific(line: Line, span: tuple[int, int], *, title: bool) -> bool:
    """Whether the noun tells of one happening: it is determined, or says by whom, on whom, where or when."""
    first, last = span
    edge = _phrase_start(line, first)
    words = line.low[edge:first]
    if title or (line.at(edge - 1) == "of" and line.at(edge - 2) in _WAVES):
        return True
    if not words:
        told = line.at(first - 1) in _LIGHT or _says_more(line, last)
        return told and not _is_general(line, last)
    inside = range(max(edge, 1), first)
    named = any(line.capital(at) or line.tokens[at].kind is TokenKind.NUMBER for at in inside)
    owned = any(word.endswith(("'s", "s'")) for word in words)
    acts = line.at(last) in FINITE or line.at(last) in _INTRANSITIVE  # a second summit is due
    return named or owned or acts or words[0] in _POINTERS or line.at(edge - 1) in _LIGHT or _says_more(line, last)


def _says_more(line: Line, last: int) -> bool:
    """Whether a place, a time or somebody follows."""
    return line.at(last) in PREPOSITIONS or line.at(last) in ("of", "to") or line.at(last) in report_words().days


def _is_general(line: Line, last: int) -> bool:
    """Whether the present tells of all such things: attacks on hospitals are crimes."""
    finite = next((word for word in line.low[last : last + 8] if word in FINITE), None)
    return finite in ("is", "are")


def _phrase_start(line: Line, index: int) -> int:
    """Index where the noun phrase begins that ends with the noun."""
    first = index
    while first > 0 and index - first < 7 and not line.is_break(first - 1):
        word = line.low[first - 1]
        if word in PREPOSITIONS or word in FINITE or word in _ENDS or word in event_words().governors:
            break
        first -= 1
        if word in DETERMINERS:
            break
    return first


def _stance_of_noun(line: Line, span: tuple[int, int], event_type: str) -> Stance | None:
    """How the noun is told: by its own words, by what governs it, and by the verb that it stands with."""
    first, last = span
    edge = _phrase_start(line, first)
    inside = {event_words().governors.get(line.low[at]) for at in range(edge, first)}
    compared = line.at(edge - 1) == "as" and line.at(edge) in ("a", "an") and is_end(line, last)
    usual = not _REGULAR.isdisjoint(line.low[edge:first])
    if Governor.HYPOTHETICAL in inside or line.at(edge) in ("any", "such") or compared or usual:
        return None
    if {"no", "without"} & {line.at(edge), line.at(edge - 1)}:
        told = _stance_of_subject(line, last)
        return told.negated() if told else None
    if Governor.PLANNED in inside:
        return Stance(EventModality.PLANNED)
    governor = find_governor(line, edge, 5)
    if governor and governor is not Governor.DONE:
        return stance_under(governor, event_type)
    return _stance_of_object(line, edge, last, event_type)


def _stance_of_object(line: Line, edge: int, last: int, event_type: str) -> Stance | None:
    """How the verb that has the noun for its object tells it, else that it is the subject of."""
    for at in range(edge - 1, max(-1, edge - 5), -1):
        word = line.low[at]
        if line.is_break(at) or word in PREPOSITIONS:
            break
        if word in MODALS or (word.endswith("ing") and line.at(at - 1) in AIMS):
            return None
        if word in NOT:
            return Stance().negated()
        if word == "to":
            above = find_governor(line, at, 8)
            return stance_under(above, event_type) if above else None
        if word == "will":
            return Stance(EventModality.PLANNED)
    return _stance_of_subject(line, last)


def _stance_of_subject(line: Line, last: int) -> Stance | None:
    """How the verb that has the noun for its subject tells it."""
    for at in range(last, min(len(line.low), last + 8)):
        word, behind = line.low[at], line.at(at + 1)
        if word in HABITS:
            return None
        if line.is_break(at) or word in RELATIVES or word in _INTRANSITIVE or word.endswith("ed"):
            break
        if word in MODALS:
            return None if behind in _COMING else Stance()
        if word == "will" and behind in _COMING:
            return Stance(EventModality.PLANNED)
        governor = event_words().governors.get(behind) if word in BE else None
        if governor in (Governor.PLANNED, Governor.HYPOTHETICAL):
            return stance_under(governor, "")
        if word in HAVE | DO | BE:
            negated = behind in NOT or event_words().governors.get(behind) is Governor.NEGATIVE
            return Stance().negated() if negated else Stance()
    return Stance()
