"""The service in several processes: what they count, what they log, what they leave behind."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.api.test_end_to_end import get
from tests.api.test_metrics import read_counts
from tests.serving import PATIENCE, find_free_port, run_gunicorn, wait_until_it_answers

MAPS = "/proc/{}/maps"
COUNTED = 0.5  # seconds; an answer is counted when it is closed, a moment after the client has it

pytestmark = pytest.mark.skipif(not Path(MAPS.format("self")).exists(), reason="there is no /proc to find processes in")


def _find_folder(process: subprocess.Popen[str]) -> Path:
    """The folder where the processes count: the master holds a file of it."""
    found = re.search(r"\S*/factline-metrics-[^/\s]+", Path(MAPS.format(process.pid)).read_text(encoding="utf-8"))
    assert found is not None
    return Path(found[0])


def _find_workers(folder: Path) -> set[int]:
    """The processes that have counted a request."""
    return {int(path.stem.removeprefix("counter_")) for path in folder.glob("counter_*.db")}


def _repeat_until(reached: Callable[[], bool], ask: Callable[[], object]) -> int:
    asked, deadline = 0, time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < deadline, f"not reached by asking {asked} times"
        ask()
        asked += 1
    return asked


def _refuse(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(b"nonsense\r\n\r\n")
        assert client.recv(4096).startswith(b"HTTP/1.1 400 ")


def test_several_processes_count_and_log_as_one(database: Path) -> None:
    port = find_free_port()
    url = f"http://127.0.0.1:{port}"
    with run_gunicorn(FACTLINE_DB=str(database), HOST="127.0.0.1", PORT=str(port), FACTLINE_WORKERS="2") as process:
        wait_until_it_answers(url, process)
        folder = _find_folder(process)
        asked = _repeat_until(lambda: len(_find_workers(folder)) == 2, lambda: get(f"{url}/v1/articles"))
        first = _find_workers(folder)
        _refuse(port)
        time.sleep(COUNTED)
        os.kill(min(first), signal.SIGKILL)
        asked += _repeat_until(lambda: len(_find_workers(folder)) == 3, lambda: _try(f"{url}/v1/articles"))
        time.sleep(COUNTED)
        counts = read_counts(get(f"{url}/metrics").decode())
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert counts["GET", "/v1/articles", "200"] == asked
    assert counts["other", "none", "400"] == 1
    assert not folder.exists()
    lines = [json.loads(line) for line in output.splitlines()]
    assert [line["path"] for line in lines].count("/v1/articles") == asked
    assert [line["status"] for line in lines if line["method"] is None] == [400]
    assert len({line["request_id"] for line in lines}) == len(lines)
    assert "Traceback" not in errors
    assert "request_id" not in errors


def _try(url: str) -> None:
    """Ask once; a connection that the killed process had taken is asked for again."""
    try:
        get(url)
    except OSError:
        get(url)


def test_the_server_does_not_tell_its_version(database: Path) -> None:
    port = find_free_port()
    with run_gunicorn(
        FACTLINE_DB=str(database), HOST="127.0.0.1", PORT=str(port), FACTLINE_ACCESS_LOG="off"
    ) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
            client.sendall(b"GET /docs/swagger-ui.css HTTP/1.0\r\n\r\n")
            head = client.makefile("rb").read().partition(b"\r\n\r\n")[0].decode("ascii")
        process.send_signal(signal.SIGTERM)
        output, _ = process.communicate(timeout=PATIENCE)
    assert re.findall(r"^Server: (.*?)\r?$", head, re.MULTILINE) == ["gunicorn"]
    assert len(re.findall(r"^Date: ", head, re.MULTILINE)) == 1
    assert output == ""
