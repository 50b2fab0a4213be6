from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from api.citations import cite
from tests.api.conftest import body
from tests.api.sample import CARTS, LIGHTHOUSE

RELEASE = "5" * 64
AT = "characters 3 to 9 of a.txt. Factline, release"
CITATIONS: dict[str, dict[str, str]] = {
    f"The Bee, “Bees”, 2031-04~, https://a.example/, {AT} {RELEASE}, fact f.": {
        "publisher": "The Bee",
        "title": "Bees",
        "published_on": "2031-04~",
        "url": "https://a.example/",
    },
    f"The Bee, {AT} {RELEASE}, fact f.": {"publisher": "The Bee"},
    f"“Bees”, 2031, {AT} {RELEASE}, fact f.": {"title": "Bees", "published_on": "2031"},
    f"{AT} {RELEASE}, fact f.": {},
}


@pytest.mark.parametrize(("expected", "known"), CITATIONS.items())
def test_what_is_not_known_is_left_out(expected: str, known: dict[str, str]) -> None:
    article = {"file": "a.txt", **dict.fromkeys(("publisher", "title", "published_on", "url")), **known}
    fact: dict[str, Any] = {"id": "f", "article": article, "provenance": {"start": 3, "end": 9}}
    assert cite(fact, RELEASE) == expected


def test_facts_of_the_service_can_be_cited(client: FlaskClient) -> None:
    said, carts = (body(client.get(f"/v1/facts/{fact.id}")) for fact in (LIGHTHOUSE, CARTS))
    assert cite(said, RELEASE) == (
        "Selby Gazette, “Port Selby grows”, 2031-04-02, https://gazette.example/harbour, "
        f"characters {LIGHTHOUSE.start} to {LIGHTHOUSE.end} of harbour.txt. "
        f"Factline, release {RELEASE}, fact {LIGHTHOUSE.id}."
    )
    assert cite(carts, RELEASE) == (
        f"characters {CARTS.start} to {CARTS.end} of valley.txt. Factline, release {RELEASE}, fact {CARTS.id}."
    )
