"""What facts are selected by: the values of each filter, and the keys that ranges and orders are made of.

Somebody known to the vocabulary stands under their identifier and under those of all that they belong to, so that
`russia` also finds what its ministries say; somebody unknown stands under their name, folded (Unicode case folding).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from functools import lru_cache
from math import inf
from typing import NamedTuple

from dataset.agents import known_agent
from dataset.model import (
    Article,
    EventFact,
    Fact,
    Kind,
    Mention,
    Period,
    QuantityFact,
    ReviewStatus,
    Role,
    StatementFact,
)
from dataset.periods import parse_edtf
from dataset.reach import committed_range, possible_range

_YEARS = 100  # after its first, in which a period still counts
Term = tuple[str, str]  # filter and value
Named = tuple[str, str, str | None]  # a term, and how it is called where its value is no name itself
Terms = tuple[Named, ...]


class Keys(NamedTuple):
    """What a fact is compared by, None where it has none; days count from 0001-01-01, which is 1."""

    value: float | None = None  # the number, else the least, else the most that the words commit to
    reach_low: float | None = None  # the least that the words commit to, -inf for no limit
    reach_high: float | None = None
    sure_low: float | None = None  # the least that can be meant
    sure_high: float | None = None
    period_start: float | None = None
    period_end: float | None = None
    published_first: float | None = None  # first day that the article may be of
    published_last: float | None = None


def terms_of(fact: Fact, article: Article) -> list[Named]:
    """Every filter value that the fact has, each once."""
    period = fact.period
    return [
        *_shared_terms(fact.kind, fact.review.status, fact.repeats is not None),
        *_article_terms(fact.article, article.title or article.file, article.publisher, article.published_on),
        *(_period_terms(period.start_on, period.end_on) if period else ()),
        *_named("claimant", fact.claimants),
        *_own_terms(fact),
    ]


def _own_terms(fact: Fact) -> Iterator[Named]:
    """The values of filters that only facts of this kind have."""
    if isinstance(fact, QuantityFact):
        if fact.metric:
            yield "metric", fact.metric, None
        yield "measure", fact.measure._value_, None
        yield "unit", fact.unit, None
        yield "bound", fact.bound._value_, None
        yield "modality", fact.modality._value_, None
        if fact.subject:
            yield from _agent_terms("subject", fact.subject.id, fact.subject.name)
    elif isinstance(fact, EventFact):
        yield "event_type", fact.event_type, None
        yield "polarity", fact.polarity._value_, None
        yield "modality", fact.modality._value_, None
        yield from _named("subject", [each for each in fact.participants if each.role is Role.ACTOR])
    elif isinstance(fact, StatementFact):
        yield "direct", "true" if fact.direct else "false", None


def _named(name: str, mentions: Sequence[Mention]) -> Collection[Named]:
    """Several agents, and whom they belong to, each once."""
    found: dict[str, Named] = {}
    for each in mentions:
        for term in _agent_terms(name, each.id, each.name):
            found.setdefault(term[1], term)
    return found.values()


@lru_cache(maxsize=16384)
def _agent_terms(name: str, id_: str | None, words: str) -> Terms:
    entries = ((value, known_agent(value)) for value in (lineage(id_) if id_ else (words.casefold(),)))
    return tuple((name, value, entry.name if entry else words) for value, entry in entries)


@lru_cache(maxsize=64)
def _shared_terms(kind: Kind, status: ReviewStatus, repeats: bool) -> Terms:
    return (
        ("kind", kind.value, None),
        ("review", status.value, None),
        ("repeats", "true" if repeats else "false", None),
    )


@lru_cache(maxsize=64)
def _article_terms(id_: str, called: str, publisher: str | None, published_on: str | None) -> Terms:
    year = (_published(published_on)[0] or "")[:4] if published_on else ""
    return (
        ("article", id_, called),
        *((("publisher", publisher.casefold(), publisher),) if publisher else ()),
        *((("published_year", year, None),) if year else ()),
    )


@lru_cache(maxsize=16384)
def _period_terms(start_on: str | None, end_on: str | None) -> Terms:
    if start_on is None:
        return ()
    begin, end = int(start_on[:4]), int((end_on or start_on)[:4])
    return tuple(("period_year", f"{year:04}", None) for year in range(begin, min(end, begin + _YEARS) + 1))


@lru_cache(maxsize=4096)
def lineage(identifier: str) -> tuple[str, ...]:
    """The identifier and those of all that it belongs to, the nearest first."""
    found = [identifier]
    entry = known_agent(identifier)
    while entry and entry.parent and entry.parent not in found:
        found.append(entry.parent)
        entry = known_agent(entry.parent)
    return tuple(found)


@lru_cache(maxsize=4096)
def _published(edtf: str) -> tuple[str | None, str | None]:
    period = parse_edtf(edtf)
    return period.start_on, period.end_on


@lru_cache(maxsize=4096)
def _days_published(edtf: str | None) -> tuple[float | None, float | None]:
    first, last = _published(edtf) if edtf else (None, None)
    return _day(first), _day(last)


def keys_of(fact: Fact, article: Article) -> Keys:
    """What ranges are asked of and what sorts the fact."""
    days = *_span(fact.period), *_days_published(article.published_on)
    if not isinstance(fact, QuantityFact):
        return Keys(None, None, None, None, None, *days)
    value = next((number for number in (fact.value, fact.value_low, fact.value_high) if number is not None), None)
    return Keys(value, *committed_range(fact), *possible_range(fact), *days)


def _span(period: Period | None) -> tuple[float | None, float | None]:
    """First and last day of a period; an open end is infinitely far."""
    if period is None:
        return None, None
    start, end = _day(period.start_on), _day(period.end_on)
    return -inf if start is None else start, inf if end is None else end


@lru_cache(maxsize=16384)
def _day(iso: str | None) -> float | None:
    return None if iso is None else float(date.fromisoformat(iso).toordinal())
