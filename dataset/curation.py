"""Extraction over many files: one process a core by default, results in the order of the files."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from dataset.articles import Manifest, read_article
from dataset.errors import ArticleError
from dataset.extraction import extract_facts
from dataset.model import Article, Fact
from dataset.pages import describe_article
from dataset.records import Record, fact_to_record, format_record
from dataset.timeline.datelines import date_article

_AHEAD = 64  # files under way at once, so that memory stays flat however many there are


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one file gave: its facts, or the error that names what is wrong with it."""

    path: Path
    article: Article | None
    facts: list[Fact]
    error: ArticleError | None = None
    dated_by: str | None = None  # how the publication date is known: manifest, byline stamp, dateline, …

    def lines(self) -> Iterator[str]:
        """The facts as JSON lines, with the date of their article and how it is known."""
        dated = {"published_on": self.article.published_on if self.article else None, "dated_by": self.dated_by}
        for fact in self.facts:
            yield format_record(source_record(fact, self.path.name) | dated) + "\n"


def source_record(fact: Fact, file: str) -> Record:
    """A fact as JSON values, with its file as `source` and its period in one word as `time`."""
    return {**fact_to_record(fact), "source": file, "time": fact.period.edtf if fact.period else None}


def extract_file(path: Path, manifest: Manifest | None) -> Extraction:
    """Read one article file and extract its facts; a file that cannot be taken is answered with its error."""
    try:
        article, text = read_article(path, manifest)
    except ArticleError as error:
        return Extraction(path, None, [], error)
    article, dated_by = date_article(article, text)
    if article.file not in (manifest or {}):
        article = describe_article(article, text)
    return Extraction(path, article, list(extract_facts(article, text)), dated_by=dated_by)


def extract_files(
    paths: Iterable[Path], manifest: Manifest | None, executor: Executor | None = None
) -> Iterator[Extraction]:
    """Extract from many files, in their order, through any `concurrent.futures.Executor`.

    Without one, a process a core is used, and none at all for a single file. An executor that is
    handed in stays open.
    """
    paths = list(paths)
    if executor is not None:
        yield from _extract_through(executor, paths, manifest)
    elif len(paths) < 2 or (os.cpu_count() or 1) < 2:
        yield from (extract_file(path, manifest) for path in paths)
    else:
        with ProcessPoolExecutor() as pool:
            yield from _extract_through(pool, paths, manifest)


def _extract_through(executor: Executor, paths: list[Path], manifest: Manifest | None) -> Iterator[Extraction]:
    """Keep a bounded number of files under way, and answer in order."""
    waiting = iter(paths)
    under_way = deque(_submit(executor, path, manifest) for path in islice(waiting, _AHEAD))
    while under_way:
        yield under_way.popleft().result()
        under_way.extend(_submit(executor, path, manifest) for path in islice(waiting, 1))


def _submit(executor: Executor, path: Path, manifest: Manifest | None) -> Future[Extraction]:
    """Hand over one file with its own row of the manifest: the whole table would be copied for each."""
    rows = None if manifest is None else {name: manifest[name] for name in (path.name,) if name in manifest}
    return executor.submit(extract_file, path, rows)
