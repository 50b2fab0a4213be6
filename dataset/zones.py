"""Zones: which lines of a page carry the news, and which only surround it.

Decided line by line from shape, position and the furniture vocabulary. Facts come from the
title, the standfirst and the body alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from dataset.lexer import Token, TokenKind, lex
from dataset.vocabulary import Furniture, vocabulary


class ZoneKind(StrEnum):
    """What a line is on the page."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BODY = "body"
    BYLINE = "byline"
    SUBHEAD = "subhead"
    LIST = "list"
    BIOGRAPHY = "biography"
    FURNITURE = "furniture"


FACT_ZONES = frozenset({ZoneKind.TITLE, ZoneKind.STANDFIRST, ZoneKind.BODY})
_TERMINAL = frozenset(".!?…:;,\"'”’»)]")
_SHORT = 20  # a line of this many words is a sentence even without a stop
_BULLETS = frozenset("•◦▪‣●■*")


@dataclass(frozen=True, slots=True)
class Zone:
    """One line: its kind and its tokens, which carry the spans."""

    kind: ZoneKind
    tokens: list[Token]


def parse_zones(text: str) -> Iterator[Zone]:
    """The lines of the text that are not blank, in order, each with its kind."""
    lines = list(_read_lines(text))
    page = _Page(total=sum(len(tokens) for tokens in lines))
    for tokens in lines:
        yield Zone(page.classify(tokens), tokens)


def _read_lines(text: str) -> Iterator[list[Token]]:
    """Tokens line by line; a line ends where `str.splitlines` says it does."""
    start = 0
    for line in text.splitlines(keepends=True):
        tokens = lex(text, start, start + len(line))
        start += len(line)
        if tokens:
            yield tokens


class _Page:
    """What has been seen of the page so far, as the kind of a line depends on it."""

    def __init__(self, total: int) -> None:
        self._total = total  # tokens on the page
        self._seen = 0  # tokens of the lines classified so far
        self._sentences = 0  # lines of news with a full stop
        self._titled = False
        self._ended = False

    def classify(self, tokens: list[Token]) -> ZoneKind:
        """The kind of the next line."""
        kind = ZoneKind.FURNITURE if self._ended else self._kind(tokens)
        self._seen += len(tokens)
        if kind in FACT_ZONES:
            self._titled = True
            self._sentences += _is_sentence(tokens)
        return kind

    def _kind(self, tokens: list[Token]) -> ZoneKind:
        found = vocabulary().furniture.at(tokens, _first_word(tokens))
        if found and not _is_prose(tokens, found[1]):
            self._ended = found[1].ends and self._in_tail()
            return ZoneKind.FURNITURE
        if _is_byline(tokens):
            return ZoneKind.BYLINE
        if self._in_tail() and _is_biography(tokens):
            return ZoneKind.BIOGRAPHY
        if _is_shouted(tokens) and self._titled:
            return ZoneKind.FURNITURE
        return self._kind_of_news(tokens)

    def _kind_of_news(self, tokens: list[Token]) -> ZoneKind:
        if tokens[0].text in _BULLETS and not _is_sentence(tokens):
            return ZoneKind.LIST
        if not self._titled and not _is_sentence(tokens):
            return ZoneKind.TITLE if _count_words(tokens) > 2 else ZoneKind.FURNITURE
        if _is_sentence(tokens) or _count_words(tokens) > _SHORT:
            return ZoneKind.BODY if self._sentences else ZoneKind.STANDFIRST
        return ZoneKind.SUBHEAD

    def _in_tail(self) -> bool:
        """Whether enough of the news is behind us for its end matter to begin."""
        return self._sentences >= 2 and self._seen >= 0.4 * self._total


def _first_word(tokens: list[Token]) -> int:
    """Index of the first token that is no bullet, dash or opening bracket."""
    for index, token in enumerate(tokens):
        if token.text not in _BULLETS and token.kind is not TokenKind.DASH and token.text not in "([|·":
            return index
    return 0


def _count_words(tokens: list[Token]) -> int:
    return sum(token.kind is TokenKind.WORD for token in tokens)


def _is_sentence(tokens: list[Token]) -> bool:
    return tokens[-1].text in _TERMINAL and len(tokens) > 3


def _is_prose(tokens: list[Token], found: Furniture) -> bool:
    """Whether a line that begins like furniture is a sentence of news after all."""
    if tokens[-1].text not in _STOPS or any(token.text == "|" for token in tokens):
        return False
    return _count_words(tokens) > (4 if found.label else 25)


_STOPS = frozenset('.!?”"')


def _is_shouted(tokens: list[Token]) -> bool:
    """A line all in capitals, as pages set their links to other stories."""
    words = [token.text for token in tokens if token.kind is TokenKind.WORD]
    return len(words) >= 4 and all(word == word.upper() for word in words)


def _is_byline(tokens: list[Token]) -> bool:
    """A short line of who wrote it, when, or how long it takes to read."""
    if _count_words(tokens) > 12 or (tokens[-1].text in ".!?" and len(tokens) > 3):
        return False
    words = [token.lower for token in tokens]
    starts_by = words[_first_word(tokens)] == "by"
    reading_time = "read" in words and ("min" in words or "minute" in words or "minutes" in words)
    return starts_by or reading_time or _is_dateline(tokens)


def _is_dateline(tokens: list[Token]) -> bool:
    """A line of months, weekdays, numbers and marks only: Apr 3 · Wednesday, 20 March 2024 06:24 PM EDT."""
    numbers = sum(token.kind is TokenKind.NUMBER for token in tokens)
    words = [token.lower for token in tokens if token.kind is TokenKind.WORD]
    calendar, stamps = vocabulary().calendar, ("updated", "published", "posted", "at", "on")
    return numbers > 0 and all(word in calendar or word in stamps for word in words)


def _is_biography(tokens: list[Token]) -> bool:
    """A line that introduces its author: a full name, `is`, and a trade."""
    names = 0
    while names < len(tokens) and tokens[names].kind is TokenKind.WORD and tokens[names].capitalised:
        names += 1
    if not 2 <= names <= 4 or names >= len(tokens) or tokens[names].lower not in ("is", "was", "has"):
        return False
    return not vocabulary().authors.isdisjoint(token.lower for token in tokens[names : names + 14])
