"""Which amounts measure something, and which only frame a time or turn a phrase."""

from __future__ import annotations

from dataset.amounts import Amount
from dataset.lexer import Tokens, is_hyphen, lower_at
from dataset.numerals import NumberForm
from dataset.vocabulary import vocabulary


def counts(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether the amount measures something; `outer` is where its hedge begins."""
    if _names(tokens, amount):
        return False
    if amount.number.form is NumberForm.MULTIPLE:
        return _compares(tokens, amount)
    if amount.unit and amount.unit.dimension == "time" and not amount.hyphened and not amount.age:
        return not _frames_time(tokens, amount, outer)
    if tokens[amount.first].lower == "one" and amount.last == amount.first + 1:
        return _counts_one(tokens, amount, outer)
    return True


def _names(tokens: Tokens, amount: Amount) -> bool:
    """Whether the amount only names: per 100,000 inhabitants, a two-way street, 155mm shells."""
    if lower_at(tokens, amount.first - 1) == "per":
        return True
    if is_hyphen(tokens, amount.last) and lower_at(tokens, amount.last + 1) in _COMPOUNDS:
        return True
    return amount.unit is not None and amount.unit.id == "mm" and lower_at(tokens, amount.last) in vocabulary().arms


_COMPOUNDS = frozenset(
    "way faced dimensional star sided pronged tier tiered off time state party step track fifths thirds legged".split()
)


def _compares(tokens: Tokens, amount: Amount) -> bool:
    """Whether a multiple compares: twice as high, 100 times more, to double the army; not "voted twice"."""
    word, behind = tokens[amount.last - 1].lower, lower_at(tokens, amount.last)
    if word in ("double", "triple", "treble", "quadruple"):
        return lower_at(tokens, amount.first - 1) in ("to", "than", "nearly", "almost") or behind in _COMPARED
    if word in ("twice", "thrice", "times", "x"):
        return behind in _COMPARED or tokens[amount.last - 1].lower == "x"
    return True


_COMPARED = frozenset(
    "as more higher greater larger bigger fewer less faster lower smaller longer stronger the that than what its "
    "their his those over".split()
)


def _frames_time(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether a duration only says when: the past 120 days, two years ago, within a week."""
    words = vocabulary()
    if words.frames_after.at(tokens, amount.last) is not None:
        return True
    if amount.unit and amount.unit.id in ("second", "minute"):
        return False  # "in 8 seconds" is what it takes
    if words.frames_before.before(tokens, amount.first) is not None and outer == amount.first:
        return not _of_what(tokens, amount)
    found = words.frames_before.before(tokens, outer)
    return found is not None and lower_at(tokens, outer - 1) in _FRAMING and not _of_what(tokens, amount)


_FRAMING = ("in", "within", "after", "until", "during", "every")


def _of_what(tokens: Tokens, amount: Amount) -> bool:
    """Whether the time is of something, and no past or coming one: after three weeks of training."""
    framed = lower_at(tokens, amount.first - 1) in ("past", "last", "next", "previous", "coming", "first", "recent")
    return lower_at(tokens, amount.last) == "of" and not framed


def _counts_one(tokens: Tokens, amount: Amount, outer: int) -> bool:
    """Whether `one` is an amount: at least one, one soldier, killing one; not "one of the"."""
    words = vocabulary()
    behind = lower_at(tokens, amount.last)
    if amount.hyphened or behind in ("of", "another", "day", "time"):
        return False
    hedged = outer < amount.first or lower_at(tokens, amount.first - 1) in ("only", "just")
    return (
        hedged
        or amount.unit is not None
        or behind in words.people
        or lower_at(tokens, outer - 1) in words.people_states
    )
