"""The service as it runs for its users: gunicorn, on a port of this machine."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pytest

from api.settings import PROJECT

COMMAND = ["-m", "gunicorn", "--config", "python:api.gunicorn_conf", "api:create_app()"]
PATIENCE = 30  # seconds


def find_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def run_gunicorn(
    output: IO[str] | int = subprocess.PIPE, python: str = sys.executable, /, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """Run the service as `make serve` does, and end it whatever happens.

    Whoever lets it answer many requests gives it a file as output: a pipe that nobody reads would fill, and stop it.
    """
    process = subprocess.Popen(
        [python, *COMMAND],
        cwd=PROJECT,
        env={**os.environ, **environment},
        stderr=output,
        stdout=output,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def wait_until_it_answers(url: str, process: subprocess.Popen[str]) -> None:
    deadline = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=PATIENCE).close()  # noqa: S310 - the server started here
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"the service does not answer; exit status {process.poll()}")
