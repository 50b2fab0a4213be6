"""Number expressions: from tokens to values.

    cardinal   4,373 · 2.39 million · half a million · two hundred and six · 95bn · three dozen
    vague      dozens · tens of thousands · several hundred
    range      18-30 · 18 to 30 · between 18 and 27 · 5 to 10 million
    fraction   half of · a third · two-thirds · one in five
    multiple   twice · fivefold · 100 times

Each reader takes the tokens and an index and answers a Number or None; it looks at no unit and no
hedge, those belong to the quantity around the number. Orders of magnitude follow the convention
of Almasian et al. 2023 (NewsQuant): from the base to ten times the base.
"""

from __future__ import annotations

from dataset.lexer import TokenKind, Tokens, is_hyphen, is_kind, is_word
from dataset.numerals import Number, NumberForm, half_scale, number_word, read_below_hundred, read_cardinal, read_digits
from dataset.vocabulary import NumberRole, NumberWord


def read_number(tokens: Tokens, index: int) -> Number | None:
    """The longest number expression that starts at `index`."""
    for reader in (_read_multiple, _read_vague, _read_fraction, _read_range):
        number = reader(tokens, index)
        if number:
            return number
    return read_cardinal(tokens, index)


def _read_vague(tokens: Tokens, index: int) -> Number | None:
    """Orders of magnitude; `several hundred` is one too."""
    if is_word(tokens, index, "several", "few", "many"):
        word, last = number_word(tokens, index + 1, NumberRole.SCALE), index + 2
    else:
        word, last = number_word(tokens, index, NumberRole.VAGUE), index + 1
        while word and is_word(tokens, last, "of") and (more := number_word(tokens, last + 1, NumberRole.VAGUE)):
            word, last = NumberWord(word.role, word.value * more.value), last + 2
    if word is None or (is_word(tokens, index, "tens") and last == index + 1):
        return None
    return Number(NumberForm.VAGUE, index, last, word.value, word.value * 10)


def _read_range(tokens: Tokens, index: int) -> Number | None:
    """Two cardinals joined by a dash, `to` or `or`; a scale behind the second holds for both."""
    low = read_cardinal(tokens, index)
    if low is None or not joins_range(tokens, index, low.last):
        return None
    high = read_cardinal(tokens, low.last + 1)
    return span(low, high) if high else None


def joins_range(tokens: Tokens, index: int, joint: int) -> bool:
    """Whether the token at `joint` makes one range of the number from `index` and the next; not "from 2 to 3"."""
    if is_kind(tokens, joint, TokenKind.DASH):
        return tokens[joint].glued or tokens[joint].text in "–—"
    if is_word(tokens, joint, "to"):
        return not is_word(tokens, index - 1, "from") or is_word(tokens, index - 2, *_RANGING)
    if is_word(tokens, joint, "and"):  # between the ages of 18 and 60
        return any(is_word(tokens, at, "between") for at in range(index - 4, index))
    return is_word(tokens, joint, "or") and tokens[index].kind is TokenKind.WORD


_RANGING = ("aged", "ages", "anywhere", "range", "ranges", "ranged", "ranging")


def span(low: Number, high: Number) -> Number | None:
    """The range of two cardinals, or None where the second is not the larger; 5 to 10 million shares its scale."""
    first, second = low.low, high.low
    if high.scaled and not low.scaled and first < second and first < 1000:
        factor = second / _unscaled(second)
        first *= factor
    if first >= second:
        return None
    return Number(NumberForm.RANGE, low.first, high.last, first, second, high.scaled)


def _unscaled(value: float) -> float:
    """The number in front of its scale word: 10 of 10 million."""
    for scale in (1e12, 1e9, 1e6, 1e3, 1e2):
        if value >= scale:
            return value / scale
    return value


def _read_fraction(tokens: Tokens, index: int) -> Number | None:
    """Parts of a whole, in percent."""
    for reader in (_read_one_in, _read_part):
        if found := reader(tokens, index):
            share, last = found
            return Number(NumberForm.FRACTION, index, last, share, share)
    return None


def _read_one_in(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """One in five, nine out of ten."""
    part = read_digits(tokens, index) or read_below_hundred(tokens, index)
    at = part[1]
    if at == index:
        return None
    at += 1 if is_word(tokens, at, "in") else 2 if is_word(tokens, at, "out") and is_word(tokens, at + 1, "of") else 0
    whole = read_digits(tokens, at) or read_below_hundred(tokens, at)
    if at == part[1] or whole[1] == at or not 0 < part[0] < whole[0] or whole[0] > 1000:
        return None
    if part[0] != 1 and is_word(tokens, part[1], "in"):
        return None  # "9 in 10" is a share, "3 in 2022" and "20 in 30 days" are not: only `1 in` is safe
    return 100 * part[0] / whole[0], whole[1]


def _read_part(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """Half of, a third, two-thirds, three quarters."""
    if is_word(tokens, index, "half"):
        return (50, index + 1) if _is_share(tokens, index) else None
    count, at = (1.0, index + 1) if is_word(tokens, index, "a") else read_below_hundred(tokens, index)
    if at == index or count >= 10:
        return None
    at = at + 1 if is_hyphen(tokens, at) else at
    part = number_word(tokens, at, NumberRole.PART)
    plural = at < len(tokens) and tokens[at].lower.endswith("s")
    if part is None or count >= part.value or plural != (count > 1):
        return None
    if count == 1 and not is_word(tokens, at + 1, "of", "the") and is_word(tokens, index, "a"):
        return None  # "a third man" counts in order, "a third of the men" counts a part
    return 100 * count / part.value, at + 1


def _is_share(tokens: Tokens, index: int) -> bool:
    """Whether `half` is a part of something: not half a million, not the second half."""
    if half_scale(tokens, index + 1) or is_word(tokens, index - 1, "first", "second", "latter", "other"):
        return False
    return is_word(tokens, index + 1, "of", "the", "its", "their", "his", "her", "that")


def _read_multiple(tokens: Tokens, index: int) -> Number | None:
    """Twice, fivefold, five-fold, 100 times."""
    word = number_word(tokens, index, NumberRole.MULTIPLE)
    if word:
        return Number(NumberForm.MULTIPLE, index, index + 1, word.value, word.value)
    number = read_cardinal(tokens, index)
    if number is None:
        return None
    at = number.last + 1 if is_hyphen(tokens, number.last) else number.last
    if is_word(tokens, at, "fold") or (is_word(tokens, at, "times", "x") and at < len(tokens)):
        return Number(NumberForm.MULTIPLE, index, at + 1, number.low, number.high)
    return None
