import json
from dataclasses import replace
from typing import Any

import pytest

from dataset.comparison import Basis, Comparison, comparison_record, find_disagreements
from dataset.comparison_text import WIDTH, comparison_lines
from dataset.model import Article, Bound, EventFact, Fact, Measure, Mention, Modality, Period, QuantityFact, Subject
from dataset.periods import parse_edtf
from dataset.quantities import limits

POST, HERALD = Article("a" * 16, "post.txt", "ab" * 32), Article("b" * 16, "herald.txt", "cd" * 32)
ARTICLES = [POST, HERALD]


def figure(number: float, bound: Bound = Bound.EXACT, *, on: str | None = None, **more: object) -> QuantityFact:
    value, low, high = limits(bound, number, number)
    made = QuantityFact(
        id=f"{number:g} {bound}", article=POST.id, start=0, end=9, line=5, exact=None, sha256="0" * 64, rule="cardinal",
        metric="displaced", measure=Measure.LEVEL, subject=Subject("norland", "Norland"), unit="person", bound=bound,
        value=value, value_low=low, value_high=high, period=parse_edtf(on) if on else None,
    )  # fmt: skip
    return replace(made, **more)  # type: ignore[arg-type]  # fields of any type


def by(name: str) -> tuple[Mention, ...]:
    return (Mention(None, name),)


def only(*facts: Fact) -> Comparison:
    (comparison,) = find_disagreements(facts, ARTICLES)
    return comparison


def test_figures_for_the_same_stand_together_in_order() -> None:
    facts = [figure(900), figure(700, on="2031-05"), figure(500, on="2031"), figure(400, on="2031")]
    comparison = only(*facts)
    assert [claim.fact.value for claim in comparison.claims] == [400, 500, 700, 900]
    assert (comparison.low, comparison.high, comparison.ratio) == (400, 900, 2.25)
    assert [(pair.one, pair.other, pair.basis) for pair in comparison.contradictions] == [
        (0, 1, Basis.SAME),
        (0, 2, Basis.OVERLAPPING),
        (0, 3, Basis.UNKNOWN),
        (1, 2, Basis.OVERLAPPING),
        (1, 3, Basis.UNKNOWN),
        (2, 3, Basis.UNKNOWN),
    ]


ALONE: list[dict[str, Any]] = [
    {"metric": None},
    {"metric": "wounded"},
    {"subject": None},
    {"subject": Subject(None, "Norland")},
    {"subject": Subject("ostland", "Ostland")},
    {"measure": Measure.CHANGE},
    {"unit": "percent"},
    {"repeats": "500 exact"},
    {"period": parse_edtf("2030")},
]


@pytest.mark.parametrize("change", ALONE)
def test_a_figure_for_something_else_stands_alone(change: dict[str, Any]) -> None:
    assert find_disagreements([figure(500, on="2031"), replace(figure(600), **change)], ARTICLES) == []


TOLD: list[tuple[dict[str, Any], list[list[float]]]] = [
    # what is different about the second, the figures of each group
    ({"metric": None}, [[500]]),  # nobody knows what it is a figure of
    ({"subject": None}, [[500]]),
    ({"subject": Subject(None, "Norland")}, [[500]]),
    ({"repeats": "500 exact"}, [[500]]),
    ({"metric": "wounded"}, [[500], [600]]),
    ({"subject": Subject("ostland", "Ostland")}, [[500], [600]]),
    ({"measure": Measure.CHANGE}, [[600], [500]]),
    ({"unit": "percent"}, [[600], [500]]),
    ({"period": parse_edtf("2030")}, [[600, 500]]),  # one group, of two times
]


@pytest.mark.parametrize(("change", "groups"), TOLD)
def test_figures_that_stand_alone_are_told_where_they_are_asked_for(
    change: dict[str, Any], groups: list[list[float]]
) -> None:
    facts = [figure(500, on="2031"), replace(figure(600), **change)]
    found = find_disagreements(facts, ARTICLES, alone=True)
    assert [[claim.fact.value for claim in each.claims] for each in found] == groups
    assert not any(each.contradictions or each.agreements for each in found)


def test_pairs_are_named_by_their_places_among_all_that_are_told() -> None:
    facts = [figure(5, on="2031-05-03", metric="killed"), *(figure(n, metric="killed") for n in (900, 950))]
    (all_of_them,) = find_disagreements(facts, ARTICLES, alone=True)
    assert [claim.fact.value for claim in all_of_them.claims] == [5, 900, 950]
    assert [(pair.one, pair.other) for pair in all_of_them.contradictions] == [(1, 2)]
    (contradiction,) = comparison_record(all_of_them)["contradictions"]
    assert (contradiction["one"], contradiction["other"]) == ("900 exact", "950 exact")


LENGTHS = [
    # metric, the two times, whether they stand together
    ("personnel-losses", "2031-05-03", None, False),  # the losses of a day, and a running total
    ("personnel-losses", "2031-05", None, False),
    ("personnel-losses", "2031-05-03", "2031", False),
    ("personnel-losses", "2030-02/2031-05", None, True),
    ("personnel-losses", "2030-02/2031-05", "2030-02-24/2031-01", True),
    ("personnel-losses", "2031-05-03", "2031-05-03", True),
    ("personnel-losses", "2031-05/..", None, True),
    ("personnel-losses", None, None, True),
    ("armed-forces-size", "2031-05-03", None, True),  # a state, whenever it is counted
    ("armed-forces-size", "2031-05-03", "2031", True),
]


@pytest.mark.parametrize(("metric", "one", "other", "together"), LENGTHS)
def test_what_adds_up_is_set_against_what_took_about_as_long(
    metric: str, one: str | None, other: str | None, together: bool
) -> None:
    facts = [figure(5, on=one, metric=metric), figure(900, on=other, metric=metric)]
    assert bool(find_disagreements(facts, ARTICLES)) == together


def test_the_loss_of_a_day_does_not_stand_among_totals() -> None:
    days = [figure(number, on="2031-05-03", metric="killed") for number in (5,)]
    totals = [figure(number, metric="killed") for number in (900, 950)]
    comparison = only(*days, *totals)
    assert [claim.fact.value for claim in comparison.claims] == [900, 950]
    assert [(pair.one, pair.other) for pair in comparison.contradictions] == [(0, 1)]


def test_other_kinds_of_facts_are_left_out() -> None:
    event = EventFact(
        id="e", article=POST.id, start=0, end=9, line=1, exact="attack", sha256="0" * 64, rule="x", event_type="attack"
    )
    assert find_disagreements([event, figure(5)], ARTICLES) == []


@pytest.mark.parametrize("measure", [Measure.CHANGE, Measure.RATIO])
def test_what_is_measured_against_something_else_contradicts_nothing(measure: Measure) -> None:
    comparison = only(figure(5, on="2031", measure=measure), figure(9, on="2031", measure=measure))
    assert (comparison.low, comparison.high, comparison.contradictions) == (5, 9, ())


def test_what_is_counted_in_items_is_counted_apart() -> None:
    facts = [figure(number, unit="item", counted=noun) for number, noun in [(5, "boats"), (6, "Boats"), (7, "tents")]]
    comparison = only(*facts)
    assert (comparison.counted, comparison.low, comparison.high) == ("boats", 5, 6)


PERIODS = [
    ("2031", "2031", Basis.SAME),
    ("2031", "2031-05", Basis.OVERLAPPING),
    ("2031", "2031-12-31/2032", Basis.OVERLAPPING),
    ("../2030", "2029/..", Basis.OVERLAPPING),
    ("../2030", "2031/..", None),
    ("2031", "2032", None),
    ("2031", None, Basis.UNKNOWN),
]


@pytest.mark.parametrize(("one", "other", "basis"), PERIODS)
def test_periods(one: str, other: str | None, basis: Basis | None) -> None:
    found = find_disagreements([figure(5, on=one), figure(9, on=other)], ARTICLES)
    assert [pair.basis for each in found for pair in each.contradictions] == ([basis] if basis else [])


BOUNDS = [
    # one, other, whether they contradict each other
    (figure(500), figure(500), False),
    (figure(500), figure(501), True),
    (figure(500, Bound.MORE_THAN), figure(900), False),
    (figure(500, Bound.MORE_THAN), figure(499), True),
    (figure(500, Bound.AT_MOST), figure(500, Bound.AT_LEAST), False),
    (figure(4, Bound.LESS_THAN), figure(4), True),
    (figure(4, Bound.LESS_THAN), figure(3.999), False),
    (figure(4, Bound.MORE_THAN), figure(4), True),
    (figure(4, Bound.MORE_THAN), figure(4.001), False),
    (figure(4, Bound.AT_MOST), figure(4), False),
    (figure(4, Bound.LESS_THAN), figure(4, Bound.AT_LEAST), True),
    (figure(4, Bound.LESS_THAN), figure(4, Bound.MORE_THAN), True),
    (figure(5, Bound.LESS_THAN), figure(4, Bound.MORE_THAN), False),
    (figure(4, Bound.LESS_THAN), figure(4, Bound.APPROXIMATE), False),
    (figure(4, Bound.LESS_THAN), figure(4, Bound.NEARLY), False),
    (figure(0, bound=Bound.MORE_THAN, value=-50, value_low=None, value_high=-50), figure(-50), True),
    (figure(0, bound=Bound.MORE_THAN, value=-50, value_low=None, value_high=-50), figure(-51), False),
    (figure(0, bound=Bound.LESS_THAN, value=-50, value_low=-50, value_high=None), figure(-50), True),
    (figure(0, bound=Bound.LESS_THAN, value=-50, value_low=-50, value_high=None), figure(-49), False),
    (figure(500, Bound.APPROXIMATE), figure(525), False),
    (figure(500, Bound.APPROXIMATE), figure(526), True),
    (figure(500, Bound.APPROXIMATE), figure(475), False),
    (figure(500, Bound.NEARLY), figure(480), False),
    (figure(500, Bound.NEARLY), figure(300), True),
    (figure(500, Bound.NEARLY), figure(501), True),
    (figure(0, bound=Bound.NEARLY, value=-50, value_low=-50, value_high=None), figure(-48), False),
    (figure(0, bound=Bound.NEARLY, value=-50, value_low=-50, value_high=None), figure(-51), True),
    (figure(-50, Bound.APPROXIMATE), figure(-52), False),
    (figure(0, bound=Bound.RANGE, value=None, value_low=5, value_high=7), figure(6), False),
    (figure(0, bound=Bound.RANGE, value=None, value_low=5, value_high=7), figure(8), True),
]


@pytest.mark.parametrize(("one", "other", "contradict"), BOUNDS)
def test_ranges_that_do_not_meet_contradict(one: QuantityFact, other: QuantityFact, contradict: bool) -> None:
    comparison = only(one, replace(other, id="other", article=HERALD.id))
    assert len(comparison.contradictions) == contradict
    assert len(comparison.agreements) == (not contradict)


MODALITIES = [
    (Modality.ASSERTED, Modality.ESTIMATED, 900, 1),
    (Modality.ASSERTED, Modality.PLANNED, 900, 0),
    (Modality.PROJECTED, Modality.PROJECTED, 900, 1),
    (Modality.ASSERTED, Modality.DENIED, 500, 1),
    (Modality.ASSERTED, Modality.DENIED, 900, 0),
    (Modality.DENIED, Modality.DENIED, 500, 0),
    (Modality.DENIED, Modality.DENIED, 900, 0),
]


@pytest.mark.parametrize(("one", "other", "number", "contradictions"), MODALITIES)
def test_modalities(one: Modality, other: Modality, number: float, contradictions: int) -> None:
    comparison = only(figure(500, modality=one), figure(number, modality=other, article=HERALD.id))
    assert len(comparison.contradictions) == contradictions
    assert comparison.agreements == ()


def test_two_sources_with_one_figure_agree() -> None:
    own = figure(500)
    assert len(only(own, replace(own, article=HERALD.id)).agreements) == 1
    assert len(only(own, replace(own, claimants=by("Ida Holm"))).agreements) == 1
    assert only(own, own).agreements == ()


def test_no_ratio_of_what_is_not_above_zero() -> None:
    assert only(figure(0), figure(5)).ratio is None
    assert only(figure(-5), figure(5)).ratio is None


def sample() -> Comparison:
    one = figure(500, Bound.MORE_THAN, on="2031-05", claimants=by("the mayor of Norby, who asked " + "not " * 30))
    again = replace(one, id="again", repeats=one.id)
    other = figure(1200, on="2031-05", article=HERALD.id)
    return only(one, again, other, figure(400.5, Bound.APPROXIMATE, modality=Modality.ESTIMATED))


def test_the_record_is_plain_json() -> None:
    record = comparison_record(sample())
    assert json.loads(json.dumps(record)) == record
    assert (record["metric"], record["subject"], record["low"], record["high"]) == ("displaced", "norland", 400.5, 1200)
    assert record["claims"][1] == {
        "id": "1200 exact",
        "file": "herald.txt",
        "line": 5,
        "claimant": None,
        "bound": "exact",
        "value": 1200,
        "value_low": 1200,
        "value_high": 1200,
        "period": "2031-05",
        "modality": "asserted",
        "repeated": [],
    }
    assert record["claims"][0]["repeated"] == ["again"]
    assert record["agreements"] == [{"one": "500 more_than", "other": "1200 exact", "basis": "same period"}]
    assert record["contradictions"][0]["basis"] == "period not known"


def test_the_lines_are_aligned_and_fit() -> None:
    title, *rows = comparison_lines(sample())
    assert title == "displaced, norland, level in person: 3 claims, 400.5 to 1,200 (3 times)"
    assert [row.split()[:4] for row in rows[:3]] == [
        ["1", "2031-05", ">", "500"],
        ["2", "2031-05", "1,200", "asserted"],
        ["3", "no", "period", "about"],
    ]
    assert rows[0].endswith("…")
    assert len({row.index(".txt") + 4 - len(name) for row, name in zip(rows, NAMES, strict=False)}) == 1
    assert rows[3:] == ["  contradict (period not known): 1-3, 2-3", "  agree (same period): 1-2"]
    assert max(map(len, rows)) <= WIDTH


NAMES = ["post.txt", "herald.txt", "post.txt"]


def test_many_pairs_are_wrapped_between_pairs() -> None:
    facts = [figure(number, on="2031") for number in range(10, 30)]
    lines = comparison_lines(only(*facts))
    assert max(map(len, lines)) <= WIDTH
    assert all("-" in word for line in lines[22:] for word in line.split())


def test_one_figure_is_no_spread() -> None:
    own = figure(5, unit="item", counted="boats", period=Period("2031", "2031-01-01", "2031-12-31"))
    lines = comparison_lines(only(own, replace(own, article="c" * 16)))
    assert lines[0] == "displaced of boats, norland, level in item: 2 claims, 5"
    assert "c" * 16 in "".join(lines)  # an article that nobody names a file for
