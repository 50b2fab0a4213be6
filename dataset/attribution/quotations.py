"""Quotations: what stands between quotation marks, straight or curly, in one paragraph.

A quotation left open at the end of its paragraph runs to that end; the next paragraph opens its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from dataset.lexer import Token, TokenKind

_DOUBLE_OPEN, _DOUBLE_CLOSE, _STRAIGHT = frozenset("“„«"), frozenset("”»"), '"'
_SINGLE_OPEN, _SINGLE_CLOSE = frozenset("‘‚"), frozenset("’'")
_MARKS = _DOUBLE_OPEN | _DOUBLE_CLOSE | _SINGLE_OPEN | _SINGLE_CLOSE | {_STRAIGHT, "`"}
DOUBLE, SINGLE = '"', "'"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: indices of its marks among the tokens and the code points of the text between them.

    `last` is the number of tokens where the quotation is never closed.
    """

    first: int
    last: int
    start: int
    end: int
    closed: bool


@dataclass(frozen=True, slots=True)
class _Open:
    first: int
    inside: int  # index of the first token of the text


def find_quotations(tokens: list[Token]) -> list[Quotation]:
    """The quotations of one paragraph in order; those inside another are left to it."""
    found: list[Quotation] = []
    opened: dict[str, _Open] = {}
    behind, nested = 0, 0
    places = [index for index, token in enumerate(tokens) if token.text in _MARKS]
    spare = sum((tokens[at].text in _DOUBLE_CLOSE) - (tokens[at].text in _DOUBLE_OPEN) for at in places)
    for index in places:
        spare += (tokens[index].text in _DOUBLE_OPEN) - (tokens[index].text in _DOUBLE_CLOSE)
        if index < behind:
            continue
        mark, width = _mark_at(tokens, index)
        if DOUBLE in opened and tokens[index].text in _DOUBLE_OPEN and spare > nested + 1:
            nested += 1  # a double mark inside a quotation that is closed behind it too
        elif nested and tokens[index].text in _DOUBLE_CLOSE:
            nested -= 1
        elif mark and mark in opened and _closes(tokens, index, width):
            if mark == DOUBLE or DOUBLE not in opened:
                _append(found, tokens, opened.pop(mark), index, closed=True)
        elif mark and DOUBLE not in opened and mark not in opened and _opens(tokens, index, width):
            opened[mark] = _Open(index, index + width)
        behind = index + width
    last = opened.get(DOUBLE) or (opened.get(SINGLE) if tokens and tokens[0].text in _SINGLE_OPEN else None)
    if last and (DOUBLE in opened or last.first == 0):
        _append(found, tokens, last, len(tokens), closed=False)
    return found


def _append(found: list[Quotation], tokens: list[Token], opened: _Open, last: int, *, closed: bool) -> None:
    while found and found[-1].first > opened.first:
        found.pop()
    if last > opened.inside:
        span = tokens[opened.inside].start, tokens[last - 1].end
        found.append(Quotation(opened.first, last, *span, closed))


def _mark_at(tokens: list[Token], index: int) -> tuple[str, int]:
    """Which sort of mark stands here, double or single, and of how many tokens; two single ones are a double."""
    token = tokens[index]
    text = token.text
    if text in _DOUBLE_OPEN or text in _DOUBLE_CLOSE or text == _STRAIGHT:
        return DOUBLE, 1
    if text in _SINGLE_OPEN or text in _SINGLE_CLOSE or text == "`":
        twin = tokens[index + 1] if index + 1 < len(tokens) else None
        if twin and twin.glued and (twin.text in _SINGLE_OPEN or twin.text in _SINGLE_CLOSE or twin.text == "`"):
            return DOUBLE, 2
        return SINGLE, 1
    return "", 1


def _opens(tokens: list[Token], index: int, width: int) -> bool:
    """Whether the mark can begin a quotation: it clings to what follows."""
    text = tokens[index].text
    if text in _DOUBLE_CLOSE or index + width >= len(tokens):
        return False
    if text in _DOUBLE_OPEN or text in _SINGLE_OPEN:
        return True
    clings = tokens[index + width].glued
    if text == _STRAIGHT or width == 2:
        return clings or not tokens[index].glued
    years = tokens[index + width].kind in (TokenKind.NUMBER, TokenKind.CODE)  # the '90s
    return clings and not years and not _clings_back(tokens, index)


def _closes(tokens: list[Token], index: int, width: int) -> bool:
    """Whether the mark can end a quotation that is open."""
    text = tokens[index].text
    if text in _DOUBLE_CLOSE:
        return True
    if text in _DOUBLE_OPEN or (text in _SINGLE_OPEN and width == 1):
        return False
    following = tokens[index + width] if index + width < len(tokens) else None
    if text == _STRAIGHT or width == 2:
        return tokens[index].glued or following is None or not following.glued
    if not _clings_back(tokens, index) or (following and following.glued and following.kind is TokenKind.WORD):
        return False
    # the apostrophe of a plural (`the workers’ union`) stands behind an s and before a lower-case word
    return not (tokens[index - 1].lower.endswith("s") and following and following.text[0].islower())


def _clings_back(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index].glued and tokens[index - 1].text not in "([—–-"
