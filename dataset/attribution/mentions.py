"""Mentions: who a phrase names, and what may be said of somebody named before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dataset.agents import agent, find_agent
from dataset.attribution.phrases import PARTICLES, TITLES, Line, Phrase, PhraseKind, kind_of_name, quotable, text_of
from dataset.attribution.words import report_words
from dataset.lexer import TokenKind
from dataset.model import EXACT_LIMIT, Mention

ARTICLES = frozenset("the a an this that these".split())
_OUTLETS = frozenset("agency outlet paper newspaper broadcaster network channel magazine site publication".split())
_OF_STATES = frozenset("ministry army military navy court police office parliament".split())
WOMEN = frozenset("ms mrs miss madam lady queen princess mother wife sister daughter widow she her".split())
MEN = frozenset("mr sir lord king prince father husband brother son widower he his him".split())
OFFICES = TITLES | {"president", "prime", "minister", "chancellor"}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has spoken, or stood at the head of a sentence."""

    claimant: Mention
    kind: PhraseKind
    plural: bool
    paragraph: int
    document: str = ""  # the noun of the document the words came from
    speaks: bool = True
    roles: frozenset[str] = frozenset()  # nouns that say what they are: mayor, ministry


def may_be(known: Known, noun: str) -> bool:
    """Whether the noun can mean an agent that the vocabulary knows: an outlet is no ministry, nor is a league."""
    kind = agent(known.claimant.id).kind if known.claimant.id else None
    if kind == "media":
        return noun in _OUTLETS
    return kind != "organisation" or noun not in _OF_STATES


def is_state(known: Known) -> bool:
    """Whether it is a country or its government, which `the agency` and `the military` do not mean."""
    return bool(known.claimant.id) and agent(str(known.claimant.id)).kind in ("country", "region", "government")


def comes_from(claimant: Mention, adjective: str) -> bool:
    """Whether a person known to the vocabulary is of the land that the adjective means."""
    entry = agent(claimant.id) if claimant.id else None
    return bool(entry and entry.kind == "person" and entry.parent and entry.parent[:4] == adjective[:4])


def is_body(claimant: Mention) -> bool:
    """Whether the claimant is an organisation, a state or an office rather than a person."""
    entry = agent(claimant.id) if claimant.id else None
    if entry:
        return entry.kind != "person"
    return kind_of_name(claimant.name.lower().split(), claimant.name) is PhraseKind.BODY


def read_mention(line: Line, phrase: Phrase) -> Mention:
    """Who the words of the phrase name, by themselves."""
    first = phrase.first
    if line.low[first] in ARTICLES and first + 1 < phrase.last:
        first += 1
    if line.capital(phrase.last - 1) and line.low[phrase.head] not in report_words().nouns:
        first = _name_start(line, first, phrase.last)
    first = quotable(line, first, phrase.last)
    name = text_of(line, first, phrase.last)
    stem = name.removesuffix("’s").removesuffix("'s")
    start = line.tokens[first].start
    end = line.tokens[phrase.last - 1].end - (len(name) - len(stem))
    return Mention(_identify(stem), stem[:EXACT_LIMIT], start, end)


def _name_start(line: Line, first: int, last: int) -> int:
    """Where the name itself begins, behind what somebody is: spokesman | John Smith."""
    for index in range(last - 1, first, -1):
        word = line.tokens[index]
        lower = word.kind is TokenKind.WORD and word.text[0].islower() and not line.capital(index)
        if lower and word.lower not in PARTICLES:
            return index + 1
    return first


def _identify(name: str) -> str | None:
    """Identifier of the name, or of the person's name behind a title."""
    if entry := find_agent(name):
        return entry.id
    words = name.split()
    for first in range(1, len(words)):
        entry = find_agent(" ".join(words[first:]))
        titled = len(words) - first > 1 or bool({word.lower().strip(".") for word in words[:first]} & OFFICES)
        if entry and entry.kind == "person" and titled:
            return entry.id
    return None


def mention_of(name: str) -> Mention:
    """The mention of a name that stands elsewhere."""
    return Mention(_identify(name), name[:EXACT_LIMIT])


def stand_in(own: Mention, meant: Mention, *, inferred: bool = False) -> Mention:
    """Who is meant, standing where the short form stands."""
    return Mention(meant.id, meant.name, own.start, own.end, inferred)


def answers(pronoun: str, known: Known) -> bool:
    """Whether the pronoun can mean somebody of this kind."""
    if pronoun in ("he", "she", "his", "her", "him", "i"):
        return known.kind in (PhraseKind.PERSON, PhraseKind.NAME) and not known.plural
    if pronoun in ("it", "its"):
        return known.kind in (PhraseKind.BODY, PhraseKind.NAME, PhraseKind.DOCUMENT) and not known.plural
    if pronoun in ("they", "their", "them"):
        return known.plural or known.kind is PhraseKind.BODY
    return True


def abbreviated(known: Iterable[Known], word: str) -> Mention | None:
    """The first body of those known that an abbreviation stands for: MoD for the Ministry of Defence."""
    for one in known:
        words = one.claimant.name.replace("-", " ").split()
        every = "".join(word[0] for word in words).lower()
        capitals = "".join(word[0] for word in words if word[0].isupper()).lower()
        if len(words) > 1 and (every.endswith(word) or capitals.endswith(word)):
            return one.claimant
    return None


def gender_of(pronoun: str) -> str:
    """Which of he and she a pronoun is a form of; itself where it is of neither."""
    return "she" if pronoun in WOMEN else "he" if pronoun in MEN else pronoun


def kind_behind(line: Line, comma: int) -> PhraseKind:
    """What the words behind a name tell it is: `X, which …`, `X, a group that …`, `X, a baker, …`."""
    if line.at(comma) != ",":
        return PhraseKind.NAME
    if line.at(comma + 1) in ("which", "who"):
        return PhraseKind.BODY if line.low[comma + 1] == "which" else PhraseKind.PERSON
    kinds = [report_words().nouns.get(word) for word in line.low[comma + 2 : comma + 6]]
    known = next((kind for kind in kinds if kind in ("person", "body")), None)
    return PhraseKind(known) if known and line.low[comma + 1] in ("a", "an") else PhraseKind.NAME
