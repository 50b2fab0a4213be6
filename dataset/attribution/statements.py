"""Attribution: which stretches of an article somebody is said to have said, and who."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from dataset.attribution.cast import Cast
from dataset.attribution.continued import Source, find_continuations
from dataset.attribution.mentions import is_body
from dataset.attribution.phrases import Line, Phrase, PhraseKind, read_phrase
from dataset.attribution.quotations import Quotation, find_quotations
from dataset.attribution.reports import find_reports, order_reports
from dataset.attribution.statement import SCARE, Statement, as_inferred, join, name_headings, nest, reading_order
from dataset.attribution.subjects import NoSubject
from dataset.attribution.verbs import Report
from dataset.attribution.words import Frame, lower_words
from dataset.document import Document, Sentence
from dataset.lexer import TokenKind
from dataset.model import Mention
from dataset.vocabulary import vocabulary

_ADJACENT = 4  # code points: a mark, a comma and a blank
_SIGNATURE = 8  # tokens
_LONGEST = 300  # tokens; a longer run without a stop is a table or a list, and no sentence to read
_WINDOW = 12  # statements on either side of a quotation among which its speaker is sought
_TERMINAL = frozenset(".,!?…:;")
_CLOSERS = frozenset("”\"’'»")
_STOPS = frozenset(".!?…,;:”’\"'")
_QUOTATION = "quotation"
_OPINIONS = frozenset({Frame.NAME, Frame.WISH, Frame.TOPIC})
_SHARES = frozenset({"%", "percent"})


def find_statements(document: Document) -> list[Statement]:
    """The statements of the document in the order of their spans, an outer one before those inside it."""
    cast, found, sources = Cast(), list[Statement](), dict[int, Source]()
    announced: Statement | None = None
    carried: tuple[Mention, ...] = ()  # who speaks in a quotation that runs on into the next paragraph
    headings: list[Statement] = []
    waiting: list[Statement] = []  # quotations that run on into the next paragraph, where their speaker may be named
    for _, sentences in groupby(document.sentences, key=lambda sentence: sentence.paragraph):
        paragraph = _Paragraph(cast, list(sentences), announced, carried)
        statements = paragraph.statements()
        carried = paragraph.unfinished(statements)
        speaker = next((one for one in statements if one.direct), None)
        found.extend(replace(one, claimants=as_inferred(speaker.claimants)) if speaker else one for one in waiting)
        waiting = paragraph.waiting
        found.extend(statements)
        sources.update(paragraph.sources)
        announced = paragraph.pending
        headings.extend(paragraph.headings)
    found.extend(waiting)
    found = list(name_headings(document.text, found, headings))
    for sentence, source in find_continuations(document.sentences, sources):
        found.append(
            Statement(sentence.start, sentence.end, False, None, None, as_inferred(source.claimants), "continuation")
        )
    return nest(sorted(dict.fromkeys(found), key=reading_order))


@dataclass(slots=True)
class _Scene:
    """A sentence being read: whom it begins with, and who spoke last in it."""

    line: Line
    topic: Mention | None
    behind: Quotation | None  # the quotation that ends right before it
    speakers: tuple[Mention, ...] | None = None


class _Paragraph:
    """One paragraph being read.

    `announced` says who speaks here, where the paragraph before ended on `X said:`; `pending` says so for the next.
    """

    def __init__(
        self, cast: Cast, sentences: list[Sentence], announced: Statement | None, carried: tuple[Mention, ...]
    ) -> None:
        self.sources: dict[int, Source] = {}
        self.pending: Statement | None = None
        self.waiting: list[Statement] = []
        self.headings: list[Statement] = []  # quotations of a title, which may stand in full further down
        self._cast, self._sentences, self._announced, self._carried = cast, sentences, announced, carried
        self._number = sentences[0].paragraph
        self._before = cast.last(self._number)
        self._tokens = [token for sentence in sentences for token in sentence.tokens]
        self._quotations = find_quotations(self._tokens)
        self._found: list[Statement] = []
        self._outside: list[Statement] = []  # those whose cue stands in no quotation

    def statements(self) -> list[Statement]:
        """All statements of the paragraph."""
        behind = 0
        for line, sentence in zip(self._lines(), self._sentences, strict=True):
            self._cast.add_names(line)
            topic = self._cast.note_topic(line, self._number)
            if len(line.low) <= _LONGEST:
                self._read(_Scene(line, topic, self._quotations[behind - 1] if behind else None), sentence.index)
            behind = line.quoted[-1]
        self._outside.sort(key=lambda one: one.start)
        for quotation in self._quotations:
            self._found.extend(self._quote(quotation))
        return self._found

    def unfinished(self, statements: list[Statement]) -> tuple[Mention, ...]:
        """Who speaks in the quotation that the paragraph leaves open, which its successor may go on with."""
        last = self._quotations[-1] if self._quotations else None
        if last is None or last.closed:
            return ()
        return next((one.claimants for one in statements if one.direct and one.start == last.start), ())

    def _lines(self) -> Iterator[Line]:
        quoted = [0] * sum(len(sentence.tokens) for sentence in self._sentences)
        for number, quotation in enumerate(self._quotations, 1):
            for index in range(quotation.first, min(quotation.last + 1, len(quoted))):
                quoted[index] = number
        at = 0
        for sentence in self._sentences:
            size = len(sentence.tokens)
            yield Line(sentence.tokens, lower_words(sentence.tokens), quoted[at : at + size])
            at += size

    def _read(self, scene: _Scene, index: int) -> None:
        """Take the statements of a sentence, and note whom it is attributed to."""
        reports = order_reports(scene.line, list(find_reports(scene.line)))
        for report in reports:
            if report.frame is Frame.DECIDE and _is_told(report, reports):
                continue
            mark = self._cast.mark()
            claimants = self._speakers(scene, report)
            if scene.line.quoted[report.first]:
                self._cast.forget(mark)
            if not claimants and isinstance(report.speaker, Phrase):
                continue
            scene.speakers = claimants
            self._take(scene, report, claimants)
            again = index in self.sources and _is_told(report, reports)
            if report.contents and not again and _asserts(scene.line, report):
                self.sources[index] = _source_of(scene.line, report, claimants, lead=len(self._sentences) == 1)
        if sum(map(bool, scene.line.quoted)) > SCARE:
            self.sources.setdefault(index, Source((), firm=False))

    def _speakers(self, scene: _Scene, report: Report) -> tuple[Mention, ...]:
        """Who speaks."""
        if isinstance(report.speaker, Phrase):
            claimants = self._cast.claimants(
                scene.line, report.speaker, self._number, behind=_is_behind(scene.line, report)
            )
            relays = self._cast.claimants(scene.line, report.relays, self._number) if report.relays else ()
            return join(claimants, relays)
        if report.speaker is NoSubject.NOBODY:
            return ()
        if scene.speakers is not None:
            return as_inferred(scene.speakers)
        known = self._cast.last(self._number)
        if scene.topic is None and known and any(scene.line.quoted):
            return as_inferred((known.claimant,))
        return as_inferred((self._cast.topic,)) if self._cast.topic else ()

    def _take(self, scene: _Scene, report: Report, claimants: tuple[Mention, ...]) -> None:
        line = scene.line
        cue = line.tokens[report.first].start, line.tokens[report.last - 1].end
        outside = not line.quoted[report.first]
        spans = [self._whole(line, *content, outside=outside) for content in report.contents]
        if not spans and line.low[-1] == ":":
            self.pending = Statement(*cue, False, *cue, claimants, _rule_of(report))
        elif not spans and scene.behind and scene.behind.closed:
            spans = [(scene.behind.start, scene.behind.end)]
        for start, end in spans:
            statement = Statement(start, end, False, *cue, claimants, _rule_of(report), _asserts(line, report))
            self._found.append(statement)
            if outside:
                self._outside.append(statement)

    def _whole(self, line: Line, first: int, last: int, *, outside: bool) -> tuple[int, int]:
        """The span of a stretch; from outside, with all of a quotation that reaches into other sentences."""
        start, end = line.tokens[first].start, line.tokens[last - 1].end
        if outside and first == 0 and line.quoted[0]:
            start = min(start, self._quotations[line.quoted[0] - 1].start)
        if outside and last >= len(line.low) - 1 and line.quoted[last - 1]:
            end = max(end, self._quotations[line.quoted[last - 1] - 1].end)
        return start, end

    def _is_said(self, quotation: Quotation) -> bool:
        """Whether a quotation with no report of its own is speech: a sentence, and no name, title or single word."""
        words = self._tokens[quotation.first + 1 : quotation.last]
        named = [token.capitalised for token in words if token.lower not in vocabulary().function_words]
        if len(named) > 1 and all(named):
            return False  # “Gone With the Wind”
        before = self._tokens[quotation.first - 1].text if quotation.first else "."
        ends = bool(words) and words[-1].text in _TERMINAL
        size = quotation.last - quotation.first
        return size > SCARE + 2 or ((before in _TERMINAL or before in _CLOSERS) and (ends or size > SCARE))

    def _signer(self, quotation: Quotation) -> tuple[Mention, ...]:
        """Who signs a quotation behind a dash, on the rest of its line: “…” — Jan Holm."""
        behind = self._tokens[quotation.last + 1 : quotation.last + 2 + _SIGNATURE]
        if not behind or behind[0].kind is not TokenKind.DASH or behind[-1] is not self._tokens[-1]:
            return ()
        name = behind[1:]
        line = Line(name, lower_words(name), [0] * len(name))
        last = next((at for at in range(len(name)) if line.is_break(at)), len(name))
        phrase = read_phrase(line, 0, last, leading=False) if last else None
        if phrase is None or not line.capital(0) or phrase.kind in (PhraseKind.OTHER, PhraseKind.PRONOUN):
            return ()
        return self._cast.claimants(line, phrase, self._number)

    def _quote(self, quotation: Quotation) -> Iterator[Statement]:
        """The direct statement of a quotation, by the report it belongs to, else by whoever speaks around it."""
        start, end = quotation.start, quotation.end
        middle = bisect_right(self._outside, start, key=lambda one: one.start)
        near = self._outside[max(0, middle - _WINDOW) : middle + _WINDOW]
        if signer := self._signer(quotation):
            yield Statement(start, end, True, None, None, signer, _QUOTATION)
        elif around := [one for one in near if _belongs(one, quotation)]:
            best = min(around, key=lambda one: (not _follows(one, end), abs(one.start - start) + abs(one.end - end)))
            yield Statement(start, end, True, best.cue_start, best.cue_end, best.claimants, _QUOTATION)
        elif self._carried and quotation.first == 0:
            yield Statement(start, end, True, None, None, as_inferred(self._carried), _QUOTATION)
        elif near and self._is_said(quotation):
            best = min(near, key=lambda one: abs(one.end - start))
            yield Statement(start, end, True, best.cue_start, best.cue_end, as_inferred(best.claimants), _QUOTATION)
        elif self._announced:
            cue = self._announced.cue_start, self._announced.cue_end
            yield Statement(start, end, True, *cue, as_inferred(self._announced.claimants), _QUOTATION)
        elif self._sentences[-1].tokens[-1].text not in _STOPS and not self._before:
            self.headings.append(Statement(start, end, True, None, None, (), _QUOTATION))
        elif quotation.last - quotation.first > SCARE:
            known = as_inferred((self._before.claimant,)) if self._before else ()
            statement = Statement(start, end, True, None, None, known, _QUOTATION)
            if quotation.closed or known:
                yield statement
            else:
                self.waiting.append(statement)


def _is_behind(line: Line, report: Report) -> bool:
    """Whether the speaker stands behind what is said, and nobody leads up to that: Jan wept: “…,” he said."""
    return any(last <= report.first and ":" not in line.low[first:last] for first, last in report.contents)


def _is_told(report: Report, reports: list[Report]) -> bool:
    """Whether another report of the sentence tells of this one."""
    others = (content for one in reports if one is not report for content in one.contents)
    return any(first <= report.first < last for first, last in others)


def _rule_of(report: Report) -> str:
    if report.frame is None:
        return "source-phrase" if report.source else "claim-noun"
    return "attitude" if report.frame in _OPINIONS else "reported-speech"


def _asserts(line: Line, report: Report) -> bool:
    """Whether something is put forward: no share of those asked does so, and a request only as far as it is told."""
    speaker = report.speaker
    if isinstance(speaker, Phrase) and not _SHARES.isdisjoint(line.low[speaker.edge : speaker.last]):
        return False
    if report.frame is Frame.DECIDE and isinstance(speaker, Phrase) and speaker.kind is PhraseKind.PRONOUN:
        return False
    if report.frame is not Frame.REQUEST or not report.contents:
        return report.frame not in _OPINIONS
    first, last = report.contents[0]
    return line.low[first - 1] in ("that", "for") or "to" in line.low[first : min(first + 4, last)]


def _source_of(line: Line, report: Report, claimants: tuple[Mention, ...], *, lead: bool) -> Source:
    speaker = report.speaker if isinstance(report.speaker, Phrase) else None
    document = bool(speaker and speaker.kind is PhraseKind.DOCUMENT)
    survey = bool(speaker and line.low[speaker.head] in ("poll", "survey"))
    firm = bool(claimants) and all(is_body(claimant) for claimant in claimants)
    return Source(claimants, firm, lead and document and report.frame is not None, survey)


def _follows(report: Statement, end: int) -> bool:
    """Whether the cue stands right behind a quotation that ends there: “…,” in the words of X."""
    return report.cue_start is not None and 0 <= report.cue_start - end <= _ADJACENT


def _belongs(report: Statement, quotation: Quotation) -> bool:
    """Whether the quotation is, or lies in, what is reported from outside it."""
    if report.start > quotation.end or quotation.start - 2 > report.end:
        return False
    return report.cue_start is None or not quotation.start <= report.cue_start < quotation.end
