from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.settings import Settings
from tests.api.conftest import Serve, body
from tests.api.sample import FACTS, HARBOUR, MORE_THAN_650000, build_sample
from tests.api.test_access_log import read_log
from tests.api.test_metrics import read_counts

URL = "/v1/facts?kind=quantity&limit=3"
KEPT = (
    URL,
    f"/v1/facts/{MORE_THAN_650000.id}",
    "/v1/articles",
    "/v1/metrics/killed",
    "/v1/claimants?limit=1",
    "/v1/facets?by=kind",
    "/v1/comparisons",
    "/v1/dataset",
)
NOT_KEPT = (  # streams, files, errors, and what is read from no release
    "/v1/facts.csv",
    "/v1/facts.jsonl",
    "/v1/dataset/facts.db",
    "/v1/facts?limit=0",
    "/v1/facts/aaaaaaaaaaaaaaaa",
    "/v1/nope",
    "/healthz",
    "/readyz",
    "/metrics",
    "/openapi.json",
    "/",
)


class Asked:
    """Counts how often the application itself is asked: it looks at a request before it answers."""

    def __init__(self, client: FlaskClient) -> None:
        self.times = 0
        client.application.before_request(self._note)

    def _note(self) -> None:
        self.times += 1


@pytest.fixture
def client(own_client: FlaskClient) -> FlaskClient:
    return own_client


@pytest.fixture
def asked(client: FlaskClient) -> Asked:
    return Asked(client)


def _fail(*_: object) -> NoReturn:
    raise AssertionError("the application is asked")


def _said(answer: TestResponse) -> list[tuple[str, str]]:
    """The headers, save what differs with every request."""
    return sorted(header for header in answer.headers if header[0] != "X-Request-ID")


@pytest.mark.parametrize("url", KEPT)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_the_same_question_does_not_reach_the_application(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, url: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get(url, headers=headers)
    assert first.status_code == 200
    monkeypatch.setattr(client.application, "full_dispatch_request", _fail)
    again = client.get(url, headers=headers)
    assert (again.status, again.data) == (first.status, first.data)
    assert _said(again) == _said(first)
    assert again.headers["X-Request-ID"] != first.headers["X-Request-ID"]


@pytest.mark.parametrize("url", KEPT)
def test_it_is_told_that_nothing_has_changed_without_the_application(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, url: str
) -> None:
    known = {"If-None-Match": client.head(url).headers["ETag"]}
    from_application = client.get(url, headers=known)
    whole = client.get(url)
    monkeypatch.setattr(client.application, "full_dispatch_request", _fail)
    kept = client.get(url, headers=known)
    assert (kept.status, kept.data) == (from_application.status, b"")
    assert kept.status_code == 304
    for name in ("ETag", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert kept.headers.get(name) == whole.headers.get(name), name
    assert "Content-Length" not in kept.headers
    assert "Content-Type" not in kept.headers


@pytest.mark.parametrize(
    ("method", "url", "headers"),
    [
        ("HEAD", URL, {}),
        ("OPTIONS", URL, {}),
        ("POST", URL, {}),
        ("GET", URL, {"Range": "bytes=0-9"}),
        ("GET", URL, {"If-Range": '"x"'}),
        ("GET", URL, {"If-Match": "*"}),
        ("GET", URL, {"If-Modified-Since": "Tue, 01 Apr 2031 00:00:00 GMT"}),
        ("GET", URL, {"If-Unmodified-Since": "Tue, 01 Apr 2031 00:00:00 GMT"}),
        ("GET", URL, {"If-None-Match": "*"}),
        ("GET", URL, {"If-None-Match": 'W/"other"'}),
        ("GET", URL, {"Accept": "application/json"}),
        ("GET", URL, {"Accept": "text/csv"}),
        ("GET", URL, {"Accept-Encoding": "gzip"}),
        ("GET", URL, {"Host": "other.example"}),
        ("GET", f"{URL}&", {}),
        ("GET", URL.replace("=3", "=2"), {}),
    ],
)
def test_another_question_reaches_the_application(
    client: FlaskClient, asked: Asked, method: str, url: str, headers: dict[str, str]
) -> None:
    client.get(URL)
    client.get(URL)
    assert asked.times == 1
    client.open(url, method=method, headers=headers)
    assert asked.times == 2


def test_what_a_client_accepts_has_an_answer_of_its_own(client: FlaskClient) -> None:
    url = f"/v1/facts/{MORE_THAN_650000.id}"
    types = ("application/json", "application/ld+json", "application/json")
    for _ in range(2):
        answered = [client.get(url, headers={"Accept": each}).headers["Content-Type"] for each in types]
        assert answered == list(types)
    assert client.get(url, headers={"Accept": "text/csv"}).status_code == 406


def test_a_host_has_answers_of_its_own(client: FlaskClient, asked: Asked) -> None:
    hosts = ("one.example", "two.example")
    for _ in range(2):
        assert [client.get(URL, headers={"Host": host}).status_code for host in hosts] == [200, 200]
    assert asked.times == 2


@pytest.mark.parametrize("url", NOT_KEPT)
def test_what_is_not_kept(client: FlaskClient, asked: Asked, url: str) -> None:
    for times in (1, 2):
        client.get(url, buffered=True)
        assert asked.times == times


def test_a_text_in_parts_comes_from_the_application(client: FlaskClient) -> None:
    url = f"/v1/articles/{HARBOUR.id}/text"
    for _ in range(2):
        with client.get(url) as whole, client.get(url, headers={"Range": "bytes=5-9"}) as part:
            assert (whole.status_code, part.status_code) == (200, 206)
            assert part.data == whole.data[5:10]


def test_an_answer_of_some_size_is_not_kept(client: FlaskClient, asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    size = len(client.get(URL).data)
    other = "/v1/facts?kind=quantity&limit=3&sort=position"
    monkeypatch.setattr("api.kept_answers._LARGEST", size - 1)
    for _ in range(2):
        client.get(other)
    assert asked.times == 3
    monkeypatch.setattr("api.kept_answers._LARGEST", size + 1000)
    for _ in range(2):
        client.get(other)
    assert asked.times == 4


@pytest.mark.parametrize(
    ("sent", "status"), [({"CONTENT_LENGTH": "20000"}, 413), ({"HTTP_TRANSFER_ENCODING": "chunked"}, 411)]
)
def test_a_body_is_refused_as_ever(client: FlaskClient, sent: dict[str, str], status: int) -> None:
    assert client.get(URL, environ_overrides=sent).status_code == status
    assert client.get(URL).status_code == 200
    assert client.get(URL, environ_overrides=sent).status_code == status


def test_a_new_release_drops_them(serve: Serve, tmp_path: Path) -> None:
    client = serve(build_sample(tmp_path / "facts.db"))
    asked = Asked(client)
    first = [client.get("/v1/facts?limit=500") for _ in range(2)]
    assert asked.times == 1
    build_sample(tmp_path / "facts.db", FACTS[:-1])
    after = [client.get("/v1/facts?limit=500") for _ in range(2)]
    assert asked.times == 2
    assert [len(body(each)["items"]) for each in (*first, *after)] == [12, 12, 11, 11]
    assert after[0].headers["ETag"] == after[1].headers["ETag"] != first[0].headers["ETag"]
    known = {"If-None-Match": first[0].headers["ETag"]}
    assert client.get("/v1/facts?limit=500", headers=known).status_code == 200
    assert body(after[1])["release"] != body(first[1])["release"]


def test_without_the_database_nothing_is_answered(serve: Serve, tmp_path: Path) -> None:
    path = build_sample(tmp_path / "facts.db")
    client = serve(path)
    assert [client.get(URL).status_code for _ in range(2)] == [200, 200]
    path.rename(tmp_path / "away.db")
    assert [client.get(URL).status_code for _ in range(2)] == [503, 503]
    (tmp_path / "away.db").rename(path)
    assert client.get(URL).status_code == 200


def test_with_a_limit_nothing_is_kept(database: Path, serve: Serve) -> None:
    client = serve(database, Settings(rate_limit="3/minute"))
    asked = Asked(client)
    answers = [client.get(URL) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert [answer.headers["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    assert asked.times == 3


def test_kept_answers_are_counted_by_their_route(client: FlaskClient, asked: Asked) -> None:
    url = f"/v1/facts/{MORE_THAN_650000.id}"
    etag = client.get(url, buffered=True).headers["ETag"]
    client.get(url, buffered=True)
    for _ in range(2):
        client.get(url, headers={"If-None-Match": etag}, buffered=True)
    assert asked.times == 2
    text = client.get("/metrics").text
    route = "/v1/facts/<identifier:fact_id>"
    assert read_counts(text) == {("GET", route, "200"): 2, ("GET", route, "304"): 2}
    assert f'factline_request_duration_seconds_count{{route="{route}"}} 4.0' in text


def test_kept_answers_are_logged(client: FlaskClient, asked: Asked, capsys: pytest.CaptureFixture[str]) -> None:
    whole = client.get(URL, buffered=True)
    known = {"If-None-Match": whole.headers["ETag"], "X-Request-ID": "mine"}
    client.get(URL, headers={"User-Agent": "probe/1"}, buffered=True)
    for _ in range(2):
        client.get(URL, headers=known, buffered=True)
    assert asked.times == 2
    path, _, query = URL.partition("?")
    lines = read_log(capsys)
    assert [(line["method"], line["path"], line["query"]) for line in lines] == [("GET", path, query)] * 4
    assert [(line["status"], line["bytes"]) for line in lines] == [
        (200, len(whole.data)),
        (200, len(whole.data)),
        (304, 0),
        (304, 0),
    ]
    assert lines[1]["user_agent"] == "probe/1"
    assert lines[3]["request_id"] == "mine"


def test_each_application_keeps_its_own(database: Path, serve: Serve) -> None:
    clients = [serve(database), serve(database)]
    asked = [Asked(client) for client in clients]
    assert [client.get(URL).status_code for client in clients] == [200, 200]
    assert [each.times for each in asked] == [1, 1]
