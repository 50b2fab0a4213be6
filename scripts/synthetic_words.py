"""What a synthetic release is made of: the vocabulary by how often news uses it, days, and made-up names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from random import Random
from typing import TypeVar

from dataset.agents import agent, agent_ids
from dataset.metric_tables import metric_ids
from dataset.model import Agent, Bound, EventModality, Measure, Modality, Period
from dataset.tables import FOLDER, read_table

T = TypeVar("T")
Pool = list[T]  # as many entries of each member as it is likely: drawing is one look-up

_POOL_SIZE = 1 << 14  # about
_FIRST_DAY, _LAST_DAY = date(2014, 1, 1), date(2025, 12, 31)
_MONEY = "aid-amount defence-spending price recruitment-bonus".split()
_SPANS_OF_TIME = "age conscription-age sentence-length service-length".split()
_ITEMS = (
    "accusations-evading-service charges-disobeying-orders convictions-unauthorised-abandonment equipment-losses "
    "equipment-supplied munitions-fired munitions-intercepted trials-desertion"
).split()
_UNITS: dict[str, tuple[dict[str, float], float]] = {  # units by weight, natural logarithm of the usual amount
    **dict.fromkeys(_MONEY, ({"USD": 6, "EUR": 2, "GBP": 1, "RUB": 1, "UAH": 0.5, "percent": 1}, 17)),
    **dict.fromkeys(_SPANS_OF_TIME, ({"year": 4, "month": 1}, 3)),
    **dict.fromkeys(_ITEMS, ({"item": 1}, 4)),
    "border-length": ({"km": 3, "mile": 1}, 6),
    "distance": ({"km": 3, "mile": 1, "m": 0.5}, 4),
    "territory": ({"km2": 3, "square-mile": 1, "percent": 1}, 6),
}
_PEOPLE: tuple[dict[str, float], float] = ({"person": 12, "percent": 1}, 7)
_UNNAMED: tuple[dict[str, float], float] = ({"item": 5, "percent": 3, "person": 3, "USD": 2, "year": 2, "km": 1}, 4)
_COUNTED = (
    "people troops soldiers civilians drones tanks missiles officers vehicles conscripts villages homes boats bridges "
    "schools shells hectares engineers volunteers prisoners refugees workers doctors pylons trains"
).split()
_SYLLABLES = (
    "ar bel cor dal en far gol hol ist jor kel lan mor nor ost pel quin ros sel tor ul ven wick yar zel".split()
)
_PAPERS = "Post Gazette Herald Courier Times Tribune Observer Mirror".split()


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that facts are drawn from."""

    metrics: Pool[str | None]
    units: dict[str | None, tuple[Pool[str], float]]  # by metric, with the logarithm of the usual amount
    agents: Pool[Agent]
    counted: Pool[str]
    event_types: Pool[str]
    bounds: Pool[Bound]
    measures: Pool[Measure]
    modalities: Pool[Modality]
    event_modalities: Pool[EventModality]
    cues: Pool[str]
    publishers: Pool[str]
    names: list[str]
    days: Pool[int]  # of publication, as places in `periods`
    periods: list[tuple[str, Period, Period, Period]]  # of each day: ISO 8601, then the day, its month and its year


@cache
def read_words() -> Words:
    """The same for every release: the vocabulary in an order of its own, and names of places that do not exist."""
    shuffle = Random(7)  # noqa: S311 - made-up data
    metrics = list(metric_ids())  # those of most articles come first there
    names = [(a + b).title() for a in _SYLLABLES for b in _SYLLABLES if a != b]
    agents = [Agent(id_, agent(id_).name) for id_ in _shuffled(agent_ids(), shuffle)]
    types = [row["id"] for row in read_table(FOLDER, "event_types", ("id", "plover", "roles", "definition"))]
    unnamed = len(metrics) // 4
    return Words(
        metrics=by_rank([*metrics[:unnamed], None, *metrics[unnamed:]]),
        units={None: _pool_of(_UNNAMED), **{metric: _pool_of(_UNITS.get(metric, _PEOPLE)) for metric in metrics}},
        agents=by_rank(
            [*agents[:9], Agent(None, "a spokesman"), *agents[9:29], Agent(None, "officials"), *agents[29:]]
        ),
        counted=by_rank(_COUNTED),
        event_types=by_rank(_shuffled(types, shuffle)),
        bounds=by_weight(dict(zip(Bound, (58, 9, 10, 7, 3, 4, 4, 3, 2), strict=True))),
        measures=by_weight(dict(zip(Measure, (80, 8, 4, 6, 2), strict=True))),
        modalities=by_weight(dict(zip(Modality, (72, 10, 6, 6, 5, 1), strict=True))),
        event_modalities=by_weight(dict(zip(EventModality, (75, 10, 10, 5), strict=True))),
        cues=by_rank("said|told|says|added|according to|announced|claimed|reported|warned".split("|")),
        publishers=by_rank([f"{name} {paper}" for name in _shuffled(names, shuffle)[:30] for paper in _PAPERS[:3]]),
        names=names,
        days=_days_of_publication(),
        periods=_periods(),
    )


def by_rank(members: Sequence[T]) -> Pool[T]:
    """A pool by Zipf's law: the second member half as often as the first, the third a third as often."""
    return _spread(members, [1 / rank for rank in range(1, len(members) + 1)])


def by_weight(weights: dict[T, float]) -> Pool[T]:
    """A pool in which each member is as frequent as its weight says."""
    return _spread(list(weights), list(weights.values()))


def _spread(members: Sequence[T], weights: Sequence[float]) -> Pool[T]:
    """At least one entry of each, the others by weight."""
    scale = (_POOL_SIZE - len(members)) / sum(weights)
    return [member for member, weight in zip(members, weights, strict=True) for _ in range(1 + round(weight * scale))]


def _shuffled(members: Iterable[str], shuffle: Random) -> list[str]:
    ordered = sorted(members)
    shuffle.shuffle(ordered)
    return ordered


def _pool_of(units: tuple[dict[str, float], float]) -> tuple[Pool[str], float]:
    return by_weight(units[0]), units[1]


def _days_of_publication() -> Pool[int]:
    """More of the later years than of the first, as archives have them."""
    count = (_LAST_DAY - _FIRST_DAY).days + 1
    return _spread(range(count), [1 + 3 * day / count for day in range(count)])


def _periods() -> list[tuple[str, Period, Period, Period]]:
    found, months, years = [], dict[str, Period](), dict[str, Period]()
    for number in range((_LAST_DAY - _FIRST_DAY).days + 1):
        day = _FIRST_DAY + timedelta(number)
        iso, month, year = day.isoformat(), f"{day:%Y-%m}", f"{day:%Y}"
        last = (day.replace(day=28) + timedelta(4)).replace(day=1) - timedelta(1)
        months.setdefault(month, Period(month, f"{month}-01", last.isoformat()))
        years.setdefault(year, Period(year, f"{year}-01-01", f"{year}-12-31"))
        found.append((iso, Period(iso, iso, iso), months[month], years[year]))
    return found
