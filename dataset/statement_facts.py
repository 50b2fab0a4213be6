"""From the statements of a document to its statement facts: one for each stretch of words that somebody said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from dataset.anchors import Span, anchor
from dataset.attribution.statement import Statement
from dataset.document import Document
from dataset.model import EXACT_LIMIT, Cue, Kind, Period, StatementFact
from dataset.timeline.timeline import Timeline

_PARTNERS = {"“": "”", "„": "“”", "«": "»", '"': '"'}  # the marks that close a quotation, by the one that opens it
_OPENING, _CLOSING = frozenset(_PARTNERS), frozenset('”»"')


def find_statement_facts(
    document: Document, statements: Sequence[Statement], timeline: Timeline
) -> Iterator[StatementFact]:
    """The statements of the document, in order.

    A quotation that is all that is reported is one statement, not two; of those over the same words the
    innermost counts, which names those around it as relays.
    """
    starts = [sentence.start for sentence in document.sentences]
    quoted = [(statement.start, statement.end) for statement in statements if statement.direct]
    said: dict[Span, Statement] = {}
    for statement in statements:
        span = _inside_marks(document.text, statement)
        if statement.direct or not _is_quotation(document.text, span, quoted):
            said[span] = statement
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


def _is_quotation(text: str, span: Span, quoted: Sequence[Span]) -> bool:
    """Whether all words of a span stand in quotations, which are statements of their own."""
    inside = [(start, end) for start, end in quoted if start < span[1] and span[0] < end]
    if not inside:
        return False
    left = range(*span)
    return not any(text[at].isalnum() and not any(start <= at < end for start, end in inside) for at in left)


def _inside_marks(text: str, statement: Statement) -> Span:
    """The span of the statement, without the marks at its ends that have no other inside it."""
    start, end = statement.start, statement.end
    if statement.direct:
        return start, end
    words = text[start:end]
    if words[0] in _OPENING and not any(mark in words[1:] for mark in _PARTNERS[words[0]]):
        start += 1
    if (
        words[-1] in _CLOSING
        and end - start > 1
        and not any(mark in words[:-1] for mark in _OPENING if words[-1] in _PARTNERS[mark])
    ):
        end -= 1
    return (start, end) if start < end else (statement.start, statement.end)


def _read_cue(text: str, statement: Statement) -> Cue | None:
    start, end = statement.cue_start, statement.cue_end
    if start is None or end is None or end - start > EXACT_LIMIT:
        return None
    return Cue(start, end, text[start:end])
