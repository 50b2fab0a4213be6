"""Sentences: a split over tokens that knows abbreviations and never crosses a line."""

from __future__ import annotations

from collections.abc import Iterator

from dataset.lexer import Token, TokenKind
from dataset.vocabulary import vocabulary

_STOPS = frozenset(".!?…")
_CLOSERS = frozenset("\"'”’»)]")


_MARKS = 8  # closing marks in a row
_LONGEST = 250  # tokens; nobody writes longer ones, and what reads sentences may then look at all of one


def split_sentences(tokens: list[Token]) -> Iterator[list[Token]]:
    """Cut the tokens of one line into sentences; every token lands in exactly one."""
    begin = 0
    for index in range(len(tokens) - 1):
        if _ends_sentence(tokens, index) or index + 1 - begin == _LONGEST:
            yield tokens[begin : index + 1]
            begin = index + 1
    if begin < len(tokens):
        yield tokens[begin:]


def _ends_sentence(tokens: list[Token], index: int) -> bool:
    """Whether a sentence ends behind the token at `index`, which is not the last."""
    stop = index
    while stop > max(0, index - _MARKS) and tokens[stop].text in _CLOSERS and tokens[stop].glued:
        stop -= 1
    following = tokens[index + 1]
    if tokens[stop].text not in _STOPS or following.text in _STOPS:
        return False
    if following.text in _CLOSERS and following.glued:
        return False
    if following.kind is TokenKind.WORD and not following.capitalised:
        return False
    if following.glued and following.kind is not TokenKind.WORD:
        return False
    return tokens[stop].text != "." or not _is_abbreviation(tokens[stop - 1] if stop else None)


def _is_abbreviation(token: Token | None) -> bool:
    """Whether the stop behind the token belongs to it: Mr. · an initial."""
    if token is None or token.kind is not TokenKind.WORD:
        return False
    return token.lower in vocabulary().abbreviations or (len(token.text) == 1 and token.capitalised)
