"""The servers that are compared, each a process of its own on a free port of 127.0.0.1."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dataset.errors import OutputError
from scripts.client import get_once

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
_PATIENCE = 120  # seconds until a server has to answer: roapi loads its table first


@dataclass(frozen=True, slots=True)
class Server:
    """A server that runs: what it is called, where it listens, and the process that was started."""

    name: str
    port: int
    pid: int

    @property
    def address(self) -> str:
        """As wrk takes it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def host(self) -> str:
        """The Host header."""
        return f"127.0.0.1:{self.port}"

    def memory(self) -> list[float]:
        """Resident megabytes of each process that serves: its workers, where it has any."""
        return [_status(pid, "VmRSS") for pid in self._serving()]

    def peak(self) -> list[float]:
        """Most resident megabytes that each has had since `forget_peak`."""
        return [_status(pid, "VmHWM") for pid in self._serving()]

    def forget_peak(self) -> None:
        """Count the peak of memory from here on."""
        for pid in self._serving():
            Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")  # proc(5)

    def _serving(self) -> list[int]:
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text(encoding="ascii").split()
        return [int(pid) for pid in children] or [self.pid]


def _status(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:"))


@contextmanager
def serve_facts(database: Path, log: Path) -> Iterator[Server]:
    """The service itself, as `make serve` starts it."""
    with _gunicorn("factline", "api:create_app()", "/readyz", log, {"FACTLINE_DB": str(database.absolute())}) as server:
        yield server


@contextmanager
def serve_bare(log: Path) -> Iterator[Server]:
    """The bare WSGI application under the same configuration."""
    with _gunicorn("bare WSGI", "scripts.baselines:bare", "/200/1", log, {}) as server:
        yield server


@contextmanager
def serve_flask(log: Path) -> Iterator[Server]:
    """The minimal application of Flask under the same configuration."""
    with _gunicorn("minimal Flask", "scripts.baselines:create_flask()", "/200/1", log, {}) as server:
        yield server


@contextmanager
def serve_datasette(database: Path, metadata: Path, programs: Path, log: Path) -> Iterator[Server]:
    """Datasette on the same file, which it is told never changes: it then counts and hashes once."""
    port = free_port()
    command = [str(programs / "datasette"), "serve", "--immutable", str(database), "--metadata", str(metadata)]
    command += ["--host", "127.0.0.1", "--port", str(port), "--setting", "sql_time_limit_ms", "10000"]
    with _run("Datasette", command, port, "/-/versions.json", log) as server:
        yield server


@contextmanager
def serve_roapi(table: Path, programs: Path, log: Path) -> Iterator[Server]:
    """One table of facts in the memory of roapi."""
    port = free_port()
    command = [str(programs / "roapi"), "--table", f"facts={table}", "--addr-http", f"127.0.0.1:{port}"]
    command += ["--addr-postgres", f"127.0.0.1:{free_port()}", "--addr-flight-sql", f"127.0.0.1:{free_port()}"]
    with _run("roapi", command, port, "/api/tables/facts?limit=1", log) as server:
        yield server


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def _gunicorn(name: str, app: str, ready: str, log: Path, environment: dict[str, str]) -> Iterator[Server]:
    port = free_port()
    settings = {"HOST": "127.0.0.1", "PORT": str(port), "FACTLINE_WORKERS": str(WORKERS), **environment}
    command = [sys.executable, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", app]
    with _run(name, command, port, ready, log, settings) as server:
        yield server


@contextmanager
def _run(
    name: str, command: Sequence[str], port: int, ready: str, log: Path, settings: dict[str, str] | None = None
) -> Iterator[Server]:
    """Start a server, wait until it answers, and end it by its id in the end."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **(settings or {})}, stdout=out, stderr=out)  # noqa: S603 - our own commands
    try:
        _wait(name, process, port, ready, log)
        yield Server(name, port, process.pid)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(name: str, process: subprocess.Popen[bytes], port: int, ready: str, log: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with suppress(OSError):
            if get_once(port, ready).status == 200:
                return
        time.sleep(0.1)
    said = log.read_text(encoding="utf-8", errors="replace").strip()[-500:]
    raise OutputError(f"{name} does not answer: {said}", "start it by hand to see why")
