"""Times that repeat another one of the text: over the same period · the same eight months of 2023 · a year earlier."""

from __future__ import annotations

from dataclasses import replace

from dataset.timeline.scope import Expression, Role, Scope

_FRAMES = frozenset("during over in within for than throughout of".split())
_MOST = 8  # expressions looked back at


def read_same(scope: Scope, index: int) -> Expression | None:
    """The time that the text last spoke of, named again as the same time, the same period or the same two weeks."""
    first = index - 1
    while first > max(0, index - 4) and scope.word(first) != "same":
        first -= 1
    framed = scope.word(first - 1) in _FRAMES or (scope.word(first - 1) == "the" and scope.word(first - 2) in _FRAMES)
    if scope.word(first) != "same" or not framed or scope.span is None:
        return None
    span = scope.span
    return Expression(first, index + 1, span.start, span.end, span.role)


def a_year_off(scope: Scope, years: int, index: int) -> Expression | None:
    """The months that the sentence spoke of before `index`, so many years earlier or later; None without any."""
    near = (each for each in reversed(scope.found[-_MOST:]) if each.role in (Role.AT, Role.WINDOW))
    span = next((each for each in near if not each.loose), None)
    if span is None or span.last > index:
        return None
    start, end = span.start, span.end
    if not (start and end and start.month and end.month) or start.day or end.day:
        return None
    start, end = start.shift("year", years), end.shift("year", years)
    return Expression(span.first, span.last, start, end, span.role, leaning=True)


def of_other_year(earlier: Expression, later: Expression) -> Expression | None:
    """The same period of another year: of last year, in 2022."""
    year = later.start
    if later.role is not Role.AT or year is None or year.month or later.end != year:
        return None
    start, end = earlier.start, earlier.end
    if start is None or end is None or start.year != end.year:
        return None
    return replace(earlier, last=later.last, start=start.of_year(year.year), end=end.of_year(year.year))
