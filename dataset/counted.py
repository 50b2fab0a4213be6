"""The noun that is counted, and whether it counts people or things."""

from __future__ import annotations

from dataset.lexer import Token, TokenKind, Tokens, lower_at
from dataset.vocabulary import vocabulary

_LONGEST = 6  # words of a counted noun phrase
_LOOK_BACK = 14  # tokens before a bare number that may say what it counts
_AUXILIARIES = frozenset("is are was were be been being have has had more also reportedly".split())
_LINKS = frozenset("of the a an these those his her their its our some more other additional further extra".split())


def read_counted(tokens: Tokens, index: int) -> tuple[str | None, bool | None]:
    """The noun phrase behind a number that ends before `index`, and whether it is people.

    (None, None) where no noun follows: "31 were accused".
    """
    phrase = _noun_phrase(tokens, index)
    if not phrase:
        return None, None
    people = phrase[-1].lower in vocabulary().people or _has_state(tokens, tokens.index(phrase[-1], index) + 1)
    return " ".join(_join(phrase)), people


def _has_state(tokens: Tokens, index: int) -> bool:
    """Whether what comes next is said of people alone: (were) killed, died, arrested."""
    while lower_at(tokens, index) in _AUXILIARIES:
        index += 1
    return lower_at(tokens, index) in vocabulary().people_states


def counts_people(tokens: Tokens, first: int, last: int) -> bool | None:
    """What a number over tokens `first` to `last` with no noun behind it counts; None if nothing tells."""
    words = vocabulary()
    if _has_state(tokens, last):
        return True
    for token in reversed(tokens[max(0, first - _LOOK_BACK) : first]):
        if token.lower in words.people_states or token.lower in words.people:
            return True
    return None


def _noun_phrase(tokens: Tokens, index: int) -> list[Token]:
    """Modifiers and head, cut behind the first plural or person noun that no other follows."""
    at = index
    while at < len(tokens) and tokens[at].lower in _LINKS:
        at += 1
    if at < len(tokens) and tokens[at].kind is TokenKind.DASH and tokens[at].glued:
        at += 1
    phrase = _words_from(tokens, at)
    for length, token in enumerate(phrase, start=1):
        if _is_head(token) and not (length < len(phrase) and _is_head(phrase[length])):
            return phrase[:length]
    return phrase[:2]


def _words_from(tokens: Tokens, index: int) -> list[Token]:
    """The words that may belong to one noun phrase: up to a function word, a mark or a state."""
    words = vocabulary()
    phrase: list[Token] = []
    for token in tokens[index : index + 2 * _LONGEST]:
        inner_dash = token.kind is TokenKind.DASH and token.glued and bool(phrase)
        stops = token.lower in words.function_words or (token.lower in words.people_states and bool(phrase))
        if not inner_dash and (token.kind not in (TokenKind.WORD, TokenKind.CODE) or stops):
            break
        phrase.append(token)
        if len(phrase) == _LONGEST:
            break
    while phrase and phrase[-1].kind is TokenKind.DASH:
        phrase.pop()
    return phrase


def _is_head(token: Token) -> bool:
    word = token.lower
    return word in vocabulary().people or (word.endswith("s") and not word.endswith(("ss", "us", "'s", "ous")))


def _join(phrase: list[Token]) -> list[str]:
    """The words as printed: what was glued stays glued."""
    words: list[str] = []
    for token in phrase:
        if words and token.glued:
            words[-1] += token.text
        else:
            words.append(token.text)
    return words
