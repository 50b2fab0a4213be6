"""What a fact is: the words of the data model, and nothing that reads or writes.

Spans are half-open and count Unicode code points of the unmodified text, as the
W3C Web Annotation TextPositionSelector does (https://www.w3.org/TR/annotation-model/).
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

SCHEMA_VERSION = 4
APPLICATION_ID = 0x46414354  # "FACT": marks the SQLite file as ours (PRAGMA application_id)
EXACT_LIMIT = 60  # longest figure, name or cue that may leave its article's text, in code points
CONTEXT_LENGTH = 32  # length of prefix and suffix, in code points


class Kind(StrEnum):
    """What sort of thing a fact reports."""

    QUANTITY = "quantity"
    STATEMENT = "statement"
    EVENT = "event"


class Measure(StrEnum):
    """What the number measures of its metric."""

    LEVEL = "level"
    CHANGE = "change"
    RATE = "rate"
    SHARE = "share"
    RATIO = "ratio"


class Bound(StrEnum):
    """How the words around a number limit it."""

    EXACT = "exact"
    APPROXIMATE = "approximate"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    NEARLY = "nearly"
    RANGE = "range"
    ORDER_OF_MAGNITUDE = "order_of_magnitude"


class Modality(StrEnum):
    """How firmly an amount is put forward."""

    ASSERTED = "asserted"
    ESTIMATED = "estimated"
    ALLEGED = "alleged"
    PLANNED = "planned"
    PROJECTED = "projected"
    DENIED = "denied"


class EventModality(StrEnum):
    """Whether what an event tells has come about."""

    DONE = "done"
    ANNOUNCED = "announced"
    PLANNED = "planned"
    DENIED = "denied"


class Polarity(StrEnum):
    """Whether an event is told to happen, or not to."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Role(StrEnum):
    """What somebody or something is to an event."""

    ACTOR = "actor"  # who does it
    OBJECT = "object"  # whom or what it is done to, or with whom
    PLACE = "place"  # where


class Verdict(StrEnum):
    """What a reviewer decided about a candidate, or that they added a fact that the machine did not find."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    ADD = "add"


class ReviewStatus(StrEnum):
    """Whether somebody has looked at the fact, and what they did."""

    MACHINE = "machine"
    ACCEPTED = "accepted"
    CORRECTED = "corrected"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Article:
    """One article as the manifest describes it; `published_on` is EDTF or None."""

    id: str
    file: str
    sha256: str
    publisher: str | None = None
    byline: str | None = None
    published_on: str | None = None
    url: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Agent:
    """A person, organisation, country or group; `id` is None when the vocabulary does not know it."""

    id: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom an amount is about; `inferred` where its own sentence does not say and those before it do."""

    id: str | None
    name: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody or something named in the text: a claimant, or what takes part in an event.

    The span is that of the words that stand for the name; `inferred` tells that those words are not the name
    (`he`, `the ministry`) or that none stand there, and who is meant had to be resolved.
    """

    id: str | None
    name: str
    start: int | None = None
    end: int | None = None
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Participant(Mention):
    """Who or what takes part in an event, and as what."""

    role: Role = field(kw_only=True)


@dataclass(frozen=True, slots=True)
class Cue:
    """The words that say that something is said (`said`, `according to`), with their span."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Period:
    """When a fact holds: EDTF (ISO 8601-2) and its first and last day, None for an open end."""

    edtf: str
    start_on: str | None = None
    end_on: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """What a reviewer decided about a fact; a machine fact has only its status."""

    status: ReviewStatus = ReviewStatus.MACHINE
    reviewer: str | None = None
    reviewed_on: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The id of a fact that a reviewer rejected, with the reason: it is no fact, or no longer."""

    id: str
    article: str
    reason: str
    reviewer: str
    withdrawn_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """This article reports that …: one mention of one figure, statement or event. What the three kinds share.

    `exact` is what `quotable` lets out of the text; `sha256` is the digest of the
    span's UTF-8 text and stays checkable without it. `line` counts from 1.
    """

    kind: ClassVar[Kind]
    id: str
    article: str
    start: int
    end: int
    line: int
    exact: str | None
    sha256: str
    rule: str
    confidence: float | None = None
    period: Period | None = None
    claimants: tuple[Mention, ...] = ()
    repeats: str | None = None
    review: Review = field(default_factory=Review)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityFact(Fact):
    """A figure; the span is that of the number expression, the period when the amount holds."""

    kind: ClassVar[Kind] = Kind.QUANTITY
    metric: str | None = None
    measure: Measure
    subject: Subject | None = None
    counted: str | None = None
    value: float | None = None
    value_low: float | None = None
    value_high: float | None = None
    value_as_written: str | None = None
    bound: Bound
    unit: str
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFact(Fact):
    """What somebody is said to have said; the span is that of their words, the period when they said it.

    `direct` tells that the words stand between quotation marks, which the span leaves out; `cue` is None
    where no words of the article's own say who speaks.
    """

    kind: ClassVar[Kind] = Kind.STATEMENT
    direct: bool
    cue: Cue | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFact(Fact):
    """A decision or happening; the span is that of its trigger, the period when it took or is to take place."""

    kind: ClassVar[Kind] = Kind.EVENT
    event_type: str
    polarity: Polarity = Polarity.POSITIVE
    modality: EventModality = EventModality.DONE
    participants: tuple[Participant, ...] = ()


def _short_digest(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").lower()[:16]


def article_id(sha256: str) -> str:
    """Identify an article by its content: 16 characters of lower-case base32 of the file's sha256."""
    return _short_digest(bytes.fromhex(sha256))


def fact_id(article_sha256: str, kind: Kind, start: int, end: int) -> str:
    """Identify a fact by what it is anchored to, so that correcting its fields keeps the id.

    16 characters of lower-case base32 of sha256 over `article_sha256:kind:start:end`.
    """
    identity = f"{article_sha256}:{kind}:{start}:{end}"
    return _short_digest(hashlib.sha256(identity.encode("ascii")).digest())


def brief(words: str | None) -> str | None:
    """The words where they are few enough to leave their article's text, else None."""
    return words if words is not None and len(words) <= EXACT_LIMIT else None


def quotable(kind: Kind, words: str) -> str | None:
    """What of a fact's span may leave the article's text: figures and triggers, but no sentence that somebody said."""
    return None if kind is Kind.STATEMENT else brief(words)


def span_digest(text: str) -> str:
    """Digest what stands in a span: lower-case hexadecimal sha256 of its UTF-8 bytes."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
