"""The unit of an amount: written onto it, told by what it counts, or taken over from the amount before."""

from __future__ import annotations

from collections.abc import Sequence

from dataset.amounts import Amount
from dataset.counted import Counted, counts_people, is_person
from dataset.lexer import TokenKind, Tokens, is_kind, is_word, lower_at
from dataset.numerals import NumberForm


def find_unit(tokens: Tokens, amount: Amount, counted: Counted | None, before: Sequence[str]) -> str:
    """The unit's identifier; `before` are the units of the amounts before, the last of them last."""
    if amount.unit:
        return amount.unit.id
    if amount.number.form in _OWN_UNITS:
        return _OWN_UNITS[amount.number.form]
    if not counted:
        unit = _bare_unit(tokens, amount, before)
        return "item" if unit == "person" and _has_fraction(amount) else unit
    named = not _has_fraction(amount) or any(is_person(word) for word in counted.text.lower().split())
    return "person" if counted.people and named else "item"


def _has_fraction(amount: Amount) -> bool:
    """Whether it is no whole number: a quake of 7.5 killed 40; of people only an average of 4.5 people is told so."""
    return not (float(amount.number.low).is_integer() and float(amount.number.high).is_integer())


_OWN_UNITS = {NumberForm.FRACTION: "percent", NumberForm.MULTIPLE: "ratio"}


def _bare_unit(tokens: Tokens, amount: Amount, before: Sequence[str]) -> str:
    """The unit of a number with neither unit nor noun."""
    if is_age(tokens, amount):
        return "year"
    if _continues(tokens, amount, before):
        return before[-1]
    people = counts_people(tokens, amount.first, amount.last)
    if people is None and amount.number.form is NumberForm.VAGUE:
        return "person"  # thousands, and no word of what: people
    if people is None:
        people = next((unit for unit in reversed(before) if unit in ("person", "item")), "item") == "person"
    return "person" if people else "item"


def _continues(tokens: Tokens, amount: Amount, before: Sequence[str]) -> bool:
    """Whether a bare number goes on with the unit before: 8 billion euros, from 4 billion; 679 km and almost 270."""
    if len(before) < 2 or before[-1] in ("person", "item", "ratio"):
        return False
    if before[-1] == "percent" and (amount.number.high > 100 or is_word(tokens, amount.first - 1, "to")):
        return False  # the index rose 2% to 7,600
    return is_word(tokens, amount.first - 1, *_CONTINUING)


_CONTINUING = ("from", "to", "than", "at", "and", "almost", "nearly", "about")


def is_age(tokens: Tokens, amount: Amount) -> bool:
    """Ages without a unit: aged 18 to 30 · the age of 21 · Holm, 48, said · she is 19."""
    if amount.unit or amount.number.high >= 120 or amount.number.form not in (NumberForm.CARDINAL, NumberForm.RANGE):
        return False
    if _follows_age(tokens, amount.first):
        return True
    alone = is_word(tokens, amount.last, ",", ".", "", "and", "then", "when", "at")
    if is_word(tokens, amount.first - 2, *_AGED) and is_word(tokens, amount.first - 1, "is", "was", "turned", "turns"):
        return alone
    set_off = lower_at(tokens, amount.first - 1) == "," and is_word(tokens, amount.last, ",", ".", "")
    return set_off and _is_somebody(tokens, amount.first - 2) and tokens[amount.first].text.isdigit()


def _follows_age(tokens: Tokens, index: int) -> bool:
    """Whether `age` or `aged` before the number makes it one: aged about 20, an average age of 43."""
    near = [token.lower for token in tokens[max(0, index - 12) : index]]
    if near[-1:] in (["aged"], ["age"], ["ages"]) or near[-2:] in (["age", "of"], ["ages", "of"], ["aged", "between"]):
        return True
    if "aged" in near[-4:] and near[-1] in ("and", ",", "or", "about", "around", "from", "just"):
        return True
    return "age" in near and near[-1] in ("from", "to", "at", "about", "around", "below", "above", "under")


def _is_somebody(tokens: Tokens, index: int) -> bool:
    """Whether a name or a noun for a person stands at `index`: Holm, 48, · the suspect, 29,."""
    named = is_kind(tokens, index, TokenKind.WORD) and tokens[index].capitalised
    return named or is_person(lower_at(tokens, index))


_AGED = ("he", "she", "who", "youngest", "oldest")
