"""Figures for the same thing side by side: how far apart they are, and which of them cannot both hold.

Nobody is declared right. That two figures stand together does not make them equal in meaning: a metric is as
coarse as dataset/vocabulary/metrics.csv defines it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations

from dataset.metric_tables import adds_up
from dataset.model import Article, Fact, Measure, Modality, Period, QuantityFact
from dataset.reach import possible_range
from dataset.records import Record, number

_MONTH = 31  # days
_LONGER = 2  # times as long as another a period can be whose amount is set against that one's
_COUNTED_APART = "item"  # the unit in which 5 tanks and 5 guns would be the same figure
_RELATIVE = (Measure.CHANGE, Measure.RATIO)  # to something that the text names and the fact does not
_AHEAD = (Modality.PLANNED, Modality.PROJECTED)  # no claim about what is


class Basis(StrEnum):
    """Why two figures are about the same time."""

    SAME = "same period"
    OVERLAPPING = "overlapping periods"  # of totals, the one that runs longer may well be the larger
    UNKNOWN = "period not known"  # of at least one of the two


@dataclass(frozen=True, slots=True)
class Claim:
    """One figure that an article reports; `repeated` are the ids of its later mentions in the same article."""

    fact: QuantityFact
    file: str
    repeated: tuple[str, ...] = ()

    @property
    def claimant(self) -> str | None:
        """The name of whoever the figure comes from; None for the article itself."""
        return self.fact.claimants[0].name if self.fact.claimants else None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two claims of a comparison, by their positions, that contradict each other or agree."""

    one: int
    other: int
    basis: Basis


@dataclass(frozen=True, slots=True)
class Comparison:
    """The claims about one metric of one subject that share a time with another, and which of them cannot both hold."""

    metric: str
    subject: str
    measure: str
    unit: str
    counted: str | None
    claims: tuple[Claim, ...]
    contradictions: tuple[Pair, ...]
    agreements: tuple[Pair, ...]

    @property
    def low(self) -> float:
        """The smallest number claimed."""
        return min(_numbers(self.claims))

    @property
    def high(self) -> float:
        """The largest number claimed."""
        return max(_numbers(self.claims))

    @property
    def ratio(self) -> float | None:
        """How many times the smallest number the largest is; None where the smallest is not above zero."""
        return self.high / self.low if self.low > 0 else None


def _numbers(claims: Iterable[Claim]) -> Iterator[float]:
    for claim in claims:
        fact = claim.fact
        yield from (figure for figure in (fact.value, fact.value_low, fact.value_high) if figure is not None)


def find_disagreements(facts: Sequence[Fact], articles: Iterable[Article], *, alone: bool = False) -> list[Comparison]:
    """All groups of figures of which two or more can be about the same time, repeated mentions counted once.

    A group is of one metric, subject, measure and unit, and what is counted in items is counted apart. With `alone`
    figures that share their time with no other are given too.
    """
    files = {article.id: article.file for article in articles}
    repeated: dict[str | None, list[str]] = defaultdict(list)
    for fact in facts:
        repeated[fact.repeats].append(fact.id)
    groups: dict[tuple[str, str, str, str, str], list[Claim]] = defaultdict(list)
    for fact in facts:
        if isinstance(fact, QuantityFact) and fact.repeats is None and fact.metric and fact.subject and fact.subject.id:
            counted = (fact.counted or "").casefold() if fact.unit == _COUNTED_APART else ""
            key = fact.metric, fact.subject.id, fact.measure.value, fact.unit, counted
            groups[key].append(Claim(fact, files.get(fact.article, fact.article), tuple(repeated[fact.id])))
    found = (_compare(key, sorted(claims, key=_order), alone=alone) for key, claims in sorted(groups.items()))
    return [comparison for comparison in found if comparison]


def _order(claim: Claim) -> tuple[bool, str, str, float, str, int]:
    """By period, the unknown last, then by value."""
    period = claim.fact.period or Period("")
    end = period.end_on or "9999-12-31"
    return claim.fact.period is None, period.start_on or "", end, min(_numbers([claim])), claim.file, claim.fact.start


def _compare(key: tuple[str, str, str, str, str], claims: list[Claim], *, alone: bool) -> Comparison | None:
    """The comparison of the claims of one group, of those that share a time with another or of all; None of none."""
    metric, subject, measure, unit, counted = key
    pairs = combinations(range(len(claims)), 2)
    bases = {(i, j): basis for i, j in pairs if (basis := _basis(metric, claims[i], claims[j]))}
    kept = range(len(claims)) if alone else sorted({index for pair in bases for index in pair})
    if not kept:
        return None
    place = {index: n for n, index in enumerate(kept)}
    contradictions: list[Pair] = []
    agreements: list[Pair] = []
    for (i, j), basis in bases.items():
        pair = Pair(place[i], place[j], basis)
        if _contradict(claims[i].fact, claims[j].fact):
            contradictions.append(pair)
        elif _agree(claims[i], claims[j]):
            agreements.append(pair)
    told = tuple(claims[index] for index in kept)
    return Comparison(metric, subject, measure, unit, counted or None, told, tuple(contradictions), tuple(agreements))


def _basis(metric: str, mine: Claim, theirs: Claim) -> Basis | None:
    """Why two claims can be about the same time; None where they are not."""
    one, other = mine.fact.period, theirs.fact.period
    if adds_up(metric) and mine.fact.measure is Measure.LEVEL and not _as_long(one, other):
        return None
    if one is None or other is None:
        return Basis.UNKNOWN
    if one.edtf == other.edtf:
        return Basis.SAME
    starts, ends = max(one.start_on or "", other.start_on or ""), min(one.end_on or "~", other.end_on or "~")
    return Basis.OVERLAPPING if starts <= ends else None


def _as_long(one: Period | None, other: Period | None) -> bool:
    """Whether amounts that add up are about about as much time: the losses of a day are no running total.

    What is not dated counts as a total that has run for longer than a month.
    """
    lengths = sorted(days for period in (one, other) if (days := _days(period)) is not None)
    if len(lengths) == 2:
        return lengths[0] * _LONGER >= lengths[1]
    return not lengths or lengths[0] > _MONTH


def _days(period: Period | None) -> int | None:
    """The length of a period; None where it is not known, or has no end."""
    if period is None or period.start_on is None or period.end_on is None:
        return None
    return (date.fromisoformat(period.end_on) - date.fromisoformat(period.start_on)).days + 1


def _contradict(one: QuantityFact, other: QuantityFact) -> bool:
    """Whether two figures cannot both hold.

    A plan or a projection is at odds with another one of its sort alone; a denial with what it denies; changes and
    ratios with nothing, as what they are measured against may differ.
    """
    if not _comparable(one, other):
        return False
    denials = (one.modality is Modality.DENIED) + (other.modality is Modality.DENIED)
    return denials < 2 and _meet(one, other) == (denials == 1)


def _agree(one: Claim, other: Claim) -> bool:
    """Whether two sources, be they claimants or articles, put forward figures that can both hold."""
    apart = one.claimant != other.claimant or one.fact.article != other.fact.article
    denied = Modality.DENIED in (one.fact.modality, other.fact.modality)
    return apart and not denied and _comparable(one.fact, other.fact) and _meet(one.fact, other.fact)


def _comparable(one: QuantityFact, other: QuantityFact) -> bool:
    if one.measure in _RELATIVE:
        return False
    return one.modality == other.modality or not {one.modality, other.modality} & set(_AHEAD)


def _meet(one: QuantityFact, other: QuantityFact) -> bool:
    """Whether some number can be meant by both."""
    (low, high), (other_low, other_high) = possible_range(one), possible_range(other)
    return max(low, other_low) <= min(high, other_high)


def comparison_record(comparison: Comparison) -> Record:
    """A comparison as plain JSON values; its pairs are named by the ids of their facts."""
    return {
        **{name: getattr(comparison, name) for name in ("metric", "subject", "measure", "unit", "counted")},
        "low": number(comparison.low),
        "high": number(comparison.high),
        "ratio": comparison.ratio,
        "claims": [_claim_record(claim) for claim in comparison.claims],
        "contradictions": [_pair_record(comparison, pair) for pair in comparison.contradictions],
        "agreements": [_pair_record(comparison, pair) for pair in comparison.agreements],
    }


def _claim_record(claim: Claim) -> Record:
    fact = claim.fact
    return {
        "id": fact.id,
        "file": claim.file,
        "line": fact.line,
        "claimant": claim.claimant,
        "bound": fact.bound.value,
        "value": number(fact.value),
        "value_low": number(fact.value_low),
        "value_high": number(fact.value_high),
        "period": fact.period.edtf if fact.period else None,
        "modality": fact.modality.value,
        "repeated": list(claim.repeated),
    }


def _pair_record(comparison: Comparison, pair: Pair) -> Record:
    one, other = (comparison.claims[position].fact.id for position in (pair.one, pair.other))
    return {"one": one, "other": other, "basis": pair.basis.value}
