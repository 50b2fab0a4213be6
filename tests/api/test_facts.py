from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.settings import Settings
from dataset.database import build_database
from dataset.model import Fact, Kind
from tests.api import sample
from tests.api.conftest import body
from tests.api.sample import (
    CARTS,
    CRANES,
    FACTS,
    FOXES,
    HARBOUR,
    LIGHTHOUSE,
    MORE_THAN_650000,
    ORCHARD,
    OWLS,
    PEOPLE,
    PLUMS,
    PRESS,
    THIRD,
    TUGS,
    UP_TO_500000,
    VALLEY,
)


def _list_ids(client: FlaskClient, query: str, path: str = "/v1/facts") -> list[str]:
    response = client.get(f"{path}?{query}")
    assert response.status_code == 200, response.text
    ids = [item["id"] for item in body(response)["items"]]
    assert body(response)["total"] == {"value": len(ids), "relation": "eq"}
    return ids


FILTERS = {
    "": FACTS,
    "kind=statement": [PEOPLE, LIGHTHOUSE],
    "kind=event,statement": [PEOPLE, LIGHTHOUSE, PRESS],
    "direct=true": [LIGHTHOUSE],
    "direct=false": [PEOPLE],
    "direct=false&kind=quantity": [],
    "event_type=visit,attack": [PRESS],
    "event_type=attack": [],
    "claimant=ada-quill": [MORE_THAN_650000, LIGHTHOUSE],
    "claimant=vell,ada-quill&kind=statement": [LIGHTHOUSE],
    "claimant=vell": [],  # it acts and claims nothing
    "subject=vell": [PRESS],
    "subject=port-selby,vell": [MORE_THAN_650000, PRESS],
    "subject=ada-quill": [],
    f"article={ORCHARD.id}": [THIRD, FOXES, OWLS, PLUMS, PRESS],
    f"article={HARBOUR.id},{VALLEY.id}": [PEOPLE, MORE_THAN_650000, CRANES, TUGS, UP_TO_500000, LIGHTHOUSE, CARTS],
    "article=aaaaaaaaaaaaaaaa": [],
    "unit=person": [MORE_THAN_650000],
    "unit=tonne,USD": [UP_TO_500000, PLUMS],
    "unit=furlong": [],
    "bound=approximate": [THIRD, CARTS],
    "bound=range,at_most": [TUGS, UP_TO_500000],
    "value_min=600000": [MORE_THAN_650000],
    "value_min=700000": [MORE_THAN_650000],  # "more than 650,000" reaches any number above
    "value_min=31&value_max=33.4": [UP_TO_500000, THIRD],
    "value_max=1.5": [UP_TO_500000, PLUMS],
    "value_max=-1": [UP_TO_500000],  # "up to 500,000" sets no lower limit
    "value_min=25&value_max=25": [TUGS, UP_TO_500000],
    "value_min=1.5e0&value_max=15e-1": [UP_TO_500000, PLUMS],
    "q=foxes+cranes": [],
    "q=caf%C3%A9+zebra": [],
    "q=NOT+cranes": [],
    "q=cranes+OR+foxes": [],
    "q=exact:cranes": [],
    "q=cran*": [CRANES, TUGS, UP_TO_500000],  # they share a sentence
    "q=-cranes+42": [FOXES, OWLS, PLUMS],
    "kind=quantity&bound=exact&unit=item": [CRANES, FOXES, OWLS],
}


@pytest.mark.parametrize(("query", "expected"), FILTERS.items(), ids=FILTERS)
def test_filters(client: FlaskClient, query: str, expected: list[Fact]) -> None:
    assert _list_ids(client, query) == [fact.id for fact in expected]


SEARCHES = {
    "foxes": FOXES,
    "FOXES+42": FOXES,
    "500%2C000": UP_TO_500000,
    "%22counted+42%22": CRANES,
    "cranes+-+%21": CRANES,
    "pl%C3%BCms": PLUMS,  # accents do not tell words apart
    "lighthouse+move": LIGHTHOUSE,
    "cider+Monday": PRESS,  # of an event the sentence is searched
}


@pytest.mark.parametrize(("words", "expected"), SEARCHES.items(), ids=SEARCHES)
def test_search(client: FlaskClient, words: str, expected: Fact) -> None:
    found = body(client.get(f"/v1/facts?q={words}"))["items"]
    assert expected.id in [item["id"] for item in found]
    assert {item["article"]["id"] for item in found} == {expected.article}


def test_search_takes_words_that_are_not_percent_encoded(client: FlaskClient) -> None:
    raw = "q=plüms".encode().decode("latin-1")  # how WSGI hands bytes over
    found = body(client.get("/v1/facts", environ_overrides={"QUERY_STRING": raw}))["items"]
    assert PLUMS.id in [item["id"] for item in found]


ARTICLE_FILTERS = {
    "": [THIRD, FOXES, OWLS, PLUMS, PRESS],
    "unit=item": [FOXES, OWLS],
    "sort=-value&unit=item": [OWLS, FOXES],  # equal facts go as the last key goes
    "sort=unit,-value&unit=item": [OWLS, FOXES],
    "sort=-value,unit&unit=item": [FOXES, OWLS],
    "sort=-unit,-value": [PLUMS, THIRD, OWLS, FOXES, PRESS],
}


@pytest.mark.parametrize(("query", "expected"), ARTICLE_FILTERS.items(), ids=ARTICLE_FILTERS)
def test_facts_of_one_article(client: FlaskClient, query: str, expected: list[Fact]) -> None:
    ids = _list_ids(client, query, path=f"/v1/articles/{ORCHARD.id}/facts")
    assert ids == [fact.id for fact in expected]


def test_a_fact_in_full(client: FlaskClient) -> None:
    fact = body(client.get(f"/v1/facts/{MORE_THAN_650000.id}"))
    article, provenance = fact.pop("article"), fact.pop("provenance")
    name = sample.HARBOUR_TEXT.index("Ada Quill")
    assert fact == {
        "id": MORE_THAN_650000.id,
        "kind": "quantity",
        "metric": "population",
        "measure": "level",
        "subject": {"id": "port-selby", "name": "Port Selby", "inferred": True},
        "counted": "people",
        "value": 650000,
        "value_low": 650000,
        "value_high": None,
        "value_as_written": "650,000",
        "bound": "more_than",
        "unit": "person",
        "period": {"edtf": "2031-04", "start_on": "2031-04-01", "end_on": "2031-04-30"},
        "modality": "asserted",
        "claimants": [
            {"id": "ada-quill", "name": "Ada Quill", "start": name, "end": name + 9, "inferred": False},
            {"id": None, "name": "town hall", "start": None, "end": None, "inferred": False},
        ],
        "repeats": None,
        "rule": "quantity-rule",
        "confidence": 0.9,
        "review": {"status": "corrected", "reviewer": "nw", "reviewed_on": "2031-05-01", "note": "unit was item"},
    }
    columns = ("id", "file", "sha256", "publisher", "published_on", "url", "title")
    assert article == {column: getattr(HARBOUR, column) for column in columns}
    assert provenance["file"] == "harbour.txt"


def test_where_a_fact_stands_in_full(client: FlaskClient) -> None:
    fact, text = MORE_THAN_650000, sample.HARBOUR_TEXT
    assert body(client.get(f"/v1/facts/{fact.id}"))["provenance"] == {
        "file": "harbour.txt",
        "sha256": HARBOUR.sha256,
        "span_sha256": fact.sha256,
        "start": fact.start,
        "end": fact.end,
        "byte_start": len(text[: fact.start].encode("utf-8")),
        "byte_end": len(text[: fact.end].encode("utf-8")),
        "line": 3,
        "exact": "650,000",
        "prefix": text[: fact.start],
        "suffix": text[fact.end : fact.end + 32],
        "links": {
            "self": f"/v1/facts/{fact.id}",
            "article": f"/v1/articles/{HARBOUR.id}",
            "text": f"/v1/articles/{HARBOUR.id}/text#char={fact.start},{fact.end}",
            "verification": f"/v1/facts/{fact.id}/verification",
        },
    }


def test_what_is_not_known_is_null(client: FlaskClient) -> None:
    figure = body(client.get(f"/v1/facts/{CARTS.id}"))
    unknown = {name for name, value in figure.items() if value is None}
    assert unknown == {"metric", "subject", "value_as_written", "period", "repeats", "confidence"}
    assert figure["claimants"] == []
    assert figure["review"] == {"status": "machine", "reviewer": None, "reviewed_on": None, "note": None}


def test_a_statement_has_its_own_members(client: FlaskClient) -> None:
    statement = body(client.get(f"/v1/facts/{LIGHTHOUSE.id}"))
    said = sample.HARBOUR_TEXT.rindex("said")
    assert statement["direct"] is True
    assert statement["cue"] == {"start": said, "end": said + 4, "exact": "said"}
    assert {"value", "unit", "modality", "event_type"}.isdisjoint(statement)
    assert body(client.get(f"/v1/facts/{PEOPLE.id}"))["cue"] is None


def test_an_event_has_its_own_members(client: FlaskClient) -> None:
    event = body(client.get(f"/v1/facts/{PRESS.id}"))
    assert (event["event_type"], event["polarity"], event["modality"]) == ("visit", "positive", "done")
    assert event["participants"] == [
        {"role": "actor", "id": "vell", "name": "council of Vell", "start": 146, "end": 161, "inferred": False},
        {"role": "object", "id": None, "name": "cider press", "start": 171, "end": 182, "inferred": True},
    ]
    assert event["claimants"] == []
    assert {"value", "unit", "direct", "subject"}.isdisjoint(event)


@pytest.mark.parametrize("held", [True, False])
def test_what_was_said_at_length_is_quoted_where_the_text_is_held(tmp_path: Path, held: bool) -> None:
    words = "We will not move the lighthouse, nor the pier, nor the mill, nor anything at all"
    text = f"\u201c{words}\u201d, Quill said. The mill burns.\n"
    article = sample.make_article("pier.txt", text)
    said = sample.make_fact(article, text, words, Kind.STATEMENT, direct=True)
    build_database(tmp_path / "facts.db", [article], [said], {article.id: text} if held else {})
    client = create_app(Settings(db=tmp_path / "facts.db")).test_client()
    (fact,) = body(client.get("/v1/facts"))["items"]
    assert fact["provenance"]["exact"] == (words if held else None)
    assert len(body(client.get("/v1/facts?q=pier"))["items"]) == held
    assert body(client.get("/v1/facts?q=burns"))["items"] == []  # it is not what was said


def test_without_the_text_the_context_is_null_and_the_figure_is_there(client: FlaskClient) -> None:
    provenance = body(client.get(f"/v1/facts/{CARTS.id}"))["provenance"]
    assert (provenance["exact"], provenance["prefix"], provenance["suffix"]) == ("900", None, None)


def test_whole_numbers_are_written_without_a_fraction(client: FlaskClient) -> None:
    assert b'"value":650000,' in client.get(f"/v1/facts/{MORE_THAN_650000.id}").data
    assert b'"value":33.33,' in client.get(f"/v1/facts/{THIRD.id}").data


def test_a_repetition_names_the_earlier_fact(client: FlaskClient) -> None:
    assert body(client.get(f"/v1/facts/{OWLS.id}"))["repeats"] == FOXES.id


def test_a_page_reads_all_claimants_at_once(client: FlaskClient) -> None:
    items = body(client.get("/v1/facts"))["items"]
    assert [len(item["claimants"]) for item in items] == [len(fact.claimants) for fact in FACTS]
