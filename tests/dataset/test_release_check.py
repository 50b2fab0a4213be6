from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from dataset.articles import read_manifest
from dataset.build import read_inputs, write_release
from dataset.database_check import check_database
from dataset.model import Kind
from dataset.records import read_facts
from dataset.release_check import check_release
from dataset.reviewing import Reviewing
from dataset.reviews import read_reviews
from tests.conftest import make_newsroom_release, write_manifest

PAGE = (
    "The mayor said 40 boats of Finland came to Dalby.\n\n"
    "The mayor said 40 boats of Finland came.\n\n"
    "Finland attacked Norby on 3 May 2031.\n"
)


@pytest.fixture
def reviewed(newsroom: Path) -> Path:
    """A newsroom all of whose facts are accepted, with its facts.jsonl."""
    (newsroom / "flood.txt").write_text(PAGE, encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    release = make_newsroom_release(newsroom)
    session = Reviewing(release.articles[0], PAGE, newsroom / "reviews", "ih", "2031-05-20")
    for fact in session.undecided():
        session.accept(fact.id)
    session.add(Kind.QUANTITY, "3", ["unit=day", "value=3"], near="on 3 May")
    write_release(make_newsroom_release(newsroom), newsroom / "facts.jsonl", newsroom / "facts.db")
    return newsroom


def check(newsroom: Path) -> set[str]:
    articles, _ = read_inputs(newsroom, read_manifest(newsroom / "articles.csv"))
    decisions, _ = read_reviews(newsroom / "reviews", articles)
    path = newsroom / "facts.jsonl"
    return {each.check for each in check_release(path, read_facts(path), articles, decisions)}


def test_a_release_that_is_as_decided_has_no_violations(reviewed: Path) -> None:
    assert check(reviewed) == set()
    assert '"repeats":"' in (reviewed / "facts.jsonl").read_text(encoding="utf-8")


Change = Callable[[str], str]


def swap(old: str, new: str) -> Change:
    return lambda text: re.sub(old, new, text, count=1)


CHANGES: list[tuple[Change, set[str]]] = [
    (swap('"unit":"item"', '"unit":"person"'), {"review"}),
    (swap('"measure":"level"', '"measure":"rate"'), {"review"}),
    (swap('"role":"actor"', '"role":"place"'), {"review"}),
    (swap('"name":"Finland"', '"name":"Suomi"'), {"review"}),
    (swap('"counted":"boats"', '"counted":"Dalby"'), {"review"}),
    (swap('"modality":"asserted"', '"modality":"alleged"'), {"review"}),
    (swap('"reviewer":"ih"', '"reviewer":"nw"'), {"review"}),
    (swap('"reviewed_on":"2031-05-20"', '"reviewed_on":"2031-05-21"'), {"review"}),
    (swap('"repeats":"[a-z2-7]+"', '"repeats":null'), {"repeats"}),
    (swap("[^\\n]*\\n$", ""), {"review"}),
    (swap(":null,", ": null,"), {"form"}),
    (lambda text: "".join(reversed(text.splitlines(keepends=True))), {"order"}),
]


@pytest.mark.parametrize(("change", "checks"), CHANGES)
def test_a_changed_release_is_caught(reviewed: Path, change: Change, checks: set[str]) -> None:
    path = reviewed / "facts.jsonl"
    text = path.read_text(encoding="utf-8")
    path.write_text(change(text), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != text
    found = check(reviewed)
    assert checks <= found <= checks | {"repeats"}  # what is said otherwise may be said again no longer


def test_an_agent_that_the_database_lost_is_caught(reviewed: Path) -> None:
    release = make_newsroom_release(reviewed)
    connection = sqlite3.connect(reviewed / "facts.db")
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("DELETE FROM agents WHERE id = 'finland'")
    connection.commit()
    connection.close()
    found = list(check_database(reviewed / "facts.db", release.articles, release.facts, release.withdrawals))
    assert [(each.fact, each.detail) for each in found] == [("finland", "has no row among the agents: build it again")]
