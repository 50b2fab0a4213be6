"""Versions of the file: each is looked through once, and what a request reads is of one of them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.database import find_rows, get_database, get_release
from api.exports import open_database
from dataset.checksum import has_its_checksum
from tests.api.conftest import Serve, body
from tests.api.sample import FACTS, build_sample
from tests.api.test_database import assert_unavailable


@contextmanager
def _looking_through(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[TestResponse]]:
    """Another thread looks through the file as long as the block lasts; what it is answered is in the list then."""
    begun, go_on = threading.Event(), threading.Event()
    answers: list[TestResponse] = []

    def look_through(path: Path) -> bool:
        begun.set()
        return go_on.wait(30) and has_its_checksum(path)

    def ask() -> None:
        answers.append(client.application.test_client().get("/v1/facts?q=42"))
        with client.application.app_context():
            get_database().close()

    with monkeypatch.context() as patches:
        patches.setattr("api.database_file.has_its_checksum", look_through)
        thread = threading.Thread(target=ask)
        thread.start()
        assert begun.wait(30)
        try:
            yield answers
        finally:
            go_on.set()
            thread.join()


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """What was found whenever a file was looked through."""
    found: list[bool] = []

    def look_through(path: Path) -> bool:
        found.append(has_its_checksum(path))
        return found[-1]

    monkeypatch.setattr("api.database_file.has_its_checksum", look_through)
    return found


def _change_a_byte(path: Path) -> None:
    with path.open("r+b") as file:
        file.seek(-1, os.SEEK_END)
        (byte,) = file.read(1)
        file.seek(-1, os.SEEK_END)
        file.write(bytes([byte ^ 1]))


def test_the_old_file_serves_while_the_new_one_is_looked_through(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = build_sample(tmp_path / "facts.db")
    client, file = serve(path), path.read_bytes()
    old = body(client.get("/v1/facts"))["release"]
    build_sample(path, FACTS[:-1])
    with _looking_through(client, monkeypatch) as answers:
        assert body(client.get("/v1/facts"))["release"] == old
        dataset = client.get("/v1/dataset")
        assert dataset.status_code == 200, dataset.text
        sizes = {export["path"]: export["bytes"] for export in body(dataset)["exports"]}
        assert (body(dataset)["release"], sizes["/v1/dataset/facts.db"]) == (old, len(file))
        whole = client.get(f"/v1/dataset/facts.db?release={old}")
        assert whole.data == file
        assert whole.headers["ETag"].startswith(f'"{old}-')
        assert client.get("/v1/dataset/facts.db", headers={"Range": "bytes=100-199"}).data == file[100:200]
    new = body(answers[0])["release"]
    assert body(client.get("/v1/facts"))["release"] == new != old
    assert client.get(f"/v1/dataset/facts.db?release={old}").status_code == 404
    assert client.get(f"/v1/dataset/facts.db?release={new}").data == path.read_bytes() != file


def test_a_request_has_the_file_of_the_release_that_it_began_with(serve: Serve, tmp_path: Path) -> None:
    path = build_sample(tmp_path / "facts.db")
    client, file = serve(path), path.read_bytes()
    with client.application.test_request_context():
        release = get_release()
        build_sample(path, FACTS[:-1])
        content, descriptor = open_database()
        build_sample(path, FACTS[:-2])
        assert content.read(0, content.length) == file
        assert content.etag.startswith(release.label)
        assert find_rows("SELECT digest FROM release")[0]["digest"] == release.digest
        os.close(descriptor)


def test_a_damaged_version_is_looked_through_once(
    serve: Serve, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: list[bool]
) -> None:
    monkeypatch.setattr("api.database_file._TICK", 0)
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    _change_a_byte(path)
    client = serve(path)
    for url in ("/readyz", "/v1/facts", "/v1/dataset/facts.db", "/readyz"):
        assert_unavailable(client, url, "facts.db is damaged", tmp_path)
    assert looks == [False]
    _change_a_byte(path)
    assert client.get("/readyz").status_code == 200
    assert looks == [False, True]


def test_what_is_mended_within_a_tick_of_the_clock_is_looked_at_again(
    serve: Serve, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.database_file._TICK", 10**12)
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    _change_a_byte(path)

    version = (1, 2, 3, time.time_ns(), path.stat().st_size)
    monkeypatch.setattr("api.database_file._version_of", lambda _status: version)  # the clock stands
    monkeypatch.setattr("api.database_file.time.sleep", lambda _seconds: _change_a_byte(path))
    assert serve(path).get("/readyz").status_code == 200


@pytest.mark.parametrize(
    ("error", "detail"),
    [
        (PermissionError(13, "Permission denied"), "facts.db cannot be read (Permission denied)"),
        (OSError(5, "Input/output error"), "facts.db cannot be read (Input/output error)"),
    ],
)
def test_a_file_that_cannot_be_read_is_looked_at_again(
    serve: Serve, database: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, detail: str
) -> None:
    client = serve(database)

    def fail(_path: Path) -> bool:
        raise error

    with monkeypatch.context() as patches:
        patches.setattr("api.database_file.has_its_checksum", fail)
        assert_unavailable(client, "/readyz", detail, database.parent)
    assert client.get("/readyz").status_code == 200


def test_a_lock_while_damage_is_looked_for_is_no_verdict(
    serve: Serve, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    client = serve(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection, monkeypatch.context() as patches:

        def lock(_path: Path) -> bool:
            connection.execute("BEGIN EXCLUSIVE")
            return False

        patches.setattr("api.database_file.has_its_checksum", lock)
        patches.setattr("api.database_file._TICK", 0)
        assert_unavailable(client, "/readyz", "facts.db cannot be read (database is locked)", tmp_path)
    assert client.get("/readyz").status_code == 200


def test_a_request_that_has_nothing_to_serve_waits_a_moment_at_most(
    serve: Serve, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.database_file._MOMENT", 0.2)
    client = serve(database)
    with _looking_through(client, monkeypatch) as answers:
        took = []
        for _ in range(3):
            began = time.monotonic()
            response = client.get("/v1/facts")
            took.append(time.monotonic() - began)
            assert response.status_code == 503
            assert int(response.headers["Retry-After"]) > 0
            assert body(response)["detail"] == "facts.db is being looked through"
        assert took[0] > 0.2
        assert took[1] + took[2] < 0.2  # nobody waits after the first
    assert answers[0].status_code == 200
    assert client.get("/v1/facts").status_code == 200


def test_nobody_serves_the_old_release_once_the_new_one_is_found_damaged(
    serve: Serve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: list[bool]
) -> None:
    path = build_sample(tmp_path / "facts.db")
    client = serve(path)
    turn = threading.Barrier(4, timeout=30)

    def ask() -> int:
        turn.wait()  # so that each of the threads asks once a round
        answer = client.application.test_client().get("/v1/facts", headers={"Range": "items=0-1"})  # none that is kept
        return answer.status_code

    def ask_all() -> list[int]:
        return [answer.result() for answer in [pool.submit(ask) for _ in range(4)]]

    with ThreadPoolExecutor(4) as pool:
        assert ask_all() == ask_all() == [200] * 4
        damaged = Path(shutil.copy(build_sample(tmp_path / "new" / "facts.db", FACTS[:-1]), tmp_path / "damaged"))
        _change_a_byte(damaged)
        damaged.replace(path)
        ask_all()  # some may still be served while one looks
        for _ in range(5):
            assert ask_all() == [503] * 4
    assert looks[0]
    assert looks[1:] in ([False], [False, False])  # twice where it was renamed within a tick
