"""The examples of the OpenAPI document, against what the service answers on the released facts without their texts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from marshmallow import RAISE

from api import create_app
from api.database import get_database
from api.examples import PATH
from api.settings import Settings
from scripts.curate import curate
from scripts.examples import make_examples
from tests.api.conftest import body
from tests.api.test_documentation import ANSWERS

OPERATIONS: dict[str, dict[str, Any]] = json.loads(PATH.read_text(encoding="utf-8"))
NOT_OURS = ("bytes", "sha256")  # of the files of the release: what the libraries that write them make of it


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """The service on the released facts, without any text."""
    path = tmp_path_factory.mktemp("released") / "facts.db"
    built = CliRunner().invoke(curate, ["build", "--db", str(path)], env={"FACTLINE_ARTICLES": ""})
    assert built.exit_code == 0, built.output
    app = create_app(Settings(db=path))
    yield app.test_client()
    with app.app_context():
        get_database().close()


def _without_files(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the sizes and digests of files."""
    exports = answer.get("exports", [])
    kept = [{name: value for name, value in each.items() if name not in NOT_OURS} for each in exports]
    return {**answer, "exports": kept} if exports else answer


def test_every_operation_that_answers_json_has_one() -> None:
    assert list(OPERATIONS) == list(ANSWERS)


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_is_what_the_service_answers(released: FlaskClient, name: str) -> None:
    response = released.get(OPERATIONS[name]["url"])
    example, answer = _without_files(OPERATIONS[name]["answer"]), _without_files(body(response))
    assert response.status_code == 200
    assert example == answer


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_is_of_the_schema_of_its_operation(name: str) -> None:
    _, schema = ANSWERS[name]
    example = OPERATIONS[name]["answer"]
    assert schema(unknown=RAISE).load(example).keys() == example.keys()


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_shows_something(name: str) -> None:
    answer = OPERATIONS[name]["answer"]
    for member in ("items", "facets", "groups", "comparisons"):
        assert answer.get(member, True), member
    assert answer.get("total", {}).get("value", 1) > 0


@pytest.mark.parametrize("name", OPERATIONS)
def test_the_document_shows_it_where_it_belongs(released: FlaskClient, name: str) -> None:
    paths = body(released.get("/openapi.json"))["paths"]
    ((path, operation),) = ((path, each["get"]) for path, each in paths.items() if each["get"]["operationId"] == name)
    content = operation["responses"]["200"]["content"]["application/json"]
    url = OPERATIONS[name]["url"]
    shown = {"released": {"summary": f"GET {url}", "value": OPERATIONS[name]["answer"]}}
    assert content["examples"] == shown
    assert re.fullmatch(re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path)), url.partition("?")[0])
    parameters = {each["name"] for each in operation["parameters"]}
    assert {pair.partition("=")[0] for pair in filter(None, url.partition("?")[2].split("&"))} <= parameters


def test_nothing_else_has_an_example_of_an_answer(released: FlaskClient) -> None:
    for path in body(released.get("/openapi.json"))["paths"].values():
        for status, response in path["get"]["responses"].items():
            for media_type, content in response.get("content", {}).items():
                has_one = (path["get"]["operationId"], status, media_type) in {
                    (name, "200", "application/json") for name in OPERATIONS
                }
                assert ("examples" in content) == has_one


def test_the_examples_are_of_one_release_and_hold_no_text() -> None:
    answers = [each["answer"] for each in OPERATIONS.values()]
    assert len({answer["release"] for answer in answers if "release" in answer}) == 1
    assert OPERATIONS["getReadiness"]["answer"]["texts"] == 0
    written = json.dumps(answers)
    assert '"prefix": null' in written
    assert not re.search(r'"(prefix|suffix|sentence)": "', written)


def test_they_are_made_as_they_are_committed() -> None:
    made = make_examples()
    assert list(made) == list(OPERATIONS)
    for name, each in made.items():
        committed = OPERATIONS[name]
        assert each["url"] == committed["url"]
        assert _without_files(each["answer"]) == _without_files(committed["answer"])


def test_without_them_the_document_is_served_as_ever(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("api.examples.PATH", tmp_path / "none.json")
    response = create_app(Settings(db=tmp_path / "facts.db")).test_client().get("/openapi.json")
    assert (response.status_code, '"examples"' in response.text) == (200, False)
