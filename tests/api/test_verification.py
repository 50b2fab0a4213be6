from __future__ import annotations

import dataclasses
import sqlite3
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dataset.build import write_release
from dataset.checksum import write_checksum
from dataset.records import release_digest
from tests.api.conftest import Serve, body
from tests.api.sample import CARTS, MOLES, ORCHARD
from tests.conftest import make_newsroom_release

NAMES = ["id", "rule", "period", "agents", "metric", "unit", "range", "bound"]
OF_TEXT = ["file", "span", "sha256", "exact", "line", "value", "mention"]


@pytest.fixture
def built(newsroom: Path) -> Path:
    """The database of a made-up article, whose first fact is its headline's figure."""
    release = make_newsroom_release(newsroom)
    write_release(release, newsroom / "facts.jsonl", newsroom / "facts.db")
    return newsroom / "facts.db"


def first_fact(client: FlaskClient) -> str:
    address: str = body(client.get("/v1/facts?kind=quantity&limit=1"))["items"][0]["provenance"]["links"][
        "verification"
    ]
    return address


def failed(client: FlaskClient) -> set[str]:
    return {check["name"] for check in body(client.get(first_fact(client)))["checks"] if check["passed"] is False}


def change(path: Path, sql: str, *values: object) -> None:
    connection = sqlite3.connect(path)
    connection.execute(sql, values)
    connection.commit()
    connection.close()
    write_checksum(path)


def test_a_sound_fact_passes_every_check(built: Path, serve: Serve) -> None:
    client = serve(built)
    answer = body(client.get(first_fact(client)))
    assert (answer["passed"], answer["complete"]) == (True, True)
    assert [check["name"] for check in answer["checks"]] == NAMES + OF_TEXT
    assert {(check["passed"], check["detail"]) for check in answer["checks"]} == {(True, None)}


DAMAGE = [
    (
        "UPDATE article_texts SET content = CAST(replace(CAST(content AS TEXT), '1,200', '1,300') AS BLOB)",
        {"file", "sha256", "exact", "value"},
    ),
    ('UPDATE facts SET start = start + 1, "end" = "end" + 1', {"id", "sha256", "exact", "value"}),
    ("UPDATE facts SET value = 1201, value_low = 1201, value_high = 1201", {"value"}),
    ("UPDATE facts SET metric = 'glee'", {"metric"}),
    ("UPDATE facts SET line = 9", {"line"}),
]


@pytest.mark.parametrize(("sql", "checks"), DAMAGE)
def test_what_was_tampered_with_is_shown(built: Path, serve: Serve, sql: str, checks: set[str]) -> None:
    change(built, sql)
    client = serve(built)
    assert failed(client) == checks
    assert body(client.get(first_fact(client)))["passed"] is False


def test_without_the_text_it_says_what_it_cannot_tell(client: FlaskClient) -> None:
    answer = body(client.get(f"/v1/facts/{CARTS.id}/verification"))
    assert answer["complete"] is False
    details = {check["name"]: check["detail"] for check in answer["checks"] if check["passed"] is None}
    assert details == dict.fromkeys(OF_TEXT, "the text of valley.txt is not held")


@pytest.mark.parametrize("path", ["", "/verification"])
def test_a_withdrawn_fact_is_gone_with_the_reason(client: FlaskClient, path: str) -> None:
    response = client.get(f"/v1/facts/{MOLES.id}{path}")
    assert (response.status_code, response.mimetype) == (410, "application/problem+json")
    problem = body(response)
    assert problem["type"] == "urn:factline:problem:fact-withdrawn"
    assert problem["detail"] == f"the fact {MOLES.id} was withdrawn on 2031-05-02: it counts no moles"


def test_a_withdrawal_makes_another_release() -> None:

    other = dataclasses.replace(MOLES, reason="they were voles")
    digests = {release_digest([ORCHARD], [], withdrawals) for withdrawals in ([], [MOLES], [other])}
    assert len(digests) == 3
