"""The orderings of the database: sets of facts as bitmaps of their ranks, and ranks to positions and back.

The tables are described in dataset/schema.sql, the format of the bitmaps and slices in dataset/orderings.py.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import islice
from operator import or_

import orjson
from pyroaring import BitMap

from api.database import find_row, find_rows, get_release, iterate_rows

BLOCK = 128  # facts in a row of the table ranks
_TOGETHER = 500  # rows that are read at once
_EMPTY = BitMap()
_POSITIONS = f"""
    SELECT group_concat(position, '') FROM (
        SELECT hex(substr(positions, 1 + 4 * (value % {BLOCK}), 4)) AS position
        FROM json_each(?) CROSS JOIN ranks ON ordering = ? AND block = value / {BLOCK} ORDER BY key)"""  # noqa: S608 - a number


def everything() -> BitMap:
    """All facts, in any ordering."""
    return BitMap(range(get_release().facts))


def find_terms(ordering: str, name: str, values: Iterable[str]) -> BitMap:
    """The facts that have one of the values."""
    return reduce(or_, (_find_term(ordering, name, value) for value in values), _EMPTY)


def _find_term(ordering: str, name: str, value: str) -> BitMap:
    def read() -> tuple[BitMap, int]:
        sql = "SELECT bitmap FROM terms WHERE filter = ? AND value = ? AND ordering = ?"
        return _bitmap(sql, name, value, ordering)

    return get_release().keep(("term", ordering, name, value), read)


def find_values(name: str, called: str) -> tuple[str, ...]:
    """The values that go by this name, whatever its case: itself, and identifiers that it is the label of."""
    folded = called.casefold()
    return tuple(dict.fromkeys((folded, *_find_identifiers(name).get(folded, ()))))


def _find_identifiers(name: str) -> dict[str, list[str]]:
    """Identifiers by what they are called: no more than the vocabulary has, as other names are values themselves."""

    def read() -> tuple[dict[str, list[str]], int]:
        sql = "SELECT value, label FROM terms WHERE filter = ? AND ordering = 'position' AND label IS NOT NULL"
        found: dict[str, list[str]] = defaultdict(list)
        for value, label in iterate_rows(sql, [name]):
            if (folded := label.casefold()) != value:
                found[folded].append(value)
        return found, 300 * len(found)

    return get_release().keep(("identifiers", name), read)


def _bitmap(sql: str, *values: object) -> tuple[BitMap, int]:
    """A bitmap and about how much memory it takes, which is what it took to write it down."""
    row = find_row(sql, values)
    return (BitMap.deserialize(row["bitmap"]), len(row["bitmap"]) + 200) if row else (_EMPTY, 200)


def find_at_least(ordering: str, attribute: str, key: float) -> BitMap:
    """The facts whose attribute is this key or more."""
    return _find_codes(ordering, attribute, _count_keys("<", attribute, key))


def find_above(ordering: str, attribute: str, key: float) -> BitMap:
    """The facts whose attribute is more than this key."""
    return _find_codes(ordering, attribute, _count_keys("<=", attribute, key))


def find_at_most(ordering: str, attribute: str, key: float) -> BitMap:
    """The facts whose attribute is this key or less."""
    return _find_slice(ordering, attribute, -1) - find_above(ordering, attribute, key)


def find_below(ordering: str, attribute: str, key: float) -> BitMap:
    """The facts whose attribute is less than this key."""
    return _find_slice(ordering, attribute, -1) - find_at_least(ordering, attribute, key)


def _count_keys(comparison: str, attribute: str, key: float) -> int:
    """How many of the attribute's keys are smaller: the code of the first that is not."""
    sql = f"SELECT code + 1 FROM range_keys WHERE attribute = ? AND key {comparison} ? ORDER BY key DESC LIMIT 1"  # noqa: S608 - two constants
    row = find_row(sql, [attribute, key])
    return row[0] if row else 0


def _find_codes(ordering: str, attribute: str, least: int) -> BitMap:
    """The facts whose code is `least` or more, from the highest binary digit to the lowest."""
    equal = _find_slice(ordering, attribute, -1)
    bits = _count_bits(ordering, attribute)
    if least >> bits:
        return _EMPTY
    larger = _EMPTY
    for bit in reversed(range(bits)):
        digit = _find_slice(ordering, attribute, bit)
        if least >> bit & 1:
            equal = equal & digit
        else:
            larger = larger | (equal & digit)
            equal = equal - digit
    return larger | equal


def _count_bits(ordering: str, attribute: str) -> int:
    def read() -> tuple[int, int]:
        sql = "SELECT max(bit) + 1 FROM range_slices WHERE attribute = ? AND ordering = ?"
        return find_rows(sql, [attribute, ordering])[0][0] or 0, 100

    return get_release().keep(("bits", ordering, attribute), read)


def _find_slice(ordering: str, attribute: str, bit: int) -> BitMap:
    def read() -> tuple[BitMap, int]:
        sql = "SELECT bitmap FROM range_slices WHERE attribute = ? AND ordering = ? AND bit = ?"
        return _bitmap(sql, attribute, ordering, bit)

    return get_release().keep(("slice", ordering, attribute, str(bit)), read)


def count_known(ordering: str) -> int:
    """How many facts have what an ordering sorts by; they have its first ranks."""

    def read() -> tuple[int, int]:
        return find_rows("SELECT known FROM orderings WHERE name = ?", [ordering])[0][0], 100

    return get_release().keep(("known", ordering), read)


def find_positions(ordering: str, ranks: Sequence[int]) -> list[int]:
    """The positions of facts, in the order of the ranks given."""
    if ordering == "position":
        return [rank + 1 for rank in ranks]
    row = find_row(_POSITIONS, [orjson.dumps(ranks).decode(), ordering])
    return list(array("I", bytes.fromhex(row[0] or ""))) if row else []


def find_ranks(ordering: str, positions: Iterable[int]) -> BitMap:
    """The ranks of the facts at these positions."""
    if ordering == "position":
        return BitMap(array("I", (position - 1 for position in positions)))
    wanted: dict[int, list[int]] = defaultdict(list)
    for position in positions:
        wanted[(position - 1) // BLOCK].append((position - 1) % BLOCK)
    blocks = _read_blocks("ranks", ordering, wanted)
    return BitMap(array("I", (blocks[block][place] for block, places in wanted.items() for place in places)))


def _read_blocks(column: str, ordering: str, blocks: Iterable[int]) -> dict[int, array[int]]:
    read: dict[int, array[int]] = {}
    waiting = iter(blocks)
    while some := list(islice(waiting, _TOGETHER)):
        marks = ", ".join("?" * len(some))
        sql = f"SELECT block, {column} FROM ranks WHERE ordering = ? AND block IN ({marks})"  # noqa: S608 - two constants
        read |= {block: array("I", content) for block, content in find_rows(sql, [ordering, *some])}
    return read
