"""Measure how fast this machine is: nothing here is a test."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from dataset.articles import find_article_files
from dataset.curation import extract_files
from scripts.serving import memory, serve

# About 4 KB and fourteen figures, as news has them; the numbers differ from article to article.
_LEAD = (
    "Flood Drives {n},200 People From Homes in Dalby\n\n"
    "More than {n},200 people left Dalby on Monday after the river rose to {n}.5 metres, the ministry of the interior "
    "said. At least {n} boats were lost, according to the mayor, Ida Holm, 48.\n\n"
)
_BODY = (
    "The ministry said that the dam had held through the night, and that the villages below it were safe for now. "
    "“We have done what we could,” the mayor said, and thanked the helpers who had come from the whole province.\n\n"
    "Damage to the fields is put at ${n} million, about {n}% of what the harvest of last year brought, and the bridge "
    "at Arden, which was built after the war, has to be closed until the water falls.\n\n"
    "The king, who was to open the fair on Sunday, has put off his visit; a spokesman said that he would come as soon "
    "as the roads were open again, and that the palace had sent blankets, tents and a field kitchen.\n\n"
)


def _write_articles(folder: Path, count: int) -> None:
    for number in range(count):
        text = _LEAD.format(n=10 + number % 80) + "".join(_BODY.format(n=10 + (number + k) % 80) for k in range(5))
        (folder / f"{number:06}.txt").write_text(text, encoding="utf-8")


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def benchmark() -> None:
    """Measure how fast this machine is."""


benchmark.add_command(serve)
benchmark.add_command(memory)


@benchmark.command()
@click.option("--articles", default=10_000, show_default=True, help="How many generated articles of about 4 KB.")
def curation(articles: int) -> None:
    """Extract from a folder of generated articles, on one core and on all: articles a second, memory, start-up.

    \b
    Example:
      benchmark.py curation --articles 1000
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write_articles(folder, articles)
        files = find_article_files([folder])
        size = files[0].stat().st_size / 1000
        click.echo(f"{len(files)} articles of {size:.1f} KB")
        for workers in sorted({1, os.cpu_count() or 1}):
            _run(files, workers)
    click.echo(f"start {_measure_start():.2f} s")


def _run(files: list[Path], workers: int) -> None:
    console, facts = Console(stderr=True), 0
    begin = time.perf_counter()
    with ProcessPoolExecutor(workers) as pool:
        found = extract_files(files, None, pool)
        for extraction in track(found, "extracting", len(files), console=console, disable=not console.is_terminal):
            facts += len(extraction.facts)
    rate = len(files) / (time.perf_counter() - begin)
    here, workers_peak = (resource.getrusage(who).ru_maxrss / 1024 for who in _WHO)
    per = f"{facts / len(files):.0f} facts each, peak memory {here:.0f} MB here and {workers_peak:.0f} MB a worker"
    click.echo(f"{workers} core(s): {rate:.0f} articles a second, {per}")


_WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


_FIRST_ARTICLE = """
from dataset.extraction import extract_facts
from dataset.model import Article
list(extract_facts(Article("a" * 16, "a.txt", "0" * 64), "The mayor said on Monday that 40 boats were lost."))
"""


def _measure_start() -> float:
    """Seconds from nothing to the facts of a first article, in a process of its own."""
    command = [sys.executable, "-c", _FIRST_ARTICLE]
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own interpreter and code
    return time.perf_counter() - begin


if __name__ == "__main__":
    benchmark()
