"""Roles: who acts in an event, on whom or what, and where."""

from __future__ import annotations

from dataset.agents import find_agent
from dataset.attribution.clauses import QUOTES
from dataset.attribution.names import phrase_after, phrase_before
from dataset.attribution.phrases import (
    DEMONYM_ENDINGS,
    DETERMINERS,
    FINITE,
    PREPOSITIONS,
    Line,
    Phrase,
    PhraseKind,
    read_group,
    text_of,
)
from dataset.attribution.subjects import BE, helpers_before
from dataset.attribution.words import report_words
from dataset.events.noun_phrases import LONGEST, NO_NOUNS, after_verbs, is_noun, is_verbal, noun_phrase
from dataset.events.stances import VerbGroup
from dataset.events.trigger import Trigger
from dataset.events.where import FAR, WALLS, WHERE, find_place
from dataset.events.words import event_type, event_words
from dataset.lexer import TokenKind
from dataset.model import Role

_AGAINST = frozenset("on against of at with for".split())
_AT = frozenset("at toward towards into".split())
_ACCUSING = frozenset("accused accuses accusing accuse suspected".split())
_AGENTIVE = frozenset({"desertion", "protest", "visit"})  # a desertion of soldiers is theirs
_LOCAL = frozenset({"attack", "capture", "visit", "deployment", "election", "protest"})  # a country hit is also where
_DONE_TO = frozenset({"capture", "conviction", "sanction"})  # their verbs do not stand without an object
_RELATIVES = frozenset("who which that".split())
_LEADING = FINITE | frozenset("set plans plan will".split())
_LIGHT = frozenset(
    "launched launches launch carried conducted conducts held holds began begins started made makes staged mounted "
    "has have had won wins cast sent gave".split()
)
_ASKING = frozenset("call calls demand demands proposal proposals offer offers plan plans request requests bid".split())

Roles = dict[Role, Phrase]


def find_roles(line: Line, trigger: Trigger) -> Roles:
    """The phrase of each role that the type of the event has and the sentence fills."""
    actor, target = _of_verb(line, trigger) if trigger.group else _of_noun(line, trigger)
    place = find_place(line, trigger)
    thrown = target is not None and "projectile" in event_words().classes.get(line.low[target.head], ())
    if trigger.event_type == "sanction" or (trigger.event_type == "attack" and thrown):
        target = _target_behind(line, trigger) or target
    if place is None and target and trigger.event_type in _LOCAL and _is_place(line, target, trigger):
        place = target
    found = {Role.ACTOR: after_verbs(line, actor), Role.OBJECT: _asked_for(line, target), Role.PLACE: place}
    roles = event_type(trigger.event_type).roles
    return {
        role: phrase
        for role, phrase in found.items()
        if role in roles and phrase and is_noun(line, phrase) and not _overlaps(trigger, phrase)
    }


def _overlaps(trigger: Trigger, phrase: Phrase) -> bool:
    return phrase.first < trigger.last and trigger.first < phrase.last


def _asked_for(line: Line, phrase: Phrase | None) -> Phrase | None:
    """What calls, plans or an offer are for, as the object in place of them."""
    if phrase and line.low[phrase.head] in _ASKING and line.at(phrase.last) in ("for", "of"):
        return noun_phrase(line, phrase.last + 1)
    return phrase


def _is_place(line: Line, phrase: Phrase, trigger: Trigger) -> bool:
    entry = find_agent(text_of(line, phrase.first, phrase.last))
    if trigger.event_type == "visit" and line.capital(phrase.head):
        return phrase.kind is not PhraseKind.PERSON
    return bool(entry and entry.kind in ("country", "region"))


def _target_behind(line: Line, trigger: Trigger) -> Phrase | None:
    """Whom a measure is against, behind what it is: imposed sanctions on X."""
    for at in range(trigger.last, min(trigger.last + LONGEST, len(line.low) - 1)):
        if line.is_break(at):
            return None
        if line.low[at] in ("on", "against") or (line.low[at] in _AT and trigger.event_type == "attack"):
            return noun_phrase(line, at + 1)
    return None


def _of_verb(line: Line, trigger: Trigger) -> tuple[Phrase | None, Phrase | None]:
    group, behind = trigger.group, trigger.last
    if group is None:
        return None, None
    subject = _subject(line, group.before)
    if group.passive or _shares_passive(line, trigger, group):
        by = next((at for at in range(behind, min(behind + FAR, len(line.low))) if line.low[at] == "by"), None)
        return (noun_phrase(line, by + 1) if by else None), subject
    skip = line.at(behind) in _AGAINST or line.at(behind) in ("to", "from", "into")
    return subject, _object(line, behind + skip)


def _shares_passive(line: Line, trigger: Trigger, group: VerbGroup) -> bool:
    """Whether a bare participle goes on with a passive and has no object: was fined 40 euros and banned from office."""
    joint, behind = group.before, trigger.last
    if trigger.event_type not in _DONE_TO or group.helpers or line.at(joint) not in ("and", "or", "then", ","):
        return False
    alone = behind >= len(line.low) or line.is_break(behind) or line.low[behind] in PREPOSITIONS | report_words().days
    if not alone and line.low[behind] not in ("to", "of", "and", "or", "as"):
        return False
    for at in range(joint - 1, max(0, joint - FAR), -1):
        if line.low[at] in WALLS | BE:
            return line.low[at] in BE
        if is_verbal(line, at):
            before, helpers = helpers_before(line, at)
            if helpers or line.at(before) not in ("and", ","):
                return not helpers.isdisjoint(BE)
    return False


def _subject(line: Line, before: int) -> Phrase | None:
    """The phrase that ends before the verb group; behind `to`, that of the verb it depends on."""
    if before < 0:
        return None
    word = line.low[before]
    if word in _RELATIVES:
        end = before - (line.at(before - 1) == ",")
        return phrase_before(line, end) if end > 0 else None
    if word == "of" and not _ACCUSING.isdisjoint(line.low[max(0, before - FAR) : before]):
        return phrase_before(line, before)  # accused the army of shelling
    apposition = phrase_before(line, before + 1) if word == "," else None
    if apposition:
        return apposition
    if word in ("to", "and", "or", ",", "of", "from", "in", "by") or is_verbal(line, before):
        return _subject_further(line, before)
    return phrase_before(line, before + 1)


def _subject_further(line: Line, before: int) -> Phrase | None:
    """The subject of the nearest verb before, which a coordinate or dependent verb shares with it."""
    for at in range(before - 1, 0, -1):
        if line.low[at] in WALLS:
            return None
        if line.low[at] in _LEADING or is_verbal(line, at) or line.low[at] in report_words().verbs:
            start, _ = helpers_before(line, at)
            found = phrase_before(line, start + 1) if start >= 0 and line.low[start] not in WALLS else None
            if found and is_noun(line, found) and found.last <= at:
                return found
    return None


def _object(line: Line, begin: int) -> Phrase | None:
    while line.at(begin) in QUOTES or line.at(begin) == "dead":
        begin += 1
    counted = line.at(begin) == "over" and begin + 1 < len(line.low) and line.tokens[begin + 1].kind is TokenKind.NUMBER
    if begin >= len(line.low) or line.is_break(begin) or (line.low[begin] in WHERE and not counted):
        return None
    return noun_phrase(line, begin)


def _of_noun(line: Line, trigger: Trigger) -> tuple[Phrase | None, Phrase | None]:
    actor, target = _owner(line, trigger.first), None
    for at in range(trigger.last, min(trigger.last + 6, len(line.low) - 1)):
        word = line.low[at]
        if line.is_break(at):
            break
        if word in ("by", "between", "from", "within", "among") or (word == "of" and trigger.event_type in _AGENTIVE):
            doer = noun_phrase(line, at + 1) if word != "between" else phrase_after(line, at + 1)
            actor, target = (doer, actor) if word == "by" else (actor or doer, target)
            break
        close = at == trigger.last and word in ("of", "with")
        if close or word in ("on", "against") or (word in ("into", "at") and trigger.event_type == "attack"):
            target = noun_phrase(line, at + 1)
            break
    if actor and actor.kind is PhraseKind.PRONOUN:
        actor = _subject_of(line, trigger) or actor  # Russia continues its offensives
    if actor and actor.parts and target is None:
        actor, target = actor.parts[0], actor.parts[1]
    if target and line.tokens[target.head].kind is TokenKind.NUMBER:
        target = None  # on 1 October
    if (
        trigger.event_type == "attack"
        and target
        and "projectile" in event_words().classes.get(line.low[target.head], ())
    ):
        target = None  # a barrage of missiles is not aimed at them
    if trigger.event_type == "aid-approved" and (target is None or line.capital(target.head)):
        before = trigger.first - 1
        given = before >= 0 and {"arms", "aid"} & event_words().classes.get(line.low[before], frozenset())
        target = Phrase(before, before, before + 1, before, PhraseKind.OTHER) if given else target
    return actor or _subject_of(line, trigger), target


def _owner(line: Line, first: int) -> Phrase | None:
    """Whose it is: Russia’s attack, a Russian drone attack."""
    for at in range(first - 1, max(-1, first - 5), -1):
        if line.is_break(at):
            return None
        if line.low[at].endswith(("'s", "s'")):
            return _possessor(line, at)
        if line.capital(at) and (line.low[at].endswith(DEMONYM_ENDINGS) or find_agent(line.tokens[at].text)):
            return Phrase(at, at, at + 1, at, PhraseKind.BODY)
        if line.low[at] in ("its", "his", "her", "their"):
            return Phrase(at, at, at + 1, at, PhraseKind.PRONOUN)
    return None


def _possessor(line: Line, last: int) -> Phrase | None:
    """The phrase that the possessive at `last` ends: the army’s, President X’s."""
    first = last
    while first > 0 and last - first < LONGEST and not line.is_break(first - 1):
        word = line.low[first - 1]
        if word in DETERMINERS:
            first -= 1
            break
        if word in PREPOSITIONS or word in NO_NOUNS or is_verbal(line, first - 1) or _is_lower(line, first - 1, last):
            break
        first -= 1
    return read_group(line, first, first, last + 1)


def _is_lower(line: Line, index: int, last: int) -> bool:
    """Whether a name is over: the word before it has no capital."""
    return line.capital(last) and not line.capital(index)


def _subject_of(line: Line, trigger: Trigger) -> Phrase | None:
    """The subject of the verb that has the noun for its object: Russia launched an attack."""
    for at in range(trigger.first - 1, max(0, trigger.first - 6), -1):
        if line.is_break(at) or line.low[at] in PREPOSITIONS:
            return None
        if line.low[at] in _LIGHT or line.low[at] in event_words().governors or is_verbal(line, at):
            return _subject(line, at - 1)
    return None
