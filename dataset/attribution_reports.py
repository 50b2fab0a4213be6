"""Reports: in one sentence, each cue with who speaks and the stretches of text that are said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dataset.agents import find_agent
from dataset.attribution_phrases import Line, Phrase, PhraseKind, text_of
from dataset.attribution_scope import after_phrase, clause_end, count_words, sentence_start, stretch
from dataset.attribution_verbs import Report, find_by_verb
from dataset.attribution_words import report_words
from dataset.names import phrase_after, phrase_before

_CLAIMS = frozenset(
    "claim claims assertion assertions allegation allegations statement warning warnings accusation accusations "
    "announcement promise promises pledge pledges belief beliefs view contention argument arguments admission "
    "prediction predictions threat threats insistence estimate estimates suggestion suggestions assurance assurances "
    "concern concerns fear fears conclusion reports report rumours rumors speculation comment comments remark remarks "
    "complaint complaints denial finding revelation revelations evidence hope hopes notion idea acknowledgment".split()
)


def find_reports(line: Line) -> Iterator[Report]:
    """The reports of a sentence, in the order of their cues."""
    verbs = report_words().verbs
    for index, word in enumerate(line.low):
        found = None
        if word in ("according", "per") or (word == "as" and line.at(index + 1) == "per"):
            found = _by_source(line, index)
        elif word in verbs:
            found = next((r for verb in verbs[word] if (r := find_by_verb(line, index, verb))), None)
        if found is None and word in _CLAIMS:
            found = _by_noun(line, index)
        if found:
            yield found


def _by_source(line: Line, index: int) -> Report | None:
    if line.low[index] == "per" and line.at(index - 1) == "as":
        return None
    if line.low[index] == "per":
        last = index + 1 if line.at(index + 1) in ("the", "data") or _is_name(line, index + 1) else 0
    else:
        last = index + 2 if line.at(index + 1) in ("to", "per") else 0
    speaker = phrase_after(line, last) if last else None
    if speaker is None or (speaker.head == speaker.first and speaker.kind is PhraseKind.OTHER):
        return None
    end = after_phrase(line, last)
    before = stretch(line, sentence_start(line, index), index)
    if before and count_words(line, before) >= 2:
        after = stretch(line, end + 1, clause_end(line, end + 1)) if line.at(end) in ("-", "–", "—") else None
    else:
        before, after = None, stretch(line, end, clause_end(line, end + 1))
    contents = tuple(one for one in (before, after) if one)
    return Report(index, last, speaker, contents, source=True) if contents else None


def _is_name(line: Line, index: int) -> bool:
    return index < len(line.low) and line.capital(index)


def _by_noun(line: Line, index: int) -> Report | None:
    """`X’s claim that …`, `warnings from X that …`."""
    that = next((at for at in range(index + 1, min(index + 8, len(line.low))) if line.low[at] == "that"), 0)
    if not that or any(line.is_break(at) for at in range(index + 1, that)):
        return None
    speaker = _owner(line, index, that)
    if speaker is None:
        return None
    content = stretch(line, that + 1, clause_end(line, that + 1, stop_at_comma=True))
    return Report(index, index + 1, speaker, (content,)) if content and count_words(line, content) > 2 else None


def _owner(line: Line, index: int, that: int) -> Phrase | None:
    for at in range(index - 1, max(-1, index - 4), -1):
        if line.low[at].endswith(("'s", "s'")):
            return phrase_before(line, at + 1)
        if line.low[at] in ("his", "her", "their"):
            return Phrase(at, at, at + 1, at, PhraseKind.PRONOUN)
    if line.at(index + 1) in ("from", "by", "of", "among"):
        found = phrase_after(line, index + 2) if index + 2 < that else None
        return found if found and found.kind in (PhraseKind.PERSON, PhraseKind.BODY, PhraseKind.NAME) else None
    return None


def order_reports(line: Line, reports: list[Report]) -> list[Report]:
    """Let `X said …, according to Y` name Y as the origin where Y is a document or X a news outlet."""
    ordered: list[Report] = []
    for report in reports:
        told = next((one for one in reversed(ordered) if one.frame and one.last <= report.first and one.contents), None)
        if report.source and told and _is_origin(line, told, report):
            end = report.contents[0][1]
            begin = told.contents[-1][0]
            ordered.append(replace(report, contents=((_last_addition(line, begin, end), end),)))
        else:
            ordered.append(report)
    return ordered


def _is_origin(line: Line, told: Report, source: Report) -> bool:
    if told.contents[-1][0] < told.last or not isinstance(source.speaker, Phrase):
        return False  # the words said stand in front of the speaker
    if source.speaker.kind is PhraseKind.DOCUMENT or (
        source.speaker.owners and source.speaker.kind is not PhraseKind.PERSON
    ):
        return True
    if not isinstance(told.speaker, Phrase):
        return False
    entry = find_agent(text_of(line, told.speaker.first, told.speaker.last))
    return bool(entry and entry.kind == "media")


def _last_addition(line: Line, begin: int, end: int) -> int:
    """Where the last `, with …` between the indices begins, which a source at the end vouches for; else the whole."""
    for at in range(end - 1, begin, -1):
        if line.low[at] == "with" and line.low[at - 1] == ",":
            return at
    return begin
