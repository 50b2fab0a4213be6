"""Re-checking released facts against the article files: every promise of provenance, one check each."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dataset.agents import agent, agent_ids, find_agent
from dataset.events.words import event_words
from dataset.figure_checks import find_bound_problem, find_range_problem, find_value_problem, stands_in
from dataset.lexer import is_cut
from dataset.metric_tables import metric_ids
from dataset.model import (
    Article,
    EventFact,
    Fact,
    Mention,
    QuantityFact,
    StatementFact,
    article_id,
    fact_id,
    quotable,
    span_digest,
)
from dataset.periods import parse_edtf
from dataset.places import Places
from dataset.reviews import ADDED
from dataset.subjects import nation_of
from dataset.vocabulary import UNMEASURED, vocabulary


@dataclass(frozen=True, slots=True)
class Check:
    """One promise about a fact: whether it holds, None where that cannot be told here, and what is wrong or why."""

    name: str
    passed: bool | None
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """One failed check of one fact."""

    fact: str
    check: str
    detail: str


class Page:
    """The text of one article as it is at hand, laid out once for the checks of all its facts."""

    def __init__(self, article: Article, text: str) -> None:
        self.text = text
        self.line = Places(text).line
        self.sha256 = hashlib.sha256(text.encode("utf-8")).hexdigest()
        self.file = article.file


def check_facts(facts: Sequence[Fact], articles: Sequence[Article], texts: Mapping[str, str]) -> Iterator[Violation]:
    """The violations of all facts, in their order; against the text where the article's is at hand."""
    known = {article.id: article for article in articles}
    pages = {id_: Page(known[id_], text) for id_, text in texts.items()}
    seen: set[str] = set()
    for fact in facts:
        if fact.id in seen:
            yield Violation(fact.id, "id", "a second fact with this id")
        seen.add(fact.id)
        if fact.article not in known:
            yield Violation(fact.id, "article", f"{fact.article} is not in the manifest")
            continue
        for check in check_fact(fact, known[fact.article], pages.get(fact.article)):
            if check.passed is False:
                yield Violation(fact.id, check.name, check.detail or "")


def check_fact(fact: Fact, article: Article, page: Page | None) -> Iterator[Check]:
    """Every check of one fact, in a fixed order; `page` is None where the article's text is not at hand."""
    unheld = f"the text of {article.file} is not held" if page is None else None
    for name, (kind, find_problem) in _CHECKS.items():
        if isinstance(fact, kind):
            problem = find_problem(fact, article)
            yield Check(name, problem is None, problem)
    for name, (kind, find_text_problem) in _TEXT_CHECKS.items():
        if not isinstance(fact, kind):
            continue
        if page is None or unheld:
            yield Check(name, None, unheld)
            continue
        problem = find_text_problem(fact, page)
        yield Check(name, problem is None, problem)
        if name == "span" and problem:
            unheld = "its span does not stand in the text"


def _check_id(fact: Fact, article: Article) -> str | None:
    if fact.id == fact_id(article.sha256, fact.kind, fact.start, fact.end):
        return None
    return f"does not follow from {article.file} {fact.start}-{fact.end}"


def _check_rule(fact: Fact, _article: Article) -> str | None:
    if fact.rule not in (known := {**vocabulary().confidences, ADDED: None}):
        return f"{fact.rule} is not in rules.csv"
    return None if fact.confidence == known[fact.rule] else f"the confidence of {fact.rule} is {known[fact.rule]}"


def _check_period(fact: Fact, _article: Article) -> str | None:
    """The days of a period have to be those that its EDTF names."""
    if fact.period is None:
        return None
    try:
        named = parse_edtf(fact.period.edtf)
    except ValueError as error:
        return str(error)
    return None if named == fact.period else f"{fact.period.edtf} is {named.start_on} to {named.end_on}"


def _check_agents(fact: Fact, _article: Article) -> str | None:
    """Whoever has an identifier has to be in the vocabulary."""
    named = {mention.id for mention in _mentions(fact)}
    if isinstance(fact, QuantityFact) and fact.subject:
        named.add(fact.subject.id)
    if unknown := sorted(id_ for id_ in named if id_ is not None and id_ not in agent_ids()):
        return f"{', '.join(unknown)} is not in agents.csv"
    subject = fact.subject if isinstance(fact, QuantityFact) else None
    if subject and subject.id is not None and subject.name != agent(subject.id).name:
        return f"{subject.id} is {agent(subject.id).name}, not {subject.name}"
    return None


def _check_event_type(fact: EventFact, _article: Article) -> str | None:
    return None if fact.event_type in event_words().types else f"{fact.event_type} is not in event_types.csv"


def _check_metric(fact: QuantityFact, _article: Article) -> str | None:
    return None if fact.metric is None or fact.metric in metric_ids() else f"{fact.metric} is not in metrics.csv"


def _check_unit(fact: QuantityFact, _article: Article) -> str | None:
    known = fact.unit in vocabulary().units_by_id or fact.unit in UNMEASURED
    return None if known else f"{fact.unit} is not in units.csv"


def _check_file(fact: Fact, page: Page) -> str | None:
    """The text has to be the file that the fact was read in: the article's id is made of the file's sha256."""
    if fact.article == article_id(page.sha256):
        return None
    return f"{page.file} has another content, its sha256 is {page.sha256}"


def _check_span(fact: Fact, page: Page) -> str | None:
    if 0 <= fact.start < fact.end <= len(page.text):
        return None
    return f"{fact.start}-{fact.end} is outside of {page.file}"


def _check_digest(fact: Fact, page: Page) -> str | None:
    if span_digest(page.text[fact.start : fact.end]) == fact.sha256:
        return None
    return f"{page.file} {fact.start}-{fact.end} has other text"


def _check_exact(fact: Fact, page: Page) -> str | None:
    found = page.text[fact.start : fact.end]
    if fact.exact != quotable(fact.kind, found):
        return f"{page.file} {fact.start}-{fact.end} is {found!r}, not {fact.exact!r}"
    return _find_cut(page, fact.start, fact.end)


def _find_cut(page: Page, start: int, end: int) -> str | None:
    cut = is_cut(page.text, start) or is_cut(page.text, end)
    return f"{page.file} {start}-{end} begins or ends inside a word or a number" if cut else None


def _check_line(fact: Fact, page: Page) -> str | None:
    return None if fact.line == page.line(fact.start) else f"{page.file} {fact.start} is not in line {fact.line}"


def _check_cue(fact: StatementFact, page: Page) -> str | None:
    if fact.cue is None or page.text[fact.cue.start : fact.cue.end] == fact.cue.exact:
        return None
    place = f"{page.file} {fact.cue.start}-{fact.cue.end}"
    return f"{place} is {page.text[fact.cue.start : fact.cue.end]!r}, not {fact.cue.exact!r}"


def _check_mentions(fact: Fact, page: Page) -> str | None:
    """Whoever is named has to stand where the fact says, and a subject without identifier somewhere."""
    subject = fact.subject if isinstance(fact, QuantityFact) else None
    if subject and subject.id is None and not stands_in(page.text, subject.name):
        return f"{subject.name} does not stand in {page.file}"
    for mention in _mentions(fact):
        if mention.start is None or mention.end is None:
            continue
        words = page.text[mention.start : mention.end]
        if mention.end > len(page.text):
            return f"{mention.name}: {mention.end} is outside of {page.file}"
        if cut := _find_cut(page, mention.start, mention.end):
            return cut
        if not mention.inferred and not _names(words, mention):
            return f"{page.file} {mention.start}-{mention.end} is {words!r}, not {mention.name!r}"
    return None


def _mentions(fact: Fact) -> Iterable[Mention]:
    return (*fact.claimants, *(fact.participants if isinstance(fact, EventFact) else ()))


def _names(words: str, mention: Mention) -> bool:
    """Whether the words are the name, a part or a short form of it, or another name of the same agent."""
    found = find_agent(words) or nation_of(words)
    if mention.id is not None and found and found.id == mention.id:
        return True
    one, other = _letters(words), _letters(mention.name)
    return one in other or other in one or bool(set(one.split()) & set(other.split())) or _initials(other, one)


def _letters(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", text.lower().replace("’s", "").replace("'s", "")))


def _initials(name: str, short: str) -> bool:
    return short.replace(" ", "") in "".join(word[0] for word in name.split())


_CHECKS: dict[str, tuple[type[Fact], Callable[..., str | None]]] = {  # what the fact tells by itself
    "id": (Fact, _check_id),
    "rule": (Fact, _check_rule),
    "period": (Fact, _check_period),
    "agents": (Fact, _check_agents),
    "event_type": (EventFact, _check_event_type),
    "metric": (QuantityFact, _check_metric),
    "unit": (QuantityFact, _check_unit),
    "range": (QuantityFact, lambda fact, _article: find_range_problem(fact)),
    "bound": (QuantityFact, lambda fact, _article: find_bound_problem(fact)),
}
_TEXT_CHECKS: dict[str, tuple[type[Fact], Callable[..., str | None]]] = {  # what only the text can tell
    "file": (Fact, _check_file),
    "span": (Fact, _check_span),
    "sha256": (Fact, _check_digest),
    "exact": (Fact, _check_exact),
    "line": (Fact, _check_line),
    "value": (QuantityFact, lambda fact, page: find_value_problem(fact, page.text)),
    "cue": (StatementFact, _check_cue),
    "mention": (Fact, _check_mentions),
}
