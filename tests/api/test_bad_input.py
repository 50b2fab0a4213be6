"""Each parameter of the operations that take filters, with all that it does not take."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.conftest import body

PATHS = ("/v1/facts", "/v1/facets", "/v1/aggregates", "/v1/comparisons", "/v1/metrics/killed/series", "/v1/facts.csv")
NUMBERS = ("value_min", "value_max", "certainly_above", "certainly_below")
DAYS = ("period_from", "period_to", "published_from", "published_to", "known_at", "as_of")
CHOICES = ("kind", "measure", "bound", "modality", "review", "polarity", "direct", "repeats", "fields", "include", "by")
IDENTIFIERS = ("metric", "article", "unit", "event_type", "release")
NAMES = ("claimant", "subject", "publisher")

EVERYWHERE = {  # what no parameter takes
    "empty": "",
    "NUL": "a%00b",
    "control": "a%1Bb",
    "C1 control": "%C2%85",
    "line feed": "a%0A",
    "surrogate": "%ED%A0%80",
    "paired surrogates": "%ED%A0%BD%ED%B8%80",
    "not UTF-8": "%FF",
    "overlong": "%C0%AF",
}
SQL = {"SQL": "'%20OR%201=1--", "SQL 2": '"%20UNION%20SELECT%20digest%20FROM%20release;', "FTS": "a%20NEAR(b,1)"}
STRANGE = {
    **SQL,
    "NaN": "NaN",
    "Infinity": "Infinity",
    "-inf": "-inf",
    "huge": "1e999",
    "digits": "9" * 3000,
    "hexadecimal": "0x1F",
    "other digits": "%D9%A3",
    "true": "True",
    "object": "%7B%7D",
    "list": "[1]",
    "commas": "," * 3000,
    "comma": ",",
    "one too many": "a,",
    "blank": "%20",
    "path": "..%2F..%2Fetc%2Fpasswd",
}
OF_DAYS = {
    **STRANGE,
    "month 0": "2024-00",
    "month 13": "2024-13",
    "day 0": "2024-05-00",
    "day 31": "2023-06-31",
    "29 February": "2023-02-29",
    "year 0": "0000",
    "year 5": "12024",
    "short": "24",
    "compact": "20240320",
    "time": "2024-03-20T10:00",
    "week": "2024-W12",
    "EDTF": "2024~",
    "negative": "-2024",
    "blanks": "%202024",
}
OF_INTEGERS = {
    **STRANGE,
    "0": "0",
    "-1": "-1",
    "501": "501",
    "2**63": str(2**63),
    "1.0": "1.0",
    "1e2": "1e2",
    "+1": "%2B1",
}
OF_CURSORS = {**STRANGE, "long": "A" * 257, "base64": "W10", "padded": "AAAA===="}
OF_SORTS = {**STRANGE, "twice": "value,-value", "minus": "--value", "unknown": "value,name", "end": "value,"}
OF_NAMES = {
    "commas": "," * 50,
    "comma": ",",
    "one too many": "a,",
    "51": ",".join("a" * 51),
    "long": "a" * 201,
    "backslash": "%5C",
    "backslash inside": "a%5Cb",
    "backslash at the end": "a,b%5C",
}
OF_CHOICES = {**STRANGE, "51": ",".join(["x"] * 51)}
OF_IDENTIFIERS = {case: value for case, value in OF_CHOICES.items() if case not in {"NaN", "Infinity", "true", "huge"}}
TABLE: dict[str, dict[str, str]] = {
    **dict.fromkeys(
        NUMBERS, {k: v for k, v in STRANGE.items() if k != "digits"} | {"comma in it": "650,000", "+": "%2B5"}
    ),
    **dict.fromkeys(DAYS, OF_DAYS),
    **dict.fromkeys(CHOICES, OF_CHOICES),
    **dict.fromkeys(IDENTIFIERS, OF_IDENTIFIERS),
    **dict.fromkeys(NAMES, OF_NAMES),
    "limit": OF_INTEGERS,
    "cursor": OF_CURSORS,
    "sort": OF_SORTS,
    "q": {"operators": "%22", "star": "*", "star inside": "a*b", "none": "-a", "long": "a" * 201, "signs": "%26%7C!"},
}


def _takes(client: FlaskClient, path: str) -> dict[str, dict[str, Any]]:
    """The parameters of the operation, as it documents them."""
    documented = body(client.get("/openapi.json"))["paths"][path.replace("killed", "{metric_id}")]
    given = documented.get("parameters", []) + documented["get"]["parameters"]
    return {each["name"]: each for each in given if each.get("in") == "query"}


def _query(parameters: dict[str, Any], name: str, value: str) -> str:
    needed = [f"{each}=kind" for each, told in parameters.items() if told.get("required") and each != name]
    return "&".join([f"{name}={value}", *needed])


def _assert_refused(response: TestResponse, name: str) -> None:
    assert response.status_code == 400, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    problem = body(response)
    assert problem["parameter"] == name
    assert name in problem["detail"]
    assert problem["remedy"]


@pytest.mark.parametrize("path", PATHS)
def test_every_parameter_has_its_table(client: FlaskClient, path: str) -> None:
    assert set(_takes(client, path)) <= set(TABLE)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("name", TABLE)
def test_bad_values(client: FlaskClient, path: str, name: str) -> None:
    parameters = _takes(client, path)
    if name not in parameters:
        response = client.get(f"{path}?{_query(parameters, name, 'x')}", buffered=True)
        assert (response.status_code, body(response)["parameter"]) == (400, name)
        assert body(response)["type"] == "urn:factline:problem:unknown-parameter"
        return
    for case, value in {**EVERYWHERE, **TABLE[name]}.items():
        response = client.get(f"{path}?{_query(parameters, name, value)}", buffered=True)
        assert response.status_code == 400, (case, value[:50], response.status_code)
        _assert_refused(response, name)


@pytest.mark.parametrize("path", PATHS)
def test_repeated_and_bare(client: FlaskClient, path: str) -> None:
    parameters = _takes(client, path)
    for name in parameters:
        for query in (f"{name}=1&{name}=1", f"{name}=1&{name}=", name, f"{name}="):
            _assert_refused(client.get(f"{path}?{query}", buffered=True), name)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("commas", [4000, 10_000])
def test_ten_thousand_commas_are_too_long_an_address(client: FlaskClient, path: str, commas: int) -> None:
    response = client.get(f"{path}?claimant={',' * commas}", buffered=True)
    assert (response.status_code, body(response)["status"]) == (414, 414)


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "value",
    [*SQL.values(), "%F0%9F%98%80", "a*b", "%25", "_", "%5C%5C", "%5C,", "%E2%80%AE", "0", "a" * 200],
)
def test_names_are_data_whatever_they_look_like(client: FlaskClient, path: str, value: str) -> None:
    parameters = _takes(client, path)
    for name in NAMES:
        response = client.get(f"{path}?{_query(parameters, name, value)}", buffered=True)
        assert response.status_code == 200, response.text


@pytest.mark.parametrize("low", ["value", "period", "published"])
@pytest.mark.parametrize("path", PATHS)
def test_a_range_that_runs_backwards(client: FlaskClient, path: str, low: str) -> None:
    suffixes, values = (("_min", "_max"), ("5", "4")) if low == "value" else (("_from", "_to"), ("2025", "2024-12"))
    query = "&".join(f"{low}{suffix}={value}" for suffix, value in zip(suffixes, values, strict=True))
    needed = "&by=kind" if "by" in _takes(client, path) else ""
    _assert_refused(client.get(f"{path}?{query}{needed}", buffered=True), low + suffixes[0])


@pytest.mark.parametrize(
    "query",
    ["limit=1&sort=value", "limit=1&kind=quantity", "limit=1&q=42", "limit=1&known_at=2032"],
)
def test_a_cursor_of_other_filters_is_foreign(client: FlaskClient, query: str) -> None:
    following = body(client.get(f"/v1/facts?{query}"))["next"]
    cursor = following.partition("cursor=")[2].partition("&")[0]
    for path in ("/v1/facts?", "/v1/articles?", "/v1/metrics?", "/v1/claimants?", "/v1/metrics/killed/series?"):
        _assert_refused(client.get(f"{path}cursor={cursor}"), "cursor")
    _assert_refused(client.get(f"/v1/facts?{query}&direct=true&cursor={cursor}"), "cursor")
    assert client.get(following).status_code == 200
