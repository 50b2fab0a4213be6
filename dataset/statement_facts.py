"""From the statements of a document to its statement facts: one for each stretch of words that somebody said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dataset.anchors import Span, anchor
from dataset.attribution.statement import Statement
from dataset.document import Document
from dataset.model import EXACT_LIMIT, Cue, Kind, Period, StatementFact
from dataset.timeline.timeline import Timeline

_OPENING, _CLOSING = frozenset("“„«‘\"'"), frozenset("”»’\"'")


def find_statement_facts(
    document: Document, statements: Sequence[Statement], timeline: Timeline
) -> Iterator[StatementFact]:
    """The statements of the document, in order.

    A quotation that is all that is reported is one statement, not two; of those over the same words the
    innermost counts, which names those around it as relays.
    """
    starts = [sentence.start for sentence in document.sentences]
    said: dict[Span, Statement] = {}
    for statement in statements:
        said[_inside_marks(document.text, statement)] = statement
    for span, statement in said.items():
        cue = _read_cue(document.text, statement)
        period: Period | None = None
        if cue:
            sentence = document.sentences[bisect_right(starts, cue.start) - 1]
            period = timeline.period_of_saying(sentence, (cue.start, cue.end), span)
        yield StatementFact(
            **anchor(document, Kind.STATEMENT, span, statement.rule),
            claimants=statement.claimants,
            period=period,
            direct=statement.direct,
            cue=cue,
        )


def _inside_marks(text: str, statement: Statement) -> Span:
    """The span of the statement, without the marks of one quotation that is all of it."""
    start, end = statement.start, statement.end
    if end - start > 2 and text[start] in _OPENING and text[end - 1] in _CLOSING:
        inner = text[start + 1 : end - 1]
        if _OPENING.isdisjoint(inner.replace("'", "").replace("‘", "")):
            return start + 1, end - 1
    return start, end


def _read_cue(text: str, statement: Statement) -> Cue | None:
    start, end = statement.cue_start, statement.cue_end
    if start is None or end is None or end - start > EXACT_LIMIT:
        return None
    return Cue(start, end, text[start:end])
