"""From the events of a document to its event facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dataset.anchors import anchor
from dataset.attribution.statement import Statement, claimants_at, statement_at
from dataset.document import Document
from dataset.events.events import Event, find_events
from dataset.model import EventFact, EventModality, Kind, Mention
from dataset.timeline.timeline import Timeline

_COMING = frozenset({EventModality.PLANNED, EventModality.ANNOUNCED})


def find_event_facts(document: Document, statements: Sequence[Statement], timeline: Timeline) -> Iterator[EventFact]:
    """The events that the document tells, in order."""
    published = document.article.published_on
    for event in find_events(document):
        claimants = claimants_at(statements, event.start)
        told = statement_at(statements, event.start)
        if event.conditional and (told is None or told.direct or told.cue_start is None):
            continue
        denied = told is not None and _is_denial(document.text, told)
        coming = event.modality in _COMING
        period = timeline.period_of_event(
            event.sentence, (event.first, event.last), (told.start, told.end) if told else None, ahead=coming
        )
        ahead = bool(published and period and period.start_on and period.start_on > published)
        yield EventFact(
            **anchor(document, Kind.EVENT, (event.start, event.end), "event-noun" if event.noun else "event-verb"),
            claimants=claimants,
            period=period,
            event_type=event.event_type,
            polarity=event.polarity,
            modality=EventModality.DENIED if denied else _modality(event, claimants, ahead=ahead),
            participants=event.participants,
        )


def _is_denial(text: str, statement: Statement) -> bool:
    """Whether what is said is denied: denied that …."""
    if statement.cue_start is None or statement.direct:
        return False
    return text[statement.cue_start : statement.cue_end].lower() in _DENIALS


_DENIALS = frozenset("deny denies denied denying denial".split())


def _modality(event: Event, claimants: tuple[Mention, ...], *, ahead: bool) -> EventModality:
    """What somebody says will be is announced; what has a date to come has not happened, however it is told."""
    if event.future and claimants:
        return EventModality.ANNOUNCED
    return EventModality.PLANNED if ahead and event.modality is EventModality.DONE else event.modality
