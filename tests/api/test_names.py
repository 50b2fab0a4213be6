r"""How somebody is called; in lists `\,` is a comma of the name, `\\` a backslash, and a comma alone parts two."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from marshmallow import ValidationError

from api import create_app
from api.database import get_database
from api.fields import ListParameter, NameParameter, escape_name
from api.settings import Settings
from dataset.database import build_database
from dataset.model import Bound, Fact, Measure, Mention, Subject
from tests.api.conftest import body
from tests.api.sample import make_article, make_fact

LIST = ListParameter(NameParameter())
LONGEST = 200

READ = {
    "one": (r"Selby", ["Selby"]),
    "two": (r"Selby,Vell", ["Selby", "Vell"]),
    "comma": (r"Selby\, Vell", ["Selby, Vell"]),
    "backslash": (r"Selby\\Vell", [r"Selby\Vell"]),
    "backslash at the end": ("Selby\\\\", ["Selby\\"]),
    "backslash before a comma that parts": (r"Selby\\,Vell", ["Selby\\", "Vell"]),
    "backslash before a comma of the name": (r"Selby\\\,Vell", ["Selby\\,Vell"]),
    "nothing but commas": (r"\,\,,\,", [",,", ","]),
    "comma at each end": (r"\,a,b\,", [",a", "b,"]),
    "the longest": ("a" * LONGEST, ["a" * LONGEST]),
    "fifty": (",".join("a" * 50), ["a"] * 50),
}
REFUSED = {
    "backslash alone": "\\",
    "backslash inside": r"a\b",
    "backslash at the end": "a\\",
    "three backslashes": "a\\\\\\",
    "backslash in the second": r"a,b\c",
    "empty": "",
    "comma": ",",
    "one too many": "a,",
    "too long": "a" * (LONGEST + 1),
    "fifty-one": ",".join("a" * 51),
    "control character": "a\x1b",
}


@pytest.mark.parametrize(("written", "names"), READ.values(), ids=READ)
def test_a_list_is_read(written: str, names: list[str]) -> None:
    assert LIST.deserialize(written) == names


@pytest.mark.parametrize("written", REFUSED.values(), ids=REFUSED)
def test_what_is_no_list_of_names(written: str) -> None:
    with pytest.raises(ValidationError):
        LIST.deserialize(written)


@pytest.mark.parametrize("name", ["Selby", "Quill, Ada", "Q\\", "\\,", ",\\", ",,", "\\\\", "\\,\\", "a\\,b, c\\"])
def test_a_name_that_is_written_down_is_read_as_it_was(name: str) -> None:
    assert LIST.deserialize(escape_name(name)) == [name]
    assert LIST.deserialize(f"{escape_name(name)},b,{escape_name(name)}") == [name, "b", name]


# Each pair of neighbours would be confused, were one of the two signs read wrongly.
STRANGE = ["Quill", "Ada", "Quill, Ada", "Quill\\", "Quill\\, Ada", "Quill\\\\", ",", "\\", "\\,", "n" * LONGEST]
COUNT: dict[str, Any] = {
    "unit": "item",
    "measure": Measure.LEVEL,
    "bound": Bound.EXACT,
    "value": 42.0,
    "value_low": 42.0,
}
PAGE = make_article("page.txt", "page", publisher="Vell, Dalby & Sons\\Post")
OTHER = make_article("other.txt", "other", publisher="Vell")


def _said_by(place: int, name: str) -> Fact:
    return make_fact(
        PAGE,
        "x" * place + "42",
        "42",
        **COUNT,
        claimants=(Mention(None, name),),
        subject=Subject(None, name),
    )


SAID = {name: _said_by(3 * place, name) for place, name in enumerate(STRANGE)}
ELSEWHERE = make_fact(OTHER, "42", "42", **COUNT)


@pytest.fixture(scope="module")
def strange(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    path = tmp_path_factory.mktemp("strange") / "facts.db"
    build_database(path, [PAGE, OTHER], [*SAID.values(), ELSEWHERE], {})
    app = create_app(Settings(db=path))
    yield app.test_client()
    with app.app_context():
        get_database().close()


def _find(client: FlaskClient, query: str) -> list[str]:
    return [item["id"] for item in body(client.get(f"/v1/facts?{query}"))["items"]]


@pytest.mark.parametrize("name", STRANGE)
@pytest.mark.parametrize("by", ["claimant", "subject"])
def test_somebody_is_found_by_a_strange_name(strange: FlaskClient, by: str, name: str) -> None:
    assert _find(strange, f"{by}={quote(escape_name(name))}") == [SAID[name].id]


def test_several_strange_names_are_found_together(strange: FlaskClient) -> None:
    for one, other in pairwise(STRANGE):
        written = f"{escape_name(one)},{escape_name(other)}"
        assert _find(strange, f"claimant={quote(written)}") == [SAID[one].id, SAID[other].id]


def test_a_publisher_is_found_by_a_strange_name_whatever_its_case(strange: FlaskClient) -> None:
    written = quote(r"VELL\, dalby & sons\\post")
    assert _find(strange, f"publisher={written}") == [fact.id for fact in SAID.values()]
    assert _find(strange, f"publisher={written},Vell") == [*(fact.id for fact in SAID.values()), ELSEWHERE.id]
    assert _find(strange, "publisher=Vell") == [ELSEWHERE.id]


def test_the_links_of_claimants_find_their_facts_whatever_the_name(strange: FlaskClient) -> None:
    items = body(strange.get("/v1/claimants"))["items"]
    assert sorted(item["name"] for item in items) == sorted(STRANGE)
    for item in items:
        found = body(strange.get(item["links"]["facts"]))
        assert [fact["id"] for fact in found["items"]] == [SAID[item["name"]].id]


@pytest.mark.parametrize("by", ["claimant", "subject", "publisher"])
def test_the_values_of_facets_are_taken_by_their_filter(strange: FlaskClient, by: str) -> None:
    (facet,) = body(strange.get(f"/v1/facets?by={by}&limit=100"))["facets"]
    assert facet["groups"]
    for group in facet["groups"]:
        assert len(_find(strange, f"{by}={quote(group['value'])}&limit=500")) == group["facts"], group["value"]


@pytest.mark.parametrize("by", ["claimant", "subject", "publisher"])
@pytest.mark.parametrize("written", ["%5C", "a%5Cb", "a%5C", "a,b%5C", "a%5C%5C%5C"])
def test_a_backslash_that_stands_alone_is_a_bad_value(strange: FlaskClient, by: str, written: str) -> None:
    response = strange.get(f"/v1/facts?{by}={written}")
    assert (response.status_code, body(response)["parameter"]) == (400, by)
    assert "backslash" in body(response)["detail"].lower()


def _named(place: int, origin: Mention, subject: Subject) -> Fact:
    return make_fact(OTHER, "x" * place + "42", "42", **COUNT, claimants=(origin,), subject=subject)


CALLED = {
    "agency": _named(0, Mention("tass", "the state agency"), Subject("russian-armed-forces", "the army")),
    "president": _named(3, Mention("vladimir-putin", "Putin"), Subject("ukraine", "Kyiv")),
    "board": _named(6, Mention("vell-board", "Board of Vell, Ltd"), Subject("vell", "Groß-Vell")),
    "mayor": _named(9, Mention(None, "Ada Quill"), Subject(None, "The Mill")),
}
BY_NAME = {
    "claimant=TASS": ["agency"],
    "claimant=vladimir%20PUTIN": ["president"],
    "claimant=VLADIMIR-PUTIN": ["president"],
    "claimant=RUSSIA": ["president"],  # a name that the vocabulary has for who has it as a parent
    "claimant=board%20OF%20vell%5C,%20LTD": ["board"],  # who is in no vocabulary is called as the article does
    "claimant=vell-board": ["board"],
    "claimant=ADA%20quill": ["mayor"],
    "claimant=Vladimir%20Putin,Ada%20Quill,tass": ["agency", "president", "mayor"],
    "claimant=Putin": [],  # one article alone calls him so
    "claimant=Kyiv": [],
    "claimant=Vladimir": [],
    "claimant=Vladimir%20Putin%20": [],
    "subject=Russian%20ARMED%20forces": ["agency"],
    "subject=Russia": ["agency"],
    "subject=UKRAINE": ["president"],
    "subject=GROSS-vell": ["board"],
    "subject=the%20mill": ["mayor"],
    "subject=TASS": [],  # it claims, and is the subject of nothing
}


@pytest.fixture(scope="module")
def called(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    path = tmp_path_factory.mktemp("called") / "facts.db"
    build_database(path, [OTHER], list(CALLED.values()), {})
    app = create_app(Settings(db=path))
    yield app.test_client()
    with app.app_context():
        get_database().close()


@pytest.mark.parametrize(("query", "expected"), BY_NAME.items())
def test_somebody_is_found_by_identifier_or_name_whatever_its_case(
    called: FlaskClient, query: str, expected: list[str]
) -> None:
    for _ in range(2):  # what was looked up is kept
        assert _find(called, query) == [CALLED[name].id for name in expected]


@pytest.mark.parametrize("by", ["claimant", "subject", "publisher"])
def test_the_labels_of_facets_find_what_their_values_find(called: FlaskClient, by: str) -> None:
    (facet,) = body(called.get(f"/v1/facets?by={by}"))["facets"]
    assert facet["groups"]
    for group in facet["groups"]:
        found = _find(called, f"{by}={quote(escape_name(group['label'].swapcase()))}")
        assert found == _find(called, f"{by}={quote(group['value'])}")
        assert len(found) == group["facts"]
