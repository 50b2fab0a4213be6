"""Attribution: which stretches of an article somebody is said to have said, and who."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from dataset.attribution.cast import Cast, is_body
from dataset.attribution.continued import Source, find_continuations
from dataset.attribution.phrases import DEMONYM_ENDINGS, Line, Phrase, PhraseKind
from dataset.attribution.quotations import Quotation, find_quotations
from dataset.attribution.reports import find_reports, order_reports
from dataset.attribution.subjects import NoSubject
from dataset.attribution.verbs import Report
from dataset.attribution.words import Frame, report_words
from dataset.document import Document, Sentence
from dataset.model import Claimant

_SCARE = 6  # tokens with their marks; shorter quotations set off a word rather than tell what was said
_LONGEST = 300  # tokens; a longer run without a stop is a table or a list, and no sentence to read
_LOOK_BACK = 64  # statements; more than any sentence nests
_WINDOW = 12  # statements on either side of a quotation among which its speaker is sought
_OPINIONS = frozenset({Frame.NAME, Frame.WISH, Frame.TOPIC})
_SHARES = frozenset({"%", "percent"})


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is said to have said: code points of the text, for a direct one without its quotation marks.

    `claimants` lists the origin first, then who relays. `inferred` tells that a claimant had to be resolved;
    `asserts` is False where an opinion, a wish or a request is told rather than something put forward as a fact.
    """

    start: int
    end: int
    direct: bool
    cue_start: int | None
    cue_end: int | None
    claimants: tuple[Claimant, ...]
    inferred: bool
    asserts: bool = True


def find_statements(document: Document) -> list[Statement]:
    """The statements of the document in the order of their spans, an outer one before those inside it."""
    cast, found, sources = Cast(), list[Statement](), dict[int, Source]()
    announced: Statement | None = None
    waiting: list[Statement] = []  # quotations that run on into the next paragraph, where their speaker may be named
    for _, sentences in groupby(document.sentences, key=lambda sentence: sentence.paragraph):
        paragraph = _Paragraph(cast, list(sentences), announced)
        statements = paragraph.statements()
        speaker = next((one for one in statements if one.direct), None)
        found.extend(replace(one, claimants=speaker.claimants) if speaker else one for one in waiting)
        waiting = paragraph.waiting
        found.extend(statements)
        sources.update(paragraph.sources)
        announced = paragraph.pending
    found.extend(waiting)
    for sentence, source in find_continuations(document.sentences, sources):
        found.append(Statement(sentence.start, sentence.end, False, None, None, source.claimants, inferred=True))
    return _nest(sorted(set(found), key=_order))


def _order(statement: Statement) -> tuple[int, int, bool, int, int]:
    """Outer statements first; of equal spans the one that names both origin and relay is the inner one."""
    cue = statement.cue_start or 0
    return statement.start, -statement.end, statement.direct, len(statement.claimants), cue


def claimants_at(statements: Sequence[Statement], position: int) -> tuple[Claimant, ...]:
    """Claimants of the innermost statement that covers the code point, else ().

    `statements` are as `find_statements` orders them. Documents that nobody is named for (`estimates suggest`)
    claim nothing.
    """
    last = bisect_right(statements, position, key=lambda statement: statement.start)
    for statement in reversed(statements[max(0, last - _LOOK_BACK) : last]):
        if statement.end > position and (statement.asserts or statement.direct):
            return () if _is_nobody(statement.claimants) else statement.claimants
    return ()


def _is_nobody(claimants: tuple[Claimant, ...]) -> bool:
    if not claimants:
        return True
    name = claimants[0].name
    if name.lower() in ("a", "an", "the", "it", "its"):
        return True  # a word of the article's own: "An estimated 40 people", or an `it` that stands for nobody
    word = name.split()[-1].lower()
    several = word.endswith("s") or word in ("data", "information", "speculation", "evidence")
    if not several or report_words().nouns.get(word) != "document":
        return False
    return name.islower() or (name[1:].islower() and not name.split()[0].lower().endswith(DEMONYM_ENDINGS))


def _nest(statements: list[Statement]) -> list[Statement]:
    """Let each statement carry, behind its own claimants, those of the statements around it."""
    nested: list[Statement] = []
    around: list[Statement] = []
    for statement in statements:
        while around and around[-1].end <= statement.start:
            around.pop()
        claimants = statement.claimants
        for outer in reversed(around[-3:]):
            if outer.end >= statement.end and outer.asserts:
                claimants = _join(claimants, outer.claimants)
        whole = replace(statement, claimants=claimants)
        nested.append(whole)
        around.append(whole)
    return nested


def _join(claimants: tuple[Claimant, ...], others: tuple[Claimant, ...]) -> tuple[Claimant, ...]:
    """The claimants and those of the others who are not among them."""
    names = {one.name for one in claimants} | {one.id for one in claimants if one.id}
    return claimants + tuple(one for one in others if one.name not in names and one.id not in names)


@dataclass(slots=True)
class _Scene:
    """A sentence being read: whom it begins with, and who spoke last in it."""

    line: Line
    topic: Claimant | None
    behind: Quotation | None  # the quotation that ends right before it
    speakers: tuple[Claimant, ...] | None = None


class _Paragraph:
    """One paragraph being read.

    `announced` says who speaks here, where the paragraph before ended on `X said:`; `pending` says so for the next.
    """

    def __init__(self, cast: Cast, sentences: list[Sentence], announced: Statement | None) -> None:
        self.sources: dict[int, Source] = {}
        self.pending: Statement | None = None
        self.waiting: list[Statement] = []
        self._cast, self._sentences, self._announced = cast, sentences, announced
        self._number = sentences[0].paragraph
        self._before = cast.last(self._number)
        self._quotations = find_quotations([token for sentence in sentences for token in sentence.tokens])
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

    def _lines(self) -> Iterator[Line]:
        quoted = [0] * sum(len(sentence.tokens) for sentence in self._sentences)
        for number, quotation in enumerate(self._quotations, 1):
            for index in range(quotation.first, min(quotation.last + 1, len(quoted))):
                quoted[index] = number
        at = 0
        for sentence in self._sentences:
            size = len(sentence.tokens)
            yield Line(sentence.tokens, [token.lower for token in sentence.tokens], quoted[at : at + size])
            at += size

    def _read(self, scene: _Scene, index: int) -> None:
        """Take the statements of a sentence, and note whom it is attributed to."""
        reports = order_reports(scene.line, list(find_reports(scene.line)))
        for report in reports:
            if report.frame is Frame.DECIDE and _is_told(report, reports):
                continue
            claimants, inferred = self._speakers(scene, report)
            if not claimants and isinstance(report.speaker, Phrase):
                continue
            scene.speakers = claimants
            self._take(scene, report, claimants, inferred=inferred)
            again = index in self.sources and _is_told(report, reports)
            if report.contents and not again and _asserts(scene.line, report):
                self.sources[index] = _source_of(scene.line, report, claimants, lead=len(self._sentences) == 1)
        if sum(map(bool, scene.line.quoted)) > _SCARE:
            self.sources.setdefault(index, Source((), firm=False))

    def _speakers(self, scene: _Scene, report: Report) -> tuple[tuple[Claimant, ...], bool]:
        """Who speaks, and whether that had to be inferred."""
        if isinstance(report.speaker, Phrase):
            claimants, inferred = self._cast.claimants(scene.line, report.speaker, self._number)
            relays = self._cast.claimants(scene.line, report.relays, self._number)[0] if report.relays else ()
            return _join(claimants, relays), inferred
        if report.speaker is NoSubject.NOBODY:
            return (), False
        if scene.speakers is not None:
            return scene.speakers, True
        known = self._cast.last(self._number)
        if scene.topic is None and known and any(scene.line.quoted):
            return (known.claimant,), True
        return ((scene.topic,), True) if scene.topic else ((), False)

    def _take(self, scene: _Scene, report: Report, claimants: tuple[Claimant, ...], *, inferred: bool) -> None:
        line = scene.line
        cue = line.tokens[report.first].start, line.tokens[report.last - 1].end
        outside = not line.quoted[report.first]
        spans = [self._whole(line, *content, outside=outside) for content in report.contents]
        if not spans and line.low[-1] == ":":
            self.pending = Statement(*cue, False, *cue, claimants, inferred)
        elif not spans and scene.behind and scene.behind.closed:
            spans = [(scene.behind.start, scene.behind.end)]
        for start, end in spans:
            statement = Statement(start, end, False, *cue, claimants, inferred, _asserts(line, report))
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

    def _quote(self, quotation: Quotation) -> Iterator[Statement]:
        """The direct statement of a quotation, by the report it belongs to, else by whoever speaks around it."""
        start, end = quotation.start, quotation.end
        middle = bisect_right(self._outside, start, key=lambda one: one.start)
        near = self._outside[max(0, middle - _WINDOW) : middle + _WINDOW]
        if around := [one for one in near if _belongs(one, quotation)]:
            best = min(around, key=lambda one: abs(one.start - start) + abs(one.end - end))
            yield Statement(start, end, True, best.cue_start, best.cue_end, best.claimants, best.inferred)
        elif near:
            best = min(near, key=lambda one: abs(one.end - start))
            yield Statement(start, end, True, None, None, best.claimants, inferred=True)
        elif self._announced:
            cue = self._announced.cue_start, self._announced.cue_end
            yield Statement(start, end, True, *cue, self._announced.claimants, inferred=True)
        elif quotation.last - quotation.first > _SCARE:
            known = (self._before.claimant,) if self._before else ()
            statement = Statement(start, end, True, None, None, known, inferred=True)
            if quotation.closed or known:
                yield statement
            else:
                self.waiting.append(statement)


def _is_told(report: Report, reports: list[Report]) -> bool:
    """Whether another report of the sentence tells of this one."""
    others = (content for one in reports if one is not report for content in one.contents)
    return any(first <= report.first < last for first, last in others)


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


def _source_of(line: Line, report: Report, claimants: tuple[Claimant, ...], *, lead: bool) -> Source:
    speaker = report.speaker if isinstance(report.speaker, Phrase) else None
    document = bool(speaker and speaker.kind is PhraseKind.DOCUMENT)
    survey = bool(speaker and line.low[speaker.head] in ("poll", "survey"))
    firm = bool(claimants) and all(is_body(claimant) for claimant in claimants)
    return Source(claimants, firm, lead and document and report.frame is not None, survey)


def _belongs(report: Statement, quotation: Quotation) -> bool:
    """Whether the quotation is, or lies in, what is reported from outside it."""
    if report.start > quotation.end or quotation.start - 2 > report.end:
        return False
    return report.cue_start is None or not quotation.start <= report.cue_start < quotation.end
