"""An article laid out for reading: the sentences of its news, in order, each with its place on the page."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from dataset.lexer import Token
from dataset.model import Article
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
    line_ends: list[int]

    def line_at(self, position: int) -> int:
        """The line of a code point, from 1, as line feeds count them."""
        return bisect_left(self.line_ends, position) + 1


def read_document(article: Article, text: str) -> Document:
    """Lay out the text: zones, then the sentences of those that bear news."""
    sentences: list[Sentence] = []
    news = (zone for zone in parse_zones(text) if zone.kind in FACT_ZONES)
    for paragraph, zone in enumerate(news):
        for tokens in split_sentences(zone.tokens):
            sentences.append(Sentence(len(sentences), paragraph, zone.kind, tokens))
    line_ends = [match.start() for match in re.finditer("\n", text)]
    return Document(article, text, sentences, line_ends)
