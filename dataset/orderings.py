"""Facts in several orders, and sets of them as compressed bitmaps of their ranks.

The bitmaps are Roaring (Lemire et al. 2016, https://arxiv.org/abs/1603.06549); ranges are answered from bit-sliced
codes (O'Neil and Quass 1997, "Improved query performance with variant indexes").
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pyroaring import BitMap

from dataset.model import Article, Fact
from dataset.terms import Term, keys_of, terms_of

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


class Orderings:
    """What is known of the facts of a release, added in release order: 4 bytes a term and 72 bytes a fact."""

    def __init__(self) -> None:
        self._count = 0
        self._terms: dict[Term, array[int]] = defaultdict(lambda: array("I"))
        self._labels: dict[Term, str | None] = {}
        self._keys: dict[str, array[float]] = {name: array("d") for name in _KEYS}

    def add(self, fact: Fact, article: Article) -> None:
        """Take the next fact; the first is of rank 0 in the ordering `position`."""
        for name, value, label in terms_of(fact, article):
            self._terms[name, value].append(self._count)
            self._labels.setdefault((name, value), label)
        keys = keys_of(fact, article)
        for name, column in self._keys.items():
            key = getattr(keys, name)
            column.append(np.nan if key is None else key)
        self._count += 1

    def rows(self) -> Iterator[tuple[str, Row]]:
        """Table and row, those of one ordering together; positions in the rows count from 1, as in the table facts."""
        attributes = {name: _encode(np.asarray(self._keys[name])) for name in ATTRIBUTES}
        for name, (_, keys) in attributes.items():
            yield from (("range_keys", {"attribute": name, "code": n, "key": float(k)}) for n, k in enumerate(keys))
        for ordering, key in ORDERINGS.items():
            order, known = self._sort(key)
            yield "orderings", {"name": ordering, "known": known}
            ranks = np.empty(self._count, dtype=np.uint32)
            ranks[order] = np.arange(self._count, dtype=np.uint32)
            yield from _rank_rows(ordering, order, ranks)
            yield from self._term_rows(ordering, ranks)
            for name, (codes, keys) in attributes.items():
                yield from _slice_rows(ordering, name, codes[order], len(keys))

    def _sort(self, key: str | None) -> tuple[Ranks, int]:
        """Positions by rank: by key, those without one last, and equals in release order; how many have one."""
        if key is None:
            return np.arange(self._count, dtype=np.uint32), self._count
        column = np.asarray(self._keys[key])
        order = np.argsort(column, kind="stable").astype(np.uint32)  # NaN goes last
        return order, int(np.count_nonzero(~np.isnan(column)))

    def _term_rows(self, ordering: str, ranks: Ranks) -> Iterator[tuple[str, Row]]:
        for term, positions in self._terms.items():
            name, value = term
            bitmap = _bitmap(np.sort(ranks[np.asarray(positions)]))
            row = {"filter": name, "value": value, "label": self._labels[term], "facts": len(positions)}
            yield "terms", {"ordering": ordering, **row, "bitmap": bitmap}


def _rank_rows(ordering: str, order: Ranks, ranks: Ranks) -> Iterator[tuple[str, Row]]:
    positions, places = (order + 1).astype("<u4"), ranks.astype("<u4")
    for block, first in enumerate(range(0, len(order), BLOCK)):
        part = slice(first, first + BLOCK)
        content = {"positions": positions[part].tobytes(), "ranks": places[part].tobytes()}
        yield "ranks", {"ordering": ordering, "block": block, **content}


def _encode(column: Numbers) -> tuple[NDArray[np.int64], Numbers]:
    """Number the different keys from the smallest, which is 0; -1 stands where there is none."""
    present = ~np.isnan(column)
    keys, codes = np.unique(column[present], return_inverse=True)
    encoded = np.full(len(column), -1, dtype=np.int64)
    encoded[present] = codes
    return encoded, keys


def _slice_rows(ordering: str, attribute: str, codes: NDArray[np.int64], keys: int) -> Iterator[tuple[str, Row]]:
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
