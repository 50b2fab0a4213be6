"""Turn articles into facts: extract, build, verify."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import TextIO, TypeVar

import click
from rich.console import Console
from rich.progress import track

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from dataset.articles import Manifest, find_article_files, read_manifest
from dataset.build import make_release, read_inputs, write_release
from dataset.curation import extract_files
from dataset.database_check import check_database
from dataset.errors import ArticleError, ArticlesError, FactlineError, one_line
from dataset.files import check_kind, replacing
from dataset.model import Article
from dataset.pages import UNLISTED, find_missing, list_articles, tell_unlisted, write_manifest
from dataset.records import read_facts
from dataset.release_check import check_release
from dataset.reviews import read_reviews, read_withdrawals
from dataset.verification import Violation, check_facts
from scripts.options import (
    TABLE,
    articles_option,
    database_option,
    dataset_option,
    facts_option,
    manifest_option,
    path_type,
    read_table,
    require_articles,
    reviews_option,
)
from scripts.reports import compare, diff
from scripts.review import review

T = TypeVar("T")


class Commands(click.Group):
    """Commands that print an error the user can mend as one line, and end with 2."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except FactlineError as error:
            for each in error.errors if isinstance(error, ArticlesError) else ():
                _tell(f"error: {each}")
            _tell(f"error: {error}")
            ctx.exit(2)
        except OSError as error:
            if error.errno == errno.EPIPE:
                raise  # a reader that has had enough, as head has: click ends without a word
            place, reason = error.filename or "standard output", error.strerror or error
            _tell(f"error: cannot use {place} ({reason}): check it, and the room on its disk")
            _forget_output()
            ctx.exit(2)


def _tell(line: str) -> None:
    """Say it beside the output, on one line whatever the names of files hold."""
    click.echo(one_line(line), err=True)


def _forget_output() -> None:
    """Lead what is still to be written nowhere: Python would try again at the end, and complain again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@dataset_option
def curate(dataset: Path) -> None:
    """Turn news articles into a table of facts, each linked to the characters it came from.

    Exit status: 0 good, 1 findings, 2 an input or an option that cannot be taken.
    """


def _progress(items: Iterable[T], description: str, total: int) -> Iterable[T]:
    """The items, with a progress bar where somebody is watching."""
    console = Console(stderr=True)
    return track(items, description, total, console=console, transient=True, disable=not console.is_terminal)


@curate.command()
@click.argument("paths", nargs=-1, required=True, type=path_type)
@click.option("--manifest", type=path_type, help="CSV with at least file,published_on.")
@click.option("--out", type=path_type, help="Write here instead of to standard output.")
def extract(paths: tuple[Path, ...], manifest: Path | None, out: Path | None) -> None:
    """Print the machine facts of .txt files or folders as JSON lines; no review is applied.

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
                _tell(f"error: {extraction.error}")
            elif extraction.article and table is not None and extraction.article.file not in table:
                _tell(f"warning: {tell_unlisted(extraction.article)}")
            handle.writelines(extraction.lines)
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
    check_kind(out, b'{"', {".jsonl", ".json"})
    with replacing(out) as new, new.open("w", encoding="utf-8", newline="") as handle:
        yield handle


@curate.command()
@articles_option
@manifest_option
@facts_option
@reviews_option
@database_option
def build(articles: Path | None, manifest: Path | None, facts: Path, reviews: Path, db: Path) -> None:
    """Make facts.jsonl and facts.db; without article texts, facts.db from facts.jsonl.

    Article files that cannot be taken are named, all of them, and nothing is built: the command ends with 2.
    A file without a row in the table beside the facts gets one, with what its page says, so that they can be built
    again without it.
    A decision that does not fit what is there now is named, and the fact stays as the machine reads it; the command
    then ends with 1.

    \b
    Examples:
      curate.py build
      curate.py build --articles FOLDER
      curate.py --dataset MINE build
    """
    table = read_table(manifest)
    known, texts = read_inputs(articles, table)
    if not known:
        raise ArticleError(
            f"no articles beside {facts}, and no table of any", "put .txt files there, or name --articles"
        )
    release = make_release(known, texts, facts, reviews)
    write_release(release, facts, db)
    _list_unlisted(known, table, manifest, facts.with_name(TABLE))
    for finding in release.findings:
        click.echo(finding)
    counts = f"{len(release.facts)} facts of {len(known)} articles, {len(texts)} with their text"
    undecided = f"{release.undecided} not reviewed" if release.undecided else "all reviewed"
    click.echo(f"{db}: {counts}, {undecided}, release {release.digest[:12]}", err=True)
    sys.exit(1 if release.findings else 0)


def _list_unlisted(articles: Iterable[Article], table: Manifest, manifest: Path | None, own: Path) -> None:
    """Warn of articles without a row, and write those rows if the table is the dataset's own, or it has none yet."""
    unlisted, remedy = [article for article in articles if article.file not in table], UNLISTED
    if unlisted and (manifest is None or manifest.resolve() == own.resolve()):
        write_manifest(own, table, unlisted)
        remedy = f"a row with what its page says has been added to {own}"
    for article in unlisted:
        _tell(f"warning: {tell_unlisted(article, remedy)}")


@curate.command()
@articles_option
@manifest_option
@facts_option
@reviews_option
@database_option
def verify(articles: Path | None, manifest: Path | None, facts: Path, reviews: Path, db: Path) -> None:
    """Check every released fact against the article files and the decisions, and the database against the facts.

    What fails is listed, and the command ends with 1.

    \b
    Examples:
      curate.py verify --articles FOLDER
      FACTLINE_ARTICLES=FOLDER curate.py verify
    """
    known, texts = read_inputs(require_articles(articles), read_table(manifest), altered=True)
    released = read_facts(facts)
    violations = list(check_facts(released, known, texts))
    decisions, strangers = read_reviews(reviews, known)
    violations += [Violation(finding.place, "review", finding.problem) for finding in strangers]
    violations += check_release(facts, released, known, decisions)
    if db.exists():
        violations += check_database(db, known, released, read_withdrawals(reviews, known))
    else:
        click.echo(f"not checked, there is no database: {db}", err=True)
    for violation in violations:
        click.echo(f"{violation.fact} {violation.check}: {violation.detail}")
    for article in known:
        if article.id not in texts:
            _tell(f"not checked, the text is absent: {article.file}")
    checked, wrong = {fact.id for fact in released if fact.article in texts}, {each.fact for each in violations}
    others = wrong - {fact.id for fact in released}
    told = f"{len(checked)} facts checked, {len(checked - wrong)} exact, {len(wrong - others)} not"
    click.echo(told + (f"; {len(others)} findings about other things" if others else ""), err=True)
    sys.exit(1 if violations else 0)


@curate.command("manifest")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@click.option("--out", type=path_type, help="Write here (FOLDER/articles.csv).")
def describe(folder: Path, out: Path | None) -> None:
    """Write the table of a folder's articles: what their pages say of title and date, the rest to be filled in.

    Rows that are there already stay as they are; a file that cannot be taken is named and left out.

    \b
    Examples:
      curate.py manifest MINE
    """
    path = out or folder / TABLE
    table = read_manifest(path) if path.exists() else {}
    articles, errors = list_articles(find_article_files([folder]), table)
    write_manifest(path, table, articles)
    for error in errors:
        _tell(f"error: {error}")
    for article in articles:
        _tell(f"{article.file}: {', '.join(find_missing(article)) or 'nothing'} is not known")
    click.echo(f"{path}: {len(articles)} new rows, {len(table)} kept", err=True)
    sys.exit(2 if errors else 0)


for _command in (review, compare, diff):
    curate.add_command(_command)


_stops = count()
_GRACE = 5  # seconds


def _stop(*_: object) -> None:
    """End as by an exception, so that half-written files are removed.

    A pool of processes that is stopped at a bad moment waits for ever: it is interrupted once more, and then left.
    """
    if next(_stops) > 1:
        os._exit(143)
    signal.alarm(_GRACE)
    sys.exit(143)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(signal.SIGALRM, _stop)
    curate()
