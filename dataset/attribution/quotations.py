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
    return _Reader(tokens).read()


class _Reader:
    """Goes through the marks of one paragraph, remembering which quotations are open."""

    def __init__(self, tokens: list[Token]) -> None:
        self._tokens = tokens
        self._found: list[Quotation] = []
        self._opened: dict[str, _Open] = {}
        self._places = [index for index, token in enumerate(tokens) if token.text in _MARKS]
        self._spare = -sum(self._turn(index) for index in self._places)  # closing marks ahead beyond the opening ones
        self._nested = 0
        self._doubtful = 0  # a mark that ends a quotation unless it is the apostrophe of a plural

    def read(self) -> list[Quotation]:
        """All quotations."""
        behind = 0
        for index in self._places:
            self._spare += self._turn(index)
            if index >= behind:
                mark, width = _mark_at(self._tokens, index)
                self._take(index, mark, width)
                behind = index + width
        self._close_doubtful()
        last = self._opened.get(DOUBLE) or self._opened.get(SINGLE)
        if last and (DOUBLE in self._opened or (last.first == 0 and self._tokens[0].text in _SINGLE_OPEN)):
            self._append(last, len(self._tokens), closed=False)
        return self._found

    def _turn(self, index: int) -> int:
        """1 for a mark that opens a double quotation, -1 for one that closes it."""
        text = self._tokens[index].text
        return (text in _DOUBLE_OPEN) - (text in _DOUBLE_CLOSE)

    def _take(self, index: int, mark: str, width: int) -> None:
        inside = DOUBLE in self._opened
        if not inside and mark == SINGLE and SINGLE in self._opened:
            self._doubt(index)
        if inside and self._turn(index) > 0 and self._spare > self._nested + 1:
            self._nested += 1  # a double mark inside a quotation that is closed behind it too
        elif self._nested and self._turn(index) < 0:
            self._nested -= 1
        elif mark and mark in self._opened and _closes(self._tokens, index, width):
            if mark == DOUBLE or not inside:
                self._append(self._opened.pop(mark), index, closed=True)
        elif mark and not inside and mark not in self._opened and _opens(self._tokens, index, width):
            self._opened[mark] = _Open(index, index + width)

    def _doubt(self, index: int) -> None:
        """Keep where an open quotation may have ended, and let it end there once another one opens."""
        if self._tokens[index].text in _SINGLE_OPEN:
            self._close_doubtful()
        elif _is_plural(self._tokens, index) and self._doubtful < self._opened[SINGLE].first:
            self._doubtful = index

    def _close_doubtful(self) -> None:
        opened = self._opened.get(SINGLE)
        if opened is None or DOUBLE in self._opened or self._tokens[opened.first].text not in _SINGLE_OPEN:
            return
        if self._doubtful > opened.inside:
            self._append(self._opened.pop(SINGLE), self._doubtful, closed=True)

    def _append(self, opened: _Open, last: int, *, closed: bool) -> None:
        while self._found and self._found[-1].first > opened.first:
            self._found.pop()
        if last > opened.inside:
            span = self._tokens[opened.inside].start, self._tokens[last - 1].end
            self._found.append(Quotation(opened.first, last, *span, closed))


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
    return not _is_plural(tokens, index)


def _is_plural(tokens: list[Token], index: int) -> bool:
    """Whether it may be the apostrophe of a plural: behind an s and before a lower-case word (the workers’ union)."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    behind = index > 0 and tokens[index].glued and tokens[index - 1].lower.endswith("s")
    return behind and following is not None and following.text[0].islower()


def _clings_back(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index].glued and tokens[index - 1].text not in "([—–-"
