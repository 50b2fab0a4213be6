"""Which facts the filters of a request keep, and in which order they are listed."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import orjson
from pyroaring import BitMap

from api.database import find_rows, get_release, iterate_rows
from api.index import (
    count_known,
    everything,
    find_above,
    find_at_least,
    find_at_most,
    find_below,
    find_positions,
    find_ranks,
    find_terms,
    find_values,
)
from api.search import parse_search

Filters = Mapping[str, Any]

TERMS = (
    *("kind", "metric", "measure", "subject", "claimant", "article", "publisher", "unit", "bound", "modality"),
    *("review", "event_type", "polarity", "direct", "repeats"),
)
_NAMES = frozenset({"subject", "claimant", "publisher"})
RANGES: dict[str, tuple[Callable[[str, str, float], BitMap], str]] = {
    "value_min": (find_at_least, "reach_high"),
    "value_max": (find_at_most, "reach_low"),
    "certainly_above": (find_above, "sure_low"),
    "certainly_below": (find_below, "sure_high"),
    "period_from": (find_at_least, "period_end"),
    "period_to": (find_at_most, "period_start"),
    "published_from": (find_at_least, "published_first"),
    "published_to": (find_at_most, "published_last"),
    "known_at": (find_at_most, "published_last"),
}
# What can be sorted by; those that are orderings of the database need no sorting.
SORTS = {
    "position": "facts.position",
    "value": "coalesce(facts.value, facts.value_low, facts.value_high)",
    "published_on": (
        "CASE WHEN articles.published_on NOT LIKE '..%' THEN substr(rtrim(substr(articles.published_on, 1, "
        "instr(articles.published_on || '/', '/') - 1), '~?%') || '-01-01', 1, 10) END"
    ),
    "period": "CASE WHEN facts.period IS NOT NULL THEN coalesce(facts.period_start_on, '') END",
    "confidence": "facts.confidence",
    "metric": "facts.metric",
    "unit": "facts.unit",
}
ORDERINGS = ("position", "value", "published_on", "period")
_BYTES = 4  # of a position
_ANSWERS = "SELECT content FROM json_each(?) CROSS JOIN answers ON position = value ORDER BY key"


@dataclass(frozen=True, slots=True)
class SortKey:
    """One key to sort by. Facts without it come last either way, in release order."""

    name: str
    descending: bool


def parse_sort(text: str) -> tuple[SortKey, ...]:
    """Read `-value,period`; the names are not checked."""
    return tuple(SortKey(each.removeprefix("-"), each.startswith("-")) for each in text.split(","))


def select(filters: Filters, ordering: str = "position") -> BitMap:
    """The ranks, in an ordering, of the facts that all the filters keep; SearchError where `q` cannot be read."""
    selected: BitMap | None = None
    for keep in _conditions(filters, ordering):
        selected = keep if selected is None else selected & keep
        if not selected:
            break
    return everything() if selected is None else selected


def _conditions(filters: Filters, ordering: str) -> list[BitMap]:
    found = [find_terms(ordering, name, _values(name, filters[name])) for name in TERMS if name in filters]
    found += [find(ordering, of, filters[name]) for name, (find, of) in RANGES.items() if name in filters]
    if "q" in filters:
        sql = "SELECT rowid FROM facts_fts WHERE facts_fts MATCH ?"
        found.append(find_ranks(ordering, (row[0] for row in iterate_rows(sql, [parse_search(filters["q"])]))))
    return found


def _values(name: str, values: Sequence[str]) -> Sequence[str]:
    """The values as dataset/terms.py writes them; somebody may also be called by name, whatever its case."""
    return [each for value in values for each in find_values(name, value)] if name in _NAMES else values


@dataclass(frozen=True, slots=True)
class Listing:
    """The selected facts in their order: how many, and the positions of some of them.

    Wherever a page starts it costs the same: a bitmap knows its nth member.
    """

    total: int
    read: Callable[[int, int], list[int]]  # from an index up to, not including, another


def list_facts(filters: Filters, sort: str) -> Listing:
    """The facts that the filters keep, in the order that `sort` says."""
    keys = parse_sort(sort)
    if len(keys) > 1 or keys[0].name not in ORDERINGS:
        order = _sort(filters, keys)
        return Listing(len(order), lambda first, last: list(order[first:last]))
    (key,) = keys
    selected = select(filters, key.name)
    known = count_known(key.name)
    turned = (
        selected.rank(known - 1) if known and key.descending else 0
    )  # those that are read from the last to the first

    def read(first: int, last: int) -> list[int]:
        ranks = list(selected[max(0, turned - last) : max(0, turned - first)])[::-1]
        ranks += selected[max(first, turned) : max(last, turned)]
        return find_positions(key.name, ranks)

    return Listing(len(selected), read)


def _sort(filters: Filters, keys: Sequence[SortKey]) -> array[int]:
    """The positions of all facts that the filters keep, sorted."""

    def read() -> tuple[array[int], int]:
        selected = select(filters)
        where, values = "TRUE", []
        if len(selected) < get_release().facts:
            where, values = "facts.position IN (SELECT value FROM json_each(?))", [str([n + 1 for n in selected])]
        by = ", ".join(f"{SORTS[k.name]} {'DESC' if k.descending else 'ASC'} NULLS LAST" for k in keys)
        last = keys[-1]  # equal facts are read the way it is read, as along an ordering
        place = f"iif({SORTS[last.name]} IS NULL, 1, -1) * facts.position" if last.descending else "facts.position"
        sql = f"SELECT facts.position FROM facts JOIN articles ON articles.id = facts.article WHERE {where} ORDER BY {by}, {place}"  # noqa: E501, S608 - constants of this file
        order = array("I", (row[0] for row in iterate_rows(sql, values)))
        return order, len(order) * _BYTES + 200

    identity = repr(([(name, filters[name]) for name in (*TERMS, *RANGES, "q") if name in filters], keys))
    return get_release().keep(("sorted", identity), read)


def find_answers(positions: Sequence[int]) -> list[bytes]:
    """The prepared answers of facts, in the order given."""
    return [row[0] for row in find_rows(_ANSWERS, [orjson.dumps(positions).decode()])]
