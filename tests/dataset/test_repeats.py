from dataclasses import replace
from typing import Any

import pytest

from dataset.model import (
    Bound,
    EventFact,
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
from dataset.repeats import mark_repeats

MAYOR, MINISTER = Mention("mayor", "the mayor"), Mention(None, "a minister")
NORLAND, OSTLAND = Subject("norland", "Norland"), Subject("ostland", "Ostland")
BARE: dict[str, Any] = {"article": "a" * 16, "end": 9, "line": 1, "exact": None, "sha256": "0" * 64, "rule": "cardinal"}
FIGURE = QuantityFact(
    **BARE, id="q", start=0, metric="displaced", measure=Measure.LEVEL, subject=NORLAND, value=1200, value_low=1200,
    value_high=1200, bound=Bound.EXACT, unit="person", counted="villagers",
)  # fmt: skip


def repeated(*facts: Fact) -> list[int | None]:
    """The position of the fact that each of them repeats."""
    placed = [replace(fact, id=str(place), start=place * 10) for place, fact in enumerate(facts)]
    return [None if fact.repeats is None else int(fact.repeats) for fact in mark_repeats(placed)]


SAME: list[dict[str, Any]] = [
    {},
    {"counted": "people"},  # of the same subject
    {"subject": None},  # of the same noun
    {"period": Period("2031")},
    {"claimants": (MAYOR,)},
    {"exact": "1200", "confidence": 0.3, "rule": "range"},
]


@pytest.mark.parametrize("change", SAME)
def test_the_same_figure_again_is_linked(change: dict[str, Any]) -> None:
    assert repeated(FIGURE, replace(FIGURE, **change)) == [None, 0]
    assert repeated(replace(FIGURE, **change), FIGURE) == [None, 0]


APART: list[dict[str, Any]] = [
    {"article": "b" * 16},
    {"metric": "wounded"},
    {"metric": None},
    {"measure": Measure.CHANGE},
    {"unit": "item"},
    {"bound": Bound.APPROXIMATE},
    {"value": 1300},
    {"value_low": None},
    {"modality": Modality.DENIED},
    {"subject": OSTLAND},
    {"subject": None, "counted": None},
    {"subject": None, "counted": "fishermen"},
]


@pytest.mark.parametrize("change", APART)
def test_another_figure_is_not_linked(change: dict[str, Any]) -> None:
    assert repeated(FIGURE, replace(FIGURE, **change)) == [None, None]


def test_figures_of_two_claimants_or_two_periods_stay_apart() -> None:
    told = replace(FIGURE, claimants=(MAYOR, MINISTER))
    assert repeated(told, replace(FIGURE, claimants=(MINISTER,))) == [None, None]
    assert repeated(told, replace(FIGURE, claimants=(Mention("mayor", "Jan Holm"),))) == [None, 0]
    assert repeated(told, replace(FIGURE, claimants=(Mention(None, "The mayor"),))) == [None, 0]
    dated = replace(FIGURE, period=Period("2031"))
    assert repeated(dated, replace(FIGURE, period=Period("2030"))) == [None, None]


def test_an_undated_figure_ties_no_two_periods_together() -> None:
    dated = [replace(FIGURE, period=Period(year)) for year in ("2030", "2031", "2030", "2031")]
    assert repeated(FIGURE, *dated) == [None, 0, None, 0, 2]


def test_the_link_leads_to_the_first_and_is_found_afresh() -> None:
    stale = replace(FIGURE, repeats="elsewhere")
    assert repeated(stale, stale, stale) == [None, 0, 0]


def test_what_is_counted_in_items_has_to_be_the_same() -> None:
    boats = replace(FIGURE, unit="item", counted="boats", metric="equipment-losses")
    assert repeated(boats, replace(boats, counted="Boats"), replace(boats, counted="tents")) == [None, 0, None]
    assert repeated(boats, replace(boats, counted=None)) == [None, 0]


LOOSE: list[tuple[dict[str, Any], list[int | None]]] = [
    ({}, [None, 0]),
    ({"counted": None}, [None, None]),
    ({"bound": Bound.ORDER_OF_MAGNITUDE}, [None, None]),
    ({"value": 1, "value_low": 1, "value_high": 1}, [None, None]),
]


@pytest.mark.parametrize(("change", "links"), LOOSE)
def test_a_figure_without_metric_is_linked_by_its_noun(change: dict[str, Any], links: list[int | None]) -> None:
    figure = replace(FIGURE, metric=None, subject=None, **change)
    assert repeated(figure, figure) == links


def test_a_statement_is_linked_by_its_words_and_who_says_them() -> None:
    said = StatementFact(**BARE, id="s", start=0, direct=True, claimants=(MAYOR,))
    assert repeated(said, replace(said, direct=False)) == [None, 0]
    assert repeated(said, replace(said, claimants=())) == [None, 0]
    assert repeated(said, replace(said, claimants=(MINISTER,))) == [None, None]
    assert repeated(said, replace(said, sha256="1" * 64)) == [None, None]


def actor(name: str, known: str | None = None) -> Participant:
    return Participant(known, name, role=Role.ACTOR)


def target(name: str, known: str | None = None) -> Participant:
    return Participant(known, name, role=Role.OBJECT)


def place(name: str, known: str | None = None) -> Participant:
    return Participant(known, name, role=Role.PLACE)


def event(kind: str, trigger: str, *participants: Participant, on: str | None = None) -> EventFact:
    fields = {**BARE, "exact": trigger, "period": Period(on) if on else None}
    return EventFact(**fields, id="e", start=0, event_type=kind, participants=participants)


ARMY = actor("Norland", "norland")
RAID = event("attack", "attacked", ARMY, target("the port of Norby"))
DRAFT = event("call-up", "Calls Up", ARMY, target("conscripts"))
DATED = event("attack", "attacked", ARMY, on="2031-05-03")
EVENTS = [
    # one, other, whether they are the same
    (RAID, RAID, True),
    (RAID, event("attack", "attacks", ARMY, target("Norby ports")), True),
    (RAID, event("attack", "attacked", ARMY, target("the mayor of Norby")), False),
    (RAID, event("attack", "shelled", ARMY, target("the port of Norby")), False),
    (RAID, event("attack", "attacked", ARMY), False),
    (RAID, event("attack", "attacked", actor("Ostland", "ostland"), target("the port of Norby")), False),
    (RAID, event("capture", "attacked", ARMY, target("the port of Norby")), False),
    (RAID, replace(RAID, polarity=Polarity.NEGATIVE), False),
    (replace(RAID, claimants=(MAYOR,)), replace(RAID, claimants=(MINISTER,)), False),
    (replace(RAID, period=Period("2031-05-03")), replace(RAID, period=Period("2031-05-04")), False),
    (replace(RAID, period=Period("2031-05-03")), RAID, True),
    (event("attack", "attack"), event("attack", "attack"), False),
    (event("attack", "attack", on="2031-05-03"), event("attack", "attack", on="2031-05-03"), False),
    (DATED, DATED, True),  # on one day, by one word
    (DATED, event("attack", "struck", ARMY, on="2031-05-03"), False),
    (event("attack", "attacked", ARMY, on="2031"), event("attack", "attacked", ARMY, on="2031"), False),
    (DATED, event("attack", "attacked", ARMY, place("Dalby"), on="2031-05-03"), True),
    (event("attack", "killed", ARMY, target("12 men")), event("attack", "killed", ARMY, target("5 men")), False),
    (DRAFT, event("call-up", "has called up", ARMY, target("160,000")), True),
    (DRAFT, event("call-up", "draft", ARMY, target("160,000 men"), on="2031-05"), True),
    (DRAFT, event("call-up", "draft", actor("Ostland", "ostland"), target("conscripts")), False),
    (event("call-up", "draft", ARMY, target("9,000 men")), event("call-up", "draft", ARMY, target("8,000")), False),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "same"), EVENTS)
def test_events(one: EventFact, other: EventFact, same: bool) -> None:
    assert repeated(one, other) == [None, 0 if same else None]
