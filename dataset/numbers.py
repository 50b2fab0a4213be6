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

from dataset.lexer import TokenKind, Tokens, is_hyphen, is_kind, is_word, lower_at
from dataset.numerals import Number, NumberForm, half_scale, number_word, read_below_hundred, read_cardinal, read_digits
from dataset.vocabulary import NumberRole, NumberWord, vocabulary


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
    if low is None:
        return None
    joint = low.last
    if is_kind(tokens, joint, TokenKind.DASH) and tokens[joint].glued and is_word(tokens, joint + 1, "to", "or"):
        joint += 1  # five- to seven-year
    high = read_cardinal(tokens, joint + 1) if joins_range(tokens, index, joint) else None
    if high is None or (is_word(tokens, joint, "or") and high.low > 2 * low.high):
        return None
    return span(low, high)


def joins_range(tokens: Tokens, index: int, joint: int) -> bool:
    """Whether the token at `joint` makes one range of the number from `index` and the next; not "from 2 to 3"."""
    if is_kind(tokens, joint, TokenKind.DASH):
        return tokens[joint].glued or tokens[joint].text in "–—"
    if is_word(tokens, joint, "to"):
        return not _moves(tokens, index)
    if is_word(tokens, joint, "and"):  # between the ages of 16 and 50
        return any(is_word(tokens, at, "between") for at in range(index - 4, index))
    return is_word(tokens, joint, "or")


def _moves(tokens: Tokens, index: int) -> bool:
    """Whether the number at `index` is where, or by how much, something moved: rose from 2 to 3, rose 2 to 84."""
    if is_word(tokens, index - 1, "by"):
        return False  # rose by 10 to 15 percent
    changes = vocabulary().change_words
    far = 10 if is_from(tokens, index) else 2
    return any(token.lower in changes for token in tokens[max(0, index - far) : index])


def is_from(tokens: Tokens, index: int) -> bool:
    """Whether "from" stands before the number at `index`: from 10, from about 10, from a record 10."""
    at = index - 1
    while is_word(tokens, at, "a", "about", "almost", "around", "nearly", "record", "some"):
        at -= 1
    return is_word(tokens, at, "from")


def span(low: Number, high: Number, *, shares_scale: bool = True) -> Number | None:
    """The range of two cardinals, or None where the second is not the larger; 5 to 10 million shares its scale."""
    first, second = low.low, high.low
    if shares_scale and high.scaled and not low.scaled and first < second and first < 1000:
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


def shared_scale(tokens: Tokens, index: int, value: float) -> float:
    """What the "million" of "from 1.2 to 1.5 million" multiplies the first number by; `index` is behind it.

    1 where there is none to share: "from 900 thousand", "from 2 euros", "from 800 to 1.2 million".
    """
    first = index + 1 + is_kind(tokens, index + 1, TokenKind.CURRENCY)
    high = read_cardinal(tokens, first)
    bare = is_kind(tokens, index - 1, TokenKind.NUMBER) or number_word(
        tokens, index - 1, NumberRole.UNIT, NumberRole.TEN
    )
    if high is None or not bare:
        return 1
    scales = [word.value for at in range(first, high.last) if (word := number_word(tokens, at, *_SCALES))]
    return scales[0] if len(scales) == 1 and value < min(1000, _ALIKE * high.low / scales[0]) else 1


_SCALES = (NumberRole.SCALE, NumberRole.SUFFIX)
_ALIKE = 20  # times: how far one thing may fall and still be told in one scale


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
    at += at > part[1] and is_word(tokens, at, "every")
    whole = read_digits(tokens, at) or read_below_hundred(tokens, at)
    if at == part[1] or whole[1] == at or not 0 < part[0] < whole[0] or whole[0] > 1000:
        return None
    if part[0] != 1 and is_word(tokens, part[1], "in") and not _is_round(tokens, whole):
        return None  # "9 in 10" is a share, "3 in 2022" and "20 in 30 days" are not
    return 100 * part[0] / whole[0], whole[1]


def _is_round(tokens: Tokens, whole: tuple[float, int]) -> bool:
    """Whether the second number of a share is one that shares are told in, and no length of time."""
    return whole[0] in (3, 4, 5, 8, 10, 20, 100, 1000) and vocabulary().units.at(tokens, whole[1]) is None


def _read_part(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """Half of, a third, two-thirds, three quarters."""
    if is_word(tokens, index, "half"):
        return (50, index + 1) if _is_share(tokens, index) else None
    if is_word(tokens, index, "every"):
        return _read_every(tokens, index)
    count, at = (1.0, index + 1) if is_word(tokens, index, "a") else read_below_hundred(tokens, index)
    if at == index or count >= 10:
        return None
    at = at + 1 if is_hyphen(tokens, at) else at
    part = number_word(tokens, at, NumberRole.PART)
    plural = at < len(tokens) and tokens[at].lower.endswith("s")
    if part is None or count >= part.value or plural != (count > 1):
        return None
    if count == 1 and is_word(tokens, index, "a") and not (_ends_part(tokens, at + 1) or _is_by(tokens, index)):
        return None  # "a third man" counts in order, "a third of the men" counts a part
    return 100 * count / part.value, at + 1


def _is_share(tokens: Tokens, index: int) -> bool:
    """Whether `half` is a part of something: not half a million, not the second half."""
    if half_scale(tokens, index + 1) or is_word(tokens, index - 1, "first", "second", "latter", "other"):
        return False
    return (
        _is_by(tokens, index)
        or is_word(tokens, index + 1, "its", "their", "his", "her", "that", "had", "has", "was", "is")
        or _ends_part(tokens, index + 1)
    )


def _is_by(tokens: Tokens, index: int) -> bool:
    """Whether a part is what something changed by: cut by half, risen by almost a third."""
    return is_word(tokens, index - 1, "by") or (
        is_word(tokens, index - 2, "by") and is_word(tokens, index - 1, "almost", "nearly", "about", "around", "over")
    )


def _ends_part(tokens: Tokens, index: int) -> bool:
    """Whether no noun follows that the part could modify: a third of, half the, a fifth are, a quarter higher."""
    return is_word(tokens, index, *_PART_ENDS)


_PART_ENDS = "of the on are were have would will , . less more higher lower fewer smaller larger".split()


def _read_every(tokens: Tokens, index: int) -> tuple[float, int] | None:
    """Every third of them, every second house; not every third day."""
    order = 2 if is_word(tokens, index + 1, "second") else 0
    part = number_word(tokens, index + 1, NumberRole.PART)
    if part and part.value > 2 and not lower_at(tokens, index + 1).endswith("s"):
        order = int(part.value)
    if not order or vocabulary().units.at(tokens, index + 2) or is_word(tokens, index + 2, "time", "weekend"):
        return None
    return 100 / order, index + 2


def _read_multiple(tokens: Tokens, index: int) -> Number | None:
    """Twice, fivefold, five-fold, 100 times."""
    word = number_word(tokens, index, NumberRole.MULTIPLE)
    if word:
        return Number(NumberForm.MULTIPLE, index, index + 1, word.value, word.value)
    number = _read_range(tokens, index) or read_cardinal(tokens, index)
    if number is None:
        return None
    at = number.last + 1 if is_hyphen(tokens, number.last) else number.last
    if is_word(tokens, at, "fold", "times", "x"):
        return Number(NumberForm.MULTIPLE, index, at + 1, number.low, number.high)
    return None
