from __future__ import annotations

from math import inf

import pytest

from dataset.model import Bound, Measure, QuantityFact
from dataset.reach import TOLERANCE, Range, committed_range, possible_range

Numbers = list[float]


def figure(bound: Bound, low: float | None, high: float | None) -> QuantityFact:
    return QuantityFact(
        id="f" * 16, article="a" * 16, start=0, end=1, line=1, exact="4", sha256="0" * 64, rule="cardinal",
        measure=Measure.LEVEL, unit="item", bound=bound, value_low=low, value_high=high,
    )  # fmt: skip


def takes_in(limits: Range, number: float) -> bool:
    low, high = limits
    return low <= number <= high


COMMITTED: list[tuple[Bound, float | None, float | None, Numbers, Numbers]] = [
    # bound, low, high, numbers that the words commit to, numbers that they do not
    (Bound.EXACT, 4, 4, [4], [3.999, 4.001]),
    (Bound.APPROXIMATE, 500, 500, [500], [499, 501]),
    (Bound.ORDER_OF_MAGNITUDE, 24, 99, [24, 99], [23, 100]),
    (Bound.RANGE, 18, 30, [18, 24, 30], [17, 31]),
    (Bound.AT_LEAST, 500, None, [500, 1e300], [499.999, -inf]),
    (Bound.MORE_THAN, 500, None, [500.0000001, 501, 1e300], [500, 499, -inf]),
    (Bound.AT_MOST, None, 500, [500, 0, -1e300], [500.001, inf]),
    (Bound.LESS_THAN, None, 500, [499.9999999, 0, -1e300], [500, 501, inf]),
    (Bound.NEARLY, None, 500, [500, 300], [501]),
    # zero, and what is too large to have parts
    (Bound.MORE_THAN, 0, None, [1e-300, 1], [0, -1e-300]),
    (Bound.LESS_THAN, None, 0, [-1e-300, -1], [0, 1e-300]),
    (Bound.MORE_THAN, 1e300, None, [1.0000001e300], [1e300]),
    (Bound.LESS_THAN, None, 1e300, [0.9999999e300], [1e300]),
    # what fell: by more than 5 is a change of less than -5, and the other end is open
    (Bound.AT_LEAST, None, -5, [-5, -6, -1e300], [-4.999, inf]),
    (Bound.MORE_THAN, None, -5, [-5.0000001, -6, -1e300], [-5, -4, inf]),
    (Bound.AT_MOST, -5, None, [-5, -4, 0], [-5.001, -inf]),
    (Bound.LESS_THAN, -5, None, [-4.9999999, -4, 0], [-5, -6, -inf]),
    (Bound.NEARLY, -5, None, [-5, -3], [-5.001]),
]


@pytest.mark.parametrize(("bound", "low", "high", "inside", "outside"), COMMITTED)
def test_what_the_words_commit_to(
    bound: Bound, low: float | None, high: float | None, inside: Numbers, outside: Numbers
) -> None:
    limits = committed_range(figure(bound, low, high))
    assert [number for number in inside if not takes_in(limits, number)] == []
    assert [number for number in outside if takes_in(limits, number)] == []


POSSIBLE: list[tuple[Bound, float | None, float | None, Numbers, Numbers]] = [
    # bound, low, high, numbers that can be meant, numbers that cannot
    (Bound.APPROXIMATE, 500, 500, [475, 500, 525], [474.9, 525.1]),
    (Bound.APPROXIMATE, -500, -500, [-525, -475], [-525.1, -474.9]),
    (Bound.APPROXIMATE, 0, 0, [0], [-0.001, 0.001]),
    (Bound.APPROXIMATE, 100, 200, [95, 210], [94, 211]),
    (Bound.APPROXIMATE, -100, 200, [-105, 210], [-106, 211]),
    (Bound.NEARLY, None, 500, [475, 500], [474.9, 500.1, 0, -500]),
    (Bound.NEARLY, -500, None, [-500, -475], [-500.1, -474.9, 0, 500]),
    (Bound.NEARLY, None, 0, [0], [-0.001, 0.001]),
]


@pytest.mark.parametrize(("bound", "low", "high", "inside", "outside"), POSSIBLE)
def test_what_can_be_meant(
    bound: Bound, low: float | None, high: float | None, inside: Numbers, outside: Numbers
) -> None:
    limits = possible_range(figure(bound, low, high))
    assert [number for number in inside if not takes_in(limits, number)] == []
    assert [number for number in outside if takes_in(limits, number)] == []


@pytest.mark.parametrize(("bound", "low", "high"), [row[:3] for row in COMMITTED])
def test_only_what_is_rounded_can_be_meant_otherwise(bound: Bound, low: float | None, high: float | None) -> None:
    fact = figure(bound, low, high)
    same = possible_range(fact) == committed_range(fact)
    assert same == (bound not in (Bound.APPROXIMATE, Bound.NEARLY))


@pytest.mark.parametrize(("bound", "low", "high"), [row[:3] for row in COMMITTED])
def test_where_the_words_set_no_limit_there_is_none(bound: Bound, low: float | None, high: float | None) -> None:
    least, most = committed_range(figure(bound, low, high))
    assert (least == -inf) == (low is None)
    assert (most == inf) == (high is None)


def test_the_tolerance_is_what_the_documentation_says() -> None:
    assert TOLERANCE == 0.05
