"""Reading made-up text in tests: the facts of a page that has only this text."""

from __future__ import annotations

from dataset.extraction import extract_facts
from dataset.model import Article, EventFact, Fact, QuantityFact, StatementFact, article_id


def read_facts_of(text: str, published_on: str | None = None) -> list[Fact]:
    article = Article(id=article_id("ab" * 32), file="a.txt", sha256="ab" * 32, published_on=published_on)
    return extract_facts(article, text)


def read_quantities(text: str, published_on: str | None = None) -> list[QuantityFact]:
    return [fact for fact in read_facts_of(text, published_on) if isinstance(fact, QuantityFact)]


def read_statements(text: str, published_on: str | None = None) -> list[StatementFact]:
    return [fact for fact in read_facts_of(text, published_on) if isinstance(fact, StatementFact)]


def read_events(text: str, published_on: str | None = None) -> list[EventFact]:
    return [fact for fact in read_facts_of(text, published_on) if isinstance(fact, EventFact)]


def read_fact(text: str, exact: str, published_on: str | None = None) -> QuantityFact:
    """The one figure whose span reads `exact`."""
    (fact,) = (fact for fact in read_quantities(text, published_on) if fact.exact == exact)
    return fact
