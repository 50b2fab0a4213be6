"""What a time expression is read in: the tokens of its sentence, and the dates it may lean on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from dataset.lexer import Tokens, lower_at
from dataset.periods import Moment
from dataset.timeline.words import time_words

_QUOTES = frozenset('"“”')


class Role(StrEnum):
    """What the words before a date make of it."""

    AT = "at"  # on Tuesday, in 2022, by the end of May
    SINCE = "since"  # from the date up to publication
    FROM = "from"  # from the date on
    UNTIL = "until"  # up to the date
    WINDOW = "window"  # from one date to another


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression over tokens `first` up to `last`, resolved; None for an open end.

    `loose` marks dates that name or compare rather than date (the 2022 law, largest since 2011);
    `closing` the last month of a year (the end of 2022), `told` a date of the telling (estimates
    from May), `state` the date of a state reached (as of May, by May), `leaning` a date counted
    from another one of the text (the year before), `faint` the present of a state (currently).
    """

    first: int
    last: int
    start: Moment | None
    end: Moment | None
    role: Role = Role.AT
    yearless: bool = False
    loose: bool = False
    closing: bool = False
    told: bool = False
    state: bool = False
    leaning: bool = False
    possessive: bool = False
    faint: bool = False


@dataclass(slots=True)
class Scope:
    """A sentence under reading; `anchor` is the date it last spoke of, `earlier` the one of the text before it.

    `span` is the last expression of sentence or text that dates rather than compares.
    """

    tokens: Tokens
    published: Moment | None
    earlier: Moment | None
    span: Expression | None = None
    anchor: Moment | None = None
    found: list[Expression] = field(default_factory=list)

    def word(self, index: int) -> str:
        """The token's text in lower case without a possessive 's; nothing where there is no token."""
        return lower_at(self.tokens, index).removesuffix("'s")

    def value(self, role: str, index: int) -> str | None:
        """What the word at `index` stands for in the role; None where it does not play it."""
        return time_words().roles[role].get(self.word(index))

    def taken_to(self) -> int:
        """Index behind the last expression found."""
        return self.found[-1].last if self.found else 0

    def now(self, index: int) -> Moment | None:
        """The day that "this year" at `index` is seen from: publication, or the day of the speech it is quoted from."""
        said = self.found[-1] if self.found else None
        if said is None or said.role is not Role.AT or said.start is None or self.published is None:
            return self.published
        quotes = sum(token.text in _QUOTES for token in self.tokens[said.last : index])
        quoted = quotes % 2 == 1 and said.start.month and said.start.first_day <= self.published.last_day
        return said.start if quoted else self.published

    def base(self) -> Moment | None:
        """The date that "the year before" counts from: the last one the text spoke of, else publication."""
        return self.anchor or self.earlier or self.published
