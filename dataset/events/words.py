"""The words of events: types, trigger verbs and nouns, what has to stand beside them, and what governs them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from dataset.attribution.words import Form
from dataset.model import Role
from dataset.tables import FOLDER, Row, forms, read_table
from dataset.vocabulary import Phrases, Vocabulary, read_noun_classes, vocabulary

PLOVER = frozenset(
    "AGREE CONSULT SUPPORT COOPERATE AID CONCEDE RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE "
    "COERCE ASSAULT".split()
)
NAME, NUMBER, MONEY, DUTY = "name", "number", "money", "duty"  # classes told by shape rather than listed
_BUILT_IN = frozenset({NAME, NUMBER, MONEY, DUTY, "person", "troops", "arms", "projectile"})


class Weight(StrEnum):
    """How plainly a verb tells its type."""

    PLAIN = "plain"
    RESULT = "result"  # what came of it: gives way to the deed in the same sentence


class Governor(StrEnum):
    """What a word makes of the event that depends on it."""

    DONE = "done"  # began to send, helped send
    PLANNED = "planned"  # is set to send
    ANNOUNCED = "announced"  # vowed to send
    NEGATIVE = "negative"  # refused to send
    ATTEMPT = "attempt"  # tried to storm: an attack is one, an agreement is none
    DENIED = "denied"  # denied sending
    HYPOTHETICAL = "hypothetical"  # urged to send, fears of an attack


@dataclass(frozen=True, slots=True)
class EventType:
    """A type of event: identifier, definition, the PLOVER classes it falls into, and the roles it has."""

    id: str
    definition: str
    plover: frozenset[str]
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class EventVerb:
    """One form of a trigger verb.

    `after` lists particles one of which has to follow; `object` and `subject` list classes of words one of which
    has to stand where they do.
    """

    event_type: str
    forms: frozenset[Form]
    after: frozenset[str]
    object: frozenset[str]
    subject: frozenset[str]
    weight: Weight


@dataclass(frozen=True, slots=True)
class EventNoun:
    """A trigger noun in one number; `beside` lists classes of words one of which has to stand near."""

    event_type: str
    plural: bool
    beside: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventWords:
    """The tables of events, ready for lookup."""

    types: dict[str, EventType]
    verbs: dict[str, tuple[EventVerb, ...]]
    nouns: Phrases[tuple[EventNoun, ...]]
    classes: dict[str, frozenset[str]]  # word to its classes
    governors: dict[str, Governor]


@cache
def event_words() -> EventWords:
    """The tables, read on first use."""
    return read_event_words(FOLDER, vocabulary())


def event_type(identifier: str) -> EventType:
    """The type with this identifier; raises KeyError where there is none."""
    return event_words().types[identifier]


def read_event_words(folder: Path, known: Vocabulary) -> EventWords:
    """Read the tables below `folder`; VocabularyError names the row that does not fit."""
    types = {row["id"]: _read_type(row) for row in read_table(folder, "event_types", _TYPES)}
    listed = read_table(folder, "event_objects", ("word", "class"))
    choices = frozenset(row["class"] for row in listed) | _BUILT_IN
    classes: dict[str, set[str]] = {}
    for word, class_ in (*((row["word"], row["class"]) for row in listed), *_built_in(folder, known)):
        classes.setdefault(word, set()).add(class_)
    verbs: dict[str, dict[EventVerb, None]] = {}
    for row in read_table(folder, "event_verbs", (*Form, "event_type", "after", "object", "subject", "weight")):
        for word in dict.fromkeys(row[form] for form in Form):
            verbs.setdefault(word, {})[_read_verb(row, word, types, choices)] = None
    nouns: dict[str, list[EventNoun]] = {}
    for row in read_table(folder, "event_nouns", ("noun", "plural", "event_type", "beside")):
        for word, plural in ((row["noun"], False), (row["plural"], True)):
            if word:
                noun = EventNoun(row.one_of("event_type", types), plural, row.some_of("beside", choices))
                nouns.setdefault(word, []).append(noun)
    governors = read_table(folder, "event_governors", ("word", "role"))
    return EventWords(
        types,
        # what is tied to a particle or to certain objects is tried before the same verb without
        {word: tuple(sorted(found, key=_looseness)) for word, found in verbs.items()},
        Phrases((word, tuple(sorted(found, key=lambda noun: not noun.beside))) for word, found in nouns.items()),
        {word: frozenset(found) for word, found in classes.items()},
        {row["word"]: row.member("role", Governor) for row in governors},
    )


_TYPES = ("id", "plover", "roles", "definition")


def _read_type(row: Row) -> EventType:
    return EventType(
        row["id"],
        row["definition"],
        row.some_of("plover", PLOVER),
        frozenset(Role(role) for role in row.some_of("roles", list(Role))),
    )


def _read_verb(row: Row, word: str, types: dict[str, EventType], choices: frozenset[str]) -> EventVerb:
    return EventVerb(
        row.one_of("event_type", types),
        frozenset(form for form in Form if row[form] == word),
        frozenset(forms(row["after"])),
        row.some_of("object", choices),
        row.some_of("subject", choices),
        row.member("weight", Weight),
    )


def _looseness(verb: EventVerb) -> int:
    return (not verb.after) * 2 + (not verb.object and not verb.subject)


def _built_in(folder: Path, known: Vocabulary) -> list[tuple[str, str]]:
    """The words of classes that other tables list."""
    arms = read_noun_classes(folder)
    found = [(word, "person") for word in sorted(known.people | known.soldiers)]
    found += [(word, "troops") for word in sorted(known.soldiers)]
    found += [(word, "arms") for word in sorted(known.arms)]
    return found + [(word, "projectile") for word, classes in arms.items() if "munition" in classes]
