"""Counts and sums of the selected facts by group; the sums read the middle and the ends of each group by its ranks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from pyroaring import BitMap

from api.database import check_time, find_rows, iterate_rows
from api.fields import escape_name
from api.index import count_known, find_positions
from api.selection import Filters, select

Group = dict[str, Any]  # value, label, facts and what else is said of it


def count_facets(filters: Filters, by: Sequence[str], limit: int) -> tuple[list[Group], int]:
    """How many of the selected facts have each value of each facet, the largest groups first; and their number."""
    selected = select(filters)
    return [_count_facet(selected, name, limit) for name in by], len(selected)


def _count_facet(selected: BitMap, name: str, limit: int) -> Group:
    groups: list[Group] = []
    missing = selected
    for value, label, facts in _split(selected, "position", name):
        groups.append({"value": value, "label": label, "facts": len(facts)})
        missing = missing - facts
    groups.sort(key=lambda group: (-group["facts"], group["value"]))
    return {"by": name, "distinct": len(groups), "missing": len(missing), "groups": groups[:limit]}


def _split(selected: BitMap, ordering: str, name: str) -> Iterator[tuple[str, str | None, BitMap]]:
    """Each value of a filter with its label and the selected facts that have it."""
    sql = "SELECT value, label, bitmap FROM terms WHERE filter = ? AND ordering = ?"
    for value, label, content in iterate_rows(sql, [name, ordering]):
        check_time()
        if facts := selected & BitMap.deserialize(content):
            yield escape_name(value), label, facts


def sum_up(filters: Filters, by: str, limit: int) -> tuple[list[Group], int]:
    """Count, least, largest and median of the numbers of the selected facts, and how many facts have one.

    A group is of one value of `by`, one measure and one unit: other numbers are not to be compared. The number of a
    range is its least, of a fact with one limit that limit. The largest groups come first.
    """
    known = BitMap(range(count_known("value")))
    selected = select(filters, "value") & known
    groups: list[tuple[Group, tuple[int, int, int, int]]] = []
    for unit, _, of_unit in _split(selected, "value", "unit"):
        for measure, _, of_measure in _split(of_unit, "value", "measure"):
            for value, label, facts in _split(of_measure, "value", by):
                group: Group = {"value": value, "label": label, "measure": measure, "unit": unit, "facts": len(facts)}
                groups.append((group, _ends_and_middle(facts)))
    groups.sort(key=lambda each: (-each[0]["facts"], each[0]["value"], each[0]["unit"], each[0]["measure"]))
    numbers = _find_numbers(list(chain.from_iterable(ranks for _, ranks in groups[:limit])))
    for group, (first, low, high, last) in groups[:limit]:
        median = numbers[low] if numbers[low] == numbers[high] else numbers[low] / 2 + numbers[high] / 2
        group.update(min=numbers[first], max=numbers[last], median=median)
    return [group for group, _ in groups[:limit]], len(selected)


def _ends_and_middle(ranks: BitMap) -> tuple[int, int, int, int]:
    """First rank, the two of the middle (the same where the number is odd), last rank."""
    middle, odd = divmod(len(ranks), 2)
    return ranks[0], ranks[middle if odd else middle - 1], ranks[middle], ranks[-1]


def _find_numbers(ranks: list[int]) -> dict[int, float]:
    positions = find_positions("value", ranks)
    numbers: dict[int, float] = {}
    for first in range(0, len(positions), 500):
        part = positions[first : first + 500]
        marks = ", ".join("?" * len(part))
        sql = f"SELECT position, coalesce(value, value_low, value_high) FROM facts WHERE position IN ({marks})"  # noqa: S608 - question marks
        numbers |= dict(tuple(row) for row in find_rows(sql, part))
    return {rank: numbers[position] for rank, position in zip(ranks, positions, strict=True)}
