"""One release with some of its texts, or others, or none: the same facts, and other answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from dataset.database import build_database
from dataset.model import Article
from tests.api.conftest import Serve, body
from tests.api.sample import ARTICLES, FACTS, HARBOUR, MOLES, MORE_THAN_650000, ORCHARD, TEXTS
from tests.api.test_validators import ASK_AGAIN, FILES, FOR_EVER, READING

HELD: dict[str, Sequence[Article]] = {"none": (), "one": (HARBOUR,), "other": (ORCHARD,), "both": (HARBOUR, ORCHARD)}
TEXT, DATABASE = FILES[0], FILES[2]


def _build(path: Path, held: Sequence[Article]) -> Path:
    build_database(path, ARTICLES, FACTS, {article.id: TEXTS[article.id] for article in held}, [MOLES])
    return path


def _release(client: FlaskClient) -> str:
    return str(body(client.get("/readyz"))["release"])


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return _build(tmp_path / "facts.db", ())


@pytest.fixture
def bare(serve: Serve, place: Path) -> FlaskClient:
    """Serves the facts without a text, until they are built anew."""
    return serve(place)


def test_each_edition_has_a_label_of_its_own(bare: FlaskClient, place: Path) -> None:
    labels = {}
    for name, held in HELD.items():
        _build(place, held)
        labels[name] = _release(bare)
    digest = labels.pop("none")
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert all(re.fullmatch(f"{digest}-[0-9a-f]{{12}}", label) for label in labels.values())
    assert len(set(labels.values())) == len(labels)
    _build(place, HELD["both"][::-1])  # in whichever order they are given
    assert _release(bare) == labels["both"]


def test_texts_that_are_added_while_it_runs_change_what_is_answered(bare: FlaskClient, place: Path) -> None:
    before = {}
    for url in READING:
        with bare.get(url) as response:
            before[url] = response.headers["ETag"]
    release = _release(bare)
    address = f"/v1/facts/{MORE_THAN_650000.id}"
    assert body(bare.get(address))["provenance"]["prefix"] is None
    assert bare.get(TEXT).status_code == 404
    _build(place, HELD["one"])
    for url, etag in before.items():
        with bare.get(url, headers={"If-None-Match": etag}) as response:
            assert response.status_code == 200, url
            assert response.headers["ETag"] != etag
    assert body(bare.get(address))["provenance"]["prefix"]
    assert bare.get(TEXT).status_code == 200
    assert body(bare.get("/v1/facts"))["release"] == _release(bare) != release


def test_the_file_of_each_edition_has_an_etag_of_its_own(bare: FlaskClient, place: Path) -> None:
    tags, files = set(), set()
    for held in HELD.values():
        _build(place, held)
        with bare.get(DATABASE) as response:
            tags.add(response.headers["ETag"])
            files.add(response.data)
    assert len(files) == len(HELD)
    assert len(tags) == len(files)


def test_an_edition_is_pinned_by_its_label_and_its_facts_by_the_first_digits(bare: FlaskClient, place: Path) -> None:
    digest = _release(bare)
    assert bare.get(f"/v1/facts?release={digest}").headers["Cache-Control"] == FOR_EVER
    _build(place, HELD["one"])
    one = _release(bare)
    pins = {digest: 404, digest[:63]: 200, digest[:12]: 200, one: 200, f"{digest}-{'0' * 12}": 404}
    assert {pin: bare.get(f"/v1/facts?release={pin}").status_code for pin in pins} == pins
    assert bare.get(f"/v1/facts?release={digest[:63]}").headers["Cache-Control"] == ASK_AGAIN
    assert bare.get(f"/v1/facts?release={one}").headers["Cache-Control"] == FOR_EVER
    _build(place, HELD["other"])
    problem = body(bare.get(f"/v1/facts?release={one}"))
    assert problem["type"] == "urn:factline:problem:release-not-served"
    assert _release(bare) in problem["detail"]
    _build(place, HELD["one"])
    assert bare.get(f"/v1/facts?release={one}").headers["Cache-Control"] == FOR_EVER


@pytest.mark.parametrize("url", ["/v1/facts", "/v1/articles", "/v1/dataset", "/v1/facets?by=kind", "/v1/comparisons"])
def test_answers_name_the_edition_as_it_can_be_asked_for(bare: FlaskClient, place: Path, url: str) -> None:
    for held in HELD.values():
        _build(place, held)
        told = body(bare.get(url))["release"]
        assert told == _release(bare)
        pinned = bare.get(f"{url}{'&' if '?' in url else '?'}release={told}")
        assert (pinned.status_code, body(pinned)["release"]) == (200, told)


def test_a_page_of_one_edition_is_not_continued_in_another(bare: FlaskClient, place: Path) -> None:
    following = body(bare.get("/v1/facts?limit=2"))["next"]
    assert bare.get(following).status_code == 200
    _build(place, HELD["both"])
    refused = bare.get(following)
    assert (refused.status_code, body(refused)["parameter"]) == (400, "cursor")
    assert "another release" in body(refused)["detail"]
