import dataclasses
from pathlib import Path
from typing import Any

import pytest

from dataset.build import make_release, read_inputs
from dataset.model import Article, Bound, Fact
from dataset.verification import check_facts
from tests.conftest import write_manifest


@pytest.fixture
def release(newsroom: Path, tmp_path: Path) -> tuple[list[Fact], list[Article], dict[str, str]]:
    articles, texts = read_inputs(newsroom, newsroom / "articles.csv")
    made = make_release(articles, texts, tmp_path / "facts.jsonl")
    return made.facts, made.articles, made.texts


Release = tuple[list[Fact], list[Article], dict[str, str]]


def test_a_good_release_has_no_violations(release: Release) -> None:
    assert list(check_facts(*release)) == []


CHANGES: list[tuple[dict[str, Any], set[str]]] = [
    ({"start": 0, "end": 3}, {"id", "sha256", "exact", "line", "value"}),
    ({"end": 10**6}, {"id", "span"}),
    ({"exact": "1,300"}, {"exact"}),
    ({"value": 1300.0}, {"value", "bound"}),
    ({"value_low": 12.0}, {"value", "bound"}),
    ({"bound": Bound.MORE_THAN}, {"bound"}),
    ({"unit": "furlong"}, {"unit"}),
    ({"metric": "glee"}, {"metric"}),
    ({"metric": "killed", "unit": "ratio"}, set()),
    ({"article": "aaaaaaaaaaaaaaaa"}, {"article"}),
    ({"sha256": "0" * 64}, {"sha256"}),
    ({"id": "aaaaaaaaaaaaaaaa"}, {"id"}),
    ({"line": 2}, {"line"}),
]


@pytest.mark.parametrize(("change", "checks"), CHANGES)
def test_a_changed_fact_is_caught(release: Release, change: dict[str, Any], checks: set[str]) -> None:
    facts, articles, texts = release
    changed = dataclasses.replace(facts[0], **change)
    assert {violation.check for violation in check_facts([changed], articles, texts)} == checks


BOUNDS = [
    # bound, value, low, high, whether they agree
    (Bound.EXACT, 5, 5, 5, True),
    (Bound.EXACT, None, 5, 5, False),
    (Bound.EXACT, 5, 5, None, False),
    (Bound.RANGE, None, 5, 7, True),
    (Bound.RANGE, 5, 5, 7, False),
    (Bound.MORE_THAN, 5, 5, None, True),
    (Bound.MORE_THAN, None, 5, None, True),  # more than 5 to 7
    (Bound.MORE_THAN, 6, 5, None, False),
    (Bound.MORE_THAN, 5, None, 5, False),
    (Bound.MORE_THAN, -5, None, -5, True),  # fell by more than 5
    (Bound.AT_MOST, 5, None, 5, True),
    (Bound.AT_MOST, 5, 5, 5, False),
    (Bound.AT_MOST, -5, -5, None, True),  # fell by up to 5
    (Bound.EXACT, -5, -5, -5, True),
    (Bound.NEARLY, None, None, None, False),
]


@pytest.mark.parametrize(("bound", "value", "low", "high", "agree"), BOUNDS)
def test_a_bound_says_which_limits_there_are(
    release: Release, bound: Bound, value: float | None, low: float | None, high: float | None, agree: bool
) -> None:
    facts, articles, texts = release
    changed = dataclasses.replace(facts[0], bound=bound, value=value, value_low=low, value_high=high)
    checks = {violation.check for violation in check_facts([changed], articles, texts)}
    assert ("bound" not in checks) == agree


def test_a_fact_that_stands_twice_is_caught(release: Release) -> None:
    facts, articles, texts = release
    assert [violation.check for violation in check_facts([facts[0], facts[0]], articles, texts)] == ["id"]


def test_a_tampered_text_is_caught(release: Release) -> None:
    facts, articles, texts = release
    texts = {name: text.replace("40 boats", "41 boats") for name, text in texts.items()}
    (fact,) = {violation.fact for violation in check_facts(facts, articles, texts)}
    assert fact == next(fact.id for fact in facts if fact.exact == "40")


def test_a_number_may_need_what_follows_to_be_one(newsroom: Path, tmp_path: Path) -> None:
    (newsroom / "flood.txt").write_text("The mayor said half of the fields of Dalby are lost.", encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    articles, texts = read_inputs(newsroom, newsroom / "articles.csv")
    made = make_release(articles, texts, tmp_path / "facts.jsonl")
    assert [fact.exact for fact in made.facts] == ["half"]
    assert list(check_facts(made.facts, articles, texts)) == []
