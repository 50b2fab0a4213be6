"""Triggers: the verbs and nouns of a sentence that tell an event of a type, each happening once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from dataset.attribution.phrases import PREPOSITIONS, Line
from dataset.events.nouns import read_noun
from dataset.events.regions import REGION, WALLS
from dataset.events.stances import Stance
from dataset.events.trigger import Trigger
from dataset.events.verbs import CLOSE, find_verb
from dataset.events.words import Weight

_MOST = 24  # triggers; more than any sentence has


def find_triggers(line: Line, seen: Container[str], *, title: bool) -> list[Trigger]:
    """The triggers of a sentence, in order, each happening once.

    `seen` are the types told before it, which `the draft` can speak of again.
    """
    found: list[Trigger] = []
    index = 0
    while index < len(line.low) and len(found) < _MOST:
        trigger = find_verb(line, index, title=title) or read_noun(line, index, seen, title=title)
        if trigger:
            found.append(_refused(trigger))
        index = trigger.last if trigger else index + 1
    return list(_once(line, found))


def _refused(trigger: Trigger) -> Trigger:
    """A truce that somebody refused to agree to is one refused."""
    refused = trigger.event_type == "ceasefire-agreed" and trigger.stance == Stance().negated()
    return replace(trigger, event_type="ceasefire-refused", stance=Stance()) if refused else trigger


def _once(line: Line, found: list[Trigger]) -> Iterator[Trigger]:
    """The triggers without those that tell the same happening again in the same clause."""
    for trigger in found:
        others = [other for other in found if other is not trigger and other.event_type == trigger.event_type]
        unrest = [other for other in found if other.event_type == "protest" and other.group is None]
        suffered = trigger.event_type == "attack" and any(_is_suffered(trigger, other) for other in unrest)
        if not suffered and not any(_tells_again(line, trigger, other) for other in others):
            yield trigger


def _is_suffered(trigger: Trigger, unrest: Trigger) -> bool:
    """Whether it is the unrest that hits, which is no attack: a bus strike hit the town."""
    return trigger.group is not None and not trigger.group.passive and trigger.group.before == unrest.last - 1


def _tells_again(line: Line, trigger: Trigger, other: Trigger) -> bool:
    """Whether the trigger only repeats what the other one of the same type tells better."""
    if trigger.weight is Weight.RESULT:
        return _results_from(line, trigger, other)
    before, after = sorted((trigger, other), key=lambda one: one.first)
    between = line.low[before.last : after.first]
    if len(between) > REGION or not WALLS.isdisjoint(between) or "," in between:
        return False
    if after.group and before.group:
        return trigger is after and len(between) <= 3 and between[-1:] == ["to"]  # committed to sending
    if after.group:
        return trigger is after and len(between) <= CLOSE and not after.group.passive  # artillery fire tore through
    # fired missiles in an attack is told by the noun, imposed sanctions by the verb
    return before.group is not None and (trigger is before) == (not PREPOSITIONS.isdisjoint(between))


def _results_from(line: Line, trigger: Trigger, other: Trigger) -> bool:
    """Whether harm comes of what the other tells, or is told beside other harm: struck X, killing ten."""
    before, after = sorted((trigger, other), key=lambda one: one.first)
    between = line.low[before.last : after.first]
    follows = line.low[trigger.first].endswith("ing")
    if other.weight is Weight.PLAIN:
        return follows or {",", "and", ";"}.isdisjoint(between)
    return other is before and (follows or len(between) <= 2)
