"""Which numbers the words of a figure leave open: what they commit to, and what they can be meant to say.

A limit that the words exclude (more than, less than) is left out by the smallest step that a double can tell.
"""

from __future__ import annotations

from math import inf, nextafter

from dataset.model import Bound, QuantityFact

TOLERANCE = 0.05  # how far "about" and "nearly" reach: what is rounded to two leading digits moves by no more

Range = tuple[float, float]  # the smallest and the largest number; infinite for no limit


def committed_range(fact: QuantityFact) -> Range:
    """The numbers that the words commit to, as `value_low` and `value_high` say them."""
    low = -inf if fact.value_low is None else fact.value_low
    high = inf if fact.value_high is None else fact.value_high
    if fact.bound in (Bound.MORE_THAN, Bound.LESS_THAN):  # of what fell, more than 5 has its limit above
        low = low if low == -inf else nextafter(low, inf)
        high = high if high == inf else nextafter(high, -inf)
    return low, high


def possible_range(fact: QuantityFact) -> Range:
    """The numbers that can be meant.

    About 500 reaches TOLERANCE to either side. Nearly 500 has one limit alone (`value_low` is null), but would not
    be said of 300: it falls short of its limit by no more than about 500 does.
    """
    low, high = committed_range(fact)
    if fact.bound is Bound.NEARLY:
        limit = low if high == inf else high  # the lower one of what fell
        low, high = sorted((limit, limit * (1 - TOLERANCE)))
    if fact.bound is Bound.APPROXIMATE:
        return low - TOLERANCE * abs(low), high + TOLERANCE * abs(high)
    return low, high
