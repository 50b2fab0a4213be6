"""Stances: whether what a trigger tells has come about, is to come, is denied, or is only thought of."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.attribution.phrases import DETERMINERS, PREPOSITIONS, Line
from dataset.attribution.subjects import BE, DO, HAVE, MODALS, NOT
from dataset.attribution.words import Form
from dataset.events.words import EventVerb, Governor, event_words
from dataset.model import EventModality, Polarity

_ADVERBS = frozenset(
    "later earlier soon then subsequently also already just now still since ever even only long further again not all "
    "both".split()
)
_WALLS = frozenset('. ; : ? ! ” “ " ( )'.split())
_CONDITIONS = frozenset("if unless whether should lest".split())
_STATES = frozenset("is are isn't aren't".split())
AIMS = frozenset("for of as about before".split())  # conditions for hitting, such as lifting, before agreeing
_ACCUSED = frozenset("accused accuses accusing suspected charged convicted guilty".split())
_ATTEMPTED = frozenset({"attack"})  # what is tried has begun
_NO_LINKS = PREPOSITIONS - frozenset("of for to on about over from".split())
_NO_VERB_BEFORE = DETERMINERS | frozenset("of in on at for from by with no any some more such".split())
HABITS = frozenset(
    "rarely seldom each every per annually routinely regularly usually typically often always sometimes".split()
)
_REACH = 8  # tokens back to the word that governs an infinitive
_BEFORE = 12  # tokens back to a condition


@dataclass(frozen=True, slots=True)
class Stance:
    """How an event is told."""

    modality: EventModality = EventModality.DONE
    polarity: Polarity = Polarity.POSITIVE

    def negated(self) -> Stance:
        """The same, told not to happen."""
        return Stance(self.modality, Polarity.NEGATIVE)


@dataclass(frozen=True, slots=True)
class VerbGroup:
    """A verb with its helpers: index before the group, the words of the group, and what the form says."""

    before: int
    helpers: frozenset[str]
    passive: bool
    stance: Stance


def read_verb(line: Line, index: int, verb: EventVerb, *, title: bool) -> VerbGroup | None:
    """The verb at `index` with its helpers, where its form tells an event; None where it tells none."""
    before, helpers = _helpers_before(line, index)
    if (helpers & MODALS) - {"would"} or _is_conditional(line, before + 1):
        return None
    passive = bool(helpers & BE) and Form.DONE in verb.forms
    if passive and helpers & _STATES and not helpers & {"being", "been", "will"} and not title:
        return None  # conscripts are sent: a custom or a state
    stance = _stance(line, index, before, helpers, verb, title=title)
    return VerbGroup(before, frozenset(helpers), passive, stance) if stance else None


def _helpers_before(line: Line, index: int) -> tuple[int, set[str]]:
    prefixed = line.at(index - 1) == "-" and line.at(index - 2) == "re"  # re-elected
    at, helpers = index - (3 if prefixed else 1), set[str]()
    while at >= 0:
        word = line.low[at]
        if word in BE or word in HAVE or word in DO or word in NOT or word in MODALS or _is_will(word):
            helpers.add("will" if _is_will(word) else word)
        elif word not in _ADVERBS and not (word.endswith("ly") and not line.capital(at)):
            break
        at -= 1
    return at, helpers


def _is_will(word: str) -> bool:
    return word in ("will", "won't") or word.endswith("'ll")


def _is_conditional(line: Line, first: int) -> bool:
    """Whether the clause stands under a condition."""
    for at in range(first - 1, max(-1, first - _BEFORE), -1):
        if line.low[at] in _CONDITIONS:
            return True
        if line.low[at] in _WALLS or line.low[at] == ",":
            return False
    return False


def _stance(line: Line, index: int, before: int, helpers: set[str], verb: EventVerb, *, title: bool) -> Stance | None:
    """How the form of the verb tells the event."""
    told = Stance()
    infinitive = _infinitive_mark(line, before, helpers, verb)
    if infinitive is not None:
        governor = Governor.PLANNED if line.at(infinitive - 1) in BE else find_governor(line, infinitive, _REACH)
        headline = title and infinitive > 0 and line.capital(infinitive - 1)
        planned = Stance(EventModality.PLANNED) if headline else None
        told_so = stance_under(governor, verb.event_type) if governor else planned
    elif helpers & {"will", "would"}:
        told_so = Stance(EventModality.PLANNED)
    elif Form.ING in verb.forms and not helpers & BE:
        return _of_participle(line, index, before, verb)
    elif helpers or (Form.PAST in verb.forms and before >= 0):
        told_so = told
    else:
        told_so = told if title and _is_present(line, index, before) else None
    return told_so.negated() if told_so and helpers & NOT else told_so


def _infinitive_mark(line: Line, before: int, helpers: set[str], verb: EventVerb) -> int | None:
    """Index of the `to` that an infinitive stands behind, or shares: to promise aid and impose sanctions."""
    if line.at(before) == "to" and (Form.BASE in verb.forms or helpers & (BE | HAVE)):
        return before
    if line.at(before) not in ("and", "or") or Form.BASE not in verb.forms or Form.PAST in verb.forms or helpers:
        return None
    return next((at for at in range(before - 1, max(-1, before - _BEFORE), -1) if line.low[at] == "to"), None)


def _is_present(line: Line, index: int, before: int) -> bool:
    """Whether a headline tells so what has happened: behind its subject and before something else."""
    words = event_words()
    told = line.at(before) in words.verbs and line.at(before) not in words.classes
    if before < 0 or line.low[before] in _NO_VERB_BEFORE or told:
        return False
    return index + 1 < len(line.low)


def _of_participle(line: Line, index: int, before: int, verb: EventVerb) -> Stance | None:
    word = line.at(before)
    if (
        before < 0
        or word in DETERMINERS
        or (word in AIMS and _ACCUSED.isdisjoint(line.low[max(0, index - 10) : index]))
    ):
        return None
    governor = find_governor(line, index, 3)
    return stance_under(governor, verb.event_type) if governor else Stance()


def find_governor(line: Line, index: int, reach: int) -> Governor | None:
    """What the nearest governing word before `index` makes of what depends on it, up to the end of the clause."""
    governors = event_words().governors
    for at in range(index - 1, max(-1, index - 1 - reach), -1):
        word = line.low[at]
        if word in _WALLS or word == "," or word in _NO_LINKS:
            return None
        if word in governors:
            return _in_context(line, at, governors[word])
    return None


def _in_context(line: Line, at: int, governor: Governor) -> Governor:
    """What a governing word says with what stands before it: did not vow, can be used, resisting calls."""
    near = {line.at(at - 1), line.at(at - 2), line.at(at - 3)}
    if near & MODALS:
        return Governor.HYPOTHETICAL
    if governor is Governor.HYPOTHETICAL:
        resisted = {event_words().governors.get(word) for word in (line.at(at - 1), line.at(at - 2))}
        return Governor.NEGATIVE if Governor.NEGATIVE in resisted else governor
    if governor is Governor.PLANNED and Governor.ANNOUNCED in {event_words().governors.get(word) for word in near}:
        return Governor.ANNOUNCED  # announced plans to leave
    return Governor.NEGATIVE if near & NOT and governor is Governor.DONE else governor


def stance_under(governor: Governor, event_type: str) -> Stance | None:
    """How an event is told that such a word governs; None where it only may come about."""
    if governor is Governor.ATTEMPT:
        return Stance() if event_type in _ATTEMPTED else None
    if governor is Governor.HYPOTHETICAL:
        return None
    if governor is Governor.NEGATIVE:
        return Stance().negated()
    if governor is Governor.DENIED:
        return Stance(EventModality.DENIED)
    return Stance(EventModality(governor))
