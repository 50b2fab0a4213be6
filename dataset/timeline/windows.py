"""Two dates read as one: from April to July · between 2014 and 2022 · in May and June · in December last year."""

from __future__ import annotations

from dataclasses import replace

from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.periods import Moment
from dataset.timeline.same import of_other_year
from dataset.timeline.scope import Expression, Role, Scope


def join_dates(scope: Scope, earlier: Expression, later: Expression) -> Expression | None:
    """What two neighbouring expressions make together; None where each stands for itself."""
    again = any(scope.word(at) == "same" for at in range(earlier.first, earlier.last))
    if again and later.first <= earlier.last + 1 and (moved := of_other_year(earlier, later)):
        return moved
    return _date_anew(scope, earlier, later) or _join(scope, earlier, later)


def _join(scope: Scope, earlier: Expression, later: Expression) -> Expression | None:
    """One window made of two dates: from April to July, between 2014 and 2022, 3 May until 5 May."""
    gap = scope.tokens[earlier.last : later.first]
    linked = later.first == earlier.last and (
        later.role is Role.UNTIL or lower_at(scope.tokens, later.first) in ("to", "until")
    )
    dashed = len(gap) == 1 and gap[0].kind is TokenKind.DASH
    both = len(gap) == 1 and gap[0].lower == "and" and scope.word(earlier.first) == "between"
    opens = earlier.role in (Role.FROM, Role.AT) and (linked or dashed or both)
    begun = later.role is Role.UNTIL and earlier.role is Role.AT and _begins(scope, earlier)
    start, end = _in_order(earlier, later)
    if earlier.yearless and later.yearless:
        start, end = _under_way(scope, start, end)
    if not (opens or begun) and not (_listed(gap, earlier, later) and _adjoin(start, end)):
        return None
    if start is None or end is None or start.first_day > end.last_day:
        return None
    return Expression(later.first if begun else earlier.first, later.last, start, end, Role.WINDOW)


def _date_anew(scope: Scope, earlier: Expression, later: Expression) -> Expression | None:
    """A date whose year follows in words: in December last year, on 24 February of this year."""
    between = scope.tokens[earlier.last : later.first]
    close = not between and later.role is Role.AT and later.start == later.end
    if not (close and earlier.yearless and later.start) or later.start.month or earlier.start is None:
        return None
    year = later.start.year
    dated = earlier.role in (Role.AT, Role.WINDOW)
    end = earlier.end.of_year(year) if dated and earlier.end else earlier.end
    start = earlier.start.of_year(year)
    return replace(earlier, last=later.last, start=start, end=end, yearless=False)


def _begins(scope: Scope, found: Expression) -> bool:
    """Whether the words before the date say that something began then."""
    return any(scope.value("begin", at) is not None for at in range(max(0, found.first - 3), found.first))


def _under_way(scope: Scope, start: Moment | None, end: Moment | None) -> tuple[Moment | None, Moment | None]:
    """The window a year earlier where that one is not over yet: it runs from April to July, said in May."""
    if not start or not end or not scope.published or start.first_day <= scope.published.last_day:
        return start, end
    ended = end.of_year(end.year - 1)
    return (start.of_year(start.year - 1), ended) if ended.last_day >= scope.published.first_day else (start, end)


def _listed(gap: Tokens, earlier: Expression, later: Expression) -> bool:
    """Whether `and` alone stands between two dates."""
    return len(gap) == 1 and gap[0].lower == "and" and earlier.role is Role.AT and later.role is Role.AT


def _adjoin(one: Moment | None, other: Moment | None) -> bool:
    """Whether two dates are of one kind and follow each other: in May and June, on Monday and Tuesday."""
    if one is None or other is None:
        return False
    alike = (one.month is None) == (other.month is None) and (one.day is None) == (other.day is None)
    return alike and (other.first_day - one.last_day).days == 1


def _in_order(earlier: Expression, later: Expression) -> tuple[Moment | None, Moment | None]:
    """Start and end of a window; a date without a year takes its year from the other."""
    start, end = earlier.start, later.end
    if start and end and later.yearless:
        year = start.year + (end.month is not None and start.month is not None and end.month < start.month)
        return start, end.of_year(year)
    if start and end and earlier.yearless:
        year = end.year - (end.month is not None and start.month is not None and end.month < start.month)
        return start.of_year(year), end
    return start, end
