"""Facts in several orders, and sets of them as compressed bitmaps of their ranks.

The bitmaps are Roaring (Lemire et al. 2016, https://arxiv.org/abs/1603.06549); ranges are answered from bit-sliced
codes (O'Neil and Quass 1997, "Improved query performance with variant indexes").
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from itertools import chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from dataset.columns import Columns
from dataset.model import Article, Fact
from dataset.terms import Named, Term, keys_of, terms_of

Row = dict[str, Any]
Numbers = NDArray[np.float64]
Ranks = NDArray[np.uint32]

BLOCK = 128  # positions in a row of the table ranks
PRESENT = -1  # the slice that tells which facts have the attribute at all
ORDERINGS = {"position": None, "value": "value", "published_on": "published_first", "period": "period_start"}
ATTRIBUTES = (
    *("reach_low", "reach_high", "sure_low", "sure_high"),
    *("period_start", "period_end", "published_first", "published_last"),
)
_KEYS = ("value", *ATTRIBUTES)
_BATCH = 5000  # facts that go to the columns together
_PART = 1 << 20  # numbers that are looked up together
_KEY, _CODE = "<f8", "<i4"  # types of the columns
_PAIR, _HALF = "<u8", "<u4"  # the term is the higher half, so that pairs are sorted by it


class Orderings:
    """What is known of the facts of a release, added in release order and kept in `columns`."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._count = 0
        self._terms = _Terms()
        self._codes: list[int] = []  # of the terms of the last facts, which are not in the columns yet
        self._lengths: list[int] = []  # how many of them each fact has
        self._keys: list[float | None] = []  # of the same facts, those of one fact together

    def add(self, fact: Fact, article: Article) -> None:
        """Take the next fact; the first is of rank 0 in the ordering `position`."""
        before = len(self._codes)
        self._codes.extend(map(self._terms.__getitem__, terms_of(fact, article)))
        self._lengths.append(len(self._codes) - before)
        self._keys.extend(keys_of(fact, article))
        if len(self._lengths) == _BATCH:
            self._put_away()

    def _put_away(self) -> None:
        """Move the last facts to the columns: a key each, and of each filter the pairs of position and term."""
        count = len(self._lengths)
        keys = np.array(self._keys, dtype=_KEY).reshape(count, len(_KEYS))  # None becomes NaN
        for name, column in zip(_KEYS, keys.T, strict=True):
            self._columns.append(name, column)
        pairs = np.empty((len(self._codes), 2), dtype=_HALF)
        pairs[:, 0] = np.repeat(np.arange(self._count, self._count + count), self._lengths)
        pairs[:, 1] = self._codes
        filters = np.frombuffer(self._terms.filters, dtype=np.uint8)[self._codes]
        for name, number in self._terms.names.items():
            self._columns.append(f"filter {name}", pairs[filters == number])
        self._count += count
        for waiting in (self._codes, self._lengths, self._keys):
            waiting.clear()

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Table and row, those of one ordering together; positions in the rows count from 1, as in the table facts."""
        self._put_away()
        distinct = {}
        for name in ATTRIBUTES:
            codes, keys = _encode(self._columns.read(name, _KEY))
            self._columns.append(f"codes {name}", codes)
            distinct[name] = len(keys)
            yield from (("range_keys", {"attribute": name, "code": n, "key": k}) for n, k in enumerate(keys.tolist()))
        for ordering, key in ORDERINGS.items():
            order, known = self._sort(key)
            yield "orderings", {"name": ordering, "known": known}
            ranks = np.empty(self._count, dtype=np.uint32)
            ranks[order] = np.arange(self._count, dtype=np.uint32)
            yield from _rank_rows(ordering, order, ranks)
            yield from self._term_rows(ordering, ranks)
            for name, count in distinct.items():
                yield from _slice_rows(ordering, name, self._columns.read(f"codes {name}", _CODE)[order], count)

    def _sort(self, key: str | None) -> tuple[Ranks, int]:
        """Positions by rank: by key, those without one last, and equals in release order; how many have one."""
        if key is None:
            return np.arange(self._count, dtype=np.uint32), self._count
        column = self._columns.read(key, _KEY)
        order = np.argsort(column, kind="stable").astype(np.uint32)  # NaN goes last
        return order, int(np.count_nonzero(~np.isnan(column)))

    def _term_rows(self, ordering: str, ranks: Ranks) -> Iterator[tuple[str, Row]]:
        for name in self._terms.names:
            pairs = self._columns.read(f"filter {name}", _PAIR)
            halves = pairs.view(_HALF).reshape(-1, 2)
            for first in range(0, len(pairs), _PART):
                part = halves[first : first + _PART, 0]
                part[:] = ranks[part]
            pairs.sort()
            held, codes = halves[:, 0], halves[:, 1]
            starts = np.flatnonzero(codes[1:] != codes[:-1]) + 1
            for start, end in pairwise(chain([0], starts.tolist(), [len(pairs)])):
                _, value, label = self._terms.told[codes[start]]
                row = {"ordering": ordering, "filter": name, "value": value, "label": label}
                yield "terms", {**row, "facts": end - start, "bitmap": _bitmap(held[start:end])}


class _Terms(dict[Named, int]):
    """The number of each term; one that is called otherwise elsewhere keeps its number, and its first label."""

    def __init__(self) -> None:
        super().__init__()
        self._numbers: dict[Term, int] = {}
        self.told: list[Named] = []  # by number
        self.names: dict[str, int] = {}  # of the filters, each with a number of its own
        self.filters = array("B")  # number of the filter by that of the term

    def __missing__(self, named: Named) -> int:
        name, value, _ = named
        number = self[named] = self._numbers.setdefault((name, value), len(self.told))
        if number == len(self.told):
            self.told.append(named)
            self.filters.append(self.names.setdefault(name, len(self.names)))
        return number


def _rank_rows(ordering: str, order: Ranks, ranks: Ranks) -> Iterator[tuple[str, Row]]:
    positions, places = (order + 1).astype("<u4"), ranks.astype("<u4")
    for block, first in enumerate(range(0, len(order), BLOCK)):
        part = slice(first, first + BLOCK)
        content = {"positions": positions[part].tobytes(), "ranks": places[part].tobytes()}
        yield "ranks", {"ordering": ordering, "block": block, **content}


def _encode(column: Numbers) -> tuple[NDArray[np.int32], Numbers]:
    """Number the different keys from the smallest, which is 0; -1 stands where there is none."""
    order = np.argsort(column)  # NaN goes last
    ascending = column[order]
    ascending = ascending[: np.searchsorted(ascending, np.nan)]
    new = np.ones(len(ascending), dtype=np.bool_)
    new[1:] = ascending[1:] != ascending[:-1]
    encoded = np.full(len(column), -1, dtype=_CODE)
    encoded[order[: len(new)]] = np.cumsum(new, dtype=_CODE) - 1
    return encoded, ascending[new]


def _slice_rows(ordering: str, attribute: str, codes: NDArray[np.int32], keys: int) -> Iterator[tuple[str, Row]]:
    def row(bit: int, where: NDArray[np.bool_]) -> tuple[str, Row]:
        bitmap = _bitmap(np.flatnonzero(where).astype(np.uint32))
        return "range_slices", {"ordering": ordering, "attribute": attribute, "bit": bit, "bitmap": bitmap}

    present = codes >= 0
    yield row(PRESENT, present)
    for bit in range(max(keys - 1, 0).bit_length()):
        yield row(bit, present & ((codes >> bit) & 1 == 1))


def _bitmap(ranks: Ranks) -> bytes:
    bitmap = BitMap(array("I", ranks.tobytes()))
    bitmap.run_optimize()
    serialized: bytes = bitmap.serialize()
    return serialized
