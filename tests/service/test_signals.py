"""Workers that are killed, and a service that is asked to stop, while clients ask."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from scripts.synthetic import build_release
from tests.service.running import Service, run_service, wait_until
from tests.serving import PATIENCE

CLIENTS = 16
SPARED = 4  # kills: a worker holds at most a client a connection when it dies

pytestmark = pytest.mark.slow


@contextmanager
def asking(service: Service, seen: Counter[str]) -> Iterator[threading.Event]:
    """Clients that ask on new connections, and count how that ends."""
    stop, lock = threading.Event(), threading.Lock()

    def run() -> None:
        while not stop.is_set():
            try:
                outcome = str(service.ask("/v1/facts?limit=20").status)
            except ConnectionRefusedError:
                outcome = "refused"
            except (OSError, http.client.HTTPException):
                outcome = "broken"
            with lock:
                seen[outcome] += 1

    threads = [threading.Thread(target=run) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield stop
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def test_workers_that_are_killed_come_back(releases: tuple[Path, Path], tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    with run_service(releases[0], tmp_path / "log") as service:
        wait_until(lambda: len(service.workers()) == 2, "two workers")
        with asking(service, seen):
            for kill in range(SPARED):
                time.sleep(0.5)
                killed = service.workers()[kill % 2]
                answered = seen["200"]
                os.kill(killed, signal.SIGKILL)
                wait_until(lambda before=answered: seen["200"] > before + 50, "others answer")  # type: ignore[misc]
                wait_until(
                    lambda pid=killed: len(service.workers()) == 2 and pid not in service.workers(),  # type: ignore[misc]
                    "another worker",
                )
        assert service.ask("/readyz").status == 200
    assert set(seen) <= {"200", "broken"}
    assert seen["broken"] <= SPARED * CLIENTS  # no more than were being answered by those that died
    assert seen["200"] > 20 * seen["broken"]


def test_processes_that_are_renewed_added_and_taken_away_fail_nobody(
    releases: tuple[Path, Path], tmp_path: Path
) -> None:
    seen: Counter[str] = Counter()
    with run_service(releases[0], tmp_path / "log") as service:
        wait_until(lambda: len(service.workers()) == 2, "two workers")
        before = set(service.workers())
        with asking(service, seen):
            service.process.send_signal(signal.SIGHUP)
            wait_until(lambda: len(service.workers()) == 2 and not before & set(service.workers()), "new workers")
            service.process.send_signal(signal.SIGTTIN)
            wait_until(lambda: len(service.workers()) == 3, "a third worker")
            service.process.send_signal(signal.SIGTTOU)
            wait_until(lambda: len(service.workers()) == 2, "two workers again")
        assert service.ask("/readyz").status == 200
    assert seen["broken"] <= 1  # whoever comes between the last look at the door and its closing
    assert set(seen) - {"broken"} == {"200"}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release whose export does not fit between a server and a client that does not read."""
    path = tmp_path_factory.mktemp("large") / "facts.db"
    build_release(path, 20_000)
    return path


def start_export(service: Service) -> socket.socket:
    """Ask for the whole release, and read nothing of it yet."""
    client = socket.socket()
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", service.port))
    client.sendall(b"GET /v1/facts.jsonl HTTP/1.1\r\nHost: localhost\r\n\r\n")
    return client


def test_stopping_lets_a_slow_export_finish(large: Path, tmp_path: Path) -> None:
    seen: Counter[str] = Counter()
    with run_service(large, tmp_path / "log") as service, start_export(service) as client:
        head = client.recv(4096)
        assert head.startswith(b"HTTP/1.1 200 ")
        with asking(service, seen) as stop:
            wait_until(lambda: seen["200"] > 50, "clients are answered")
            service.process.send_signal(signal.SIGTERM)
            wait_until(lambda: seen["refused"] > 10, "new clients are refused")
            stop.set()
        assert service.process.poll() is None
        time.sleep(0.5)
        received, size = [head], len(head)
        while piece := client.recv(65_536):
            received.append(piece)
            size += len(piece)
            time.sleep(0.005)
        whole = b"".join(received)
        assert service.process.wait(PATIENCE) == 0
    assert whole.endswith(b"\r\n0\r\n\r\n")  # the end of a chunked answer (RFC 9112 section 7.1)
    assert whole.count(b'"provenance"') == 20_000
    assert seen["broken"] <= 1  # whoever comes between the last look at the door and its closing
    assert set(seen) - {"broken"} == {"200", "refused"}


def test_an_export_that_nobody_reads_does_not_keep_it_from_stopping(large: Path, tmp_path: Path) -> None:
    with (
        run_service(large, tmp_path / "log", FACTLINE_GRACEFUL_TIMEOUT="2") as service,
        start_export(service) as client,
    ):
        assert client.recv(4096).startswith(b"HTTP/1.1 200 ")
        service.process.send_signal(signal.SIGTERM)
        assert service.process.wait(10) == 0
