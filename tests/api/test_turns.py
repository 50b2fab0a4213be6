from __future__ import annotations

from api.turns import Turns


def test_it_is_the_turn_of_who_has_fewest() -> None:
    turns = Turns(4)
    first, second = turns.take_seat(), turns.take_seat()
    assert turns.is_due(first)
    assert turns.is_due(second)
    turns.report(first, 3)
    turns.report(second, 2)
    assert not turns.is_due(first)
    assert turns.is_due(second)
    turns.report(second, 3)
    assert turns.is_due(first)


def test_who_is_gone_does_not_count() -> None:
    turns = Turns(2)
    seats = [turns.take_seat() for _ in range(2)]
    turns.report(seats[0], 5)
    assert not turns.is_due(seats[0])
    turns.leave_seat(seats[1])
    assert turns.is_due(seats[0])
    assert turns.take_seat() == seats[1]
    assert not turns.is_due(seats[0])


def test_without_a_seat_it_is_always_ones_turn() -> None:
    turns = Turns(1)
    turns.take_seat()
    assert turns.take_seat() is None
    turns.report(None, 7)
    turns.leave_seat(None)
    assert turns.is_due(None)
    assert turns.is_due(0)
