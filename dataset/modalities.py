"""Modality: how firmly an amount is put forward, by the cue whose scope it stands in.

The strongest cue wins after what its distance costs. A cue reaches forward to the end of its
clause; words of estimation may also follow the number.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from dataset.lexer import Tokens, is_word
from dataset.model import Modality
from dataset.quantities import Quantity
from dataset.tables import FOLDER, read_table
from dataset.vocabulary import Phrases

_DISTANCE_COST = 0.08  # a token
_FARTHEST = 30  # tokens


Cue = tuple[Modality, float, bool]  # what it makes of an amount, how strongly, and whether it may follow the number


@cache
def _cues() -> Phrases[Cue]:
    return read_modality_cues(FOLDER)


def read_modality_cues(folder: Path) -> Phrases[Cue]:
    """Read modality_cues.csv below `folder`; VocabularyError names the row that does not fit."""
    entries: list[tuple[str, Cue]] = []
    for row in read_table(folder, "modality_cues", ("phrase", "modality", "strength", "side")):
        both = row.one_of("side", ("before", "both")) == "both"
        entries.append((row["phrase"], (row.member("modality", Modality), row.number("strength"), both)))
    return Phrases(entries)


def find_modality(tokens: Tokens, quantity: Quantity) -> Modality:
    """The modality of a quantity in its sentence; asserted where no cue reaches it."""
    best, modality = 0.0, Modality.ASSERTED
    index = max(0, quantity.first - _FARTHEST)
    while index < min(len(tokens), quantity.last + _FARTHEST):
        found = _cues().at(tokens, index)
        if found and not (is_word(tokens, index, "may") and tokens[index].capitalised):  # the month
            last, (cued, strength, both) = found
            score = strength - _cost(tokens, index, last, quantity, both=both)
            if score > best:
                best, modality = score, cued
        index = found[0] if found else index + 1
    return modality


def _cost(tokens: Tokens, first: int, last: int, quantity: Quantity, *, both: bool) -> float:
    """What stands between a cue and the number; infinite where the cue cannot reach it."""
    before = last <= quantity.first
    if not (before or both):
        return float("inf")
    start, end = (last, quantity.first) if before else (quantity.last, first)
    ends = sum(_ends_scope(tokens, at) for at in range(start, end))
    commas = 0 if before else sum(tokens[at].text == "," for at in range(start, end))
    return _DISTANCE_COST * max(0, end - start) + 5 * ends + 0.7 * commas


def _ends_scope(tokens: Tokens, at: int) -> bool:
    """Whether the scope of a cue ends at the token: a relative or contrasting clause, an older figure."""
    if is_word(tokens, at, "from"):
        return is_word(tokens, at - 1, "up", "down")  # to 3%, up from 2%
    return tokens[at].lower in _ENDS


_ENDS = frozenset("; ” which while whereas although because but despite compared versus against".split())
