"""The command `serve` of benchmark.py: builds, starts, measures, prints and writes."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from random import Random

import click
from rich.console import Console

from dataset.errors import FactlineError, InputError
from scripts import comparing, growing
from scripts.client import Client
from scripts.questions import PAGE, Asking, Question, ask, find_fact_ids, own_path
from scripts.rounds import Rounds
from scripts.servers import ROOT, serve_facts
from scripts.targets import Figures, make_table, write_json
from scripts.wrk import find_wrk

_QUICK, _FULL = (10_000, 100_000), (10_000, 100_000, 1_000_000, 5_000_000)
_COMPARED, _WIDE = 100_000, 1_000_000  # facts of the release that servers are compared on, and of the widest searches
_FEW, _MANY = (20_000, 20.0), (1_000_000, 3600.0)  # requests and seconds between two looks at the memory


@click.command()
@click.option("--facts", multiple=True, type=click.IntRange(min=1000), help="Sizes of the releases, in facts.")
@click.option("--quick/--full", default=True, help="Two releases and short rounds, or four up to 5,000,000 facts.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the figures as JSON too.")
@click.option("--releases", type=click.Path(path_type=Path), help="Folder of releases to keep, and to use if there.")
@click.option("--by", type=click.Choice(["metric", "unit"]), default="metric", help="The filter beside claimant.")
@click.option(
    "--programs",
    type=click.Path(path_type=Path),
    default=ROOT / ".venv-bench" / "bin",
    help="Where datasette, roapi and a Python with orjson are (.venv-bench/bin).",
)
def serve(
    facts: tuple[int, ...], quick: bool, out: Path | None, releases: Path | None, by: str, programs: Path
) -> None:
    """Drive the service with wrk beside Datasette, roapi and bare applications; print ratios and targets.

    \b
    Examples:
      benchmark.py serve
      benchmark.py serve --full --out serving.json
      benchmark.py serve --facts 10000 --facts 1000000 --releases /var/tmp/releases
    """
    sizes = sorted(set(facts)) or list(_QUICK if quick else _FULL)
    console = Console(stderr=True)
    figures: list[Figures] = []
    try:
        find_wrk()
        _require(programs)
        with tempfile.TemporaryDirectory() as name, console.status("starting") as status:
            folder = Path(name)
            rounds = Rounds(3, 2, folder) if quick else Rounds(7, 5, folder)
            for each in _measure(sizes, rounds, releases or folder, by, programs):
                figures.append(each)
                status.update(f"measured: {each.subject} ({len(figures)} so far)")
        Console(width=140).print(make_table(figures))
        if out:
            write_json(out, figures, programs)
    except FactlineError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)


@click.command()
@click.option("--facts", default=100_000, show_default=True, help="Size of the release, in facts.")
@click.option("--requests", default=1_000_000, show_default=True, help="How many are made.")
@click.option("--releases", type=click.Path(path_type=Path), help="Folder of releases to keep, and to use if there.")
def memory(facts: int, requests: int, releases: Path | None) -> None:
    """Ask the service a million times, and print what a worker has in memory after each tenth of them.

    \b
    Example:
      benchmark.py memory --requests 200000
    """
    try:
        find_wrk()
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            asking = Asking((releases or folder) / f"synthetic-{facts}.db")
            if not asking.database.exists():
                asking.database.parent.mkdir(parents=True, exist_ok=True)
                growing.build(asking.database, facts)
            with serve_facts(asking.database, folder / "log") as server, Client(server.port) as client:
                asks = _make_asks(asking, ask(asking, client))
                figures = growing.watch_memory(server, facts, asks, Rounds(1, 5, folder), (requests, _MANY[1]))
        Console(width=140).print(make_table([figures]))
    except FactlineError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)


def _make_asks(asking: Asking, questions: Sequence[Question]) -> list[str]:
    """First pages, later pages and single facts, in no order."""
    asks = [f"{own_path(asking, question)}{PAGE}" for question in questions]
    asks += [f"/v1/facts/{id_}" for id_ in find_fact_ids(asking, 20_000)]
    Random(2).shuffle(asks)  # noqa: S311 - an order, no secret
    return asks


def _require(programs: Path) -> None:
    """InputError where something to compare with is missing."""
    missing = [name for name in ("datasette", "roapi", "python") if not (programs / name).exists()]
    if missing:
        raise InputError(f"{programs} has no {', '.join(missing)}", "make .venv-bench/.installed, or name --programs")


def _measure(sizes: list[int], rounds: Rounds, releases: Path, by: str, programs: Path) -> Iterator[Figures]:
    releases.mkdir(parents=True, exist_ok=True)
    askings = {size: Asking(releases / f"synthetic-{size}.db", by) for size in sizes}
    for size, asking in askings.items():
        if not asking.database.exists():
            yield growing.build(asking.database, size)
    compared = max((size for size in sizes if size <= _COMPARED), default=sizes[0])
    yield from _compare(askings[compared], compared, rounds, programs)
    yield from _grow(askings, rounds, programs)


def _compare(asking: Asking, facts: int, rounds: Rounds, programs: Path) -> Iterator[Figures]:
    with comparing.open_field(asking, facts, rounds, programs) as field:
        yield from comparing.compare_distinct(field)
        yield comparing.compare_repeated(field)
        yield comparing.compare_not_modified(field)
        yield comparing.compare_one_fact(field)
        asks = _make_asks(asking, field.questions)
        yield growing.watch_memory(field.own, facts, asks, rounds, _FEW if rounds.count < 5 else _MANY)


def _grow(askings: dict[int, Asking], rounds: Rounds, programs: Path) -> Iterator[Figures]:
    small, large = min(askings), max(askings)
    wide = max((size for size in askings if size <= _WIDE), default=small)
    with ExitStack() as stack:
        servers = {
            size: stack.enter_context(serve_facts(askings[size].database, rounds.folder / f"factline-{size}.log"))
            for size in {small, wide, large}
        }
        if large > small:
            yield growing.compare_sizes(askings[small], (small, servers[small]), (large, servers[large]))
        yield growing.page_deep(servers[wide], wide)
        yield from growing.search_wide(askings[wide], servers[wide], wide)
        yield growing.export_whole(askings[wide], servers[wide], wide, programs)
