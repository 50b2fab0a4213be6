"""Scope: which stretches of a sentence are what a reporting verb says was said."""

from __future__ import annotations

from dataset.attribution.clauses import (
    QUOTES,
    after_phrase,
    before_main_clause,
    clause_end,
    count_words,
    said_start,
    sentence_start,
    stretch,
)
from dataset.attribution.phrases import FINITE, Line, bare
from dataset.attribution.words import Frame, Verb, report_words
from dataset.lexer import TokenKind

PLACES = frozenset(
    "in on at during to by after before while when last this earlier later from via through over for with about of as "
    "yesterday today tomorrow then afterwards recently again that just shortly late early amid ahead alongside "
    "without".split()
)
_AFTERWARDS = frozenset(
    "according but as after when who which whose because although though where before if unless in on at via "
    "per".split()
)
_WHEN = frozenset(
    "while although though as if when after before since despite whereas because unless once until".split()
)
_SCENE_OPENERS = frozenset("on in at during and but last earlier after later however for".split())
_AUDIENCES = frozenset(
    "conference briefing rally meeting forum summit audience crowd hearing interviewer radio television tv media "
    "outlet outlets channel newspaper newspapers daily website agency broadcaster station podcast network".split()
)
_DASHES = frozenset("-–—")
_RESULTS = frozenset(
    "including revising updating bringing taking raising pushing".split()
)  # X said, bringing the toll to
_COMPARISONS = frozenset("more fewer less up down nearly almost roughly twice double".split())
SPEECH = (Frame.SAY, Frame.TELL, Frame.QUOTE, Frame.ANNOUNCE, Frame.CLAUSE, Frame.SHOW, Frame.REQUEST)


def find_contents(line: Line, at: tuple[int, int, int], verb: Verb) -> tuple[tuple[int, int], ...]:
    """What the verb says was said, as stretches of tokens; none where the verb reports nothing.

    `at` holds the indices of the first token of the subject, of the verb, and of the token behind the cue.
    """
    begin, _, last = at
    front = _front(line, at, verb)
    speech = verb.frame in SPEECH
    start = skip_to_content(line, last, verb, len(line.low))
    end = before_main_clause(line, begin, start, clause_end(line, start, stop_at_comma=_is_subordinate(line, begin)))
    quoted = _opens_quote(line, start) or line.at(start - 1) == ":"
    complete = not quoted and line.at(start - 1) != "that"  # what was said need not stand behind the verb
    over = speech and complete and is_over(line, last, verb)
    if over and begin and line.low[begin - 1] == "as":
        return _around(line, begin - 1, after_phrase(line, last))
    answered = front is not None and line.low[begin - 1] in QUOTES and line.quoted[begin - 1] > 0
    if verb.frame is Frame.QUOTE and not (quoted or answered or (front and line.at(begin - 2) in QUOTES)):
        return ()
    if front and speech and complete and (answered or over):
        again = _resumption(line, begin, last)
        back = stretch(line, again, clause_end(line, again)) if again else None
        return (front, back) if back else (front,)
    if verb.frame is Frame.CLAUSE and not quoted and line.at(start - 1) != "that":
        return ()
    if verb.frame in (Frame.ANNOUNCE, Frame.DECIDE):
        end = _before_comparison(line, start, end)
    back = stretch(line, start, end)
    return (back,) if back and count_words(line, back) > 1 else ()


def _resumption(line: Line, begin: int, last: int) -> int | None:
    """Index where what is said goes on behind `…, X said, …` and `… – X said then – …`."""
    behind = after_phrase(line, last)
    if line.at(behind) in _DASHES and (line.low[begin - 1] in _DASHES or line.at(behind + 1) in _COMPARISONS):
        return behind + 1
    if line.at(behind) == "," and line.at(behind + 1) in FINITE:
        return behind + 1  # the ships, X said on Monday, were
    if line.at(behind) == "." and line.at(behind + 1) in _DASHES and line.low[begin - 1] in _DASHES:
        return behind + 2  # - X says.- The ships were
    follows = line.at(last + 1)
    if line.at(last) != "," or follows in _AFTERWARDS or (follows.endswith("ing") and follows not in _RESULTS):
        return None
    return last + 1


def _front(line: Line, at: tuple[int, int, int], verb: Verb) -> tuple[int, int] | None:
    """What stands in front of the speaker, where that can be what was said (`…, X said`)."""
    begin, index, last = at
    front = stretch(
        line, said_start(line, begin) if begin and not line.quoted[index] else sentence_start(line, index), begin
    )
    if (
        front is None
        or count_words(line, front) == 0
        or begin == 0
        or not (line.low[begin - 1] in QUOTES or line.low[begin - 1] in _DASHES | {","})
    ):
        return None
    if line.low[begin] in ("and", "but", "or", "who", "which") or (
        verb.frame is Frame.ANNOUNCE and line.at(last) == ","
    ):
        return None
    return None if _is_scene(line, front) and len(line.low) - last > 4 else front


def _before_comparison(line: Line, start: int, end: int) -> int:
    """Where what is to come is set against what was (`…, up from 40`), which is no part of the announcement."""
    for at in range(start, end - 2):
        if line.low[at] != ",":
            continue
        compared = line.low[at + 1] in ("up", "down", "compared") and line.low[at + 2] in ("from", "with", "to")
        if compared or (line.low[at + 1] == "from" and line.tokens[at + 2].kind is TokenKind.NUMBER):
            return at
    return end


def _around(line: Line, first: int, last: int) -> tuple[tuple[int, int], ...]:
    """The clause that a parenthesis (`as X said`) stands in."""
    front = stretch(line, sentence_start(line, first), first)
    back = stretch(line, last, clause_end(line, last + 1))
    return tuple(one for one in (front, back) if one)


def is_over(line: Line, last: int, verb: Verb) -> bool:
    """Whether the reporting clause says no more than when, where and to whom."""
    follows = line.at(last)
    if verb.frame is Frame.TELL and last < len(line.low):
        last = _skip_addressee(line, last, len(line.low))
        follows = line.at(last)
    if last >= len(line.low) or line.is_break(last):
        return True
    return (follows in PLACES and follows != "that") or follows in report_words().days


def _is_scene(line: Line, front: tuple[int, int]) -> bool:
    """Whether what stands before the speaker is only a time or a place."""
    words = line.low[front[0] : front[1]]
    if len(words) > 8 or "," in words or line.quoted[front[0]]:
        return False
    return words[0] in _SCENE_OPENERS and words[1:2] not in (["least"], ["most"])


def _is_subordinate(line: Line, begin: int) -> bool:
    """Whether the reporting clause hangs on a conjunction at the head of its sentence (`While officials say …, `)."""
    return begin < 3 and any(line.at(at) in _WHEN for at in range(begin + 1))


def skip_to_content(line: Line, last: int, verb: Verb, end: int) -> int:
    """Index where what is said begins, behind whom it is told to, a parenthesis, `that` and a colon."""
    at = last
    if verb.frame is Frame.TELL:
        at = _skip_addressee(line, at, end)
    for ahead in range(at, min(end, at + 25)):
        word = line.low[ahead]
        if (word in ("that", ":") or _opens_quote(line, ahead)) and _is_adverbial(line, at, ahead):
            return ahead + (word in ("that", ":"))
    return at + (line.at(at) in (",", ":", "that"))


def _opens_quote(line: Line, at: int) -> bool:
    return 0 < at < len(line.low) and line.quoted[at] > 0 and line.quoted[at - 1] != line.quoted[at]


def _is_adverbial(line: Line, first: int, last: int) -> bool:
    """Whether the words tell only when, where or to whom."""
    words = line.low[first:last]
    if not words or words == [","]:
        return True
    if words[0] in PLACES or words[0] == "," or words[0] in report_words().days:
        # what a comma or a dash sets off has to be closed again, or the sentence has gone on to something else
        return words[-1] == "," or not any(word == "," or word in _DASHES for word in words)
    return len(words) == 1 and words[0].endswith("ly")


def _skip_addressee(line: Line, at: int, end: int) -> int:
    nouns = report_words().nouns.keys() | _AUDIENCES
    if line.at(at) in ("of", "that", "about", "against", ":", ",") or at >= end:
        return at
    if line.at(at) in ("him", "her", "them", "me", "us", "it", "reporters", "journalists", "lawmakers"):
        return at + 1
    begin = at
    while at < end and at - begin < 12 and not line.is_break(at) and line.low[at] not in ("that", "of", "to", "how"):
        if line.low[at] in ("in", "on", "at", "during") or line.low[at] in report_words().days:
            break
        named = line.capital(at) or line.low[at] in nouns
        ahead = at + 1 < end and (
            line.capital(at + 1) or bare(line.at(at + 1)) in nouns or line.at(at + 1) in ("and", "of")
        )
        if named and not ahead:
            return at + 1
        at += 1
    return at
