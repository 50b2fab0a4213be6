"""What facts are selected by: the values of each filter, and the keys that ranges and orders are made of.

Somebody known to the vocabulary stands under their identifier and under those of all that they belong to, so that
`russia` also finds what its ministries say; somebody unknown stands under their name, folded (Unicode case folding).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import inf

from dataset.agents import known_agent
from dataset.model import Article, EventFact, Fact, Period, QuantityFact, Role, StatementFact
from dataset.periods import parse_edtf
from dataset.reach import committed_range, possible_range

_YEARS = 100  # after its first, in which a period still counts
Term = tuple[str, str]  # filter and value
Named = tuple[str, str, str | None]  # a term, and how it is called where its value is no name itself


@dataclass(frozen=True, slots=True)
class Keys:
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
    terms: list[Named] = [
        ("kind", fact.kind.value, None),
        ("article", fact.article, article.title or article.file),
        ("review", fact.review.status.value, None),
        ("repeats", "false" if fact.repeats is None else "true", None),
    ]
    if article.publisher:
        terms.append(("publisher", article.publisher.casefold(), article.publisher))
    terms.extend(_years(article, fact.period))
    terms.extend(_named("claimant", ((each.id, each.name) for each in fact.claimants)))
    terms.extend(_own_terms(fact))
    return terms


def _own_terms(fact: Fact) -> Iterator[Named]:
    """The values of filters that only facts of this kind have."""
    if isinstance(fact, QuantityFact):
        if fact.metric:
            yield "metric", fact.metric, None
        yield "measure", fact.measure.value, None
        yield "unit", fact.unit, None
        yield "bound", fact.bound.value, None
        yield "modality", fact.modality.value, None
        if fact.subject:
            yield from _named("subject", [(fact.subject.id, fact.subject.name)])
    elif isinstance(fact, EventFact):
        yield "event_type", fact.event_type, None
        yield "polarity", fact.polarity.value, None
        yield "modality", fact.modality.value, None
        actors = ((each.id, each.name) for each in fact.participants if each.role is Role.ACTOR)
        yield from _named("subject", actors)
    elif isinstance(fact, StatementFact):
        yield "direct", "true" if fact.direct else "false", None


def _named(name: str, agents: Iterable[tuple[str | None, str]]) -> Iterator[Named]:
    found: dict[str, str] = {}
    for id_, words in agents:
        for value in lineage(id_) if id_ else (words.casefold(),):
            found.setdefault(value, words)
    for value, words in found.items():
        entry = known_agent(value)
        yield name, value, entry.name if entry else words


@lru_cache(maxsize=4096)
def lineage(identifier: str) -> tuple[str, ...]:
    """The identifier and those of all that it belongs to, the nearest first."""
    found = [identifier]
    entry = known_agent(identifier)
    while entry and entry.parent and entry.parent not in found:
        found.append(entry.parent)
        entry = known_agent(entry.parent)
    return tuple(found)


def _years(article: Article, period: Period | None) -> Iterator[Named]:
    if article.published_on and (first := _published(article.published_on)[0]):
        yield "published_year", first[:4], None
    if period and period.start_on:
        begin, end = int(period.start_on[:4]), int((period.end_on or period.start_on)[:4])
        for year in range(begin, min(end, begin + _YEARS) + 1):
            yield "period_year", f"{year:04}", None


@lru_cache(maxsize=4096)
def _published(edtf: str) -> tuple[str | None, str | None]:
    period = parse_edtf(edtf)
    return period.start_on, period.end_on


def keys_of(fact: Fact, article: Article) -> Keys:
    """What ranges are asked of and what sorts the fact."""
    first, last = _published(article.published_on) if article.published_on else (None, None)
    start, end = _span(fact.period)
    days = start, end, _day(first), _day(last)
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
