from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import create_app
from dataset.errors import InputError
from dataset.model import SCHEMA_VERSION
from tests.api.conftest import body
from tests.api.sample import ARTICLES, FACTS, HARBOUR, TEXTS


def test_health(client: FlaskClient) -> None:
    assert body(client.get("/healthz")) == {"status": "ok"}


def test_readiness_counts_the_release(client: FlaskClient) -> None:
    answer = body(client.get("/readyz"))
    assert re.fullmatch("[0-9a-f]{64}-[0-9a-f]{12}", answer.pop("release"))
    assert answer == {
        "status": "ready",
        "schema_version": SCHEMA_VERSION,
        "articles": len(ARTICLES),
        "facts": len(FACTS),
        "texts": len(TEXTS),
    }


PATHS = {
    "/": "no-cache",
    "/v1/facts": "public, no-cache",
    f"/v1/articles/{HARBOUR.id}/text": "public, no-cache",
    "/openapi.json": "no-cache",
    "/nope": "no-cache",
    "/v1/facts?limit=0": "no-cache",
}


@pytest.mark.parametrize(("path", "caching"), PATHS.items())
def test_every_answer_is_open_to_pages_of_other_sites(client: FlaskClient, path: str, caching: str) -> None:
    headers = client.get(path).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Link" in headers["Access-Control-Expose-Headers"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == caching


def test_a_preflight_request_is_granted(client: FlaskClient) -> None:
    response = client.options("/v1/facts", headers={"Access-Control-Request-Headers": "if-none-match"})
    assert (response.status_code, response.data) == (204, b"")
    assert "Content-Type" not in response.headers
    assert "If-None-Match" in response.headers["Access-Control-Allow-Headers"]


@pytest.mark.parametrize("path", ["/", "/healthz", "/readyz", "/v1/facts", "/v1/articles", "/openapi.json"])
def test_head_answers_as_get_does_without_the_body(client: FlaskClient, path: str) -> None:
    same = {"X-Request-ID": "same"}
    head, get = client.head(path, headers=same), client.get(path, headers=same)
    assert head.data == b""
    assert (head.status_code, head.headers) == (get.status_code, get.headers)


def test_json_keeps_characters_as_they_are(client: FlaskClient) -> None:
    response = client.get(f"/v1/articles/{HARBOUR.id}/facts")
    assert response.headers["Content-Type"] == "application/json"
    assert "\U0001f6a2".encode() in response.data


def test_the_environment_names_the_database(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACTLINE_DB", str(database.with_name("none.db")))
    assert "none.db" in create_app().test_client().get("/readyz").text


def test_a_malformed_setting_stops_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "http")
    with pytest.raises(InputError, match=r"^PORT"):
        create_app()
