"""Modality: how firmly an amount is put forward, by the cue whose scope it stands in.

The strongest cue wins after what its distance costs. A cue reaches forward to the end of its
clause; words of estimation may also follow the number. Where no cue reaches a number that is
itself a subject, its own verb tells: some 400 homes will be built.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from dataset.lexer import TokenKind, Tokens, is_word, lower_at
from dataset.model import Modality
from dataset.quantities import Quantity
from dataset.tables import FOLDER, read_table
from dataset.vocabulary import Phrases, vocabulary

_DISTANCE_COST = 0.08  # a token
_FARTHEST = 30  # tokens
_LONGEST = 5  # tokens of a cue
_CLAUSE = 12  # tokens back to the pronoun of a relative clause
_ADVERBS = frozenset("also still now then soon already finally eventually each together only".split())
_ASIDE = 7  # tokens from the pronoun of a relative clause to its cue
_GOING_ON = frozenset("and or but then up".split())
_MODALS = frozenset("could may might will won't would".split())
_AUXILIARIES = frozenset("is are was were".split())
_DEFINITE = frozenset("the these those its their his her our all both".split())
_GOVERNORS = frozenset("of by with for in on at to from against among over than".split())
_WHOLES = frozenset("total average number maximum minimum".split())
_RELATIVES = frozenset("who which that".split())


class Side(StrEnum):
    """Where a cue may stand."""

    BEFORE = "before"
    BOTH = "both"
    VERB = "verb"  # before the number, or as the verb that the number is the subject of


Cue = tuple[Modality, float, Side]  # what it makes of an amount, how strongly, and where it may stand


@cache
def _cues() -> Phrases[Cue]:
    return read_modality_cues(FOLDER)


def read_modality_cues(folder: Path) -> Phrases[Cue]:
    """Read modality_cues.csv below `folder`; VocabularyError names the row that does not fit."""
    entries: list[tuple[str, Cue]] = []
    for row in read_table(folder, "modality_cues", ("phrase", "modality", "strength", "side")):
        cue = row.member("modality", Modality), row.number("strength"), row.member("side", Side)
        entries.append((row["phrase"], cue))
    return Phrases(entries)


def find_modality(tokens: Tokens, quantity: Quantity) -> Modality:
    """The modality of a quantity in its sentence; asserted where no cue reaches it."""
    best, modality = 0.0, Modality.ASSERTED
    index = max(0, quantity.first - _FARTHEST)
    while index < min(len(tokens), quantity.last + _FARTHEST):
        found = _cue_at(tokens, index)
        if found and not (is_word(tokens, index, "may") and tokens[index].capitalised):  # the month
            last, (cued, strength, side) = found
            score = strength - _cost(tokens, index, last, quantity, both=side is Side.BOTH)
            if score > best:
                best, modality = score, cued
        index = found[0] if found else index + 1
    return modality if best else _modality_of_verb(tokens, quantity)


def _cue_at(tokens: Tokens, index: int) -> tuple[int, Cue] | None:
    """The cue that begins at `index`, one adverb inside it or none, and the index behind it: will also buy."""
    if not _cues().begins_with(lower_at(tokens, index)):
        return None
    for adverb in range(index + 1, min(len(tokens), index + _LONGEST)):
        if tokens[adverb].lower in _ADVERBS:
            found = _cues().at([*tokens[index:adverb], *tokens[adverb + 1 : adverb + _LONGEST]], 0)
            if found and found[0] > adverb - index:
                return index + found[0] + 1, found[1]
    return _cues().at(tokens, index)


def _modality_of_verb(tokens: Tokens, quantity: Quantity) -> Modality:
    """What the verb makes of the number that is its subject: 400 homes will be built, are expected to be built."""
    at = _behind_adverb(tokens, quantity.noun_last)
    passive = lower_at(tokens, at) in _AUXILIARIES
    if not (passive or lower_at(tokens, at) in _MODALS) or not _is_subject(tokens, quantity):
        return Modality.ASSERTED
    found = _cue_at(tokens, _behind_adverb(tokens, at + 1) if passive else at)
    return found[1][0] if found and found[1][2] is Side.VERB else Modality.ASSERTED


def _behind_adverb(tokens: Tokens, index: int) -> int:
    return index + (lower_at(tokens, index) in _ADVERBS)


def _is_subject(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether the verb behind the number is said of it, not of what it belongs to: a town of 400, a firm that lost 400.

    A number that is known stays known, whatever may come of it: the 400 could lose their homes.
    """
    hedge = vocabulary().hedges_before.before(tokens, quantity.first)
    at = (hedge[0] if hedge else quantity.first) - 1
    word = lower_at(tokens, at)
    if word in _DEFINITE or (word in _GOVERNORS and lower_at(tokens, at - 1) not in _WHOLES):
        return False
    for index in range(at - 1, max(-1, at - _CLAUSE), -1):
        if tokens[index].text == "," or tokens[index].lower in _RELATIVES:
            return tokens[index].text == ","
    return True


def _cost(tokens: Tokens, first: int, last: int, quantity: Quantity, *, both: bool) -> float:
    """What stands between a cue and the number; infinite where the cue cannot reach it."""
    before = last <= quantity.first
    if not (before or both):
        return float("inf")
    start, end = (last, quantity.first) if before else (quantity.last, first)
    if before and _is_beside(tokens, first) and any(_closes(tokens, at) for at in range(start, end)):
        return float("inf")  # Holm, who denied fraud, got four years
    ends = sum(_ends_scope(tokens, at) for at in range(start, end))
    commas = 0 if before else sum(tokens[at].text == "," for at in range(start, end))
    return _DISTANCE_COST * max(0, end - start) + 5 * ends + 0.7 * commas


def _is_beside(tokens: Tokens, first: int) -> bool:
    """Whether the cue at `first` stands early in a relative clause that a comma sets apart."""
    for at in range(first - 1, max(0, first - _ASIDE), -1):
        if tokens[at].text == ",":
            return False
        if is_word(tokens, at, "who", "which"):
            return tokens[at - 1].text == ","
    return False


def _closes(tokens: Tokens, at: int) -> bool:
    """Whether a comma ends the relative clause, rather than one part of it: 40 tanks, 30 guns; …, including 30."""
    if tokens[at].text != "," or at + 1 == len(tokens):
        return False
    behind, words = tokens[at + 1], vocabulary()
    if behind.kind is not TokenKind.WORD or behind.lower in words.numbers or words.hedges_before.at(tokens, at + 1):
        return False
    return behind.lower not in _GOING_ON and not behind.lower.endswith("ing")


def _ends_scope(tokens: Tokens, at: int) -> bool:
    """Whether the scope of a cue ends at the token: a relative or contrasting clause, an older figure."""
    if is_word(tokens, at, "from"):
        return is_word(tokens, at - 1, "up", "down")  # to 3%, up from 2%
    return tokens[at].lower in _ENDS


_ENDS = frozenset("; ” which while whereas although because but despite compared versus against".split())
