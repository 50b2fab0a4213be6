"""What a row of the table facts holds of the text around the fact."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from dataset.document import read_document
from dataset.model import CONTEXT_LENGTH, Article, Fact, Kind
from dataset.places import Places

Row = dict[str, Any]
_STRIDE = 256  # code points between the byte offsets that are kept


class Surroundings:
    """One article laid out: where its lines, sentences and bytes are."""

    def __init__(self, article: Article, text: str) -> None:
        self._text = text
        self._places = Places(text)
        self._sentences = [(sentence.start, sentence.end) for sentence in read_document(article, text).sentences]
        blocks = (len(text[at : at + _STRIDE].encode("utf-8")) for at in range(0, len(text), _STRIDE))
        self._bytes = list(accumulate(blocks, initial=0))

    def quote(self, fact: Fact) -> Row:
        """The words of the span and those around it, and the places that other ways of counting give it."""
        return {
            "exact": self._text[fact.start : fact.end],
            "prefix": self._text[max(0, fact.start - CONTEXT_LENGTH) : fact.start],
            "suffix": self._text[fact.end : fact.end + CONTEXT_LENGTH],
            "byte_start": self._byte(fact.start),
            "byte_end": self._byte(fact.end),
            "fragment": self._places.fragment(fact.start, fact.end),
            "sentence": None if fact.kind is Kind.STATEMENT else self._sentence_around(fact.start, fact.end),
        }

    def _byte(self, offset: int) -> int:
        """The byte of the UTF-8 file at which the code point at `offset` begins."""
        block = offset // _STRIDE
        return self._bytes[block] + len(self._text[block * _STRIDE : offset].encode("utf-8"))

    def _sentence_around(self, start: int, end: int) -> str:
        """The sentence that the span starts in, and as much more as the span has; the span alone outside of any."""
        index = bisect_right(self._sentences, start, key=lambda span: span[0]) - 1
        first, last = self._sentences[index] if index >= 0 else (start, end)
        return self._text[first : max(end, last)] if start < last else self._text[start:end]


def quote_nothing(fact: Fact) -> Row:
    """The same where the text is absent, and with it the line ends: the span counts as it is."""
    unknown = dict.fromkeys(("prefix", "suffix", "byte_start", "byte_end", "sentence"))
    return {**unknown, "exact": fact.exact, "fragment": f"char={fact.start},{fact.end}"}
