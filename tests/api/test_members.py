from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from api.members import FACT_MEMBERS
from tests.api.conftest import body
from tests.api.sample import FACTS, HARBOUR, MORE_THAN_650000, ORCHARD, PRESS, THIRD

PARTIAL = "application/vnd.factline.partial+json"
INCLUDED = ("highlights", "selectors", "sentence", "citation")


def _pick(fact: Any, path: list[str]) -> Any:  # noqa: ANN401 - JSON
    """What stands at a path, in lists for each item; the reference."""
    if not path:
        return fact
    if isinstance(fact, list):
        return [_pick(each, path) for each in fact]
    return _pick(fact[path[0]], path[1:]) if isinstance(fact, dict) and path[0] in fact else None


def _leaves(value: Any, prefix: str = "") -> set[str]:  # noqa: ANN401 - JSON
    if isinstance(value, list):
        return set().union(*(_leaves(each, prefix) for each in value))
    if isinstance(value, dict):
        return set().union(*(_leaves(each, f"{prefix}.{name}") for name, each in value.items()))
    return {prefix.removeprefix(".")}


@pytest.mark.parametrize("member", FACT_MEMBERS)
def test_each_member_can_be_had_alone(client: FlaskClient, member: str) -> None:
    whole = body(client.get("/v1/facts"))["items"]
    response = client.get(f"/v1/facts?fields={member}")
    assert response.headers["Content-Type"] == PARTIAL
    for picked, fact in zip(body(response)["items"], whole, strict=True):
        assert _pick(picked, member.split(".")) == _pick(fact, member.split("."))
        assert all(
            each == member or each.startswith(f"{member}.") or member.startswith(f"{each}.") for each in _leaves(picked)
        )


def test_every_member_has_a_path(client: FlaskClient) -> None:
    for fact in body(client.get("/v1/facts"))["items"]:
        assert _leaves(fact) <= set(FACT_MEMBERS)


def test_several_members_in_the_order_of_the_whole(client: FlaskClient) -> None:
    url = "/v1/facts?fields=provenance.links.text,claimants.name,value,id,article.id&kind=quantity&limit=1"
    (item,) = body(client.get(url))["items"]
    assert list(item) == ["id", "value", "claimants", "article", "provenance"]
    start, end = MORE_THAN_650000.start, MORE_THAN_650000.end
    assert item == {
        "id": MORE_THAN_650000.id,
        "value": 650000,
        "claimants": [{"name": "Ada Quill"}, {"name": "town hall"}],
        "article": {"id": HARBOUR.id},
        "provenance": {"links": {"text": f"/v1/articles/{HARBOUR.id}/text#char={start},{end}"}},
    }


def test_an_object_takes_all_that_is_in_it(client: FlaskClient) -> None:
    whole = body(client.get(f"/v1/facts/{MORE_THAN_650000.id}"))
    picked = body(client.get(f"/v1/facts/{MORE_THAN_650000.id}?fields=review,review.status"))
    assert picked == {"review": whole["review"]}


def test_a_fact_without_the_member_is_empty_and_null_stays_null(client: FlaskClient) -> None:
    assert body(client.get(f"/v1/facts/{PRESS.id}?fields=value")) == {}
    assert body(client.get(f"/v1/facts/{THIRD.id}?fields=subject.id,period.edtf")) == {"subject": None, "period": None}
    assert body(client.get(f"/v1/facts/{THIRD.id}?fields=claimants.id")) == {"claimants": []}


def test_the_media_type_says_whether_facts_are_whole(client: FlaskClient) -> None:
    for path in ("/v1/facts", f"/v1/facts/{PRESS.id}", f"/v1/articles/{ORCHARD.id}/facts"):
        assert client.get(path).headers["Content-Type"] == "application/json"
        assert client.get(f"{path}?include=citation").headers["Content-Type"] == "application/json"
        assert client.get(f"{path}?fields=id").headers["Content-Type"] == PARTIAL
        headers = {"Accept": PARTIAL}
        assert client.get(f"{path}?fields=id", headers=headers).headers["Content-Type"] == PARTIAL


@pytest.mark.parametrize("name", INCLUDED)
def test_what_is_included_joins_the_whole(client: FlaskClient, name: str) -> None:
    whole = body(client.get("/v1/facts"))["items"]
    more = body(client.get(f"/v1/facts?include={name}"))["items"]
    for plain, fact in zip(whole, more, strict=True):
        assert name not in plain
        assert {key: value for key, value in fact.items() if key != name} == plain
        assert name in fact


def test_everything_included_beside_a_choice_of_members(client: FlaskClient) -> None:
    (item,) = body(client.get(f"/v1/facts?fields=id&include={','.join(INCLUDED)}&q=650,000&kind=quantity"))["items"]
    assert set(item) == {"id", *INCLUDED}
    assert "650,000 people" in item["sentence"]
    assert item["citation"].endswith(f"fact {item['id']}.")
    assert item["selectors"]["position"] == {
        "type": "TextPositionSelector",
        "start": MORE_THAN_650000.start,
        "end": MORE_THAN_650000.end,
    }


def test_sentences_are_null_of_statements_and_without_the_text(client: FlaskClient) -> None:
    items = body(client.get("/v1/facts?include=sentence"))["items"]
    unknown = {item["id"] for item in items if item["sentence"] is None}
    assert unknown == {f.id for f in FACTS if f.kind == "statement" or f.article not in (HARBOUR.id, ORCHARD.id)}
    for item in items:
        assert item["sentence"] is None or item["provenance"]["exact"] in item["sentence"]


@pytest.mark.parametrize(
    "query",
    ["fields=highlights", "fields=nope", "fields=Id", "fields=id.x", "fields=provenance.", "fields=.id", "fields=id,",
     "include=id", "include=", "include=citation,", "fields=id&fields=id", "fields=id%20,value", "fields=__class__"],
)  # fmt: skip
def test_members_that_there_are_not(client: FlaskClient, query: str) -> None:
    for path in ("/v1/facts", f"/v1/facts/{PRESS.id}"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        assert body(response)["parameter"] == query.partition("=")[0]
