"""Turn articles into facts: extract, build, verify."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO, TypeVar

import click
from rich.console import Console
from rich.progress import track

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from dataset.articles import find_article_files, read_manifest
from dataset.build import make_release, read_inputs, write_release
from dataset.curation import extract_files
from dataset.errors import FactlineError
from dataset.files import replacing
from dataset.records import read_facts
from dataset.verification import check_facts

DATASET = ROOT / "dataset"
T = TypeVar("T")


class Commands(click.Group):
    """Commands that print an error the user can mend as one line, and end with 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except FactlineError as error:
            click.echo(f"error: {error}", err=True)
            ctx.exit(2)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # a reader that has had enough, as head has: click ends without a word
            place, reason = error.filename or "standard output", error.strerror or error
            click.echo(f"error: cannot use {place} ({reason}): check it, and the room on its disk", err=True)
            _forget_output()
            ctx.exit(2)


def _forget_output() -> None:
    """Lead what is still to be written nowhere: Python would try again at the end, and complain again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def curate() -> None:
    """Turn news articles into a table of facts, each linked to the characters it came from.

    Exit status: 0 good, 1 findings, 2 an input or an option that cannot be taken.
    """


def _progress(items: Iterable[T], description: str, total: int) -> Iterable[T]:
    """The items, with a progress bar where somebody is watching."""
    console = Console(stderr=True)
    return track(items, description, total, console=console, transient=True, disable=not console.is_terminal)


_path = click.Path(path_type=Path)
_articles_option = click.option(
    "--articles",
    type=_path,
    envvar="FACTLINE_ARTICLES",
    help="Folder of the article files (default: dataset/articles, where it holds any).",
)
_manifest_option = click.option(
    "--manifest", type=_path, default=DATASET / "articles.csv", help="Table of the articles (dataset/articles.csv)."
)
_facts_option = click.option(
    "--facts", type=_path, default=DATASET / "facts.jsonl", help="The released facts (dataset/facts.jsonl)."
)


def _find_articles(articles: Path | None) -> Path | None:
    """The folder named, else the project's own where it holds an article."""
    own = DATASET / "articles"
    return articles or (own if any(own.glob("*.txt")) else None)


@curate.command()
@click.argument("paths", nargs=-1, required=True, type=_path)
@click.option("--manifest", type=_path, help="CSV with at least file,published_on: each file needs its row.")
@click.option("--out", type=_path, help="Write here instead of to standard output.")
def extract(paths: tuple[Path, ...], manifest: Path | None, out: Path | None) -> None:
    r"""Print the machine facts of .txt files or folders as JSON lines; no review is applied.

    A file that cannot be taken is named and left out; the others come through whole, and the command ends with 2.
    Without a date in a manifest, the one that the page itself gives is used (`dated_by` says how it was found).

    \b
    Examples:
      curate.py extract news.txt
      curate.py extract FOLDER --manifest FOLDER/articles.csv --out facts.jsonl
    """
    table = read_manifest(manifest) if manifest else None
    files = find_article_files(paths)
    failed = 0
    with _open(out) as handle:
        for extraction in _progress(extract_files(files, table), "extracting", len(files)):
            if extraction.error:
                failed += 1
                click.echo(f"error: {extraction.error}", err=True)
            handle.writelines(extraction.lines())
        if failed == len(files):
            sys.exit(2)  # inside, so that no empty file takes the place of an older one
    if failed:
        sys.exit(2)


@contextmanager
def _open(out: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears when it is whole."""
    if out is None:
        yield sys.stdout
        sys.stdout.flush()  # here, where a full disk is still an error of the command
        return
    with replacing(out) as new, new.open("w", encoding="utf-8", newline="") as handle:
        yield handle


@curate.command()
@_articles_option
@_manifest_option
@_facts_option
@click.option(
    "--db",
    type=_path,
    envvar="FACTLINE_DB",
    default=DATASET / "facts.db",
    help="The database to write (dataset/facts.db).",
)
def build(articles: Path | None, manifest: Path, facts: Path, db: Path) -> None:
    r"""Make facts.jsonl and facts.db; without article texts, facts.db from facts.jsonl.

    \b
    Examples:
      curate.py build
      curate.py build --articles FOLDER
      curate.py build --articles MINE --manifest MINE/articles.csv --facts MINE/facts.jsonl --db MINE/facts.db
    """
    known, texts = read_inputs(_find_articles(articles), manifest)
    release = make_release(known, texts, facts)
    write_release(release, facts, db)
    counts = f"{len(release.facts)} facts of {len(known)} articles, {len(texts)} with their text"
    click.echo(f"{db}: {counts}, release {release.digest[:12]}", err=True)


@curate.command()
@_articles_option
@_manifest_option
@_facts_option
def verify(articles: Path | None, manifest: Path, facts: Path) -> None:
    r"""Check every released fact against the article files; list what fails and end with 1.

    \b
    Examples:
      curate.py verify --articles FOLDER
      FACTLINE_ARTICLES=FOLDER curate.py verify
    """
    folder = _find_articles(articles)
    if folder is None:
        raise click.UsageError("there are no article texts to check against: name their folder with --articles")
    known, texts = read_inputs(folder, manifest)
    released = read_facts(facts)
    violations = list(check_facts(released, known, texts))
    for violation in violations:
        click.echo(f"{violation.fact} {violation.check}: {violation.detail}")
    for article in known:
        if article.id not in texts:
            click.echo(f"not checked, the text is absent: {article.file}", err=True)
    wrong = {violation.fact for violation in violations}
    checked = [fact.id for fact in released if fact.article in texts]
    exact = sum(fact not in wrong for fact in checked)
    click.echo(f"{len(checked)} facts checked, {exact} exact, {len(wrong)} not", err=True)
    sys.exit(1 if violations else 0)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # as an exception it lets half-written files be removed
    curate()
