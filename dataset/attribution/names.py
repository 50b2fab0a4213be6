"""Noun phrases that may name who says something: those beside a cue, and those that begin a sentence."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace

from dataset.agents import find_agent
from dataset.attribution.phrases import (
    DETERMINERS,
    FINITE,
    OPENERS,
    PARTICLES,
    PREPOSITIONS,
    PRONOUNS,
    TITLES,
    Line,
    Phrase,
    PhraseKind,
    bare,
    read_group,
    read_phrase,
)
from dataset.attribution.words import report_words
from dataset.lexer import TokenKind
from dataset.vocabulary import vocabulary

REACH = 40  # tokens; a phrase longer than this is no name
_STOPS = frozenset(
    "but because although though while whereas if when where that which who whom whose what how why whether as than "
    "until unless so nor after before since is are was were be been being am has have had will would can could may "
    "might must shall should do does did said told says it he she they".split()
)
_SHORT = 3  # tokens
_OWNERS = frozenset("its his her their".split())
_VERBS = FINITE | {"said"}
_COMMON_ENDINGS = tuple("s ment tion sion ity ance ence ness ship".split())
_SUBORDINATORS = frozenset("while although though as because if when where that after before since once".split())


def phrase_before(line: Line, end: int) -> Phrase | None:
    """The noun phrase that ends before the token `end`; an apposition between commas is stepped over."""
    last = end - 1
    if line.at(last) == ")":
        last = _seek(line, last, "(") - 1
    if last < 0:
        return None
    if line.low[last] in (",", "—", "–", "-") and line.is_break(last):
        return _before_apposition(line, last, 3)
    return _region_before(line, last)


def _seek(line: Line, index: int, mark: str) -> int:
    for at in range(index, max(-1, index - REACH), -1):
        if line.low[at] == mark:
            return at
    return -1


def _region_before(line: Line, last: int) -> Phrase | None:
    if line.is_break(last):
        return None
    first = last
    while first > 0 and last - first < REACH and line.low[last] not in PRONOUNS and not _stops(line, first - 1):
        first -= 1
    for index in range(last, first, -1):
        if line.low[index] in DETERMINERS and not _joins(line.low[index - 1]):
            return read_phrase(line, index, last + 1)  # two phrases side by side: the first time | the ministry
    named = _named(line, first, last)
    return replace(named, edge=first) if named else read_phrase(line, first, last + 1)


def _named(line: Line, first: int, last: int) -> Phrase | None:
    """The name that `a baker from Norby named Jan` gives at its end."""
    for index in range(last - 1, max(first, last - 4), -1):
        if line.low[index] == "named":
            return read_phrase(line, index + 1, last + 1, leading=False) if line.capital(index + 1) else None
    return None


def _joins(word: str) -> bool:
    joint = word in PREPOSITIONS or word in OPENERS or word in report_words().days
    return joint or word in ("of", "or", "all", "both", "half", "to", "not")


def _stops(line: Line, index: int) -> bool:
    word = line.low[index]
    if word in _STOPS or line.is_break(index) or (word == "to" and line.at(index - 1) == "according"):
        return True
    return word.endswith("ed") and word in report_words().verbs


def _before_apposition(line: Line, comma: int, depth: int) -> Phrase | None:
    """The phrase whose apposition ends at the comma, or the name that stands in it."""
    opening = comma - 1
    while opening > 0 and comma - opening < REACH and line.low[opening] not in (",", "—", "–", "(", ";"):
        opening -= 1
    if opening <= 0 or line.low[opening] not in (",", "—", "–") or opening + 1 >= comma or depth == 0:
        return None
    if _is_clause(line, opening + 1, comma):
        return None
    inner = read_phrase(line, opening + 1, comma)
    outer = phrase_before(line, opening) if line.low[opening - 1] != "," else None
    if (
        inner
        and is_proper(line, inner)
        and not _begins_remark(line, opening + 1)
        and _may_be_named(line, outer, full=inner.last - inner.first > 1)
    ):
        named = replace(inner, kind=PhraseKind.NAME) if inner.kind is PhraseKind.OTHER else inner
        return replace(named, edge=outer.edge) if outer else named
    if outer and not is_proper(line, outer) and outer.edge and line.low[outer.edge - 1] == ",":
        return _before_apposition(line, opening, depth - 1) or outer
    return outer


def _may_be_named(line: Line, outer: Phrase | None, *, full: bool) -> bool:
    """Whether the phrase before the comma leaves the name to what follows: the mayor, | Jan Holm.

    `full` tells that the name is of more than one word.
    """
    if outer is None:
        return True
    if outer.kind is PhraseKind.OTHER and not is_proper(line, outer):
        if full and line.low[outer.first] == "the" and outer.last - outer.first <= _SHORT:
            return True  # the abbot, | Jan Holm
        nouns, words = report_words().nouns, line.low[outer.first : outer.last]
        told = words[0] in ("a", "an") and any(nouns.get(word) in ("person", "body") for word in words)
        return told or words[0] in _OWNERS  # a group I know, | Norby Watch; its owner, | Norby Lines
    return outer.kind in (PhraseKind.PERSON, PhraseKind.BODY) and not is_proper(line, outer)


def _is_clause(line: Line, first: int, last: int) -> bool:
    """Whether a finite verb stands between the commas, so that they hold no apposition."""
    if line.low[first] in ("who", "which", "whose", "whom", "where"):
        return False
    return any(line.low[index] in _VERBS for index in range(first, last))


def _begins_remark(line: Line, index: int) -> bool:
    word = line.low[index]
    return word in DETERMINERS or word in ("who", "which", "whose") or not line.capital(index)


def phrase_after(line: Line, begin: int) -> Phrase | None:
    """The noun phrase that begins at the token; a name in apposition to a role stands for it."""
    last = begin
    while last < len(line.low) and last - begin < REACH and not _stops_after(line, last):
        last += 1
    found = read_phrase(line, begin, last, leading=False) if last > begin else None
    if found is None or is_proper(line, found) or found.kind not in (PhraseKind.PERSON, PhraseKind.BODY):
        return found
    return _apposition_after(line, last) or found


def _stops_after(line: Line, index: int) -> bool:
    word = line.low[index]
    return line.is_break(index) or (word in _STOPS and word not in PRONOUNS) or word in ("who", "which")


def _apposition_after(line: Line, comma: int) -> Phrase | None:
    if line.at(comma) != ",":
        return None
    last = comma + 1
    while last < len(line.low) and (line.capital(last) or (last > comma + 1 and _links(line, last))):
        last += 1
    if last == comma + 1 or not (last >= len(line.low) or line.is_break(last)):
        return None
    return read_phrase(line, comma + 1, last, leading=False)


def leading_name(line: Line, known: Container[str]) -> Phrase | None:
    """The name that the sentence begins with, behind its openers; of a single word where that is `known`."""
    first, size = 0, len(line.low)
    while first < size and (line.low[first] in OPENERS or line.low[first] in report_words().days):
        first += 1
    if first < size and (line.low[first] in PREPOSITIONS or (first and line.low[first - 1] in _SUBORDINATORS)):
        first = next((at + 1 for at in range(first, min(first + 25, size)) if line.low[at] == ","), size)
    first += first < size and line.low[first] == "the"
    last = first
    while last < size and not line.quoted[last] and (line.capital(last) or _links(line, last)):
        last += 1
    while last > first and line.low[last - 1] in PARTICLES and not line.capital(last - 1):
        last -= 1  # Many of the | men
    if (
        last == first
        or (first == 0 and last == 1 and not (_is_introduced(line) or _is_known(line, known)))
        or line.low[first] in PRONOUNS
    ):
        return None
    if line.low[last - 1].endswith("'s"):
        return None
    return read_group(line, first, first, last)


def main_subject(line: Line, known: Container[str]) -> Phrase | None:
    """Who or what the first finite verb of the sentence is told of: In Norby, a nurse | held up a list.

    `known` holds the words that are names wherever they stand.
    """
    for index in range(1, min(len(line.low), REACH)):
        if line.quoted[index] or line.low[index] in (":", ";"):
            return None
        if _is_verb(line, index):
            found = phrase_before(line, index)
            if found is None or found.kind not in (PhraseKind.PERSON, PhraseKind.BODY, PhraseKind.NAME):
                return None
            return None if _is_common(line, found) and not _is_known(line, known) else found
    return None


def _is_common(line: Line, found: Phrase) -> bool:
    """Whether a noun has its capital only as the first of the sentence: Exports, Inflation, Many of the men."""
    if found.kind is not PhraseKind.NAME or found.head > 0 or any(map(line.capital, range(1, found.last))):
        return False
    word = line.low[0]
    return word.endswith(_COMMON_ENDINGS) or word in vocabulary().function_words or line.at(1) == "of"


def _is_verb(line: Line, index: int) -> bool:
    """Whether the word is a finite verb, as far as its form tells; none of a relative clause."""
    word = line.low[index]
    if line.capital(index) or line.low[index - 1] in ("who", "which", "that", "as", "by"):
        return False
    finite = word in FINITE or word in report_words().pasts
    return finite or (word.endswith("ed") and line.low[index - 1] not in DETERMINERS)


def _is_known(line: Line, known: Container[str]) -> bool:
    return bare(line.low[0]) in known or find_agent(line.tokens[0].text) is not None


def _is_introduced(line: Line) -> bool:
    """Whether the sentence tells right behind its first word who that is: `Jan, a 26-year-old baker, …`."""
    return line.at(1) == "," and line.at(2) in ("a", "an") and line.tokens[0].kind is TokenKind.WORD


def _links(line: Line, index: int) -> bool:
    joins = line.low[index] in ("of", "for", "the") or line.low[index] in PARTICLES - {"and"}
    joins = joins or line.low[index] == "-" or (line.low[index] == "." and line.at(index - 1) in TITLES)
    following = index + 1 < len(line.low) and (line.tokens[index + 1].capitalised or line.low[index + 1] in PARTICLES)
    return joins and following


def is_proper(line: Line, phrase: Phrase) -> bool:
    """Whether the head of the phrase is a name."""
    return line.capital(phrase.head) and line.low[phrase.head] not in report_words().nouns
