from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import NoReturn

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.conftest import Serve, body
from tests.api.sample import FACTS, HARBOUR, MORE_THAN_650000, build_sample

READING = (  # every operation that reads the release
    "/v1/facts",
    "/v1/facts?kind=event&sort=-value,unit&limit=3&fields=id",
    f"/v1/facts/{MORE_THAN_650000.id}",
    f"/v1/facts/{MORE_THAN_650000.id}/verification",
    "/v1/articles",
    f"/v1/articles/{HARBOUR.id}",
    f"/v1/articles/{HARBOUR.id}/facts",
    "/v1/metrics",
    "/v1/metrics/killed",
    "/v1/metrics/killed/series",
    "/v1/claimants",
    "/v1/claimants/ada-quill",
    "/v1/facets?by=kind",
    "/v1/aggregates?by=unit",
    "/v1/comparisons",
    "/v1/dataset",
    "/v1/facts.csv",
    "/v1/facts.jsonl",
    "/v1/facts.csv-metadata.json",
)
FILES = (f"/v1/articles/{HARBOUR.id}/text", "/v1/facts.parquet", "/v1/dataset/facts.db")
FOR_EVER, ASK_AGAIN = "public, max-age=31536000, immutable", "public, no-cache"


def _pin(url: str, release: str) -> str:
    return f"{url}{'&' if '?' in url else '?'}release={release}"


@pytest.fixture
def release(client: FlaskClient) -> str:
    return str(body(client.get("/readyz"))["release"])


@pytest.mark.parametrize("url", READING + FILES)
def test_an_answer_that_names_its_release_in_full_may_be_kept_for_ever(
    client: FlaskClient, release: str, url: str
) -> None:
    with client.get(url) as plain:
        assert plain.headers["Cache-Control"] == ASK_AGAIN
    for pin, caching in (
        (release, FOR_EVER),
        (release[:12], ASK_AGAIN),
        (release[:40], ASK_AGAIN),
        (release[:63], ASK_AGAIN),
    ):
        with client.get(_pin(url, pin)) as pinned:
            assert pinned.status_code == 200
            assert pinned.headers["Cache-Control"] == caching, pin


@pytest.mark.parametrize("url", READING + FILES)
def test_another_release_is_not_served(client: FlaskClient, release: str, url: str) -> None:
    other = "0" if release[63] != "0" else "1"
    for wrong in (
        "0" * 12,
        release[1:13],
        release[:63] + other,
        release[:63] + other + release[64:],
        release[:64],  # the same facts without any texts
        release[:64] + "-" + "0" * 12,  # with others
        release[:12] + release[64:],
        release[:63] + release[64:],
    ):
        response = client.get(_pin(url, wrong))
        assert response.status_code == 404
        assert body(response)["type"] == "urn:factline:problem:release-not-served"
        assert body(response)["parameter"] == "release"
        assert release in body(response)["detail"]
        assert "immutable" not in response.headers["Cache-Control"]


FORMS = ["0" * 11, "0" * 65, "A" * 12, "g" * 12, "%20" + "0" * 12, "0" * 12 + "%0A", ""]
FORMS += ["0" * 64 + suffix for suffix in ("-", "-" + "0" * 11, "-" + "0" * 13, "-" + "A" * 12, "-" + "0" * 12 + "%0A")]
FORMS += ["-" + "0" * 12, "0" * 11 + "-" + "0" * 12, "0" * 12 + "--" + "0" * 12]


@pytest.mark.parametrize("form", FORMS)
def test_a_release_of_another_form_is_no_release(client: FlaskClient, form: str) -> None:
    response = client.get(f"/v1/facts?release={form}")
    assert (response.status_code, body(response)["parameter"]) == (400, "release")


def test_the_next_page_stays_with_the_release(serve: Serve, tmp_path: Path) -> None:
    client = serve(build_sample(tmp_path / "facts.db"))
    release = body(client.get("/readyz"))["release"]
    pages = {}
    for pin, caching in ((release, FOR_EVER), (release[:12], ASK_AGAIN)):
        pages[pin] = body(client.get(f"/v1/facts?limit=2&release={pin}"))["next"]
        assert f"release={pin}&" in f"{pages[pin]}&"
        assert client.get(pages[pin]).headers["Cache-Control"] == caching
    build_sample(tmp_path / "facts.db", FACTS[:-1])
    assert [client.get(page).status_code for page in pages.values()] == [404, 404]


def _fail(*_: object) -> NoReturn:
    raise AssertionError("a query runs")


@pytest.mark.parametrize("pinned", [False, True])
@pytest.mark.parametrize("url", READING)
def test_what_the_client_has_is_not_read_again(
    own_client: FlaskClient, monkeypatch: pytest.MonkeyPatch, release: str, url: str, pinned: bool
) -> None:
    client, url = own_client, _pin(url, release) if pinned else url
    whole = client.get(url)
    etag = whole.headers["ETag"]
    assert etag.startswith('W/"')
    for name in ("find_rows", "iterate_rows", "find_row", "get_connection"):
        for module in (
            "database",
            "index",
            "selection",
            "queries",
            "vocabulary",
            "statistics",
            "exports",
            "highlights",
        ):
            monkeypatch.setattr(f"api.{module}.{name}", _fail, raising=False)
    for known in (etag, etag.removeprefix("W/"), f'"x", {etag}', f'"x",{etag},W/"y"'):
        response = client.get(url, headers={"If-None-Match": known})
        assert (response.status_code, response.data) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == whole.headers["Cache-Control"]
        assert response.headers.get("Vary") == whole.headers.get("Vary")
        assert client.head(url, headers={"If-None-Match": known}).status_code == 304


MALFORMED = ["", "x", '"', '""', "W/", 'W/"', '"x', "*,", '"*"', "\xff", '"a" "b"', ",,,", "0" * 3000, 'w/"x"', "\t"]


@pytest.mark.parametrize("header", MALFORMED)
@pytest.mark.parametrize("url", ["/v1/facts", "/v1/facts.jsonl", *FILES])
def test_a_header_that_names_no_answer_of_ours_is_answered_in_full(client: FlaskClient, url: str, header: str) -> None:
    assert client.get(url, headers={"If-None-Match": header}).status_code == 200


@pytest.mark.parametrize("url", READING + FILES)
def test_an_asterisk_is_any_answer_that_there_is(client: FlaskClient, url: str) -> None:
    with client.get(url) as whole:
        told = {name: whole.headers.get(name) for name in ("ETag", "Cache-Control", "Vary", "Link")}
    for method in ("GET", "HEAD"):
        for more in ({}, {"Range": "bytes=0-3"}):  # RFC 9110 section 13.2.2: the range comes last
            with client.open(url, method=method, headers={"If-None-Match": "*", **more}) as response:
                assert (response.status_code, response.data) == (304, b"")
                assert {name: response.headers.get(name) for name in told} == told
                assert {"Content-Type", "Content-Length"}.isdisjoint(response.headers.keys())
    with client.get(url) as whole:
        assert whole.status_code == 200


NOTHING = {"/v1/facts/aaaaaaaaaaaaaaaa": 404, "/v1/claimants/nobody": 404, "/v1/facts?limit=0": 400, "/v1/nope": 404}


@pytest.mark.parametrize(("url", "status"), NOTHING.items())
def test_an_asterisk_does_not_spare_the_look_whether_there_is_something(
    client: FlaskClient, url: str, status: int
) -> None:
    response = client.get(url, headers={"If-None-Match": "*"})
    assert (response.status_code, response.headers["Content-Type"]) == (status, "application/problem+json")
    assert client.post("/v1/facts", headers={"If-None-Match": "*"}).status_code == 405


def _tag(response: TestResponse) -> str:
    return response.headers["ETag"]


def test_each_answer_has_an_etag_of_its_own(client: FlaskClient) -> None:
    tags = [_tag(client.get(url)) for url in READING + FILES]
    tags += [_tag(client.get(url)) for url in ("/v1/facts?limit=1", "/v1/facts?limit=2", "/v1/facts?q=foxes")]
    tags.append(_tag(client.get(READING[2], headers={"Accept": "application/ld+json"})))
    assert len(set(tags)) == len(tags)
    assert tags == [_tag(client.get(url)) for url in READING + FILES] + tags[len(READING + FILES) :]


def test_another_release_has_other_etags(serve: Serve, tmp_path: Path) -> None:
    client = serve(build_sample(tmp_path / "facts.db"))
    before = _tag(client.get("/v1/facts"))
    build_sample(tmp_path / "facts.db", FACTS[:-1])
    response = client.get("/v1/facts", headers={"If-None-Match": before})
    assert response.status_code == 200
    assert _tag(response) != before


@pytest.mark.parametrize("url", [*READING, *FILES, "/v1/facts?limit=0", "/v1/facts/aaaaaaaaaaaaaaaa", "/v1/facts?q=*"])
def test_head_has_the_headers_of_get(client: FlaskClient, url: str) -> None:
    head, get = client.head(url), client.get(url)
    assert head.data == b""
    assert head.status_code == get.status_code
    varying = {"X-Request-ID", "Date"}
    assert {k: v for k, v in head.headers if k not in varying} == {k: v for k, v in get.headers if k not in varying}


@pytest.mark.parametrize("url", FILES)
def test_a_part_of_a_file_may_be_kept_as_long_as_the_whole(client: FlaskClient, release: str, url: str) -> None:
    for address in (url, _pin(url, release)):
        whole, part = client.get(address), client.get(address, headers={"Range": "bytes=0-3"})
        assert (part.status_code, part.data) == (206, whole.data[:4])
        for name in ("Cache-Control", "ETag", "Vary"):  # RFC 9110 section 15.3.7
            assert part.headers.get(name) == whole.headers.get(name)


def test_a_file_that_is_known_leaves_nothing_open(client: FlaskClient) -> None:
    etag = client.get(FILES[2]).headers["ETag"]
    before = len(list(Path("/proc/self/fd").iterdir()))
    for headers, status in (
        ({"If-None-Match": etag}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-Match": '"x"'}, 412),
        ({"Range": "bytes=99999999999-"}, 416),
    ):
        for _ in range(3):
            with client.get(FILES[2], headers=headers) as response:
                assert response.status_code == status
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_the_prepared_links_start_where_the_service_is_mounted(client: FlaskClient) -> None:
    mounted = {"SCRIPT_NAME": "/news"}
    plain, below = client.get("/v1/facts"), client.get("/v1/facts", environ_overrides=mounted)
    assert below.text.replace("/news/v1/", "/v1/") == plain.text
    for fact in body(below)["items"]:
        assert all(link.startswith("/news/v1/") for link in fact["provenance"]["links"].values())
    for url in (f"/v1/facts/{FACTS[0].id}", "/v1/facts.jsonl", "/v1/facts?include=selectors&limit=2"):
        assert "/news/v1/facts/" in client.get(url, environ_overrides=mounted).text
        assert '"/v1/' not in client.get(url, environ_overrides=mounted).text
    claimed = body(client.get("/v1/claimants", environ_overrides=mounted))["items"]
    assert all(item["links"]["facts"].startswith("/news/v1/facts?") for item in claimed)


def test_the_database_is_the_file(client: FlaskClient, database: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(client.get(FILES[2]).data)
    assert copy.read_bytes() == database.read_bytes()
    connection = sqlite3.connect(copy)
    assert connection.execute("SELECT id FROM facts ORDER BY position").fetchall() == [(fact.id,) for fact in FACTS]
    connection.close()


def test_absolute_addresses_are_of_the_scheme_that_is_asked(client: FlaskClient) -> None:
    url, headers = f"/v1/facts/{MORE_THAN_650000.id}", {"Accept": "application/ld+json"}
    for scheme in ("http", "https", "http"):
        text = client.get(url, headers=headers, base_url=f"{scheme}://facts.example").text
        assert f"{scheme}://facts.example/v1/" in text
        assert f"{'https' if scheme == 'http' else 'http'}://facts.example/v1/" not in text
