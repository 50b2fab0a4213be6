"""Publication dates as the page itself gives them: a stamp near the byline, a dateline, an address with the date in it.

Only a full date with its year counts. Copyright years and dates inside the prose are no
publication dates, and nothing is ever taken from the day the program runs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from dataset.lexer import lex
from dataset.model import Article
from dataset.periods import Moment
from dataset.timeline.dates import read_month, read_pointed, read_year
from dataset.timeline.scope import Expression, Scope
from dataset.timeline.words import time_words

_LABEL = re.compile(
    r"\b(?:first\s+)?(published|posted|publication\s+date|date|updated|last\s+(?:updated|modified))\b", re.IGNORECASE
)
_CITY = re.compile(r"^[A-Z][A-Z'’. -]{2,}\b[^—–]{0,60}?(?:\([A-Z][\w ]+\)\s*)?[—–-]")
_ADDRESS = re.compile(r"https?://\S{0,500}?/((?:19|20)[0-9]{2})[/-]([01][0-9])[/-]([0-3][0-9])(?![0-9])")
_SHORT = 120  # code points: a stamp or a label stands on a line of its own
_STAMP_WORDS = frozenset("updated published posted at on by edt est et gmt utc bst cet cest pm am p.m a.m".split())
_RANKS = ("published label", "byline stamp", "dateline", "updated label", "address")


def date_article(article: Article, text: str) -> tuple[Article, str | None]:
    """The article with its date, and how it is known: `manifest`, a way of `find_publication_date`, or None."""
    if article.published_on is not None:
        return article, "manifest"
    found = find_publication_date(text)
    return (replace(article, published_on=found[0]), found[1]) if found else (article, None)


@dataclass(frozen=True, slots=True)
class _Find:
    moment: Moment
    way: str


def find_publication_date(text: str) -> tuple[str, str] | None:
    """The date of publication in EDTF and how it was found; None where the page does not say.

    Ways, the surest first: `published label`, `byline stamp`, `dateline`, `updated label`, `address`.
    """
    finds = [find for line in text.splitlines() for find in _read_line(line.strip())]
    best = min(finds, key=lambda find: _RANKS.index(find.way), default=None)
    return (str(best.moment), best.way) if best else None


def _read_line(line: str) -> Iterator[_Find]:
    """What one line says of the date, at most once in each way."""
    address = _ADDRESS.search(line)
    if address and (moment := _moment(*(int(part) for part in address.groups()))):
        yield _Find(moment, "address")
    if not any(character.isdigit() for character in line):
        return
    city = _CITY.match(line)
    if city and (found := _first_day(city.group())):
        yield _Find(found[1], "dateline")
    if len(line) > _SHORT:
        return
    label = _LABEL.search(line)
    found = _first_day(line[label.end() :] if label else line)
    if found is None:
        return
    if label and found[0] <= 3:
        yield _Find(
            found[1], "updated label" if label[1].lower().endswith(("updated", "modified")) else "published label"
        )
    elif _is_stamp(line):
        yield _Find(found[1], "byline stamp")


def _moment(year: int, month: int, day: int) -> Moment | None:
    try:
        moment = Moment(year, month, day)
        _ = moment.first_day
    except ValueError:
        return None
    return moment


def _first_day(text: str) -> tuple[int, Moment] | None:
    """The first day with its year in the text, and the index of its first token."""
    scope = Scope(lex(text), None, None)
    for index in range(len(scope.tokens)):
        found = _read_at(scope, index)
        if found and found.start and found.start == found.end and found.start.day:
            return found.first, found.start
    return None


def _read_at(scope: Scope, index: int) -> Expression | None:
    return read_month(scope, index) or read_year(scope, index) or read_pointed(scope, index)


def _is_stamp(line: str) -> bool:
    """Whether the line holds hardly a word beside weekdays, months and times of day."""
    words = [token.lower for token in lex(line) if token.text[0].isalpha()]
    known = _STAMP_WORDS | time_words().months.keys() | time_words().weekdays.keys()
    return sum(word not in known for word in words) <= 4 and not line.endswith((".", "!", "?")) and "©" not in line
