"""Clients that send slowly, read slowly, or do nothing at all: others are served as if they were not there."""

from __future__ import annotations

import contextlib
import http.client
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.refusals import HEAD_LIMIT
from api.worker import HEAD_TIME, SLOW_CLIENTS
from scripts.synthetic import build_release
from tests.service.running import Service, ask_on, many, run_service, wait_until

MANY = 500
MOST = 160.0  # megabytes of a worker while it has as many clients that read slowly as it takes
SOON = 1.0  # seconds, on a machine that does other things too
EXPORT = b"GET /v1/facts.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n"

pytestmark = pytest.mark.alone


@pytest.fixture(scope="module", autouse=True)
def _open_files() -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4096
    if hard != resource.RLIM_INFINITY and hard < wanted:
        pytest.skip("too few files may be open for so many connections")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("slow")
    build_release(folder / "facts.db", 20_000)
    with run_service(folder / "facts.db", folder / "log") as running:
        running.ask("/v1/facts?limit=5")
        yield running


def connect(service: Service, sent: bytes, room: int | None = None) -> socket.socket:
    """A client that has sent so much, and takes no more than `room` bytes that it does not read."""
    client = socket.socket()
    if room is not None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.settimeout(30)
    client.connect(("127.0.0.1", service.port))
    client.sendall(sent)
    return client


def slowest(service: Service, times: int = 20) -> float:
    """The longest of some requests, each on a connection of its own."""
    longest = 0.0
    for number in range(times):
        begun = time.monotonic()
        assert service.ask(f"/v1/facts?limit={number + 1}").status == 200
        longest = max(longest, time.monotonic() - begun)
        time.sleep(0.02)
    return longest


IDLE = {
    "nothing": b"",
    "half a line": b"GET /v1/fac",
    "half a head": b"GET /v1/facts HTTP/1.1\r\nHost: localhost\r\nX-A: b",
    "no body": b"POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9000\r\n\r\n",
    "half a chunk": b"POST /v1/facts HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
    "no farewell": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    "blank lines": b"\r\n\r\n\r\n\r\n",
    "two in one": b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHos",
}


@pytest.mark.parametrize("sent", IDLE.values(), ids=IDLE)
def test_clients_that_do_not_go_on_hold_nobody_up(service: Service, sent: bytes) -> None:
    with many(MANY, lambda: connect(service, sent)):
        assert slowest(service) < SOON


def test_heads_that_trickle_hold_nobody_up_and_have_an_end(service: Service) -> None:
    with many(MANY, lambda: connect(service, b"GET /v1/facts HTTP/1.1\r\nX-A: ")) as everyone:
        begun, longest, clients = time.monotonic(), 0.0, everyone
        while clients and time.monotonic() < begun + HEAD_TIME + 5:
            clients = [client for client in clients if _trickle(client)]
            longest = max(longest, slowest(service, 3))
        assert longest < SOON
        assert not clients
        assert time.monotonic() - begun > HEAD_TIME - 1


def _trickle(client: socket.socket) -> bool:
    """Send one more byte; whether the server still listens."""
    client.setblocking(False)
    try:
        client.send(b"a")
        return client.recv(1, socket.MSG_PEEK) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


@pytest.mark.parametrize("number", [SLOW_CLIENTS, MANY])
def test_answers_that_nobody_reads_hold_nobody_up(service: Service, number: int) -> None:
    with many(number, lambda: connect(service, EXPORT, room=2048)):
        # All of them ask for an export, which is work like any other, until they are seen to read nothing of it.
        wait_until(lambda: slowest(service, 5) < SOON, "the first rush is over", patience=10)
        assert slowest(service) < SOON
        assert service.memory() < MOST


# As slowhttptest(1) has them: heads that never end, bodies that never end, answers that are hardly read.
TOOL = {
    "slow heads": ["-H", "-i", "2"],
    "slow bodies": ["-B", "-i", "2", "-s", "8192"],
    "slow reading": ["-X", "-w", "512", "-y", "1024", "-n", "5", "-z", "32", "-k", "3"],
}


@pytest.mark.parametrize("options", TOOL.values(), ids=TOOL)
def test_slowhttptest_keeps_nobody_from_being_served(service: Service, options: list[str]) -> None:
    tool = shutil.which("slowhttptest")
    if tool is None:
        pytest.skip("slowhttptest is not installed: apt-get install slowhttptest")
    url = f"http://127.0.0.1:{service.port}/v1/facts.jsonl"
    command = [tool, *options, "-c", str(MANY), "-r", "500", "-l", "8", "-u", url]
    before = count_clients(service)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as running:
        assert running.stdout is not None
        try:
            wait_until(lambda: count_clients(service) > before + MANY // 3, "they have come")
            wait_until(lambda: slowest(service, 5) < SOON, "the first rush is over", patience=10)
            assert slowest(service) < SOON  # where the service has closed all its connections, the tool has ended
        finally:
            running.terminate()
            running.stdout.read()
    assert service.memory() < MOST


def count_clients(service: Service) -> int:
    """The sockets that the workers hold, and the requests that they have answered: a body is not waited for."""
    handles = [handle for pid in service.workers() for handle in Path(f"/proc/{pid}/fd").iterdir()]
    return sum(map(_is_socket, handles)) + service.log.read_bytes().count(b"\n")


def _is_socket(handle: Path) -> bool:
    try:
        return str(handle.readlink()).startswith("socket:")
    except FileNotFoundError:  # closed since
        return False


@pytest.mark.parametrize(("path", "number"), [("/v1/facts.csv", 8), ("/v1/facts.jsonl", 24), ("/v1/facts.jsonl", 60)])
def test_exports_that_are_read_hold_nobody_up_and_are_whole(service: Service, path: str, number: int) -> None:
    with ThreadPoolExecutor(number) as clients:
        exports = [clients.submit(service.ask, path, 120) for _ in range(number)]
        longest = 0.0
        while not all(export.done() for export in exports):
            longest = max(longest, slowest(service, 3))
        lines = {(export.result().status, export.result().body.count(b"\n")) for export in exports}
    assert lines == {(200, 20_000 + path.endswith("csv"))}
    assert longest < SOON


def test_a_client_that_reads_slowly_gets_all_of_it(service: Service) -> None:
    with connect(service, EXPORT, room=65_536) as client:
        size, piece = 0, b"any"
        while piece and not piece.endswith(b"\r\n0\r\n\r\n"):
            piece = client.recv(262_144)
            size += len(piece)
            time.sleep(0.002)
    assert size > 20_000_000


def test_a_thousand_idle_connections_are_kept_and_each_is_served(service: Service) -> None:
    connections = [http.client.HTTPConnection("127.0.0.1", service.port, timeout=30) for _ in range(1000)]
    try:
        for connection in connections:
            connection.connect()
        begun = time.monotonic()
        assert {ask_on(connection, "/healthz").status for connection in connections} == {200}
        if time.monotonic() - begun < 3:  # else the first may have been idle for too long by now
            assert slowest(service) < SOON
            again = [connection for connection in connections[-300:] if connection.sock is not None]
            assert {ask_on(connection, "/v1/facts?limit=2").status for connection in again} == {200}
    finally:
        for connection in connections:
            connection.close()


def test_where_few_files_may_be_open_there_are_fewer_connections(releases: tuple[Path, Path], tmp_path: Path) -> None:
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nulimit -n 256\nexec {sys.executable} "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    with (
        run_service(releases[0], tmp_path / "log", str(python), FACTLINE_WORKERS="1") as service,
        many(400, lambda: connect(service, b"GET")),
    ):
        assert slowest(service) < SOON
        assert service.ask("/v1/dataset/facts.db").status == 200


def test_where_connections_are_full_the_idle_make_room(releases: tuple[Path, Path], tmp_path: Path) -> None:
    with run_service(releases[0], tmp_path / "log", FACTLINE_WORKERS="1") as service:
        workers = service.workers()
        with many(1300, lambda: connect(service, b"GET")):
            assert slowest(service) < SOON
        assert service.workers() == workers


def test_who_has_to_make_room_may_have_sent_something(releases: tuple[Path, Path], tmp_path: Path) -> None:
    with run_service(releases[0], tmp_path / "log", FACTLINE_WORKERS="1") as service:
        (worker,) = service.workers()
        with many(1010, lambda: connect(service, b"GET")) as clients, contextlib.ExitStack() as stack:
            waiting = clients
            for _ in range(5):
                waiting.append(stack.enter_context(connect(service, b"GET")))  # in place of those who have asked
                time.sleep(0.1)
                # What comes while the worker stands still it sees at once: one more who wants in, and bytes of all.
                os.kill(worker, signal.SIGSTOP)
                wait_until(lambda: _stands_still(worker), "the worker stands still")
                waiting.append(stack.enter_context(connect(service, b"GET")))
                waiting = [client for client in waiting if _trickle(client)]
                os.kill(worker, signal.SIGCONT)
                assert slowest(service, 3) < SOON
        assert service.workers() == [worker]


def _stands_still(pid: int) -> bool:
    return Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].startswith("T")


LONG: list[tuple[Callable[[int], bytes], int]] = [
    (lambda size: b"GET /" + b"a" * size, 414),
    (lambda size: b"GET / HTTP/1.1\r\nX-A: " + b"a" * size, 431),
    (lambda size: b"GET / HTTP/1.1\r\n" + b"X-A: b\r\n" * (size // 8), 431),
]


@pytest.mark.parametrize(("make", "status"), LONG, ids=["address", "field", "fields"])
def test_a_head_without_end_is_refused(service: Service, make: Callable[[int], bytes], status: int) -> None:
    with connect(service, make(HEAD_LIMIT)) as client:
        response = http.client.HTTPResponse(client)
        response.begin()
        assert response.status == status
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["Connection"] == "close"


def test_requests_that_come_together_are_answered_one_by_one(service: Service) -> None:
    request = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
    last = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    with connect(service, request * 20 + last[:30]) as client:
        time.sleep(0.1)
        client.sendall(last[30:])
        with client.makefile("rb") as answers:
            assert answers.read().count(b"HTTP/1.1 200 OK") == 21


def test_a_head_in_single_bytes_is_a_request(service: Service) -> None:
    with connect(service, b"") as client:
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for byte in b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n":
            client.sendall(bytes([byte]))
        assert client.recv(4096).startswith(b"HTTP/1.1 200 OK")
