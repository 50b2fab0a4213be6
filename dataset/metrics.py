"""Which metric a quantity belongs to, by the cues that stand around it.

A row of metric_cues.csv gives cue phrases for a metric: for which units and which class of counted
noun they speak, on which side of the number, how strongly, and with which other words in the
sentence. The strongest cue wins after what its distance and the boundaries between it and the
number cost; a number without a cue of its own in a list takes the metric of the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dataset.document import Sentence
from dataset.lexer import Tokens, is_word, lower_at
from dataset.metric_tables import NONE, Cue, metric_tables
from dataset.quantities import Quantity
from dataset.vocabulary import vocabulary

_DISTANCE_COST = 0.08  # a token
_WINDOW = 60  # tokens on either side of a number where cues are looked for
_FARTHEST = 25  # tokens, beyond which distance costs no more
_THRESHOLD = 1.0
_PREDICATE_BONUS = 1.5  # for a verb that is said of the counted noun itself
_LOOK_BACK = 14  # tokens before a number without a noun of its own


@dataclass(frozen=True, slots=True)
class _Found:
    """A cue phrase in a sentence, over tokens `first` up to, not including, `last`."""

    first: int
    last: int
    cues: tuple[Cue, ...]


Known = Sequence[tuple[Quantity, str | None]]  # quantities of the sentence before, with their metrics


def find_metrics(
    sentence: Sentence, quantities: Sequence[Quantity], before: Known = (), context: str = ""
) -> list[str | None]:
    """The metric of each quantity of a sentence, None where no cue speaks for one.

    A sentence that points back ("That rose to …") goes on with the metrics of the one `before`;
    `context` are the words of the sentence before, which may support a cue but are none.
    """
    tokens = sentence.tokens
    if not quantities:
        return []
    found = _find_cues(tokens)
    words = f"{context} {' '.join(token.lower for token in tokens)} "
    known = [*before] if _points_back(tokens) else []
    metrics: list[str | None] = []
    for index, quantity in enumerate(quantities):
        metric = NONE if _is_offspring(tokens, quantity) else _best(tokens, words, found, quantities, index)
        if metric == NONE:
            metric = None
        elif metric and index and _is_whole(tokens, quantities[index - 1], quantity):
            metric = metric_tables().metrics[metric].whole or metric
        elif metric is None and not _starts_anew(tokens, quantities, index):
            metric = _inherit(known, quantity)
        metrics.append(metric or ("age" if quantity.rule == "age" else None))
        known.append((quantity, metric))
    return metrics


def _is_offspring(tokens: Tokens, quantity: Quantity) -> bool:
    """Whether the number only says who somebody is: a mother of four was killed."""
    return is_word(tokens, quantity.first - 1, "of") and is_word(tokens, quantity.first - 2, *_PARENTS)


_PARENTS = frozenset("mother father parent mum mom dad grandmother grandfather".split())


def _is_whole(tokens: Tokens, part: Quantity, quantity: Quantity) -> bool:
    """Whether a number is the whole of which the one before is a part: 21 of the 28 missiles were shot down."""
    between = [token.lower for token in tokens[part.last : quantity.first]]
    return between[:1] == ["of"] and set(between) <= {"of", "the", "all", "some", "about"}


def _changes_topic(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a new count is named between two numbers: "…, and the number of refugees rose to 3,000"."""
    return any(is_word(tokens, at, "number") and is_word(tokens, at + 1, "of") for at in range(first, last))


def _starts_anew(tokens: Tokens, quantities: Sequence[Quantity], index: int) -> bool:
    """Whether a number is told of anew, and is no more of what the one before counts."""
    first = quantities[index - 1].last if index else 0
    own = index > 0 and _own_verb(tokens, quantities[index]) > first
    return own or _changes_topic(tokens, first, quantities[index].first)


def _own_verb(tokens: Tokens, quantity: Quantity) -> int:
    """Index of the second verb that people are the object of, 0 for none: killed 34 and forced 120,000 to leave."""
    hedge = vocabulary().hedges_before.before(tokens, quantity.first)
    at = (hedge[0] if hedge else quantity.first) - 1
    at -= is_word(tokens, at, "another", "some", "the")
    verb = lower_at(tokens, at)
    joined = quantity.unit == "person" and is_word(tokens, at - 1, "and", "but")
    return at if joined and (verb.endswith(("ed", "ing")) or verb in _PASTS) else 0


_PASTS = frozenset("cut drove held kept left made put sent swept took".split())


def _points_back(tokens: Tokens) -> bool:
    """Whether the sentence takes up the one before: this, that, altogether, of these."""
    return any(token.lower in _POINTERS for token in tokens[:8])


_POINTERS = frozenset(
    "this that these those it they altogether overall additionally moreover previously another total figure figures "
    "number them".split()
)


def _find_cues(tokens: Tokens) -> list[_Found]:
    """The cue phrases of a sentence from left to right, the longest first, none inside another."""
    found, index = [], 0
    while index < len(tokens):
        match = metric_tables().cues.at(tokens, index)
        if match:
            found.append(_Found(index, match[0], match[1]))
        index = match[0] if match else index + 1
    return found


def _best(
    tokens: Tokens, words: str, found: Sequence[_Found], quantities: Sequence[Quantity], index: int
) -> str | None:
    quantity, best, metric = quantities[index], _THRESHOLD, None
    classes = _noun_classes(tokens, quantity)
    for phrase in found:
        if phrase.last < quantity.first - _WINDOW or phrase.first > quantity.last + _WINDOW:
            continue
        cues = [cue for cue in phrase.cues if _speaks_for(cue, quantity, classes, words)]
        if not cues:
            continue
        cost = _cost(tokens, phrase, quantities, index)
        for cue in cues:
            if _on_side(tokens, cue, phrase, quantity) and cue.strength - cost > best:
                best, metric = cue.strength - cost, cue.metric
    return metric


def _noun_classes(tokens: Tokens, quantity: Quantity) -> frozenset[str]:
    """The classes of what is counted: equipment, munition, settlement, military and so on.

    The last known word of the counted noun decides; without a noun, the nearest one before the number.
    """
    if quantity.counted:
        words = quantity.counted.lower().replace("-", " ").split()
    else:
        words = [token.lower for token in tokens[max(0, quantity.first - _LOOK_BACK) : quantity.first]]
    for word in reversed(words):
        if classes := metric_tables().noun_classes.get(word):
            return classes
    return frozenset()


def _speaks_for(cue: Cue, quantity: Quantity, classes: frozenset[str], words: str) -> bool:
    unit = vocabulary().units_by_id.get(quantity.unit)
    if quantity.unit not in cue.units and not (unit and unit.dimension in cue.units and quantity.rule != "age"):
        return False
    fits = quantity.rule == "age" if cue.noun_class == "age" else not cue.noun_class or cue.noun_class in classes
    return fits and (not cue.needs or any(word in words for word in cue.needs))


def _on_side(tokens: Tokens, cue: Cue, phrase: _Found, quantity: Quantity) -> bool:
    """Whether the cue stands where it can speak for the number; `next` is close behind, in the same phrase."""
    if cue.side == "before":
        return phrase.last <= quantity.first
    if cue.side == "next":
        between = {token.lower for token in tokens[quantity.last : phrase.first]}
        return 0 <= phrase.first - quantity.last <= 5 and between.isdisjoint(_PREPOSITIONS)
    return cue.side == "both" or phrase.first >= quantity.last


_PREPOSITIONS = frozenset("from of to near inside across off along behind beyond at".split())


def _cost(tokens: Tokens, phrase: _Found, quantities: Sequence[Quantity], index: int) -> float:
    """What lies between a cue and the number: tokens, other numbers, ends of clauses."""
    quantity = quantities[index]
    before = phrase.first < quantity.first
    first, last = (phrase.last, quantity.first) if before else (min(quantity.noun_last, phrase.first), phrase.first)
    predicate = not before and phrase.first >= quantity.noun_last
    if predicate and all(token.lower in _AUXILIARIES for token in tokens[first:last]):
        return -_PREDICATE_BONUS  # "the 36 launched", "four people were killed"
    cost = _DISTANCE_COST * min(max(0, last - first), _FARTHEST)
    others = sum(first <= other.first < last for other in quantities if not other.bracketed)
    cost += others * (0.7 if before else 2.5)
    cost += 3 * _changes_topic(tokens, first, last)
    if before:
        cost += 3 * (others > 0 and _own_verb(tokens, quantity) > first)
    else:  # the verb of the next number
        following = quantities[index + 1 : index + 2]
        cost += 3 * any(phrase.first <= _own_verb(tokens, other) < phrase.last for other in following)
    return cost + sum(_boundary(tokens, at, before=before) for at in range(first, last))


_AUXILIARIES = frozenset("is are was were be been being have has had also reportedly already since now".split())


def _boundary(tokens: Tokens, at: int, *, before: bool) -> float:
    """What the token costs as an end of a clause between a cue `before` or behind and its number."""
    token = tokens[at]
    if token.text == ";":
        return 0.5 if before else 3
    if token.lower in _TURNS:
        return 1.5
    if token.text == ",":
        joined = is_word(tokens, at + 1, "and", "but")
        return (1 if joined else 0) if before else (2 if joined else 0.7)
    return 0


_TURNS = frozenset("while whereas although but though however whose".split())


def _inherit(known: Known, quantity: Quantity) -> str | None:
    """The metric of the last number of the same sort, for one that follows in a list or refers to it."""
    for before, metric in reversed(known):
        if metric and _alike(before, quantity):
            return metric
    return None


def _alike(one: Quantity, other: Quantity) -> bool:
    """Whether two numbers are of one sort: the same unit or dimension, and both ages or both not."""
    units = vocabulary().units_by_id
    first, second = units.get(one.unit), units.get(other.unit)
    dimension = first is not None and second is not None and first.dimension == second.dimension
    return (one.unit == other.unit or dimension) and (one.rule == "age") == (other.rule == "age")
