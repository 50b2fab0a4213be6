from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

SERIES = re.compile(r'^factline_requests_total\{method="(.*?)",route="(.*?)",status="(.*?)"\} (\S+)$', re.MULTILINE)


def read_counts(text: str) -> dict[tuple[str, str, str], float]:
    return {(method, route, status): float(count) for method, route, status, count in SERIES.findall(text)}


@pytest.fixture
def client(own_client: FlaskClient) -> FlaskClient:
    return own_client


def test_requests_are_counted_by_method_route_and_status(client: FlaskClient) -> None:
    for path in (
        "/v1/facts",
        "/v1/facts?limit=0",
        "/v1/facts/aaaaaaaaaaaaaaaa",
        "/v1/facts/bbbbbbbbbbbbbbbb",
        "/x",
        "/y",
    ):
        client.get(path, buffered=True)
    client.head("/v1/facts", buffered=True)
    client.open("/v1/facts", method="BREW", buffered=True)
    answer = client.get("/metrics")
    assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert read_counts(answer.text) == {
        ("GET", "/v1/facts", "200"): 1,
        ("GET", "/v1/facts", "400"): 1,
        ("GET", "/v1/facts/<identifier:fact_id>", "404"): 2,
        ("GET", "none", "404"): 2,
        ("HEAD", "/v1/facts", "200"): 1,
        ("other", "none", "405"): 1,
    }


def test_durations_are_measured_by_route(client: FlaskClient) -> None:
    client.get("/healthz", buffered=True)
    text = client.get("/metrics").text
    assert 'factline_request_duration_seconds_bucket{le="+Inf",route="/healthz"} 1.0' in text
    (total,) = re.findall(r'^factline_request_duration_seconds_sum\{route="/healthz"\} (\S+)$', text, re.MULTILINE)
    assert 0 < float(total) < 60
    assert re.search(r"^factline_start_time_seconds 1\.\d+e\+09$", text, re.MULTILINE)


def test_each_application_counts_for_itself(client: FlaskClient) -> None:
    assert read_counts(client.get("/metrics").text) == {}


@pytest.mark.parametrize(
    "accept", ["*/*", "text/plain", "application/openmetrics-text;q=0.6,text/plain;q=0.3,*/*;q=0.1"]
)
def test_scrapers_are_served(client: FlaskClient, accept: str) -> None:
    assert client.get("/metrics", headers={"Accept": accept}).status_code == 200


def test_it_takes_no_parameter(client: FlaskClient) -> None:
    answer = client.get("/metrics?name=up")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
