from __future__ import annotations

import re
import tomllib
from typing import Any

import pytest
from flask.testing import FlaskClient
from marshmallow import RAISE, Schema, ValidationError

from api import fact_schemas, schemas
from api.documentation import VERSION
from api.problems import PROBLEMS
from api.settings import PROJECT
from tests.api.conftest import body
from tests.api.sample import HARBOUR, MORE_THAN_650000, VALLEY

Operation = dict[str, Any]

ANSWERS: dict[str, tuple[str, type[Schema]]] = {
    "listFacts": ("/v1/facts?limit=5", fact_schemas.FactPageSchema),
    "getFact": (f"/v1/facts/{MORE_THAN_650000.id}", fact_schemas.FactSchema),
    "getFactVerification": (f"/v1/facts/{MORE_THAN_650000.id}/verification", schemas.VerificationSchema),
    "listArticles": ("/v1/articles", schemas.ArticlePageSchema),
    "getArticle": (f"/v1/articles/{VALLEY.id}", schemas.ArticleSchema),
    "listArticleFacts": (f"/v1/articles/{HARBOUR.id}/facts", fact_schemas.FactPageSchema),
    "getIndex": ("/", schemas.IndexSchema),
    "getHealth": ("/healthz", schemas.HealthSchema),
    "getReadiness": ("/readyz", schemas.ReadinessSchema),
}


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    return body(client.get("/openapi.json"))


def _operations(document: dict[str, Any]) -> dict[str, Operation]:
    return {path["get"]["operationId"]: path["get"] for path in document["paths"].values()}


def test_it_is_openapi_31_under_the_licence_of_the_project(document: dict[str, Any]) -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert document["openapi"] == "3.1.0"
    assert document["info"]["license"]["identifier"] == project["license"]
    assert document["info"]["version"] == project["version"] == VERSION


def test_every_operation_has_a_name_of_its_own_a_summary_and_a_described_tag(document: dict[str, Any]) -> None:
    operations = _operations(document)
    tags = {tag["name"] for tag in document["tags"] if tag["description"]}
    assert len(operations) == len(document["paths"])
    for name, operation in operations.items():
        assert re.fullmatch("[a-z]+([A-Z][a-z]+)+", name)
        assert operation["summary"].endswith(".")
        assert set(operation["tags"]) <= tags


def test_every_route_is_documented(client: FlaskClient, document: dict[str, Any]) -> None:
    rules = {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule) for rule in client.application.url_map.iter_rules()}
    assert rules - set(document["paths"]) == {"/openapi.json", "/docs/", "/docs/{path}"}


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    for operation in _operations(document).values():
        for parameter in operation["parameters"]:
            assert parameter["description"], parameter


@pytest.mark.parametrize(
    ("name", "constraints"),
    {
        "limit": {"minimum": 1, "maximum": 500, "default": 50, "type": "integer"},
        "q": {"minLength": 1, "maxLength": 200, "type": "string"},
        "sort": {"enum": ["position", "-position", "value", "-value"], "default": "position", "type": "string"},
        "kind": {"type": "array", "items": {"$ref": "#/components/schemas/Kind"}},
        "value_min": {"type": "number"},
        "article": {"type": "array", "items": {"type": "string", "pattern": "^[a-z2-7]{16}$"}},
    }.items(),
)
def test_constraints_are_documented(document: dict[str, Any], name: str, constraints: dict[str, Any]) -> None:
    parameters = {each["name"]: each for each in _operations(document)["listFacts"]["parameters"]}
    assert parameters[name]["schema"] == constraints


def test_lists_are_separated_by_commas(document: dict[str, Any]) -> None:
    parameters = _operations(document)["listFacts"]["parameters"]
    lists = [each for each in parameters if each["schema"].get("type") == "array"]
    assert [each["name"] for each in lists] == ["kind", "event_type", "claimant", "subject", "unit", "bound", "article"]
    assert {(each["style"], each["explode"]) for each in lists} == {("form", False)}


def test_every_json_answer_is_of_its_documented_schema(client: FlaskClient, document: dict[str, Any]) -> None:
    operations = _operations(document)
    assert set(operations) == {*ANSWERS, "getArticleText"}
    for name, (url, schema) in ANSWERS.items():
        reference = operations[name]["responses"]["200"]["content"]["application/json"]["schema"]["$ref"]
        assert reference == f"#/components/schemas/{schema.__name__.removesuffix('Schema')}"
        answer = body(client.get(url))
        assert schema(unknown=RAISE).load(answer).keys() == answer.keys()


def test_an_answer_of_another_shape_would_be_noticed(client: FlaskClient) -> None:
    fact = body(client.get(f"/v1/facts/{MORE_THAN_650000.id}"))
    strict: Schema = fact_schemas.FactSchema(unknown=RAISE)
    for damaged in ({**fact, "more": 1}, {**fact, "kind": "rumour"}, {**fact, "id": "x"}, {**fact, "bound": 1}):
        with pytest.raises(ValidationError):
            strict.load(damaged)
    del fact["modality"]
    with pytest.raises(ValidationError):
        strict.load(fact)


def test_a_fact_is_one_of_three_kinds_which_a_member_tells(document: dict[str, Any]) -> None:
    components = document["components"]["schemas"]
    fact = components["Fact"]
    assert fact["discriminator"]["propertyName"] == "kind"
    for kind, reference in fact["discriminator"]["mapping"].items():
        assert {"$ref": reference} in fact["oneOf"]
        name = reference.removeprefix("#/components/schemas/")
        assert components[name]["properties"]["kind"]["enum"] == [kind]
        assert "kind" in components[name]["required"]
    assert len(fact["oneOf"]) == len(fact["discriminator"]["mapping"]) == len(components["Kind"]["enum"])


def test_all_references_lead_somewhere(client: FlaskClient, document: dict[str, Any]) -> None:
    components = document["components"]
    used = set(re.findall(r"#/components/(\w+)/(\w+)", client.get("/openapi.json").text))
    held = {(section, name) for section, named in components.items() for name in named}
    assert used == held


def test_success_comes_first(document: dict[str, Any]) -> None:
    for operation in _operations(document).values():
        assert next(iter(operation["responses"])) == "200"


def test_errors_are_problem_documents(document: dict[str, Any]) -> None:
    for response in document["components"]["responses"].values():
        assert response["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_every_kind_of_problem_is_listed(document: dict[str, Any]) -> None:
    for problem in PROBLEMS.values():
        assert f"| {problem.type} | {problem.status} |" in document["info"]["description"]


def test_the_page_serves_all_it_needs_itself(client: FlaskClient) -> None:
    assert client.get("/docs").headers["Location"].endswith("/docs/")
    page = client.get("/docs/").text
    assert 'src="http' not in page
    assert '"url": "/openapi.json"' in page
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(assets) >= 6
    for asset in assets:
        with client.get(asset) as response:
            assert response.status_code == 200, asset
            assert len(response.data) > 100


def test_the_index_leads_to_everything(client: FlaskClient) -> None:
    for link in body(client.get("/"))["links"].values():
        with client.get(link) as response:
            assert response.status_code == 200, link
