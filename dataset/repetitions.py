"""Which facts an article says more than once, as `repeats` links them: for a terminal, and as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dataset.model import Article, Fact, QuantityFact
from dataset.records import Record


@dataclass(frozen=True, slots=True)
class Repetition:
    """The first mention of something in an article, and the later ones that say it again."""

    file: str
    first: Fact
    again: tuple[Fact, ...]


def find_repetitions(facts: Sequence[Fact], articles: Iterable[Article], metric: str | None = None) -> list[Repetition]:
    """What is said again, in the order of the first mentions; with a metric, the figures of that one alone."""
    files = {article.id: article.file for article in articles}
    again: dict[str, list[Fact]] = {}
    for fact in facts:
        if fact.repeats is not None:
            again.setdefault(fact.repeats, []).append(fact)
    return [
        Repetition(files.get(fact.article, fact.article), fact, tuple(again[fact.id]))
        for fact in facts
        if fact.id in again and (metric is None or (isinstance(fact, QuantityFact) and fact.metric == metric))
    ]


def repetition_lines(repetition: Repetition) -> Iterator[str]:
    """A repetition for a terminal: the first mention, and a line for each later one."""
    first = repetition.first
    yield f"{repetition.file}:{first.line} {first.kind} {_tell(first)} is said again"
    for fact in repetition.again:
        yield f"  line {fact.line} {_tell(fact)}"


def _tell(fact: Fact) -> str:
    return f"{fact.id} “{fact.exact}”" if fact.exact is not None else fact.id


def repetition_record(repetition: Repetition) -> Record:
    """A repetition as plain JSON values."""
    kind = repetition.first.kind.value
    return {
        "file": repetition.file,
        "kind": kind,
        "first": _mention_record(repetition.first),
        "again": [_mention_record(fact) for fact in repetition.again],
    }


def _mention_record(fact: Fact) -> Record:
    return {"id": fact.id, "line": fact.line, "exact": fact.exact}
