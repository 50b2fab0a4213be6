"""Which mentions say the same."""

from __future__ import annotations

from collections.abc import Sequence

from dataset.model import Fact


def mark_repeats(facts: Sequence[Fact]) -> list[Fact]:
    """The facts as they are."""
    return list(facts)
