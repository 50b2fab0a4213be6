"""A made-up release of any size: same schema and like proportions as a real one, the same for the same seed.

Each article is drawn from a generator of its own, so that nothing is held but the article at hand.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from random import Random
from typing import Any

from dataset.database import build_database
from dataset.model import (
    Article,
    Bound,
    Cue,
    EventFact,
    Fact,
    Kind,
    Mention,
    Participant,
    Period,
    Polarity,
    QuantityFact,
    Review,
    ReviewStatus,
    Role,
    StatementFact,
    Subject,
    article_id,
    span_digest,
)
from scripts.synthetic_words import Words, read_words

Draw = Callable[[], float]  # the next number from 0 to 1

_FEWEST, _SPREAD = 8, 15  # an article has 8 to 22 facts, 15 in the mean
_CONFIDENCES = [hundredths / 100 for hundredths in range(85, 97)]
_MACHINE = Review()
_ACCEPTED = Review(ReviewStatus.ACCEPTED, "made-up", "2025-12-31")
_LIMITS: dict[Bound, tuple[float | None, float | None, float | None]] = {  # value, low and high as multiples
    Bound.EXACT: (1, 1, 1),
    Bound.APPROXIMATE: (1, 0.9, 1.1),
    Bound.MORE_THAN: (1, 1, None),
    Bound.AT_LEAST: (1, 1, None),
    Bound.LESS_THAN: (1, None, 1),
    Bound.AT_MOST: (1, None, 1),
    Bound.NEARLY: (1, 0.9, 1),
    Bound.RANGE: (None, 1, 1.5),
    Bound.ORDER_OF_MAGNITUDE: (None, 1, 10),
}
_spent_digest = cache(span_digest)  # printed numbers and triggers are few


def make_articles(facts: int, seed: int = 1) -> Iterator[Article]:
    """The articles of a release of so many facts, by file name."""
    words = read_words()
    for number, digest, _ in _plan(facts, seed):
        draw = Random(digest)  # noqa: S311 - made-up data
        sha256 = digest.hex()
        yield Article(
            id=article_id(sha256),
            file=f"{number:08}.txt",
            sha256=sha256,
            publisher=draw.choice(words.publishers),
            byline=f"{draw.choice(words.names)} {draw.choice(words.names)}" if draw.random() < 0.6 else None,
            published_on=words.periods[_day_of(digest, words)][0],
            url=f"https://news.example/{number}",
            title=f"{draw.choice(words.names)} counts {draw.choice(words.counted)} at {draw.choice(words.names)}",
        )


@dataclass(frozen=True)
class MadeUpArticles:
    """The articles of a release, made up anew each time that they are gone through."""

    facts: int
    seed: int

    def __iter__(self) -> Iterator[Article]:
        return make_articles(self.facts, self.seed)


def make_facts(facts: int, seed: int = 1) -> Iterator[Fact]:
    """So many facts in release order: article by article, by their place in the text."""
    words = read_words()
    for _, digest, count in _plan(facts, seed):
        yield from _facts_of(digest, count, words)


def _plan(facts: int, seed: int) -> Iterator[tuple[int, bytes, int]]:
    """Number, sha256 and number of facts of each article."""
    number = 0
    while facts > 0:
        digest = hashlib.sha256(f"made-up article {number} of release {seed}".encode("ascii")).digest()
        count = min(facts, _FEWEST + digest[0] % _SPREAD)
        yield number, digest, count
        facts -= count
        number += 1


def _day_of(digest: bytes, words: Words) -> int:
    return words.days[int.from_bytes(digest[1:3], "big") % len(words.days)]


def _facts_of(digest: bytes, count: int, words: Words) -> Iterator[Fact]:
    """The facts of one article; the spans stand one behind the other."""
    draw = Random(digest[8:]).random  # noqa: S311 - made-up data
    sha256, day = digest.hex(), _day_of(digest, words)
    article = article_id(sha256)
    place = 40
    quantity: QuantityFact | None = None
    fact: Fact
    for _ in range(count):
        place += 20 + int(draw() * 300)
        share = draw()
        kind = Kind.QUANTITY if share < 0.6 else Kind.STATEMENT if share < 0.85 else Kind.EVENT
        common: dict[str, Any] = {
            "article": article,
            "start": place,
            "line": 1 + place // 400,
            "confidence": _CONFIDENCES[int(draw() * 12)],
            "period": _period(draw(), day, words),
            "claimants": _claimants(draw(), draw(), place, words),
            "review": _ACCEPTED if draw() < 0.05 else _MACHINE,
        }
        if kind is Kind.QUANTITY:
            fact = quantity = _quantity(draw, common, sha256, quantity, words)
        elif kind is Kind.STATEMENT:
            fact = _statement(draw, common, sha256, words)
        else:
            fact = _event(draw, common, sha256, words)
        place = fact.end
        yield fact


def _identify(sha256: str, kind: str, start: int, end: int) -> str:
    """As `dataset.model.fact_id`, in a fifth of the time: two characters at once."""
    digest = hashlib.sha256(f"{sha256}:{kind}:{start}:{end}".encode("ascii")).digest()
    bits = int.from_bytes(digest[:10], "big")
    return "".join([_TWO[bits >> shift & 1023] for shift in range(70, -1, -10)])


_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"  # RFC 4648 section 6, lower case
_TWO = [first + second for first in _BASE32 for second in _BASE32]


def _period(chance: float, day: int, words: Words) -> Period | None:
    """None as often as not; else a day of the last month, or the month or the year of one."""
    if chance < 0.5:
        return None
    back = max(0, day - int((chance - 0.5) * 60))
    _, exactly, month, year = words.periods[back]
    return exactly if chance < 0.7 else month if chance < 0.88 else year


def _claimants(chance: float, which: float, place: int, words: Words) -> tuple[Mention, ...]:
    """Nobody, one or two: the origin first."""
    if chance < 0.4:
        return ()
    pool = words.agents
    origin = pool[int(which * len(pool))]
    start = max(0, place - 18)
    first = Mention(origin.id, origin.name, start, start + 12, chance > 0.9)
    if chance < 0.85:
        return (first,)
    relay = pool[int(which * 7919 * len(pool)) % len(pool)]
    return (first, Mention(relay.id, relay.name)) if relay.id != origin.id else (first,)


def _quantity(
    draw: Draw, common: dict[str, Any], sha256: str, before: QuantityFact | None, words: Words
) -> QuantityFact:
    metric = words.metrics[int(draw() * len(words.metrics))]
    units, usual = words.units[metric]
    unit = units[int(draw() * len(units))]
    spread = draw() + draw() + draw() + draw() - 2  # near enough to the normal distribution, and fast
    amount = _rounded(1 + 80 * draw() if unit == "percent" else exp(usual + 3 * spread), draw())
    bound = words.bounds[int(draw() * len(words.bounds))]
    value, low, high = (None if factor is None else amount * factor for factor in _LIMITS[bound])
    exact = f"{amount:,g}" if amount < 1000 else f"{amount:,.0f}"
    about = words.agents[int(draw() * len(words.agents))]
    repeats = before.id if before and draw() < 0.04 else None
    start = common["start"]
    end = start + len(exact)
    return QuantityFact(
        **common,
        id=_identify(sha256, "quantity", start, end),
        end=end,
        exact=exact,
        sha256=_spent_digest(exact),
        rule="money" if unit in {"USD", "EUR", "GBP", "RUB"} else "percentage" if unit == "percent" else "cardinal",
        repeats=repeats,
        metric=metric,
        measure=words.measures[int(draw() * len(words.measures))],
        subject=Subject(about.id, about.name, draw() < 0.3) if draw() < 0.9 else None,
        counted=words.counted[int(draw() * len(words.counted))] if unit in {"person", "item"} else None,
        value=value,
        value_low=low,
        value_high=high,
        value_as_written=exact,
        bound=bound,
        unit=unit,
        modality=words.modalities[int(draw() * len(words.modalities))],
    )


def _rounded(amount: float, chance: float) -> float:
    """To one, two or three digits, as news prints numbers; at least one."""
    digits = 1 if chance < 0.3 else 2 if chance < 0.75 else 3
    return max(1.0, float(f"{amount:.{digits}g}"))


def _statement(draw: Draw, common: dict[str, Any], sha256: str, words: Words) -> StatementFact:
    start = common["start"]
    end = start + 30 + int(draw() * 120)
    exact = words.cues[int(draw() * len(words.cues))]
    direct = draw() < 0.45
    return StatementFact(
        **common,
        id=_identify(sha256, "statement", start, end),
        end=end,
        exact=None,
        sha256=hashlib.sha256(b"%d" % end).hexdigest(),
        rule="quotation" if direct else "reported-speech",
        direct=direct,
        cue=Cue(end + 1, end + 1 + len(exact), exact) if draw() < 0.9 else None,
    )


def _event(draw: Draw, common: dict[str, Any], sha256: str, words: Words) -> EventFact:
    start = common["start"]
    event_type = words.event_types[int(draw() * len(words.event_types))]
    exact = event_type[:12]
    end = start + len(exact)
    pool, which = words.agents, (draw(), draw())
    roles = (Role.ACTOR, Role.OBJECT)[: 1 + (draw() < 0.6)]
    found = [(role, pool[int(chance * len(pool))]) for role, chance in zip(roles, which, strict=False)]
    return EventFact(
        **common,
        id=_identify(sha256, "event", start, end),
        end=end,
        exact=exact,
        sha256=_spent_digest(exact),
        rule="event-verb",
        event_type=event_type,
        polarity=Polarity.NEGATIVE if draw() < 0.1 else Polarity.POSITIVE,
        modality=words.event_modalities[int(draw() * len(words.event_modalities))],
        participants=tuple(Participant(one.id, one.name, end + 1, end + 9, role=role) for role, one in found),
    )


def build_release(path: Path, facts: int, seed: int = 1) -> None:
    """Write the database of a release of so many facts at `path`."""
    build_database(path, MadeUpArticles(facts, seed), make_facts(facts, seed), {}, [])
