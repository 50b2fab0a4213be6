from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.database import get_database
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


def assert_unavailable(client: FlaskClient, path: str, detail: str, folder: Path) -> None:
    """The answer says what is wrong and what helps, and not where the file is."""
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
        assert_unavailable(client, url, detail, tmp_path)
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
        assert_unavailable(client, url, "facts.db ", tmp_path)


def test_a_version_of_the_file_is_looked_through_once(
    serve: Serve, database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []

    def look_through(_path: Path) -> bool:
        seen.append(1)
        return True

    monkeypatch.setattr("api.database_file.has_its_checksum", look_through)
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
    assert_unavailable(client, "/readyz", "facts.db is missing", tmp_path)
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
    assert_unavailable(client, "/readyz", "facts.db cannot be read (Not a directory)", tmp_path)


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
