"""Trigger verbs: whether a verb of events tells one, by its form and by what stands where object and subject do."""

from __future__ import annotations

from dataclasses import replace

from dataset.attribution.phrases import DEMONYM_ENDINGS, DETERMINERS, PREPOSITIONS, Line
from dataset.attribution.subjects import HAVE, MODALS
from dataset.attribution.words import Form, report_words
from dataset.events.regions import (
    PARTICLE,
    REGION,
    RELATIVES,
    WALLS,
    WHERE,
    holds,
    is_end,
    object_region,
    region_before,
    region_behind,
)
from dataset.events.stances import HABITS, Stance, VerbGroup, read_verb
from dataset.events.trigger import Trigger
from dataset.events.words import DUTY, NAME, NUMBER, EventVerb, Governor, Weight, event_words
from dataset.lexer import TokenKind
from dataset.model import EventModality

CLOSE = 5  # tokens in front of a participle that may be what it was done to
_NEAR = 2  # tokens between a verb and its preposition
_ENDS = frozenset(". ; : ? !".split())
_SUFFERED = frozenset({"capture", "conviction"})  # whose headline subject suffers it: Baker Jailed for Theft
_WEATHER = frozenset({"weather"})  # what strikes without being anybody
_NOBODY = frozenset("nobody none neither nothing no".split())
_SUBJECT = 5  # tokens of a subject among which `no` stands
_LISTS = frozenset(", and or".split())
_NOUN_MARKS = frozenset("of no any such".split())
_DUTIES = frozenset("must required obliged compelled mandatory compulsory obligatory barred forbidden".split())
_DUTY = 20  # tokens behind a verb of announcing that may hold a rule


def find_verb(line: Line, index: int, *, title: bool) -> Trigger | None:
    """The trigger that the verb at `index` is, if it is one."""
    verbs = event_words().verbs.get(line.low[index], ())
    if not verbs or (index and line.capital(index) and not title) or _is_compound(line, index):
        return None
    for verb in verbs:
        last = _particle_end(line, index, verb)
        if last is None or _is_noun_form(line, index, verb, title=title):
            continue
        group = read_verb(line, index, verb, title=title)
        fitting = _fitting(line, (index, last), group, verb, title=title) if group else None
        if fitting:
            stance = _announced(line, index, fitting.stance, verb)
            stance = stance.negated() if _is_of_nobody(line, fitting.before) else stance
            return Trigger(index, last, verb.event_type, stance, verb.weight, fitting)
    return None


def _is_of_nobody(line: Line, before: int) -> bool:
    """Whether the subject says that it did not happen: nobody was arrested, no decree was signed."""
    subject = line.low[max(0, before - _SUBJECT) : before + 1]
    for word in reversed(subject):
        if word in _NOBODY:
            return True
        if word in WALLS or word == ",":
            return False
    return False


def _fitting(line: Line, span: tuple[int, int], group: VerbGroup, verb: EventVerb, *, title: bool) -> VerbGroup | None:
    """The verb group, read as the passive it may be, where what it needs stands beside it."""
    index, last = span
    if verb.weight is Weight.RESULT and not _is_deed(line, last, group):
        return None
    reduced = not group.helpers and Form.DONE in verb.forms
    if reduced and title and _is_headline_passive(line, last, group, verb):
        return replace(group, passive=True)
    if _fits(line, span, group, verb):
        return group
    if reduced and verb.weight is Weight.PLAIN and _fits_reduced(line, index, verb):
        return replace(group, before=index - 1, passive=True)
    return None


def _announced(line: Line, index: int, stance: Stance, verb: EventVerb) -> Stance:
    """The stance, where the verb itself says that more is to come: pledged aid."""
    ahead = event_words().governors.get(line.low[index]) is Governor.ANNOUNCED and verb.event_type == "aid-approved"
    done = stance.modality is EventModality.DONE
    return Stance(EventModality.ANNOUNCED, stance.polarity) if ahead and done else stance


def _is_headline_passive(line: Line, last: int, group: VerbGroup, verb: EventVerb) -> bool:
    """Whether a headline leaves out the helper of a passive: Ten Men Called Up to Serve."""
    open_end = is_end(line, last) or line.low[last] in PREPOSITIONS or line.low[last] in ("to", "as")
    front = range(max(0, group.before - CLOSE), group.before + 1)
    done_to = (
        holds(line, front, verb.object) if verb.object else verb.event_type in _SUFFERED and not is_end(line, last)
    )
    return open_end and done_to and not verb.subject


def _is_compound(line: Line, index: int) -> bool:
    """Whether the word is the second half of a compound: U.S.-sanctioned, but not re-elected."""
    glued = index > 1 and line.low[index - 1] == "-" and line.tokens[index].glued
    return glued and line.low[index - 2] not in ("re", "co")


def _is_deed(line: Line, last: int, group: VerbGroup) -> bool:
    """Whether harm is told as a deed: who did it to whom, or by what; a count of dead and wounded is none."""
    if not group.passive:
        person = holds(line, object_region(line, last), frozenset({"person", NUMBER, NAME, "site", "arms", "place"}))
        return person and line.at(last) not in ("and", "or") and line.at(group.before) not in ("and", "or", "including")
    near = line.low[last : last + 8]
    return (
        any(word in ("in", "by", "when", "after", "during", "between", "on") for word in near)
        and line.at(last + 1) != "action"
    )


def _particle_end(line: Line, index: int, verb: EventVerb) -> int | None:
    """Index behind the verb and a particle that follows at once; None where the particle is missing."""
    if line.at(index + 1) == "-":
        return None
    if not verb.after:
        return index + 1
    for ahead in range(index + 1, min(index + PARTICLE, len(line.low))):
        if line.low[ahead] in verb.after:
            timed = ahead > 2 and line.low[ahead - 1] in report_words().days
            if line.low[ahead] in PREPOSITIONS and ahead - index > _NEAR and not timed:
                return None
            joined = ahead == index + 1 and line.low[ahead] not in PREPOSITIONS - {"up", "down", "out", "back", "over"}
            return ahead + 1 if joined else index + 1
        if line.is_break(ahead):
            return None
    return None


def _is_noun_form(line: Line, index: int, verb: EventVerb, *, title: bool) -> bool:
    """Whether the word is rather the noun or adjective of the same form: the attack, a planned visit."""
    first = index
    while first > 1 and line.low[first - 1].endswith("ly"):
        first -= 1
    before = line.at(first - 1)
    marked = before in _NOUN_MARKS and not (before == "of" and Form.ING in verb.forms)
    if before in DETERMINERS - {"that", "this"} or marked or before.endswith(("'s", "s'")):
        return True
    if verb.forms & {Form.BASE, Form.THIRD} and Form.PAST not in verb.forms:
        adjective = index > 0 and line.capital(index - 1) and before.endswith(DEMONYM_ENDINGS)
        return (title and adjective) or before in PREPOSITIONS - {"to"}
    return False


def _fits(line: Line, span: tuple[int, int], group: VerbGroup, verb: EventVerb) -> bool:
    """Whether what has to stand where object and subject do stands there."""
    index, last = span
    behind, front = object_region(line, last, verb), region_before(line, group.before)
    if DUTY in verb.object:
        return not group.passive and holds(line, front, verb.subject) and _tells_duty(line, last)
    objects = front if group.passive else behind
    if verb.object and not (holds(line, objects, verb.object) or _holds_relative(line, span, group, verb)):
        return False
    natural = verb.event_type == "attack" and holds(line, front, _WEATHER)  # a hurricane hit the coast
    if natural or line.at(last) == "place" or (verb.subject and not holds(line, front, verb.subject)):
        return False  # took place
    if verb.object or verb.subject or verb.after:
        return Form.PAST in verb.forms or HABITS.isdisjoint(line.low[index : last + REGION])
    if not group.helpers and (line.at(group.before) in _LISTS or line.at(last) in _LISTS) and is_end(line, last):
        return False  # killed, wounded and captured
    return Form.PAST in verb.forms or _has_argument(line, span, group)


def _fits_reduced(line: Line, index: int, verb: EventVerb) -> bool:
    """Whether the participle stands behind what it was done to: missiles fired at the port, men captured in May."""
    follows = line.at(index + 1)
    if not (follows in PREPOSITIONS or follows in report_words().days or index + 1 >= len(line.low)):
        return False
    front = range(max(0, index - CLOSE), index)
    return bool(verb.object) and not verb.subject and holds(line, front, verb.object)


def _has_argument(line: Line, span: tuple[int, int], group: VerbGroup) -> bool:
    """Whether somebody or something stands beside a verb that takes any object: no bare infinitive, no lone word."""
    index, last = span
    near = [*region_before(line, group.before), *region_behind(line, last)]
    return any(
        line.capital(at) or line.tokens[at].kind is TokenKind.NUMBER or line.low[at] in event_words().classes
        for at in near
        if at != index
    )


def _holds_relative(line: Line, span: tuple[int, int], group: VerbGroup, verb: EventVerb) -> bool:
    """Whether what it is done to stands in front, as of a relative clause: the weapons that X sent to Y."""
    index, last = span
    if not is_end(line, last) and line.at(last) not in WHERE and line.at(last) not in ("or", "and"):
        return False
    front = range(max(0, index - REGION - 4), group.before + 1)
    if not (group.passive or group.helpers & HAVE or any(line.low[at] in RELATIVES for at in front)):
        return False
    return not any(line.low[at] in _ENDS for at in front) and holds(line, front, verb.object)


def _tells_duty(line: Line, first: int) -> bool:
    """Whether a rule is told: announced that young men would have to serve."""
    words = line.low[first : first + _DUTY]
    return any(
        word in _DUTIES or (word == "have" and before in MODALS | {"will"} and after == "to")
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
    )
