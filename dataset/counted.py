"""The noun that is counted, and whether it counts people or things."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.lexer import Token, TokenKind, Tokens, is_kind, is_word, lower_at
from dataset.vocabulary import vocabulary

_LONGEST = 6  # words of a counted noun phrase
_LOOK_BACK = 14  # tokens before a bare number that may say what it counts
_AUXILIARIES = frozenset("is are was were be been being have has had more also reportedly".split())
_LINKS = frozenset("of the these those his her their its our some more other additional further extra".split())


@dataclass(frozen=True, slots=True)
class Counted:
    """The counted noun as printed, whether it is people, and the index of the token behind it."""

    text: str
    people: bool
    last: int


def read_counted(tokens: Tokens, index: int) -> Counted | None:
    """The noun phrase behind a number that ends before `index`; None where no noun follows: "31 were accused"."""
    phrase = _noun_phrase(tokens, index)
    if not phrase:
        return None
    last = tokens.index(phrase[-1], index) + 1
    return Counted(" ".join(_join(phrase)), _is_people(phrase) or _suffers(tokens, last), last)


def _is_people(phrase: list[Token]) -> bool:
    """Whether the noun phrase names people; two MiG-29 fighters are aircraft."""
    head = _head(phrase)
    return is_person(head) and not (head == "fighters" and _model_end(phrase))


def _model_end(phrase: list[Token]) -> int:
    """How many tokens of the phrase reach to the number of a model, the T-72 of T-72 tanks; 0 without one."""
    return next((at for at, token in enumerate(phrase, start=1) if token.kind in _MODELS), 0)


_MODELS = (TokenKind.NUMBER, TokenKind.CODE)


def _head(phrase: list[Token]) -> str:
    """The head of a phrase: its last word before any `of` or `and`."""
    for at, token in enumerate(phrase):
        if at and token.lower in ("of", "and", "or"):
            return phrase[at - 1].lower
    return phrase[-1].lower


def is_person(word: str) -> bool:
    """Whether a noun names people: listed, or formed like soldiers, voters, pianists and no thing of that form."""
    words = vocabulary()
    return word in words.people or (word.endswith(_AGENTS) and word not in words.things and word not in words.arms)


_AGENTS = ("ers", "ors", "ists", "ians", "eers", "ees", "men", "women")


def _suffers(tokens: Tokens, index: int) -> bool:
    """Whether what comes next is said of the living alone: (were) killed, died."""
    return _behind_auxiliaries(tokens, index) in vocabulary().harms


def _behind_auxiliaries(tokens: Tokens, index: int) -> str:
    if is_word(tokens, index, "of") and is_word(tokens, index + 1, "them", "whom", "these", "those"):
        index += 2
    while lower_at(tokens, index) in _AUXILIARIES:
        index += 1
    return lower_at(tokens, index)


def counts_people(tokens: Tokens, first: int, last: int) -> bool | None:
    """What a number over tokens `first` to `last` with no noun behind it counts; None if nothing tells."""
    words = vocabulary()
    behind = _behind_auxiliaries(tokens, last)
    if behind == "shot" and _shoots_down(tokens, last):
        return False
    if behind in words.people_states or behind in _PERSONAL or (behind != lower_at(tokens, last) and is_person(behind)):
        return True
    for token in reversed(tokens[max(0, first - _LOOK_BACK) : first]):
        if token.lower in words.people_states or is_person(token.lower):
            return True
        if token.lower in words.arms:
            return False
    return None


def _shoots_down(tokens: Tokens, index: int) -> bool:
    return any(lower_at(tokens, at) == "shot" and lower_at(tokens, at + 1) == "down" for at in range(index, index + 4))


_PERSONAL = frozenset("who whom whose applied volunteered refused perished drowned".split())


def _noun_phrase(tokens: Tokens, index: int) -> list[Token]:
    """Modifiers and head, cut behind the first plural or person noun that no other follows."""
    at = index
    while at < len(tokens) and tokens[at].lower in _LINKS:
        at += 1
    if is_kind(tokens, at, TokenKind.DASH) and tokens[at].glued:
        if not is_word(tokens, at + 1, *_HYPHENED):
            return _words_from(tokens, at + 1)[:1]  # a 27-nation bloc counts nations
        at += 2
    phrase = _words_from(tokens, at)
    for length, token in enumerate(phrase, start=1):
        if _is_head(token) and not (length < len(phrase) and _is_head(phrase[length])):
            return phrase[:length] + _complement(tokens, at + length)
    if phrase and phrase[0].lower.endswith("ed"):
        return []  # tens of thousands marched: a verb
    return phrase[: max(2, _model_end(phrase) + 1)]


def _complement(tokens: Tokens, index: int) -> list[Token]:
    """What still belongs to a noun that ends before `index`: pieces of equipment; guns and rocket launchers."""
    partitive = is_word(tokens, index, "of") and lower_at(tokens, index - 1) in _PARTITIVES
    if not partitive and not is_word(tokens, index, "and", "or"):
        return []
    words = _words_from(tokens, index + 1)
    behind = index + 1 + len(words)
    ends = behind >= len(tokens) or tokens[behind].text in ".;:)"
    joined = bool(words) and _is_head(words[-1]) and ends and words[0].lower not in vocabulary().numbers
    return [tokens[index], *words] if words and (partitive or joined) else []


_PARTITIVES = frozenset(
    "pieces units items canisters containers types kinds sets pairs medals rounds bags boxes".split()
)
_HYPHENED = ("strong", "odd", "plus")


def _words_from(tokens: Tokens, index: int) -> list[Token]:
    """The words that may belong to one noun phrase: up to a function word, a mark or a state."""
    words = vocabulary()
    phrase: list[Token] = []
    for token in tokens[index : index + 2 * _LONGEST]:
        inner_dash = token.kind is TokenKind.DASH and token.glued and bool(phrase)
        compound = bool(phrase) and phrase[-1].kind is TokenKind.DASH and token.glued  # well-paid
        stops = (token.lower in words.function_words and not compound) or (
            token.lower in words.people_states and bool(phrase)
        )
        model = compound and token.kind is TokenKind.NUMBER  # T-72 tanks
        if not inner_dash and not model and (token.kind not in (TokenKind.WORD, TokenKind.CODE) or stops):
            break
        phrase.append(token)
        if len(phrase) == _LONGEST:
            break
    while phrase and phrase[-1].kind is TokenKind.DASH:
        phrase.pop()
    if len(phrase) == 1 and phrase[0].lower in words.people_states:
        return []  # 1,200 killed: a state, not a noun
    return phrase


def _is_head(token: Token) -> bool:
    word = token.lower
    if len(word) == 1 and not token.glued:
        return False  # S-300 launchers, but F-16s
    return is_person(word) or (word.endswith("s") and not word.endswith(("ss", "us", "'s", "ous")))


def _join(phrase: list[Token]) -> list[str]:
    """The words as printed: what was glued stays glued."""
    words: list[str] = []
    for token in phrase:
        if words and token.glued:
            words[-1] += token.text
        else:
            words.append(token.text)
    return words
