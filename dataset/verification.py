"""Re-checking released facts against the article files: every promise of provenance, one check each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dataset.amounts import read_amount
from dataset.lexer import lex
from dataset.model import EXACT_LIMIT, Article, Fact, fact_id, span_digest


@dataclass(frozen=True, slots=True)
class Violation:
    """One failed check of one fact."""

    fact: str
    check: str
    detail: str


def check_facts(facts: Sequence[Fact], articles: Sequence[Article], texts: Mapping[str, str]) -> Iterator[Violation]:
    """The violations of all facts whose article's text is at hand, in the order of the facts."""
    known = {article.id: article for article in articles}
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            yield Violation(fact.id, "id", "a second fact with this id")
        seen.add(fact.id)
        if fact.article in texts:
            yield from check_fact(fact, known[fact.article], texts[fact.article])


def check_fact(fact: Fact, article: Article, text: str) -> Iterator[Violation]:
    """The violations of one fact: its id, its span, what stands there, and its value."""
    if fact.id != fact_id(article.sha256, fact.kind, fact.start, fact.end):
        yield Violation(fact.id, "id", f"does not follow from {article.file} {fact.start}-{fact.end}")
    if not 0 <= fact.start < fact.end <= len(text):
        yield Violation(fact.id, "span", f"{fact.start}-{fact.end} is outside of {article.file}")
        return
    found = text[fact.start : fact.end]
    if span_digest(found) != fact.sha256:
        yield Violation(fact.id, "sha256", f"{article.file} {fact.start}-{fact.end} has other text")
    if fact.exact != (found if len(found) <= EXACT_LIMIT else None):
        yield Violation(fact.id, "exact", f"{article.file} {fact.start}-{fact.end} is {found!r}, not {fact.exact!r}")
    if fact.line != text.count("\n", 0, fact.start) + 1:
        yield Violation(fact.id, "line", f"{article.file} {fact.start} is not in line {fact.line}")
    yield from _check_value(fact, found)


def _check_value(fact: Fact, found: str) -> Iterator[Violation]:
    """Every number of the fact has to stand in its words."""
    written = _values_in(found)
    for name in ("value", "value_low", "value_high"):
        value = getattr(fact, name)
        if value is not None and not any(abs(abs(value) - number) <= 1e-9 * number for number in written):
            yield Violation(fact.id, "value", f"{name} {value} does not stand in {found!r}")


def _values_in(text: str) -> set[float]:
    """All numbers that the words can be read as, in their own units."""
    tokens, values, index = lex(text), set[float](), 0
    while index < len(tokens):
        amount = read_amount(tokens, index)
        if amount:
            values |= {amount.number.low, amount.number.high}
        index = max(index + 1, amount.last if amount else 0)
    return values
