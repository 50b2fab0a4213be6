"""Re-checking released facts against the article files: every promise of provenance, one check each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import isclose

from dataset.agents import find_agent
from dataset.amounts import read_amount
from dataset.events.words import event_words
from dataset.lexer import lex
from dataset.metrics import is_metric
from dataset.model import (
    Article,
    Bound,
    EventFact,
    Fact,
    Mention,
    QuantityFact,
    StatementFact,
    fact_id,
    quotable,
    span_digest,
)
from dataset.places import Places
from dataset.quantities import limits
from dataset.records import number
from dataset.subjects import nation_of
from dataset.vocabulary import UNMEASURED, vocabulary

_CONTEXT = 40  # code points behind a span that can tell how its words are read


@dataclass(frozen=True, slots=True)
class Violation:
    """One failed check of one fact."""

    fact: str
    check: str
    detail: str


def check_facts(facts: Sequence[Fact], articles: Sequence[Article], texts: Mapping[str, str]) -> Iterator[Violation]:
    """The violations of all facts, in their order; against the text where the article's is at hand."""
    known = {article.id: article for article in articles}
    places = {article: Places(text) for article, text in texts.items()}
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            yield Violation(fact.id, "id", "a second fact with this id")
        seen.add(fact.id)
        if fact.article not in known:
            yield Violation(fact.id, "article", f"{fact.article} is not in the manifest")
        elif fact.article in texts:
            yield from _check_span(fact, known[fact.article], texts[fact.article], places[fact.article])
        if isinstance(fact, QuantityFact):
            yield from _check_bound(fact)
            yield from _check_words(fact)
        if isinstance(fact, EventFact) and fact.event_type not in event_words().types:
            yield Violation(fact.id, "event_type", f"{fact.event_type} is not in event_types.csv")


def _check_span(fact: Fact, article: Article, text: str, places: Places) -> Iterator[Violation]:
    """The fact's id, its span, what stands there, and its value."""
    if fact.id != fact_id(article.sha256, fact.kind, fact.start, fact.end):
        yield Violation(fact.id, "id", f"does not follow from {article.file} {fact.start}-{fact.end}")
    if not 0 <= fact.start < fact.end <= len(text):
        yield Violation(fact.id, "span", f"{fact.start}-{fact.end} is outside of {article.file}")
        return
    found = text[fact.start : fact.end]
    if span_digest(found) != fact.sha256:
        yield Violation(fact.id, "sha256", f"{article.file} {fact.start}-{fact.end} has other text")
    if fact.exact != quotable(fact.kind, found):
        yield Violation(fact.id, "exact", f"{article.file} {fact.start}-{fact.end} is {found!r}, not {fact.exact!r}")
    if fact.line != places.line(fact.start):
        yield Violation(fact.id, "line", f"{article.file} {fact.start} is not in line {fact.line}")
    if isinstance(fact, QuantityFact):
        yield from _check_value(fact, found, text[fact.end : fact.end + _CONTEXT])
    yield from _check_mentions(fact, article, text)


def _check_mentions(fact: Fact, article: Article, text: str) -> Iterator[Violation]:
    """Cue, claimants and participants have to stand where the fact says."""
    if isinstance(fact, StatementFact) and fact.cue and text[fact.cue.start : fact.cue.end] != fact.cue.exact:
        place = f"{article.file} {fact.cue.start}-{fact.cue.end}"
        yield Violation(fact.id, "cue", f"{place} is {text[fact.cue.start : fact.cue.end]!r}, not {fact.cue.exact!r}")
    participants = fact.participants if isinstance(fact, EventFact) else ()
    for mention in (*fact.claimants, *participants):
        if mention.start is None or mention.end is None:
            continue
        if mention.end > len(text):
            yield Violation(fact.id, "mention", f"{mention.name}: {mention.end} is outside of {article.file}")
        elif not mention.inferred and not _names(text[mention.start : mention.end], mention):
            place = f"{article.file} {mention.start}-{mention.end}"
            yield Violation(
                fact.id, "mention", f"{place} is {text[mention.start : mention.end]!r}, not {mention.name!r}"
            )


def _names(words: str, mention: Mention) -> bool:
    """Whether the words are the name, a part or a short form of it, or another name of the same agent."""
    found = find_agent(words) or nation_of(words)
    if mention.id is not None and found and found.id == mention.id:
        return True
    one, other = _letters(words), _letters(mention.name)
    return one in other or other in one or bool(set(one.split()) & set(other.split())) or _initials(other, one)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower().replace("’s", "").replace("'s", "")))


def _initials(name: str, short: str) -> bool:
    return short.replace(" ", "") in "".join(word[0] for word in name.split())


def _check_value(fact: QuantityFact, found: str, following: str) -> Iterator[Violation]:
    """Every number of the fact has to stand in its words; some words are a number by what follows: half of them."""
    written = _values_in(found) | _values_in(found, following)
    for name in ("value", "value_low", "value_high"):
        value = getattr(fact, name)
        if value is not None and not any(isclose(abs(value), each) for each in written):
            yield Violation(fact.id, "value", f"{name} {number(value)} does not stand in {found!r}")


def _check_bound(fact: QuantityFact) -> Iterator[Violation]:
    """The three numbers have to be such as the bound commits to."""
    value, low, high = fact.value, fact.value_low, fact.value_high
    fell = max(low or 0, high or 0) <= 0  # by more than 5 is a change of less than -5
    if not (
        _agree(fact.bound, value, low, high)
        or (fell and _agree(fact.bound, _negative(value), _negative(high), _negative(low)))
    ):
        numbers = f"value {value}, low {low} and high {high}"
        yield Violation(fact.id, "bound", f"{fact.bound} does not give {numbers}")


def _negative(value: float | None) -> float | None:
    return None if value is None else -value


def _agree(bound: Bound, value: float | None, low: float | None, high: float | None) -> bool:
    """Whether a bound can commit to these; the end that it leaves open can hide a second number, and so the value."""
    given = [number for number in (low, high) if number is not None]
    if not given:
        return False
    expected = limits(bound, given[0], given[-1])
    return (low, high) == expected[1:] and (value == expected[0] or (value is None and len(given) == 1))


def _check_words(fact: QuantityFact) -> Iterator[Violation]:
    """Unit and metric have to be of the vocabulary."""
    if fact.unit not in vocabulary().units_by_id and fact.unit not in UNMEASURED:
        yield Violation(fact.id, "unit", f"{fact.unit} is not in units.csv")
    if fact.metric is not None and not is_metric(fact.metric):
        yield Violation(fact.id, "metric", f"{fact.metric} is not in metrics.csv")


def _values_in(text: str, following: str = "") -> set[float]:
    """All numbers that the words can be read as, in their own units."""
    tokens, values, index = lex(text + following), set[float](), 0
    while index < len(tokens):
        amount = read_amount(tokens, index)
        if amount and tokens[amount.last - 1].end <= len(text):
            values |= {amount.number.low, amount.number.high}
        index = max(index + 1, amount.last if amount else 0)
    return values
