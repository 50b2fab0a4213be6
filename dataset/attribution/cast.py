"""The cast of an article: who has been named so far, so that `he`, `the ministry` and short names can be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from dataset.agents import agent, find_agent
from dataset.attribution.names import leading_name, main_subject
from dataset.attribution.phrases import (
    DEMONYM_ENDINGS,
    PARTICLES,
    TITLES,
    Line,
    Phrase,
    PhraseKind,
    bare,
    kind_of_name,
    quotable,
    text_of,
)
from dataset.attribution.words import report_words
from dataset.lexer import TokenKind
from dataset.model import Mention
from dataset.vocabulary import vocabulary

_ARTICLES = frozenset("the a an this that these".split())
_NEAR, _FAR = 1, 2  # paragraphs back that `it` and `the ministry` reach, and that `he` does
_UNNAMED = frozenset("author writer source witness expert analyst man woman soldier".split())
_OBLIQUE = frozenset("his him her its them their".split())
_STATELY = frozenset("government parliament president country court state police".split())  # each its own, named or not
_OFFICES = TITLES | {"president", "prime", "minister", "chancellor"}
_LEADING = TITLES | {"prime", "deputy", "former", "foreign", "defence", "defense", "interior", "finance", "vice"}
_WOMEN = frozenset("ms mrs miss madam lady queen princess mother wife sister daughter widow she her".split())
_MEN = frozenset("mr sir lord king prince father husband brother son widower he his him".split())


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who has spoken, or stood at the head of a sentence."""

    claimant: Mention
    kind: PhraseKind
    plural: bool
    paragraph: int
    document: str = ""  # the noun of the document the words came from
    speaks: bool = True


class Cast:
    """Everybody named so far; filled in reading order."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self._first: dict[str, str] = {}  # full names by their first word
        self._gender: dict[str, str] = {}  # by name, where a title or a pronoun has told
        self._known: list[Known] = []

    def add_names(self, line: Line) -> None:
        """Keep the full names of a sentence, by their last word."""
        run, common = 0, vocabulary().function_words
        for index, token in enumerate(line.tokens):
            if token.text[0].isupper() and token.kind is TokenKind.WORD and token.lower not in common:
                run += 1
            elif run:
                self._add_name(line, index - run, index)
                run = 0
        if run:
            self._add_name(line, len(line.low) - run, len(line.low))

    def _add_name(self, line: Line, first: int, last: int) -> None:
        first += line.low[first] in TITLES
        while first < last - 2 and (line.low[first] in report_words().nouns or line.low[first] in _LEADING):
            first += 1
        while first < last - 2 and line.low[first].endswith(DEMONYM_ENDINGS) and last - first > 3:
            first += 1
        if not 2 <= last - first <= 4:
            return
        name = text_of(line, first, last)
        key = bare(line.low[last - 1])
        known = self._full.get(key)
        if known is None:
            self._full[key] = name.removesuffix("’s").removesuffix("'s")
            self._first.setdefault(line.low[first], self._full[key])

    def note(
        self, claimant: Mention, kind: PhraseKind, paragraph: int, document: str = "", *, plural: bool = False
    ) -> None:
        """Remember somebody who speaks."""
        self._known.append(Known(claimant, kind, plural, paragraph, document))

    def note_topic(self, line: Line, paragraph: int) -> Mention | None:
        """Keep whom the sentence begins with, for the pronouns that follow."""
        phrase = leading_name(line, self._full)
        if phrase is None:
            self._note_subject(line, paragraph)
            return None
        own = _claimant(line, phrase)
        meant = own if own.id else (self._full_form(line, phrase, paragraph) or own)
        kind = kind_of_name(meant.name.lower().split(), meant.name)
        topic = _stand_in(own, meant)
        self._tell_gender(topic, set(line.low[phrase.first : phrase.last]))
        self._known.append(Known(topic, kind, plural=False, paragraph=paragraph, speaks=False))
        return topic

    def _note_subject(self, line: Line, paragraph: int) -> None:
        """Keep whom the sentence is about, where it begins with no name."""
        phrase = main_subject(line)
        if phrase is None or phrase.parts:
            return
        own = _claimant(line, phrase)
        resolved = None if own.id else self._full_form(line, phrase, paragraph)
        meant = resolved or own
        named = line.capital(phrase.head) and line.low[phrase.head] not in report_words().nouns
        kind = kind_of_name(meant.name.lower().split(), meant.name) if named else phrase.kind
        plural = not named and line.low[phrase.head].endswith("s")
        topic = _stand_in(own, meant, inferred=resolved is not None and not named)
        self._tell_gender(topic, set(line.low[phrase.first : phrase.last]))
        self._known.append(Known(topic, kind, plural, paragraph, speaks=False))

    def last(self, paragraph: int) -> Known | None:
        """Who spoke last, in this paragraph or the one before."""
        known = next((known for known in reversed(self._known[-12:]) if known.speaks), None)
        return known if known and paragraph - known.paragraph <= _NEAR else None

    def claimants(self, line: Line, phrase: Phrase, paragraph: int) -> tuple[Mention, ...]:
        """Who the phrase names."""
        if phrase.relative is not None:
            meant = self.claimants(line, replace(phrase, relative=None), paragraph)
            stand = line.tokens[phrase.relative]
            return tuple(replace(one, start=stand.start, end=stand.end, inferred=True) for one in meant)
        if phrase.parts:
            return self._all(line, phrase.parts, paragraph)
        if phrase.kind is PhraseKind.DOCUMENT:
            return self._of_document(line, phrase, paragraph)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._of_pronoun(line, phrase, paragraph)
        return (self._named(line, phrase, paragraph),)

    def _all(self, line: Line, phrases: Iterable[Phrase], paragraph: int) -> tuple[Mention, ...]:
        return tuple(one for phrase in phrases for one in self.claimants(line, phrase, paragraph))

    def _of_document(self, line: Line, phrase: Phrase, paragraph: int) -> tuple[Mention, ...]:
        noun = line.low[phrase.head]
        if phrase.owners:
            claimants = self._all(line, phrase.owners, paragraph)
            for one in claimants:
                self.note(one, PhraseKind.BODY, paragraph, noun)
            return claimants
        own = _claimant(line, phrase)
        if phrase.definite:
            for known in reversed(self._known[-12:]):
                if known.document == noun or (
                    paragraph - known.paragraph <= _NEAR and known.kind is PhraseKind.BODY and not known.plural
                ):
                    return (_stand_in(own, known.claimant, inferred=True),)
        return (own,)

    def _of_pronoun(self, line: Line, phrase: Phrase, paragraph: int) -> tuple[Mention, ...]:
        word, own = line.low[phrase.head], _claimant(line, phrase)
        for known in reversed(self._known[-12:]):
            if paragraph - known.paragraph > (_FAR if word in ("he", "she", "him", "his") else _NEAR):
                break
            if _answers(word, known) and self._gender.get(known.claimant.name, word) in (word, _gender(word)):
                self._tell_gender(known.claimant, {word})
                self._known.append(replace(known, paragraph=paragraph))
                return (_stand_in(own, known.claimant, inferred=True),)
        return () if word in _OBLIQUE else (own,)

    def _named(self, line: Line, phrase: Phrase, paragraph: int) -> Mention:
        own, kind = _claimant(line, phrase), phrase.kind
        head = bare(line.low[phrase.head])
        plural = head.endswith("s") and (not line.capital(phrase.head) or head in report_words().nouns)
        resolved = None if own.id else self._full_form(line, phrase, paragraph)
        proper = line.capital(phrase.head) and head not in report_words().nouns  # a short form of the name
        again = resolved is not None and resolved.name == own.name
        claimant = _stand_in(own, resolved, inferred=not (proper or again)) if resolved else own
        if kind is PhraseKind.NAME:
            kind = kind_of_name(claimant.name.lower().split(), claimant.name)
        if kind is PhraseKind.NAME:
            kind = _kind_behind(line, phrase.last)
        self.note(claimant, kind, paragraph, plural=plural)
        self._tell_gender(claimant, set(line.low[phrase.edge : phrase.last]))
        return claimant

    def _tell_gender(self, claimant: Mention, words: set[str]) -> None:
        """Remember what a title or a pronoun says of somebody; whose neighbour they are says nothing."""
        words = words - _OBLIQUE if len(words) > 1 else words
        if not _WOMEN.isdisjoint(words) or not _MEN.isdisjoint(words):
            self._gender[claimant.name] = "she" if not _WOMEN.isdisjoint(words) else "he"

    def mark(self) -> int:
        """How many have been heard so far."""
        return len(self._known)

    def forget(self, mark: int) -> None:
        """Forget those heard since: whom a quotation names speaks in it, not in the article."""
        del self._known[mark:]

    def _full_form(self, line: Line, phrase: Phrase, paragraph: int) -> Mention | None:
        """What a short name or `the ministry` stands for."""
        word = bare(line.low[phrase.head])
        if line.capital(phrase.head) and word not in report_words().nouns:
            return self._full_name(line, phrase, word)
        owned = line.low[phrase.first] in _OBLIQUE  # its commander is somebody new
        if not phrase.definite or phrase.last - phrase.first > 3 or word in _UNNAMED or owned:
            return None
        near = [known for known in reversed(self._known[-12:]) if paragraph - known.paragraph <= _FAR]
        if phrase.last - phrase.first == 3:
            adjective = line.low[phrase.first + 1]
            return next((known.claimant for known in near if _comes_from(known.claimant, adjective)), None)
        for known in near:
            if word in known.claimant.name.lower().split():
                return known.claimant
        if word in _STATELY or word.endswith("men") or (word.endswith("s") and not word.endswith("ss")):
            return None
        named = (known for known in near if not known.claimant.name.islower())  # the mayor is not the minister
        fits = (known for known in named if phrase.kind is known.kind and not known.plural and not _is_state(known))
        return next((known.claimant for known in fits if paragraph - known.paragraph <= _NEAR), None)

    def _full_name(self, line: Line, phrase: Phrase, word: str) -> Mention | None:
        """The full name that a last name or an abbreviation stands for."""
        words = line.low[phrase.first + (line.low[phrase.first] in _ARTICLES) : phrase.last]
        if len(words) > 1 and words[0] not in _OFFICES:
            return None
        if sum(letter.isupper() for letter in line.tokens[phrase.head].text) > 1 and phrase.last - phrase.first <= 2:
            return self._short_form(word)
        full = self._full.get(word) or (self._first.get(word) if not TITLES.isdisjoint(words[:1]) else None)
        return _from_name(full) if full and full.lower() != word else None

    def _short_form(self, word: str) -> Mention | None:
        """The body that an abbreviation stands for: MoD for the Ministry of Defence."""
        for known in reversed(self._known[-40:]):
            words = known.claimant.name.replace("-", " ").split()
            every = "".join(one[0] for one in words).lower()
            capitals = "".join(one[0] for one in words if one[0].isupper()).lower()
            if len(words) > 1 and (every.endswith(word) or capitals.endswith(word)):
                return known.claimant
        return None


def _gender(pronoun: str) -> str:
    """Which of he and she a pronoun is a form of; itself where it is of neither."""
    return "she" if pronoun in _WOMEN else "he" if pronoun in _MEN else pronoun


def _kind_behind(line: Line, comma: int) -> PhraseKind:
    """What the words behind a name tell it is: `X, which …`, `X, a group that …`, `X, a baker, …`."""
    if line.at(comma) != ",":
        return PhraseKind.NAME
    if line.at(comma + 1) in ("which", "who"):
        return PhraseKind.BODY if line.low[comma + 1] == "which" else PhraseKind.PERSON
    kinds = [report_words().nouns.get(word) for word in line.low[comma + 2 : comma + 6]]
    known = next((kind for kind in kinds if kind in ("person", "body")), None)
    return PhraseKind(known) if known and line.low[comma + 1] in ("a", "an") else PhraseKind.NAME


def _is_state(known: Known) -> bool:
    """Whether it is a country or its government, which `the agency` and `the military` do not mean."""
    return bool(known.claimant.id) and agent(str(known.claimant.id)).kind in ("country", "region", "government")


def _comes_from(claimant: Mention, adjective: str) -> bool:
    """Whether a person known to the vocabulary is of the land that the adjective means."""
    entry = agent(claimant.id) if claimant.id else None
    return bool(entry and entry.kind == "person" and entry.parent and entry.parent[:4] == adjective[:4])


def is_body(claimant: Mention) -> bool:
    """Whether the claimant is an organisation, a state or an office rather than a person."""
    entry = agent(claimant.id) if claimant.id else None
    if entry:
        return entry.kind != "person"
    return kind_of_name(claimant.name.lower().split(), claimant.name) is PhraseKind.BODY


def _claimant(line: Line, phrase: Phrase) -> Mention:
    first = phrase.first
    if line.low[first] in _ARTICLES and first + 1 < phrase.last:
        first += 1
    if line.capital(phrase.last - 1) and line.low[phrase.head] not in report_words().nouns:
        first = _name_start(line, first, phrase.last)
    first = quotable(line, first, phrase.last)
    name = text_of(line, first, phrase.last)
    stem = name.removesuffix("’s").removesuffix("'s")
    start = line.tokens[first].start
    end = line.tokens[phrase.last - 1].end - (len(name) - len(stem))
    return Mention(_identify(stem), stem, start, end)


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
        titled = len(words) - first > 1 or bool({word.lower().strip(".") for word in words[:first]} & _OFFICES)
        if entry and entry.kind == "person" and titled:
            return entry.id
    return None


def _from_name(name: str) -> Mention:
    return Mention(_identify(name), name)


def _stand_in(own: Mention, meant: Mention, *, inferred: bool = False) -> Mention:
    """Who is meant, standing where the short form stands."""
    return Mention(meant.id, meant.name, own.start, own.end, inferred)


def _answers(pronoun: str, known: Known) -> bool:
    if pronoun in ("he", "she", "his", "her", "him", "i"):
        return known.kind in (PhraseKind.PERSON, PhraseKind.NAME) and not known.plural
    if pronoun in ("it", "its"):
        return known.kind in (PhraseKind.BODY, PhraseKind.NAME, PhraseKind.DOCUMENT) and not known.plural
    if pronoun in ("they", "their", "them"):
        return known.plural or known.kind is PhraseKind.BODY
    return True
