"""Build a release: articles, vocabulary and reviews to facts.jsonl and facts.db.

The articles whose text is at hand are read anew; the facts of the others are kept as
facts.jsonl has them, so that a checkout without any text builds the same release.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dataset.articles import Manifest, article_from_row, find_article_files, read_article
from dataset.decisions import Decision, decision_path
from dataset.errors import ArticleError, ArticlesError
from dataset.extraction import extract_facts
from dataset.files import check_kind, replacing
from dataset.model import Article, Fact, ReviewStatus, Withdrawal
from dataset.pages import describe_article
from dataset.records import format_facts, read_facts, release_digest
from dataset.reviews import (
    Finding,
    Reviewed,
    apply_decisions,
    check_decided,
    find_withdrawals,
    link_repeats,
    read_reviews,
)
from dataset.timeline.datelines import date_article

Texts = dict[str, str]  # article id to unmodified text


@dataclass(frozen=True, slots=True)
class Release:
    """What a build made, in release order."""

    articles: list[Article]
    facts: list[Fact]
    texts: Texts
    withdrawals: list[Withdrawal]
    findings: list[Finding]  # decisions that could not be applied

    @property
    def digest(self) -> str:
        """Identity of the release: of its content."""
        return release_digest(self.articles, self.facts, self.withdrawals)

    @property
    def undecided(self) -> int:
        """How many facts nobody has looked at."""
        return sum(fact.review.status is ReviewStatus.MACHINE for fact in self.facts)


def read_inputs(articles_dir: Path | None, manifest: Manifest, *, altered: bool = False) -> tuple[list[Article], Texts]:
    """All articles of the manifest, and those that lie in `articles_dir` with their texts, by file name.

    `altered` is as `read_article` takes it. ArticleError where a file cannot be taken, ArticlesError where several.
    """
    articles: dict[str, Article] = {}
    texts: Texts = {}
    errors: dict[str, ArticleError] = {}
    for path in find_article_files([articles_dir]) if articles_dir else []:
        try:
            article, text = read_article(path, manifest, altered=altered)
        except ArticleError as error:
            errors[path.name] = error
            continue
        articles[article.file] = article if article.file in manifest else describe_article(article, text)
        texts[article.id] = text
    for name, row in manifest.items():
        if name not in articles and name not in errors:
            articles[name] = article_from_row(row)
    _refuse([*errors.values(), *_find_twins(articles.values())])
    return [articles[name] for name in sorted(articles)], texts


def _refuse(errors: Sequence[ArticleError]) -> None:
    if errors:
        raise errors[0] if len(errors) == 1 else ArticlesError(errors)


def _find_twins(articles: Iterable[Article]) -> Iterator[ArticleError]:
    """One text, one article: the id is made of the content."""
    seen: dict[str, Article] = {}
    for article in articles:
        twin = seen.setdefault(article.id, article)
        if twin is not article:
            yield ArticleError(f"{article.file} has the same content as {twin.file}", "keep one of them")


def make_release(articles: list[Article], texts: Texts, facts_path: Path, reviews: Path) -> Release:
    """The facts of all articles, reviewed and sorted; those of absent texts come from `facts_path`."""
    absent = {article.id for article in articles} - texts.keys()
    released = read_facts(facts_path, {article.id: article.sha256 for article in articles}) if absent else []
    decisions, findings = read_reviews(reviews, articles)
    facts: list[Fact] = []
    for article in articles:
        if article.id in texts:
            reviewed = _review_article(article, texts[article.id], reviews, decisions[article.id])
        else:
            kept = [fact for fact in released if fact.article == article.id]
            problems = check_decided(article, kept, decisions[article.id])
            reviewed = Reviewed(kept, [_tell_absent(facts_path, *problem) for problem in problems])
        facts += reviewed.facts
        findings += reviewed.findings
    withdrawals = [each for article in articles for each in find_withdrawals(article, decisions[article.id])]
    return Release(articles, sort_facts(articles, facts), texts, withdrawals, findings)


def _review_article(article: Article, text: str, reviews: Path, decisions: list[Decision]) -> Reviewed:
    candidates = extract_facts(date_article(article, text)[0], text)
    place = decision_path(reviews, article).name
    reviewed = apply_decisions(article, text, candidates, decisions, place)
    linked = link_repeats(reviewed.facts, decisions, place)
    return Reviewed(linked.facts, reviewed.findings + linked.findings)


def _tell_absent(facts_path: Path, id_: str, problem: str) -> Finding:
    """A decision that cannot be carried out anew: the text to review the fact against is absent."""
    return Finding(f"{facts_path.name} {id_}", f"{problem}: build with the article's text")


def sort_facts(articles: Iterable[Article], facts: Iterable[Fact]) -> list[Fact]:
    """Facts in release order: by article, then by where they stand."""
    order = {article.id: position for position, article in enumerate(articles)}
    return sorted(facts, key=lambda fact: (order[fact.article], fact.start, fact.end, fact.kind))


def write_release(release: Release, facts_path: Path, database_path: Path) -> None:
    """Write the database, and facts.jsonl where it changes; where one cannot be written, both stay as they were."""
    check_kind(database_path, b"SQLite format 3\0", {".db", ".sqlite", ".sqlite3"})
    facts = format_facts(release.facts).encode("utf-8")
    if facts_path.is_file() and facts_path.read_bytes() == facts:
        _write_database(release, database_path)
        return
    with replacing(facts_path) as new_facts:
        new_facts.write_bytes(facts)
        _write_database(release, database_path)


def _write_database(release: Release, path: Path) -> None:
    # It brings numpy and pyarrow, which reading articles does not need.
    from dataset.database import build_database  # noqa: PLC0415

    build_database(path, release.articles, release.facts, release.texts, release.withdrawals)
