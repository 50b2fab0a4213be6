"""Subjects: who a reporting verb says is speaking, and whether they can be."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from dataset.attribution.clauses import QUOTES
from dataset.attribution.names import is_proper, phrase_before
from dataset.attribution.phrases import Line, Phrase, PhraseKind, bare, text_of
from dataset.attribution.words import Form, Frame, Verb
from dataset.lexer import TokenKind

BE = frozenset("is are was were be been being it's he's she's that's they're we're i'm".split())
HAVE = frozenset("has have had having 's 've 'd".split())
MODALS = frozenset("would could should might may must can shall cannot".split())
DO = frozenset("do does did".split())
NOT = frozenset(
    "not never hardly neither nor don't doesn't didn't haven't hasn't hadn't won't isn't aren't wasn't".split()
)
_ADVERBS = frozenset(
    "meanwhile however though also later then since often still once now earlier previously repeatedly just even "
    "already thus long further again all both first always ever recently simply instead so far himself herself "
    "itself themselves will going".split()
)
_PLURALS = frozenset("people police staff media some many others few several most data".split())
_ABOUT = frozenset(
    "a an about almost another around at exactly fewer further just least less more most nearly only over roughly some "
    "than up to".split()
)
_PERSONAL = frozenset("say tell warn argue insist announce claim".split())


class NoSubject(Enum):
    """Why a cue has no subject of its own."""

    ELIDED = "elided"  # it is that of the words before
    NOBODY = "nobody"  # it was reported that


def helpers_before(line: Line, index: int) -> tuple[int, set[str]]:
    """Index of the token before the verb and its helpers, and the helpers."""
    at, helpers = index - 1, set[str]()
    while at >= 0:
        word = line.low[at]
        if word in BE or word in HAVE or word in MODALS or word in DO or word in NOT:
            helpers.add(word)
        elif word not in _ADVERBS and not (word.endswith("ly") and not line.capital(at)):
            break
        at -= 1
    return at, helpers


def find_subject(line: Line, before: int, index: int, verb: Verb) -> Phrase | NoSubject | None:
    """Who the verb at `index` says is speaking; `before` is the index of the token before the verb and its helpers."""
    if before < 0:
        return None
    behind_quote = line.at(before) in ("-", "–", "—") and line.at(before - 1) in QUOTES
    if behind_quote or line.low[before] in ("and", "but", "or", "then"):
        return NoSubject.ELIDED
    found = phrase_before(line, before + 1)
    if found is None or found.first > before:
        return None
    if found.kind is PhraseKind.PRONOUN and line.low[found.head] in ("who", "which"):
        relative, found = found.head, _antecedent(line, found.head)
        if found is None and line.at(relative - 1) == "," and verb.base == "add" and line.at(index + 1) == "that":
            return NoSubject.ELIDED  # according to one who has read it, who added that
        return found if found and _may_say(line, found, index, found.last - 1, verb) else None
    return found if _may_say(line, found, index, before, verb) else None


def _antecedent(line: Line, relative: int) -> Phrase | None:
    """Whom `who` refers to."""
    end = relative - (line.at(relative - 1) == ",")
    found = phrase_before(line, end) if end > 0 and not line.is_break(end - 1) else None
    if found is None or found.kind in (PhraseKind.OTHER, PhraseKind.PRONOUN):
        return None
    return replace(found, edge=relative, relative=relative)


def _may_say(line: Line, found: Phrase, index: int, before: int, verb: Verb) -> bool:
    """Whether the phrase is a fit subject of the verb form."""
    shows = verb.frame is Frame.SHOW or found.kind in (PhraseKind.PRONOUN, PhraseKind.OTHER)
    if verb.frame is Frame.COUNT or (verb.base == "put" and shows):
        return _may_put(line, found, index) if verb.base == "put" else _may_count(line, found, index)
    if found.kind is PhraseKind.PRONOUN:
        head = bare(line.low[found.head])
        return head not in ("i", "we", "you") and (verb.frame is not Frame.SHOW or head == "it")
    if found.kind in (PhraseKind.PERSON, PhraseKind.OTHER) and verb.frame is not Frame.SAY and _has_number(line, found):
        return False  # 40 men called up
    if found.kind is PhraseKind.OTHER:
        return _may_speak(line, found, before, verb)
    if verb.frame is Frame.SHOW:
        return _may_show(line, found, index)
    return _agrees(line, found, verb)


def _may_count(line: Line, found: Phrase, index: int) -> bool:
    """Whether the phrase may count or log: bodies, and several people, where a figure follows at once."""
    ahead = line.tokens[index + 1 : index + 6]
    size = next((at for at, token in enumerate(ahead) if token.kind is TokenKind.NUMBER), None)
    if size is None or not all(token.lower in _ABOUT or token.kind is TokenKind.MARK for token in ahead[:size]):
        return False
    if found.kind is PhraseKind.PRONOUN:
        return line.low[found.head] in ("it", "they")
    if found.kind is PhraseKind.NAME:
        return found.first > 0 and " " not in text_of(line, found.first, found.last)  # two words may well be a person
    return found.kind is PhraseKind.BODY or (found.kind is PhraseKind.PERSON and is_plural(line, found))


def _may_put(line: Line, found: Phrase, index: int) -> bool:
    """Whether somebody puts a figure at so much: no one who puts 40 men on leave, or a side ahead, does."""
    if found.kind is PhraseKind.PRONOUN and bare(line.low[found.head]) not in ("he", "she", "they", "it"):
        return False
    if found.kind is PhraseKind.OTHER and not any(line.low[at].endswith("'s") for at in range(found.first, found.last)):
        return False
    if line.tokens[min(index + 1, len(line.low) - 1)].kind is TokenKind.NUMBER:
        return False
    for at in range(index + 1, min(index + 20, len(line.low) - 1)):
        if line.low[at] == "at":
            return any(token.kind is TokenKind.NUMBER for token in line.tokens[at + 1 : at + 6])
    return False


def _agrees(line: Line, found: Phrase, verb: Verb) -> bool:
    """Whether subject and verb agree in number."""
    if verb.forms & {Form.PAST, Form.DONE, Form.ING} or bare(line.low[found.head]) in _PLURALS:
        return True
    plural = is_plural(line, found)
    if Form.THIRD in verb.forms:
        return not plural and not (found.kind is PhraseKind.DOCUMENT and verb.frame is not Frame.SAY)
    return plural or bool(found.parts)


def _may_speak(line: Line, found: Phrase, before: int, verb: Verb) -> bool:
    """Whether a phrase with an unknown noun may be a speaker: before verbs that only speakers have."""
    if verb.base not in _PERSONAL or found.last - found.first > 6 or line.low[before] in (",", ")"):
        return False
    return Form.BASE not in verb.forms or Form.PAST in verb.forms or is_plural(line, found)


def _may_show(line: Line, found: Phrase, index: int) -> bool:
    """Whether the phrase may show or find: figures and reports do; a person finds `that` something is so."""
    if found.kind is PhraseKind.DOCUMENT or line.at(index + 1) == "that":
        return True
    if found.kind is PhraseKind.NAME and found.head == 0:
        return False  # whatever noun the sentence begins with (Fog showed)
    return found.kind in (PhraseKind.BODY, PhraseKind.NAME) and line.low[index] not in ("found", "record")


def _has_number(line: Line, found: Phrase) -> bool:
    return any(token.kind is TokenKind.NUMBER for token in line.tokens[found.first : found.last])


def is_plural(line: Line, found: Phrase) -> bool:
    """Whether the head of the phrase is a noun of several."""
    head = bare(line.low[found.head])
    if line.capital(found.head) and is_proper(line, found):
        return False
    return head in _PLURALS or head.endswith("men") or (head.endswith("s") and not head.endswith("ss"))
