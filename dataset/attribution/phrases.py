"""Noun phrases of one sentence, read from words and shape alone: who or what their head says they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from dataset.agents import find_agent
from dataset.attribution.words import report_words
from dataset.lexer import Token, TokenKind
from dataset.model import EXACT_LIMIT

_BREAKS = frozenset(',;:!?()[]>"“”„«»‘|•…')
FINITE = frozenset("is are was were has have had will would can could may might must should do does did".split())
PREPOSITIONS = frozenset(
    "in on at with from by for about after before to against over under since during into between among through near "
    "despite following within without outside inside across around amid upon per via like including".split()
)
DETERMINERS = frozenset("the a an this that these those its his her their our my your another each every".split())
_DEFINITE = frozenset("the this that its his her their these those".split())
PRONOUNS = frozenset("he she they it who we i you which".split())
OPENERS = frozenset(
    "however meanwhile also later earlier still moreover additionally then now yesterday today indeed and but or so "
    "yet instead overall again separately furthermore besides nevertheless last this next ago recently here there once "
    "too "
    "thus therefore while although though as because if when where that even both > - – — ,".split()
)
PARTICLES = frozenset("of for and the de da di du la le van von der den bin al el ul y".split())
TITLES = frozenset("mr mrs ms miss dr sen rep gov gen col lt sgt prof capt maj sir lord lady".split())
_TIMES = frozenset(
    "this last week month year day night morning evening afternoon summer spring autumn winter weekend".split()
)
_SUFFIXES = frozenset("led era run wide born made held type only bred like free day year old man men time long".split())
DEMONYM_ENDINGS = tuple("ian ish ese ean can eli aqi ani ench rman utch wiss zech reek abi".split())


class PhraseKind(StrEnum):
    """What the head of a phrase says it is."""

    PERSON = "person"
    BODY = "body"
    DOCUMENT = "document"
    NAME = "name"  # capitalised, of unknown kind
    PRONOUN = "pronoun"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase: token indices, half-open.

    `edge` is where it begins with all that leads up to it; `head` indexes its main noun. `owners` are those whose
    document it is; `parts` the members of an enumeration.
    """

    edge: int
    first: int
    last: int
    head: int
    kind: PhraseKind
    definite: bool = False
    owners: tuple[Phrase, ...] = ()
    relative: int | None = None  # index of the `who` that stands for it
    parts: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """The tokens of one sentence; `low` has them in lower case, `quoted` the number of their quotation, 0 for none."""

    tokens: Sequence[Token]
    low: list[str]
    quoted: list[int]

    def is_break(self, index: int) -> bool:
        """Whether no phrase runs across the token."""
        token = self.tokens[index]
        if token.kind is TokenKind.DASH:
            return not (
                token.glued and index + 1 < len(self.tokens) and self.tokens[index + 1].glued and token.text != "—"
            )
        if token.kind is not TokenKind.MARK:
            return False
        if token.text == ".":
            return index + 1 >= len(self.tokens) or self.tokens[index + 1].kind in (TokenKind.MARK, TokenKind.DASH)
        return token.text in _BREAKS or (token.text in "'’" and self.quoted[index] > 0)

    def at(self, index: int) -> str:
        """The lower-case token, or nothing beyond the ends."""
        return self.low[index] if 0 <= index < len(self.low) else ""

    def capital(self, index: int) -> bool:
        """Whether a capitalised word stands there."""
        token = self.tokens[index]
        if token.kind not in (TokenKind.WORD, TokenKind.CODE):
            return False
        if token.text[0].isupper():
            return True
        # the second half of a given name: Ki-moon, Soo-ah
        half = index > 1 and token.glued and self.tokens[index - 1].text == "-" and token.lower not in _SUFFIXES
        return half and len(token.text) <= 4 and self.tokens[index - 2].text[0].isupper()


def read_phrase(line: Line, first: int, last: int, *, leading: bool = True) -> Phrase | None:
    """Read the phrase between two indices; `leading` steps over what may stand before a subject."""
    edge = first
    if leading:
        first = _skip_openers(line, first, last)
    if first >= last:
        return None
    joint = _joint(line, first, last)
    if joint is None:
        return read_group(line, edge, first, last)
    left = read_group(line, edge, first, joint)
    right = read_group(line, joint + 1, joint + 1, last)
    if right is None or left is None or left.kind is PhraseKind.OTHER or right.kind is PhraseKind.OTHER:
        return right if left is None or left.kind is PhraseKind.OTHER else left
    return Phrase(edge, left.first, right.last, right.head, right.kind, right.definite, parts=(left, right))


def _joint(line: Line, first: int, last: int) -> int | None:
    """Index of the `and` that joins two claimants; one inside a name (Department of Health and Safety) joins none."""
    for index in range(last - 2, first, -1):
        if line.low[index] in ("and", "or"):
            if not {"by", "from"}.isdisjoint(line.low[first:index]):
                return None  # figures compiled by X and Y
            if _is_shared(line, first, index):
                return None
            inside_name = line.capital(index - 1) and line.capital(index + 1) and "of" in line.low[first:index]
            return None if inside_name or find_agent(text_of(line, first, last)) else index
    return None


def _is_shared(line: Line, first: int, joint: int) -> bool:
    """Whether those joined share a plural noun: the governments of X and Y."""
    of = next((at for at in range(first + 1, joint) if line.low[at] == "of"), None)
    return of is not None and not line.capital(of - 1) and line.low[of - 1].endswith("s")


def _skip_openers(line: Line, first: int, last: int) -> int:
    days = report_words().days
    while first < last and (line.low[first] in OPENERS or line.low[first] in days or _is_manner(line, first)):
        first += 1
    if first < last and line.low[first] in PREPOSITIONS:
        return first + 1 if line.low[first] == "with" else _last_group(line, first + 1, last)
    return first


def _is_manner(line: Line, index: int) -> bool:
    return line.low[index].endswith("ly") and not (line.capital(index) and index > 0)


def _last_group(line: Line, first: int, last: int) -> int:
    """Where the last group of nouns begins, behind a preposition that only sets the scene."""
    begin = last
    while begin > first:
        word = line.low[begin - 1]
        if word in PREPOSITIONS or word in report_words().days or line.tokens[begin - 1].kind is TokenKind.NUMBER:
            break
        begin -= 1
        if word in DETERMINERS:
            break
    return begin


def read_group(line: Line, edge: int, first: int, last: int) -> Phrase | None:
    """Read one group of nouns with what depends on it; `edge` is where all that leads up to it begins."""
    if first >= last:
        return None
    end = first + 1
    while end < last and not _ends_group(line, end):
        end += 1
    head = _head(line, first, end)
    kind = _kind(line, first, head, end)
    definite = line.low[first] in _DEFINITE
    if kind is PhraseKind.DOCUMENT:
        return Phrase(edge, first, head + 1, head, kind, definite, _owners(line, first, head, last))
    return Phrase(edge, first, end, head, kind, definite)


def _ends_group(line: Line, index: int) -> bool:
    """Whether a group of nouns is over before `index`."""
    word = line.low[index]
    if word in report_words().days and word not in ("may", "march"):
        return line.at(index + 1) not in report_words().nouns  # but: the Sunday report
    if word in ("last", "this", "next", "just", "earlier") and line.at(index + 1) in _TIMES | report_words().days:
        return True
    if word in PREPOSITIONS:
        return not _is_in_name(line, index)
    if word.endswith(("ed", "ing")) and not line.capital(index) and line.low[index - 1] not in DETERMINERS:
        return line.capital(index - 1) or line.low[index - 1] in report_words().nouns
    return False


def _is_in_name(line: Line, index: int) -> bool:
    """Whether the preposition stands inside a name: Centre for X, Council on Y."""
    ahead = index + 1 + (line.at(index + 1) == "the")
    if ahead >= len(line.low) or not line.capital(index - 1) or not line.capital(ahead):
        return False
    word, before = line.low[index], line.low[index - 1]
    return word == "for" or (word == "on" and before in ("council", "committee", "commission", "conference"))


def _head(line: Line, first: int, end: int) -> int:
    """Index of the main noun: the last before `of`, else the last."""
    for index in range(first + 1, end):
        if line.low[index] == "of":
            owned = any(line.low[at].endswith("'s") for at in range(index, end - 1))  # the Ministry of X's figures
            return end - 1 if owned else index - 1
    return end - 1


def _kind(line: Line, first: int, head: int, end: int) -> PhraseKind:
    nouns, word = report_words().nouns, bare(line.low[head])
    if word in PRONOUNS:
        return PhraseKind.PRONOUN
    if word in nouns and (not line.capital(head) or head == 0):
        return PhraseKind(nouns[word])
    if not line.capital(head):
        return PhraseKind.OTHER
    if len(word) > 3 and head == first and word.endswith(DEMONYM_ENDINGS) and not find_agent(line.tokens[head].text):
        return PhraseKind.OTHER
    return kind_of_name([bare(line.low[index]) for index in range(first, end)], text_of(line, first, end))


def kind_of_name(words: Sequence[str], name: str) -> PhraseKind:
    """Whether a capitalised name is a person's or a body's, as far as its words tell."""
    entry, nouns = find_agent(name), report_words().nouns
    if entry:
        return PhraseKind.PERSON if entry.kind == "person" else PhraseKind.BODY
    if len(words) == 1 and len(name) > 1 and name.isupper():
        return PhraseKind.BODY
    if "of" in words[1:]:
        words = words[: words.index("of", 1)]  # Jan Holm of the harbour office is a person
    head = words[-1]
    if nouns.get(head) in ("person", "body"):
        return PhraseKind(nouns[head])
    kinds = {nouns[word] for word in words if word in nouns}
    if "person" in kinds:
        return PhraseKind.PERSON
    return PhraseKind.BODY if "body" in kinds else PhraseKind.NAME


def _owners(line: Line, first: int, head: int, last: int) -> tuple[Phrase, ...]:
    """Whose report or figures the document is."""
    for index in range(head - 1, first - 1, -1):
        timely = bare(line.low[index]) in _TIMES | report_words().days | {"today", "yesterday"}
        if timely:
            continue  # last week’s report
        if line.low[index].endswith(("'s", "s'")) or (line.low[index] in "'’" and line.low[index - 1].endswith("s")):
            return _parts(read_group(line, first, first, index + 1))
    for word in ("by", "from", "of"):
        for index in range(head + 1, last):
            if line.low[index] == word and index + 1 < last:
                owner = read_phrase(line, index + 1, last, leading=False)
                if owner and owner.kind not in (PhraseKind.OTHER, PhraseKind.DOCUMENT, PhraseKind.PRONOUN):
                    return _parts(owner)
    return _owner_in_front(line, first, head)


def _parts(phrase: Phrase | None) -> tuple[Phrase, ...]:
    return (phrase.parts or (phrase,)) if phrase else ()


def _owner_in_front(line: Line, first: int, head: int) -> tuple[Phrase, ...]:
    """The name in front of the noun: the Eurostat database; a mere adjective (Ukrainian updates) keeps its noun."""
    days = report_words().days
    while first < head and not (line.capital(first) and line.low[first] not in DETERMINERS | days):
        first += 1
    if first >= head:
        return ()
    for end in range(head, first, -1):
        if entry := find_agent(text_of(line, first, end)):
            kind = PhraseKind.PERSON if entry.kind == "person" else PhraseKind.BODY
            return (Phrase(first, first, end, end - 1, kind),)
    return (Phrase(first, first, head + 1, head, PhraseKind.BODY),) if first > 0 else ()


def text_of(line: Line, first: int, last: int) -> str:
    """The words of the phrase with a single space where the text has white space."""
    return "".join(("" if token.glued else " ") + token.text for token in line.tokens[first:last]).strip()


def quotable(line: Line, first: int, last: int) -> int:
    """Index from which the words up to `last` are short enough to be quoted: a name is not longer."""
    while first < last - 1 and line.tokens[last - 1].end - line.tokens[first].start > EXACT_LIMIT:
        first += 1
    return first


def bare(word: str) -> str:
    """The word without a possessive ending."""
    return word.removesuffix("'s")
