"""The whole of `serve` on a small release, with stand-ins for wrk and for what the service is compared with."""

import json
import re
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.baselines import bare, create_flask
from scripts.benchmark import benchmark

SUMMARY = (
    '{"requests":30000,"microseconds":2000000,"bytes":1,"refused":0,"broken":0,"p50":4000,"p99":9500,"longest":12000}'
)
STAND_IN = """#!{python}
import http.server, sys
class Any(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"[]")
    def log_message(self, *_):
        pass
port = next(a.rpartition(":")[2] for o, a in zip(sys.argv, sys.argv[1:]) if o in ("--port", "--addr-http"))
http.server.HTTPServer(("127.0.0.1", int(port)), Any).serve_forever()
"""
PYTHON = """#!{python}
import sys
print("1 2 3" if "-c" in sys.argv else "1000 5000 0.5")
"""


def write_program(folder: Path, name: str, text: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text.replace("{python}", sys.executable), encoding="utf-8")
    (folder / name).chmod(0o755)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "bin"
    for name, text in (("datasette", STAND_IN), ("roapi", STAND_IN), ("python", PYTHON)):
        write_program(folder, name, text)
    write_program(tmp_path / "wrk", "wrk", f"#!/bin/sh\necho '{SUMMARY}'\n")
    monkeypatch.setenv("PATH", f"{tmp_path / 'wrk'}:/usr/bin:/bin")
    return folder


def test_serve_measures_everything_and_says_what_is_not_served(tmp_path: Path, programs: Path) -> None:
    out = tmp_path / "out.json"
    arguments = ["serve", "--facts", "1000", "--facts", "1500", "--by", "unit"]
    arguments += ["--programs", str(programs), "--out", str(out)]
    result = CliRunner().invoke(benchmark, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    figures = {each["subject"]: each for each in json.loads(out.read_text())["figures"]}
    distinct = figures["distinct queries"]
    assert distinct["facts"] == 1500
    assert {name: distinct["measured"][name] for name in ("factline", "Datasette", "roapi")} == {
        "factline": 15_000,
        "Datasette": 15_000,
        "roapi": 15_000,
    }
    assert [target["verdict"] for target in distinct["targets"]] == ["missed", "missed"]
    assert figures["one fact by id"]["targets"][0]["value"] == 1.0
    assert figures["one fact by id"]["targets"][0]["verdict"] == "reached"
    assert set(figures["growth: filtered first pages, none twice"]["measured"]) == {"1,000 facts", "1,500 facts"}
    assert "page 1" in next(each for name, each in figures.items() if name.startswith("deep paging"))["measured"]
    assert figures["memory of a worker"]["measured"]["before"] > 10
    assert figures["full-text search"]["measured"]
    assert figures["whole export"]["measured"]["sqlite3 and orjson"] == 2000


def test_memory_is_noted_again_and_again(tmp_path: Path, programs: Path) -> None:
    arguments = ["memory", "--facts", "1000", "--requests", "150000", "--releases", str(tmp_path / "releases")]
    result = CliRunner().invoke(benchmark, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    marks = re.findall(r"after ([0-9,]+) requests", result.stdout)
    assert marks == ["30,000", "60,000", "90,000", "120,000", "150,000"]  # what wrk is said to have made each time
    assert "of the first tenth's" in result.stdout


def test_a_missing_comparator_is_told_with_its_remedy(tmp_path: Path, programs: Path) -> None:
    (programs / "roapi").unlink()
    result = CliRunner().invoke(benchmark, ["serve", "--programs", str(programs)])
    assert result.exit_code == 2
    assert "has no roapi: make .venv-bench/.installed" in result.stderr


def test_without_wrk_it_ends_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    for command in ("serve", "memory"):
        result = CliRunner().invoke(benchmark, [command])
        assert result.exit_code == 2
        assert "wrk is not installed" in result.stderr


@pytest.mark.parametrize(
    ("path", "status", "body"), [("/200/3", "200 OK", b"xxx"), ("/304/0", "304 Not Modified", b"")]
)
def test_the_bare_application_answers_with_so_many_bytes(path: str, status: str, body: bytes) -> None:
    said: list[object] = []
    assert b"".join(bare({"PATH_INFO": path}, lambda *head: said.extend(head))) == body
    assert said[0] == status


def test_the_minimal_application_of_flask_answers_with_so_many_bytes() -> None:
    answer = create_flask().test_client().get("/200/5")
    assert (answer.status_code, answer.data) == (200, b"xxxxx")
