from __future__ import annotations

import logging
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from fakeredis import TcpFakeServer
from flask.testing import FlaskClient
from limits.errors import StorageError
from limits.storage import RedisStorage
from redis import Redis
from werkzeug.test import TestResponse

from api.problems import PROBLEMS
from api.settings import Settings
from tests.api.conftest import Serve, body


def _ask(client: FlaskClient, times: int, path: str = "/v1/articles", remote: str = "192.0.2.1") -> list[int]:
    return [client.get(path, environ_overrides={"REMOTE_ADDR": remote}).status_code for _ in range(times)]


def _standing(answer: TestResponse) -> list[str | None]:
    return [answer.headers.get(f"RateLimit-{name}") for name in ("Limit", "Remaining")]


def test_without_the_setting_nothing_is_limited(client: FlaskClient) -> None:
    answer = client.get("/v1/articles")
    assert _standing(answer) == [None, None]


def test_a_client_sees_how_it_stands(database: Path, serve: Serve) -> None:
    client = serve(database, Settings(rate_limit="3/minute"))
    answers = [client.get(path) for path in ("/v1/articles", "/v1/facts?limit=0", "/", "/v1/articles")]
    assert [answer.status_code for answer in answers] == [200, 400, 200, 429]
    assert [_standing(answer) for answer in answers] == [["3", left] for left in ("2", "1", "0", "0")]
    assert all(1 <= int(answer.headers["RateLimit-Reset"]) <= 60 for answer in answers)
    assert ["Retry-After" in answer.headers for answer in answers] == [False, False, False, True]


def test_who_is_over_the_limit_gets_a_problem(database: Path, serve: Serve) -> None:
    client = serve(database, Settings(rate_limit="1/hour"))
    client.get("/v1/articles")
    answer = client.get("/v1/facts")
    assert answer.status_code == 429
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert body(answer)["type"] == "urn:factline:problem:rate-limit-exceeded"
    assert body(answer)["type"] in {problem.type for problem in PROBLEMS.values()}
    assert "1 per 1 hour" in body(answer)["detail"]
    assert 1 <= int(answer.headers["Retry-After"]) == int(answer.headers["RateLimit-Reset"]) <= 3600
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_each_client_has_its_own_limit(database: Path, serve: Serve) -> None:
    client = serve(database, Settings(rate_limit="2/minute"))
    assert _ask(client, 3) == [200, 200, 429]
    assert _ask(client, 1, remote="192.0.2.2") == [200]


def test_the_limit_that_is_reached_first_is_told(database: Path, serve: Serve) -> None:
    client = serve(database, Settings(rate_limit="2/hour;5/minute"))
    assert _standing(client.get("/v1/articles")) == ["2", "1"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_whoever_watches_the_service_is_not_limited(database: Path, serve: Serve, path: str) -> None:
    client = serve(database, Settings(rate_limit="1/minute"))
    assert _ask(client, 3, path) == [200, 200, 200]
    assert _standing(client.get(path)) == [None, None]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nope", 404),
        ("GET", "/v1//facts", 404),
        ("POST", "/v1/articles", 405),
        ("OPTIONS", "/v1/articles", 204),
        ("HEAD", "/v1/articles", 200),
        ("GET", "/docs", 308),
        ("GET", "/docs/", 200),
        ("GET", "/openapi.json", 200),
        ("GET", "/v1/facts?q=" + "a" * 4000, 414),
    ],
)
def test_every_other_request_counts(database: Path, serve: Serve, method: str, path: str, status: int) -> None:
    client = serve(database, Settings(rate_limit="2/minute"))
    answers = [client.open(path, method=method) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [status, status, 429]
    assert [_standing(answer) for answer in answers] == [["2", "1"], ["2", "0"], ["2", "0"]]
    assert answers[-1].headers["Content-Type"] == "application/problem+json"
    assert _ask(client, 1) == [200]  # another client


@pytest.fixture
def redis() -> Iterator[str]:
    """The URL of a server that speaks as Redis does."""
    server = TcpFakeServer(("127.0.0.1", 0), server_type="redis")
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    url = f"redis://127.0.0.1:{server.server_address[1]}"
    with Redis.from_url(url) as client:  # this server, unlike a real one, hangs up after saying that it lacks a script
        client.script_load(RedisStorage.SCRIPT_INCR_EXPIRE)
    yield url
    server.shutdown()
    server.server_close()
    thread.join()


def test_processes_share_what_redis_counts(database: Path, serve: Serve, redis: str) -> None:
    clients = [serve(database, Settings(rate_limit="3/hour", rate_limit_storage=redis)) for _ in range(2)]
    assert [_ask(client, 2) for client in clients] == [[200, 200], [200, 429]]
    assert _standing(clients[0].get("/v1/articles", environ_overrides={"REMOTE_ADDR": "192.0.2.1"})) == ["3", "0"]


def test_without_its_redis_a_process_counts_for_itself(
    database: Path, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"redis://127.0.0.1:{nobody.getsockname()[1]}"
        client = serve(database, Settings(rate_limit="2/hour", rate_limit_storage=url))
        with caplog.at_level(logging.WARNING):
            assert _ask(client, 3) == [200, 200, 429]
    assert len(caplog.records) == 1


def test_a_redis_that_goes_in_between_costs_only_the_headers(
    database: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_limit: object) -> int:
        raise StorageError(ConnectionError())

    monkeypatch.setattr("api.rate_limits._seconds_left", fail)
    answer = serve(database, Settings(rate_limit="2/hour")).get("/v1/articles")
    assert (answer.status_code, _standing(answer)) == (200, [None, None])
