from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from api import create_app
from api.database import get_database, iterate_rows
from api.settings import Settings
from dataset.database import build_database
from dataset.model import Bound, EventModality, Fact, Kind, Modality, ReviewStatus
from tests.api import reference
from tests.api.conftest import body
from tests.api.world import WORLD, Choose, make_world

NAMES = (
    *("russia", "tass", "vladimir-putin", "russian-armed-forces", "Ukraine", "ada QUILL", "straße 9", "nobody"),
    *("VLADIMIR Putin", "Russian ARMED forces", "general staff of the russian armed forces", "Putin"),
)
DAYS = ("2021", "2022-02", "2023-12-31", "2024", "2024-02", "2024-03-01", "2024-03-20", "2025-01-01")
NUMBERS = (
    *("-3", "-2.5", "-2.4", "-2.3", "-2", "0", "0.05", "0.098", "0.1", "0.102", "2.8", "2.9", "3", "3.1", "3.2", "500"),
    *("940", "960", "1000", "1e3", "1040", "1060", "1e15", "1.04e15", "2e15", "9007199254740993"),
)
FILTERS: dict[str, tuple[str, ...]] = {
    "kind": tuple(Kind),
    "metric": ("killed", "wounded", "missing"),
    "measure": ("level", "change", "share"),
    "subject": NAMES,
    "claimant": NAMES,
    "article": tuple(article.id for article in WORLD),
    "publisher": ("selby gazette", "Selby GAZETTE", "GROSS & SÖHNE", "vell post", "none"),
    "unit": ("item", "person", "USD", "usd"),
    "bound": tuple(Bound),
    "modality": (*Modality, *(set(EventModality) - set(Modality))),
    "review": tuple(ReviewStatus),
    "event_type": ("visit", "attack"),
    "polarity": ("positive", "negative"),
}
SINGLE: dict[str, tuple[str, ...]] = {
    "direct": ("true", "false"),
    "repeats": ("true", "false"),
    **dict.fromkeys(("value_min", "value_max", "certainly_above", "certainly_below"), NUMBERS),
    **dict.fromkeys(("period_from", "period_to", "published_from", "published_to", "known_at"), DAYS),
    "q": ("foxes", "owl*", "42 -foxes", "OWLS foxes", "-42 o*", "nothing"),
}
KEYS = ("position", "value", "published_on", "period", "confidence", "metric", "unit")


def draw_query(choose: Choose, count: int) -> dict[str, str]:
    """So many filters, of the lists one to three values each; ranges run upwards."""
    query = {}
    for name in {choose(tuple(FILTERS | SINGLE)) for _ in range(count)}:
        if name in FILTERS:
            query[name] = ",".join({str(choose(FILTERS[name])) for _ in range(choose((1, 2, 3)))})
        else:
            query[name] = choose(SINGLE[name])
    if float(query.get("value_min", "-1e99")) > float(query.get("value_max", "1e99")):
        del query["value_min"]
    for which in ("period", "published"):
        if query.get(f"{which}_from", "") >= query.get(f"{which}_to", "~")[:4]:
            del query[f"{which}_from"]
    return query


def draw_sort(choose: Choose, count: int) -> str:
    names = dict.fromkeys(choose(KEYS) for _ in range(count))
    return ",".join(choose(("", "-")) + name for name in names)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("world") / "facts.db"


@pytest.fixture(scope="module")
def service(place: Path) -> Iterator[FlaskClient]:
    """Serves whatever is built at the place."""
    app = create_app(Settings(db=place))
    yield app.test_client()
    with app.app_context():
        get_database().close()


def _walk(client: FlaskClient, query: Mapping[str, str], sort: str, limit: int) -> Iterator[dict[str, Any]]:
    url = f"/v1/facts?{urlencode({**query, 'sort': sort, 'limit': str(limit)})}"
    while url:
        response = client.get(url)
        assert response.status_code == 200, response.text
        yield body(response)
        url = body(response)["next"]


def _check(client: FlaskClient, facts: list[Fact], query: Mapping[str, str], sort: str, limit: int) -> None:
    expected = [fact.id for fact in reference.select(facts, query, sort)]
    pages = list(_walk(client, query, sort, limit))
    assert [item["id"] for page in pages for item in page["items"]] == expected
    assert {page["total"]["value"] for page in pages} == {len(expected)}
    assert len(pages) == max(1, -(-len(expected) // limit))


# What fails is small as it is drawn; making it smaller would take minutes of building.
@settings(max_examples=40, deadline=None, derandomize=True, phases=(Phase.generate,))
@given(st.data())
def test_any_filters_keep_what_plain_python_keeps(service: FlaskClient, place: Path, data: st.DataObject) -> None:
    def choose(options: Any) -> Any:  # noqa: ANN401 - whichever the options are
        return data.draw(st.sampled_from(options))

    facts = make_world(choose(range(15)), choose)
    build_database(place, WORLD, facts, {})
    for _ in range(12):
        query, sort = draw_query(choose, choose((0, 1, 2, 3))), draw_sort(choose, choose((1, 1, 2, 3)))
        _check(service, facts, query, sort, choose((1, 2, 3, 7, 500)))


@pytest.fixture(scope="module")
def many(place: Path) -> list[Fact]:
    """More facts than one row of the table ranks holds."""
    facts = make_world(400, random.Random(7).choice)  # noqa: S311 - nothing is secret
    build_database(place, WORLD, facts, {})
    return facts


@pytest.mark.parametrize("sort", [f"{sign}{key}" for key in KEYS for sign in ("", "-")])
def test_many_facts_in_every_order(service: FlaskClient, many: list[Fact], sort: str) -> None:
    for query in ({}, {"kind": "quantity"}, {"q": "owl*", "claimant": "russia"}, {"value_min": "500"}):
        for limit in (17, 128, 500):
            _check(service, many, query, sort, limit)


@pytest.mark.parametrize("seed", range(60))
def test_many_facts_by_any_filters(service: FlaskClient, many: list[Fact], seed: int) -> None:
    choose = random.Random(seed).choice  # noqa: S311
    _check(service, many, draw_query(choose, choose((1, 1, 2))), draw_sort(choose, choose((1, 2, 3))), 100)


@pytest.mark.parametrize("name", [*FILTERS, *SINGLE])
def test_each_value_of_each_filter(service: FlaskClient, many: list[Fact], name: str) -> None:
    kept = set()
    for value in (FILTERS | SINGLE)[name]:
        _check(service, many, {name: str(value)}, "-value", 500)
        kept.add(len(reference.select(many, {name: str(value)})))
    assert len(kept) > 1 or name in {"unit", "direct"}, "each value keeps as many: nothing is told apart"


def test_a_walk_through_a_list_sorts_it_once(
    service: FlaskClient, many: list[Fact], monkeypatch: pytest.MonkeyPatch
) -> None:
    sorted_by = []

    def note(sql: str, values: Sequence[object] = ()) -> Iterator[Any]:
        if "ORDER BY" in sql:
            sorted_by.append(sql)
        return iterate_rows(sql, values)

    monkeypatch.setattr("api.selection.iterate_rows", note)
    pages = list(_walk(service, {"kind": "quantity,event"}, "unit,-confidence,-value", 50))
    assert len(pages) > 3
    assert len(sorted_by) == 1
