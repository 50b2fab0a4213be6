"""Every answer in JSON is of the schema that the OpenAPI document gives it; OpenAPI 3.1 is JSON Schema 2020-12."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from api import create_app
from api.database import get_database
from api.settings import Settings
from dataset.database import build_database
from tests.api.conftest import body
from tests.api.sample import CARTS, FACTS, HARBOUR, LIGHTHOUSE, MOLES, MORE_THAN_650000, PRESS, VALLEY
from tests.api.world import WORLD, make_world

SAMPLE = (
    "/",
    "/healthz",
    "/readyz",
    "/v1/facts",
    "/v1/facts?limit=1",
    "/v1/facts?include=highlights,selectors,sentence,citation&q=42",
    "/v1/facts?fields=id,value,provenance.links.text",
    "/v1/facts?unit=furlong",
    f"/v1/facts/{MORE_THAN_650000.id}?include=selectors,citation,sentence",
    f"/v1/facts/{CARTS.id}?include=selectors,citation,sentence",
    f"/v1/facts/{LIGHTHOUSE.id}",
    f"/v1/facts/{PRESS.id}?fields=participants.name",
    *(f"/v1/facts/{fact.id}/verification" for fact in FACTS),
    "/v1/articles",
    f"/v1/articles/{VALLEY.id}",
    f"/v1/articles/{HARBOUR.id}/facts?sort=-value,unit",
    "/v1/metrics?limit=500",
    "/v1/claimants",
    "/v1/claimants/ada-quill",
    "/v1/claimants/vell",
    "/v1/dataset",
    "/v1/facets?by=kind,subject,claimant,article,publisher",
    "/v1/aggregates?by=unit",
    "/v1/comparisons",
)
WRONG = (
    "/v1/facts?limit=0",
    "/v1/facts?limt=1",
    "/v1/facts?q=%22",
    "/v1/facts?cursor=x",
    "/v1/facts?release=000000000000",
    "/v1/facts/aaaaaaaaaaaaaaaa",
    f"/v1/facts/{MOLES.id}",
    f"/v1/articles/{VALLEY.id}/text",
    "/nope",
    "/v1/facts?unit=" + "a," * 3000,
)
OF_WORLD = (
    "/v1/facts?limit=500",
    "/v1/metrics/killed/series?limit=500",
    "/v1/metrics/killed",
    "/v1/comparisons",
    "/v1/claimants/russia",
    "/v1/claimants",
    "/v1/aggregates?by=published_year",
    "/v1/facets?by=period_year,modality,direct,repeats,polarity",
)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    path = tmp_path_factory.mktemp("answers") / "facts.db"
    build_database(path, WORLD, make_world(300, random.Random(5).choice), {})  # noqa: S311
    app = create_app(Settings(db=path))
    yield app.test_client()
    with app.app_context():
        get_database().close()


def _close(schema: Any) -> Any:  # noqa: ANN401 - JSON
    """The schema without room for members that it does not name."""
    if isinstance(schema, list):
        return [_close(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _close(each) for name, each in schema.items()}
    if schema.get("properties") and "allOf" not in schema:
        closed.setdefault("additionalProperties", False)
    return closed


def _validate(client: FlaskClient, url: str, *, status: int | None = None) -> None:
    document = body(client.get("/openapi.json"))
    response = client.get(url)
    path = url.partition("?")[0]
    operation = next((told for form, told in document["paths"].items() if _is_of(form, path)), None)
    if operation is None or response.status_code == 414:
        schema = {"$ref": "#/components/schemas/Problem"}
    else:
        answer = operation["get"]["responses"][str(response.status_code)]
        if "$ref" in answer:
            answer = document["components"]["responses"][answer["$ref"].rpartition("/")[2]]
        schema = answer["content"][response.headers["Content-Type"].partition(";")[0]]["schema"]
    assert status is None or response.status_code == status, response.text
    validator = Draft202012Validator({**schema, "components": _close(document["components"])})
    errors = [f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(json.loads(response.data))]
    assert errors == []


def _is_of(form: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", form), path) is not None


@pytest.mark.parametrize("url", SAMPLE)
def test_answers_of_the_sample(client: FlaskClient, url: str) -> None:
    _validate(client, url, status=200)


@pytest.mark.parametrize("url", OF_WORLD)
def test_answers_of_many_facts(world: FlaskClient, url: str) -> None:
    _validate(world, url, status=200)


@pytest.mark.parametrize("url", WRONG)
def test_problems(client: FlaskClient, url: str) -> None:
    _validate(client, url)


def test_an_answer_of_another_shape_would_be_noticed(client: FlaskClient) -> None:
    document = body(client.get("/openapi.json"))
    schema = {"$ref": "#/components/schemas/FactPage", "components": _close(document["components"])}
    page = body(client.get("/v1/facts?limit=1"))
    assert Draft202012Validator(schema).is_valid(page)
    damages: list[dict[str, Any]] = [
        {"more": 1},
        {"release": "x"},
        {"items": [{}]},
        {"next": 1},
        {"total": {"value": -1}},
    ]
    for damage in damages:
        assert not Draft202012Validator(schema).is_valid({**page, **damage})
