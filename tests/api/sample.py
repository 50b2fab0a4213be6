"""A small release about places that do not exist."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from dataset.database import build_database
from dataset.model import (
    Article,
    Bound,
    Cue,
    EventFact,
    EventModality,
    Fact,
    Kind,
    Measure,
    Mention,
    Participant,
    Period,
    QuantityFact,
    Review,
    ReviewStatus,
    Role,
    StatementFact,
    Subject,
    Withdrawal,
    article_id,
    fact_id,
    quotable,
    span_digest,
)

HARBOUR_TEXT = (
    "Port Selby \U0001f6a2 grows\n\n"
    "More than 650,000 people live in Port Selby \U0001f30a\U0001f30a today, mayor Ada Quill said.\n"
    "The board counted 42 cranes and 18 to 30 tugs; café tolls rose by up to 500,000 dollars.\n"
    "\u201cWe will not move the lighthouse\u201d, Quill said.\n"
)
ORCHARD_TEXT = (
    "Vell's orchards \U0001f34e lost a third of their trees.\n"
    "Growers saw 42 foxes and 42 owls, and 1.5 tonnes of plums spoiled.\n"
    "The council of Vell opened a cider press on Monday.\n"
)
VALLEY_TEXT = "The valley road carries about 900 carts a day.\n"


def make_article(file: str, text: str, **details: str) -> Article:
    sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
    return Article(id=article_id(sha256), file=file, sha256=sha256, **details)


HARBOUR = make_article(
    "harbour.txt",
    HARBOUR_TEXT,
    publisher="Selby Gazette",
    byline="Nor Wick",
    published_on="2031-04-02",
    url="https://gazette.example/harbour",
    title="Port Selby grows",
)
ORCHARD = make_article("orchard.txt", ORCHARD_TEXT)
VALLEY = make_article("valley.txt", VALLEY_TEXT)  # its text is not in the database
ARTICLES = [HARBOUR, ORCHARD, VALLEY]
TEXTS = {HARBOUR.id: HARBOUR_TEXT, ORCHARD.id: ORCHARD_TEXT}


KINDS: dict[Kind, type[Fact]] = {each.kind: each for each in (QuantityFact, StatementFact, EventFact)}


def make_fact(article: Article, text: str, exact: str, kind: Kind = Kind.QUANTITY, **fields: Any) -> Fact:  # noqa: ANN401 - as Fact takes them
    start = text.index(exact)
    return KINDS[kind](
        id=fact_id(article.sha256, kind, start, start + len(exact)),
        article=article.id,
        start=start,
        end=start + len(exact),
        line=text.count("\n", 0, start) + 1,
        exact=quotable(kind, exact),
        sha256=span_digest(exact),
        rule=f"{kind}-rule",
        **fields,
    )


def _count(value: float, unit: str = "item", bound: Bound = Bound.EXACT) -> dict[str, Any]:
    limits = {"value": value, "value_low": value, "value_high": value}
    return {**limits, "unit": unit, "bound": bound, "measure": Measure.LEVEL}


MORE_THAN_650000 = make_fact(
    HARBOUR,
    HARBOUR_TEXT,
    "650,000",
    value=650000.0,
    value_low=650000.0,
    unit="person",
    bound=Bound.MORE_THAN,
    measure=Measure.LEVEL,
    metric="population",
    subject=Subject("port-selby", "Port Selby", inferred=True),
    counted="people",
    value_as_written="650,000",
    period=Period("2031-04", "2031-04-01", "2031-04-30"),
    claimants=(
        Mention("ada-quill", "Ada Quill", HARBOUR_TEXT.index("Ada Quill"), HARBOUR_TEXT.index("Ada Quill") + 9),
        Mention(None, "town hall"),
    ),
    confidence=0.9,
    review=Review(ReviewStatus.CORRECTED, "nw", "2031-05-01", "unit was item"),
)
CRANES = make_fact(HARBOUR, HARBOUR_TEXT, "42", counted="cranes", **_count(42.0))
TUGS = make_fact(
    HARBOUR,
    HARBOUR_TEXT,
    "18 to 30",
    counted="tugs",
    value_low=18.0,
    value_high=30.0,
    unit="item",
    bound=Bound.RANGE,
    measure=Measure.LEVEL,
)
UP_TO_500000 = make_fact(
    HARBOUR,
    HARBOUR_TEXT,
    "500,000",
    counted="dollars",
    value=500000.0,
    value_high=500000.0,
    unit="USD",
    bound=Bound.AT_MOST,
    measure=Measure.CHANGE,
)
LIGHTHOUSE = make_fact(
    HARBOUR,
    HARBOUR_TEXT,
    "We will not move the lighthouse",
    Kind.STATEMENT,
    direct=True,
    cue=Cue(HARBOUR_TEXT.rindex("said"), HARBOUR_TEXT.rindex("said") + 4, "said"),
    claimants=(Mention("ada-quill", "Ada Quill", HARBOUR_TEXT.rindex("Quill"), HARBOUR_TEXT.rindex("Quill") + 5),),
)
PEOPLE = make_fact(
    HARBOUR,
    HARBOUR_TEXT,
    "More than 650,000 people live in Port Selby \U0001f30a\U0001f30a today",
    Kind.STATEMENT,
    direct=False,
)
THIRD = make_fact(
    ORCHARD, ORCHARD_TEXT, "a third", **{**_count(33.33, "percent", Bound.APPROXIMATE), "measure": Measure.SHARE}
)
FOXES = make_fact(ORCHARD, ORCHARD_TEXT, "42", counted="foxes", **_count(42.0))
OWLS = make_fact(ORCHARD, ORCHARD_TEXT, "42 owls", counted="owls", **_count(42.0), repeats=FOXES.id)
PLUMS = make_fact(ORCHARD, ORCHARD_TEXT, "1.5 tonnes", counted="plums", **_count(1.5, "tonne"))
PRESS = make_fact(
    ORCHARD,
    ORCHARD_TEXT,
    "opened",
    Kind.EVENT,
    event_type="visit",
    modality=EventModality.DONE,
    participants=(
        Participant("vell", "council of Vell", 146, 161, role=Role.ACTOR),
        Participant(None, "cider press", 171, 182, inferred=True, role=Role.OBJECT),
    ),
    period=Period("2031-03-31", "2031-03-31", "2031-03-31"),
)
CARTS = make_fact(VALLEY, VALLEY_TEXT, "900", counted="carts", **_count(900.0, bound=Bound.APPROXIMATE))
FACTS = [PEOPLE, MORE_THAN_650000, CRANES, TUGS, UP_TO_500000, LIGHTHOUSE, THIRD, FOXES, OWLS, PLUMS, PRESS, CARTS]


MOLES = Withdrawal(
    fact_id(ORCHARD.sha256, Kind.QUANTITY, 0, 4), ORCHARD.id, "it counts no moles", "nw", "2031-05-02"
)  # once a fact


def build_sample(path: Path, facts: list[Fact] | None = None) -> Path:
    """Build the release at `path`, with other facts where they are given."""
    build_database(path, ARTICLES, FACTS if facts is None else facts, TEXTS, [MOLES])
    return path
