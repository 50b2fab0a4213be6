"""What a release is, for whoever describes it: its name, version, licence, files and facts."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dataset.articles import read_manifest
from dataset.build import read_inputs
from dataset.errors import InputError
from dataset.fields import Field, Table, article_fields, line_fields, read_tables
from dataset.model import Article, Fact
from dataset.records import read_facts, release_digest
from dataset.reviews import read_withdrawals

DATASET = Path(__file__).parent
PROJECT = DATASET.parent / "pyproject.toml"

TITLE = "Factline: what news articles report, as facts with exact provenance"
ABSTRACT = (
    "Quantities, statements and events that news articles report, each with the span of characters that it was read "
    "from. A fact says that an article reports something, not that it is so. The articles are not part of the dataset: "
    "facts refer to them by file name, sha256 and span."
)
KEYWORDS = ("news", "fact extraction", "quantities", "statements", "events", "provenance")
LICENCES = {"MIT": ("MIT License", "https://spdx.org/licenses/MIT.html")}  # SPDX identifier to name and page


@dataclass(frozen=True, slots=True)
class File:
    """One file of the dataset: a table, with what its rows and fields are; `path` is relative to the dataset."""

    name: str
    path: str
    sha256: str
    size: int  # bytes
    meaning: str
    fields: tuple[Field, ...]
    key: str | None = None  # the field that tells its rows apart, where there is one


@dataclass(frozen=True, slots=True)
class Description:
    """A release as its descriptions tell of it."""

    name: str
    version: str  # of the project, with the first 12 digits of the release as build metadata (Semantic Versioning 2.0)
    licence: str  # SPDX identifier
    creator: str
    articles: list[Article]
    facts: list[Fact]
    tables: list[Table]
    files: list[File]


def describe_release(dataset: Path = DATASET) -> Description:
    """Describe the released files as they lie in the folder; InputError where one of them cannot be taken."""
    articles, _ = read_inputs(None, read_manifest(dataset / "articles.csv"))
    facts = read_facts(dataset / "facts.jsonl", {article.id: article.sha256 for article in articles})
    withdrawals = read_withdrawals(dataset / "reviews", articles)
    tables = read_tables(dataset / "vocabulary")
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    if project["license"] not in LICENCES:
        raise InputError(f"unknown licence {project['license']!r} in {PROJECT}", f"add it to LICENCES of {__file__}")
    return Description(
        name=project["name"],
        version=f"{project['version']}+{release_digest(articles, facts, withdrawals)[:12]}",
        licence=project["license"],
        creator=project["authors"][0]["name"],
        articles=articles,
        facts=facts,
        tables=tables,
        files=[
            _describe_file(dataset, "articles.csv", "the articles, one a row", article_fields(), "file"),
            _describe_file(dataset, "facts.jsonl", "the facts, one a line, as JSON objects", line_fields(), "id"),
            *(_describe_table(dataset, table) for table in tables),
        ],
    )


def _describe_table(dataset: Path, table: Table) -> File:
    first = table.columns[0].name
    unique = len({row[first] for row in table.rows}) == len(table.rows)
    return _describe_file(
        dataset, f"vocabulary/{table.name}.csv", table.meaning, table.columns, first if unique else None
    )


def _describe_file(dataset: Path, path: str, meaning: str, fields: tuple[Field, ...], key: str | None) -> File:
    data = (dataset / path).read_bytes()
    return File(Path(path).stem, path, hashlib.sha256(data).hexdigest(), len(data), meaning, fields, key)
