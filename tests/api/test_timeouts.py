from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.database import get_database
from api.database_file import Database
from api.settings import Settings
from tests.api.conftest import body


@pytest.fixture
def hasty(database: Path, monkeypatch: pytest.MonkeyPatch) -> FlaskClient:
    """A service that looks at the clock at each step of SQLite, and gives a request no time."""
    monkeypatch.setattr("api.database_file._STEPS", 1)
    app = create_app(Settings(db=database))
    with app.app_context():
        get_database()._timeout = -1.0  # noqa: SLF001 - no setting is as short
    return app.test_client()


@pytest.mark.parametrize(
    "url",
    [
        "/v1/facts",
        "/v1/facts?sort=unit,-value",
        "/v1/facts?q=foxes",
        "/v1/articles",
        "/v1/facets?by=kind",
        "/v1/aggregates?by=unit",
        "/v1/comparisons",
        "/v1/metrics",
        "/v1/claimants",
        "/v1/facts.jsonl?sort=unit",
    ],
)
def test_what_takes_too_long_is_given_up(hasty: FlaskClient, url: str) -> None:
    response = hasty.get(url)
    assert response.status_code == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    assert body(response)["type"] == "urn:factline:problem:query-timeout"
    assert body(response)["remedy"]
    assert "immutable" not in response.headers["Cache-Control"]
    assert "ETag" not in response.headers


def test_the_service_goes_on_afterwards(hasty: FlaskClient) -> None:
    assert hasty.get("/v1/facts").status_code == 503
    with hasty.application.app_context():
        get_database()._timeout = 5.0  # noqa: SLF001
    assert hasty.get("/v1/facts").status_code == 200


def test_each_batch_of_an_export_may_take_its_time(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    renewed = []
    renew = Database.renew_time

    def note(database: Database) -> None:
        renewed.append(1)
        renew(database)

    monkeypatch.setattr("api.exports._TOGETHER", 5)
    monkeypatch.setattr(Database, "renew_time", note)
    lines = client.get("/v1/facts.jsonl").data.splitlines()
    assert len(renewed) >= 1 + len(lines) // 5
