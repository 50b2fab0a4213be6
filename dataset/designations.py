"""Numbers that only name: F-16, COVID-19, Resolution 2202, FTSE 100, the top 10, scores, list markers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dataset.dates import is_joint, is_numeric, is_plain_number
from dataset.lexer import TokenKind, Tokens, is_kind, lower_at
from dataset.vocabulary import vocabulary


def designation_indices(tokens: Tokens) -> set[int]:
    """Indices of the numbers that are part of a name, a rank, a score or a list marker."""
    readers = (_designation, _glued_name, _proper, _address, _rank, _score, _marker, _telephone)
    numeric = [index for index in range(len(tokens)) if is_numeric(tokens, index)]
    return {found for index in numeric for reader in readers for found in reader(tokens, index)}


def _designation(tokens: Tokens, index: int) -> Iterator[int]:
    """F-16, COVID-19, Resolution 2202, No. 10, World War Two: a number that names."""
    before = index - 1
    if _is_hyphenated(tokens, index):
        yield index
    if lower_at(tokens, before) == "." and lower_at(tokens, before - 1) in ("no", "nr", "fig", "art", "vol"):
        before -= 1
    designated = lower_at(tokens, before) in vocabulary().designators and _names(tokens, before, index)
    if designated or _is_numbered_name(tokens, index):
        yield index


def _is_numbered_name(tokens: Tokens, index: int) -> bool:
    """A small bare number behind a proper noun and before no noun: FTSE 100, Galaxy Note 20 Ultra."""
    if index == 0 or not is_plain_number(tokens, index, 0, 999) or tokens[index - 1].kind is not TokenKind.WORD:
        return False
    if not any(letter.isupper() for letter in tokens[index - 1].text) or is_title_case(tokens):
        return False
    if tokens[index - 1].lower in vocabulary().places:
        return False  # Kyiv 18 Leopard tanks
    behind = tokens[index + 1] if index + 1 < len(tokens) else None
    if behind is None or behind.text in ".,;:!?)’”\"'":
        return index > 1
    if behind.kind is not TokenKind.WORD or behind.lower in _AUXILIARIES or vocabulary().units.at(tokens, index + 1):
        return False
    return index > 1 and (behind.capitalised or behind.lower in vocabulary().function_words)


_AUXILIARIES = frozenset("is are was were be been has have had more of".split())


def is_title_case(tokens: Tokens) -> bool:
    """Whether the words are set as in a headline, most of them with a capital letter."""
    words = [token for token in tokens if token.kind is TokenKind.WORD and len(token.text) > 3]
    return sum(word.capitalised for word in words) > 0.6 * len(words)


def _glued_name(tokens: Tokens, index: int) -> Iterator[int]:
    """Digits with letters written onto them that are no unit: 5G, 3D, 2A6, 4x400."""
    behind = index + 1
    if not is_kind(tokens, index, TokenKind.NUMBER) or not is_kind(tokens, behind, TokenKind.WORD, TokenKind.CODE):
        return
    words = vocabulary()
    known = tokens[behind].lower in words.numbers or words.units.at(tokens, behind) or tokens[behind].text in "mCF"
    if tokens[behind].glued and not known and tokens[behind].lower not in ("s", "th", "st", "nd", "rd"):
        yield index


def _proper(tokens: Tokens, index: int) -> Iterator[int]:
    """A number word that is part of a name: the Big Four, the Group of Seven, the Six-Day War."""
    inside = index > 0 and tokens[index - 1].kind is not TokenKind.MARK
    if inside and is_kind(tokens, index, TokenKind.WORD) and tokens[index].capitalised and not is_title_case(tokens):
        yield index


def _address(tokens: Tokens, index: int) -> Iterator[int]:
    """The number of a house: 22 Baker Street."""
    named = is_kind(tokens, index + 1, TokenKind.WORD) and tokens[index + 1].capitalised
    if named and any(
        lower_at(tokens, at) in _STREETS and tokens[at].capitalised for at in (index + 2, index + 3) if at < len(tokens)
    ):
        yield index


_STREETS = frozenset("street avenue road lane drive boulevard square st ave rd blvd".split())


def _rank(tokens: Tokens, index: int) -> Iterator[int]:
    """The top 10, the bottom three."""
    if lower_at(tokens, index - 1) in ("top", "bottom"):
        yield index


def _score(tokens: Tokens, index: int) -> Iterator[int]:
    """The score of a match: two small numbers glued by a dash, no noun behind them, in words of contest."""
    if not (
        is_plain_number(tokens, index, 0, 199)
        and is_joint(tokens, index + 1)
        and is_plain_number(tokens, index + 2, 0, 199)
    ):
        return
    behind = lower_at(tokens, index + 3)
    if behind.isalpha() and behind not in vocabulary().function_words and behind not in _CONTESTS:
        return
    falling = int(tokens[index].text) >= int(tokens[index + 2].text)
    words = {token.lower for token in tokens}
    if (falling and words.isdisjoint(_VOTES)) or not words.isdisjoint(_CONTESTS):
        yield from (index, index + 2)


_VOTES = frozenset("vote votes voted voting ballot lawmakers senate parliament favour".split())
_CONTESTS = frozenset("match beat defeat defeated victory game goal goals draw drew season league halftime".split())


def _is_hyphenated(tokens: Tokens, index: int) -> bool:
    """Whether a hyphen binds the number to a name before it: F-16, but not twenty-five or mid-30."""
    hyphen = index - 1
    if not (is_kind(tokens, hyphen, TokenKind.DASH) and tokens[hyphen].text in "-‑"):
        return False
    if not (
        tokens[hyphen].glued and tokens[index].glued and is_kind(tokens, hyphen - 1, TokenKind.WORD, TokenKind.CODE)
    ):
        return False
    name = lower_at(tokens, hyphen - 1)
    return name not in vocabulary().numbers and name not in ("minus", "mid", "plus", "to", "and")


def _names(tokens: Tokens, before: int, index: int) -> bool:
    """Whether the noun makes the number a name: Article 5, page 3, but not "in order 30 tanks"."""
    if tokens[before].capitalised or (tokens[before].lower in _GRADES and _is_grade(tokens, index)):
        return True
    behind = lower_at(tokens, index + 1)
    return not behind.isalpha() or behind in vocabulary().function_words


def _is_grade(tokens: Tokens, index: int) -> bool:
    return is_plain_number(tokens, index, 0, 99) or re.fullmatch(r"\d\.\d", tokens[index].text) is not None


# a category 4 storm, a magnitude 7.5 quake
_GRADES = frozenset("category class grade level magnitude phase stage tier type".split())


def _telephone(tokens: Tokens, index: int) -> Iterator[int]:
    """Groups of digits of which one starts with a nought: 0800 555 0111."""
    if not _has_leading_nought(tokens, index):
        return
    for step in (-1, 1):
        at = index
        while is_kind(tokens, at, TokenKind.NUMBER):
            yield at
            at += step


def _has_leading_nought(tokens: Tokens, index: int) -> bool:
    """Whether digits start with a nought: 0800, but not the thousands of 17 000."""
    if not is_kind(tokens, index, TokenKind.NUMBER) or is_kind(tokens, index - 1, TokenKind.NUMBER):
        return False
    text = tokens[index].text
    return text.isdigit() and len(text) > 1 and text.startswith("0")


def _marker(tokens: Tokens, index: int) -> Iterator[int]:
    """A list marker in front of a sentence: "3." or "3)"."""
    alone = index == 0 and is_plain_number(tokens, 0, 0, 99) and len(tokens) > 2
    if alone and lower_at(tokens, 1) in (".", ")") and tokens[1].glued:
        yield 0
