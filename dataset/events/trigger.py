"""A trigger: the words that tell an event."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.events.stances import Stance, VerbGroup
from dataset.events.words import Weight


@dataclass(frozen=True, slots=True)
class Trigger:
    """A trigger: token indices, half-open, its type and its stance.

    `group` is the verb group of a verb, None of a noun; `weight` tells what gives way to what.
    """

    first: int
    last: int
    event_type: str
    stance: Stance
    weight: Weight
    group: VerbGroup | None = None
