"""Statements found in a document, and what they say of a place in its text: who claims what stands there."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from dataset.attribution.phrases import DEMONYM_ENDINGS
from dataset.attribution.words import report_words
from dataset.model import Mention

SCARE = 6  # tokens with their marks; shorter quotations set off a word rather than tell what was said
_LOOK_BACK = 64  # statements; more than any sentence nests


@dataclass(frozen=True, slots=True)
class Statement:
    """What somebody is said to have said: code points of the text, for a direct one without its quotation marks.

    `rule` names the form that tells it, as rules.csv lists them. `claimants` lists the origin first, then who
    relays; `asserts` is False where an opinion, a wish or a request is told rather than something put forward as a
    fact.
    """

    start: int
    end: int
    direct: bool
    cue_start: int | None
    cue_end: int | None
    claimants: tuple[Mention, ...]
    rule: str
    asserts: bool = True


def claimants_at(statements: Sequence[Statement], position: int) -> tuple[Mention, ...]:
    """Claimants of the innermost statement that covers the code point, else ().

    `statements` are as `find_statements` orders them. Documents that nobody is named for (`estimates suggest`)
    claim nothing.
    """
    statement = statement_at(statements, position)
    return () if statement is None or _is_nobody(statement.claimants) else statement.claimants


def statement_at(statements: Sequence[Statement], position: int) -> Statement | None:
    """The innermost statement that covers the code point and puts something forward."""
    last = bisect_right(statements, position, key=lambda statement: statement.start)
    for statement in reversed(statements[max(0, last - _LOOK_BACK) : last]):
        if statement.end > position and (statement.asserts or statement.direct):
            return statement
    return None


def _is_nobody(claimants: tuple[Mention, ...]) -> bool:
    if not claimants:
        return True
    name = claimants[0].name
    if name.lower() in ("a", "an", "the", "it", "its"):
        return True  # a word of the article's own: "An estimated 40 people", or an `it` that stands for nobody
    word = name.split()[-1].lower()
    several = word.endswith("s") or word in ("data", "information", "speculation", "evidence")
    if not several or report_words().nouns.get(word) != "document":
        return False
    return name.islower() or (name[1:].islower() and not name.split()[0].lower().endswith(DEMONYM_ENDINGS))


def nest(statements: list[Statement]) -> list[Statement]:
    """Let each statement carry, behind its own claimants, those of the statements around it."""
    nested: list[Statement] = []
    around: list[Statement] = []
    for statement in statements:
        while around and around[-1].end <= statement.start:
            around.pop()
        claimants = statement.claimants
        for outer in reversed(around[-3:]):
            if outer.end >= statement.end and outer.asserts:
                claimants = join(claimants, outer.claimants)
        whole = replace(statement, claimants=claimants)
        nested.append(whole)
        around.append(whole)
    return nested


def as_inferred(claimants: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The claimants, marked as not said here to be those who speak."""
    return tuple(replace(one, inferred=True) for one in claimants)


def join(claimants: tuple[Mention, ...], others: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The claimants and those of the others who are not among them."""
    names = {one.name for one in claimants} | {one.id for one in claimants if one.id}
    return claimants + tuple(one for one in others if one.name not in names and one.id not in names)


def reading_order(statement: Statement) -> tuple[int, int, bool, int, int]:
    """Outer statements first; of equal spans the one that names both origin and relay is the inner one."""
    cue = statement.cue_start or 0
    return statement.start, -statement.end, statement.direct, len(statement.claimants), cue


def name_headings(text: str, found: list[Statement], headings: list[Statement]) -> Iterator[Statement]:
    """The statements found, and those quotations of headings that a quotation of the text has in full."""
    yield from found
    spoken = [(_bare_words(text, one), one) for one in found if one.direct and one.claimants]
    for heading in headings:
        words = _bare_words(text, heading)
        full = next((one for said, one in spoken if f" {words} " in f" {said} "), None)
        if full:
            yield replace(heading, claimants=as_inferred(full.claimants))
        elif words.count(" ") >= SCARE:
            yield heading


def _bare_words(text: str, statement: Statement) -> str:
    """What was said in lower case, without marks at its ends."""
    return " ".join(text[statement.start : statement.end].lower().split()).strip(".,!?…:;'\"‘’“” ")
