from __future__ import annotations

import base64
import hashlib
import json
import math
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dataset.model import Fact, QuantityFact
from tests.api.conftest import Serve, body
from tests.api.sample import ARTICLES, FACTS, ORCHARD, build_sample


def _walk(client: FlaskClient, url: str | None) -> Iterator[TestResponse]:
    while url:
        response = client.get(url)
        assert response.status_code == 200, response.text
        yield response
        url = body(response)["next"]


def _walk_ids(client: FlaskClient, url: str) -> list[str]:
    return [item["id"] for response in _walk(client, url) for item in body(response)["items"]]


def _value(fact: Fact) -> float:
    if not isinstance(fact, QuantityFact):
        return math.inf
    given = [value for value in (fact.value, fact.value_low, fact.value_high) if value is not None]
    return given[0] if given else math.inf


BY_POSITION = [fact.id for fact in FACTS]
BY_VALUE = [fact.id for fact in sorted(FACTS, key=_value)]  # a stable sort: equal values stay in order
NUMBERS = sum(isinstance(fact, QuantityFact) for fact in FACTS)
ORDERS = {
    "position": BY_POSITION,
    "-position": BY_POSITION[::-1],
    "value": BY_VALUE,
    "-value": BY_VALUE[:NUMBERS][::-1] + BY_VALUE[NUMBERS:],  # what has no number stays last
}


@pytest.mark.parametrize("limit", [1, 2, 3, len(FACTS) - 1, len(FACTS), 500])
@pytest.mark.parametrize(("sort", "expected"), ORDERS.items())
def test_pages_hold_each_fact_once_in_order(client: FlaskClient, sort: str, expected: list[str], limit: int) -> None:
    assert _walk_ids(client, f"/v1/facts?sort={sort}&limit={limit}") == expected


def test_pages_keep_their_filters(client: FlaskClient) -> None:
    expected = [fact.id for fact in FACTS if isinstance(fact, QuantityFact) and fact.unit in {"item", "percent"}]
    assert _walk_ids(client, "/v1/facts?unit=item%2Cpercent&limit=1") == expected


def test_pages_of_one_article(client: FlaskClient) -> None:
    expected = [fact.id for fact in FACTS if fact.article == ORCHARD.id]
    assert _walk_ids(client, f"/v1/articles/{ORCHARD.id}/facts?limit=2") == expected


def test_pages_of_articles(client: FlaskClient) -> None:
    assert _walk_ids(client, "/v1/articles?limit=1") == [article.id for article in ARTICLES]


def test_every_page_says_total_and_release(client: FlaskClient) -> None:
    release = body(client.get("/readyz"))["release"]
    for response in _walk(client, "/v1/facts?limit=4"):
        assert body(response)["total"] == {"value": len(FACTS), "relation": "eq"}
        assert body(response)["release"] == release


def test_the_link_header_says_the_same_as_next(client: FlaskClient) -> None:
    *pages, last = _walk(client, "/v1/facts?limit=4&sort=value")
    for response in pages:
        assert response.headers["Link"] == f'<{body(response)["next"]}>; rel="next"'
        assert body(response)["next"].startswith("/v1/facts?")
    assert "Link" not in last.headers
    assert body(last)["next"] is None


def test_links_hold_behind_a_prefix(client: FlaskClient) -> None:
    response = client.get("/v1/facts?limit=1", environ_overrides={"SCRIPT_NAME": "/news"})
    assert body(response)["next"].startswith("/news/v1/facts?")


@pytest.mark.parametrize(
    "also",
    [
        "100%",
        "%",
        "%3C%3E",
        "a+b%20c",
        "caf%C3%A9",
        "caf\xc3\xa9",
        '"<x>"',
        "b&&",
        "'",
        "a;b",
        "%2525",
        "<" * 190,
        "a|b",
    ],
)
def test_links_can_be_followed_whatever_was_sent(client: FlaskClient, also: str) -> None:
    publisher = ARTICLES[0].publisher
    query = f"publisher={publisher},{also}&limit=1".replace(" ", "+")
    url, pages = "/v1/facts", 0
    while url:
        path, _, query = (url, "", query) if not pages else url.partition("?")
        response = client.get(path, environ_overrides={"QUERY_STRING": query})
        assert response.status_code == 200, (url, response.text)
        url, pages = body(response)["next"], pages + 1
        assert url is None or re.fullmatch(r"/v1/facts\?([A-Za-z0-9!$&'()*+,./:;=?@_~-]|%[0-9A-Fa-f]{2})+", url), url
    assert pages == sum(fact.article == ARTICLES[0].id for fact in FACTS) > 1


@pytest.mark.parametrize(("character", "width"), [("x", 1), ("<", 3)])
def test_the_longest_address_has_a_next_page(client: FlaskClient, character: str, width: int) -> None:
    query = f"limit=1&publisher={ARTICLES[0].publisher}".replace(" ", "+")
    room = 4000 - len("/v1/facts") - len(query)  # of which a character in a link takes its width
    for name, length in ((character * 150, 150 * width), ("x" * 150, 150)):
        while room > length + 1:
            query += f",{name}"
            room -= length + 1
    query += "," + "x" * (room - 1)
    first = client.get("/v1/facts", environ_overrides={"QUERY_STRING": query})
    assert first.status_code == 200
    assert client.get(body(first)["next"]).status_code == 200
    assert client.get("/v1/facts", environ_overrides={"QUERY_STRING": query + "x"}).status_code == 414


def test_the_size_of_a_page_may_change_on_the_way(client: FlaskClient) -> None:
    first = body(client.get("/v1/facts?limit=2"))
    rest = body(client.get(first["next"].replace("limit=2", "limit=500")))
    assert [item["id"] for item in first["items"] + rest["items"]] == BY_POSITION


def _cursor(client: FlaskClient, url: str) -> str:
    link: str = body(client.get(url))["next"]
    return link.rpartition("cursor=")[2]


def _assert_refused(response: TestResponse, detail: str) -> None:
    assert response.status_code == 400
    assert body(response)["type"] == "urn:factline:problem:invalid-cursor"
    assert body(response)["detail"] == f"the cursor {detail}"
    assert body(response)["parameter"] == "cursor"
    assert body(response)["remedy"] == "start again without cursor"


def _forge(payload: object) -> str:
    raw = json.dumps(payload).encode()
    return base64.urlsafe_b64encode(raw + hashlib.sha256(raw).digest()[:6]).decode().rstrip("=")


GARBAGE = ["x", "abc", "AAAA", "_" * 200, "W10", _forge([]), _forge({}), _forge([1, 2]), _forge([1, 2, 3, 4])]


@pytest.mark.parametrize("view", ["limit=5", "fields=id", "include=citation", "limit=1&fields=id,value"])
def test_what_is_shown_of_each_may_change_on_the_way(client: FlaskClient, view: str) -> None:
    token = _cursor(client, "/v1/facts?limit=2&sort=-value&kind=quantity")
    rest = body(client.get(f"/v1/facts?sort=-value&kind=quantity&cursor={token}"))["items"]
    shown = body(client.get(f"/v1/facts?sort=-value&kind=quantity&cursor={token}&{view}"))["items"]
    assert shown
    assert [each["id"] for each in shown] == [each["id"] for each in rest][: len(shown)]


@pytest.mark.parametrize("token", GARBAGE)
def test_garbage_is_no_cursor(client: FlaskClient, token: str) -> None:
    _assert_refused(client.get(f"/v1/facts?cursor={token}"), "is damaged")


def test_any_altered_character_is_noticed(client: FlaskClient) -> None:
    token = _cursor(client, "/v1/facts?limit=2")
    for position, character in enumerate(token):
        altered = token[:position] + ("A" if character != "A" else "B") + token[position + 1 :]
        _assert_refused(client.get(f"/v1/facts?cursor={altered}"), "is damaged")


def test_a_lengthened_or_shortened_cursor_is_noticed(client: FlaskClient) -> None:
    token = _cursor(client, "/v1/facts?limit=2")
    for altered in (token[:-1], token + "A"):
        _assert_refused(client.get(f"/v1/facts?cursor={altered}"), "is damaged")


@pytest.mark.parametrize("characters", ["%C3%A9", "a%20b", "====", "A.", "A=", "A/B", "A%2BB"])
def test_other_characters_make_no_cursor(client: FlaskClient, characters: str) -> None:
    response = client.get(f"/v1/facts?cursor={characters}")
    assert (response.status_code, body(response)["parameter"]) == (400, "cursor")


@pytest.mark.parametrize("first", [True, None, "1", [1], {"a": 1}, 1.0, 0, -1, 2**32, 10**30, 1e308])
def test_a_forged_place_is_refused(client: FlaskClient, first: object) -> None:
    raw = base64.urlsafe_b64decode(_cursor(client, "/v1/facts?limit=2") + "==")
    release, listing, _ = json.loads(raw[:-6])
    _assert_refused(client.get(f"/v1/facts?cursor={_forge([release, listing, first])}"), "is damaged")


@pytest.mark.parametrize("query", ["", "sort=-value", "sort=unit,-value"])
@pytest.mark.parametrize("first", [len(FACTS), 10**6, 2**31, 2**32 - 1])
def test_a_forged_place_beyond_all_rows_is_harmless(client: FlaskClient, query: str, first: int) -> None:
    raw = base64.urlsafe_b64decode(_cursor(client, f"/v1/facts?limit=2&{query}") + "==")
    release, listing, _ = json.loads(raw[:-6])
    page = body(client.get(f"/v1/facts?{query}&cursor={_forge([release, listing, first])}"))
    assert (page["items"], page["next"]) == ([], None)


@pytest.mark.parametrize(
    "url",
    [
        "/v1/facts?sort=value",
        "/v1/facts?sort=-position",
        "/v1/facts?unit=item",
        "/v1/facts?q=42",
        "/v1/articles?limit=2",
        f"/v1/articles/{ORCHARD.id}/facts?limit=2",
    ],
)
def test_a_cursor_serves_no_other_list(client: FlaskClient, url: str) -> None:
    token = _cursor(client, "/v1/facts?limit=2")
    _assert_refused(client.get(f"{url}&cursor={token}"), "belongs to other filters or another order")


def test_a_cursor_serves_no_other_release(serve: Serve, tmp_path: Path) -> None:
    client = serve(build_sample(tmp_path / "facts.db"))
    token = _cursor(client, "/v1/facts?limit=2")
    build_sample(tmp_path / "facts.db", FACTS[:-1])
    _assert_refused(client.get(f"/v1/facts?cursor={token}"), "belongs to another release of the data")
