"""How gunicorn serves the API: gunicorn --config python:api.gunicorn_conf 'api:create_app()'."""

from __future__ import annotations

import atexit
import ctypes
import os
import resource
import shutil
import socket
import sys
import tempfile
from contextlib import suppress
from typing import NoReturn, Protocol

from api.metrics import FOLDER
from api.settings import Settings
from api.turns import Turns
from dataset.errors import FactlineError, InputError

_M_ARENA_MAX = -8  # malloc.h


class Arbiter(Protocol):
    """What is used of gunicorn's master process."""

    master_pid: int


class Process(Protocol):
    """What is used of gunicorn's worker process, as its master knows it."""

    pid: int
    seat: int | None
    turns: Turns


def _fail(error: FactlineError) -> NoReturn:
    print(error, file=sys.stderr)  # noqa: T201 - the one line that whoever starts the service sees
    raise SystemExit(2)


def _count_connections() -> int:
    """How many clients a process takes at once: files that it may open, but some for itself."""
    files, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 1000 if files == resource.RLIM_INFINITY else max(100, min(1000, files - 100))


try:
    _settings = Settings.from_environment(os.environ)
except InputError as _error:
    _fail(_error)

_memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108 - where no disk can stall a process
_host = f"[{_settings.host}]" if ":" in _settings.host else _settings.host
bind = f"{_host}:{_settings.port}"
worker_class = "api.worker.Worker"
preload_app = True  # nothing is opened before a request; a worker that starts at once cannot miss a signal to stop
workers = _settings.workers
threads = _settings.threads
worker_connections = _count_connections()
timeout = _settings.timeout
graceful_timeout = _settings.graceful_timeout
keepalive = 5
limit_request_line = 8190  # the most that gunicorn takes, above the application's own limit
limit_request_fields = 64
limit_request_field_size = 8190
loglevel = "warning"  # starting and stopping are said by the lines below
control_socket_disable = True  # it would be written into the home folder
worker_tmp_dir = _memory  # heartbeats


def check_port() -> None:
    """Say in one line that the port cannot be had, and end; gunicorn would try for five seconds and say ten."""
    try:
        _bind_once(_settings.host, _settings.port)
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"cannot listen on port {_settings.port} of {_settings.host} ({reason})"
        _fail(InputError(message, "choose another PORT or HOST, such as PORT=8123 make serve"))


def on_starting(server: Arbiter) -> None:
    """Check the port, unless this master replaces another and inherits its sockets."""
    if not server.master_pid:
        check_port()


def when_ready(_server: Arbiter) -> None:
    """Say where the service is to be found."""
    print(f"Factline listens on http://{bind}, its documentation is at /docs/", file=sys.stderr, flush=True)  # noqa: T201


def child_exit(_server: Arbiter, worker: Process) -> None:
    """Drop what only a living process counts; what a dead one has counted stays in the sums."""
    worker.turns.leave_seat(worker.seat)
    from prometheus_client.multiprocess import mark_process_dead  # noqa: PLC0415 - see api.metrics

    mark_process_dead(worker.pid)  # type: ignore[no-untyped-call]


def _share_one_heap() -> None:
    """Let all threads of a process allocate from one heap, where the C library is glibc.

    It would give each thread its own, and what one has freed the others cannot use: a busy worker grew by
    10 MB more. Threads that hold the interpreter's lock in turn hardly ever wait for each other there.
    """
    with suppress(AttributeError):  # another C library
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


def _make_metrics_folder() -> None:
    """Give the processes a folder to count in, before the application is loaded; it goes when the master goes."""
    folder = os.environ[FOLDER] = tempfile.mkdtemp(prefix="factline-metrics-", dir=_memory)
    atexit.register(_remove_folder, folder, os.getpid())


def _remove_folder(folder: str, owner: int) -> None:
    if os.getpid() == owner:  # a worker inherits what its master has registered
        shutil.rmtree(folder, ignore_errors=True)


def _bind_once(host: str, port: int) -> None:
    """Take the port and give it back; OSError where that fails."""
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as gunicorn does
        probe.bind(address)


if __name__ == "__main__":
    check_port()  # python -m api.gunicorn_conf: before a database is built that could not be served
else:
    _share_one_heap()
    _make_metrics_folder()
