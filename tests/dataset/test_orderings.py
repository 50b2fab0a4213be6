from __future__ import annotations

import random
from array import array
from collections import defaultdict
from pathlib import Path
from tempfile import gettempdir
from typing import Any

import pytest
from pyroaring import BitMap

from dataset.columns import Columns
from dataset.model import Fact
from dataset.orderings import ATTRIBUTES, BLOCK, ORDERINGS, PRESENT, Orderings
from dataset.terms import keys_of, terms_of
from tests.api.world import WORLD, make_world

Tables = dict[str, list[dict[str, Any]]]
ARTICLES = {article.id: article for article in WORLD}


def _make(facts: list[Fact]) -> Tables:
    tables: Tables = defaultdict(list)
    with Columns(Path(gettempdir())) as columns:
        orderings = Orderings(columns)
        for fact in facts:
            orderings.add(fact, ARTICLES[fact.article])
        for table, row in orderings.rows():
            tables[table].append(row)
    return tables


SIZES = [0, 1, 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK + 7]


@pytest.fixture(params=SIZES)
def facts(request: pytest.FixtureRequest) -> list[Fact]:
    return make_world(request.param, random.Random(request.param).choice)  # noqa: S311 - nothing is secret


def _key(fact: Fact, ordering: str) -> float | None:
    name = ORDERINGS[ordering]
    return 0.0 if name is None else getattr(keys_of(fact, ARTICLES[fact.article]), name)


def _order(facts: list[Fact], ordering: str) -> list[int]:
    """Places of the facts by rank; sorted() is stable."""
    keys = [_key(fact, ordering) for fact in facts]
    return sorted(range(len(facts)), key=lambda place: (keys[place] is None, keys[place] or 0.0))


def _unpack(rows: list[dict[str, Any]], ordering: str, column: str) -> list[int]:
    chosen = [row for row in rows if row["ordering"] == ordering]
    assert [row["block"] for row in chosen] == list(range(len(chosen)))
    assert all(len(row[column]) == 4 * BLOCK for row in chosen[:-1])
    return list(array("I", b"".join(row[column] for row in chosen)))


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_ranks_and_positions_lead_to_each_other(facts: list[Fact], ordering: str) -> None:
    tables, order = _make(facts), _order(facts, ordering)
    assert _unpack(tables["ranks"], ordering, "positions") == [place + 1 for place in order]
    assert _unpack(tables["ranks"], ordering, "ranks") == [order.index(place) for place in range(len(facts))]
    (row,) = (row for row in tables["orderings"] if row["name"] == ordering)
    assert row["known"] == sum(_key(fact, ordering) is not None for fact in facts)


@pytest.mark.parametrize("ordering", ORDERINGS)
def test_a_term_holds_the_ranks_of_its_facts(facts: list[Fact], ordering: str) -> None:
    tables, order = _make(facts), _order(facts, ordering)
    expected = defaultdict(set)
    for rank, place in enumerate(order):
        for name, value, _ in terms_of(facts[place], ARTICLES[facts[place].article]):
            expected[name, value].add(rank)
    rows = [row for row in tables["terms"] if row["ordering"] == ordering]
    assert {(row["filter"], row["value"]): set(BitMap.deserialize(row["bitmap"])) for row in rows} == expected
    assert len(rows) == len(expected)
    assert all(row["facts"] == len(expected[row["filter"], row["value"]]) for row in rows)


@pytest.mark.parametrize("ordering", ORDERINGS)
@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_the_slices_spell_the_code_of_each_fact(facts: list[Fact], ordering: str, attribute: str) -> None:
    tables, order = _make(facts), _order(facts, ordering)
    codes = {row["code"]: row["key"] for row in tables["range_keys"] if row["attribute"] == attribute}
    assert sorted(codes) == list(range(len(codes)))
    assert [codes[code] for code in sorted(codes)] == sorted(set(codes.values()))
    slices = {
        row["bit"]: BitMap.deserialize(row["bitmap"])
        for row in tables["range_slices"]
        if (row["ordering"], row["attribute"]) == (ordering, attribute)
    }
    present = slices.pop(PRESENT)
    for rank, place in enumerate(order):
        key = getattr(keys_of(facts[place], ARTICLES[facts[place].article]), attribute)
        assert (rank in present) == (key is not None)
        code = sum(1 << bit for bit, bitmap in slices.items() if rank in bitmap)
        assert code == 0 if key is None else codes[code] == key


def test_a_label_is_kept_of_the_first_fact_that_has_one() -> None:
    tables = _make(make_world(200, random.Random(3).choice))  # noqa: S311
    labels = {(row["filter"], row["value"]): row["label"] for row in tables["terms"]}
    assert labels["claimant", "russia"] == "Russia"
    assert labels["claimant", "ada quill"] == "Ada Quill"
    assert labels["publisher", "selby gazette"] == "Selby Gazette"
    assert labels["kind", "quantity"] is None
