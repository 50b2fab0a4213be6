"""Build a release: articles, vocabulary and reviews to facts.jsonl and facts.db.

The articles whose text is at hand are read anew; the facts of the others are kept as
facts.jsonl has them, so that a checkout without any text builds the same release.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from dataset.articles import article_from_row, find_article_files, read_article, read_manifest
from dataset.database import build_database, release_digest
from dataset.errors import ArticleError
from dataset.extraction import extract_facts
from dataset.files import replacing
from dataset.model import Article, Fact
from dataset.records import format_facts, read_facts
from dataset.timeline.datelines import date_article

Texts = dict[str, str]  # article id to unmodified text


@dataclass(frozen=True, slots=True)
class Release:
    """What a build made, in release order."""

    articles: list[Article]
    facts: list[Fact]
    texts: Texts
    digest: str


def read_inputs(articles_dir: Path | None, manifest_path: Path) -> tuple[list[Article], Texts]:
    """All articles of the manifest by file name, and the texts that lie in `articles_dir`."""
    manifest = read_manifest(manifest_path)
    articles: dict[str, Article] = {}
    texts: Texts = {}
    for path in find_article_files([articles_dir]) if articles_dir else []:
        article, text = read_article(path, manifest)
        articles[article.file] = article
        texts[article.id] = text
    for name, row in manifest.items():
        if name not in articles:
            articles[name] = article_from_row(row)
    _check_contents(articles.values())
    return [articles[name] for name in sorted(articles)], texts


def _check_contents(articles: Iterable[Article]) -> None:
    """One text, one article: the id is made of the content."""
    seen: dict[str, Article] = {}
    for article in articles:
        twin = seen.setdefault(article.id, article)
        if twin is not article:
            raise ArticleError(f"{article.file} has the same content as {twin.file}", "keep one of them")


def make_release(articles: list[Article], texts: Texts, facts_path: Path) -> Release:
    """The facts of all articles, sorted; those of absent texts come from `facts_path`."""
    absent = {article.id for article in articles} - texts.keys()
    released = read_facts(facts_path, {article.id: article.sha256 for article in articles}) if absent else []
    facts = [fact for fact in released if fact.article in absent]
    for article in articles:
        if article.id in texts:
            facts += extract_facts(date_article(article, texts[article.id])[0], texts[article.id])
    facts = sort_facts(articles, facts)
    return Release(articles, facts, texts, release_digest(articles, facts))


def sort_facts(articles: Iterable[Article], facts: Iterable[Fact]) -> list[Fact]:
    """Facts in release order: by article, then by where they stand."""
    order = {article.id: position for position, article in enumerate(articles)}
    return sorted(facts, key=lambda fact: (order[fact.article], fact.start, fact.end, fact.kind))


def write_release(release: Release, facts_path: Path, database_path: Path) -> None:
    """Write the database, and facts.jsonl where it changes; where one cannot be written, both stay as they were."""
    facts = format_facts(release.facts).encode("utf-8")
    if facts_path.is_file() and facts_path.read_bytes() == facts:
        build_database(database_path, release.articles, release.facts, release.texts)
        return
    with replacing(facts_path) as new_facts:
        new_facts.write_bytes(facts)
        build_database(database_path, release.articles, release.facts, release.texts)
