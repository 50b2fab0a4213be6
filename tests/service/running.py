"""The service with its processes, and clients of it that speak HTTP by hand."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.serving import PATIENCE, find_free_port, run_gunicorn, wait_until_it_answers


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - JSON
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Service:
    """The service as it runs: its port, its master, and what it wrote."""

    port: int
    process: subprocess.Popen[str]
    log: Path

    def connect(self, timeout: float = PATIENCE) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def ask(self, path: str, timeout: float = PATIENCE, **headers: str) -> Answer:
        """Ask once, on a connection that is closed afterwards."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            return ask_on(connection, path, {name.replace("_", "-"): value for name, value in headers.items()})
        finally:
            connection.close()

    def workers(self) -> list[int]:
        pid = self.process.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
        return [int(child) for child in children.split()]

    def memory(self) -> float:
        """Megabytes that the largest worker has in memory."""
        return max(_resident(pid) for pid in self.workers())


def ask_on(connection: http.client.HTTPConnection, path: str, headers: dict[str, str] | None = None) -> Answer:
    connection.request("GET", path, headers=headers or {})
    response = connection.getresponse()
    return Answer(response.status, response.headers, response.read())


@contextmanager
def run_service(database: Path, log: Path, python: str = sys.executable, /, **environment: str) -> Iterator[Service]:
    port = find_free_port()
    with log.open("w", encoding="utf-8") as output:
        settings = {"FACTLINE_DB": str(database), "HOST": "127.0.0.1", "PORT": str(port), **environment}
        with run_gunicorn(output, python, **settings) as process:
            wait_until_it_answers(f"http://127.0.0.1:{port}", process)
            yield Service(port, process, log)


def wait_until(reached: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    deadline = time.monotonic() + patience
    while not reached():
        if time.monotonic() > deadline:
            pytest.fail(f"not within {patience:g} seconds: {what}")
        time.sleep(0.02)


@contextmanager
def many(number: int, connect: Callable[[], socket.socket]) -> Iterator[list[socket.socket]]:
    """So many connections at once."""
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(connect()) for _ in range(number)]


def _resident(pid: int) -> float:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
