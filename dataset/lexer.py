"""Text to tokens that keep their span: every later stage works on tokens, never on bare strings.

Spans are half-open and count code points of the unmodified text. White space makes no token;
every other character belongs to exactly one, so nothing a reader sees is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple


class TokenKind(StrEnum):
    """The shape of a token, as far as its characters alone tell it."""

    LINK = "link"  # an address, a handle, a hashtag
    ORDINAL = "ordinal"  # 575th
    CURRENCY = "currency"  # $, US$, €
    CODE = "code"  # letters and digits in one (G7, M777), versions, dotted dates
    NUMBER = "number"  # digits, grouped or with a fraction
    WORD = "word"  # letters, with inner apostrophes; initials with their stops (U.S.)
    PERCENT = "percent"  # %
    DASH = "dash"  # hyphens and dashes of any length
    MARK = "mark"  # any other single character


class Token(NamedTuple):
    """One token; `glued` tells that no white space stands before it.

    `lower` is the text for comparing with vocabularies: lower case, straight apostrophes.
    """

    kind: TokenKind
    text: str
    lower: str
    start: int
    end: int
    glued: bool

    @property
    def capitalised(self) -> bool:
        """Whether it starts with a capital letter."""
        return self.text[0].isupper()


_PATTERN = re.compile(
    r"""
      (?P<link>     https?://\S+ | www\.\S+ | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.[\w.-]+ | (?<!\w)[@\#]\w+ )
    | (?P<ordinal>  [0-9]{1,3}(?:,?[0-9]{3})*(?:st|nd|rd|th)\b )
    | (?P<currency> (?:US|AU|CA|NZ|HK|NT|[ACSR])?\$(?:US|AU|[AC](?![^\W\d_]))? | [€£¥₽₴₹₩₪₺]
                  | \b(?:USD|EUR|GBP|RUB|UAH|CHF|CNY|JPY|INR|RM|Rs\.?)(?=\s?[0-9]) )
    | (?P<code>     [^\W\d_½⅓⅔¼¾⅕⅛]+[0-9]\w*(?:[.,][0-9]+\w*)* | [0-9]+(?:\.[0-9]+){2,} )
    | (?P<number>   [0-9]{1,3}(?:[,'’\u00a0\u2009\u202f][0-9]{3})+(?![0-9])(?:\.[0-9]+)?
                  | [0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}(?![0-9])
                  | (?<![\w.])\.[0-9]+
                  | [0-9]*[½⅓⅔¼¾⅕⅛]
                  | [0-9]+(?:\.[0-9]+)? )
    | (?P<word>     (?:[^\W\d_]\.){2,} | [^\W\d_]+(?:['’][^\W\d_]+)* )
    | (?P<percent>  % )
    | (?P<dash>     [-\u2010-\u2015\u2212]+ )
    | (?P<mark>     \S )
    """,
    re.VERBOSE,
)
_KINDS = {group: TokenKind(group) for group in _PATTERN.groupindex}
_BLANKS = " \t\r\n\f\v"  # no token has one inside; of the other spaces a number may
_REACH = 100  # code points: a longer run without a blank is an address
_DOT_GROUPS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3}){2,}")


def lex(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Cut `text[start:end]` into tokens with spans in `text`; any text has a reading."""
    tokens = []
    last = start
    for match in _PATTERN.finditer(text, start, len(text) if end is None else end):
        kind, word = _KINDS[match.lastgroup or "mark"], match.group()
        if kind is TokenKind.CODE and _DOT_GROUPS.fullmatch(word):
            kind = TokenKind.NUMBER  # 1.300.000, as continental papers group
        begin, behind = match.span()
        lower = word.lower()
        if "’" in lower:
            lower = lower.replace("’", "'")
        tokens.append(Token(kind, word, lower, begin, behind, begin == last != start))
        last = behind
    return tokens


def is_cut(text: str, offset: int) -> bool:
    """Whether the offset is inside a word or a number, where nothing quoted can begin or end; an apostrophe parts."""
    start, end = offset, offset
    while start > max(0, offset - _REACH) and text[start - 1] not in _BLANKS:
        start -= 1
    while end < min(len(text), offset + _REACH) and text[end] not in _BLANKS:
        end += 1
    around = next((each for each in lex(text, start, end) if each.start < offset < each.end), None)
    return around is not None and not (around.kind is TokenKind.WORD and set("'’") & set(text[offset - 1 : offset + 1]))


def find_places(text: str, words: str) -> Iterator[int]:
    """Where the words stand in the text, none of them cut; empty ones stand nowhere."""
    at = text.find(words) if words else -1
    while at >= 0:
        if not is_cut(text, at) and not is_cut(text, at + len(words)):
            yield at
        at = text.find(words, at + 1)


Tokens = Sequence[Token]


def lower_at(tokens: Tokens, index: int) -> str:
    """The token's text in lower case, or nothing where there is no token."""
    return tokens[index].lower if 0 <= index < len(tokens) else ""


def is_word(tokens: Tokens, index: int, *texts: str) -> bool:
    """Whether one of the texts stands at `index`, in any case."""
    return lower_at(tokens, index) in texts


def is_kind(tokens: Tokens, index: int, *kinds: TokenKind) -> bool:
    """Whether a token of one of the kinds stands at `index`."""
    return 0 <= index < len(tokens) and tokens[index].kind in kinds


def is_hyphen(tokens: Tokens, index: int) -> bool:
    """Whether a dash with no white space on either side stands at `index`."""
    return is_kind(tokens, index, TokenKind.DASH) and tokens[index].glued and _glued(tokens, index + 1)


def _glued(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens[index].glued
