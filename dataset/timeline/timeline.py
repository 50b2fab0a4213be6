"""Timeline: when each amount of a document holds.

The time expressions of every sentence are found and resolved once. An amount takes the one
nearest to it in its clause; failing that, what the text around its sentence speaks of.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from functools import cached_property

from dataset.document import Document, Sentence
from dataset.lexer import TokenKind
from dataset.model import Period
from dataset.periods import Moment, make_period, parse_interval
from dataset.timeline.context import (
    adds,
    find_campaign,
    find_frame,
    find_time_ahead,
    is_perfect,
    looks_ahead,
    names_vague_time,
    shares_name,
    shares_stem,
    speaks_formerly,
    tells_done,
    tells_past,
)
from dataset.timeline.events import Events, add_events
from dataset.timeline.expressions import find_expressions
from dataset.timeline.news import find_news_day, is_fresh, lasts_now, tells_event
from dataset.timeline.reach import Limits, Reach
from dataset.timeline.scope import Expression, Role, Scope
from dataset.timeline.telling import find_telling

CodePoints = tuple[int, int]  # half-open

_CARRIED = frozenset("this these it they he she".split())  # what opens a sentence that goes on telling
_OPENING = 2  # tokens before the date that a sentence opens with
_WEEKS = 14  # days: what lies less far back was meant so
_LEAD = 6  # sentences that tell the news of the day
_MOST = 6  # other mentions and campaigns looked at
_NEWS_REACH = 12  # sentences behind the lead that may carry on its news
_BACK = 3  # sentences back that a time still reaches


class Timeline:
    """The time expressions of a document, resolved against its publication date."""

    def __init__(self, document: Document) -> None:
        self._published = _read_publication(document.article.published_on)
        self._sentences = document.sentences
        events = Events([sentence.tokens for sentence in document.sentences])
        self._found: list[list[Expression]] = []
        self._reaches: dict[int, Reach] = {}
        earlier, paragraph, span, spanned = None, -1, None, 0
        for sentence in document.sentences:
            scope = Scope(sentence.tokens, self._published, earlier if sentence.paragraph == paragraph else None, span)
            find_expressions(scope)
            self._found.append(add_events(scope, events))
            if scope.span is not span:
                span, spanned = scope.span, sentence.index
            elif sentence.index - spanned >= _BACK:
                span = None
            earlier, paragraph = scope.anchor or scope.earlier, sentence.paragraph

    def period_at(self, sentence: Sentence, first: int, last: int) -> Period | None:
        """When an amount over tokens `first` up to `last` of the sentence holds; None where the text does not say."""
        limits = self._own(sentence, first, last) or self._inherited(sentence, first, last)
        return make_period(*limits) if limits else None

    def period_of_event(
        self, sentence: Sentence, tokens: tuple[int, int], told: CodePoints | None, *, ahead: bool
    ) -> Period | None:
        """When the event over the tokens took place: as its own sentence says, or the one before.

        A figure holds for as long as its text speaks of the same thing; an event has its own time, or none.
        `told` is the span of what somebody said that tells it: a date outside says when they said it. `ahead`
        tells that it is to come.
        """
        limits = self._told(sentence, tokens, told) if told else self._own(sentence, *tokens)
        if limits is None and sentence.index:
            before = self._sentences[sentence.index - 1]
            goes_on = before.paragraph == sentence.paragraph and sentence.tokens[0].lower in _CARRIED
            limits = find_frame(before.tokens, self._found[before.index], Role.AT, Role.WINDOW) if goes_on else None
        if limits and ahead:
            limits = self._next(sentence, limits)
        return make_period(*limits) if limits else None

    def _told(self, sentence: Sentence, tokens: tuple[int, int], told: CodePoints) -> Limits | None:
        """What the words said themselves say of the time, or the date that the whole sentence opens with."""
        inside = [
            each
            for each in self._found[sentence.index]
            if each.first <= _OPENING
            or (told[0] <= sentence.tokens[each.first].start and sentence.tokens[each.last - 1].end <= told[1])
        ]
        return Reach(sentence.tokens, inside).limits(*tokens) if inside else None

    def _next(self, sentence: Sentence, limits: Limits) -> Limits:
        """The limits, a year later where a date without a year is meant for what is to come: on June 19."""
        start, end = limits
        if not (start and end and self._published and start.month and end.last_day < self._published.first_day):
            return limits
        dated = str(start.year) in {token.text for token in sentence.tokens}
        near = (self._published.first_day - end.last_day).days > _WEEKS
        if dated or not near or self._published.year > start.year + 1:
            return limits
        return start.of_year(start.year + 1), end.of_year(end.year + 1)

    def period_of_saying(self, sentence: Sentence, cue: CodePoints, said: CodePoints) -> Period | None:
        """When something was said: the date of the reporting clause with this cue; None where it gives none.

        `cue` and `said` are spans of code points; what is said may reach beyond the sentence.
        """
        found = self._found[sentence.index]
        if not found:
            return None
        starts = [token.start for token in sentence.tokens]
        spans = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in (cue, said)]
        telling = find_telling(sentence.tokens, found, *spans)
        return make_period(telling.start, telling.end) if telling else None

    def _own(self, sentence: Sentence, first: int, last: int) -> Limits | None:
        """What the sentence itself says of the time."""
        found = self._found[sentence.index]
        if not found:
            return None
        reach = self._reaches.get(sentence.index)
        if reach is None:
            reach = self._reaches[sentence.index] = Reach(sentence.tokens, found)
        return reach.limits(first, last)

    def _inherited(self, sentence: Sentence, first: int, last: int) -> Limits | None:
        """What the text around the sentence says of the time."""
        return (
            self._of_former_rule(sentence)
            or self._of_other_mention(sentence, first, last)
            or self._of_campaign(sentence)
            or (self._of_plan(sentence) if looks_ahead(sentence.tokens, first) else self._of_narrative(sentence, first))
        )

    def _of_plan(self, sentence: Sentence) -> Limits | None:
        """The time ahead that the sentence before it in its paragraph speaks of."""
        if sentence.index == 0 or self._published is None:
            return None
        if self._sentences[sentence.index - 1].paragraph != sentence.paragraph:
            return None
        return find_time_ahead(self._found[sentence.index - 1], self._published)

    def _of_former_rule(self, sentence: Sentence) -> Limits | None:
        """Previously, only towns paid: until the new rule of the sentence before holds."""
        if sentence.index == 0 or not speaks_formerly(sentence.tokens):
            return None
        for found in self._found[sentence.index - 1]:
            if found.role is Role.FROM and found.start:
                return None, found.start if found.start.month else found.start.shift("year", -1)
        return None

    def _of_other_mention(self, sentence: Sentence, first: int, last: int) -> Limits | None:
        """The time of the same figure where another sentence dates it."""
        for token in sentence.tokens[first:last]:
            for index, at in self._mentions.get(token.text, ())[:_MOST]:
                other = self._sentences[index]
                limits = self._own(other, at, at + 1) if index != sentence.index else None
                if limits:
                    return limits
        return None

    @cached_property
    def _mentions(self) -> dict[str, list[tuple[int, int]]]:
        """Sentence and token of every figure of three digits or more."""
        mentions: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for sentence in self._sentences:
            for at, token in enumerate(sentence.tokens):
                if token.kind is TokenKind.NUMBER and len(token.text) > 2:
                    mentions[token.text].append((sentence.index, at))
        return dict(mentions)

    def _of_campaign(self, sentence: Sentence) -> Limits | None:
        """The window of the campaign that the sentence speaks of: the draft that runs until July."""
        for stems, limits in self._campaigns[:_MOST]:
            if shares_stem(sentence.tokens, stems):
                return limits
        return None

    @cached_property
    def _campaigns(self) -> list[tuple[frozenset[str], Limits]]:
        pairs = zip(self._sentences, self._found, strict=True)
        return [campaign for sentence, found in pairs if (campaign := find_campaign(sentence.tokens, found))]

    def _of_narrative(self, sentence: Sentence, first: int) -> Limits | None:
        """The time that the sentences before it, or the lead, tell of."""
        tokens, perfect = sentence.tokens, is_perfect(sentence.tokens, first)
        if names_vague_time(tokens):
            return None
        roles = (Role.AT, Role.WINDOW, Role.SINCE) if perfect else (Role.AT, Role.WINDOW)
        for index in range(sentence.index - 1, max(-1, sentence.index - 1 - _BACK), -1):
            before = self._sentences[index]
            same = before.paragraph == sentence.paragraph and (tells_past(tokens) or adds(tokens))
            frame = find_frame(before.tokens, self._found[index], *roles) if same else None
            if frame is None and perfect and shares_name(tokens, before.tokens):
                frame = find_frame(before.tokens, self._found[index], Role.SINCE)
            if frame and not (self._is_ahead(frame) and tells_done(tokens, first)):
                return frame
        return self._of_news(sentence, first)

    def _is_ahead(self, limits: Limits) -> bool:
        """Whether the time begins behind publication."""
        return bool(self._published and limits[0] and limits[0].first_day > self._published.last_day)

    def _of_news(self, sentence: Sentence, first: int) -> Limits | None:
        """The day of the news, for the sentences of the lead and those further down that carry it on."""
        day, published = self._news_day, self._published
        if sentence.index < _LEAD:
            return day
        if published is None or published.day is None or sentence.index >= _LEAD + _NEWS_REACH:
            return None
        if day is None or not is_fresh(day[0], published):
            return None
        if lasts_now(sentence.tokens, first, fresh=day[0] == published):
            return published, published
        return day if tells_event(sentence.tokens, first) else None

    @cached_property
    def _news_day(self) -> Limits | None:
        """The day that the lead reports of, where it is a recent one."""
        if self._published is None:
            return None
        for found in self._found[:_LEAD]:
            day = find_news_day(found, self._published)
            if day:
                return day
        return None


def _read_publication(edtf: str | None) -> Moment | None:
    """The publication date as far as it is known; of an interval, what both ends share."""
    if edtf is None:
        return None
    start, end = parse_interval(edtf)
    if start is None or end is None or start == end:
        return start if end is not None else None
    if start.year != end.year:
        return None
    return Moment(start.year, start.month if start.month == end.month else None)
