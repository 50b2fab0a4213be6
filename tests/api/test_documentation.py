from __future__ import annotations

import re
import tomllib
from typing import Any
from urllib.parse import urljoin

import pytest
from flask.testing import FlaskClient
from marshmallow import RAISE, Schema, ValidationError

from api import fact_schemas, schemas, statistics_schemas
from api.documentation import SPEC_PATH, TWIN_PATH, VERSION
from api.openapi30 import downgrade
from api.problems import PROBLEMS
from api.settings import PROJECT
from tests.api.conftest import body
from tests.api.sample import HARBOUR, MORE_THAN_650000, VALLEY

Operation = dict[str, Any]

NO_JSON = {  # what answers in another form, or in JSON of another standard
    "getArticleText",
    "describeFactsCsv",
    "exportFactsCsv",
    "exportFactsLines",
    "exportFactsParquet",
    "getDatabase",
    "getServiceMetrics",
}
ANSWERS: dict[str, tuple[str, type[Schema]]] = {
    "listFacts": ("/v1/facts?limit=5", fact_schemas.FactPageSchema),
    "getFact": (f"/v1/facts/{MORE_THAN_650000.id}", fact_schemas.FactSchema),
    "getFactVerification": (f"/v1/facts/{MORE_THAN_650000.id}/verification", schemas.VerificationSchema),
    "listArticles": ("/v1/articles", schemas.ArticlePageSchema),
    "getArticle": (f"/v1/articles/{VALLEY.id}", schemas.ArticleSchema),
    "listArticleFacts": (f"/v1/articles/{HARBOUR.id}/facts", fact_schemas.FactPageSchema),
    "listMetrics": ("/v1/metrics", statistics_schemas.MetricPageSchema),
    "getMetric": ("/v1/metrics/killed", statistics_schemas.MetricSchema),
    "getMetricSeries": ("/v1/metrics/killed/series", statistics_schemas.SeriesSchema),
    "listClaimants": ("/v1/claimants", statistics_schemas.ClaimantPageSchema),
    "getClaimant": ("/v1/claimants/ada-quill", statistics_schemas.ClaimantDetailSchema),
    "countFacets": ("/v1/facets?by=kind,claimant", statistics_schemas.FacetCountsSchema),
    "sumUpFacts": ("/v1/aggregates?by=unit", statistics_schemas.AggregatesSchema),
    "compareClaims": ("/v1/comparisons", statistics_schemas.ClaimComparisonsSchema),
    "getDataset": ("/v1/dataset", statistics_schemas.DatasetSchema),
    "getIndex": ("/", schemas.IndexSchema),
    "getHealth": ("/healthz", schemas.HealthSchema),
    "getReadiness": ("/readyz", schemas.ReadinessSchema),
}


KEYS = "position|value|published_on|period|confidence|metric|unit"
DAY = r"^([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?$"
PRINTABLE = r"^[^\u0000-\u001f\u007f-\u009f]+$"


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
    assert rules - set(document["paths"]) == {"/openapi.json", "/openapi-3.0.json", "/docs/", "/docs/{path}"}


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    for operation in _operations(document).values():
        for parameter in operation["parameters"]:
            assert parameter["description"], parameter


@pytest.mark.parametrize(
    ("name", "constraints"),
    {
        "limit": {"minimum": 1, "maximum": 500, "default": 50, "type": "integer"},
        "q": {"minLength": 1, "maxLength": 200, "pattern": PRINTABLE, "type": "string"},
        "sort": {
            "pattern": f"^-?({KEYS})(,-?({KEYS}))*$",
            "maxLength": 200,
            "default": "position",
            "type": "string",
        },
        "kind": {"type": "array", "minItems": 1, "maxItems": 50, "items": {"$ref": "#/components/schemas/Kind"}},
        "direct": {"type": "string", "enum": ["true", "false"]},
        "known_at": {"type": "string", "maxLength": 10, "pattern": DAY},
        "value_min": {"type": "number"},
        "article": {
            "type": "array",
            "minItems": 1,
            "maxItems": 50,
            "items": {"type": "string", "pattern": "^[a-z2-7]{16}$", "maxLength": 16},
        },
    }.items(),
)
def test_constraints_are_documented(document: dict[str, Any], name: str, constraints: dict[str, Any]) -> None:
    parameters = {each["name"]: each for each in _operations(document)["listFacts"]["parameters"]}
    assert parameters[name]["schema"] == constraints


@pytest.mark.parametrize("name", ["getArticleText", "exportFactsParquet", "getDatabase"])
def test_what_comes_in_ranges_takes_headers_and_a_release(document: dict[str, Any], name: str) -> None:
    path = next(path for path in document["paths"].values() if path["get"]["operationId"] == name)
    taken = {(each["in"], each["name"]) for each in [*path.get("parameters", []), *path["get"]["parameters"]]}
    assert {("query", "release"), ("header", "Range"), ("header", "If-None-Match")} <= taken


def test_lists_are_separated_by_commas(document: dict[str, Any]) -> None:
    parameters = _operations(document)["listFacts"]["parameters"]
    lists = [each for each in parameters if each["schema"].get("type") == "array"]
    of_one_value = {"release", "limit", "cursor", "sort", "q", "direct", "repeats"}
    ranges = {
        each["name"] for each in parameters if re.search(r"^(value|certainly|period|published|known)_", each["name"])
    }
    assert {each["name"] for each in lists} == {each["name"] for each in parameters} - of_one_value - ranges
    assert len(ranges) == 9
    assert {(each["style"], each["explode"]) for each in lists} == {("form", False)}


def test_every_json_answer_is_of_its_documented_schema(client: FlaskClient, document: dict[str, Any]) -> None:
    operations = _operations(document)
    assert set(operations) == {*ANSWERS, *NO_JSON}
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


@pytest.fixture
def twin(client: FlaskClient) -> dict[str, Any]:
    return body(client.get(TWIN_PATH))


def test_the_twin_says_the_document_in_openapi_30(document: dict[str, Any], twin: dict[str, Any]) -> None:
    assert twin["openapi"] == "3.0.3"
    assert twin == downgrade(document)
    assert _operations(twin).keys() == _operations(document).keys()
    assert twin["info"]["version"] == document["info"]["version"]
    assert twin["info"]["license"]["url"].endswith("MIT.html")


def test_all_references_of_the_twin_lead_somewhere(client: FlaskClient, twin: dict[str, Any]) -> None:
    used = set(re.findall(r"#/components/(\w+)/(\w+)", client.get(TWIN_PATH).text))
    assert used == {(section, name) for section, named in twin["components"].items() for name in named}


def test_the_twin_has_the_parameters_of_the_document(document: dict[str, Any], twin: dict[str, Any]) -> None:
    mine, theirs = _operations(document), _operations(twin)
    for name, operation in mine.items():
        for one, other in zip(operation["parameters"], theirs[name]["parameters"], strict=True):
            assert {**one, "schema": None} == {**other, "schema": None}


@pytest.mark.parametrize("path", [SPEC_PATH, TWIN_PATH])
def test_a_document_is_json_without_parameters_which_pages_of_other_sites_may_read(
    client: FlaskClient, path: str
) -> None:
    response = client.get(path)
    assert response.headers["Content-Type"] == "application/json"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    refused = client.get(f"{path}?version=3")
    assert (refused.status_code, body(refused)["parameter"]) == (400, "version")
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert client.head(path).status_code == 200
    assert client.post(path).status_code == 405


def test_success_comes_first(document: dict[str, Any]) -> None:
    for operation in _operations(document).values():
        assert next(iter(operation["responses"])) == "200"


def test_errors_are_problem_documents(document: dict[str, Any]) -> None:
    responses = document["components"]["responses"]
    not_modified = responses.pop("NotModified")
    assert "content" not in not_modified
    assert "ETag" in not_modified["headers"]
    for response in responses.values():
        assert response["content"] == {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}


def test_every_kind_of_problem_is_listed(document: dict[str, Any]) -> None:
    for problem in PROBLEMS.values():
        assert f"| {problem.type} | {problem.status} |" in document["info"]["description"]


def test_the_page_serves_all_it_needs_itself(client: FlaskClient) -> None:
    assert client.get("/docs").headers["Location"].endswith("/docs/")
    page = client.get("/docs/").text
    assert 'src="http' not in page
    assets = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(assets) >= 6
    for asset in [*assets, *re.findall(r'"url": "([^"]+)"', page)]:
        with client.get(urljoin("/docs/", asset)) as response:
            assert response.status_code == 200, asset
            assert len(response.data) > 100


def test_every_operation_on_data_may_answer_304(document: dict[str, Any]) -> None:
    for name, operation in _operations(document).items():
        reads_data = "release" in {each["name"] for each in operation["parameters"]}
        assert ("304" in operation["responses"]) == reads_data, name


LINKED = {
    "listFacts": {"getFact", "getFactVerification", "getArticle"},
    "listArticleFacts": {"getFact", "getFactVerification", "getArticle"},
    "listArticles": {"getArticle", "listArticleFacts", "getArticleText"},
    "listMetrics": {"getMetric", "getMetricSeries"},
    "listClaimants": {"getClaimant"},
}


def test_lists_are_linked_to_what_can_be_asked_of_their_items(client: FlaskClient, document: dict[str, Any]) -> None:
    operations = _operations(document)
    paths = {path["get"]["operationId"]: path for path in document["paths"].values()}
    urls = {path["get"]["operationId"]: url for url, path in document["paths"].items()}
    linked = {
        name: answer["links"] for name, each in operations.items() if (answer := each["responses"]["200"]).get("links")
    }
    assert {name: {each["operationId"] for each in links.values()} for name, links in linked.items()} == LINKED
    for name, links in linked.items():
        answer = body(client.get(ANSWERS[name][0]))
        for each in links.values():
            ((parameter, expression),) = each["parameters"].items()
            assert parameter in str(paths[each["operationId"]]["parameters"])
            value: Any = answer
            for part in expression.removeprefix("$response.body#/").split("/"):
                value = value[int(part) if part.isdigit() else part]
            url = urls[each["operationId"]].replace(f"{{{parameter}}}", value)
            assert client.get(url).status_code == 200, url


def test_the_index_leads_to_everything(client: FlaskClient) -> None:
    assert {"metrics", "claimants", "dataset", "openapi", "openapi_3_0"} <= set(body(client.get("/"))["links"])
    for link in body(client.get("/"))["links"].values():
        with client.get(link) as response:
            assert response.status_code == 200, link
