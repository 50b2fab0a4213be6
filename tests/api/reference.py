"""The facts that a query keeps, in their order, by plain Python over a list: slow, and easy to see through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cmp_to_key
from math import inf
from typing import Any

from dataset.model import Article, Bound, Fact, QuantityFact
from tests.api.world import LABELS, WORLD, days_of, number_of, published_of, values_of

ARTICLES = {article.id: article for article in WORLD}


def select(facts: Sequence[Fact], query: Mapping[str, str], sort: str = "position") -> list[Fact]:
    """The facts that the query keeps, in order."""
    return sort_facts([fact for fact in facts if keeps(fact, query)], sort)


def keeps(fact: Fact, query: Mapping[str, str]) -> bool:
    return all(_holds(fact, ARTICLES[fact.article], name, wanted) for name, wanted in query.items())


def _holds(fact: Fact, article: Article, name: str, wanted: str) -> bool:
    if name == "q":
        return _is_found(fact, wanted)
    if name.startswith(("value_", "certainly_")):
        return isinstance(fact, QuantityFact) and _reaches(fact, name, float(wanted))
    if name.startswith(("period_", "published_", "known_")):
        return _is_of_time(fact, article, name, *days_of(wanted))
    values = values_of(fact, article, name)
    if name not in {"claimant", "subject", "publisher"}:
        return any(each in values for each in wanted.split(","))
    called = values | {LABELS[value].casefold() for value in values if value in LABELS}
    return any(each.casefold() in called for each in wanted.split(","))


def _reaches(fact: QuantityFact, name: str, number: float) -> bool:
    """Whether the words commit to a number that far, or can mean none but such; limits may be left out themselves."""
    without = fact.bound in (Bound.MORE_THAN, Bound.LESS_THAN)
    low = -inf if fact.value_low is None else fact.value_low
    high = inf if fact.value_high is None else fact.value_high
    if name == "value_min":
        return number < high or (number == high and not without)
    if name == "value_max":
        return number > low or (number == low and not without)
    low, high = _widen(fact.bound, low, high)
    if name == "certainly_above":
        return number < low or (number == low and without)
    return number > high or (number == high and without)


def _widen(bound: Bound, low: float, high: float) -> tuple[float, float]:
    """The limits of what can be meant: a twentieth further, and as much short of what is nearly reached."""
    if bound is Bound.APPROXIMATE:
        return low - abs(low) / 20, high + abs(high) / 20
    if bound is Bound.NEARLY:
        return (high * 19 / 20, high) if low == -inf else (low, low * 19 / 20)
    return low, high


def _is_of_time(fact: Fact, article: Article, name: str, first: date, last: date) -> bool:
    if name.startswith("period"):
        if fact.period is None:
            return False
        start, end = fact.period.start_on, fact.period.end_on
        if name == "period_from":
            return end is None or date.fromisoformat(end) >= first
        return start is None or date.fromisoformat(start) <= last
    earliest, latest = published_of(article)
    if name == "published_from":
        return earliest is not None and earliest >= first
    return latest is not None and latest <= last


def _is_found(fact: Fact, q: str) -> bool:
    """Words, -without and prefix*; phrases stand in test_search.py."""
    words = f"{fact.exact or ''} {getattr(fact, 'counted', None) or ''}".lower().split()
    for term in q.lower().split():
        word = term.removeprefix("-")
        found = any(each.startswith(word[:-1]) if word.endswith("*") else each == word for each in words)
        if found == term.startswith("-"):
            return False
    return True


def sort_facts(facts: Sequence[Fact], sort: str) -> list[Fact]:
    """Sort by the keys one after another; who has none comes last, and equals go as the last key goes."""
    keys = [(each.removeprefix("-"), each.startswith("-")) for each in sort.split(",")]

    def compare(one: tuple[int, Fact], other: tuple[int, Fact]) -> int:
        for name, down in keys:
            mine, theirs = _key(*one, name), _key(*other, name)
            if mine == theirs:
                continue
            if mine is None or theirs is None:
                return 1 if mine is None else -1
            return (1 if mine > theirs else -1) * (-1 if down else 1)
        if keys[-1][1] and _key(*one, keys[-1][0]) is not None:
            return other[0] - one[0]
        return one[0] - other[0]

    return [fact for _, fact in sorted(enumerate(facts), key=cmp_to_key(compare))]


def _key(index: int, fact: Fact, name: str) -> Any:  # noqa: ANN401 - of each key another type
    match name:
        case "position":
            return index
        case "value":
            return number_of(fact)
        case "published_on":
            return published_of(ARTICLES[fact.article])[0]
        case "period":
            if fact.period is None:
                return None
            return date.fromisoformat(fact.period.start_on) if fact.period.start_on else date.min
    return getattr(fact, name, None)
