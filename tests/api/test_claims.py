from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.claims import MOST
from api.database import get_database
from api.settings import Settings
from dataset.database import build_database
from dataset.model import Bound, Fact, Kind, Measure, Mention, Modality, Period, Subject
from tests.api.conftest import Serve, body
from tests.api.sample import make_article, make_fact

EARLY = make_article("early.txt", "early", published_on="2024-03-01", publisher="Selby Gazette")
LATE = make_article("late.txt", "late", published_on="2025", publisher="Vell Post")
MARCH, LONGER = Period("2024-03", "2024-03-01", "2024-03-31"), Period("2024-02/2024-03", "2024-02-01", "2024-03-31")
YEAR = Period("2024", "2024-01-01", "2024-12-31")
BEFORE = Period("2022", "2022-01-01", "2022-12-31")
TASS, PUTIN, QUILL = (
    Mention("tass", "TASS"),
    Mention("vladimir-putin", "Vladimir Putin"),
    Mention(None, "Ada Quill, mayor"),
)


def _claim(article: Any, place: int, number: float, **fields: Any) -> Fact:  # noqa: ANN401 - as Fact takes them
    limits = {"value": number, "value_low": number, "value_high": number}
    details = {
        "metric": "killed",
        "unit": "person",
        "measure": Measure.LEVEL,
        "bound": Bound.EXACT,
        "subject": Subject("ukraine", "Ukraine"),
    }
    return make_fact(article, "x" * place + "42", "42", **{**details, **limits, **fields})


DATED = _claim(EARLY, 0, 100, period=MARCH, claimants=(PUTIN,))
LOWER = _claim(EARLY, 5, 90, period=LONGER, claimants=(TASS, PUTIN))
OLD = _claim(EARLY, 10, 7, period=BEFORE, claimants=(QUILL,))
AGAIN = _claim(EARLY, 15, 100, period=MARCH, claimants=(PUTIN,), repeats=DATED.id)
SAME = _claim(LATE, 0, 100, period=MARCH)
UNDATED = _claim(LATE, 5, 95, claimants=(Mention(None, "ADA QUILL, MAYOR"),), modality=Modality.ESTIMATED)
WOUNDED = _claim(LATE, 10, 3, metric="wounded", period=MARCH)
ELSEWHERE = _claim(LATE, 15, 3, subject=Subject("russia", "Russia"), period=MARCH)
CLAIMS = [DATED, LOWER, OLD, AGAIN, SAME, UNDATED, WOUNDED, ELSEWHERE]
KILLED = [OLD, LOWER, DATED, AGAIN, SAME, ELSEWHERE, UNDATED]  # by the first day of the period, the undated last


@pytest.fixture(scope="module")
def claims(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    path = tmp_path_factory.mktemp("claims") / "facts.db"
    build_database(path, [EARLY, LATE], CLAIMS, {})
    app = create_app(Settings(db=path))
    yield app.test_client()
    with app.app_context():
        get_database().close()


def _ids(facts: list[Fact]) -> list[str]:
    return [fact.id for fact in facts]


def test_a_series_has_every_claim_by_origin(claims: FlaskClient) -> None:
    series = body(claims.get("/v1/metrics/killed/series"))
    assert (series["metric"], series["total"]["value"], series["next"]) == ("killed", len(KILLED), None)
    grouped = [(group["claimant"], [claim["id"] for claim in group["claims"]]) for group in series["items"]]
    assert grouped == [
        ({"id": None, "name": "Ada Quill, mayor"}, _ids([OLD, UNDATED])),  # one name, whatever its case
        ({"id": "tass", "name": "TASS"}, _ids([LOWER])),
        ({"id": "vladimir-putin", "name": "Vladimir Putin"}, _ids([DATED, AGAIN])),
        (None, _ids([SAME, ELSEWHERE])),  # the article speaks for itself
    ]


@pytest.mark.parametrize("limit", [1, 2, 3, 100])
def test_pages_of_a_series_hold_each_claim_once_in_order(claims: FlaskClient, limit: int) -> None:
    url: str | None = f"/v1/metrics/killed/series?limit={limit}"
    seen: list[str] = []
    while url:
        page = body(claims.get(url))
        on_page = [claim["id"] for group in page["items"] for claim in group["claims"]]
        assert len(on_page) <= limit
        assert sorted(on_page) == sorted(_ids(KILLED)[len(seen) : len(seen) + limit])
        seen += on_page
        url = page["next"]
    assert len(seen) == len(KILLED)


SERIES = {
    "repeats=false": [OLD, LOWER, DATED, SAME, ELSEWHERE, UNDATED],
    "known_at=2024": [OLD, LOWER, DATED, AGAIN],
    "known_at=2024-02-29": [],
    "known_at=2025-06": [OLD, LOWER, DATED, AGAIN],  # published some time in 2025: not surely by then
    "known_at=2025": KILLED,
    "claimant=russia": [DATED, AGAIN, LOWER],  # who belongs to it speaks for it
    "claimant=tass": [LOWER],
    "subject=russia": [ELSEWHERE],
    "period_from=2023": [LOWER, DATED, AGAIN, SAME, ELSEWHERE],
    "publisher=vell%20POST": [SAME, ELSEWHERE, UNDATED],
    "modality=estimated": [UNDATED],
}


@pytest.mark.parametrize(("query", "expected"), SERIES.items())
def test_a_series_takes_filters(claims: FlaskClient, query: str, expected: list[Fact]) -> None:
    groups = body(claims.get(f"/v1/metrics/killed/series?{query}"))["items"]
    assert sorted(claim["id"] for group in groups for claim in group["claims"]) == sorted(_ids(expected))


def test_a_claim_is_the_fact_with_its_links(claims: FlaskClient) -> None:
    groups = body(claims.get("/v1/metrics/wounded/series"))["items"]
    ((claim,),) = (group["claims"] for group in groups)
    fact = body(claims.get(claim["links"]["self"]))
    assert claim["links"] == fact["provenance"]["links"]
    assert all(fact[name] == value for name, value in claim.items() if name != "links")


def test_a_metric_nobody_speaks_of_has_an_empty_series(claims: FlaskClient) -> None:
    series = body(claims.get("/v1/metrics/missing/series"))
    assert (series["items"], series["total"]["value"]) == ([], 0)


def test_comparisons_set_claims_side_by_side(claims: FlaskClient) -> None:
    (found,) = body(claims.get("/v1/comparisons?metric=killed&subject=ukraine"))["comparisons"]
    assert (found["metric"], found["subject"], found["measure"], found["unit"]) == (
        "killed",
        "ukraine",
        "level",
        "person",
    )
    assert (found["low"], found["high"], found["ratio"]) == (7, 100, 100 / 7)
    assert [claim["id"] for claim in found["claims"]] == _ids([OLD, LOWER, DATED, SAME, UNDATED])
    assert {claim["id"]: claim["repeated"] for claim in found["claims"]}[DATED.id] == [AGAIN.id]
    assert [claim["repeated"] for claim in found["claims"]].count([]) == 4
    assert found["counts"] == {"claims": 5, "claimants": 3, "articles": 2}
    pairs = {frozenset((each["one"], each["other"])): each["basis"] for each in found["contradictions"]}
    assert pairs[frozenset((DATED.id, LOWER.id))] == "overlapping periods"
    assert frozenset((OLD.id, DATED.id)) not in pairs  # two years apart
    assert pairs[frozenset((UNDATED.id, OLD.id))] == "period not known"
    assert frozenset((UNDATED.id, DATED.id)) not in pairs  # a month is no total of all the time
    agreed = [frozenset((each["one"], each["other"])) for each in found["agreements"]]
    assert agreed == [frozenset((DATED.id, SAME.id))]
    assert {"winner", "right", "true"}.isdisjoint(found)


COMPARED = {  # those of one metric and subject together: Russia comes before Ukraine
    "": [ELSEWHERE, OLD, LOWER, DATED, SAME, UNDATED, WOUNDED],
    "as_of=2024-03-15": [ELSEWHERE, LOWER, DATED, SAME, WOUNDED],  # the undated is of no day
    "as_of=2024-03": [ELSEWHERE, LOWER, DATED, SAME, WOUNDED],
    "as_of=2024-02-15": [LOWER],  # one claim alone holds
    "as_of=2024": [],  # on its last day none does
    "as_of=2022-05": [OLD],
    "as_of=2024-03-15&known_at=2024": [LOWER, DATED],
    "as_of=2024-03-15&period_to=2023": [],
    "as_of=2024-03-15&period_from=2024-03-20": [ELSEWHERE, LOWER, DATED, SAME, WOUNDED],
    "known_at=2024": [OLD, LOWER, DATED],
    "metric=wounded": [WOUNDED],
    "subject=russia": [ELSEWHERE],
}


@pytest.mark.parametrize(("query", "expected"), COMPARED.items())
def test_what_is_compared(claims: FlaskClient, query: str, expected: list[Fact]) -> None:
    found = body(claims.get(f"/v1/comparisons?{query}"))["comparisons"]
    assert [claim["id"] for each in found for claim in each["claims"]] == _ids(expected)


@pytest.mark.parametrize(
    ("metric", "measure", "compared"),
    [
        ("killed", Measure.LEVEL, False),  # adds up: those of a year are not those of a month
        ("killed", Measure.SHARE, True),
        ("missing", Measure.LEVEL, True),  # as many at one time as at another
    ],
)
def test_amounts_that_add_up_are_set_against_those_of_about_as_much_time(
    serve: Serve, tmp_path: Path, metric: str, measure: Measure, compared: bool
) -> None:
    facts = [
        _claim(EARLY, 5 * place, number, metric=metric, measure=measure, period=period)
        for place, (number, period) in enumerate([(20, MARCH), (300, YEAR)])
    ]
    build_database(tmp_path / "facts.db", [EARLY], facts, {})
    found = body(serve(tmp_path / "facts.db").get("/v1/comparisons"))["comparisons"]
    assert [(each["counts"]["claims"], len(each["contradictions"])) for each in found] == [(2, int(compared))]


def test_a_claim_that_stands_alone_is_told_and_contradicts_nothing(claims: FlaskClient) -> None:
    (found,) = body(claims.get("/v1/comparisons?metric=wounded"))["comparisons"]
    assert (found["low"], found["high"], found["ratio"]) == (3, 3, 1)
    assert found["counts"] == {"claims": 1, "claimants": 0, "articles": 1}
    assert (found["contradictions"], found["agreements"]) == ([], [])


def test_what_is_less_than_a_figure_is_not_the_figure(serve: Serve, tmp_path: Path) -> None:
    fewer = {"value": 4.0, "value_low": None, "value_high": 4.0, "bound": Bound.LESS_THAN}
    most = {**fewer, "bound": Bound.AT_MOST}
    facts = [_claim(EARLY, 0, 4, **fewer), _claim(EARLY, 5, 4, **most), _claim(LATE, 0, 4)]
    build_database(tmp_path / "facts.db", [EARLY, LATE], facts, {})
    (found,) = body(serve(tmp_path / "facts.db").get("/v1/comparisons"))["comparisons"]
    assert [{each["one"], each["other"]} for each in found["contradictions"]] == [{facts[0].id, facts[2].id}]
    assert [{each["one"], each["other"]} for each in found["agreements"]] == [{facts[1].id, facts[2].id}]


def test_as_many_claims_as_may_be_are_compared_each_with_each(serve: Serve, tmp_path: Path) -> None:
    facts = [_claim(EARLY, 3 * n, n + 1, period=MARCH) for n in range(MOST)]
    build_database(tmp_path / "facts.db", [EARLY], facts, {})
    (found,) = body(serve(tmp_path / "facts.db").get("/v1/comparisons"))["comparisons"]
    assert [claim["value"] for claim in found["claims"]] == list(range(1, MOST + 1))
    assert (found["counts"]["claims"], found["ratio"]) == (MOST, MOST)
    pairs = {(each["one"], each["other"]) for each in found["contradictions"]}
    assert pairs == set(combinations(_ids(facts), 2))


def test_too_many_claims_are_refused_with_a_remedy(serve: Serve, tmp_path: Path) -> None:
    facts = [_claim(EARLY, 3 * n, n) for n in range(MOST + 1)]
    build_database(tmp_path / "facts.db", [EARLY], facts, {})
    client = serve(tmp_path / "facts.db")
    response = client.get("/v1/comparisons")
    assert response.status_code == 400
    assert response.headers["Content-Type"] == "application/problem+json"
    assert body(response)["type"] == "urn:factline:problem:too-many-claims"
    assert str(MOST) in body(response)["detail"]
    assert "metric" in body(response)["remedy"]
    assert client.get("/v1/comparisons?certainly_above=400").status_code == 200


def test_metrics_are_listed_with_their_facts(claims: FlaskClient) -> None:
    metrics = body(claims.get("/v1/metrics?limit=500"))["items"]
    assert [each["id"] for each in metrics] == sorted(each["id"] for each in metrics)
    facts = {each["id"]: each["facts"] for each in metrics}
    assert (facts["killed"], facts["wounded"], facts["missing"]) == (len(KILLED), 1, 0)
    pages, url = [], "/v1/metrics?limit=7"
    while url:
        page = body(claims.get(url))
        pages.append(page["items"])
        url = page["next"]
    assert list(chain(*pages)) == metrics
    for metric in (metrics[0], metrics[-1]):
        answer = body(claims.get(metric["links"]["self"]))
        assert {**metric, "release": answer["release"]} == answer
        assert body(claims.get(metric["links"]["facts"]))["total"]["value"] == metric["facts"]
        assert claims.get(metric["links"]["series"]).status_code == 200


def test_claimants_are_listed_with_the_facts_of_those_that_belong_to_them(claims: FlaskClient) -> None:
    items = body(claims.get("/v1/claimants"))["items"]
    found = {item["name"]: item["facts"] for item in items}
    assert found == {"Russia": 3, "Vladimir Putin": 3, "Ada Quill, mayor": 2, "TASS": 1}
    assert [item["facts"] for item in items] == sorted(found.values(), reverse=True)
    assert body(claims.get("/v1/claimants?limit=3"))["total"]["value"] == 4
    assert body(claims.get(body(claims.get("/v1/claimants?limit=3"))["next"]))["items"] == items[3:]


def test_the_links_of_a_claimant_lead_to_as_many_facts(claims: FlaskClient) -> None:
    for item in body(claims.get("/v1/claimants"))["items"]:
        assert body(claims.get(item["links"]["facts"]))["total"]["value"] == item["facts"], item["name"]
        if item["links"]["self"]:
            assert body(claims.get(item["links"]["self"]))["facts"] == item["facts"]
        assert (item["links"]["self"] is None) == (item["id"] is None)


def test_a_claimant_names_who_belongs_to_it(claims: FlaskClient) -> None:
    russia = body(claims.get("/v1/claimants/russia"))
    assert (russia["name"], russia["kind"], russia["parent"]) == ("Russia", "country", None)
    assert russia["members"] == [{"id": "vladimir-putin", "name": "Vladimir Putin"}]
    assert body(claims.get("/v1/claimants/vladimir-putin"))["parent"] == "russia"


@pytest.mark.parametrize("path", ["metrics", "claimants"])
@pytest.mark.parametrize("id_", ["nope", "KILLED", "%00", "'", "é", "a" * 200, "%2e%2e", "nobody%0A", "%FF"])
def test_an_unknown_identifier(claims: FlaskClient, path: str, id_: str) -> None:
    for address in (f"/v1/{path}/{id_}", *([f"/v1/metrics/{id_}/series"] if path == "metrics" else [])):
        response = claims.get(address)
        assert response.status_code == 404
        assert body(response)["type"] == "urn:factline:problem:unknown-identifier"
        assert f"/v1/{path}" in body(response)["remedy"]
        assert urlsplit(body(response)["instance"]).path.startswith(f"/v1/{path}/")


def test_statements_are_not_compared(serve: Serve, tmp_path: Path) -> None:
    said = [make_fact(EARLY, "x" * n + "42", "42", Kind.STATEMENT, direct=True) for n in (0, 5)]
    build_database(tmp_path / "facts.db", [EARLY], said, {})
    assert body(serve(tmp_path / "facts.db").get("/v1/comparisons"))["comparisons"] == []
