"""Whether facts.jsonl is what was decided, in its one form and order, with the repetitions that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dataset.decisions import Decision
from dataset.errors import FactsError
from dataset.model import Article, Fact
from dataset.records import format_facts
from dataset.reviews import check_decided, link_repeats
from dataset.verification import Violation


def check_release(
    path: Path, facts: Sequence[Fact], articles: Sequence[Article], decisions: Mapping[str, Sequence[Decision]]
) -> Iterator[Violation]:
    """Where the facts, as read from `path`, differ from the decisions (by article) and from what follows from both."""
    yield from _check_form(path, facts, articles)
    for article in articles:
        own = sorted((fact for fact in facts if fact.article == article.id), key=_place)
        for id_, problem in check_decided(article, own, decisions[article.id]):
            yield Violation(id_, "review", problem)
        linked = link_repeats(own, decisions[article.id], article.file).facts
        for fact, wanted in zip(own, linked, strict=True):
            if fact.repeats != wanted.repeats:
                yield Violation(fact.id, "repeats", f"it repeats {wanted.repeats}, not {fact.repeats}")


def _place(fact: Fact) -> tuple[int, int, str]:
    return fact.start, fact.end, fact.kind


def _check_form(path: Path, facts: Sequence[Fact], articles: Sequence[Article]) -> Iterator[Violation]:
    """Equal releases are equal bytes: canonical lines, by article and then by where they stand."""
    order = {article.id: position for position, article in enumerate(articles)}
    ranked = sorted(facts, key=lambda fact: (order.get(fact.article, len(order)), *_place(fact)))
    if ranked != list(facts):
        first = next(fact for fact, other in zip(facts, ranked, strict=True) if fact != other)
        yield Violation(first.id, "order", f"{path.name} is not in the order of articles and spans: build it again")
    try:
        written = path.read_bytes()
    except OSError as error:
        raise FactsError(f"cannot read {path} ({error.strerror})", "restore it from git") from error
    if written != format_facts(facts).encode("utf-8"):
        yield Violation(path.name, "form", "its lines are not in canonical JSON: build it again")
