"""Which of a sentence's time expressions an amount belongs to."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate, pairwise

from dataset.dates import is_numeric
from dataset.lexer import Token, TokenKind, Tokens, lower_at
from dataset.periods import Moment
from dataset.timeline.asides import aside_end, dates_document, dates_telling, joins_plan, opens_clause
from dataset.timeline.scope import Expression, Role
from dataset.timeline.words import time_words

_COMPARATIVES = frozenset("up down rise increase growth fall drop decline decrease jump higher lower".split())

Limits = tuple[Moment | None, Moment | None]

_OPENED = frozenset({",", "alone", "the"})
_OPENING_COST = 9  # an opening phrase holds for the whole sentence
_TELLING_COST = 9  # who says something on Tuesday speaks of some other day
_WEIGHED = 8  # expressions on either side of an amount
_DASH_COST = 4
_OTHER_COST = 4  # an amount in between has the date for itself
_OWNED_COST = 6
_COMPARED_COST = 40
_AHEAD_COST = 9  # a date that opens the next clause belongs to what follows it
_FRESH = 7  # days: what was said in the week of publication still holds at publication
_FAR = 24  # beyond it a date belongs to something else


class Reach:
    """The expressions of one sentence, for asking which one reaches an amount.

    What stands between two places is summed up once for the sentence: ends of clauses, verbs of
    telling, other amounts, comparisons.
    """

    def __init__(self, tokens: Tokens, found: list[Expression]) -> None:
        self.tokens = tokens
        lasts = any(each.role is Role.SINCE and not each.loose for each in found)
        found = [each for each in found if not (lasts and each.faint)]
        self.found = found
        self._asides = {each.first: aside_end(tokens, each) for each in found}
        self._firsts = [each.first for each in found]
        dated = {index for each in found for index in range(each.first, each.last)}
        numeric = [is_numeric(tokens, index) and index not in dated for index in range(len(tokens))]
        words = [token.lower for token in tokens]
        roles = time_words().roles
        self._amounts = _sums(now and not before for before, now in pairwise([False, *numeric]))
        self._breaks = _sums(_break(token) for token in tokens)
        self._tellings = _sums(word in roles["report"] for word in words)
        self._plans = _sums(joins_plan(tokens, index) for index in range(len(tokens)))
        self._comparisons = _sums(self._is_comparison(index) for index in range(len(tokens)))

    def limits(self, first: int, last: int) -> Limits | None:
        """Start and end of the time of the amount over tokens `first` up to `last`; None where nothing reaches it."""
        change = self._is_change(first)
        best = self._nearest(first, last, change=change)
        if best is None:
            return None
        if best.role is Role.FROM and change:
            frame = self._nearest(first, last, change=change, without=best)
            return best.start, frame.end if frame else None
        if best.role is Role.SINCE:
            return best.start, self._until(best)
        if best.closing and change and best.start and best.end:
            return best.start.cut("year"), best.end.cut("year")
        return best.start, best.end

    def _nearest(self, first: int, last: int, *, change: bool, without: Expression | None = None) -> Expression | None:
        costs = [
            (self._cost(each, first, last, change=change), -each.first, each)
            for each in self._near(first)
            if each is not without and not each.loose
        ]
        near = [entry for entry in costs if entry[0] < _FAR]
        return min(near, key=lambda entry: entry[:2])[2] if near else None

    def _near(self, index: int) -> list[Expression]:
        """The expressions worth weighing: the first of the sentence and the few on either side of the index."""
        at = bisect(self._firsts, index)
        begin = max(0, at - _WEIGHED)
        return self.found[: min(1, begin)] + self.found[begin : at + _WEIGHED]

    def _cost(self, found: Expression, first: int, last: int, *, change: bool) -> float:
        """How far the expression lies from the amount, in words and in what stands between."""
        before = found.last <= first
        if self._is_cut_off(found, first, last, before=before):
            return _FAR
        between = range(found.last, first) if before else range(last, found.first)
        cost = len(between) / 2 + self._barriers(between, before=before)
        if before:
            cost += (_FAR if found.leaning and not found.possessive else _OWNED_COST) * self._owns(found)
        elif opens_clause(self.tokens, found):
            cost += _AHEAD_COST
        if found.faint and self._breaks[between.start] != self._breaks[max(between.start, between.stop)]:
            cost += _FAR  # what is now so says nothing of the clause before
        if dates_telling(self.tokens, found) or dates_document(self.tokens, found):
            cost += _TELLING_COST
        if found.role is Role.FROM and not change and before and self._owns(found):
            cost += _FAR
        if found.role is Role.FROM and not before and self._compares(first, found.first):
            cost += _FAR
        if found.told or lower_at(self.tokens, found.first - 1) in time_words().roles["report"]:
            cost += _TELLING_COST
        opens = found.first <= 3 or lower_at(self.tokens, found.first - 1) == ","
        opens = opens and before and lower_at(self.tokens, found.last) in _OPENED
        return min(cost, _OPENING_COST) if opens and not found.told else cost

    def _is_cut_off(self, found: Expression, first: int, last: int, *, before: bool) -> bool:
        """Whether no distance is short enough: the amount is in the date, outside its aside, or before its plan."""
        if before:
            return 0 < self._asides[found.first] <= first
        plans = self._plans[found.first] > self._plans[last]
        # a window has begun before: the sale began in May and will run until July
        return found.first < last or (plans and found.role is not Role.WINDOW)

    def _barriers(self, between: range, *, before: bool) -> float:
        """What the words between cost: ends of clauses, other amounts, verbs of telling, comparisons."""
        first, last = between.start, max(between.start, between.stop)
        others = self._amounts[last] - self._amounts[first]
        compared = others > 0 and not before and self._comparisons[last] > self._comparisons[first]
        tellings = (self._tellings[last] - self._tellings[first]) * before
        breaks = self._breaks[last] - self._breaks[first]
        return breaks + _TELLING_COST * tellings + _OTHER_COST * others + _COMPARED_COST * compared

    def _is_comparison(self, index: int) -> bool:
        """Whether the word at `index` sets what follows against what stands before: compared with, than, up from."""
        word = self.tokens[index].lower
        return word in time_words().roles["compare"] or (
            word == "from" and lower_at(self.tokens, index - 1) in _COMPARATIVES
        )

    def _owns(self, found: Expression) -> bool:
        """Whether an amount stands right before the expression and has it for itself."""
        return self._amounts[found.first] > self._amounts[max(0, found.first - 4)]

    def _compares(self, first: int, date: int) -> bool:
        """Whether the date is what an amount is held against: up 20% from 2021, a rise of 500 from May."""
        words = {token.lower for token in self.tokens[max(0, first - 4) : date]}
        return date - first < 8 and not _COMPARATIVES.isdisjoint(words)

    def _is_change(self, first: int) -> bool:
        """Whether the amount is what something rose or fell by: by 12%, by a record 40%, or 3 million."""
        at = first - 1
        while at > max(0, first - 4) and self.tokens[at].lower not in ("by", "or", ","):
            at -= 1
        if lower_at(self.tokens, at) == "by":
            return True
        if lower_at(self.tokens, at) != "or" or lower_at(self.tokens, at - 1) != ",":
            return False
        return any(lower_at(self.tokens, index) == "by" for index in range(max(0, at - 8), at))

    def _until(self, since: Expression) -> Moment | None:
        """The end of a time that runs since a date: what the sentence gives as its latest state, else publication."""
        for each in self._near(since.first):
            stated = each.role is Role.AT and (each.told or each.state)
            stated = stated or self._is_said_before(each, since)
            if stated and each.end and since.start and each.end.last_day >= since.start.first_day:
                return each.end
        return since.end

    def _is_said_before(self, found: Expression, since: Expression) -> bool:
        """Whether the date is that of a saying, weeks before publication, behind which nothing was counted."""
        near = range(max(0, found.first - 2), found.first)
        said = any(self.tokens[at].lower in time_words().roles["report"] for at in near)
        if not said or found.role is not Role.AT or not found.end or not since.end or found.last > since.first:
            return False
        return (since.end.last_day - found.end.last_day).days > _FRESH


def _break(token: Token) -> float:
    """What a token costs that ends a clause or sets something apart."""
    dash = token.kind is TokenKind.DASH and not token.glued
    return _DASH_COST if dash else float(time_words().roles["break"].get(token.lower, 0))


def _sums(costs: Iterable[float]) -> list[float]:
    """Running sums: the costs of the tokens before each index."""
    return list(accumulate(costs, initial=0.0))
