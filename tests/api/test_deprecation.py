from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.blueprint import Blueprint
from api.deprecation import deprecated
from api.documentation import register_documentation
from api.errors import NotFoundError
from api.operations import register_operations
from api.problems import register_problems
from api.schemas import HealthSchema
from api.settings import Settings
from tests.api.conftest import body

SINCE = datetime(2031, 4, 1, 2, tzinfo=timezone(timedelta(hours=2)))


@pytest.fixture
def toy() -> FlaskClient:
    app = Flask(__name__)
    register_operations(app, Settings(access_log="off"))
    blueprint = Blueprint("toy", __name__, description="A toy.")

    @blueprint.operation("/old", "getOld", HealthSchema, deprecated=True)
    @deprecated(since=SINCE, sunset=datetime(2032, 4, 1, tzinfo=UTC), notice="/docs/", policy="/docs/policy")
    def get_old() -> dict[str, str]:
        """Get the old."""
        return {"status": "ok"}

    @blueprint.operation("/gone", "getGone", HealthSchema, deprecated=True)
    @deprecated(since=SINCE)
    def get_gone() -> dict[str, str]:
        """Get what is not there."""
        raise NotFoundError("nothing is here")

    @blueprint.operation("/new", "getNew", HealthSchema)
    def get_new() -> dict[str, str]:
        """Get the new."""
        return {"status": "ok"}

    register_documentation(app).register_blueprint(blueprint)
    register_problems(app)
    return app.test_client()


def test_a_deprecated_operation_says_so_and_when_it_ends(toy: FlaskClient) -> None:
    answer = toy.get("/old")
    assert body(answer) == {"status": "ok"}
    assert answer.headers["Deprecation"] == "@1932768000"
    assert answer.headers["Sunset"] == "Thu, 01 Apr 2032 00:00:00 GMT"
    assert answer.headers.getlist("Link") == [
        '</docs/>; rel="deprecation"; type="text/html"',
        '</docs/policy>; rel="sunset"; type="text/html"',
    ]


def test_its_errors_say_so_too(toy: FlaskClient) -> None:
    answer = toy.get("/gone")
    assert answer.status_code == 404
    assert answer.headers["Deprecation"] == "@1932768000"
    assert "Sunset" not in answer.headers
    assert "Link" not in answer.headers


def test_other_operations_say_nothing(toy: FlaskClient) -> None:
    assert {"Deprecation", "Sunset", "Link"}.isdisjoint(toy.get("/new").headers.keys())


def test_the_document_says_so_too(toy: FlaskClient) -> None:
    paths = body(toy.get("/openapi.json"))["paths"]
    assert {path: item["get"].get("deprecated") for path, item in paths.items()} == {
        "/old": True,
        "/gone": True,
        "/new": None,
    }


@pytest.mark.parametrize(
    ("since", "sunset"),
    [
        (datetime(2031, 4, 1), None),  # noqa: DTZ001 - the mistake that is to be found
        (SINCE, datetime(2032, 4, 1)),  # noqa: DTZ001
        (SINCE, SINCE - timedelta(seconds=1)),
    ],
)
def test_times_that_cannot_be(since: datetime, sunset: datetime | None) -> None:
    with pytest.raises(ValueError, match=r"time zone|before the deprecation"):
        deprecated(since=since, sunset=sunset)
