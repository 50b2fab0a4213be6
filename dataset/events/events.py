"""The events of a document: each trigger with who takes part, when, and who tells of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dataset.agents import agent, find_agent
from dataset.attribution.cast import Cast
from dataset.attribution.phrases import DEMONYM_ENDINGS, Line, Phrase, PhraseKind, quotable, text_of
from dataset.document import Document, Sentence
from dataset.events.noun_phrases import joined_with
from dataset.events.roles import find_roles
from dataset.events.trigger import Trigger
from dataset.events.triggers import find_triggers
from dataset.model import EXACT_LIMIT, EventModality, Mention, Participant, Polarity, Role
from dataset.subjects import nation_of
from dataset.zones import ZoneKind

_LONGEST = 300  # tokens; a longer run without a stop is a table or a list, and no sentence to read
_STOPS = frozenset(".!?…”\"'")


@dataclass(frozen=True, slots=True)
class Event:
    """An event told over tokens `first` up to `last` of a sentence.

    `noun` tells that the trigger is one; `future` that it is a verb with `will` or `would`, `conditional` with
    `would`, which tells an event only where it is said that it will be.
    """

    sentence: Sentence
    first: int
    last: int
    event_type: str
    modality: EventModality
    polarity: Polarity
    noun: bool
    future: bool
    conditional: bool
    participants: tuple[Participant, ...]

    @property
    def start(self) -> int:
        """First code point of the trigger."""
        return self.sentence.tokens[self.first].start

    @property
    def end(self) -> int:
        """Code point behind the trigger."""
        return self.sentence.tokens[self.last - 1].end


def find_events(document: Document) -> Iterator[Event]:
    """The events of the document, in the order of their triggers."""
    cast, seen = Cast(), set[str]()
    for sentence in document.sentences:
        tokens = sentence.tokens
        line = Line(tokens, [token.lower for token in tokens], [0] * len(tokens))
        cast.add_names(line)
        cast.note_topic(line, sentence.paragraph)
        if len(tokens) > _LONGEST:
            continue
        for trigger in find_triggers(line, seen, title=_is_headline(sentence)):
            seen.add(trigger.event_type)
            yield _make_event(cast, line, sentence, trigger)


def _is_headline(sentence: Sentence) -> bool:
    """Whether it is a title or a line like one, whose present tense tells what has happened."""
    return sentence.zone is ZoneKind.TITLE or sentence.tokens[-1].text not in _STOPS


def _make_event(cast: Cast, line: Line, sentence: Sentence, trigger: Trigger) -> Event:
    return Event(
        sentence,
        trigger.first,
        trigger.last,
        trigger.event_type,
        trigger.stance.modality,
        trigger.stance.polarity,
        trigger.group is None,
        trigger.group is not None and bool({"will", "would"} & trigger.group.helpers),
        trigger.group is not None and "would" in trigger.group.helpers,
        tuple(_participants(cast, line, trigger, sentence.paragraph)),
    )


def _participants(cast: Cast, line: Line, trigger: Trigger, paragraph: int) -> Iterator[Participant]:
    for role, phrase in find_roles(line, trigger).items():
        for each in (phrase, *joined_with(line, phrase)):
            for mention in _mentions(cast, line, each, paragraph):
                # a capital where something happens is not those who rule in it
                rules = role is Role.PLACE and mention.id and agent(mention.id).kind == "government"
                id_ = None if rules else mention.id
                yield Participant(id_, mention.name, mention.start, mention.end, mention.inferred, role=role)


def _mentions(cast: Cast, line: Line, phrase: Phrase, paragraph: int) -> tuple[Mention, ...]:
    """Whom or what the phrase names."""
    adjective = phrase.last - phrase.first == 1 and line.low[phrase.first].endswith(DEMONYM_ENDINGS)
    if adjective and (country := nation_of(line.tokens[phrase.first].text)):  # a Russian attack
        return (Mention(country.id, country.name, line.tokens[phrase.first].start, line.tokens[phrase.first].end),)
    if phrase.kind is PhraseKind.PRONOUN or (line.capital(phrase.head) and phrase.kind is not PhraseKind.DOCUMENT):
        return cast.claimants(line, phrase, paragraph)
    first = phrase.first + (line.low[phrase.first] in _ARTICLES and phrase.last - phrase.first > 1)
    first = quotable(line, first, phrase.last)
    name = text_of(line, first, phrase.last)
    entry, start, end = find_agent(name), line.tokens[first].start, line.tokens[phrase.last - 1].end
    return (Mention(entry.id if entry else None, name[:EXACT_LIMIT], start, end),)


_ARTICLES = frozenset("the a an this that these those".split())
