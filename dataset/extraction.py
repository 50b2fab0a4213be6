"""From the text of one article to its facts."""

from __future__ import annotations

from collections.abc import Iterator

from dataset.model import EXACT_LIMIT, Article, Fact, Kind, fact_id, span_digest
from dataset.quantities import Quantity, extract_quantities
from dataset.sentences import split_sentences
from dataset.vocabulary import vocabulary
from dataset.zones import FACT_ZONES, parse_zones


def extract_facts(article: Article, text: str) -> Iterator[Fact]:
    """The facts of an article in the order of their spans; no review is applied."""
    for zone in parse_zones(text):
        if zone.kind in FACT_ZONES:
            for sentence in split_sentences(zone.tokens):
                for quantity in extract_quantities(text, sentence):
                    yield _make_fact(article, text, quantity)


def _make_fact(article: Article, text: str, quantity: Quantity) -> Fact:
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
