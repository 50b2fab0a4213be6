"""Subjects: whom an amount is about, as a country or its armed forces, else in the words of the article.

The nation is the one that the counted noun names, else the nearest one before the number in its
sentence, else the one that the figures before were about, else the first of the title.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dataset.agents import agent, find_agent
from dataset.document import Document, Sentence
from dataset.errors import VocabularyError
from dataset.lexer import Tokens, is_word
from dataset.metrics import subject_kind
from dataset.model import Agent
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


class Subjects:
    """Reads the subjects of a document's quantities, in order, remembering what the figures were about."""

    def __init__(self, document: Document) -> None:
        first = (_first_nation(sentence.tokens) for sentence in document.sentences)
        self._last = next(filter(None, first), None)

    def find(self, sentence: Sentence, quantity: Quantity, metric: str | None) -> Agent | None:
        """The subject of a quantity; None where neither metric nor words tell."""
        kind = subject_kind(metric) if metric else "people"
        nation = self._nation(sentence.tokens, quantity)
        if kind == "people" or nation is None or (kind == "force" and _is_civil(quantity)):
            return Agent(None, quantity.counted) if quantity.counted else None
        return nation.country if kind == "country" else nation.force

    def _nation(self, tokens: Tokens, quantity: Quantity) -> Nation | None:
        behind = quantity.last + (len(quantity.counted.split()) if quantity.counted else 0)
        nation = (
            _last_nation(tokens, quantity.last, min(len(tokens), behind + 2))
            or _last_nation(tokens, 0, quantity.first)
            or _last_nation(tokens, quantity.last, len(tokens))
        )
        if nation:
            self._last = nation
        return nation or self._last


def _last_nation(tokens: Tokens, first: int, last: int) -> Nation | None:
    """The nation named last between two tokens; one that only says where gives way to one that says who."""
    place: Nation | None = None
    for index in range(last - 1, first - 1, -1):
        found = _nations().at(tokens, index) if tokens[index].capitalised else None
        if found is None or found[0] > last:
            continue
        if not is_word(tokens, index - 1, *_PLACE_WORDS):
            return found[1]
        place = place or found[1]
    return place


_PLACE_WORDS = ("in", "against", "to", "from", "across", "over", "with", "on", "into", "inside", "near")


def _first_nation(tokens: Tokens) -> Nation | None:
    for index, token in enumerate(tokens):
        found = _nations().at(tokens, index) if token.capitalised else None
        if found:
            return found[1]
    return None


def _is_civil(quantity: Quantity) -> bool:
    words = set((quantity.counted or "").lower().split())
    return not words.isdisjoint(_CIVIL)
