"""From the text of one article to its facts."""

from __future__ import annotations

from collections.abc import Iterator

from dataset.document import Document, read_document
from dataset.model import EXACT_LIMIT, Article, Fact, Kind, fact_id, span_digest
from dataset.quantities import Quantity, extract_quantities
from dataset.vocabulary import vocabulary


def extract_facts(article: Article, text: str) -> Iterator[Fact]:
    """The facts of an article in the order of their spans; no review is applied."""
    document = read_document(article, text)
    for sentence in document.sentences:
        for quantity in extract_quantities(text, sentence.tokens):
            yield _make_fact(document, quantity)


def _make_fact(document: Document, quantity: Quantity) -> Fact:
    article, text = document.article, document.text
    exact = text[quantity.start : quantity.end]
    return Fact(
        id=fact_id(article.sha256, Kind.QUANTITY, quantity.start, quantity.end),
        kind=Kind.QUANTITY,
        article=article.id,
        start=quantity.start,
        end=quantity.end,
        line=text.count("\n", 0, quantity.start) + 1,
        exact=exact if len(exact) <= EXACT_LIMIT else None,
        sha256=span_digest(exact),
        rule=quantity.rule,
        confidence=vocabulary().confidences[quantity.rule],
        measure=quantity.measure,
        counted=quantity.counted,
        value=quantity.value,
        value_low=quantity.value_low,
        value_high=quantity.value_high,
        value_as_written=quantity.value_as_written,
        bound=quantity.bound,
        unit=quantity.unit,
    )
