"""What a larger release costs: first pages, deep pages, searches, exports, memory, and building."""

from __future__ import annotations

import json
import multiprocessing
import subprocess
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from scripts.client import Client, median_of
from scripts.questions import PAGE, Asking, Question, find_pairs, find_searches, own_path
from scripts.rounds import Contender, Rounds
from scripts.servers import ROOT, Server
from scripts.synthetic import build_release, make_articles, make_facts
from scripts.targets import Figures, Target, median

_DEEP_PAGE = 10_000
_PROBES = 50  # pages of each depth


def build(path: Path, facts: int) -> Figures:
    """Build a release in a process of its own: facts a second without the making-up, peak memory."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        made_up, took, peak = pool.submit(_build, path, facts).result()
    figures = Figures("build", "facts/s", facts, {"made up and built": facts / took})
    figures.measured["made up alone"] = facts / made_up
    figures.targets = [
        Target("built, facts/s", facts / max(took - made_up, 1e-9), least=50_000),
        Target("peak memory, MB", peak),
    ]
    return figures


def _build(path: Path, facts: int) -> tuple[float, float, float]:
    """Seconds to make up a release, seconds to make it up and build it, and peak megabytes."""
    begin = time.perf_counter()
    made = sum(1 for _ in make_articles(facts)) + sum(1 for _ in make_facts(facts))
    made_up = time.perf_counter() - begin
    assert made >= facts  # noqa: S101 - they are made up for their time only
    begin = time.perf_counter()
    build_release(path, facts)
    took = time.perf_counter() - begin
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    peak = next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:"))
    return made_up, took, peak


def compare_sizes(asking: Asking, small: tuple[int, Server], large: tuple[int, Server]) -> Figures:
    """Median of first pages in a release and in one many times as large; no page is asked for twice."""
    pairs = find_pairs(asking, most=40)
    turns = range(min(PAGE, max(1, 400 // len(pairs))))
    paths = [f"{own_path(asking, Question(*pair))}{PAGE - turn}" for turn in turns for pair in pairs]
    times: dict[int, list[float | None]] = {small[0]: [], large[0]: []}
    with Client(small[1].port) as few, Client(large[1].port) as many:
        for path in paths:
            times[small[0]].append(median_of(few, [path]))
            times[large[0]].append(median_of(many, [path]))
    medians = {facts: median(each) for facts, each in times.items()}
    figures = Figures("growth: filtered first pages, none twice", "ms", large[0])
    figures.measured = {f"{facts:,} facts": value for facts, value in medians.items() if value is not None}
    figures.targets = [Target(f"of {small[0]:,} facts", _divide(medians[large[0]], medians[small[0]]), most=1.5)]
    return figures


def _divide(one: float | None, other: float | None) -> float | None:
    return one / other if one is not None and other else None


def page_deep(server: Server, facts: int) -> Figures:
    """The pages from the first on against those from the 10,000th on, of all facts by value."""
    rows = max(1, min(PAGE, (facts - 1) // (_DEEP_PAGE + _PROBES)))
    with Client(server.port) as client:
        first = _walk(client, f"/v1/facts?sort=-value&limit={rows}", _PROBES)
        skipped = _skip(client, rows * (_DEEP_PAGE - 1), rows)
        deep = _walk(client, skipped, _PROBES) if skipped else []
    figures = Figures(f"deep paging, {rows} rows", "ms", facts)
    medians = {"page 1": median(first or [None]), f"page {_DEEP_PAGE:,}": median(deep or [None])}
    figures.measured = {name: value for name, value in medians.items() if value is not None}
    figures.targets = [Target("of page 1", _divide(medians[f"page {_DEEP_PAGE:,}"], medians["page 1"]), most=1.2)]
    return figures


def _walk(client: Client, path: str | None, pages: int) -> list[float | None]:
    """Milliseconds of so many pages, each the next of the one before."""
    times: list[float | None] = []
    while path and len(times) < pages:
        answer = client.get(path)
        times.append(answer.milliseconds if answer.status == 200 else None)
        path = json.loads(answer.body).get("next")
    return times


def _skip(client: Client, rows: int, then: int) -> str | None:
    """The address of the page of `then` rows that begins so many rows from the start, got to in large steps."""
    path: str | None = "/v1/facts?sort=-value&limit="
    while rows and path:
        step = min(rows, 500)
        answer = client.get(_with_limit(path, step))
        path = json.loads(answer.body).get("next") if answer.status == 200 else None
        rows -= step
    return _with_limit(path, then) if path else None


def _with_limit(path: str, rows: int) -> str:
    """The address with another number of rows: the cursor stays good."""
    head, _, query = path.partition("?")
    parts = [part for part in query.split("&") if not part.startswith("limit=")]
    return f"{head}?{'&'.join([*parts, f'limit={rows}'])}"


def search_wide(asking: Asking, server: Server, facts: int) -> Iterator[Figures]:
    """Full-text search, facets and series, each address asked once."""
    pairs = find_pairs(asking)
    metrics = list(dict.fromkeys(chosen for chosen, _ in pairs))
    claimants = list(dict.fromkeys(claimant for _, claimant in pairs))[:40]
    subjects = {
        "full-text search": [f"/v1/facts?q={quote(words)}" for words in find_searches(asking)],
        "full-text search, one common word": [f"/v1/facts?q=people&limit={rows}" for rows in range(30, 50)],
        "facets of all facts": ["/v1/facets?by=metric"],
        "facets of a claimant's": [f"/v1/facets?by=metric&claimant={quote(one)}" for one in claimants],
        "series of a metric": [f"/v1/metrics/{quote(one)}/series" for one in metrics],
    }
    for subject, paths in subjects.items():
        with Client(server.port) as client:
            taken = median_of(client, paths)
        figures = Figures(subject, "ms", facts, {} if taken is None else {f"median of {len(paths)}": taken})
        figures.targets = [Target("median, ms", taken)]
        yield figures


def export_whole(asking: Asking, server: Server, facts: int, programs: Path) -> Figures:
    """All facts as JSON Lines against reading and writing the same rows in one process without a server."""
    server.forget_peak()
    before = max(server.memory())
    with Client(server.port) as client:
        status, lines, seconds = client.drain("/v1/facts.jsonl")
    figures = Figures("whole export", "facts/s", facts)
    command = [str(programs / "python"), str(ROOT / "scripts" / "plain.py"), str(asking.database)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    rows, _, plain = (float(part) for part in run.stdout.split())
    figures.measured["sqlite3 and orjson"] = rows / plain
    share = None
    if status == 200:
        figures.measured["factline"] = lines / seconds
        share = (lines / seconds) / (rows / plain)
    if status == 200 and lines != facts:
        figures.failed["factline"] = abs(facts - lines)
    grown = max(server.peak()) - before if status == 200 else None
    figures.targets = [Target("of sqlite3 and orjson", share, least=0.5), Target("memory grown by, MB", grown, most=16)]
    return figures


def watch_memory(server: Server, facts: int, asks: Sequence[str], rounds: Rounds, limits: tuple[int, float]) -> Figures:
    """Resident memory of the largest worker after each tenth of the requests; `limits` are these, and seconds."""
    requests, end = limits[0], time.monotonic() + limits[1]
    figures = Figures("memory of a worker", "MB", facts, {"before": max(server.memory())})
    done, noted, first, late = 0, 0, None, max(server.memory())
    once = replace(rounds, count=1)
    while done < requests and time.monotonic() < end:
        at = done % len(asks)
        loads = once.run([Contender(server, [*asks[at:], *asks[:at]])]).get(server.name, [])
        if not loads or not loads[0].requests:
            break
        done += loads[0].requests
        late = max(server.memory())
        if done * 10 // requests > noted:
            noted = done * 10 // requests
            figures.measured[f"after {done:,} requests"] = late
            first = first or late  # what a worker keeps has filled by then
    figures.targets = [Target("MB", late, most=80), Target("of the first tenth's", late / (first or late), most=1.05)]
    return figures
