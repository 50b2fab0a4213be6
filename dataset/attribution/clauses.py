"""Clauses: where those of one sentence begin and end, and the stretches of words between."""

from __future__ import annotations

from itertools import pairwise

from dataset.attribution.phrases import FINITE, Line
from dataset.attribution.words import Frame, report_words
from dataset.lexer import TokenKind

QUOTES = frozenset("\"“”„«»‘’'")
_ENDS = frozenset(", ; in but according".split())  # where a clause may be over
_STOPS = frozenset(".!?")
_OF_THEM = frozenset("them these those whom which".split())
_ADVERBS = frozenset("also then later now still once".split())
_UTTERANCES = frozenset(
    "statement interview briefing speech tweet post letter email address message telegram telegraph".split()
)


def clause_end(line: Line, at: int, *, stop_at_comma: bool = False) -> int:
    """Index behind the last token of the clause that begins at `at`."""
    at = min(at, len(line.low))
    level, depth = line.quoted[at - 1] if at else 0, 0
    while at < len(line.low):
        if level and line.quoted[at] != level:
            return at
        word = line.low[at]
        if word in ("(", ")"):
            depth = depth + 1 if word == "(" else max(0, depth - 1)
        listed = depth and word == ";"  # in brackets
        if (
            word in _ENDS
            and not listed
            and line.quoted[at] == level
            and _ends_clause(line, at, stop_at_comma=stop_at_comma)
        ):
            return at
        at += 1
    return at


def _ends_clause(line: Line, at: int, *, stop_at_comma: bool) -> bool:
    word, following = line.low[at], line.at(at + 1)
    if word == "in" and following in ("a", "an", "his", "her", "its"):
        return not _UTTERANCES.isdisjoint(line.low[at + 2 : at + 5])  # in a statement
    if word == ",":
        contrast = following == "even" and line.at(at + 2) in ("as", "though", "if")
        return stop_at_comma or contrast or _ends_at_comma(following)
    behind_quote = word == "but" and line.at(at - 1) in QUOTES and line.at(at - 2) == ","
    return _ends_at_semicolon(line, at) or behind_quote or (word == "according" and following == "to")


def _ends_at_semicolon(line: Line, at: int) -> bool:
    """Whether a semicolon ends the clause rather than sets off some of those just told of: `; 40 of them …`."""
    if line.low[at] != ";":
        return False
    words = line.low[at + 1 : at + 8]
    return not any(one == "of" and other in _OF_THEM for one, other in pairwise(words))


def _ends_at_comma(following: str) -> bool:
    """Whether the clause is over where a comma and this word follow."""
    if following in ("according", "but", "although", "though", "whereas"):
        return True
    if not following.endswith("ing"):
        return False
    return any(verb.frame not in (Frame.COUNT, Frame.REVISE) for verb in report_words().verbs.get(following, ()))


def sentence_start(line: Line, index: int) -> int:
    """Index of the first token of the sentence, or of the quotation, that the cue stands in."""
    level, at = line.quoted[index], index
    if not level:
        return 0
    while at > 0 and line.quoted[at - 1] == level:
        at -= 1
    return at


def said_start(line: Line, index: int) -> int:
    """Index where the words before `- said X` begin: at the dash that opens them, else with the sentence."""
    start = sentence_start(line, index)
    if line.tokens[index - 1].kind is not TokenKind.DASH:
        return start
    for at in range(index - 2, start, -1):
        if line.tokens[at].kind is TokenKind.DASH and (line.low[at - 1] in QUOTES or line.low[at - 1] in _STOPS):
            return at
    return start


def clause_start(line: Line, index: int) -> int:
    """Index of the first token behind the last comma, dash or other break before `index`."""
    start = sentence_start(line, index)
    while index > start and not line.is_break(index - 1):
        index -= 1
    return index


def after_phrase(line: Line, index: int) -> int:
    """Index of the first comma, dash or end behind the phrase that begins at `index`."""
    while index < len(line.low) and not line.is_break(index):
        index += 1
    return index


def stretch(line: Line, first: int, last: int) -> tuple[int, int] | None:
    """The stretch without the commas and stops at its ends; None where nothing is left."""
    while first < last and (
        line.low[first] in (",", ";", ":", ")", ".", ">") or line.tokens[first].kind is TokenKind.DASH
    ):
        first += 1
    while first < last and (
        line.low[last - 1] in (",", ";", ":", "(", ".") or line.tokens[last - 1].kind is TokenKind.DASH
    ):
        last -= 1
    return (first, last) if first < last else None


def count_words(line: Line, span: tuple[int, int]) -> int:
    """How many of the tokens are more than a mark."""
    return sum(token.kind is not TokenKind.MARK for token in line.tokens[span[0] : span[1]])


def before_main_clause(line: Line, begin: int, start: int, end: int) -> int:
    """Where a relative clause that begins at `begin` gives way to the main one: X, who denied it | , was freed."""
    if line.low[begin] not in ("who", "which") or line.at(begin - 1) != ",":
        return end
    for at in range(start + 1, end):
        if line.low[at] == "," and line.quoted[at] == line.quoted[begin] and _goes_on(line, at + 1):
            return at
    return end


def _goes_on(line: Line, index: int) -> bool:
    """Whether a finite verb stands there, behind an adverb or at once."""
    index += line.at(index) in _ADVERBS or line.at(index).endswith("ly")
    word = line.at(index)
    told = word in report_words().verbs and not word.endswith("ing")
    return told or word in FINITE or word in report_words().pasts or word.endswith("ed")
