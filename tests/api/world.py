"""Releases of facts that are drawn at random, and what the filters and orders mean, told a second time in plain Python.

Nothing here looks at how the service does it: no bitmaps, no SQL, no code of its dates or of its vocabulary.
"""

from __future__ import annotations

import calendar
import csv
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from dataset.model import (
    Article,
    Bound,
    EventFact,
    EventModality,
    Fact,
    Kind,
    Measure,
    Mention,
    Modality,
    Participant,
    Period,
    Polarity,
    QuantityFact,
    Review,
    ReviewStatus,
    Role,
    StatementFact,
    Subject,
    fact_id,
    span_digest,
)
from dataset.tables import FOLDER
from tests.api.sample import make_article

Choose = Callable[[Sequence[Any]], Any]  # one of the options

PUBLISHED = (None, "2024", "2024-03", "2024-03-01", "2024-03-20~", "2023-12/2024-02", "../2024-01")
PUBLISHERS = (None, "Selby Gazette", "SELBY GAZETTE", "Groß & Söhne", "Vell Post", None, "Vell Post")
WORLD = [
    make_article(
        f"{n}.txt", f"text {n}", **{k: v for k, v in (("published_on", on), ("publisher", by)) if v is not None}
    )
    for n, (on, by) in enumerate(zip(PUBLISHED, PUBLISHERS, strict=True))
]
PERIODS = (
    None,
    Period("2024", "2024-01-01", "2024-12-31"),
    Period("2024-03", "2024-03-01", "2024-03-31"),
    Period("2024-03-01", "2024-03-01", "2024-03-01"),
    Period("2022-02-24/..", "2022-02-24", None),
    Period("2022-12-31/2024-01", "2022-12-31", "2024-01-31"),
    Period("../2023", None, "2023-12-31"),
)
AGENTS = (
    ("tass", "TASS"),
    ("vladimir-putin", "Vladimir Putin"),
    ("russia-general-staff", "General Staff"),
    ("russia", "Russia"),
    ("ukraine", "Ukraine"),
    (None, "Ada Quill"),
    (None, "STRASSE 9"),
)
BOTH = (Bound.EXACT, Bound.APPROXIMATE, Bound.ORDER_OF_MAGNITUDE)
UPWARDS = (Bound.MORE_THAN, Bound.AT_LEAST)
DOWNWARDS = (Bound.LESS_THAN, Bound.AT_MOST, Bound.NEARLY)
FIGURES = (  # bounds, value, low, high
    (BOTH, 3.0, 3.0, 3.0),
    (UPWARDS, 3.0, 3.0, None),
    (DOWNWARDS, 1000.0, None, 1000.0),
    ((Bound.RANGE,), None, 3.0, 1000.0),
    (UPWARDS, None, None, -2.0),  # what fell by more than 2
    (DOWNWARDS, None, -2.5, None),
    (BOTH, 0.0, 0.0, 0.0),
    (UPWARDS, 0.0, 0.0, None),
    (BOTH, 0.1, 0.1, 0.1),
    (BOTH, 1e15, 1e15, 1e15),
)
WORDS = ("42 foxes", "42 owls", "foxes and owls", "owlets", "a third")


def make_world_fact(index: int, article: Article, choose: Choose) -> Fact:
    """The fact that begins at character `index` of an article."""
    kind = choose(list(Kind))
    shared = {
        "id": fact_id(article.sha256, kind, index, index + 1),
        "article": article.id,
        "start": index,
        "end": index + 1,
        "line": 1,
        "sha256": span_digest("x"),
        "rule": "drawn",
        "confidence": choose((None, 0.25, 0.5, 1.0)),
        "period": choose(PERIODS),
        "claimants": tuple(Mention(*choose(AGENTS)) for _ in range(choose((0, 1, 2)))),
        "review": Review(choose(list(ReviewStatus))),
    }
    if kind is Kind.STATEMENT:
        return StatementFact(**shared, exact=None, direct=choose((True, False)))
    if kind is Kind.EVENT:
        return EventFact(
            **shared,
            exact=choose(WORDS),
            event_type=choose(("visit", "attack")),
            polarity=choose(list(Polarity)),
            modality=choose(list(EventModality)),
            participants=tuple(
                Participant(*choose(AGENTS), role=choose((Role.ACTOR, Role.OBJECT))) for _ in range(choose((0, 1, 2)))
            ),
        )
    bounds, value, low, high = choose(FIGURES)
    return QuantityFact(
        **shared,
        exact=choose(WORDS),
        metric=choose((None, "killed", "wounded")),
        measure=choose((Measure.LEVEL, Measure.CHANGE)),
        subject=choose((None, *(Subject(*agent) for agent in AGENTS))),
        counted=choose((None, "foxes", "owls")),
        value=value,
        value_low=low,
        value_high=high,
        bound=choose(bounds),
        unit=choose(("item", "person", "USD")),
        modality=choose(list(Modality)),
    )


def make_world(size: int, choose: Choose) -> list[Fact]:
    """Facts in release order; some repeat an earlier one of their article."""
    facts: list[Fact] = []
    for article in WORLD:
        before: list[Fact] = []
        for index in range(size // len(WORLD) + (WORLD.index(article) < size % len(WORLD))):
            fact = make_world_fact(index, article, choose)
            if before and choose((True, False, False)):
                object.__setattr__(fact, "repeats", before[0].id)
            before.append(fact)
        facts += before
    return facts


def _read_agents(column: str) -> dict[str, str]:
    with (Path(FOLDER) / "agents.csv").open(encoding="utf-8", newline="") as handle:
        return {row["id"]: row[column] for row in csv.DictReader(handle)}


PARENTS = _read_agents("parent")
LABELS = _read_agents("name")


def names_of(id_: str | None, name: str) -> set[str]:
    """All that somebody is counted under."""
    if id_ is None:
        return {name.casefold()}
    found = set()
    while id_:
        found.add(id_)
        id_ = PARENTS.get(id_) or ""
    return found


def days_of(text: str) -> tuple[date, date]:
    """First and last day of a day, month or year."""
    year, month, day = ([int(part) for part in text.rstrip("~?%").split("-")] + [0, 0])[:3]
    last_month = month or 12
    return date(year, month or 1, day or 1), date(year, last_month, day or calendar.monthrange(year, last_month)[1])


def published_of(article: Article) -> tuple[date | None, date | None]:
    if article.published_on is None:
        return None, None
    first, _, last = article.published_on.partition("/")
    return (None if first == ".." else days_of(first)[0]), days_of(last or first)[1]


def years_of(period: Period) -> set[str]:
    """The years that have a day of the period; of one without end the first."""
    if period.start_on is None:
        return set()
    last = period.end_on or period.start_on
    return {str(year) for year in range(1900, 2100) if period.start_on <= f"{year}-12-31" and f"{year}-01-01" <= last}


def values_of(fact: Fact, article: Article, name: str) -> set[str]:  # noqa: C901, PLR0911 - one case a filter
    """What a fact is counted under by one facet."""
    match name:
        case "kind":
            return {fact.kind.value}
        case "article":
            return {article.id}
        case "publisher":
            return {article.publisher.casefold()} if article.publisher else set()
        case "review":
            return {fact.review.status.value}
        case "repeats":
            return {"true" if fact.repeats else "false"}
        case "claimant":
            return set().union(*(names_of(each.id, each.name) for each in fact.claimants))
        case "published_year":
            first = published_of(article)[0]
            return {str(first.year)} if first else set()
        case "period_year":
            return years_of(fact.period) if fact.period else set()
        case "direct":
            return {str(fact.direct).lower()} if isinstance(fact, StatementFact) else set()
        case "subject" if isinstance(fact, QuantityFact):
            return names_of(fact.subject.id, fact.subject.name) if fact.subject else set()
        case "subject" if isinstance(fact, EventFact):
            actors = [each for each in fact.participants if each.role is Role.ACTOR]
            return set().union(*(names_of(each.id, each.name) for each in actors))
    value = getattr(fact, name, None)
    return {str(value)} if value is not None else set()


def number_of(fact: Fact) -> float | None:
    """The number, else the least, else the most."""
    given = [getattr(fact, name, None) for name in ("value", "value_low", "value_high")]
    return next((number for number in given if number is not None), None)
