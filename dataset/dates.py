"""Numbers that only date: calendar dates in words and digits, years, times of day."""

from __future__ import annotations

from collections.abc import Iterator

from dataset.lexer import TokenKind, Tokens, is_kind, lower_at
from dataset.vocabulary import NumberRole, vocabulary

_DENOMINATORS = frozenset({"2", "3", "4", "5", "8", "10", "16", "32", "64", "100"})
EARLIEST_YEAR, LATEST_YEAR = 1700, 2199  # other numbers of four digits count something


def date_indices(tokens: Tokens) -> set[int]:
    """Indices of the tokens that belong to a date or a time of day; no quantity takes them in."""
    marked: set[int] = set()
    words = vocabulary()
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.NUMBER or token.lower in words.numbers:
            for reader in (_chain, _clock, _spoken_clock, _year):
                marked.update(reader(tokens, index))
        elif token.lower in words.calendar and _month(tokens, index):
            marked.update(_date(tokens, index))
    return marked


def is_numeric(tokens: Tokens, index: int) -> bool:
    """Whether digits or a number word stand at `index`."""
    return is_kind(tokens, index, TokenKind.NUMBER) or lower_at(tokens, index) in vocabulary().numbers


def is_plain_number(tokens: Tokens, index: int, low: int, high: int) -> bool:
    """Whether plain digits (or an ordinal) within the limits stand at `index`."""
    if not 0 <= index < len(tokens) or tokens[index].kind not in (TokenKind.NUMBER, TokenKind.ORDINAL):
        return False
    digits = tokens[index].text.rstrip("stndrh")
    return digits.isdigit() and digits.isascii() and low <= int(digits[:6]) <= high


def _role(tokens: Tokens, index: int) -> str:
    """What the calendar says of the word at `index`: month, weekday, clock, year_cue or nothing."""
    return vocabulary().calendar.get(lower_at(tokens, index), "")


def _month(tokens: Tokens, index: int) -> bool:
    """A month's name, capitalised, for "may" and "march" are words too."""
    return _role(tokens, index) == "month" and tokens[index].capitalised


def is_year(tokens: Tokens, index: int) -> bool:
    """Whether four digits that may be a year stand at `index`."""
    return is_plain_number(tokens, index, EARLIEST_YEAR, LATEST_YEAR) and len(tokens[index].text) == 4


def _date(tokens: Tokens, index: int) -> Iterator[int]:
    """A month with the day before or behind it, the further days of a list, and the year."""
    if is_plain_number(tokens, index - 1, 1, 31):
        yield from _days_before(tokens, index - 1)
    elif lower_at(tokens, index - 1) == "of" and is_plain_number(tokens, index - 2, 1, 31):
        yield index - 2
    at = index + 1 + (lower_at(tokens, index + 1) == ".")
    if is_year(tokens, at):
        yield at
        return
    while is_plain_number(tokens, at, 1, 31):
        yield at
        at += 1
        if listed := _days_listed(tokens, at):
            yield from listed
            at = listed[-1] + 1
        joint = lower_at(tokens, at)
        if joint == "," and is_year(tokens, at + 1):
            yield at + 1
            return
        if is_year(tokens, at):
            yield at
            return
        if joint not in ("and", "or", "to", "until", "through") and not is_kind(tokens, at, TokenKind.DASH):
            return
        at += 1


def _days_listed(tokens: Tokens, comma: int) -> list[int]:
    """Indices of the days behind the first of a list: June 21, 23 and 25; not those of "June 5, 12 and 19 pupils"."""
    days, at = [comma - 1], comma
    while lower_at(tokens, at) == "," and _follows(tokens, days[-1], at + 1):
        days.append(at + 1)
        at += 2
    at += lower_at(tokens, at) == ","
    whole = len(days) > 1 and lower_at(tokens, at) in ("and", "or") and _follows(tokens, days[-1], at + 1)
    return [*days[1:], at + 1] if whole and _ends_date(tokens, at + 2) else []


def _follows(tokens: Tokens, day: int, index: int) -> bool:
    """Whether a day of the month stands at `index`, later than the one at `day`."""
    if not is_plain_number(tokens, day, 1, 31):
        return False
    return is_plain_number(tokens, index, int(tokens[day].text.rstrip("stndrh")) + 1, 31)


def _ends_date(tokens: Tokens, index: int) -> bool:
    """Whether nothing at `index` is what the number before could count."""
    if is_kind(tokens, index, TokenKind.WORD):
        word = lower_at(tokens, index)
        return word in vocabulary().function_words and word != "of"
    return not is_kind(tokens, index, TokenKind.PERCENT, TokenKind.CURRENCY, TokenKind.CODE, TokenKind.DASH)


def _days_before(tokens: Tokens, index: int) -> Iterator[int]:
    """The day at `index` and the days joined before it: 14-21 April, 3 and 4 May, 4, 5 and 8 October."""
    yield index
    joint = lower_at(tokens, index - 1)
    if (joint in ("and", "to", "or") or is_kind(tokens, index - 1, TokenKind.DASH)) and is_plain_number(
        tokens, index - 2, 1, 31
    ):
        yield index - 2
        at = index - 2
        while joint in ("and", "or") and lower_at(tokens, at - 1) == "," and _follows(tokens, at - 2, at):
            at -= 2
            yield at


def _chain(tokens: Tokens, index: int) -> Iterator[int]:
    """Dates in digits, telephone numbers, 2022-23, 9/11: numbers glued by dashes or slashes."""
    if not is_kind(tokens, index, TokenKind.NUMBER) or _is_linked(tokens, index):
        return  # a chain is read once, from its first number
    at = index
    while is_joint(tokens, at + 1) and is_kind(tokens, at + 2, TokenKind.NUMBER):
        at += 2
    pair = at == index + 2
    season = pair and is_year(tokens, index) and len(tokens[at].text) in (2, 4)
    named = pair and tokens[index + 1].text == "/" and tokens[at].text not in _DENOMINATORS
    if at >= index + 4 or season or named:
        yield from range(index, at + 1)


def _is_linked(tokens: Tokens, index: int) -> bool:
    """Whether a joint binds the number at `index` to one before it."""
    return index > 1 and is_joint(tokens, index - 1) and is_kind(tokens, index - 2, TokenKind.NUMBER)


def is_joint(tokens: Tokens, index: int) -> bool:
    """Whether a dash or slash that touches both neighbours stands at `index`."""
    return (
        index + 1 < len(tokens)
        and (tokens[index].kind is TokenKind.DASH or tokens[index].text == "/")
        and tokens[index].glued
        and tokens[index + 1].glued
    )


def _clock(tokens: Tokens, index: int) -> Iterator[int]:
    """6:24 PM, 18:30, 10 a.m., nine o'clock."""
    colon = lower_at(tokens, index + 1) == ":" and tokens[index + 1].glued
    if (
        colon
        and is_plain_number(tokens, index, 0, 59)
        and is_plain_number(tokens, index + 2, 0, 59)
        and tokens[index + 2].glued
    ):
        yield from (index, index + 2)
    numeric = is_kind(tokens, index, TokenKind.NUMBER) or lower_at(tokens, index) in vocabulary().numbers
    if numeric and _role(tokens, index + 1) == "clock":
        yield index


def _spoken_clock(tokens: Tokens, index: int) -> Iterator[int]:
    """At 18.30; half past nine, twenty past four, quarter to six."""
    text = tokens[index].text
    hours, _, minutes = text.partition(".")
    clock = len(minutes) == 2 and len(hours) <= 2 and minutes.isdigit() and int(hours or 99) < 24 and int(minutes) < 60
    if clock and lower_at(tokens, index - 1) == "at" and not lower_at(tokens, index + 1).isalpha():
        yield index
    if (
        lower_at(tokens, index - 1) == "past"
        and (lower_at(tokens, index - 2) in _PARTS_OF_HOURS or is_numeric(tokens, index - 2))
    ) or _is_quarter_to(tokens, index):
        yield from (index, index - 2)


_PARTS_OF_HOURS = ("half", "quarter", "minutes")


def _is_quarter_to(tokens: Tokens, index: int) -> bool:
    """Whether the number is the hour of "a quarter to nine"; what fell by a quarter came to an amount."""
    if not (lower_at(tokens, index - 1) == "to" and lower_at(tokens, index - 2) == "quarter"):
        return False
    hour = is_plain_number(tokens, index, 1, 12) or _is_small_word(tokens, index)
    return hour and not _measures(tokens, index) and not _is_changed(tokens, index - 2)


def _is_small_word(tokens: Tokens, index: int) -> bool:
    word = vocabulary().numbers.get(lower_at(tokens, index))
    return word is not None and word.role is NumberRole.UNIT and 1 <= word.value <= 12


def _is_changed(tokens: Tokens, index: int) -> bool:
    """Whether the part at `index` is what something changed by: fell a quarter, rose by almost a quarter."""
    at = index - 1
    while lower_at(tokens, at) in _BEFORE_PART:
        at -= 1
    changes = vocabulary().change_words
    if lower_at(tokens, at) == "by":
        return any(token.lower in changes for token in tokens[max(0, at - _FAR) : at])
    return lower_at(tokens, at) in changes


_FAR = 10  # tokens between a verb of change and its `by`
_BEFORE_PART = ("a", "one", "about", "almost", "around", "nearly", "over")


def _year(tokens: Tokens, index: int) -> Iterator[int]:
    """A year or a decade that stands alone; 2000 people is no year."""
    decade = lower_at(tokens, index + 1) == "s" and tokens[index + 1].glued
    alone = is_year(tokens, index) and not _measures(tokens, index)
    if alone or (decade and is_plain_number(tokens, index, 0, LATEST_YEAR)):
        yield index


def _measures(tokens: Tokens, index: int) -> bool:
    """Whether a number that looks like a year measures something after all."""
    words = vocabulary()
    if is_kind(tokens, index - 1, TokenKind.CURRENCY) or is_kind(tokens, index + 1, TokenKind.PERCENT):
        return True
    if _role(tokens, index - 1) == "year_cue":
        return False
    scale = words.numbers.get(lower_at(tokens, index + 1))
    if (scale and scale.role in (NumberRole.SCALE, NumberRole.SUFFIX)) or words.units.at(tokens, index + 1):
        return True
    near = (lower_at(tokens, index + 1), lower_at(tokens, index + 2))
    return not words.people.isdisjoint(near) or words.hedges_before.before(tokens, index) is not None
