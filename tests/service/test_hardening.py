"""What the service cannot do, whoever asks: write, tell of itself, read other files, break a line of its log."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api import create_app
from api.settings import PROJECT, Settings
from tests.api.conftest import body
from tests.api.sample import build_sample
from tests.service.running import Service, run_service, wait_until

_WRITES = os.O_WRONLY | os.O_RDWR


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("hardening")
    with run_service(build_sample(folder / "facts.db"), folder / "log") as running:
        yield running


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    path = build_sample(tmp_path_factory.mktemp("hardening") / "facts.db")
    return create_app(Settings(db=path)).test_client()


def find_handles(pid: int, folder: Path) -> dict[str, int]:
    """The open files of a process in a folder, with the flags that they were opened with."""
    handles: dict[str, int] = {}
    for handle in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):  # a connection that has just been closed
            target = str(handle.readlink())
            if target.startswith(str(folder)):
                flags = Path(f"/proc/{pid}/fdinfo/{handle.name}").read_text(encoding="ascii")
                handles[target] = handles.get(target, 0) | int(flags.partition("flags:\t")[2].split()[0], 8)
    return handles


def test_no_process_can_write_the_database(service: Service) -> None:
    folder = service.log.parent
    for _ in range(20):
        assert service.ask("/v1/facts").status == 200
        assert service.ask("/v1/dataset/facts.db").status == 200
    workers = service.workers()
    seen: dict[str, int] = {}
    for pid in [service.process.pid, *workers]:
        seen |= {name: flags for name, flags in find_handles(pid, folder).items() if name != str(service.log)}
    assert set(seen) == {str(folder / "facts.db")}  # no journal, no other file
    assert not any(flags & _WRITES for flags in seen.values())


def test_it_opens_nothing_for_writing(tmp_path: Path) -> None:
    """As the system sees it: every file that is opened while requests are answered is opened for reading."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    path, log, trace = build_sample(tmp_path / "data" / "facts.db"), tmp_path / "log", tmp_path / "trace"
    with run_service(path, log, FACTLINE_WORKERS="1") as service:
        (worker,) = service.workers()
        command: list[str | Path] = [
            strace,
            "-f",
            "-e",
            "trace=openat,open,unlink,rename,mkdir",
            "-o",
            trace,
            "-p",
            str(worker),
        ]
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr is not None
            if "attached" not in tracer.stderr.readline():
                pytest.skip("no process can be traced here")
            for url in ("/v1/facts", "/v1/facts?q=42", "/v1/facts.csv", "/v1/dataset/facts.db", "/docs/", "/metrics"):
                assert service.ask(url).status == 200
            tracer.terminate()
    lines = trace.read_text(encoding="utf-8").splitlines()
    assert any("facts.db" in line for line in lines)
    counted = re.compile(r"/factline-metrics-")  # where processes count together, in memory
    assert [
        line
        for line in lines
        if re.search(r"O_WRONLY|O_RDWR|O_CREAT|unlink|rename|mkdir", line) and not counted.search(line)
    ] == []


def test_it_tells_neither_versions_nor_what_went_wrong_inside(
    client: FlaskClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not client.application.debug
    assert not client.application.testing
    assert [value for name, value in service.ask("/healthz").headers.items() if name == "Server"] == ["gunicorn"]
    monkeypatch.setattr("api.resources.facts.find_position", None)
    monkeypatch.setenv("FLASK_DEBUG", "1")
    answer = client.get("/v1/facts/aaaaaaaaaaaaaaaa")
    assert answer.status_code == 500
    assert set(body(answer)) == {"type", "title", "status", "detail", "instance"}
    for word in ("Traceback", "NoneType", "find_position", "/api/", "werkzeug"):
        assert word not in answer.text


OUTSIDE = [
    *(
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "..%252f..%252fetc%252fpasswd",
        "..%5c..%5cetc%5cpasswd",
    ),
    *(
        "%2fetc%2fpasswd",
        "%00",
        "aaaaaaaaaaaaaaaa%00",
        "..",
        "%2e%2e",
        "....//....//etc/passwd",
        "file:%2f%2f%2fetc%2fpasswd",
    ),
    *(
        "%c0%ae%c0%ae%c0%afetc%c0%afpasswd",
        "..;%2fetc%2fpasswd",
        "%ff",
        "%0d%0aX-A:%20b",
        "aaaaaaaaaaaaaaaa%2f..%2f..%2fmetrics",
    ),
]


def find_paths(client: FlaskClient) -> list[str]:
    """The paths that have a parameter."""
    return [path for path in body(client.get("/openapi.json"))["paths"] if "{" in path]


@pytest.mark.parametrize("value", OUTSIDE)
def test_no_path_leads_out_of_the_release(client: FlaskClient, service: Service, value: str) -> None:
    paths = find_paths(client)
    assert len(paths) >= 6
    for path in [*(re.sub(r"\{\w+\}", value, path) for path in paths), f"/docs/{value}", f"/docs/x/{value}"]:
        raw = ask_raw(service, path)
        assert raw.split(b" ", 2)[1] in {b"308", b"400", b"404"}, path
        assert b"root:" not in raw
        assert b"\r\nX-A: b\r\n" not in raw


def ask_raw(service: Service, target: str, *headers: bytes) -> bytes:
    """The whole answer to a target that no client library has touched."""
    lines = [f"GET {target} HTTP/1.1".encode("latin-1"), b"Host: localhost", b"Connection: close", *headers]
    with socket.create_connection(("127.0.0.1", service.port), timeout=30) as connection:
        connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        with connection.makefile("rb") as answer:
            return answer.read()


CONTROLS: list[tuple[str, list[bytes]]] = [
    ("/mark-1%0D%0A%7B%22status%22%3A200%7D", []),
    ("/mark-2%1B%5B31m%00%7F", []),
    ("/mark-3?q=%0D%0A%1B%5B2J", []),
    ("/mark-4?q=a", [b"User-Agent: a\x1b[31mb"]),
    ("/mark-5?q=a", [b"User-Agent: a\x85\x9b31m\xff"]),
    ("/mark-6%E2%80%AE%E2%80%A8%C2%9B", []),
    ("/mark-7\x1b[31m", []),
    ("/mark-8?q=%22%7D%0A", [b"X-Request-ID: a\tb"]),
]


@pytest.mark.parametrize(("target", "headers"), CONTROLS)
def test_a_request_is_one_line_of_printable_json(service: Service, target: str, headers: list[bytes]) -> None:
    before = len(service.log.read_bytes().splitlines())
    ask_raw(service, target, *headers)
    wait_until(lambda: len(service.log.read_bytes().splitlines()) > before, "the line")
    (line,) = service.log.read_bytes().splitlines()[before:]
    assert line.decode("ascii").isprintable()
    logged: dict[str, Any] = json.loads(line)
    assert logged["status"] in {400, 404}


SECRETS = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY|\bAKIA[0-9A-Z]{16}\b|\bgh[pousr]_[A-Za-z0-9]{36}\b|\bglpat-[\w-]{20}\b"
    r"|\bxox[abprs]-[\w-]{10,}|\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\."
    r"|(?i:password|passwd|secret|api_?key|token)\s*[:=]\s*[\"'][^\"'{}<>$\s]{8,}[\"']"
    r"|\w+://[^\s/:@\"'{}]+:[^\s/@\"'{}]{3,}@"
)
KNOWN = {"tests/service/test_hardening.py"}  # the examples below


def test_there_is_no_secret_in_the_project() -> None:
    git = shutil.which("git")
    if git is None or not (PROJECT / ".git").exists():
        pytest.skip("this is no git checkout")
    listed = subprocess.run([git, "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    names = [name for name in listed.stdout.split("\0") if name and name not in KNOWN]
    assert len(names) > 100
    assert not [name for name in names if re.search(r"(^|/)(\.env|id_rsa|id_ed25519)$|\.(pem|p12|key)$", name)]
    found = [(name, match[0]) for name in names for match in SECRETS.finditer(_read(PROJECT / name))]
    assert found == []


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


@pytest.mark.parametrize(
    "text",
    [
        "-----BEGIN RSA PRIVATE KEY-----",
        "AKIA" + "A1" * 8,
        "ghp_" + "a" * 36,
        'api_key = "0123456789abcdef"',
        "redis://me:hunter2@host",
    ],
)
def test_a_secret_would_be_found(text: str) -> None:
    assert SECRETS.search(text)
