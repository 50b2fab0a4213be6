"""From the sentences of a document to its figures: every reading of a quantity, put together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dataset.anchors import anchor
from dataset.attribution.statement import Statement, claimants_at
from dataset.changes import find_measures
from dataset.document import Document, Sentence
from dataset.metric_tables import has_period
from dataset.metrics import Known, find_metrics
from dataset.modalities import find_modality
from dataset.model import Kind, Period, QuantityFact, brief
from dataset.quantities import Quantity, extract_quantities
from dataset.subjects import Subjects
from dataset.timeline.timeline import Timeline


def find_quantity_facts(
    document: Document, statements: Sequence[Statement], timeline: Timeline
) -> Iterator[QuantityFact]:
    """The figures of the document, in order."""
    reader = _Reader(document, statements, timeline)
    for sentence in document.sentences:
        yield from reader.read(sentence)


class _Reader:
    """Reads the sentences of one document in order, with what each needs to know of those before."""

    def __init__(self, document: Document, statements: Sequence[Statement], timeline: Timeline) -> None:
        self._document, self._statements, self._timeline = document, statements, timeline
        self._subjects = Subjects(document, statements)
        self._known: Known = ()
        self._paragraph = -1
        self._last_unit = "item"
        self._context = ""

    def read(self, sentence: Sentence) -> Iterator[QuantityFact]:
        """The figures of the next sentence."""
        if sentence.paragraph != self._paragraph:
            self._paragraph, self._last_unit, self._context = sentence.paragraph, "item", ""
        quantities = extract_quantities(self._document.text, sentence.tokens, self._last_unit)
        metrics = find_metrics(sentence, quantities, self._known, self._context)
        measures = find_measures(sentence.tokens, quantities)
        for quantity, metric, (measure, sign) in zip(quantities, metrics, measures, strict=True):
            value, low, high = _signed(quantity, sign)
            yield QuantityFact(
                **anchor(self._document, Kind.QUANTITY, (quantity.start, quantity.end), quantity.rule),
                claimants=claimants_at(self._statements, quantity.start),
                period=self._find_period(sentence, quantity, metric),
                metric=metric,
                measure=measure,
                subject=self._subjects.find(sentence, quantity, metric),
                counted=brief(quantity.counted),
                value=value,
                value_low=low,
                value_high=high,
                value_as_written=brief(quantity.value_as_written),
                bound=quantity.bound,
                unit=quantity.unit,
                modality=find_modality(sentence.tokens, quantity),
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


def _signed(quantity: Quantity, sign: int) -> tuple[float | None, float | None, float | None]:
    """Value, low and high; what fell by 3 changed by -3, and "by more than 3" by less than -3."""
    value, low, high = quantity.value, quantity.value_low, quantity.value_high
    if sign > 0:
        return value, low, high
    return _negative(value), _negative(high), _negative(low)


def _negative(value: float | None) -> float | None:
    return None if value is None else -value
