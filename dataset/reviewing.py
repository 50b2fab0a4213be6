"""Reviewing one article: its candidates, one decision after the other, each kept at once in the article's file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dataset.corrections import Words, parse_fields
from dataset.decisions import Decision, approved_digest, decision_path, read_decisions, write_decisions
from dataset.errors import FactsError, ReviewError
from dataset.extraction import extract_facts
from dataset.model import Article, Fact, Kind, Verdict, fact_id, span_digest
from dataset.records import fact_to_record
from dataset.reviews import Finding, apply_decisions, make_added, make_reviewed
from dataset.timeline.datelines import date_article
from dataset.verification import Page, check_fact


class Reviewing:
    """The review of one article by one reviewer on one day (an ISO 8601 date)."""

    def __init__(self, article: Article, text: str, folder: Path, reviewer: str, today: str) -> None:
        self.article, self.text = article, text
        self.path = decision_path(folder, article)
        self._page = Page(article, text)
        self._reviewer, self._today = reviewer, today
        self._candidates = {fact.id: fact for fact in extract_facts(date_article(article, text)[0], text)}
        self._decisions = read_decisions(self.path)
        self._earlier: list[list[Decision]] = []  # what undoing goes back to, the last at the end

    @property
    def decisions(self) -> dict[str, Decision]:
        """What is decided, by the id of the fact."""
        return {decision.id: decision for decision in self._decisions}

    def facts(self) -> list[Fact]:
        """The facts as they are released, in the order of their spans."""
        return self._apply()[0]

    def findings(self) -> list[Finding]:
        """The decisions that do not fit what the article says, or what the machine finds in it."""
        return self._apply()[1]

    def undecided(self) -> list[Fact]:
        """The candidates that nobody has decided about yet, or whose decision does not fit any more."""
        return [fact for fact in self.facts() if fact.id in self._candidates and fact == self._candidates[fact.id]]

    def find_fact(self, id_: str) -> Fact:
        """The candidate or added fact with this id; ReviewError where there is none."""
        found = self._candidates.get(id_) or {fact.id: fact for fact in self.facts()}.get(id_)
        if found is None:
            raise ReviewError(f"{self.article.file} has no fact {id_}", f"list them: review {self.article.file} --list")
        return found

    def accept(self, id_: str, reason: str | None = None) -> Fact:
        """Take a candidate as it is."""
        return self._review(self._make(self._candidate(id_), Verdict.ACCEPT, reason), {})

    def correct(self, id_: str, written: Sequence[str], reason: str | None = None) -> Fact:
        """Take a fact with other fields, each given as `field=value`; ReviewError where they make no sound fact."""
        before = self.decisions.get(id_)
        if before and before.decision is Verdict.ADD:
            decision, kept = replace(before, reason=reason or before.reason), dict(before.fields)
            known = fact_to_record(self.find_fact(id_))
        else:
            candidate = self._candidate(id_)
            decision, kept = self._make(candidate, Verdict.CORRECT, reason), {}
            known = fact_to_record(candidate)
        words = Words(self.text, decision.start, decision.end)
        fields = parse_fields(decision.kind, written, words, known)
        return self._review(decision, kept | fields)

    def reject(self, id_: str, reason: str) -> None:
        """Leave a candidate out of the facts, for a reason that is published in its place."""
        if not reason.strip():
            raise ReviewError("a rejection has to have a reason", "give one with --reason")
        before = self.decisions.get(id_)
        if before and before.decision is Verdict.ADD:
            decision = replace(before, decision=Verdict.REJECT, fields={}, approved=None, reason=reason)
        else:
            decision = self._make(self._candidate(id_), Verdict.REJECT, reason)
        self._keep(decision)

    def add(
        self, kind: Kind, quote: str, written: Sequence[str], *, near: str | None = None, reason: str | None = None
    ) -> Fact:
        """Add a fact by the words of its span, which `near`, longer words around them, may tell apart."""
        start, end = self._find_quote(quote, near)
        id_ = fact_id(self.article.sha256, kind, start, end)
        if id_ in self._candidates:
            raise ReviewError(f"the machine finds it itself as {id_}", f"decide about it: --decide {id_} accept")
        decision = Decision(
            id=id_,
            kind=kind,
            start=start,
            end=end,
            sha256=span_digest(self.text[start:end]),
            decision=Verdict.ADD,
            reason=reason,
            reviewer=self._reviewer,
            reviewed_on=self._today,
        )
        return self._review(decision, _DEFAULTS[kind] | parse_fields(kind, written, Words(self.text, start, end), {}))

    def forget(self, id_: str) -> None:
        """Take a decision back: the fact is as the machine reads it."""
        if id_ not in self.decisions:
            raise ReviewError(f"nothing is decided about {id_}", "name a fact that is")
        self._write([each for each in self._decisions if each.id != id_])

    def undo(self) -> bool:
        """Go back to before the last decision of this session; False where there is none."""
        if not self._earlier:
            return False
        self._decisions = self._earlier.pop()
        write_decisions(self.path, self._decisions)
        return True

    def _candidate(self, id_: str) -> Fact:
        self.find_fact(id_)
        if id_ not in self._candidates:
            raise ReviewError(f"{id_} is a fact that a reviewer added", "correct it with --set, or reject it")
        return self._candidates[id_]

    def _find_quote(self, quote: str, near: str | None) -> tuple[int, int]:
        """The one place where the words stand; ReviewError where there is none, or more than one."""
        around = near or quote
        if not quote or quote not in around:
            raise ReviewError(f"{around!r} does not hold {quote!r}", "quote both as the article has them")
        if (count := self.text.count(around)) != 1:
            problem = f"{around!r} stands {count} times in {self.article.file}"
            raise ReviewError(problem, "quote its own words" if count == 0 else "add the words around it with --near")
        start = self.text.index(around) + around.index(quote)
        return start, start + len(quote)

    def _make(self, fact: Fact, verdict: Verdict, reason: str | None) -> Decision:
        return Decision(
            id=fact.id,
            kind=fact.kind,
            start=fact.start,
            end=fact.end,
            sha256=fact.sha256,
            decision=verdict,
            reason=reason,
            reviewer=self._reviewer,
            reviewed_on=self._today,
        )

    def _review(self, decision: Decision, fields: dict[str, object]) -> Fact:
        """Keep the decision where the fact that it makes is sound; the fact."""
        decision = replace(decision, fields=fields)
        try:
            if decision.decision is Verdict.ADD:
                fact = make_added(self.article, self.text, decision)
            else:
                fact = make_reviewed(self._candidates[decision.id], decision)
        except FactsError as error:
            raise ReviewError(f"that is no {decision.kind}: {error.message}", "set the field with --set") from error
        for check in check_fact(fact, self.article, self._page):
            if check.passed is False:
                raise ReviewError(f"{check.name}: {check.detail}", "set what the article says")
        self._keep(replace(decision, approved=approved_digest(fact)))
        return fact

    def _keep(self, decision: Decision) -> None:
        self._write([*(each for each in self._decisions if each.id != decision.id), decision])

    def _write(self, decisions: list[Decision]) -> None:
        write_decisions(self.path, decisions)
        self._earlier.append(self._decisions)
        self._decisions = decisions

    def _apply(self) -> tuple[list[Fact], list[Finding]]:
        candidates = list(self._candidates.values())
        reviewed = apply_decisions(self.article, self.text, candidates, self._decisions, self.path.name)
        return reviewed.facts, reviewed.findings


_COMMON: dict[str, object] = {"period": None, "claimants": []}
_DEFAULTS: dict[Kind, dict[str, object]] = {  # the fields of an added fact that nothing is said of
    Kind.QUANTITY: {
        **_COMMON,
        **dict.fromkeys(("metric", "subject", "counted", "value", "value_low", "value_high", "value_as_written")),
        "measure": "level",
        "bound": "exact",
        "modality": "asserted",
    },
    Kind.STATEMENT: {**_COMMON, "direct": False, "cue": None},
    Kind.EVENT: {**_COMMON, "polarity": "positive", "modality": "done", "participants": []},
}
