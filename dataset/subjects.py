"""Subjects: whom an amount is about, as a country or its armed forces, else in the words of the article.

The nation is the one that the counted noun names, else the nearest one before the number in its
sentence, else the one that the figures before were about, else the first of the title.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from dataset.agents import agent, find_agent
from dataset.document import Document, Sentence
from dataset.errors import VocabularyError
from dataset.lexer import Token, Tokens, is_word
from dataset.metrics import subject_kind
from dataset.model import Agent, Claimant
from dataset.quantities import Quantity
from dataset.vocabulary import FOLDER, Phrases, forms, read_table

_CIVIL = frozenset("civilian civilians child children woman women people person persons residents villagers".split())


@dataclass(frozen=True, slots=True)
class Nation:
    """A country and its armed forces, as the agents vocabulary knows them."""

    country: Agent
    force: Agent


@cache
def _nations() -> Phrases[Nation]:
    entries: list[tuple[str, Nation]] = []
    for row in read_table(FOLDER, "nationalities", ("country", "adjective", "words")):
        try:
            country = agent(row["country"])
        except KeyError as error:
            problem = f"nationalities.csv: unknown country {row['country']!r}"
            raise VocabularyError(problem, "add it to agents.csv") from error
        force = find_agent(f"{row['adjective']} armed forces")
        named = Agent(force.id, force.name) if force else Agent(None, f"{row['adjective']} armed forces")
        nation = Nation(Agent(country.id, country.name), named)
        entries += [(word, nation) for word in forms(row["words"])]
    return Phrases(entries)


@dataclass(frozen=True, slots=True)
class _Mention:
    """A nation named from token `first` on; `where`: behind a word of place."""

    first: int
    nation: Nation
    where: bool


class Subjects:
    """Reads the subjects of a document's quantities, in order, remembering what the figures were about."""

    def __init__(self, document: Document) -> None:
        found = (_mentions(sentence.tokens) for sentence in document.sentences)
        self._last = next((mentions[0].nation for mentions in found if mentions), None)

    def find(
        self, sentence: Sentence, quantity: Quantity, metric: str | None, claimants: Sequence[Claimant]
    ) -> Agent | None:
        """The subject of a quantity; None where neither metric nor words tell."""
        kind = subject_kind(metric) if metric else "people"
        mentions = [m for m in _mentions(sentence.tokens) if not _names_claimant(sentence.tokens[m.first], claimants)]
        nation = self._nation(mentions, quantity, place=kind == "place")
        if kind == "people" or nation is None or (kind == "force" and _is_civil(quantity)):
            return Agent(None, quantity.counted) if quantity.counted else None
        return nation.force if kind == "force" else nation.country

    def _nation(self, mentions: Sequence[_Mention], quantity: Quantity, *, place: bool) -> Nation | None:
        """The nation that the counted noun names, else the nearest before, else the nearest behind the number."""
        behind = quantity.noun_last + 2
        own = [mention for mention in mentions if quantity.last <= mention.first < behind]
        before = [mention for mention in mentions if mention.first < quantity.first]
        if not place:  # a nation that only says where gives way to one that says who
            before = [mention for mention in before if not mention.where] or before
        after = [mention for mention in mentions if mention.first >= behind]
        chosen = own[:1] or before[-1:] or after[:1]
        if chosen:
            self._last = chosen[0].nation
        return self._last


def _mentions(tokens: Tokens) -> list[_Mention]:
    """The nations that a sentence names, from left to right."""
    mentions = []
    for index, token in enumerate(tokens):
        found = _nations().at(tokens, index) if token.capitalised else None
        if found:
            mentions.append(_Mention(index, found[1], is_word(tokens, index - 1, *_PLACE_WORDS)))
    return mentions


def _names_claimant(token: Token, claimants: Sequence[Claimant]) -> bool:
    """Whether the token belongs to the name of who only reports the figure."""
    spans = [(c.start, c.end) for c in claimants if c.start is not None and c.end is not None]
    return any(start <= token.start < end for start, end in spans)


_PLACE_WORDS = ("in", "against", "to", "from", "across", "over", "on", "into", "inside", "near")


def _is_civil(quantity: Quantity) -> bool:
    words = set((quantity.counted or "").lower().split())
    return not words.isdisjoint(_CIVIL)
