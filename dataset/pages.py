"""What the page of an article says about itself, for what its manifest row does not."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import replace
from itertools import takewhile
from pathlib import Path

from dataset.articles import COLUMNS, Manifest, read_article
from dataset.errors import ArticleError
from dataset.files import replacing
from dataset.lexer import Token
from dataset.model import Article
from dataset.timeline.datelines import date_article
from dataset.zones import ZoneKind, parse_zones

_STAMPS = frozenset({"published", "posted", "updated"})
_DESCRIBING = ("title", "published_on", "publisher", "url")
UNLISTED = "write a row for it with: curate.py manifest FOLDER"


def describe_article(article: Article, text: str) -> Article:
    """The article with title, byline and publication date as its page gives them, where nothing else does."""
    title, byline = article.title or _find_title(text), article.byline or _find_byline(text)
    return replace(date_article(article, text)[0], title=title, byline=byline)


def _find_title(text: str) -> str | None:
    for zone in parse_zones(text):
        if zone.kind is ZoneKind.TITLE:
            return text[zone.tokens[0].start : zone.tokens[-1].end]
    return None


def _find_byline(text: str) -> str | None:
    """The names behind the first `By` that stands above the news with some."""
    for zone in parse_zones(text):
        if zone.kind is ZoneKind.BYLINE and zone.tokens[0].lower == "by":
            names = list(takewhile(_is_of_names, zone.tokens[1:]))
            if names and names[-1].capitalised:
                return text[names[0].start : names[-1].end]
    return None


def _is_of_names(token: Token) -> bool:
    return token.text in (",", "and") or (token.capitalised and token.lower not in _STAMPS)


def find_missing(article: Article) -> list[str]:
    """What is not known of an article and would help to find and date it."""
    return [name for name in _DESCRIBING if getattr(article, name) is None]


def tell_unlisted(article: Article, remedy: str = UNLISTED) -> str:
    """A warning about an article that has no row in the manifest, naming what its page does not tell either."""
    missing = ", ".join(find_missing(article)) or "nothing"
    return f"{article.file} has no row in the manifest, {missing} is not known: {remedy}"


def list_articles(paths: Iterable[Path], manifest: Manifest) -> tuple[list[Article], list[ArticleError]]:
    """The articles that have no row yet, as their pages describe them, and the files that cannot be taken."""
    articles: list[Article] = []
    errors: list[ArticleError] = []
    for path in paths:
        try:
            article, text = read_article(path, manifest)
        except ArticleError as error:
            errors.append(error)
            continue
        if article.file not in manifest:
            articles.append(describe_article(article, text))
    return articles, errors


def write_manifest(path: Path, manifest: Manifest, articles: Iterable[Article]) -> None:
    """Write the rows of a manifest, with all their columns, and those of more articles, by file name.

    OutputError where that cannot be done.
    """
    columns = list(dict.fromkeys([*COLUMNS, *(column for row in manifest.values() for column in row)]))
    rows = {**manifest, **{article.file: {name: getattr(article, name) for name in COLUMNS} for article in articles}}
    with replacing(path) as beside, beside.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows[name] for name in sorted(rows))
