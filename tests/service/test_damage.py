"""The database of a running service is lost, damaged, locked, taken away; and comes back."""

from __future__ import annotations

import http.client
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from api import create_app
from api.database import get_database
from api.settings import Settings
from dataset.checksum import has_its_checksum
from tests.service.running import Service, ask_on, run_service
from tests.serving import PATIENCE

KEPT = "/v1/facts?limit=3"  # what every worker has answered, and keeps, before the damage


@pytest.fixture(scope="module")
def path(releases: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copy(releases[0], tmp_path_factory.mktemp("served") / "facts.db"))


@pytest.fixture(scope="module")
def service(path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with run_service(path, tmp_path_factory.mktemp("log") / "log") as running:
        yield running


@contextmanager
def lost(path: Path) -> Iterator[None]:
    path.unlink()
    yield


@contextmanager
def truncated(path: Path) -> Iterator[None]:
    os.truncate(path, path.stat().st_size // 2)
    yield


@contextmanager
def truncated_to_nothing(path: Path) -> Iterator[None]:
    os.truncate(path, 0)
    yield


@contextmanager
def replaced_in_place(path: Path) -> Iterator[None]:
    path.write_bytes(b"not at all a database " * 100_000)
    yield


@contextmanager
def replaced_by_another_database(path: Path) -> Iterator[None]:
    beside = path.with_name("other")
    with closing(sqlite3.connect(beside)) as connection:
        connection.execute("CREATE TABLE facts (id)")
    beside.replace(path)
    yield


@contextmanager
def changed_with_its_old_time(path: Path) -> Iterator[None]:
    """A change that neither size nor time of the content tells."""
    status = path.stat()
    flip(path, random.Random(7))  # noqa: S311 - a place, not a secret
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert path.stat().st_mtime_ns == status.st_mtime_ns
    yield


@contextmanager
def replaced_by_a_damaged_release(path: Path) -> Iterator[None]:
    """Renamed into place: what is open is as it was, and serves no more."""
    beside = Path(shutil.copy(path, path.with_name("other")))
    flip(beside, random.Random(7))  # noqa: S311 - a place, not a secret
    beside.replace(path)
    yield


def flip(path: Path, chance: random.Random) -> int:
    """Flip one bit of the file in its place."""
    with path.open("r+b") as file:
        place = chance.randrange(path.stat().st_size)
        file.seek(place)
        (byte,) = file.read(1)
        file.seek(place)
        file.write(bytes([byte ^ 1 << chance.randrange(8)]))
    return place


DAMAGE: list[tuple[Callable[[Path], AbstractContextManager[None]], str]] = [
    (lost, "facts.db is missing"),
    (truncated, "facts.db cannot be read"),
    (truncated_to_nothing, "facts.db is not a Factline database"),
    (replaced_in_place, "facts.db cannot be read"),
    (replaced_by_another_database, "facts.db is not a Factline database"),
    (replaced_by_a_damaged_release, "facts.db is damaged (its bytes are not those that were built)"),
    (changed_with_its_old_time, "facts.db is damaged (its bytes are not those that were built)"),
]


def ask_all(service: Service, url: str) -> list[tuple[int, Any]]:
    """Ask on so many connections at once that every process answers: they are spread."""
    connections = [http.client.HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE) for _ in range(8)]
    with ExitStack() as stack:
        for connection in connections:
            stack.callback(connection.close)
            connection.connect()
        answers = [ask_on(connection, url) for connection in connections]
    return [(answer.status, answer.json()) for answer in answers]


def assert_serves(service: Service) -> None:
    for url in ("/readyz", KEPT):
        assert {status for status, _ in ask_all(service, url)} == {200}


def assert_refuses(service: Service, detail: str) -> None:
    for url in ("/readyz", KEPT, "/v1/facts.jsonl", "/v1/dataset/facts.db", "/v1/facets?by=kind"):
        for status, problem in ask_all(service, url):
            assert (status, problem["title"]) == (503, "Database unavailable"), url
            assert problem["detail"].startswith(detail), (url, problem)
    assert service.ask("/healthz").status == 200


@pytest.mark.parametrize(("damage", "detail"), DAMAGE, ids=[damage.__name__ for damage, _ in DAMAGE])
def test_damage_is_told_and_mended_without_a_restart(
    service: Service,
    path: Path,
    releases: tuple[Path, Path],
    damage: Callable[[Path], AbstractContextManager[None]],
    detail: str,
) -> None:
    assert_serves(service)
    with damage(path):
        assert_refuses(service, detail)
    shutil.copy(releases[0], path)
    assert_serves(service)


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_bit_is_found_wherever_it_is(
    service: Service, path: Path, releases: tuple[Path, Path], seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - places, not secrets
    assert service.ask(KEPT).status == 200
    place = flip(path, chance)
    for url in ("/readyz", KEPT):
        for status, problem in ask_all(service, url):
            assert status == 503, (url, place)
            assert problem["detail"].startswith("facts.db "), place
    shutil.copy(releases[0], path)
    assert_serves(service)


def test_a_foreign_lock_is_told_and_goes(service: Service, path: Path) -> None:
    assert_serves(service)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN EXCLUSIVE")
        for url in ("/readyz", "/v1/facts?limit=4", "/v1/articles?limit=9"):
            for status, problem in ask_all(service, url):
                assert (status, problem["title"]) == (503, "Database unavailable"), url
                assert problem["detail"] == "facts.db cannot be read (database is locked)"
        assert service.ask(KEPT).status == 200  # the file is as it was, and the answer was read from it
        connection.execute("ROLLBACK")
    assert_serves(service)
    assert service.ask("/v1/facts?limit=4").status == 200


@contextmanager
def as_nobody(path: Path, log: Path) -> Iterator[Service]:
    """Run the service as a user that owns nothing."""
    if os.geteuid() != 0:
        pytest.skip("only root can start a process of another user")
    runner = path.parent / "python"
    runner.write_text(f'#!/bin/sh\nexec setpriv --reuid 65534 --regid 65534 --clear-groups {sys.executable} "$@"\n')
    runner.chmod(0o755)
    for folder in (path.parent, *path.parent.parents):
        if folder.stat().st_uid == 0 and folder != Path("/") and "pytest" in str(folder):
            folder.chmod(0o755)
    reads = subprocess.run(
        [runner, "-c", "import api"], cwd=Path(__file__).parents[2], capture_output=True, check=False
    )
    if reads.returncode:
        pytest.skip("another user cannot read this project")
    with run_service(path, log, str(runner)) as service:
        yield service


def test_it_runs_as_nobody_and_tells_that_it_may_not_read(releases: tuple[Path, Path], tmp_path: Path) -> None:
    path = Path(shutil.copy(releases[0], tmp_path / "facts.db"))
    path.chmod(0o644)
    with as_nobody(path, tmp_path / "log") as service:
        for pid in [service.process.pid, *service.workers()]:
            status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            assert "Uid:\t65534\t65534\t65534\t65534" in status
        assert_serves(service)
        path.chmod(0)
        assert_refuses(service, "facts.db cannot be read")
        path.chmod(0o644)
        assert_serves(service)
        tmp_path.chmod(0o600)
        assert_refuses(service, "facts.db cannot be read (Permission denied)")
        tmp_path.chmod(0o755)
        assert_serves(service)


def release_and_first(app: Flask, limit: int) -> tuple[str, str]:
    page = app.test_client().get(f"/v1/facts?limit={limit}").get_json()  # each limit once: no answer that is kept
    return page["release"], page["items"][0]["id"]


def test_a_release_that_is_swapped_in_while_the_file_is_opened(
    releases: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old version was found sound, and a second thread opens the new file for the old one."""
    path = Path(shutil.copy(releases[0], tmp_path / "facts.db"))
    app = create_app(Settings(db=path, access_log="off"))
    old = release_and_first(app, 1)
    connect: Callable[..., sqlite3.Connection] = sqlite3.connect
    swapped: list[Path] = []

    def swap_and_connect(*arguments: Any, **options: Any) -> sqlite3.Connection:  # noqa: ANN401 - as sqlite3 takes them
        if not swapped:
            swapped.append(Path(shutil.copy(releases[1], tmp_path / "new")).replace(path))
        return connect(*arguments, **options)

    seen = []

    def ask() -> None:
        seen.append(release_and_first(app, 2))
        with app.app_context():
            get_database().close()

    monkeypatch.setattr("api.database_file.sqlite3.connect", swap_and_connect)
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    new = release_and_first(app, 3)
    with app.app_context():
        get_database().close()
    assert seen == [new]
    assert old[0] != new[0]
    assert old[1] != new[1]


def test_the_releases_that_are_tried_are_whole(releases: tuple[Path, Path]) -> None:
    assert all(map(has_its_checksum, releases))
