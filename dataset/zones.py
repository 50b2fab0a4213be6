"""Zones: which lines of a page carry the news, and which only surround it.

Decided line by line from shape, position and the furniture vocabulary. Facts come from the
title, the standfirst and the body alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
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
    CAPTION = "caption"
    SUBHEAD = "subhead"
    LIST = "list"
    BIOGRAPHY = "biography"
    FURNITURE = "furniture"


FACT_ZONES = frozenset({ZoneKind.TITLE, ZoneKind.STANDFIRST, ZoneKind.BODY})
_TERMINAL = frozenset(".!?…:;,\"'”’»)]")
_SHORT = 20  # a line of this many words is a sentence even without a stop
_STANDFIRST = range(10, 41)  # words of a line under the title that needs no stop
_REPEATED = 12  # a line of fewer words that stands on the page twice is no news: a link, a slogan, a button
_CAPTION = 30  # words that a caption has at most
_BULLETS = frozenset("•◦▪‣●■*")


@dataclass(frozen=True, slots=True)
class Zone:
    """One line: its kind and its tokens, which carry the spans."""

    kind: ZoneKind
    tokens: list[Token]


def parse_zones(text: str) -> Iterator[Zone]:
    """The lines of the text that are not blank, in order, each with its kind."""
    lines = list(_read_lines(text))
    page = _Page(lines)
    for index, tokens in enumerate(lines):
        yield Zone(page.classify(index), tokens)


def _read_lines(text: str) -> Iterator[list[Token]]:
    """Tokens line by line; a line ends where `str.splitlines` says it does."""
    start = 0
    for line in text.splitlines(keepends=True):
        tokens = lex(text, start, start + len(line))
        start += len(line)
        if tokens:
            yield tokens


class _Page:
    """The lines of a page and what has been seen of it so far, as the kind of a line depends on both."""

    def __init__(self, lines: Sequence[list[Token]]) -> None:
        self._lines = lines
        self._words = [[token.lower for token in tokens] for tokens in lines]
        self._first = {tuple(words): at for at, words in reversed(list(enumerate(self._words)))}
        self._times = Counter(map(tuple, self._words))
        self._again = Counter(tuple(words) for words in self._words[self._first_sentence() :])
        self._total = sum(len(tokens) for tokens in lines)
        self._seen = 0  # tokens of the lines classified so far
        self._last: ZoneKind | None = None  # kind of the line before
        self._sentences = 0  # lines of news with a full stop
        self._titled = False
        self._ended = False

    def _first_sentence(self) -> int:
        return next((at for at, tokens in enumerate(self._lines) if _is_sentence(tokens)), len(self._lines))

    def classify(self, index: int) -> ZoneKind:
        """The kind of the next line, which is the one at `index`."""
        tokens = self._lines[index]
        kind = ZoneKind.FURNITURE if self._ended or self._is_repeated(index) else self._kind(index)
        self._seen += len(tokens)
        self._last = kind
        if kind in FACT_ZONES:
            self._titled = True
            self._sentences += _is_sentence(tokens)
        return kind

    def _is_repeated(self, index: int) -> bool:
        """A short line without a full stop that the page repeats.

        Where the title is missing yet, one right above the news is a title that links or a footer say
        again; one that only the head of the page repeats counts where it stands first.
        """
        words, below = self._words[index], self._lines[index + 1 : index + 2]
        if self._times[tuple(words)] < 2 or len(words) >= _REPEATED or words[-1] in _STOPS:
            return False
        if not self._titled and any(_is_byline(tokens) or _is_sentence(tokens) for tokens in below):
            return False
        return self._again[tuple(words)] > 0 or self._first[tuple(words)] < index

    def _kind(self, index: int) -> ZoneKind:
        tokens = self._lines[index]
        if self._titled and self._is_caption(index):
            return ZoneKind.CAPTION
        found = vocabulary().furniture.at(tokens, _first_word(tokens))
        if found and not _is_prose(tokens, found[1]):
            self._ended = found[1].ends and self._in_tail()
            return ZoneKind.FURNITURE
        if _invites(tokens) or (self._titled and _is_shouted(tokens)):
            return ZoneKind.FURNITURE
        if _is_byline(tokens):
            return ZoneKind.BYLINE
        if self._in_tail() and (_is_biography(tokens) or _is_contribution(tokens)):
            return ZoneKind.BIOGRAPHY
        return self._kind_of_news(tokens)

    def _kind_of_news(self, tokens: list[Token]) -> ZoneKind:
        if tokens[0].text in _BULLETS and not _is_sentence(tokens):
            return ZoneKind.LIST
        if not self._titled and not _is_sentence(tokens):
            return ZoneKind.TITLE if _is_title(tokens) else ZoneKind.FURNITURE
        if _is_sentence(tokens) or _count_words(tokens) > _SHORT:
            return ZoneKind.BODY if self._sentences else ZoneKind.STANDFIRST
        under_title = self._last is ZoneKind.TITLE and _count_words(tokens) in _STANDFIRST
        return ZoneKind.STANDFIRST if under_title else ZoneKind.SUBHEAD

    def _is_caption(self, index: int) -> bool:
        """The words under a picture: no sentence, and named so, credited, or what the next line says too."""
        tokens = self._lines[index]
        if tokens[-1].text in _STOPS or _count_words(tokens) > _CAPTION:
            return False
        first = _first_word(tokens)
        named = tokens[first].lower in _PICTURES or [token.lower for token in tokens[first : first + 2]] == _FILE
        around = [self._words[at] for at in (index - 1, index + 1) if 0 <= at < len(self._words)]
        return named or _is_credited(tokens) or any(_begins_alike(self._words[index], words) for words in around)

    def _in_tail(self) -> bool:
        """Whether enough of the news is behind us for its end matter to begin."""
        return self._sentences >= 2 and self._seen >= 0.4 * self._total


_PICTURES = frozenset("photo photos photograph image images picture pictures pictured".split())
_FILE = ["file", "photo"]


def _is_credited(tokens: list[Token]) -> bool:
    """Whether a line ends with the credit of a picture: | Reuters · Ida Holm/Getty Images · (AFP)."""
    last = len(tokens) - (tokens[-1].text in ")]")
    found = vocabulary().credits.before(tokens, last)
    if found is None or found[0] < 2:
        return False
    return tokens[found[0] - 1].text in _CREDIT_MARKS and tokens[found[0] - 2].text not in _STOPS


_CREDIT_MARKS = frozenset("| / ( [ © · • – — -".split())


def _begins_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether the shorter of two lines is how the longer begins."""
    size = min(len(one), len(other))
    return size >= 4 and one[:size] == other[:size]


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


def _is_title(tokens: list[Token]) -> bool:
    """Whether a line is long enough for a title: three words, or two and a number."""
    words = _count_words(tokens)
    return words > 2 or (words == 2 and any(token.kind is TokenKind.NUMBER for token in tokens))


def _invites(tokens: list[Token]) -> bool:
    """An invitation to subscribe: Join 40,000 readers."""
    words = [token.lower for token in tokens[:_INVITATION]]
    return words[0] == "join" and not _AUDIENCE.isdisjoint(words)


_INVITATION = 7  # tokens within which an invitation names whom one joins
_AUDIENCE = frozenset("readers subscribers followers members".split())


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
    """A line of months, weekdays, numbers and marks only: Apr 3 · Tuesday, 8 May 2029 07:15 PM EDT."""
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


def _is_contribution(tokens: list[Token]) -> bool:
    """A line that names who helped to report: Dalby Post writer Jon Gale contributed."""
    words = [token.lower for token in tokens[:14]]
    if "contributed" not in words:
        return False
    at = words.index("contributed")
    behind = tokens[at + 1].lower if at + 1 < len(tokens) else "."
    if behind == "to":
        return words[at + 2 : at + 3] == ["this"]
    return behind in _BEHIND and not vocabulary().authors.isdisjoint(words[:at])


_BEHIND = frozenset(". ; , from in reporting".split())
