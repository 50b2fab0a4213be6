"""Anchors: what every fact says of the place in the text that it stands for."""

from __future__ import annotations

from typing import TypedDict

from dataset.document import Document
from dataset.model import Kind, fact_id, quotable, span_digest
from dataset.vocabulary import vocabulary

Span = tuple[int, int]  # half-open, in code points


class Anchor(TypedDict):
    """The fields of a fact that follow from its span and its rule."""

    id: str
    article: str
    start: int
    end: int
    line: int
    exact: str | None
    sha256: str
    rule: str
    confidence: float


def anchor(document: Document, kind: Kind, span: Span, rule: str) -> Anchor:
    """Anchor a fact of the kind, found by the rule, to a span of the document's text."""
    start, end = span
    exact = document.text[start:end]
    return {
        "id": fact_id(document.article.sha256, kind, start, end),
        "article": document.article.id,
        "start": start,
        "end": end,
        "line": document.places.line(start),
        "exact": quotable(kind, exact),
        "sha256": span_digest(exact),
        "rule": rule,
        "confidence": vocabulary().confidences[rule],
    }
