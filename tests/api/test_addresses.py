"""Hosts that are none, and paths in another spelling, to the application and over the wire."""

from __future__ import annotations

import http.client
import json
import socket
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import body
from tests.api.sample import HARBOUR, MORE_THAN_650000
from tests.serving import PATIENCE, find_free_port, run_gunicorn, wait_until_it_answers

FACT = f"/v1/facts/{MORE_THAN_650000.id}"
HOSTS = ["localhost", "a.example:8000", "192.0.2.1", "[2001:db8::1]:80", "[::1]", "some_name", "xn--bcher-kva.example"]
NO_HOSTS = [
    "",
    '"><script>',
    "a<b",
    'a"b',
    "a b",
    "a/b",
    "a@b",
    "a,b",
    "a:port",
    "a:80:80",
    "a:123456",
    "[::1",
    "::1",
    "b\u00fccher",
    "a\\b",
    "a?b#c",
    ":80",
]
RESPELLED = [
    f"{FACT}%2Fverification",
    f"{FACT}%2fverification",
    f"/v1%2Ffacts/{MORE_THAN_650000.id}",
    f"/v1/articles/{HARBOUR.id}%2Ftext",
    "/v1/facts%2F",
    "//v1/facts",
    "///v1/facts",
    "/v1//facts",
    "/v1/facts//",
    f"/v1/facts//{MORE_THAN_650000.id}",
    "//",
    "//docs//index.css",
]


@pytest.mark.parametrize("host", HOSTS)
def test_linked_data_is_about_the_host_that_is_asked(client: FlaskClient, host: str) -> None:
    answer = client.get(FACT, headers={"Accept": "application/ld+json", "Host": host})
    assert answer.status_code == 200
    assert body(answer)["@graph"][0]["@id"] == f"http://{host}{FACT}"


@pytest.mark.parametrize("path", [FACT, "/healthz", "/nope", "/docs/"])
@pytest.mark.parametrize("host", NO_HOSTS)
def test_a_host_that_is_none(client: FlaskClient, host: str, path: str) -> None:
    answer = client.get(path, environ_overrides={"HTTP_HOST": host})
    assert (answer.status_code, answer.headers["Content-Type"]) == (400, "application/problem+json")
    assert "Host header" in body(answer)["detail"]
    assert "script" not in answer.text


@pytest.mark.parametrize(("protocol", "status"), [("HTTP/1.1", 400), ("HTTP/1.0", 200)])
def test_http_1_1_asks_for_a_host_even_where_the_answer_is_kept(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, protocol: str, status: int
) -> None:
    def drop_host(environ: dict[str, object]) -> dict[str, object]:
        return {name: value for name, value in environ.items() if name != "HTTP_HOST"}

    wrapped = client.application.wsgi_app
    monkeypatch.setattr(client.application, "wsgi_app", lambda environ, start: wrapped(drop_host(environ), start))
    for _ in range(2):
        client.get(FACT, environ_overrides={"SERVER_PROTOCOL": "HTTP/1.0"})
        assert client.get(FACT, environ_overrides={"SERVER_PROTOCOL": protocol}).status_code == status


@pytest.mark.parametrize("path", RESPELLED)
def test_each_thing_has_one_path(client: FlaskClient, path: str) -> None:
    for plain in (FACT, f"{FACT}/verification", "/v1/facts"):
        assert client.get(plain).status_code == 200  # and is kept
    environment = {"RAW_URI": path, "PATH_INFO": path.replace("%2F", "/").replace("%2f", "/")}
    answer = client.get("/", environ_overrides=environment)
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_a_path_goes_on_behind_the_prefix_with_a_slash(client: FlaskClient) -> None:
    for path, status in (("/healthz", 200), ("healthz", 404), ("", 308)):
        assert client.get("/", environ_overrides={"SCRIPT_NAME": "/facts-api", "PATH_INFO": path}).status_code == status


def test_slashes_in_the_query_are_data(client: FlaskClient) -> None:
    assert client.get("/v1/facts?publisher=a%2Fb//c").status_code == 200


def _ask(port: int, head: str) -> tuple[int, str, int]:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as client:
        client.sendall(f"{head}\r\nConnection: close\r\n\r\n".encode("latin-1"))
        response = http.client.HTTPResponse(client)
        response.begin()
        return response.status, response.headers["Content-Type"], json.loads(response.read()).get("status", 0)


def test_over_the_wire(database: Path) -> None:
    port = find_free_port()
    with run_gunicorn(FACTLINE_DB=str(database), HOST="127.0.0.1", PORT=str(port), FACTLINE_WORKERS="1") as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        good = "\r\nHost: a.example"
        for _ in range(2):
            assert _ask(port, f"GET {FACT} HTTP/1.1{good}") == (200, "application/json", 0)
            assert _ask(port, f"GET {FACT} HTTP/1.0") == (200, "application/json", 0)
            assert _ask(port, f"GET http://a.example{FACT} HTTP/1.1{good}") == (200, "application/json", 0)
            for path in RESPELLED:
                assert _ask(port, f"GET {path} HTTP/1.1{good}") == (404, "application/problem+json", 404), path
            for rest in ("", "\r\nHost:", "\r\nHost: a<b>", '\r\nHost: a"b', "\r\nHost: a\r\nHost: b"):
                assert _ask(port, f"GET {FACT} HTTP/1.1{rest}") == (400, "application/problem+json", 400), rest


def test_over_the_wire_below_a_prefix(database: Path) -> None:
    port = find_free_port()
    settings = {"FACTLINE_DB": str(database), "HOST": "127.0.0.1", "PORT": str(port), "FACTLINE_WORKERS": "1"}
    with run_gunicorn(SCRIPT_NAME="/facts-api", **settings) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}/facts-api", process)
        for path, status in {
            f"/facts-api{FACT}": 200,
            f"/facts-api/{FACT}": 404,
            f"/facts-api%2F{FACT}": 404,
            "/facts-apihealthz": 404,
            "/healthz": 404,
        }.items():
            assert _ask(port, f"GET {path} HTTP/1.1\r\nHost: a.example")[0] == status, path
