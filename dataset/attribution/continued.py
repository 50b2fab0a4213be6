"""Sentences that go on with a source's figures: `Moreover, 40 were …` behind `Figures compiled by X show …`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dataset.document import Sentence
from dataset.lexer import TokenKind
from dataset.model import Mention

_MARKERS = frozenset("additionally moreover furthermore also".split())
_PHRASES = (
    ("in", "addition"),
    ("in", "total"),
    ("of", "these"),
    ("of", "those"),
    ("of", "them"),
    ("among", "them"),
    ("a", "further"),
)
_FIGURES = frozenset(
    "two three four five six seven eight nine ten eleven twelve half third quarter dozen hundred thousand".split()
)
_NUMBERED = frozenset("these those them".split())


@dataclass(frozen=True, slots=True)
class Source:
    """Whom a sentence is attributed to.

    `firm` tells that it is a body or a document, which goes on listing figures; `lead` that it only leads in to
    them; `survey` that it tells shares of those asked.
    """

    claimants: tuple[Mention, ...]
    firm: bool
    lead: bool = False
    survey: bool = False


def find_continuations(sentences: Sequence[Sentence], sources: dict[int, Source]) -> Iterator[tuple[Sentence, Source]]:
    """The sentences with figures that have no source of their own and continue one, each with that source.

    `sources` holds, by the sentence's index, whom it is attributed to already; it is completed on the way.
    """
    for place, sentence in enumerate(sentences):
        before = sources.get(sentence.index - 1) if place else None
        if before is None or not before.firm or sentence.index in sources or not _has_figures(sentence):
            continue
        same = sentence.paragraph == sentences[place - 1].paragraph
        if (
            _is_marked(sentence)
            or (before.lead and not same)
            or (same and before.survey and _has_shares(sentence))
            or _is_enclosed(sentence, before, sources)
        ):
            source = Source(before.claimants, firm=True)
            sources[sentence.index] = source
            yield sentence, source


def _has_figures(sentence: Sentence) -> bool:
    return any(token.kind is TokenKind.NUMBER or token.lower in _FIGURES for token in sentence.tokens)


def _has_shares(sentence: Sentence) -> bool:
    words = [token.lower for token in sentence.tokens]
    return "%" in words or "percent" in words or ("per", "cent") in pairwise(words)


def _is_marked(sentence: Sentence) -> bool:
    """Whether the sentence says of itself that it adds to the one before."""
    words = [token.lower for token in sentence.tokens[:8]]
    if words[0] in _MARKERS or tuple(words[:2]) in _PHRASES or "alone" in words[1:4]:
        return True
    parts = (words[at] == "of" and words[at + 1] in _NUMBERED for at in range(len(words) - 1))
    return any(parts) and not _FIGURES.isdisjoint(words)


def _is_enclosed(sentence: Sentence, before: Source, sources: dict[int, Source]) -> bool:
    """Whether the sentences on both sides have the same source."""
    after = sources.get(sentence.index + 1)
    if after is None or not after.claimants or not before.claimants:
        return False
    one, other = before.claimants[0], after.claimants[0]
    return one.name == other.name or (one.id is not None and one.id == other.id)
