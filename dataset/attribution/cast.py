"""The cast of an article: who has been named so far, so that `he`, `the ministry` and short names can be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile

from dataset.attribution.mentions import (
    ARTICLES,
    MEN,
    OFFICES,
    WOMEN,
    Known,
    abbreviated,
    answers,
    comes_from,
    gender_of,
    is_state,
    kind_behind,
    may_be,
    mention_of,
    read_mention,
    stand_in,
)
from dataset.attribution.names import leading_name, main_subject
from dataset.attribution.phrases import (
    DEMONYM_ENDINGS,
    TITLES,
    Line,
    Phrase,
    PhraseKind,
    bare,
    kind_of_name,
    text_of,
)
from dataset.attribution.subjects import is_plural
from dataset.attribution.words import report_words
from dataset.lexer import TokenKind
from dataset.model import Mention
from dataset.vocabulary import vocabulary

_TITLED = 4  # tokens of a title in front of a name
_APPOSITION = 8  # tokens
_GENERAL = frozenset(
    "group organisation organization company agency firm body union institute network outlet paper newspaper party "
    "movement bloc man woman official spokesman spokeswoman spokesperson leader politician".split()
)
_NEAR, _FAR = 1, 2  # paragraphs back that `it` and `the ministry` reach, and that `he` does
_UNNAMED = frozenset("author writer source witness expert analyst man woman soldier".split())
_OBLIQUE = frozenset("his him her its them their".split())
_STATELY = frozenset("government parliament president country court state police".split())  # each its own, named or not
_LEADING = TITLES | {"prime", "deputy", "former", "foreign", "defence", "defense", "interior", "finance", "vice"}


class Cast:
    """Everybody named so far; filled in reading order."""

    def __init__(self) -> None:
        self._full: dict[str, str] = {}
        self._first: dict[str, str] = {}  # full names by their first word
        self._roles: dict[str, frozenset[str]] = {}  # by name
        self._gender: dict[str, str] = {}  # by name, where a title or a pronoun has told
        self._known: list[Known] = []
        self.topic: Mention | None = None  # whom the sentence is about

    def add_names(self, line: Line) -> None:
        """Keep the full names of a sentence, by their last word; where all words have capitals, none can be told."""
        words = [token for token in line.tokens if token.kind is TokenKind.WORD and len(token.text) > 3]
        if len(words) > 2 and all(token.capitalised for token in words):
            return
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
        self._add_roles(line, first, last)
        name = text_of(line, first, last)
        key = bare(line.low[last - 1])
        known = self._full.get(key)
        if known is None:
            self._full[key] = name.removesuffix("’s").removesuffix("'s")
            self._first.setdefault(line.low[first], self._full[key])

    def _add_roles(self, line: Line, first: int, last: int) -> None:
        """Keep the nouns beside a full name that say what somebody is: envoy X, X, a baker."""
        words: list[str] = []
        for at in range(first - 1, max(-1, first - 1 - _TITLED), -1):
            if line.is_break(at) or line.low[at] in vocabulary().function_words:
                break
            words.append(line.low[at])
        if line.at(last) == "," and line.at(last + 1) in ("a", "an", "the"):
            behind = line.low[last + 1 : last + 1 + _APPOSITION]
            words += behind[: behind.index(",") if "," in behind else 0]
        roles = {word for word in words if report_words().nouns.get(word) == "person"}
        if roles:
            name = text_of(line, first, last).removesuffix("’s").removesuffix("'s")
            self._roles[name] = self._roles.get(name, frozenset()) | roles

    def note(
        self, claimant: Mention, kind: PhraseKind, paragraph: int, document: str = "", *, plural: bool = False
    ) -> None:
        """Remember somebody who speaks."""
        roles = self._roles.get(claimant.name, frozenset())
        self._known.append(Known(claimant, kind, plural, paragraph, document, roles=roles))

    def note_topic(self, line: Line, paragraph: int) -> Mention | None:
        """Keep whom the sentence begins with, for the pronouns that follow."""
        self.topic = None
        phrase = leading_name(line, self._full)
        if phrase is None:
            self._note_subject(line, paragraph)
            return None
        own = read_mention(line, phrase)
        meant = own if own.id else (self._full_form(line, phrase, paragraph) or own)
        kind = kind_of_name(meant.name.lower().split(), meant.name)
        topic = stand_in(own, meant)
        self._describe(line, phrase, topic)
        roles = self._roles.get(topic.name, frozenset())
        self._known.append(Known(topic, kind, plural=False, paragraph=paragraph, speaks=False, roles=roles))
        self.topic = topic
        return topic

    def _note_subject(self, line: Line, paragraph: int) -> None:
        """Keep whom the sentence is about, where it begins with no name."""
        phrase = main_subject(line, self._full)
        if phrase is None or phrase.parts:
            return
        own = read_mention(line, phrase)
        resolved = None if own.id else self._full_form(line, phrase, paragraph)
        meant = resolved or own
        named = line.capital(phrase.head) and line.low[phrase.head] not in report_words().nouns
        kind = kind_of_name(meant.name.lower().split(), meant.name) if named else phrase.kind
        plural = not named and is_plural(line, phrase)
        topic = stand_in(own, meant, inferred=resolved is not None and not named)
        self._describe(line, phrase, topic)
        roles = self._roles.get(topic.name, frozenset())
        self._known.append(Known(topic, kind, plural, paragraph, speaks=False, roles=roles))
        self.topic = topic

    def last(self, paragraph: int) -> Known | None:
        """Who spoke last, in this paragraph or the one before."""
        known = next((known for known in reversed(self._known[-12:]) if known.speaks), None)
        return known if known and paragraph - known.paragraph <= _NEAR else None

    def claimants(self, line: Line, phrase: Phrase, paragraph: int, *, behind: bool = False) -> tuple[Mention, ...]:
        """Who the phrase names; `behind` tells that it stands behind what is said: `…, it said`."""
        if phrase.relative is not None:
            meant = self.claimants(line, replace(phrase, relative=None), paragraph)
            stand = line.tokens[phrase.relative]
            return tuple(replace(one, start=stand.start, end=stand.end, inferred=True) for one in meant)
        if phrase.parts:
            return self._all(line, phrase.parts, paragraph)
        told = self.topic.name if self.topic and behind else ""
        if phrase.kind is PhraseKind.DOCUMENT:
            return self._of_document(line, phrase, paragraph, told)
        if phrase.kind is PhraseKind.PRONOUN:
            return self._of_pronoun(line, phrase, paragraph, told)
        return (self._named(line, phrase, paragraph),)

    def _all(self, line: Line, phrases: Iterable[Phrase], paragraph: int) -> tuple[Mention, ...]:
        return tuple(one for phrase in phrases for one in self.claimants(line, phrase, paragraph))

    def _of_document(self, line: Line, phrase: Phrase, paragraph: int, told: str) -> tuple[Mention, ...]:
        """Whose document it is; hardly that of `told`, of whom it tells."""
        noun = line.low[phrase.head]
        if phrase.owners:
            claimants = self._all(line, phrase.owners, paragraph)
            for one in claimants:
                self.note(one, PhraseKind.BODY, paragraph, noun)
            return claimants
        own = read_mention(line, phrase)
        if phrase.definite:
            for known in reversed(self._known[-12:]):
                if known.document == noun or (
                    paragraph - known.paragraph <= _NEAR
                    and known.kind is PhraseKind.BODY
                    and not known.plural
                    and known.claimant.name != told
                ):
                    return (stand_in(own, known.claimant, inferred=True),)
        return (own,)

    def _of_pronoun(self, line: Line, phrase: Phrase, paragraph: int, told: str) -> tuple[Mention, ...]:
        """Whom the pronoun means; rather somebody else than `told`, whom that tells of which is said."""
        word, own = line.low[phrase.head], read_mention(line, phrase)
        reach = _FAR if word in ("he", "she", "him", "his") else _NEAR
        near = takewhile(lambda known: paragraph - known.paragraph <= reach, reversed(self._known[-12:]))
        meant = [known for known in near if answers(word, known) and self._agrees(word, known)]
        if meant:
            known = next((known for known in meant if known.claimant.name != told), meant[0])
            self._tell_gender(known.claimant, {word})
            self._known.append(replace(known, paragraph=paragraph))
            return (stand_in(own, known.claimant, inferred=True),)
        return () if word in _OBLIQUE else (own,)

    def _agrees(self, word: str, known: Known) -> bool:
        """Whether nothing told so far speaks against the gender of the pronoun."""
        return self._gender.get(known.claimant.name, word) in (word, gender_of(word))

    def _named(self, line: Line, phrase: Phrase, paragraph: int) -> Mention:
        own, kind = read_mention(line, phrase), phrase.kind
        head = bare(line.low[phrase.head])
        plural = head.endswith("s") and (not line.capital(phrase.head) or head in report_words().nouns)
        resolved = None if own.id else self._full_form(line, phrase, paragraph)
        proper = line.capital(phrase.head) and head not in report_words().nouns  # a short form of the name
        again = resolved is not None and resolved.name == own.name
        claimant = stand_in(own, resolved, inferred=not (proper or again)) if resolved else own
        if kind is PhraseKind.NAME:
            kind = kind_of_name(claimant.name.lower().split(), claimant.name)
        if kind is PhraseKind.NAME:
            kind = kind_behind(line, phrase.last)
        self._describe(line, phrase, claimant)
        self.note(claimant, kind, paragraph, plural=plural)
        return claimant

    def _describe(self, line: Line, phrase: Phrase, claimant: Mention) -> None:
        """Remember what stands beside a name: its title, its gender, and what an apposition says they are."""
        words = line.low[phrase.edge : phrase.last]
        self._tell_gender(claimant, set(words))
        if line.at(phrase.last) == ",":
            behind = line.low[phrase.last + 1 : phrase.last + 1 + _APPOSITION]
            words = words + behind[: behind.index(",") if "," in behind else len(behind)]
        roles = {bare(word) for word in words} & report_words().nouns.keys()
        self._roles[claimant.name] = self._roles.get(claimant.name, frozenset()) | roles

    def _tell_gender(self, claimant: Mention, words: set[str]) -> None:
        """Remember what a title or a pronoun says of somebody; whose neighbour they are says nothing."""
        words = words - _OBLIQUE if len(words) > 1 else words
        if not WOMEN.isdisjoint(words) or not MEN.isdisjoint(words):
            self._gender[claimant.name] = "she" if not WOMEN.isdisjoint(words) else "he"

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
            return next((known.claimant for known in near if comes_from(known.claimant, adjective)), None)
        for known in near:
            if word in known.claimant.name.lower().split() or (word in known.roles and not known.plural):
                return known.claimant
        holders = [name for name, roles in self._roles.items() if word in roles]
        return mention_of(holders[0]) if len(holders) == 1 else self._likely(near, phrase, word, paragraph)

    def _likely(self, near: list[Known], phrase: Phrase, word: str, paragraph: int) -> Mention | None:
        """Who `the group` may stand for though nothing has said that they are one."""
        if word in _STATELY or word.endswith("men") or (word.endswith("s") and not word.endswith("ss")):
            return None
        named = (known for known in near if not known.claimant.name.islower())  # the mayor is not the minister
        fits = (known for known in named if phrase.kind is known.kind and not known.plural and not is_state(known))
        likely = (known for known in fits if (not known.roles or word in _GENERAL) and may_be(known, word))
        return next((known.claimant for known in likely if paragraph - known.paragraph <= _NEAR), None)

    def _full_name(self, line: Line, phrase: Phrase, word: str) -> Mention | None:
        """The full name that a last name or an abbreviation stands for."""
        words = line.low[phrase.first + (line.low[phrase.first] in ARTICLES) : phrase.last]
        if len(words) > 1 and words[0] not in OFFICES:
            return None
        if sum(letter.isupper() for letter in line.tokens[phrase.head].text) > 1 and phrase.last - phrase.first <= 2:
            return abbreviated(reversed(self._known[-40:]), word)
        full = self._full.get(word) or (self._first.get(word) if not TITLES.isdisjoint(words[:1]) else None)
        return mention_of(full) if full and full.lower() != word else None
