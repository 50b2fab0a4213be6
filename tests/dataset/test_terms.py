from __future__ import annotations

from math import inf, nextafter
from typing import Any

import pytest

from dataset.model import (
    Article,
    Bound,
    EventFact,
    EventModality,
    Fact,
    Measure,
    Mention,
    Modality,
    Participant,
    Period,
    Polarity,
    QuantityFact,
    Role,
    StatementFact,
    Subject,
)
from dataset.periods import parse_edtf
from dataset.terms import Keys, keys_of, lineage, terms_of

ARTICLE = Article("a" * 16, "a.txt", "0" * 64, publisher="Groß Post", published_on="2024-03", title="Fire")
BARE = Article("b" * 16, "b.txt", "1" * 64)
SHARED: dict[str, Any] = {
    "id": "f" * 16,
    "article": "a" * 16,
    "start": 0,
    "end": 1,
    "line": 1,
    "exact": "4",
    "sha256": "2" * 64,
    "rule": "drawn",
}
FIGURE: dict[str, Any] = {"measure": Measure.LEVEL, "bound": Bound.EXACT, "unit": "item", **SHARED}


def _values(fact: Fact, name: str, article: Article = ARTICLE) -> list[str]:
    return [value for filter_, value, _ in terms_of(fact, article) if filter_ == name]


def test_somebody_is_found_under_all_that_they_belong_to() -> None:
    assert lineage("russia-general-staff") == ("russia-general-staff", "russian-armed-forces", "russia")
    assert lineage("tass") == ("tass",)
    assert lineage("nobody-knows") == ("nobody-knows",)


def test_claimants_stand_under_identifiers_or_folded_names_each_once() -> None:
    mentions = (
        Mention("vladimir-putin", "Putin"),
        Mention("russia", "Moscow"),
        Mention(None, "Groß"),
        Mention(None, "GROSS"),
    )
    terms = terms_of(StatementFact(**SHARED, direct=True, claimants=mentions), ARTICLE)
    named = {value: label for name, value, label in terms if name == "claimant"}
    assert named == {"vladimir-putin": "Vladimir Putin", "russia": "Russia", "gross": "Groß"}
    assert len([1 for name, _, _ in terms if name == "claimant"]) == 3


def test_what_every_fact_has() -> None:
    fact = StatementFact(**SHARED, direct=False)
    assert sorted(terms_of(fact, BARE)) == [
        ("article", "a" * 16, "b.txt"),
        ("direct", "false", None),
        ("kind", "statement", None),
        ("repeats", "false", None),
        ("review", "machine", None),
    ]
    assert _values(StatementFact(**SHARED, direct=True, repeats="e" * 16), "repeats") == ["true"]


def test_the_article_gives_publisher_year_and_label() -> None:
    terms = terms_of(StatementFact(**SHARED, direct=True, period=Period("2022", "2022-01-01", "2022-12-31")), ARTICLE)
    assert ("publisher", "gross post", "Groß Post") in terms
    assert ("article", "a" * 16, "Fire") in terms
    assert ("published_year", "2024", None) in terms
    assert ("period_year", "2022", None) in terms


def test_what_figures_have() -> None:
    fact = QuantityFact(
        **FIGURE, metric="killed", subject=Subject("russian-armed-forces", "army"), modality=Modality.DENIED
    )
    own = {name: _values(fact, name) for name in ("metric", "measure", "unit", "bound", "modality", "subject")}
    assert own == {
        "metric": ["killed"],
        "measure": ["level"],
        "unit": ["item"],
        "bound": ["exact"],
        "modality": ["denied"],
        "subject": ["russian-armed-forces", "russia"],
    }
    assert _values(QuantityFact(**FIGURE), "metric") == []
    assert _values(QuantityFact(**FIGURE, subject=Subject(None, "The Mill")), "subject") == ["the mill"]


def test_who_acts_is_the_subject_of_an_event() -> None:
    parts = Participant("tass", "TASS", role=Role.ACTOR), Participant("ukraine", "Kyiv", role=Role.OBJECT)
    fact = EventFact(
        **SHARED,
        event_type="visit",
        polarity=Polarity.NEGATIVE,
        modality=EventModality.ANNOUNCED,
        participants=parts,
    )
    assert _values(fact, "subject") == ["tass"]
    assert (_values(fact, "event_type"), _values(fact, "polarity")) == (["visit"], ["negative"])
    assert _values(fact, "modality") == ["announced"]


YEARS = [
    (None, []),
    ("2022", ["2022"]),
    ("2022-02-24", ["2022"]),
    ("2022-12-31/2024-01-01", ["2022", "2023", "2024"]),
    ("2022-02-24/..", ["2022"]),  # of one without end its first
    ("../2023", []),
    ("0999/1001", ["0999", "1000", "1001"]),
    ("1700/2024", [str(year) for year in range(1700, 1801)]),
]


@pytest.mark.parametrize(("period", "expected"), YEARS)
def test_a_period_counts_in_each_of_its_years(period: str | None, expected: list[str]) -> None:
    fact = StatementFact(**SHARED, direct=True, period=parse_edtf(period) if period else None)
    assert _values(fact, "period_year") == expected


ABOVE_3, BELOW_3 = nextafter(3.0, inf), nextafter(3.0, -inf)
NUMBERS = [
    # bound; value, low, high; number, what is committed to, what can be meant
    (Bound.EXACT, (3.0, 3.0, 3.0), (3.0, 3.0, 3.0, 3.0, 3.0)),
    (Bound.AT_LEAST, (3.0, 3.0, None), (3.0, 3.0, inf, 3.0, inf)),
    (Bound.MORE_THAN, (3.0, 3.0, None), (3.0, ABOVE_3, inf, ABOVE_3, inf)),
    (Bound.AT_MOST, (3.0, None, 3.0), (3.0, -inf, 3.0, -inf, 3.0)),
    (Bound.LESS_THAN, (3.0, None, 3.0), (3.0, -inf, BELOW_3, -inf, BELOW_3)),
    (Bound.RANGE, (None, 1.0, 5.0), (1.0, 1.0, 5.0, 1.0, 5.0)),
    (Bound.AT_MOST, (None, None, 5.0), (5.0, -inf, 5.0, -inf, 5.0)),
    (Bound.AT_LEAST, (0.0, 0.0, None), (0.0, 0.0, inf, 0.0, inf)),
    (Bound.APPROXIMATE, (500.0, 500.0, 500.0), (500.0, 500.0, 500.0, 475.0, 525.0)),
    (Bound.NEARLY, (500.0, None, 500.0), (500.0, -inf, 500.0, 475.0, 500.0)),
]


@pytest.mark.parametrize(("bound", "given", "expected"), NUMBERS)
def test_keys_of_numbers(bound: Bound, given: tuple[float | None, ...], expected: tuple[float, ...]) -> None:
    value, low, high = given
    fact = QuantityFact(**{**FIGURE, "bound": bound}, value=value, value_low=low, value_high=high)
    keys = keys_of(fact, BARE)
    assert (keys.value, keys.reach_low, keys.reach_high, keys.sure_low, keys.sure_high) == expected


DAYS = [
    # period, published_on; start, end, first, last: 2024-01-01 is day 738886
    (None, None, (None, None, None, None)),
    (Period("2024", "2024-01-01", "2024-12-31"), "2024-01-01", (738886, 739251, 738886, 738886)),
    (Period("2024-01-01/..", "2024-01-01", None), "2024-01", (738886, inf, 738886, 738916)),
    (Period("../2024-01-01", None, "2024-01-01"), "../2024-01-01", (-inf, 738886, None, 738886)),
    (None, "2024-01-01~", (None, None, 738886, 738886)),
    (None, "2024-01-01/..", (None, None, 738886, None)),
]


@pytest.mark.parametrize(("period", "published", "expected"), DAYS)
def test_keys_of_days(period: Period | None, published: str | None, expected: tuple[float | None, ...]) -> None:
    article = Article("b" * 16, "b.txt", "1" * 64, published_on=published)
    keys = keys_of(StatementFact(**SHARED, direct=True, period=period), article)
    start, end, first, last = expected
    assert keys == Keys(period_start=start, period_end=end, published_first=first, published_last=last)
