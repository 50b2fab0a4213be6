"""An article laid out for reading: the sentences of its news, in order, each with its place on the page."""

from __future__ import annotations

from dataclasses import dataclass

from dataset.lexer import Token
from dataset.model import Article
from dataset.places import Places
from dataset.sentences import split_sentences
from dataset.zones import FACT_ZONES, ZoneKind, parse_zones


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence: its tokens carry spans in the whole text; `paragraph` counts the lines that bear news."""

    index: int
    paragraph: int
    zone: ZoneKind
    tokens: list[Token]

    @property
    def start(self) -> int:
        """First code point."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Code point after the last."""
        return self.tokens[-1].end


@dataclass(frozen=True, slots=True)
class Document:
    """An article, its unmodified text, and the sentences of its title, standfirst and body."""

    article: Article
    text: str
    sentences: list[Sentence]
    places: Places


def read_document(article: Article, text: str) -> Document:
    """Lay out the text: zones, then the sentences of those that bear news."""
    sentences: list[Sentence] = []
    news = (zone for zone in parse_zones(text) if zone.kind in FACT_ZONES)
    for paragraph, zone in enumerate(news):
        for tokens in split_sentences(zone.tokens):
            sentences.append(Sentence(len(sentences), paragraph, zone.kind, tokens))
    return Document(article, text, sentences, Places(text))
