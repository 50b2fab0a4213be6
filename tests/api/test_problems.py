from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.problems import PROBLEMS
from api.schemas import ProblemSchema
from tests.api.conftest import body
from tests.api.sample import HARBOUR, MORE_THAN_650000


def _assert_problem(response: TestResponse, status: int, kind: str = "about:blank") -> None:
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert body(response)["status"] == status
    assert body(response)["type"] == kind
    assert ProblemSchema().validate(body(response)) == {}


PARAMETERS = [
    # query, kind, parameter, nearest
    ("limt=3", "unknown-parameter", "limt", "limit"),
    ("value-min=3", "unknown-parameter", "value-min", "value_min"),
    ("xyzzy=3", "unknown-parameter", "xyzzy", None),
    ("Limit=3", "unknown-parameter", "Limit", "limit"),
    ("limit[]=3", "unknown-parameter", "limit[]", "limit"),
    ("=3", "unknown-parameter", "", None),
    ("limit=1&limit=2", "repeated-parameter", "limit", None),
    ("kind=event&kind=event", "repeated-parameter", "kind", None),
    ("unit=", "invalid-parameter", "unit", None),
    ("unit", "invalid-parameter", "unit", None),
    ("q=", "invalid-parameter", "q", None),
    ("cursor=", "invalid-parameter", "cursor", None),
    ("limit=0", "invalid-parameter", "limit", None),
    ("limit=501", "invalid-parameter", "limit", None),
    ("limit=-1", "invalid-parameter", "limit", None),
    ("limit=ten", "invalid-parameter", "limit", None),
    ("limit=1.5", "invalid-parameter", "limit", None),
    ("limit=1_0", "invalid-parameter", "limit", None),
    ("limit=+5", "invalid-parameter", "limit", None),
    ("limit=%D9%A3", "invalid-parameter", "limit", None),
    ("limit=9223372036854775808", "invalid-parameter", "limit", None),
    ("limit=" + "9" * 3000, "invalid-parameter", "limit", None),
    ("value_min=nan", "invalid-parameter", "value_min", None),
    ("value_min=inf", "invalid-parameter", "value_min", None),
    ("value_min=-Infinity", "invalid-parameter", "value_min", None),
    ("value_min=1e999", "invalid-parameter", "value_min", None),
    ("value_max=-1e999", "invalid-parameter", "value_max", None),
    ("value_max=0x10", "invalid-parameter", "value_max", None),
    ("value_max=1_000", "invalid-parameter", "value_max", None),
    ("value_max=650,000", "invalid-parameter", "value_max", None),
    ("value_min=5&value_max=4", "invalid-parameter", "value_min", None),
    ("kind=opinion", "invalid-parameter", "kind", None),
    ("kind=quantity,", "invalid-parameter", "kind", None),
    ("kind=,", "invalid-parameter", "kind", None),
    ("bound=Exact", "invalid-parameter", "bound", "exact"),
    ("kind=quantitty", "invalid-parameter", "kind", "quantity"),
    ("kind=event,STATEMENTS", "invalid-parameter", "kind", "statement"),
    ("fields=id,provenence", "invalid-parameter", "fields", "provenance"),
    ("kind=" + "event," * 50 + "events", "invalid-parameter", "kind", "event"),
    ("fields=" + "a" * 3000, "invalid-parameter", "fields", None),
    ("release=" + "A" * 64, "invalid-parameter", "release", None),
    ("unit=km/h", "invalid-parameter", "unit", None),
    ("unit='%20OR%201=1", "invalid-parameter", "unit", None),
    ("unit=" + "a" * 41, "invalid-parameter", "unit", None),
    ("article=ABC", "invalid-parameter", "article", None),
    ("article=aaaaaaaaaaaaaaa1", "invalid-parameter", "article", None),
    ("article=aaaaaaaaaaaaaaaa%0A", "invalid-parameter", "article", None),
    ("sort=name", "invalid-parameter", "sort", None),
    ("q=%21%3F", "invalid-search", "q", None),
    ("q=" + "a" * 201, "invalid-parameter", "q", None),
    ("q=%FF", "invalid-parameter", "q", None),
    ("q=%C3", "invalid-parameter", "q", None),
    ("q=%ED%A0%80", "invalid-parameter", "q", None),
    ("q=a%00b", "invalid-parameter", "q", None),
    ("q=a%0Ab", "invalid-parameter", "q", None),
    ("q=a%C2%85b", "invalid-parameter", "q", None),
    ("cursor=" + "A" * 257, "invalid-parameter", "cursor", None),
]


@pytest.mark.parametrize(("query", "kind", "parameter", "nearest"), PARAMETERS, ids=[row[0][:30] for row in PARAMETERS])
def test_parameters(client: FlaskClient, query: str, kind: str, parameter: str, nearest: str | None) -> None:
    response = client.get(f"/v1/facts?{query}")
    _assert_problem(response, 400, f"urn:factline:problem:{kind}")
    assert body(response)["parameter"] == parameter
    assert body(response).get("nearest") == nearest
    assert parameter in body(response)["detail"]


UNPRINTABLE = {"%FF=1": "%FF", "%00=1": "%00", "a%0D%0Ab=1": "a%0D%0Ab", "limit%00=3": "limit%00", "\xe4=1": r"\xe4"}


@pytest.mark.parametrize(("query", "name"), UNPRINTABLE.items())
def test_a_parameter_without_a_printable_name(client: FlaskClient, query: str, name: str) -> None:
    response = client.get("/v1/facts", environ_overrides={"QUERY_STRING": query})
    _assert_problem(response, 400, "urn:factline:problem:invalid-parameter")
    assert body(response)["parameter"] == name
    assert f"the name of a parameter ({name})" in body(response)["detail"]
    assert body(response)["remedy"]


REMEDIES = {
    "limit=0": "an integer from 1 to 500",
    "limit=x": "an integer from 1 to 500",
    "value_min=x": "a number",
    "kind=opinion": "some of quantity, statement, event",
    "bound=Exact": "approximate, more_than",
    "unit=km/h": "1 to 50 values by comma, each letters, digits and hyphens",
    "article=x": "each 16 characters of a-z and 2-7",
    "sort=name": "keys by comma, `-` before one that goes downwards: position, value",
    "claimant=" + "a," * 60: "1 to 50 values by comma, each 1 to 200 characters",
    "period_from=2023-13": "a day such as 2024-03-20",
    "direct=yes": "true or false",
    "q=%21": 'words, "phrases in quotation marks", -without and prefix*',
    "cursor=" + "A" * 257: "1 to 256 characters",
    "value_min=5&value_max=4": "a number",
    "q=%FF": "UTF-8",
    "release=ABCDEF012345": "(0-9, a-f)",
    "release=0123": "hexadecimal digits",
}


@pytest.mark.parametrize(("query", "words"), REMEDIES.items(), ids=[query[:30] for query in REMEDIES])
def test_a_refused_parameter_comes_with_a_remedy(client: FlaskClient, query: str, words: str) -> None:
    assert words in body(client.get(f"/v1/facts?{query}"))["remedy"]


def test_what_a_parameter_can_be_is_told_once_and_what_it_was_is_cut(client: FlaskClient) -> None:
    problem = body(client.get("/v1/facts?fields=id,provenence"))
    assert problem["detail"] == "fields: there is no value provenence"
    assert problem["remedy"].startswith("fields takes some of id, ")
    assert "provenance" not in problem["detail"]
    assert body(client.get("/v1/facts?kind=event,"))["detail"] == "kind: a value is empty"
    assert len(body(client.get(f"/v1/facts?kind={'a' * 3000}"))["detail"]) < 120


@pytest.mark.parametrize(
    ("path", "names"),
    {
        "/": "no parameters",
        "/healthz": "no parameters",
        "/readyz": "no parameters",
        "/openapi.json": "no parameters",
        "/docs/": "no parameters",
        "/docs/swagger-ui.css": "no parameters",
        f"/v1/articles/{HARBOUR.id}": "release",
        f"/v1/articles/{HARBOUR.id}/text": "release",
        "/v1/facts/x": "release, fields, include",
        "/v1/facts/x/verification": "release",
        "/v1/metrics/killed": "release",
        "/v1/claimants/tass": "release",
        "/v1/dataset": "release",
        "/v1/dataset/facts.db": "release",
        "/v1/facts.parquet": "release",
        "/v1/facts.csv-metadata.json": "release",
    }.items(),
)
def test_operations_take_no_more_than_they_have(client: FlaskClient, path: str, names: str) -> None:
    response = client.get(f"{path}?limit=1")
    _assert_problem(response, 400, "urn:factline:problem:unknown-parameter")
    assert body(response)["remedy"] == f"this operation takes {names}"


def test_the_article_is_no_filter_of_its_own_facts(client: FlaskClient) -> None:
    response = client.get(f"/v1/articles/{HARBOUR.id}/facts?article={HARBOUR.id}")
    _assert_problem(response, 400, "urn:factline:problem:unknown-parameter")


@pytest.mark.parametrize("fact_id", ["aaaaaaaaaaaaaaaa", "x", "AAAAAAAAAAAAAAAA", "'", "é", "%00", "%FF", "a%0Ab"])
def test_a_fact_that_does_not_exist(client: FlaskClient, fact_id: str) -> None:
    response = client.get(f"/v1/facts/{fact_id}")
    _assert_problem(response, 404, "urn:factline:problem:unknown-identifier")
    assert "no fact has the id" in body(response)["detail"]
    assert body(response)["parameter"] == "fact_id"


UNKNOWN = {
    "/v1/facts/aaaaaaaaaaaaaaaa/verification": ("fact_id", None),
    "/v1/articles/aaaaaaaaaaaaaaaa": ("article_id", None),
    "/v1/articles/x/facts": ("article_id", None),
    "/v1/articles/x/text": ("article_id", None),
    "/v1/metrics/kiled": ("metric_id", "killed"),
    "/v1/metrics/KILLED/series": ("metric_id", "killed"),
    "/v1/metrics/" + "x" * 3000: ("metric_id", None),
    "/v1/claimants/ada-qill": ("claimant_id", "ada-quill"),
    "/v1/claimants/%F0%9F%98%80": ("claimant_id", None),
}


@pytest.mark.parametrize(("path", "named"), UNKNOWN.items(), ids=[path[:40] for path in UNKNOWN])
def test_an_unknown_identifier_is_named_with_what_may_be_meant(
    client: FlaskClient, path: str, named: tuple[str, str | None]
) -> None:
    response = client.get(path)
    _assert_problem(response, 404, "urn:factline:problem:unknown-identifier")
    assert (body(response)["parameter"], body(response).get("nearest")) == named


@pytest.mark.parametrize(
    "path", ["/nope", "/v1", "/v1/facts/", "/v1/facts/a/b", "/v2/facts", "/static/x", "/docs/nope.js"]
)
def test_an_address_where_nothing_is(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    _assert_problem(response, 404)
    assert body(response)["instance"] == path


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_is_not_served_says_which_are(client: FlaskClient, method: str) -> None:
    response = client.open("/v1/facts", method=method)
    _assert_problem(response, 405)
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/v1/facts", "application/xml", 406),
        ("/v1/facts", "application/json;q=0", 406),
        ("/v1/facts", "text/html, */*;q=0.1", 200),
        ("/v1/facts", "application/*", 200),
        ("/v1/facts", "application/json; charset=utf-8", 200),
        ("/v1/facts", "", 200),
        ("/v1/facts", ";q=1,,", 406),
        ("/v1/facts", 'application/json;profile="x"', 200),
        ("/v1/facts", "APPLICATION/JSON", 200),
        ("/v1/facts", "*", 406),
        ("/v1/facts", "application/*;q=0, */*", 406),
        ("/v1/facts", "*/*;q=0", 406),
        (f"/v1/articles/{HARBOUR.id}/text", "application/json", 406),
        (f"/v1/articles/{HARBOUR.id}/text", "text/plain;charset=utf-8", 200),
    ],
)
def test_what_the_client_accepts(client: FlaskClient, path: str, accept: str, status: int) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.status_code == status
    if status == 406:
        _assert_problem(response, 406)


LINKED, PARTIAL = "application/ld+json", "application/vnd.factline.partial+json"


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (LINKED, LINKED),
        (f'{LINKED};profile="http://www.w3.org/ns/json-ld#expanded"', LINKED),
        (f"{LINKED}; q=0.5, application/json; q=0.4", LINKED),
        (f"{LINKED}; q=0.4, application/json; q=0.5", "application/json"),
        (f"{LINKED}, application/json", "application/json"),
        (f"{LINKED}, */*", LINKED),
        (f"{LINKED};q=0.9, */*", "application/json"),
        ("application/json;q=0, */*", LINKED),
        ("application/json;version=1;q=0, application/json", "application/json"),
        ("application/*;q=0.3, text/html", "application/json"),
        ("*/*", "application/json"),
        (PARTIAL, PARTIAL),
    ],
)
def test_the_media_type_that_the_client_likes_best(client: FlaskClient, accept: str, media_type: str) -> None:
    response = client.get(f"/v1/facts/{MORE_THAN_650000.id}", headers={"Accept": accept})
    assert (response.status_code, response.headers["Content-Type"]) == (200, media_type)


def test_an_address_that_is_too_long(client: FlaskClient) -> None:
    _assert_problem(client.get("/v1/facts?unit=" + "a," * 2000 + "a"), 414)


def test_an_unforeseen_error_is_logged_once_and_shows_nothing(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(_fact_id: str) -> None:
        raise RuntimeError("the inside")

    monkeypatch.setattr("api.resources.facts.find_position", fail)
    with caplog.at_level(logging.ERROR):
        response = client.get("/v1/facts/aaaaaaaaaaaaaaaa")
    _assert_problem(response, 500)
    assert "inside" not in response.text
    assert [record.exc_info is not None for record in caplog.records] == [True]


def test_every_kind_of_problem_has_its_own_name() -> None:
    assert len({problem.type for problem in PROBLEMS.values()}) == len(PROBLEMS)


def test_an_unknown_key_to_sort_by_comes_with_the_nearest(client: FlaskClient) -> None:
    problem = body(client.get("/v1/facts?sort=-value,publishd_on"))
    assert problem["detail"] == "sort: there is no value publishd_on"
    assert problem["nearest"] == "published_on"


@pytest.mark.parametrize("path", ["/v1/comparisons?limit=2", "/v1/facts.csv?limit=2", "/v1/facts.csv?cursor=a"])
def test_nothing_is_nearest_that_is_hardly_like_it(client: FlaskClient, path: str) -> None:
    assert "nearest" not in body(client.get(path))
