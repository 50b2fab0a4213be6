"""The words of attribution: verbs that report, and nouns that name who or what does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from dataset.lexer import Token
from dataset.tables import FOLDER, Row, forms, read_table
from dataset.vocabulary import Vocabulary, vocabulary

_KINDS = ("person", "body", "document")
_ABBREVIATIONS = frozenset("who us it".split())  # read as WHO, US and IT where they have capitals
_NAMES = frozenset("may march jan mar dec sun sat wed".split())  # may well be no date but a name or a verb


class Frame(StrEnum):
    """How a verb takes what is said."""

    SAY = "say"  # a clause, a quotation or an object
    CLAUSE = "clause"  # a quotation or a clause with `that`: as an object follows what is no speech
    TELL = "tell"  # the same, behind whom it is told to
    ANNOUNCE = "announce"  # an infinitive or an object: what is to come
    CALL = "call"  # somebody, of or to something
    REQUEST = "request"  # what is asked for
    SHOW = "show"  # as say, with figures and reports for its subject
    COUNT = "count"  # bodies, with figures right behind it
    DECIDE = "decide"  # an infinitive: told as an act where somebody else tells of it
    REVISE = "revise"  # of a forecast, which `after` names: up or down, with figures
    QUOTE = "quote"  # only beside quotation marks or a colon
    CITE = "cite"  # names who said it first
    NAME = "name"  # an opinion about a thing
    TOPIC = "topic"  # what was spoken about
    WISH = "wish"  # an attitude rather than words


class Form(StrEnum):
    """The form of a verb in the text."""

    BASE = "base"
    THIRD = "third"
    PAST = "past"
    DONE = "done"
    ING = "ing"


@dataclass(frozen=True, slots=True)
class Verb:
    """One form of a reporting verb; `after` lists the words one of which has to follow."""

    base: str
    frame: Frame
    forms: frozenset[Form]
    after: frozenset[str]


@dataclass(frozen=True, slots=True)
class ReportWords:
    """The tables of attribution, ready for lookup."""

    verbs: dict[str, tuple[Verb, ...]]
    nouns: dict[str, str]  # noun -> person, body or document
    days: frozenset[str]  # names of months and days
    pasts: frozenset[str]  # irregular verbs of the past


def lower_words(tokens: Sequence[Token]) -> list[str]:
    """The lower-case tokens of a sentence, in which an abbreviation that looks like a pronoun keeps its capitals."""
    return [_lower_word(tokens, index) for index in range(len(tokens))]


def _lower_word(tokens: Sequence[Token], index: int) -> str:
    token = tokens[index]
    stem = token.lower.removesuffix("'s")
    if stem not in _ABBREVIATIONS or not token.text[: len(stem)].isupper():
        return token.lower
    beside = (*tokens[max(0, index - 1) : index], *tokens[index + 1 : index + 2])
    if any(other.text.isupper() and len(other.text) > 1 for other in beside):
        return token.lower  # where all is in capitals, they tell nothing
    return stem.upper() + token.lower[len(stem) :]


@cache
def report_words() -> ReportWords:
    """The tables of reporting verbs and claimant nouns, read on first use."""
    return read_report_words(FOLDER, vocabulary())


def read_report_words(folder: Path, known: Vocabulary) -> ReportWords:
    """Read the tables below `folder`; the nouns for people and the calendar are `known`."""
    verbs: dict[str, dict[tuple[str, str], Verb]] = {}
    for row in read_table(folder, "report_cues", (*Form, "frame", "after")):
        for form in Form:
            _add(verbs.setdefault(row[form], {}), row, form)
    people = dict.fromkeys(known.people, "person")
    rows = read_table(folder, "claimant_nouns", ("noun", "kind"))
    nouns = {row["noun"]: row.one_of("kind", _KINDS) for row in rows}
    # a verb that needs a particle is tried before the same verb without
    ordered = {word: tuple(sorted(found.values(), key=lambda verb: not verb.after)) for word, found in verbs.items()}
    calendar = known.calendar.items()
    days = frozenset(word for word, role in calendar if role in ("month", "weekday") and word not in _NAMES)
    told = read_table(folder, "time_words", ("word", "role", "value"))
    pasts = frozenset(row["word"] for row in told if row["role"] == "past")
    return ReportWords(ordered, people | nouns, days, pasts)


def _add(found: dict[tuple[str, str], Verb], row: Row, form: Form) -> None:
    key = row["base"], row["after"]
    known = found[key].forms if key in found else frozenset()
    found[key] = Verb(row["base"], row.member("frame", Frame), known | {form}, frozenset(forms(row["after"])))
