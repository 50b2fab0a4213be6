"""From the text of one article to its facts: every reading of a quantity, put together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dataset.attribution.statements import claimants_at, find_statements
from dataset.changes import find_measures
from dataset.document import Document, Sentence, read_document
from dataset.metrics import Known, find_metrics, has_period
from dataset.modalities import find_modality
from dataset.model import (
    EXACT_LIMIT,
    Article,
    Claimant,
    Fact,
    Kind,
    Measure,
    Modality,
    Period,
    Subject,
    fact_id,
    span_digest,
)
from dataset.quantities import Quantity, extract_quantities
from dataset.subjects import Subjects
from dataset.timeline.timeline import Timeline
from dataset.vocabulary import vocabulary


@dataclass(frozen=True, slots=True)
class _Reading:
    """What was read of one quantity besides its number."""

    metric: str | None
    measure: Measure
    sign: int
    modality: Modality
    subject: Subject | None
    period: Period | None
    claimants: tuple[Claimant, ...]


def extract_facts(article: Article, text: str) -> Iterator[Fact]:
    """The facts of an article in the order of their spans; no review is applied."""
    reader = _Reader(read_document(article, text))
    for sentence in reader.document.sentences:
        for quantity, reading in reader.read(sentence):
            yield _make_fact(reader.document, quantity, reading)


class _Reader:
    """Reads the sentences of one document in order, with what each needs to know of those before."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._statements = find_statements(document)
        self._timeline = Timeline(document)
        self._subjects = Subjects(document, self._statements)
        self._known: Known = ()
        self._paragraph = -1
        self._last_unit = "item"
        self._context = ""

    def read(self, sentence: Sentence) -> Iterator[tuple[Quantity, _Reading]]:
        """The quantities of the next sentence, each with its reading."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._last_unit, self._context = sentence.paragraph, "item", ""
        quantities = extract_quantities(self.document.text, sentence.tokens, self._last_unit)
        metrics = find_metrics(sentence, quantities, self._known, self._context)
        measures = find_measures(sentence.tokens, quantities)
        for quantity, metric, (measure, sign) in zip(quantities, metrics, measures, strict=True):
            claimants = claimants_at(self._statements, quantity.start)
            yield (
                quantity,
                _Reading(
                    metric=metric,
                    measure=measure,
                    sign=sign,
                    modality=find_modality(sentence.tokens, quantity),
                    subject=self._subjects.find(sentence, quantity, metric),
                    period=self._find_period(sentence, quantity, metric),
                    claimants=claimants,
                ),
            )
        self._remember(sentence, quantities, metrics)

    def _find_period(self, sentence: Sentence, quantity: Quantity, metric: str | None) -> Period | None:
        if metric is not None and not has_period(metric):
            return None
        return self._timeline.period_at(sentence, quantity.first, quantity.last)

    def _remember(self, sentence: Sentence, quantities: list[Quantity], metrics: list[str | None]) -> None:
        self._known = list(zip(quantities, metrics, strict=True)) or self._known
        counted = [quantity.unit for quantity in quantities if quantity.unit in ("person", "item")]
        self._last_unit = counted[-1] if counted else self._last_unit
        self._context = f" {' '.join(token.lower for token in sentence.tokens)}"


def _make_fact(document: Document, quantity: Quantity, reading: _Reading) -> Fact:
    article, text = document.article, document.text
    exact = text[quantity.start : quantity.end]
    value, low, high = _signed(quantity, reading.sign)
    return Fact(
        id=fact_id(article.sha256, Kind.QUANTITY, quantity.start, quantity.end),
        kind=Kind.QUANTITY,
        article=article.id,
        start=quantity.start,
        end=quantity.end,
        line=document.places.line(quantity.start),
        exact=exact if len(exact) <= EXACT_LIMIT else None,
        sha256=span_digest(exact),
        rule=quantity.rule,
        confidence=vocabulary().confidences[quantity.rule],
        metric=reading.metric,
        measure=reading.measure,
        subject=reading.subject,
        counted=quantity.counted,
        value=value,
        value_low=low,
        value_high=high,
        value_as_written=quantity.value_as_written,
        bound=quantity.bound,
        unit=quantity.unit,
        period=reading.period,
        modality=reading.modality,
        claimants=reading.claimants,
    )


def _signed(quantity: Quantity, sign: int) -> tuple[float | None, float | None, float | None]:
    """Value, low and high; what fell by 3 changed by -3, and "by more than 3" by less than -3."""
    value, low, high = quantity.value, quantity.value_low, quantity.value_high
    if sign > 0:
        return value, low, high
    return _negative(value), _negative(high), _negative(low)


def _negative(value: float | None) -> float | None:
    return None if value is None else -value
