"""Measure: whether a number is a level, a change, a rate, a share or a ratio."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dataset.lexer import TokenKind, Tokens, is_word, lower_at
from dataset.model import Bound, Measure
from dataset.quantities import Quantity, moves_between
from dataset.tables import FOLDER, read_table
from dataset.vocabulary import CHANGE_CUES, Phrases, vocabulary

_NEAR = 4  # tokens between a noun of change and its number
_FAR = 12  # tokens between a verb of change and `by`


@cache
def _cues() -> Phrases[tuple[int, frozenset[str]]]:
    return read_change_cues(FOLDER)


def read_change_cues(folder: Path) -> Phrases[tuple[int, frozenset[str]]]:
    """Read change_cues.csv below `folder`: the sign of each cue, and how it reaches its number."""
    rows = read_table(folder, "change_cues", CHANGE_CUES)
    return Phrases(
        (row["phrase"], (int(row.one_of("sign", ("1", "-1"))), row.some_of("links", _REACHES))) for row in rows
    )


_REACHES = ("direct", "by", "of", "verb", "moves")


@cache
def _rates() -> Phrases[bool]:
    return Phrases((row["phrase"], True) for row in read_table(FOLDER, "rate_cues", ("phrase",)))


def find_measures(tokens: Tokens, quantities: Sequence[Quantity]) -> list[tuple[Measure, int]]:
    """The measure of each quantity of a sentence and, for a change, its sign (1 or -1)."""
    found: list[tuple[Measure, int]] = []
    for index, quantity in enumerate(quantities):
        measured = _find_measure(tokens, quantity)
        if index and _repeats(tokens, quantities[index - 1], quantity, measured[0]):
            measured = _said_again(found[-1], quantities[index - 1], quantity) or measured
        found.append(measured)
    for index in range(len(found) - 2, -1, -1):
        one, other = quantities[index], quantities[index + 1]
        per_time = found[index + 1][0] is Measure.RATE and found[index][0] is Measure.LEVEL
        if per_time and one.unit == other.unit and moves_between(tokens, one, other):
            found[index] = found[index + 1]  # from 620 to 700 euros a month
    return found


def _find_measure(tokens: Tokens, quantity: Quantity) -> tuple[Measure, int]:
    if quantity.measure is Measure.RATIO:
        return Measure.RATIO, 1
    sign = _change(tokens, quantity)
    if sign:
        return Measure.CHANGE, sign
    return (Measure.RATE if _is_rate(tokens, quantity) else quantity.measure), 1


def _repeats(tokens: Tokens, before: Quantity, quantity: Quantity, measure: Measure) -> bool:
    """Whether a number only says again, or goes on with, what the one before measures.

    In another unit (3 km (2 miles) · by 5%, or 9,000 people), or elliptically
    (prices fell 4%, rents by 2%).
    """
    if measure not in (Measure.LEVEL, Measure.SHARE):
        return False
    opening = lower_at(tokens, quantity.first - 1)
    other_unit = (
        lower_at(tokens, before.noun_last) == "," and opening == "or" and quantity.first == before.noun_last + 2
    )
    return quantity.bracketed or other_unit or opening == "by"


def _said_again(measured: tuple[Measure, int], before: Quantity, quantity: Quantity) -> tuple[Measure, int] | None:
    """The measure to take over; a level is no share: 4 billion euros, or 3% of output."""
    relative = quantity.unit == "percent" and before.unit != "percent"
    return None if relative and measured[0] is not Measure.CHANGE else measured


def _change(tokens: Tokens, quantity: Quantity) -> int:
    """The sign of the change that the words before or behind the number tell of, or 0."""
    start = _hedge_start(tokens, quantity)
    if lower_at(tokens, start - 1) == "+":
        return 1
    if sign := _changed_by(tokens, start):
        return sign
    if is_word(tokens, start, *_LIMITS):
        return 0  # fell below 4%: where it came to, not by how much
    for index in range(start - 1, max(-1, start - 1 - _NEAR), -1):
        found = _cues().at(tokens, index)
        if found and not _is_particle(tokens, index) and _links(tokens, found[0], start, found[1][1], quantity):
            return found[1][0]
        if tokens[index].text in ";:" or lower_at(tokens, index) in ("to", "at", "from"):
            break
    return _compared(tokens, quantity) or _noun_behind(tokens, quantity)


_LIMITS = ("above", "below", "under", "beyond", "past")


def _noun_behind(tokens: Tokens, quantity: Quantity) -> int:
    """A 5% cut, a 3 per cent pay rise, 8% up on last year: what the percentage is of stands behind it."""
    if quantity.unit not in ("percent", "basis-point"):
        return 0
    part = quantity.rule == "fraction"
    if part and not is_word(tokens, quantity.first - 1, "a", "the"):
        return 0  # one in five families cut back: a subject and its verb, not a one-third cut
    for index in (quantity.last,) if part else (quantity.last, quantity.last + 1):
        found = _cues().at(tokens, index)
        if found and not found[1][1].isdisjoint(("of", "direct")):
            return found[1][0] if lower_at(tokens, found[0]) != "from" else 0
        if not lower_at(tokens, index).isalpha() or lower_at(tokens, index) in vocabulary().function_words:
            return 0
    return 0


def _changed_by(tokens: Tokens, start: int) -> int:
    """The sign of "rose in May by a record 5%": a verb of change, and `by` right before the number."""
    at = start - 1
    while lower_at(tokens, at) in _FILLERS:
        at -= 1
    if lower_at(tokens, at) != "by":
        return 0
    for index in range(at - 1, max(-1, at - _FAR), -1):
        found = _cues().at(tokens, index)
        if found and not found[1][1].isdisjoint(("by", "verb")):
            return found[1][0]
    return 0


def _is_particle(tokens: Tokens, index: int) -> bool:
    """Whether `up` or `down` belongs to a verb: calls up, signed up, shot down."""
    return lower_at(tokens, index) in ("up", "down") and lower_at(tokens, index - 1) in _PARTICLE_VERBS


_PARTICLE_VERBS = frozenset(
    "call calls called calling sign signs signed signing set sets setting line lined show showed shows give "
    "gave gives make makes made take takes took pick picked open opened opens speed sped shot shoot shooting "
    "break broke shut bring brings bringing taking taken knocking knocked pulling pulled brought track tracked "
    "hunt hunted gun gunned round rounded blow blew back backs backed turn turned pay pays paid buy bought put "
    "puts lay laid use used team teamed cough wind wound held holding hold".split()
)


def _hedge_start(tokens: Tokens, quantity: Quantity) -> int:
    """Index where the number begins with its hedge: "by" stands before "more than 5"."""
    before = vocabulary().hedges_before.before(tokens, quantity.first)
    return before[0] if before else quantity.first


def _links(tokens: Tokens, cue_end: int, start: int, links: frozenset[str], quantity: Quantity) -> bool:
    """Whether the cue reaches the number: directly, by `by`, or by `of`."""
    between = [token.lower for token in tokens[cue_end:start]]
    skipped = [word for word in between if word not in _FILLERS]
    if skipped == ["of"]:
        return "of" in links
    if skipped == ["by"]:
        return not links.isdisjoint(("by", "verb"))
    if skipped:
        return False
    relative = quantity.unit in ("percent", "basis-point")
    counts = quantity.unit in ("person", "item") and quantity.counted != "points"  # fell 340 points
    return (
        "direct" in links
        or ("verb" in links and relative and quantity.rule != "fraction")
        or ("moves" in links and not counts)
    )


_FILLERS = frozenset("a an the some another further record sharp whopping total staggering massive modest mere".split())


def _compared(tokens: Tokens, quantity: Quantity) -> int:
    """200 more than last year: a number behind whose noun `more` or `fewer than` stands."""
    word, behind = lower_at(tokens, quantity.last), lower_at(tokens, quantity.last + 1)
    if behind != "than" and not (quantity.unit == "percent" and word in ("higher", "lower", "fewer")):
        return 0
    return {"more": 1, "higher": 1, "fewer": -1, "less": -1, "lower": -1}.get(word, 0)


def _is_rate(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether the number is per unit of time: 1,000 men every day, an average daily 900."""
    if quantity.bound is Bound.RANGE and quantity.unit == "year":
        return False
    for index in range(quantity.last, min(len(tokens), quantity.last + 6)):
        found = _rates().at(tokens, index)
        if found:
            return not (is_word(tokens, index, "a", "an") and _dates(tokens, index, found[0]))
        if tokens[index].kind is TokenKind.MARK or tokens[index].kind is TokenKind.NUMBER:
            break
    return any(_daily(tokens, index) for index in range(max(0, quantity.first - 14), quantity.first))


def _dates(tokens: Tokens, first: int, last: int) -> bool:
    """Whether "a year" tells when or how long and not how often: a year ago, a year on from, in a year."""
    if is_word(tokens, last, "on"):
        return is_word(tokens, last + 1, ",", ".", "from", "since", "")  # but 8 million a day on hotels
    return is_word(tokens, last, *_SHIFTS) or is_word(tokens, first - 1, *_LASTING)


_SHIFTS = ("earlier", "ago", "later", "before", "after")
_LASTING = ("in", "within", "for", "over", "after", "than", "about", "almost", "nearly", "half")


def _daily(tokens: Tokens, index: int) -> bool:
    """The average daily number of, a monthly average of."""
    periodic = lower_at(tokens, index) in ("daily", "weekly", "monthly", "hourly", "annual", "yearly")
    return periodic and (
        lower_at(tokens, index - 1) == "average" or lower_at(tokens, index + 1) in ("average", "rate", "number", "toll")
    )
