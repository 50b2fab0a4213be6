from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from api.settings import PROJECT
from tests.api.sample import MORE_THAN_650000
from tests.serving import PATIENCE, find_free_port, run_gunicorn, wait_until_it_answers


@pytest.fixture(scope="module")
def service(database: Path) -> Iterator[tuple[str, int]]:
    port = find_free_port()
    with run_gunicorn(FACTLINE_DB=str(database), HOST="127.0.0.1", PORT=str(port)) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", port


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=PATIENCE) as response:  # noqa: S310 - the server started here
        content: bytes = response.read()
    return content


def _get_json(url: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(get(url))
    return document


def test_from_the_list_to_the_characters_of_the_file(service: tuple[str, int]) -> None:
    url, _ = service
    item = _get_json(f"{url}/v1/facts?value_min=600000&limit=1")["items"][0]
    assert item["id"] == MORE_THAN_650000.id
    fact = _get_json(url + item["provenance"]["links"]["self"])
    assert fact == item
    article = _get_json(url + fact["provenance"]["links"]["article"])
    text_url, _, fragment = fact["provenance"]["links"]["text"].partition("#char=")
    assert text_url == article["links"]["text"]
    start, end = map(int, fragment.split(","))
    text = get(url + text_url).decode("utf-8")
    assert len(text) == article["characters"]
    assert text[start:end] == fact["provenance"]["exact"] == "650,000"


def test_pages_can_be_walked(service: tuple[str, int]) -> None:
    url, _ = service
    seen, following = [], "/v1/facts?limit=3&sort=-value"
    while following:
        page = _get_json(url + following)
        seen += [item["id"] for item in page["items"]]
        following = page["next"]
    assert len(seen) == len(set(seen)) == page["total"]["value"]


@pytest.mark.parametrize(("path", "status"), [("/v1/facts?q=%FF", 400), ("/v1/facts?" + "a" * 5000, 414), ("/x", 404)])
def test_errors_are_problems_on_the_wire(service: tuple[str, int], path: str, status: int) -> None:
    with pytest.raises(urllib.error.HTTPError) as caught:
        get(service[0] + path)
    with caught.value as error:
        assert error.code == status
        assert error.headers["Content-Type"] == "application/problem+json"


REFUSED_BY_GUNICORN = [
    ("GET /v1/facts?q=" + "a" * 9000 + " HTTP/1.1", 414),
    ("GET / HTTP/1.1\r\nX-Long: " + "a" * 9000, 431),
    ("GET / HTTP/1.1" + "\r\nX-Many: 1" * 70, 431),
    ("GET / HTTP/1.1\r\nno colon", 400),
    ("GET / HTTP/1.1\r\nExpect: more", 417),
    ("GET / HTTP/9.9", 400),
    ("nonsense", 400),
]


@pytest.mark.parametrize(("head", "status"), REFUSED_BY_GUNICORN, ids=[row[0][:12] for row in REFUSED_BY_GUNICORN])
def test_what_is_no_request_is_answered_with_a_problem_too(service: tuple[str, int], head: str, status: int) -> None:
    with socket.create_connection(("127.0.0.1", service[1]), timeout=PATIENCE) as client:
        client.sendall(head.encode("ascii") + b"\r\n\r\n")
        response = http.client.HTTPResponse(client)
        response.begin()
        assert response.status == status
        assert response.headers["Content-Type"] == "application/problem+json"
        assert len(response.headers["X-Request-ID"]) == 32
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert json.loads(response.read())["status"] == status


def test_the_port_can_be_checked_before_anything_is_built(service: tuple[str, int]) -> None:
    command = [sys.executable, "-m", "api.gunicorn_conf"]
    for port, status in ((service[1], 2), (find_free_port(), 0)):
        environment = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port)}
        done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, len(done.stderr.splitlines())) == (status, 1 if status else 0)
    plan = subprocess.run(["make", "--dry-run", "serve"], cwd=PROJECT, capture_output=True, text=True, check=True)  # noqa: S607 - the make of whoever tests
    steps = ["-m api.gunicorn_conf", "curate.py build", "exec .venv/bin/gunicorn"]
    found = [plan.stdout.index(step) for step in steps]
    assert found == sorted(found)


def test_a_second_service_on_the_port_says_so_in_one_line(service: tuple[str, int], database: Path) -> None:
    _, port = service
    with run_gunicorn(FACTLINE_DB=str(database), HOST="127.0.0.1", PORT=str(port)) as process:
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert errors == (
        f"cannot listen on port {port} of 127.0.0.1 (Address already in use): "
        "choose another PORT or HOST, such as PORT=8123 make serve\n"
    )


def test_a_malformed_setting_is_said_in_one_line() -> None:
    with run_gunicorn(PORT="http") as process:
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2
    assert errors == "PORT is 'http': give it a whole number from 1 to 65535, such as 8000\n"


def test_it_stops_in_good_order(database: Path) -> None:
    port = find_free_port()
    # One worker: it has started when it answers, so that the signal finds it listening.
    with run_gunicorn(FACTLINE_DB=str(database), HOST="127.0.0.1", PORT=str(port), FACTLINE_WORKERS="1") as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0
    assert errors == f"Factline listens on http://127.0.0.1:{port}, its documentation is at /docs/\n"


def test_it_stops_though_a_client_never_finishes_its_request(database: Path) -> None:
    port = find_free_port()
    environment = {"FACTLINE_WORKERS": "1", "FACTLINE_GRACEFUL_TIMEOUT": "2", "PORT": str(port), "HOST": "127.0.0.1"}
    with run_gunicorn(FACTLINE_DB=str(database), **environment) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        with socket.create_connection(("127.0.0.1", port)) as slow:
            slow.sendall(b"GET /healthz HTTP/1.1\r\nHos")
            time.sleep(0.2)
            process.send_signal(signal.SIGTERM)
            _wait_until_it_refuses(port)
            assert process.poll() is None
            process.communicate(timeout=10)
    assert process.returncode == 0


def _wait_until_it_refuses(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=PATIENCE).close()
        except ConnectionRefusedError:
            return
        time.sleep(0.02)
    pytest.fail("new clients are let in while the service stops")
