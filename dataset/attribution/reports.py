"""Reports: in one sentence, each cue with who speaks and the stretches of text that are said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dataset.agents import find_agent
from dataset.attribution.clauses import after_phrase, clause_end, count_words, sentence_start, stretch
from dataset.attribution.names import phrase_after, phrase_before
from dataset.attribution.phrases import DETERMINERS, PRONOUNS, Line, Phrase, PhraseKind, read_phrase, text_of
from dataset.attribution.subjects import BE, HAVE, MODALS
from dataset.attribution.verbs import Report, find_by_verb
from dataset.attribution.words import report_words
from dataset.lexer import TokenKind

_CLAIMS = frozenset(
    "claim claims assertion assertions allegation allegations statement warning warnings accusation accusations "
    "announcement promise promises pledge pledges belief beliefs view contention argument arguments admission "
    "prediction predictions threat threats insistence estimate estimates suggestion suggestions assurance assurances "
    "concern concerns fear fears conclusion reports report rumours rumors speculation comment comments remark remarks "
    "complaint complaints denial finding revelation revelations evidence hope hopes notion idea acknowledgment".split()
)
_JUDGEMENTS = frozenset("account admission reckoning count estimate estimates tally calculation calculations".split())
_VIEWS = frozenset("opinion view estimation".split())
_OTHER_CUES = _CLAIMS | _JUDGEMENTS | _VIEWS | {"according", "per", "as", "words"}
_JOINTS = frozenset("and but while whereas".split())
_CLOSED = frozenset(',”"’;')
_BEGINNINGS = DETERMINERS | PRONOUNS | {","}


def find_reports(line: Line) -> Iterator[Report]:
    """The reports of a sentence, in the order of their cues."""
    verbs = report_words().verbs
    for index, word in enumerate(line.low):
        if word not in verbs and word not in _OTHER_CUES:
            continue
        found = None
        if word in ("according", "per", "words") or (word == "as" and line.at(index + 1) == "per"):
            found = _by_source(line, index)
        elif word in verbs:
            found = next((r for verb in verbs[word] if (r := find_by_verb(line, index, verb))), None)
        if found is None and word in _CLAIMS:
            found = _by_noun(line, index)
        if found is None and (word in _JUDGEMENTS or word in _VIEWS):
            found = _by_judgement(line, index)
        if found:
            yield found


def _by_source(line: Line, index: int) -> Report | None:
    if line.low[index] == "per" and line.at(index - 1) == "as":
        return None
    if line.low[index] == "words":
        last = index + 2 if line.low[index - 2 : index + 2] == ["in", "the", "words", "of"] else 0
    elif line.low[index] == "per":
        last = index + 1 if line.at(index + 1) in ("the", "data") or _is_name(line, index + 1) else 0
    else:
        last = index + 2 if line.at(index + 1) in ("to", "per") else 0
    speaker = _named_behind(line, last) if last else None
    if speaker is None or (speaker.head == speaker.first and speaker.kind is PhraseKind.OTHER):
        return None
    index -= 2 * (line.low[index] == "words")  # in the words of
    end = after_phrase(line, last)
    before = stretch(line, sentence_start(line, index), index)
    if before and count_words(line, before) >= 2:
        after = stretch(line, end + 1, clause_end(line, end + 1)) if _goes_on(line, index, end) else None
    else:
        before, after = None, stretch(line, end, clause_end(line, end + 1))
    contents = tuple(one for one in (before, after) if one)
    return Report(index, last, speaker, contents, source=True) if contents else None


def _named_behind(line: Line, index: int) -> Phrase | None:
    if line.at(index) in ("him", "her", "them") and (index + 1 >= len(line.low) or line.is_break(index + 1)):
        return Phrase(index, index, index + 1, index, PhraseKind.PRONOUN)
    return phrase_after(line, index)


def _goes_on(line: Line, index: int, end: int) -> bool:
    """Whether the clause goes on: `…, according to X, were sold`, `…, according to X, and 40 were lost`."""
    if line.at(end) in ("-", "–", "—"):
        return True
    if line.at(end) != "," or line.at(index - 1) != ",":
        return False
    if end + 1 < len(line.low) and line.quoted[end + 1] and not line.quoted[end]:
        return True  # traders, in the words of X, “pay twice”
    if line.at(end + 1) == "and":
        return any(token.kind is TokenKind.NUMBER for token in line.tokens[end + 2 :])
    return line.at(end + 1) in BE or line.at(end + 1) in HAVE or line.at(end + 1) in MODALS


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


def _by_judgement(line: Line, index: int) -> Report | None:
    """`by X’s own account`, `by her count`, `in his opinion`."""
    opening = next((at for at in range(index - 1, max(-1, index - 9), -1) if line.low[at] in ("by", "in")), -1)
    if opening < 0 or (line.low[opening] == "in") != (line.low[index] in _VIEWS):
        return None
    speaker = _judge(line, opening + 1, index)
    if speaker is None or not (
        _leads(line, opening, index + 1) or line.at(index + 1) == "" or line.is_break(index + 1)
    ):
        return None
    before = stretch(line, sentence_start(line, opening), opening)
    after = stretch(line, index + 1, clause_end(line, index + 1))
    contents = tuple(one for one in (before, after) if one)
    return Report(opening, index + 1, speaker, contents) if contents else None


def _leads(line: Line, opening: int, behind: int) -> bool:
    """Whether what is said follows at once: `In his view 40 …`, unlike `In his opinion piece …`."""
    if opening > 0 or behind >= len(line.low):
        return False
    number = line.tokens[behind].kind is TokenKind.NUMBER
    return number or line.capital(behind) or line.low[behind] in _BEGINNINGS


def _judge(line: Line, first: int, last: int) -> Phrase | None:
    """Whose account or opinion it is: `his`, `the bloc’s`."""
    if line.at(first) in ("his", "her", "their", "its"):
        return Phrase(first, first, first + 1, first, PhraseKind.PRONOUN)
    for at in range(first, last):
        if line.is_break(at):
            return None
        if line.low[at].endswith(("'s", "s'")):
            return read_phrase(line, first, at + 1, leading=False) if at + 1 >= last - 1 else None
    return None


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
    for report in (_before_next(line, each, reports) for each in reports):
        told = next((one for one in reversed(ordered) if one.frame and one.last <= report.first and one.contents), None)
        if report.source and told and _is_origin(line, told, report):
            end = report.contents[0][1]
            begin = told.contents[-1][0]
            ordered.append(replace(report, contents=((_last_addition(line, begin, end), end),)))
        else:
            ordered.append(report)
    return ordered


def _before_next(line: Line, report: Report, reports: list[Report]) -> Report:
    """The report without what `…, and Y said …` begins behind what it tells itself."""
    if not report.contents or report.contents[-1][0] < report.last:
        return report
    begin, end = report.contents[-1]
    for other in reports:
        if _trails(line, other, begin, end):
            kept = stretch(line, begin, other.speaker.edge) if isinstance(other.speaker, Phrase) else None
            return replace(report, contents=(*report.contents[:-1], kept)) if kept else report
        edge = other.speaker.edge if isinstance(other.speaker, Phrase) else 0
        joint = edge if line.at(edge) in _JOINTS else edge - 1
        if begin < joint < end and line.low[joint] in _JOINTS and line.low[joint - 1] in _CLOSED:
            kept = stretch(line, begin, joint)
            return replace(report, contents=(*report.contents[:-1], kept)) if kept else report
    return report


def _trails(line: Line, other: Report, begin: int, end: int) -> bool:
    """Whether the other report only names who passes on what is said before it: …, TASS reported."""
    if not isinstance(other.speaker, Phrase) or not begin < other.speaker.edge < other.first < end <= other.last:
        return False
    return line.low[other.speaker.edge - 1] == "," and bool(other.contents) and other.contents[0][1] <= other.first


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
