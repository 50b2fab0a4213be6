"""Extraction over many files: one process a core by default, results in the order of the files."""

from __future__ import annotations

import multiprocessing
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Thread

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
    lines: tuple[str, ...] = ()  # the facts as JSON lines, with the date of their article and how it is known


def source_record(fact: Fact, file: str) -> Record:
    """A fact as JSON values, with its file as `source` and its period in one word as `time`."""
    return {**fact_to_record(fact), "source": file, "time": fact.period.edtf if fact.period else None}


def extract_file(path: Path, manifest: Manifest | None) -> Extraction:
    """Read one article file and extract its facts; a file that cannot be taken is answered with its error."""
    try:
        return _extract_file(path, manifest)
    except ArticleError as error:
        return Extraction(path, None, [], error)
    except Exception as error:  # noqa: BLE001 - a defect that one file brings to light must not cost the others
        return _fail(path, f"{type(error).__name__}: {error}")


def _fail(path: Path, reason: str) -> Extraction:
    """The answer for a file that is perhaps good, and that the program fails on all the same."""
    error = ArticleError(f"cannot extract from {path} ({reason})", "report it; the others do without it")
    return Extraction(path, None, [], error)


def _extract_file(path: Path, manifest: Manifest | None) -> Extraction:
    article, text = read_article(path, manifest)
    article, dated_by = date_article(article, text)
    if article.file not in (manifest or {}):
        article = describe_article(article, text)
    facts = extract_facts(article, text)
    dated = {"published_on": article.published_on, "dated_by": dated_by}
    lines = tuple(format_record(source_record(fact, path.name) | dated) + "\n" for fact in facts)
    return Extraction(path, article, facts, dated_by=dated_by, lines=lines)


def extract_files(
    paths: Iterable[Path], manifest: Manifest | None, executor: Executor | None = None
) -> Iterator[Extraction]:
    """Extract from many files, in their order, through any `concurrent.futures.Executor`.

    Without one, a process a core is used, and none at all for a single file; where a process dies, the file that it
    dies of is answered with an error. An executor that is handed in stays open.
    """
    paths = list(paths)
    if executor is not None:
        yield from _extract_through(executor, paths, manifest)
    elif len(paths) < 2 or (os.cpu_count() or 1) < 2:
        yield from (extract_file(path, manifest) for path in paths)
    else:
        yield from _extract_in_processes(paths, manifest)


def _extract_in_processes(paths: list[Path], manifest: Manifest | None) -> Iterator[Extraction]:
    """Extract with a process a core, and with new ones where one has died: each file then under way gets its own."""
    while paths:
        done = 0
        with suppress(BrokenExecutor), ProcessPoolExecutor(initializer=_end_with_parent) as pool:
            for extraction in _extract_through(pool, paths, manifest):
                done += 1
                yield extraction
        doubtful, paths = paths[done : done + _AHEAD], paths[done + _AHEAD :]
        yield from (_extract_alone(path, manifest) for path in doubtful)


def _extract_alone(path: Path, manifest: Manifest | None) -> Extraction:
    """Extract in a process that no other file depends on."""
    try:
        with ProcessPoolExecutor(1, initializer=_end_with_parent) as pool:
            return _submit(pool, path, manifest).result()
    except BrokenExecutor:
        return _fail(path, "its process died, perhaps for want of memory")


def _end_with_parent() -> None:
    """Let a worker end when its parent is killed: it would wait for files for ever."""
    if parent := multiprocessing.parent_process():
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


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
