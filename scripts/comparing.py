"""The same questions to every server on the same file: requests a second in rounds that take turns."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from scripts.client import Client, get_once
from scripts.questions import (
    PAGE,
    Asking,
    Question,
    ask,
    datasette_path,
    find_fact_ids,
    own_path,
    roapi_path,
    values_of,
    write_flat_table,
    write_metadata,
)
from scripts.rounds import Contender, Rounds
from scripts.servers import Server, serve_bare, serve_datasette, serve_facts, serve_flask, serve_roapi
from scripts.targets import Figures, Target, median, ratio
from scripts.wrk import Load

_OWN, _BARE, _DATASETTE, _ROAPI = "factline", "bare WSGI", "Datasette", "roapi"
_RATE = "requests/s"


@dataclass(frozen=True, slots=True)
class Field:
    """All servers on one release, and the questions that they are asked."""

    asking: Asking
    facts: int
    servers: Mapping[str, Server]
    questions: Sequence[Question]
    rounds: Rounds

    @property
    def own(self) -> Server:
        """The service itself."""
        return self.servers[_OWN]


@contextmanager
def open_field(asking: Asking, facts: int, rounds: Rounds, programs: Path) -> Iterator[Field]:
    """Start every server on the database."""
    folder = rounds.folder
    metadata, table = folder / "metadata.json", folder / "facts.csv"
    write_metadata(asking, metadata)
    write_flat_table(asking, table)
    with ExitStack() as stack:
        started = [
            stack.enter_context(serve_facts(asking.database, folder / "factline.log")),
            stack.enter_context(serve_bare(folder / "bare.log")),
            stack.enter_context(serve_flask(folder / "flask.log")),
            stack.enter_context(serve_datasette(asking.database, metadata, programs, folder / "datasette.log")),
            stack.enter_context(serve_roapi(table, programs, folder / "roapi.log")),
        ]
        servers = {server.name: server for server in started}
        with Client(servers[_OWN].port) as client:
            questions = ask(asking, client)
        yield Field(asking, facts, servers, questions, rounds)


def compare_distinct(field: Field) -> Iterator[Figures]:
    """Queries of which none comes twice, over 8 connections; then p99 over 64."""
    contenders = _askers(field)
    loads = field.rounds.run(contenders)
    figures = _summarise("distinct queries", field, loads)
    figures.measured["plain sqlite3, one process"] = _ask_sqlite(field)
    figures.targets = [
        Target("of Datasette", ratio(figures.measured, _OWN, _DATASETTE), least=8),
        Target("of roapi", ratio(figures.measured, _OWN, _ROAPI), least=6),
    ]
    figures.note = f"{len(field.questions):,} questions, other numbers of rows on each turn through them"
    yield figures
    crowded = field.rounds.run(contenders[:1], connections=64)
    medians = {name: median(load.median for load in each) for name, each in loads.items()}
    tail = Figures("p99 at 64 connections, distinct queries", "ms", field.facts)
    tail.measured = {f"{name}, median at 8": value for name, value in medians.items() if value is not None}
    p99 = median(load.p99 for load in crowded.get(_OWN, []))
    tail.failed = {name: sum(load.failed for load in each) for name, each in crowded.items()}
    tail.targets = [Target("factline, p99 at 64, ms", p99, most=medians.get(_DATASETTE))]
    yield tail


def _askers(field: Field) -> list[Contender]:
    words = {_OWN: own_path, _DATASETTE: datasette_path, _ROAPI: roapi_path}
    return [
        Contender(field.servers[name], [path_of(field.asking, question) for question in field.questions])
        for name, path_of in words.items()
    ]


def _ask_sqlite(field: Field) -> float:
    """Questions a second that one process gets answered without any server."""
    first, after = field.asking.select(), field.asking.select(after=True)
    end, count = time.perf_counter() + field.rounds.seconds, 0
    with closing(field.asking.connect()) as connection:
        connection.row_factory = sqlite3.Row
        begin = time.perf_counter()
        while time.perf_counter() < end:
            question = field.questions[count % len(field.questions)]
            connection.execute(after if question.cursor else first, values_of(question)).fetchall()
            count += 1
    return count / (time.perf_counter() - begin)


def compare_repeated(field: Field) -> Figures:
    """One query again and again."""
    path = f"{own_path(field.asking, field.questions[0])}{PAGE}"
    return _against_bare("repeated query", field, [path], 0.6)


def compare_not_modified(field: Field) -> Figures:
    """A query whose answer the client has."""
    path = f"{own_path(field.asking, field.questions[0])}{PAGE}"
    etag = get_once(field.own.port, path).etag or '"none"'
    return _against_bare("304 on If-None-Match", field, [path], 0.7, etag)


def compare_one_fact(field: Field) -> Figures:
    """Facts by their id, from all over the release, none of them twice."""
    paths = [f"/v1/facts/{id_}" for id_ in find_fact_ids(field.asking, field.facts)]
    return _against_bare("one fact by id", field, paths, 0.5)


def _against_bare(subject: str, field: Field, paths: Sequence[str], least: float, etag: str | None = None) -> Figures:
    """The service against applications that return as many bytes."""
    size = len(get_once(field.own.port, paths[0]).body)
    same = ["/304/0" if etag else f"/200/{size}"]
    plain = [Contender(field.servers[name], same, etag) for name in (_BARE, "minimal Flask")]
    loads = field.rounds.run([Contender(field.own, paths, etag), *plain])
    figures = _summarise(subject, field, loads)
    figures.targets = [Target("of bare WSGI", ratio(figures.measured, _OWN, _BARE), least=least)]
    figures.note = "no body" if etag else f"{size:,} bytes"
    return figures


def _summarise(subject: str, field: Field, loads: Mapping[str, Sequence[Load]]) -> Figures:
    figures = Figures(subject, _RATE, field.facts)
    for name, each in loads.items():
        rate = median(load.rate for load in each)
        if rate is not None:
            figures.measured[name] = rate
        figures.failed[name] = sum(load.failed for load in each)
    return figures
