"""Machine facts and what reviewers decided about them, put together: the facts of a release.

A decision that cannot be applied is reported, never dropped: the fact then stays as the machine reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from dataset.decisions import (
    STATUSES,
    Decision,
    approved_digest,
    decision_path,
    find_contradictions,
    read_decisions,
    settle_decisions,
)
from dataset.errors import FactsError
from dataset.model import Article, Fact, Review, ReviewStatus, Verdict, Withdrawal, fact_id, quotable, span_digest
from dataset.places import Places
from dataset.records import fact_from_record, fact_to_record
from dataset.repeats import mark_repeats

ADDED = "review"  # the rule of a fact that a reviewer added


@dataclass(frozen=True, slots=True)
class Finding:
    """A decision that does not fit what is there now, and what can be done about it."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The facts of one article after review, in the order of their spans, and the decisions that do not fit."""

    facts: list[Fact]
    findings: list[Finding]


def apply_decisions(
    article: Article, text: str, candidates: Iterable[Fact], decisions: Sequence[Decision], place: str
) -> Reviewed:
    """Apply the decisions about one article to what the machine found in it; `place` is the file they come from."""
    reviewer = _Reviewer(article, text, candidates)
    contradictions = find_contradictions(decisions)
    findings = [
        Finding(f"{place} {id_}", f"decisions contradict one another ({_tell(several)}): keep one")
        for id_, several in contradictions.items()
    ]
    findings += [
        Finding(f"{place} {decision.id}", f"{decision.decision} {problem}")
        for decision in settle_decisions(each for each in decisions if each.id not in contradictions)
        if (problem := reviewer.apply(decision))
    ]
    facts = sorted(reviewer.facts.values(), key=lambda fact: (fact.start, fact.end, fact.kind))
    return Reviewed(facts, findings)


def _tell(decisions: Iterable[Decision]) -> str:
    return ", ".join(f"{each.decision} by {each.reviewer} on {each.reviewed_on}" for each in decisions)


class _Reviewer:
    """The facts of one article, on which decisions are carried out one by one."""

    def __init__(self, article: Article, text: str, candidates: Iterable[Fact]) -> None:
        self._article, self._text = article, text
        self._found = {fact.id: fact for fact in candidates}
        self.facts = dict(self._found)

    def apply(self, decision: Decision) -> str | None:
        """Carry out one decision; what is wrong with it, where it does not fit."""
        if not _stands(self._article, self._text, decision):
            return f"is of a span that no longer matches {self._article.file}: decide again"
        if decision.decision is Verdict.REJECT:
            self.facts.pop(decision.id, None)  # found no longer, it stays withdrawn
            return None
        try:
            return self._add(decision) if decision.decision is Verdict.ADD else self._review(decision)
        except FactsError as error:
            return f"makes no fact ({error.message}): decide again"

    def _add(self, decision: Decision) -> str | None:
        fact = make_added(self._article, self._text, decision)
        if approved_digest(fact) != decision.approved:
            return "is of other fields than those that were approved: decide again"
        self.facts[decision.id] = fact
        found = decision.id in self._found
        return "is of a fact that the machine finds itself: decide about that one" if found else None

    def _review(self, decision: Decision) -> str | None:
        candidate = self._found.get(decision.id)
        if candidate is None:
            return "is of a fact that the machine no longer finds: add it, or reject it"
        fact = make_reviewed(candidate, decision)
        if approved_digest(fact) != decision.approved:
            return "is of other fields than the machine reads now: decide again"
        self.facts[decision.id] = fact
        return None


def _stands(article: Article, text: str, decision: Decision) -> bool:
    """Whether the span of a decision is one of this article, and its words are those that were looked at."""
    identity = fact_id(article.sha256, decision.kind, decision.start, decision.end)
    return identity == decision.id and span_digest(text[decision.start : decision.end]) == decision.sha256


def make_reviewed(candidate: Fact, decision: Decision) -> Fact:
    """A candidate as it is accepted or corrected; FactsError where the fields make no fact."""
    return fact_from_record({**fact_to_record(candidate), **decision.fields, "review": _review(decision)})


def make_added(article: Article, text: str, decision: Decision) -> Fact:
    """A fact that a reviewer added; FactsError where the fields make no fact."""
    record: dict[str, Any] = {
        "id": decision.id,
        "kind": decision.kind,
        "article": article.id,
        "start": decision.start,
        "end": decision.end,
        "line": Places(text).line(decision.start),
        "exact": quotable(decision.kind, text[decision.start : decision.end]),
        "sha256": decision.sha256,
        "rule": ADDED,
        "confidence": None,
        "repeats": None,
        "review": _review(decision),
    }
    return fact_from_record({**record, **decision.fields})


def link_repeats(facts: Sequence[Fact], decisions: Iterable[Decision], place: str) -> Reviewed:
    """The facts of one article with what each repeats: as the reviewer says, else as their fields tell."""
    reviewed = {fact.id for fact in facts if fact.review.status is not ReviewStatus.MACHINE}
    said = {each.id: each for each in decisions if "repeats" in each.fields and each.id in reviewed}
    links = {fact.id: fact.repeats for fact in mark_repeats(facts)}
    findings: list[Finding] = []
    for id_, decision in said.items():
        if problem := find_repeats_problem(facts, id_, decision.fields["repeats"]):
            findings.append(Finding(f"{place} {id_}", f"{decision.decision} {problem}"))
        else:
            links[id_] = decision.fields["repeats"]
    return Reviewed([replace(fact, repeats=_follow(links, links[fact.id])) for fact in facts], findings)


def find_repeats_problem(facts: Iterable[Fact], id_: str, repeats: str | None) -> str | None:
    """What is wrong with one fact of an article repeating another: only an earlier one of its kind can be repeated."""
    places = {fact.id: (fact.kind, fact.start, fact.end) for fact in facts}
    if repeats is None or (
        repeats in places and places[repeats][0] == places[id_][0] and places[repeats] < places[id_]
    ):
        return None
    return f"says that it repeats {repeats}, which is no earlier {places[id_][0]} of the article: name one, or null"


def _follow(links: Mapping[str, str | None], id_: str | None) -> str | None:
    """The first mention that a chain of repetitions leads to; each link leads to an earlier one."""
    while id_ is not None and links[id_] is not None:
        id_ = links[id_]
    return id_


def check_decided(article: Article, facts: Iterable[Fact], decisions: Sequence[Decision]) -> Iterator[tuple[str, str]]:
    """Where the released facts of an article are not as was decided: the id of the fact, and what is wrong."""
    released = {fact.id: fact for fact in facts}
    contradictions = find_contradictions(decisions)
    for id_, several in contradictions.items():
        yield id_, f"decisions contradict one another ({_tell(several)})"
    for decision in settle_decisions(each for each in decisions if each.id not in contradictions):
        if problem := _find_difference(article, released.get(decision.id), decision):
            yield decision.id, problem
    decided = {decision.id for decision in decisions}
    for id_, fact in released.items():
        if id_ not in decided and fact.review.status is not ReviewStatus.MACHINE:
            yield id_, f"it is {fact.review.status}, and no decision says so"


def _find_difference(article: Article, fact: Fact | None, decision: Decision) -> str | None:
    if fact_id(article.sha256, decision.kind, decision.start, decision.end) != decision.id:
        return "its id does not follow from the span that was decided about"
    if decision.decision is Verdict.REJECT:
        return "it is rejected" if fact else None
    if fact is None:
        return f"it is {STATUSES[decision.decision]}, and not among the facts"
    if approved_digest(fact) != decision.approved:
        return f"it is not as it was {STATUSES[decision.decision]}"
    return None if fact.review == Review(**_review(decision)) else "its review is not what the decision says"


def _review(decision: Decision) -> dict[str, Any]:
    """The `review` of a fact's record."""
    return {
        "status": STATUSES[decision.decision],
        "reviewer": decision.reviewer,
        "reviewed_on": decision.reviewed_on,
        "note": decision.reason,
    }


def read_reviews(folder: Path, articles: Iterable[Article]) -> tuple[dict[str, list[Decision]], list[Finding]]:
    """The decisions about each article, by its id; what belongs to none of them is a finding."""
    paths = {decision_path(folder, article): article for article in articles}
    strangers = sorted(set(folder.glob("*.jsonl")) - paths.keys())
    findings = [Finding(path.name, "it belongs to no article of the manifest: add its row") for path in strangers]
    return {article.id: read_decisions(path) for path, article in paths.items()}, findings


def read_withdrawals(folder: Path, articles: Iterable[Article]) -> list[Withdrawal]:
    """The withdrawals of all articles, in their order."""
    decisions, _ = read_reviews(folder, articles := list(articles))
    return [each for article in articles for each in find_withdrawals(article, decisions[article.id])]


def find_withdrawals(article: Article, decisions: Sequence[Decision]) -> Iterator[Withdrawal]:
    """The ids of an article that reviewers rejected, text or not; where decisions contradict one another, none."""
    disputed = find_contradictions(decisions)
    rejected = [each for each in decisions if each.decision is Verdict.REJECT and each.id not in disputed]
    for each in sorted(settle_decisions(rejected), key=lambda each: each.id):
        if each.id == fact_id(article.sha256, each.kind, each.start, each.end):
            yield Withdrawal(each.id, article.id, each.reason or "", each.reviewer, each.reviewed_on)
