"""Measure how fast this machine is: nothing here is a test."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # run in place, whatever the working directory

from dataset.extraction import extract_facts
from dataset.model import Article, article_id

_PARAGRAPH = (
    "On day {n}, the ministry of Dalby said that {n},204 villagers had left and at least 12 boats were lost. "
    "About 3.5% of the fields, worth $4.{n} million, are under water, according to the mayor, Ida Holm, 48. "
    "It was the third flood since 2019, and the river rose to 7 metres within two days of the storm.\n\n"
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def benchmark() -> None:
    """Measure how fast this machine is."""


@benchmark.command()
@click.option("--articles", default=1000, show_default=True, help="How many generated articles of about 4 KB.")
def curation(articles: int) -> None:
    r"""Extract from generated articles on one core: articles a second, start-up and memory.

    \b
    Example:
      benchmark.py curation --articles 10000
    """
    text = "".join(_PARAGRAPH.format(n=number) for number in range(10, 24))
    article = Article(id=article_id("00" * 32), file="generated.txt", sha256="00" * 32)
    begin = time.perf_counter()
    facts = sum(sum(1 for _ in extract_facts(article, text)) for _ in range(articles))
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = len(text.encode("utf-8")) / 1000
    click.echo(
        f"{articles / seconds:.0f} articles of {size:.1f} KB a second on one core, {facts / articles:.0f} facts each"
    )
    click.echo(f"start {_measure_start():.2f} s, peak memory {peak:.0f} MB")


def _measure_start() -> float:
    """Seconds from nothing to the vocabularies loaded, in a process of its own."""
    command = [sys.executable, "-c", "from dataset.vocabulary import vocabulary; vocabulary()"]
    begin = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own interpreter and code
    return time.perf_counter() - begin


if __name__ == "__main__":
    benchmark()
