from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, Response
from flask.testing import FlaskClient

from api.access_log import format_line
from api.exchange import Exchange, read_exchange
from api.operations import register_operations
from api.settings import Settings
from tests.api.conftest import Serve, body
from tests.api.sample import HARBOUR


def read_log(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_a_request_is_one_line(client: FlaskClient, capsys: pytest.CaptureFixture[str]) -> None:
    headers = {"User-Agent": "probe/1", "X-Request-ID": "Probe_1.a-b"}
    answer = client.get("/v1/facts?limit=1&q=650,000", headers=headers, buffered=True)
    (line,) = read_log(capsys)
    assert datetime.fromisoformat(line.pop("time")).tzinfo is not None
    assert 0 < line.pop("duration_ms") < 60_000
    assert line == {
        "request_id": "Probe_1.a-b",
        "method": "GET",
        "path": "/v1/facts",
        "query": "limit=1&q=650,000",
        "status": 200,
        "bytes": len(answer.data),
        "remote": "127.0.0.1",
        "user_agent": "probe/1",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nope", 404),
        ("POST", "/v1/facts", 405),
        ("GET", "/v1/facts?limit=0", 400),
        ("OPTIONS", "/v1/facts", 204),
        ("HEAD", "/v1/facts", 200),
        ("GET", "/docs/swagger-ui.css", 200),
    ],
)
def test_every_request_is_logged_once(
    client: FlaskClient, capsys: pytest.CaptureFixture[str], method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method, buffered=True)
    logged = [(line["status"], line["bytes"], line["request_id"]) for line in read_log(capsys)]
    assert logged == [(status, len(answer.data), answer.headers["X-Request-ID"])]


def test_an_unforeseen_error_is_logged_too(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("api.resources.facts.find_position", None)
    answer = client.get("/v1/facts/aaaaaaaaaaaaaaaa", buffered=True)
    (line,) = read_log(capsys)
    assert (line["status"], line["request_id"]) == (500, answer.headers["X-Request-ID"])


def test_a_streamed_answer_is_logged_when_it_is_closed(capsys: pytest.CaptureFixture[str]) -> None:
    app = Flask(__name__)
    register_operations(app, Settings())
    app.add_url_rule("/stream", "stream", lambda: Response(f"row {n}\n" for n in range(3)))
    answer = app.test_client().get("/stream")
    assert read_log(capsys) == []
    assert answer.data == b"row 0\nrow 1\nrow 2\n"
    answer.close()
    assert [line["bytes"] for line in read_log(capsys)] == [18]


def test_it_can_be_switched_off(database: Path, serve: Serve, capsys: pytest.CaptureFixture[str]) -> None:
    serve(database, Settings(access_log="off")).get("/healthz", buffered=True)
    assert capsys.readouterr().out == ""


def test_a_closed_output_is_no_reason_to_fail(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/full").open("w", encoding="ascii") as full, monkeypatch.context() as patch:
        patch.setattr("sys.stdout", full)
        assert client.get("/healthz", buffered=True).status_code == 200
        patch.undo()
        with pytest.raises(OSError, match="No space"):
            full.close()


@pytest.mark.parametrize("text", ["a\nb", "\x00\x1b[31m\x7f\x85", '"}\n{"status":200', "\u2028\ud800", "a" * 9000])
def test_nothing_a_client_sends_breaks_a_line(text: str) -> None:
    line = format_line(Exchange(method=text, path=text, query=text, user_agent=text, remote=text), 0.001)
    assert line.endswith("}\n")
    assert line[:-1].isprintable()
    assert line.isascii()
    assert json.loads(line)["path"] == (text if len(text) <= 1000 else text[:1000] + "…")


@pytest.mark.parametrize("character", ["a", '"', "\x01", "é", "🙂", "\x7f"])
def test_a_line_fits_into_a_pipe_in_one_piece(character: str) -> None:
    text = character * 8000
    exchange = Exchange(request_id="r" * 128, method="M" * 20, path=text, query=text, user_agent=text, remote="1" * 45)
    line = format_line(exchange, 9999.999)
    assert len(line) <= 4096
    path = json.loads(line)["path"].removesuffix("…")
    assert len(path) >= 1000 // 12
    assert text.startswith(path)


def test_a_path_is_read_as_it_was_meant() -> None:
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "/base",
        "PATH_INFO": "/caf\xc3\xa9\xff",
        "QUERY_STRING": "a=%C3",
    }
    exchange = read_exchange(environ)
    assert (exchange.path, exchange.query, exchange.user_agent) == ("/base/café\ufffd", "a=%C3", None)


@pytest.mark.parametrize("sent", ["abc", "A-1_2.z", "x" * 128])
def test_a_request_id_is_kept(client: FlaskClient, sent: str) -> None:
    for path in ("/healthz", "/nope", f"/v1/articles/{HARBOUR.id}/text"):
        assert client.get(path, headers={"X-Request-ID": sent}).headers.getlist("X-Request-ID") == [sent]


@pytest.mark.parametrize("sent", [None, "", "a b", "x" * 129, "é", "a,b", 'a"b', "a\tb"])
def test_a_request_id_is_made_where_none_can_be_kept(client: FlaskClient, sent: str | None) -> None:
    headers = {} if sent is None else {"X-Request-ID": sent}
    made = {client.get("/healthz", headers=headers).headers["X-Request-ID"] for _ in range(3)}
    assert len(made - {sent}) == 3
    assert {len(each) for each in made} == {32}


@pytest.mark.parametrize(("proxies", "remote"), [(0, "127.0.0.1"), (1, "203.0.113.9"), (2, "198.51.100.7")])
def test_addresses_come_from_the_proxies_that_are_believed(
    database: Path, serve: Serve, capsys: pytest.CaptureFixture[str], proxies: int, remote: str
) -> None:
    headers = {"X-Forwarded-For": "198.51.100.7, 203.0.113.9"}
    answer = serve(database, Settings(proxies=proxies)).get("/healthz", headers=headers, buffered=True)
    assert body(answer) == {"status": "ok"}
    assert [line["remote"] for line in read_log(capsys)] == [remote]
