"""Subjects: whom an amount is about, as a country or its armed forces, else in the words of the article.

The nation is the one that the counted noun names, else the nearest one before the number in its
sentence, else the one that the figures before were about, else the first that is named up to its paragraph,
else that of the body that tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from dataset.agents import agent, find_agent
from dataset.attribution.statement import Statement
from dataset.document import Document, Sentence
from dataset.lexer import Tokens, is_word, lex
from dataset.metric_tables import subject_kind
from dataset.model import Agent, Subject, brief
from dataset.quantities import Quantity
from dataset.tables import FOLDER, forms, read_table
from dataset.vocabulary import Phrases, vocabulary


@dataclass(frozen=True, slots=True)
class Nation:
    """A country and its armed forces, as the agents vocabulary knows them."""

    country: Agent
    force: Agent


@cache
def _nations() -> Phrases[Nation]:
    return read_nations(FOLDER)


def read_nations(folder: Path) -> Phrases[Nation]:
    """Read nationalities.csv below `folder`; VocabularyError where agents.csv does not know a country."""
    entries: list[tuple[str, Nation]] = []
    for row in read_table(folder, "nationalities", ("country", "adjective", "words")):
        try:
            country = agent(row["country"])
        except KeyError as error:
            raise row.error(f"unknown country {row['country']!r}", "add it to agents.csv") from error
        force = find_agent(f"{row['adjective']} armed forces")
        named = Agent(force.id, force.name) if force else Agent(None, f"{row['adjective']} armed forces")
        nation = Nation(Agent(country.id, country.name), named)
        entries += [(word + owner, nation) for word in forms(row["words"]) for owner in ("", "'s")]  # Russia's army
    return Phrases(entries)


def nation_of(words: str) -> Agent | None:
    """The country that the words as a whole name, by its adjective too; None where they name none."""
    tokens = lex(words)
    found = _nations().at(tokens, 0)
    return found[1].country if found and found[0] == len(tokens) else None


@dataclass(frozen=True, slots=True)
class _Mention:
    """A nation named from token `first` on; `where`: behind a word of place, `reports`: as who tells of the news."""

    first: int
    last: int
    nation: Nation
    where: bool
    reports: bool


class Subjects:
    """Reads the subjects of a document's quantities, in order, remembering what the figures were about."""

    def __init__(self, document: Document, statements: Sequence[Statement]) -> None:
        claimants = [claimant for statement in statements for claimant in statement.claimants]
        self._reporting = {c.start for c in claimants if c.start is not None}
        named = ((sentence.paragraph, self._mentions(sentence.tokens)) for sentence in document.sentences)
        told = ((paragraph, m.nation) for paragraph, mentions in named for m in mentions if not m.reports)
        self._first = next(told, None)
        self._last: Nation | None = None
        self._military = any(_is_military(sentence.tokens) for sentence in document.sentences[:_LEAD])

    def find(self, sentence: Sentence, quantity: Quantity, metric: str | None) -> Subject | None:
        """The subject of a quantity; None where neither metric nor words tell."""
        kind = subject_kind(metric) if metric else "people"
        if self._last is None and self._first and self._first[0] <= sentence.paragraph:
            self._last = self._first[1]
        nation, inferred = self._nation(sentence.tokens, quantity, kind)
        if nation and kind in ("country", "place"):
            return Subject(nation.country.id, nation.country.name, inferred)
        if nation and kind == "force" and self._is_soldiery(sentence.tokens, quantity):
            return Subject(nation.force.id, nation.force.name, inferred)
        counted = brief(quantity.counted)
        return Subject(None, counted) if counted else None

    def _is_soldiery(self, tokens: Tokens, quantity: Quantity) -> bool:
        """Whether a loss is one of an army: soldiers or arms are counted, or nothing is and the news is of war."""
        words = (quantity.counted or "").lower().split()
        if words and quantity.unit == "person" and words[-1] not in _ANYBODY:
            war = self._military or _is_military(tokens) or words != ["men"]  # a team down to ten men is no army
            return war and not vocabulary().soldiers.isdisjoint(words)
        return quantity.unit == "item" or self._military or _is_military(tokens)

    def _nation(self, tokens: Tokens, quantity: Quantity, kind: str) -> tuple[Nation | None, bool]:
        """The nation beside the number, else the nearest before or behind it, else that of the figures before."""
        named, behind = self._mentions(tokens), quantity.noun_last + 2
        mentions = [mention for mention in named if not mention.reports]
        own = [m for m in mentions if m.last == quantity.first]  # Poland 14 and Spain six
        own += [m for m in mentions if quantity.last <= m.first < behind and tokens[m.first - 1].text != ","]
        before = [mention for mention in mentions if mention.first < quantity.first]
        if kind != "place":  # a nation that only says where gives way to one that says who
            before = [mention for mention in before if not mention.where] or before
        after = [mention for mention in mentions if mention.first >= behind]
        chosen = own[:1] or before[-1:] or after[:1]
        if chosen:
            self._last = chosen[0].nation
        elif self._last is None and kind == "country" and named:
            return named[0].nation, True  # a ministry that tells of an army, where no other is named, has it
        return self._last, not chosen

    def _mentions(self, tokens: Tokens) -> list[_Mention]:
        """The nations that a sentence names, from left to right."""
        mentions = []
        for index, token in enumerate(tokens):
            found = _nations().at(tokens, index) if token.capitalised else None
            if found and not _is_beside_the_point(tokens, index, found[0]):
                where, reports = is_word(tokens, index - 1, *_PLACE_WORDS), token.start in self._reporting
                mentions.append(_Mention(index, found[0], found[1], where, reports))
        return mentions


def _is_beside_the_point(tokens: Tokens, first: int, last: int) -> bool:
    """Whether what a nation has only dates or stops what is told: since Russia's invasion, Ukraine's air defences."""
    if not tokens[last - 1].lower.endswith("'s"):
        return False
    return is_word(tokens, first - 1, *_TIMES) or (
        is_word(tokens, last, "air") and is_word(tokens, last + 1, "defence", "defences", "defense", "defenses")
    )


_TIMES = ("since", "after", "before", "during", "amid", "following", "despite")


def _is_military(tokens: Tokens) -> bool:
    soldiers = vocabulary().soldiers
    return any(token.lower in _WAR or (token.lower in soldiers and token.lower != "men") for token in tokens)


_ANYBODY = frozenset("individuals others victims casualties losses".split())  # who they are, the news tells
_LEAD = 4  # sentences that tell what the news is about
_WAR = frozenset("war army military troops front frontline invasion battalion brigade casualties conscripts".split())


_PLACE_WORDS = ("in", "against", "at", "to", "from", "across", "over", "on", "by", "into", "inside", "near")
