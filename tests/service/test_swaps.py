"""New releases swapped in while many clients ask."""

from __future__ import annotations

import hashlib
import http.client
import json
import shutil
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from api.settings import Settings
from tests.service.running import Answer, Service, ask_on, run_service

CLIENTS = 64
SECONDS = 30.0
MOST = 200.0  # megabytes of a worker, with what it keeps of a release
OLD_CURSOR = "the cursor belongs to another release of the data"

EXPORTED = {"file", "file of a release", "file not served", "dataset"}

pytestmark = pytest.mark.slow


class World:
    """What each release holds, and what clients have seen."""

    def __init__(self, releases: tuple[Path, Path]) -> None:
        self.releases = releases
        self.facts: dict[str, list[str]] = {}
        self.files: dict[str, str] = {}
        self.sizes: dict[str, int] = {}
        for path in releases:
            with closing(sqlite3.connect(path)) as connection:
                (digest,) = connection.execute("SELECT digest FROM release").fetchone()
                self.facts[digest] = [row[0] for row in connection.execute("SELECT id FROM facts ORDER BY position")]
            self.files[digest] = hashlib.sha256(path.read_bytes()).hexdigest()
            self.sizes[digest] = path.stat().st_size
        self.etags: dict[tuple[str, str], str] = {}
        self.followed: dict[str, str] = {}  # release to the address of one of its later pages
        self.seen: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.lock = threading.Lock()

    def note(self, what: str) -> None:
        with self.lock:
            self.seen[what] += 1

    def check(self, holds: bool, what: object) -> None:
        if not holds:
            with self.lock:
                self.wrong.append(str(what)[:500])


def check_page(world: World, path: str, answer: Answer, first: int) -> str | None:
    """A page has the items, the total and the ETag of the release that it names; the address of the next one."""
    world.check(answer.status == 200, (path, answer.status, answer.body))
    if answer.status != 200:
        return None
    page = answer.json()
    release, facts = page["release"], world.facts[page["release"]]
    ids = [item["id"] for item in page["items"]]
    world.check(ids == facts[first : first + len(ids)], (path, release, ids[:3]))
    world.check(page["total"]["value"] == len(facts), (path, release, page["total"]))
    with world.lock:
        known = world.etags.setdefault((release, path), answer.headers["ETag"])
    world.check(known == answer.headers["ETag"], (path, release, "ETag"))
    world.note(release)
    following: str | None = page["next"]
    if following:
        with world.lock:
            world.followed[release] = following
    return following


def ask_pages(world: World, connection: http.client.HTTPConnection, number: int) -> None:
    path = f"/v1/facts?limit={10 + number}"
    check_page(world, path, ask_on(connection, path), 0)


def walk(world: World, connection: http.client.HTTPConnection, number: int) -> None:
    """Follow the cursors; one of a release that is gone is refused as documented."""
    following: str | None = f"/v1/facts?limit={50 + number}"
    first = 0
    while following:
        answer = ask_on(connection, following)
        if answer.status == 400:
            problem = answer.json()
            world.check(problem["type"] == "urn:factline:problem:invalid-cursor", problem)
            world.check(problem["detail"] == OLD_CURSOR, problem)
            world.check(first > 0, problem)
            world.note("foreign cursor")
            return
        following = check_page(world, following, answer, first)
        first += 50 + number
    world.note("walked")


def revalidate(world: World, connection: http.client.HTTPConnection, number: int) -> None:
    path = f"/v1/facts?limit={10 + number}"
    with world.lock:
        known = {etag: release for (release, each), etag in world.etags.items() if each == path}
    for etag in known:
        answer = ask_on(connection, path, {"If-None-Match": etag})
        if answer.status == 304:
            world.check(answer.headers["ETag"] == etag, (path, "304", etag))
            world.note("304")
        else:
            check_page(world, path, answer, 0)


def export_lines(world: World, connection: http.client.HTTPConnection, _number: int) -> None:
    answer = ask_on(connection, "/v1/facts.jsonl")
    ids = [json.loads(line)["id"] for line in answer.body.splitlines()]
    world.check(ids in world.facts.values(), ("jsonl", answer.status, len(ids)))
    world.note("jsonl")


def export_file(world: World, connection: http.client.HTTPConnection, _number: int) -> None:
    answer = ask_on(connection, "/v1/dataset/facts.db")
    check_file(world, answer, answer.headers.get("ETag", "").strip('"').partition("-")[0])
    world.note("file")


def check_file(world: World, answer: Answer, release: str) -> None:
    told = answer.headers.get("ETag", "").strip('"').partition("-")[0]
    delivered = hashlib.sha256(answer.body).hexdigest() == world.files.get(release)
    world.check(answer.status == 200 and told == release and delivered, ("file", answer.status, told, release))


def export_file_of_a_release(world: World, connection: http.client.HTTPConnection, _number: int) -> None:
    """By the address that never changes: the file of that release, or none."""
    for release in world.files:
        answer = ask_on(connection, f"/v1/dataset/facts.db?release={release}")
        if answer.status == 404:
            world.check(answer.json()["type"] == "urn:factline:problem:release-not-served", answer.body)
            world.note("file not served")
        else:
            check_file(world, answer, release)
            world.check("immutable" in answer.headers["Cache-Control"], answer.headers["Cache-Control"])
            world.note("file of a release")


def describe(world: World, connection: http.client.HTTPConnection, number: int) -> None:
    """What is said of the release, its file among it, is that of one release."""
    asked = list(world.files)[number % 2]
    for query in (f"?release={asked}", ""):
        answer = ask_on(connection, f"/v1/dataset{query}")
        if query and answer.status == 404:
            world.check(answer.json()["type"] == "urn:factline:problem:release-not-served", answer.body)
            continue
        world.check(answer.status == 200, ("dataset", answer.status, answer.body))
        dataset = answer.json()
        (size,) = [each["bytes"] for each in dataset["exports"] if each["path"].endswith("/facts.db")]
        world.check(not query or dataset["release"] == asked, ("dataset", asked, dataset["release"]))
        world.check(size == world.sizes[dataset["release"]], ("dataset", dataset["release"], size))
        world.note("dataset")


def count(world: World, connection: http.client.HTTPConnection, _number: int) -> None:
    answer = ask_on(connection, "/v1/facets?by=kind")
    facets = answer.json()
    world.check(facets["total"]["value"] == len(world.facts[facets["release"]]), ("facets", answer.body))
    (kinds,) = facets["facets"]
    total = sum(each["facts"] for each in kinds["groups"])
    world.check(total == len(world.facts[facets["release"]]), ("facets", total))
    world.note("facets")


TASKS: list[Callable[[World, http.client.HTTPConnection, int], None]] = [
    *(ask_pages, walk, ask_pages, revalidate, count),
    *(describe, walk, export_lines),
]

FILES = {0: export_file, 1: export_file_of_a_release}  # by one client each: they are large


@contextmanager
def asking(world: World, service: Service) -> Iterator[None]:
    stop = threading.Event()

    def run(number: int) -> None:
        task = FILES.get(number) or TASKS[number % len(TASKS)]
        with closing(http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)) as connection:
            while not stop.is_set():
                try:
                    task(world, connection, number % 7)
                except Exception as error:  # noqa: BLE001 - any failure is what is looked for
                    world.check(holds=False, what=(task.__name__, repr(error)))
                    return

    threads = [threading.Thread(target=run, args=[number]) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def swap(path: Path, release: Path) -> None:
    """As the build swaps a release in."""
    beside = Path(shutil.copy(release, path.with_suffix(".new")))
    beside.replace(path)


def check_settled(world: World, service: Service, current: str) -> None:
    """When no more is swapped in, the old release is gone for every process: its cursors, its ETags, its files."""
    for _ in range(8):
        for release, path in world.followed.items():
            answer = service.ask(path)
            said = (answer.status, answer.json().get("detail") or answer.json()["release"])
            assert said == ((200, current) if release == current else (400, OLD_CURSOR))
        for (release, path), etag in world.etags.items():
            if "cursor=" in path:
                continue
            answer = service.ask(path, If_None_Match=etag)
            assert answer.status == (304 if release == current else 200), path
    for worker in service.workers():
        targets = [str(handle.readlink()) for handle in Path(f"/proc/{worker}/fd").iterdir()]
        assert sum("facts.db" in target for target in targets) <= 2 * Settings().threads, targets  # rows, and bytes


def test_releases_are_swapped_under_load(releases: tuple[Path, Path], tmp_path: Path) -> None:
    world = World(releases)
    path = Path(shutil.copy(releases[0], tmp_path / "facts.db"))
    swaps = 0
    with run_service(path, tmp_path / "log", FACTLINE_ACCESS_LOG="off") as service:
        with asking(world, service):
            ends = time.monotonic() + SECONDS
            while time.monotonic() < ends:
                time.sleep(0.15)
                swaps += 1
                swap(path, releases[swaps % 2])
        assert world.wrong == []
        current = list(world.facts)[swaps % 2]
        assert json.loads(service.ask("/readyz").body)["release"] == current
        check_settled(world, service, current)
        print(f"\n{swaps} swaps, {service.memory():.0f} MB, {dict(world.seen)}")  # noqa: T201
        assert len(service.workers()) == 2
        assert service.memory() < MOST
    assert swaps > 30
    seen: dict[str, Any] = dict(world.seen)
    assert set(seen) >= {*world.facts, "foreign cursor", "304", "jsonl", "facets", *EXPORTED}, seen
    assert (tmp_path / "log").read_text(encoding="utf-8").count("\n") == 1  # where it listens
