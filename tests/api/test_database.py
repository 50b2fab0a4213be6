from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.database import find_rows, get_database, get_release
from api.exports import open_database
from dataset.checksum import has_its_checksum
from dataset.errors import DatabaseError
from tests.api.conftest import Serve, body
from tests.api.sample import FACTS, build_sample


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _truncate(path: Path) -> None:
    os.truncate(path, 8192)


def _scramble(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def _replace_by_text(path: Path) -> None:
    path.write_text("facts\n" * 1000)


def _replace_by_foreign(path: Path) -> None:
    path.unlink()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE facts (id)")
    connection.commit()
    connection.close()


def _alter(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()


def _replace_by_newer(path: Path) -> None:
    _alter(path, "UPDATE release SET schema_version = schema_version + 1")


def _remove_release(path: Path) -> None:
    _alter(path, "DELETE FROM release")


def _lose_facts(path: Path) -> None:
    _alter(path, "DELETE FROM facts WHERE position > 3")


def _lose_a_table(path: Path) -> None:
    _alter(path, "DROP TABLE article_texts")


def _replace_by_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


DAMAGE: list[tuple[Callable[[Path], None], str]] = [
    (Path.unlink, "facts.db is missing"),
    (_empty, "facts.db is not a Factline database"),
    (_truncate, "facts.db cannot be read"),
    (_scramble, "facts.db cannot be read"),
    (_replace_by_text, "facts.db cannot be read"),
    (_replace_by_foreign, "facts.db is not a Factline database"),
    (_replace_by_newer, "facts.db was not built for schema version"),
    (_remove_release, "facts.db was not built for schema version"),
    (_lose_facts, "facts.db does not hold as much as its release has"),
    (_lose_a_table, "facts.db cannot be read"),
    (_replace_by_folder, "facts.db cannot be read"),
]


def _assert_unavailable(client: FlaskClient, path: str, detail: str, folder: Path) -> None:
    response = client.get(path)
    assert response.status_code == 503, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    assert int(response.headers["Retry-After"]) > 0
    problem = body(response)
    assert problem["type"] == "urn:factline:problem:database-unavailable"
    assert problem["detail"].startswith(detail)
    assert "make data" in problem["remedy"]
    assert str(folder) not in response.text


@pytest.mark.parametrize(("damage", "detail"), DAMAGE, ids=[damage.__name__ for damage, _ in DAMAGE])
def test_a_database_that_cannot_be_served_recovers_without_a_restart(
    serve: Serve, database: Path, tmp_path: Path, damage: Callable[[Path], None], detail: str
) -> None:
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    client = serve(path)
    assert client.get("/readyz").status_code == 200
    damage(path)
    for url in ("/readyz", "/v1/facts", "/v1/articles"):
        _assert_unavailable(client, url, detail, tmp_path)
    assert client.get("/healthz").status_code == 200
    if path.is_dir():
        path.rmdir()
    shutil.copy(database, path)
    assert client.get("/readyz").status_code == 200
    assert body(client.get("/v1/facts"))["total"]["value"] == len(FACTS)


@pytest.mark.parametrize("table", ["facts", "articles", "terms", "answers"])
def test_damage_in_the_middle_is_found_before_it_is_read(
    serve: Serve, database: Path, tmp_path: Path, table: str
) -> None:
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    connection = sqlite3.connect(path)
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", [table]).fetchone()
    size = connection.execute("PRAGMA page_size").fetchone()[0]
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    client = serve(path)
    for url in ("/readyz", "/v1/facts"):
        _assert_unavailable(client, url, "facts.db ", tmp_path)


def test_a_version_of_the_file_is_looked_through_once(
    serve: Serve, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def look_through(_path: Path) -> bool:
        seen.append(1)
        return True

    monkeypatch.setattr("api.database.has_its_checksum", look_through)
    client = serve(database)

    def ask() -> None:
        assert client.application.test_client().get("/readyz").status_code == 200
        with client.application.app_context():
            get_database().close()

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [1]


def test_the_service_starts_before_its_database(serve: Serve, tmp_path: Path) -> None:
    path = tmp_path / "later" / "facts.db"
    client = serve(path)
    _assert_unavailable(client, "/readyz", "facts.db is missing", tmp_path)
    build_sample(path)
    assert client.get("/readyz").status_code == 200


def test_a_new_release_is_served_from_the_next_request_on(serve: Serve, tmp_path: Path) -> None:
    path = build_sample(tmp_path / "facts.db")
    client = serve(path)
    before = body(client.get("/readyz"))
    build_sample(path, FACTS[:4])
    after = body(client.get("/readyz"))
    assert (before["facts"], after["facts"]) == (len(FACTS), 4)
    assert before["release"] != after["release"]
    assert body(client.get("/v1/facts"))["release"] == after["release"]


def test_a_path_that_cannot_be_looked_at(serve: Serve, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    client = serve(tmp_path / "file" / "facts.db")
    _assert_unavailable(client, "/readyz", "facts.db cannot be read (Not a directory)", tmp_path)


@pytest.mark.parametrize("name", ["facts?mode=rwc.db", "facts#1.db", "fac%74s.db", "fäcts 1.db"])
def test_the_path_is_taken_literally(serve: Serve, database: Path, tmp_path: Path, name: str) -> None:
    client = serve(Path(shutil.copy(database, tmp_path / name)))
    assert client.get("/readyz").status_code == 200
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_nothing_can_be_written(client: FlaskClient) -> None:
    with client.application.app_context():
        connection, _ = get_database().connect()
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            connection.execute("DELETE FROM facts")


def test_each_thread_has_one_connection(client: FlaskClient) -> None:
    with client.application.app_context():
        database = get_database()
    seen = []

    def connect() -> None:
        seen.extend([database.connect()[0], database.connect()[0]])
        database.close()

    thread = threading.Thread(target=connect)
    thread.start()
    thread.join()
    assert seen[0] is seen[1]
    assert seen[0] is not database.connect()[0]


def test_a_thread_closes_its_connection_when_it_ends(serve: Serve, tmp_path: Path) -> None:
    client = serve(build_sample(tmp_path / "facts.db"))
    handles = Path("/proc/self/fd")
    if not handles.exists():
        pytest.skip("there is no /proc to look at open files in")

    def ask() -> None:
        assert client.application.test_client().get("/v1/facts?q=42").status_code == 200

    gc.disable()
    try:
        for _ in range(5):
            thread = threading.Thread(target=ask)
            thread.start()
            thread.join()
        targets = [str(handle.readlink()) for handle in handles.iterdir() if handle.is_symlink()]
    finally:
        gc.enable()
    assert [target for target in targets if str(tmp_path) in target] == []


def test_a_database_error_names_the_file_and_the_remedy(serve: Serve, tmp_path: Path) -> None:
    missing = serve(tmp_path / "none.db")
    with missing.application.app_context(), pytest.raises(DatabaseError, match=r"^none\.db is missing: build it"):
        get_database().connect()


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
        patches.setattr("api.database.has_its_checksum", look_through)
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

    monkeypatch.setattr("api.database.has_its_checksum", look_through)
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
    monkeypatch.setattr("api.database._TICK", 0)
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    _change_a_byte(path)
    client = serve(path)
    for url in ("/readyz", "/v1/facts", "/v1/dataset/facts.db", "/readyz"):
        _assert_unavailable(client, url, "facts.db is damaged", tmp_path)
    assert looks == [False]
    _change_a_byte(path)
    assert client.get("/readyz").status_code == 200
    assert looks == [False, True]


def test_what_is_mended_within_a_tick_of_the_clock_is_looked_at_again(
    serve: Serve, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.database._TICK", 10**12)
    path = Path(shutil.copy(database, tmp_path / "facts.db"))
    _change_a_byte(path)

    version = (1, 2, 3, time.time_ns(), path.stat().st_size)
    monkeypatch.setattr("api.database._version_of", lambda _status: version)  # the clock stands
    monkeypatch.setattr("api.database.time.sleep", lambda _seconds: _change_a_byte(path))
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
        patches.setattr("api.database.has_its_checksum", fail)
        _assert_unavailable(client, "/readyz", detail, database.parent)
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

        patches.setattr("api.database.has_its_checksum", lock)
        patches.setattr("api.database._TICK", 0)
        _assert_unavailable(client, "/readyz", "facts.db cannot be read (database is locked)", tmp_path)
    assert client.get("/readyz").status_code == 200


def test_a_request_that_has_nothing_to_serve_waits_a_moment_at_most(
    serve: Serve, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.database._MOMENT", 0.2)
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
    turn, stop = threading.Barrier(5, timeout=30), threading.Event()
    seen: list[list[int]] = []

    def ask_again_and_again() -> None:
        other, statuses = client.application.test_client(), list[int]()
        while not stop.is_set():
            turn.wait()
            statuses.append(other.get("/v1/facts?q=42&limit=7", headers={"Range": "items=0-1"}).status_code)
            turn.wait()
        seen.append(statuses)
        with client.application.app_context():
            get_database().close()

    threads = [threading.Thread(target=ask_again_and_again) for _ in range(4)]
    for thread in threads:
        thread.start()
    for round_ in range(8):
        if round_ == 2:
            damaged = Path(shutil.copy(build_sample(tmp_path / "new" / "facts.db", FACTS[:-1]), tmp_path / "damaged"))
            _change_a_byte(damaged)
            monkeypatch.setattr("api.database._TICK", 0)
            damaged.replace(path)
        turn.wait()
        if round_ == 7:
            stop.set()
        turn.wait()
    for thread in threads:
        thread.join()
    assert looks == [True, False]
    for statuses in seen:
        assert statuses[:2] == [200, 200]
        assert statuses[3:] == [503] * 5  # the third may be answered while another thread looks
