from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from api.errors import SearchError
from api.search import parse_search
from dataset.database import build_database
from dataset.model import Bound, Fact, Measure
from tests.api.conftest import Serve, body
from tests.api.sample import (
    CARTS,
    CRANES,
    FOXES,
    HARBOUR,
    HARBOUR_TEXT,
    LIGHTHOUSE,
    MORE_THAN_650000,
    OWLS,
    PEOPLE,
    PLUMS,
    PRESS,
    TUGS,
    UP_TO_500000,
    make_article,
    make_fact,
)

EXPRESSIONS = {
    "foxes": '"foxes"',
    "  foxes \u2003 owls ": '"foxes" AND "owls"',
    '"42 foxes" owls': '"42 foxes" AND "owls"',
    "fox*": '"fox"*',
    "fox**": '"fox"*',
    '"42 fox"*': '"42 fox"*',
    "foxes -owls": '"foxes" NOT "owls"',
    '-owls foxes -"1.5 tonnes" -plum*': '"foxes" NOT "owls" NOT "1.5 tonnes" NOT "plum"*',
    "--foxes owls": '"owls" NOT "-foxes"',
    "half-hearted": '"half-hearted"',
    "foxes - !": '"foxes"',
    "AND OR NOT NEAR(a,b)": '"AND" AND "OR" AND "NOT" AND "NEAR(a,b)"',
    "exact:cranes ^a {b} (c) a+b": '"exact:cranes" AND "^a" AND "{b}" AND "(c)" AND "a+b"',
    'foxes"owls"': '"foxes" AND "owls"',
    "'; DROP TABLE facts; --x": '"DROP" AND "TABLE" AND "facts;" NOT "-x"',
}


@pytest.mark.parametrize(("text", "expression"), EXPRESSIONS.items())
def test_words_become_an_expression_without_operators_of_the_user(text: str, expression: str) -> None:
    assert parse_search(text) == expression
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE words USING fts5 (exact)")
    assert connection.execute("SELECT * FROM words WHERE words MATCH ?", [expression]).fetchall() == []
    connection.close()


REFUSED = {
    '"foxes': "a quotation mark is not closed",
    'foxes"': "a quotation mark is not closed",
    '"a" b "': "a quotation mark is not closed",
    "-foxes": "only what must not occur is said",
    '-foxes -"owls"': "only what must not occur is said",
    "fo*xes": "an asterisk stands inside a word",
    "*foxes": "an asterisk stands inside a word",
    "*": "a phrase or prefix has no letter and no digit",
    "-*": "a phrase or prefix has no letter and no digit",
    '""': "a phrase or prefix has no letter and no digit",
    'foxes "!?"': "a phrase or prefix has no letter and no digit",
    "!?": "there is nothing to search for",
    " - ": "there is nothing to search for",
    "   ": "there is nothing to search for",
}


@pytest.mark.parametrize(("text", "detail"), REFUSED.items())
def test_what_cannot_be_read_is_a_problem_that_says_what_q_takes(client: FlaskClient, text: str, detail: str) -> None:
    with pytest.raises(SearchError, match=f"q: {detail}"):
        parse_search(text)
    for path in ("/v1/facts", "/v1/facts.csv", "/v1/facts.jsonl", f"/v1/articles/{HARBOUR.id}/facts"):
        response = client.get(f"{path}?q={quote(text)}")
        assert response.status_code == 400, response.text
        assert response.headers["Content-Type"] == "application/problem+json"
        assert body(response)["type"] == "urn:factline:problem:invalid-search"
        assert (body(response)["parameter"], body(response)["detail"]) == ("q", f"q: {detail}")
        assert body(response)["remedy"] == 'q takes words, "phrases in quotation marks", -without and prefix*'


FOUND: dict[str, list[Fact]] = {
    "42": [CRANES, TUGS, UP_TO_500000, FOXES, OWLS, PLUMS],
    "42 owls": [FOXES, OWLS, PLUMS],  # a sentence is searched, not the figure alone
    '"42 owls"': [FOXES, OWLS, PLUMS],
    '"owls 42"': [],
    '"tonnes of plums"': [FOXES, OWLS, PLUMS],
    '"tonnes of plu"*': [FOXES, OWLS, PLUMS],
    "ton* -cranes": [FOXES, OWLS, PLUMS],
    "42 -plums": [CRANES, TUGS, UP_TO_500000],
    '42 -"18 to 30"': [FOXES, OWLS, PLUMS],
    "CAFE": [CRANES, TUGS, UP_TO_500000],
    "caf*": [CRANES, TUGS, UP_TO_500000],
    "port-selby people": [PEOPLE, MORE_THAN_650000],
    "carts": [CARTS],  # without the text what is counted is searched still
    "valley": [],
    "lighthouse": [LIGHTHOUSE],
    "cider press": [PRESS],
    "\u0561 42": [],
    "\U0001f30a 42": [CRANES, TUGS, UP_TO_500000, FOXES, OWLS, PLUMS],  # what is no word is not searched for
}


@pytest.mark.parametrize(("q", "expected"), FOUND.items())
def test_what_is_found(client: FlaskClient, q: str, expected: list[Fact]) -> None:
    for sort in ("position", "unit,position"):
        items = body(client.get(f"/v1/facts?q={quote(q)}&sort={sort}"))["items"]
        assert sorted(item["id"] for item in items) == sorted(fact.id for fact in expected)


@pytest.mark.parametrize("text", ["\u1c90\u1c91", "\u2162", "\U00030000", "\u0345a", "\ue000", "\ufffd", "\u200ba"])
def test_characters_that_the_index_may_not_know_are_no_error(client: FlaskClient, text: str) -> None:
    assert client.get(f"/v1/facts?q={quote(text)}&include=highlights").status_code in (200, 400)


HIGHLIGHTS = {
    "foxes": {"sentence": ["foxes"], "counted": ["foxes"]},
    '"counted 42" 30': {"sentence": ["counted 42", "30"], "exact": ["30"]},
    "cafe": {"sentence": ["café"]},
    "tug* -owls": {"sentence": ["tugs"], "counted": ["tugs"]},
    "650,000": {"exact": ["650,000"], "sentence": ["650,000"]},
    "lighthouse will": {"exact": ["will", "lighthouse"]},
    "selby today": {"exact": ["Selby", "today"], "sentence": ["Selby", "today"]},
}


@pytest.mark.parametrize(("q", "words"), HIGHLIGHTS.items())
def test_highlights_say_where_the_words_stand(client: FlaskClient, q: str, words: dict[str, list[str]]) -> None:
    items = body(client.get(f"/v1/facts?q={quote(q)}&include=highlights,sentence"))["items"]
    assert items
    seen = set()
    for item in items:
        for found in item["highlights"]:
            spans = [found["text"][span["start"] : span["end"]] for span in found["spans"]]
            assert spans == words[found["member"]]
            whole = {"exact": item["provenance"]["exact"], "counted": item.get("counted"), "sentence": item["sentence"]}
            assert found["text"] == whole[found["member"]]
            seen.add(found["member"])
    assert seen == {member for member, spans in words.items() if spans}


def test_highlights_count_code_points(client: FlaskClient) -> None:
    (found,) = (
        each
        for each in body(client.get("/v1/facts?q=today&kind=statement&include=highlights"))["items"][0]["highlights"]
        if each["member"] == "exact"
    )
    start = HARBOUR_TEXT.index("today") - PEOPLE.start
    assert found["spans"] == [{"start": start, "end": start + 5}]


@pytest.mark.parametrize("url", ["/v1/facts?include=highlights", f"/v1/facts/{FOXES.id}?include=highlights"])
def test_without_a_search_nothing_is_highlighted(client: FlaskClient, url: str) -> None:
    answer = body(client.get(url))
    assert all(fact["highlights"] == [] for fact in answer.get("items", [answer]))


def test_a_text_may_have_characters_of_private_use(serve: Serve, tmp_path: Path) -> None:
    text = "The \ue000 fox\ue001 saw 42 \ue000 owls.\n"
    article = make_article("private.txt", text)
    limits: dict[str, Any] = {"value": 42.0, "value_low": 42.0, "value_high": 42.0}
    fact = make_fact(article, text, "42", **limits, unit="item", bound=Bound.EXACT, measure=Measure.LEVEL)
    build_database(tmp_path / "facts.db", [article], [fact], {article.id: text})
    (item,) = body(serve(tmp_path / "facts.db").get("/v1/facts?q=owls&include=highlights"))["items"]
    (found,) = item["highlights"]
    assert found["text"] == text.strip()
    assert [found["text"][span["start"] : span["end"]] for span in found["spans"]] == ["owls"]
