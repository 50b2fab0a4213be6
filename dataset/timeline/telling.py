"""When something was said: the date that a reporting clause gives for itself."""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, lower_at
from dataset.timeline.scope import Expression, Role
from dataset.timeline.words import time_words

_REACH = 14  # tokens from the cue to its date: told reporters at a news conference in Norby on Monday
_WALLS = frozenset('that : ; “ ” " because which who whose where when while if after before since until'.split())
_OPENERS = frozenset("on in at late early but and earlier last".split())

TokenRange = tuple[int, int]  # half-open


def find_telling(tokens: Tokens, found: list[Expression], cue: TokenRange, said: TokenRange) -> Expression | None:
    """The expression that dates the cue rather than what is said: the nearest one in the cue's own clause."""
    dates = [each for each in found if _may_date(each) and not _overlaps((each.first, each.last), said)]
    limit = min(said[0] if said[0] >= cue[1] else len(tokens), cue[1] + _REACH)
    behind = [each for each in dates if cue[1] <= each.first <= limit and _is_free(tokens, cue[1], each.first)]
    if behind:
        return behind[0]
    between = [each for each in dates if each.last <= cue[0] and _is_free(tokens, each.last, cue[0])]
    return next((each for each in reversed(between) if _stands_before(tokens, each, cue[0])), None)


def _may_date(found: Expression) -> bool:
    return found.role is Role.AT and not (found.loose or found.faint) and found.start is not None


def _overlaps(one: TokenRange, other: TokenRange) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _is_free(tokens: Tokens, first: int, last: int) -> bool:
    """Whether no clause begins or ends between the indices."""
    return all(tokens[at].lower not in _WALLS for at in range(first, last))


def _stands_before(tokens: Tokens, found: Expression, cue: int) -> bool:
    """Whether the date leads in to the clause (`On Monday, X said`) or stands beside its verb (`X on Monday said`)."""
    opens = all(token.lower in _OPENERS or token.kind is TokenKind.MARK for token in tokens[: found.first])
    tells = any(lower_at(tokens, at) in time_words().roles["report"] for at in range(found.last, cue))
    beside = cue - found.last <= 1 and lower_at(tokens, found.last) != ","
    return (opens or beside) and not tells
