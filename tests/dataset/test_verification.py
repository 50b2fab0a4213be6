import dataclasses
from pathlib import Path
from typing import Any

import pytest

from dataset.figure_checks import find_value_problem
from dataset.model import (
    Article,
    Bound,
    Cue,
    EventFact,
    Fact,
    Mention,
    Participant,
    Period,
    QuantityFact,
    Role,
    StatementFact,
    Subject,
)
from dataset.verification import check_fact, check_facts
from tests.conftest import make_newsroom_release, write_manifest
from tests.dataset.reading import read_fact


@pytest.fixture
def release(newsroom: Path) -> tuple[list[QuantityFact], list[Article], dict[str, str]]:
    """The figures alone, which the checks of numbers are about."""
    made = make_newsroom_release(newsroom)
    facts = [fact for fact in made.facts if isinstance(fact, QuantityFact)]
    return facts, made.articles, made.texts


Release = tuple[list[QuantityFact], list[Article], dict[str, str]]


def test_a_good_release_has_no_violations(release: Release) -> None:
    assert list(check_facts(*release)) == []


CHANGES: list[tuple[dict[str, Any], set[str]]] = [
    ({"start": 0, "end": 3}, {"id", "sha256", "exact", "line", "value"}),
    ({"end": 10**6}, {"id", "span"}),
    ({"exact": "1,300"}, {"exact"}),
    ({"value": 1300.0}, {"value", "bound", "range"}),
    ({"value_high": 1100.0}, {"value", "bound", "range"}),
    ({"rule": "guess"}, {"rule"}),
    ({"confidence": 0.99}, {"rule"}),
    ({"confidence": None}, {"rule"}),
    ({"value_as_written": "1,300"}, {"value"}),
    ({"value_as_written": "200"}, {"value"}),
    ({"counted": "houses"}, {"value"}),
    ({"counted": "eople"}, {"value"}),
    ({"subject": Subject("finland", "Norway")}, {"agents"}),
    ({"subject": Subject("finland", "Finland")}, set()),
    ({"subject": Subject(None, "boat")}, {"mention"}),
    ({"subject": Subject(None, "boats")}, set()),
    ({"period": Period("2031-05", "2031-05-01", "2031-05-30")}, {"period"}),
    ({"period": Period("2031/2030", "2031-01-01", "2030-12-31")}, {"period"}),
    ({"claimants": (Mention("glee-club", "the club"),)}, {"agents"}),
    ({"subject": Subject("glee-club", "the club")}, {"agents"}),
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


def test_a_number_may_have_its_scale_behind_the_next_number() -> None:
    text = "Output grew from 1.2 to 1.5 million barrels a day."
    fact = read_fact(text, "1.2")
    assert fact.value == 1.2e6
    assert find_value_problem(fact, text) is None
    assert find_value_problem(dataclasses.replace(fact, value=1.2e9), text) is not None


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
    violations = list(check_facts(facts, articles, texts))
    assert {violation.fact for violation in violations if violation.check == "file"} == {fact.id for fact in facts}
    (forty,) = [fact.id for fact in facts if fact.exact == "40"]
    assert {violation.fact for violation in violations if violation.check in ("sha256", "exact", "value")} == {forty}


def test_without_its_text_a_fact_is_checked_by_what_it_says(release: Release) -> None:
    facts, articles, _ = release
    (article,) = articles
    checks = {check.name: check.passed for check in check_fact(facts[0], article, None)}
    unheld = ("file", "span", "sha256", "exact", "line", "value", "mention")
    assert {name for name, passed in checks.items() if passed is None} == set(unheld)
    assert {passed for name, passed in checks.items() if name not in unheld} == {True}
    assert list(check_facts([dataclasses.replace(facts[0], unit="furlong")], articles, {}))


def test_a_number_may_need_what_follows_to_be_one(newsroom: Path) -> None:
    (newsroom / "flood.txt").write_text("The mayor said half of the fields of Dalby are lost.", encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    made = make_newsroom_release(newsroom)
    assert [fact.exact for fact in made.facts if isinstance(fact, QuantityFact)] == ["half"]
    assert list(check_facts(made.facts, made.articles, made.texts)) == []


STORY = "“We will not move,” Jan Holm said on Sunday. On 3 May gunmen attacked the port of Norby in Finland.\n"


@pytest.fixture
def story(newsroom: Path) -> tuple[list[Fact], list[Article], dict[str, str]]:
    (newsroom / "flood.txt").write_text(STORY, encoding="utf-8")
    write_manifest(newsroom, ["flood.txt"])
    made = make_newsroom_release(newsroom)
    return made.facts, made.articles, made.texts


Story = tuple[list[Fact], list[Article], dict[str, str]]


def test_statements_and_events_have_no_violations(story: Story) -> None:
    assert {fact.kind.value for fact in story[0]} == {"statement", "event"}
    assert list(check_facts(*story)) == []


CHANGED_STATEMENTS: list[tuple[dict[str, Any], set[str]]] = [
    ({"cue": Cue(0, 4, "said")}, {"cue"}),
    ({"claimants": (Mention(None, "Jan Holm", 30, 34),)}, {"mention"}),
    ({"claimants": (Mention(None, "Jan Holm", 29, 33, inferred=True),)}, set()),
    ({"claimants": (Mention(None, "Jan Holm", 30, 33, inferred=True),)}, {"mention"}),
    ({"claimants": (Mention(None, "Jan Holm", 5000, 5004),)}, {"mention"}),
    ({"start": 2}, {"id", "sha256", "exact"}),
    ({"exact": "We will not move"}, {"exact"}),
]


@pytest.mark.parametrize(("change", "checks"), CHANGED_STATEMENTS)
def test_a_changed_statement_is_caught(story: Story, change: dict[str, Any], checks: set[str]) -> None:
    facts, articles, texts = story
    changed = dataclasses.replace(next(fact for fact in facts if isinstance(fact, StatementFact)), **change)
    assert {violation.check for violation in check_facts([changed], articles, texts)} == checks


CHANGED_EVENTS: list[tuple[dict[str, Any], set[str]]] = [
    ({"event_type": "picnic"}, {"event_type"}),
    ({"participants": (Participant(None, "Norby", 0, 5, role=Role.PLACE),)}, {"mention"}),
]


@pytest.mark.parametrize(("change", "checks"), CHANGED_EVENTS)
def test_a_changed_event_is_caught(story: Story, change: dict[str, Any], checks: set[str]) -> None:
    facts, articles, texts = story
    changed = dataclasses.replace(next(fact for fact in facts if isinstance(fact, EventFact)), **change)
    assert {violation.check for violation in check_facts([changed], articles, texts)} == checks
