from __future__ import annotations

import random
import statistics
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.arguments import FACETS
from api.database import get_database
from api.settings import Settings
from dataset.database import build_database
from dataset.model import Fact, QuantityFact
from tests.api import reference
from tests.api.conftest import Serve, body
from tests.api.sample import make_article, make_fact
from tests.api.test_exports import COUNT
from tests.api.world import WORLD, make_world, number_of, values_of

FACTS = make_world(230, random.Random(11).choice)  # noqa: S311 - nothing is secret
QUERIES: tuple[dict[str, str], ...] = (
    {},
    {"kind": "quantity"},
    {"claimant": "russia", "repeats": "false"},
    {"published_from": "2024", "modality": "planned,denied"},
    {"value_min": "500", "unit": "item,USD"},
    {"q": "owl*"},
    {"metric": "missing"},
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    path = tmp_path_factory.mktemp("statistics") / "facts.db"
    build_database(path, WORLD, FACTS, {})
    app = create_app(Settings(db=path))
    yield app.test_client()
    with app.app_context():
        get_database().close()


def _group(facts: list[Fact], by: str) -> dict[str, list[Fact]]:
    groups = defaultdict(list)
    for fact in facts:
        for value in values_of(fact, reference.ARTICLES[fact.article], by):
            groups[value].append(fact)
    return groups


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_facets_count_what_a_loop_counts(world: FlaskClient, query: dict[str, str]) -> None:
    kept = reference.select(FACTS, query)
    for names in (FACETS[:5], FACETS[5:10], FACETS[10:15], FACETS[15:]):
        answer = body(world.get(f"/v1/facets?{urlencode({**query, 'by': ','.join(names)})}&limit=500"))
        assert answer["total"] == {"value": len(kept), "relation": "eq"}
        assert [facet["by"] for facet in answer["facets"]] == list(names)
        for facet in answer["facets"]:
            counted = {value: len(facts) for value, facts in _group(kept, facet["by"]).items()}
            ordered = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
            assert [(group["value"], group["facts"]) for group in facet["groups"]] == ordered
            assert facet["distinct"] == len(counted)
            without = [fact for fact in kept if not values_of(fact, reference.ARTICLES[fact.article], facet["by"])]
            assert facet["missing"] == len(without)


def test_who_has_no_value_is_missing_whatever_the_limit(world: FlaskClient) -> None:
    quantities = sum(isinstance(fact, QuantityFact) for fact in FACTS)
    for limit in (1, 500):
        answer = body(world.get(f"/v1/facets?by=unit,kind,claimant&limit={limit}"))
        missing = {facet["by"]: facet["missing"] for facet in answer["facets"]}
        assert missing == {
            "unit": len(FACTS) - quantities,
            "kind": 0,
            "claimant": sum(not fact.claimants for fact in FACTS),
        }
    assert body(world.get("/v1/facets?by=unit&kind=quantity"))["facets"][0]["missing"] == 0


def test_a_period_counts_in_each_of_its_years(world: FlaskClient) -> None:
    (facet,) = body(world.get("/v1/facets?by=period_year&limit=500"))["facets"]
    found = {group["value"]: group["facts"] for group in facet["groups"]}
    long = sum(fact.period is not None and fact.period.edtf == "2022-12-31/2024-01" for fact in FACTS)
    assert found["2023"] == long > 0
    assert sum(found.values()) + facet["missing"] == len(FACTS) + 2 * long


@pytest.mark.parametrize("name", [each for each in FACETS if not each.endswith("_year")])
def test_a_value_of_a_facet_is_a_value_of_the_filter(world: FlaskClient, name: str) -> None:
    (facet,) = body(world.get(f"/v1/facets?by={name}"))["facets"]
    assert facet["groups"]
    for group in facet["groups"]:
        page = body(world.get(f"/v1/facts?{urlencode({name: group['value'], 'limit': 1})}"))
        assert page["total"]["value"] == group["facts"]


def test_labels_say_how_values_are_called(world: FlaskClient) -> None:
    names = {"claimant": ("tass", "TASS"), "publisher": ("groß & söhne".casefold(), "Groß & Söhne")}
    for by, (value, label) in names.items():
        (facet,) = body(world.get(f"/v1/facets?by={by}"))["facets"]
        assert {group["value"]: group["label"] for group in facet["groups"]}[value] == label
    (facet,) = body(world.get("/v1/facets?by=claimant"))["facets"]
    labels = {group["value"]: group["label"] for group in facet["groups"]}
    assert labels["ada quill"] == "Ada Quill"
    assert labels["russian-armed-forces"] == "Russian armed forces"  # the vocabulary's own name


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_facets_are_cut_at_the_limit_and_say_how_many_there_are(world: FlaskClient, limit: int) -> None:
    whole = body(world.get("/v1/facets?by=claimant&limit=500"))["facets"][0]
    facet = body(world.get(f"/v1/facets?by=claimant&limit={limit}"))["facets"][0]
    assert facet["groups"] == whole["groups"][:limit]
    assert facet["distinct"] == whole["distinct"] > 2


def _sum_up(facts: list[Fact], by: str) -> list[dict[str, Any]]:
    groups = []
    for value, together in _group(facts, by).items():
        apart = defaultdict(list)
        for fact in together:
            if isinstance(fact, QuantityFact) and (number := number_of(fact)) is not None:
                apart[fact.measure.value, fact.unit].append(number)
        for (measure, unit), numbers in apart.items():
            summed = {"min": min(numbers), "max": max(numbers), "median": statistics.median(numbers)}
            groups.append({"value": value, "measure": measure, "unit": unit, "facts": len(numbers), **summed})
    return sorted(groups, key=lambda group: (-group["facts"], group["value"], group["unit"], group["measure"]))


@pytest.mark.parametrize("by", FACETS)
@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_aggregates_are_those_of_the_statistics_module(world: FlaskClient, query: dict[str, str], by: str) -> None:
    kept = reference.select(FACTS, query)
    answer = body(world.get(f"/v1/aggregates?{urlencode({**query, 'by': by})}&limit=500"))
    assert answer["by"] == by
    assert answer["total"]["value"] == sum(number_of(fact) is not None for fact in kept)
    for group in answer["groups"]:
        del group["label"]
    assert answer["groups"] == _sum_up(kept, by)
    first = body(world.get(f"/v1/aggregates?{urlencode({**query, 'by': by})}&limit=2"))["groups"]
    assert [(each["value"], each["facts"]) for each in first] == [
        (each["value"], each["facts"]) for each in answer["groups"][:2]
    ]


def test_whole_numbers_are_written_without_a_fraction(world: FlaskClient) -> None:
    text = world.get("/v1/aggregates?by=kind&value_min=500&certainly_above=0").text
    assert '"max": 1000000000000000' in text or '"max":1000000000000000' in text


def test_the_largest_numbers_have_a_median(serve: Serve, tmp_path: Path) -> None:
    article = make_article("large.txt", "large")
    limits = {"value": 1.5e308, "value_low": 1.5e308, "value_high": 1.5e308}
    facts = [make_fact(article, "x" * n + "42", "42", **{**COUNT, **limits}) for n in (0, 5)]
    limits = {"value": 1.6e308, "value_low": 1.6e308, "value_high": 1.6e308}
    facts[1] = make_fact(article, "xxxxx42", "42", **{**COUNT, **limits})
    build_database(tmp_path / "facts.db", [article], facts, {})
    (group,) = body(serve(tmp_path / "facts.db").get("/v1/aggregates?by=kind"))["groups"]
    assert group["median"] == pytest.approx(1.55e308)


@pytest.mark.parametrize(
    ("path", "query", "parameter"),
    [
        ("facets", "", "by"),
        ("facets", "by=", "by"),
        ("facets", "by=nope", "by"),
        ("facets", "by=kind,", "by"),
        ("facets", "by=kind,unit,bound,review,direct,metric", "by"),
        ("facets", "by=kind&limit=0", "limit"),
        ("facets", "by=kind&limit=501", "limit"),
        ("facets", "by=kind&cursor=x", "cursor"),
        ("facets", "by=kind&sort=value", "sort"),
        ("aggregates", "", "by"),
        ("aggregates", "by=kind,unit", "by"),
        ("aggregates", "by=value", "by"),
        ("aggregates", "by=kind&limit=x", "limit"),
        ("comparisons", "kind=event", "kind"),
        ("comparisons", "as_of=2024-13", "as_of"),
        ("metrics/killed/series", "metric=killed", "metric"),
    ],
)
def test_what_cannot_be_counted(world: FlaskClient, path: str, query: str, parameter: str) -> None:
    response = world.get(f"/v1/{path}?{query}")
    assert response.status_code == 400
    assert body(response)["parameter"] == parameter
