"""Reviewing one article: its candidates, one decision after the other, each kept at once in the article's file."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from dataset.checks import check_decision
from dataset.corrections import DEFAULTS, Words, find_number, parse_fields
from dataset.decisions import Decision, approved_digest, decision_path, read_decisions, write_decisions
from dataset.errors import FactsError, ReviewError
from dataset.extraction import extract_facts
from dataset.files import locking
from dataset.lexer import find_places
from dataset.model import Article, Fact, Kind, Verdict, brief, fact_id, span_digest
from dataset.records import fact_to_record
from dataset.reviews import Finding, apply_decisions, find_repeats_problem, make_added, make_reviewed
from dataset.timeline.datelines import date_article
from dataset.verification import Page, check_fact


class Reviewing:
    """The review of one article by one reviewer on one day (an ISO 8601 date).

    `released` are the ids that are out already. What others decide meanwhile in the same file is kept.
    """

    def __init__(
        self, article: Article, text: str, folder: Path, reviewer: str, today: str, released: Container[str] = ()
    ) -> None:
        self.article, self.text = article, text
        self.path = decision_path(folder, article)
        self._page = Page(article, text)
        self._reviewer, self._today, self._released = reviewer, today, released
        self._candidates = {fact.id: fact for fact in extract_facts(date_article(article, text)[0], text)}
        self._decisions = read_decisions(self.path)
        self._earlier: list[tuple[str, list[Decision]]] = []  # what undoing goes back to, the last at the end

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
        return self._review(self._decide(self._candidate(id_), Verdict.ACCEPT, reason), {})

    def correct(self, id_: str, written: Sequence[str], reason: str | None = None) -> Fact:
        """Take a fact with other fields, each given as `field=value`, beside those that were corrected before.

        ReviewError where they change nothing, or make no sound fact.
        """
        before = self.decisions.get(id_)
        earlier = dict(before.fields) if before else {}
        if before and before.decision is Verdict.ADD:
            decision, machine = self._decide(before, Verdict.ADD, reason or before.reason), {}
        else:
            candidate = self._candidate(id_)
            decision, machine = self._decide(candidate, Verdict.CORRECT, reason), fact_to_record(candidate)
            del machine["repeats"]  # follows from the other facts, so that saying it changes something
        words = Words(self.text, decision.start, decision.end)
        fields = earlier | parse_fields(decision.kind, written, words, machine | earlier)
        fields = {name: value for name, value in fields.items() if name not in machine or machine[name] != value}
        if not written or not fields or (machine == {} and fields == earlier):
            raise ReviewError(f"that changes nothing of {id_}", "set another value of a field, or accept it")
        return self._review(decision, fields)

    def reject(self, id_: str, reason: str) -> None:
        """Leave a candidate out of the facts, for a reason that is published in its place."""
        if not reason.strip():
            raise ReviewError("a rejection has to have a reason", "give one with --reason")
        before = self.decisions.get(id_)
        added = before if before and before.decision is Verdict.ADD else None
        self._keep(self._decide(added or self._candidate(id_), Verdict.REJECT, reason))

    def add(
        self, kind: Kind, quote: str, written: Sequence[str], *, near: str | None = None, reason: str | None = None
    ) -> Fact:
        """Add a fact by the words of its span, which `near`, longer words around them, may tell apart."""
        start, end = self._find_quote(quote, near)
        id_ = fact_id(self.article.sha256, kind, start, end)
        if id_ in self._candidates:
            raise ReviewError(f"the machine finds it itself as {id_}", f"decide about it: --decide {id_} accept")
        before = self.decisions.get(id_)
        if before and before.decision is Verdict.ADD:
            raise ReviewError(f"it is added already as {id_}", f"correct it: --decide {id_} correct --set FIELD=VALUE")
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
        printed = {"value_as_written": brief(find_number(quote))} if kind is Kind.QUANTITY else {}
        fields = parse_fields(kind, written, Words(self.text, start, end), {})
        return self._review(decision, DEFAULTS[kind] | printed | fields)

    def forget(self, id_: str) -> None:
        """Take a decision back: the fact is as the machine reads it."""
        if id_ not in self.decisions:
            raise ReviewError(f"nothing is decided about {id_}", "name a fact that is")
        if self.decisions[id_].decision is Verdict.ADD and id_ in self._released:
            raise ReviewError(f"{id_} is released, and would be gone without a word", "reject it with a reason")
        self._earlier.append((id_, self._replace(id_, [])))

    def undo(self) -> bool:
        """Go back to before the last decision of this session; False where there is none."""
        if not self._earlier:
            return False
        self._replace(*self._earlier.pop())
        return True

    def _candidate(self, id_: str) -> Fact:
        self.find_fact(id_)
        if id_ not in self._candidates:
            raise ReviewError(f"{id_} is a fact that a reviewer added", "correct it with --set, or reject it")
        return self._candidates[id_]

    def _find_quote(self, quote: str, near: str | None) -> tuple[int, int]:
        """The one place where the words stand whole; ReviewError where there is none, or more than one."""
        if not quote or quote not in (near or quote):
            raise ReviewError(f"{near or quote!r} does not hold {quote!r}", "quote both as the article has them")
        places, around = list(find_places(self.text, quote)), self.article.file
        if near:
            inside = [at for at in range(len(self.text)) if self.text.startswith(near, at)]
            if len(inside) != 1:
                problem = f"{near!r} stands {len(inside)} times in {self.article.file}"
                raise ReviewError(problem, "quote with --near what stands there once")
            last = inside[0] + len(near) - len(quote)
            places, around = [at for at in places if inside[0] <= at <= last], repr(near)
        if len(places) != 1:
            problem = f"{quote!r} stands {len(places)} times in {around}"
            raise ReviewError(
                problem, "add the words around it with --near" if places else "quote its own words, whole"
            )
        return places[0], places[0] + len(quote)

    def _decide(self, about: Fact | Decision, verdict: Verdict, reason: str | None) -> Decision:
        """A decision of this reviewer about a candidate, or about a fact that was added."""
        return Decision(
            id=about.id,
            kind=about.kind,
            start=about.start,
            end=about.end,
            sha256=about.sha256,
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
        if problem := find_repeats_problem([*self.facts(), fact], fact.id, fact.repeats):
            raise ReviewError(f"{fact.id} {problem}", "list the facts with --list")
        self._keep(replace(decision, approved=approved_digest(fact)))
        return fact

    def _keep(self, decision: Decision) -> None:
        try:
            check_decision(asdict(decision))
        except FactsError as error:
            raise ReviewError(f"that is no decision: {error.message}", "give it otherwise") from error
        self._earlier.append((decision.id, self._replace(decision.id, [decision])))

    def _replace(self, id_: str, decisions: list[Decision]) -> list[Decision]:
        """Put decisions about one fact in the place of those that are there; the latter.

        The file is read anew: ReviewError where others have decided about this fact meanwhile.
        """
        known = [each for each in self._decisions if each.id == id_]
        with locking(self.path.parent):
            self._decisions = read_decisions(self.path)
            found = [each for each in self._decisions if each.id == id_]
            if found != known:
                raise ReviewError(f"somebody else has decided about {id_} meanwhile", "look at it, and decide again")
            self._decisions = [*(each for each in self._decisions if each.id != id_), *decisions]
            write_decisions(self.path, self._decisions)
        return found

    def _apply(self) -> tuple[list[Fact], list[Finding]]:
        candidates = list(self._candidates.values())
        reviewed = apply_decisions(self.article, self.text, candidates, self._decisions, self.path.name)
        return reviewed.facts, reviewed.findings
