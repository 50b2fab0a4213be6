from __future__ import annotations

import hashlib

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import body
from tests.api.sample import FACTS, HARBOUR, HARBOUR_TEXT, MORE_THAN_650000, ORCHARD, VALLEY

CONTENT = HARBOUR_TEXT.encode("utf-8")
SIZE = len(CONTENT)
TEXT = f"/v1/articles/{HARBOUR.id}/text"
ETAG = f'"{HARBOUR.sha256}"'


def test_an_article_in_full(client: FlaskClient) -> None:
    assert body(client.get(f"/v1/articles/{HARBOUR.id}")) == {
        "id": HARBOUR.id,
        "file": "harbour.txt",
        "sha256": HARBOUR.sha256,
        "publisher": "Selby Gazette",
        "byline": "Nor Wick",
        "published_on": "2031-04-02",
        "url": "https://gazette.example/harbour",
        "title": "Port Selby grows",
        "facts": sum(fact.article == HARBOUR.id for fact in FACTS),
        "characters": len(HARBOUR_TEXT),
        "links": {
            "self": f"/v1/articles/{HARBOUR.id}",
            "facts": f"/v1/articles/{HARBOUR.id}/facts",
            "text": TEXT,
        },
    }


def test_an_article_without_its_text(client: FlaskClient) -> None:
    article = body(client.get(f"/v1/articles/{VALLEY.id}"))
    assert (article["facts"], article["characters"], article["publisher"]) == (1, None, None)


def test_the_text_is_the_file(client: FlaskClient) -> None:
    response = client.get(TEXT)
    assert response.data == CONTENT
    assert hashlib.sha256(response.data).hexdigest() == HARBOUR.sha256
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.headers["ETag"] == ETAG
    assert response.headers["Accept-Ranges"] == "bytes"


def test_spans_count_code_points_not_bytes_nor_utf16_units(client: FlaskClient) -> None:
    provenance = body(client.get(f"/v1/facts/{MORE_THAN_650000.id}"))["provenance"]
    start, end = provenance["start"], provenance["end"]
    content = client.get(TEXT).data
    assert content.decode("utf-8")[start:end] == "650,000"
    assert content[start:end] != b"650,000"
    assert content.decode("utf-8").encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le") != "650,000"


RANGES = {
    "bytes=0-9": (0, 10),
    "bytes=5-5": (5, 6),
    "bytes=10-": (10, SIZE),
    "bytes=-7": (SIZE - 7, SIZE),
    "bytes=0-99999": (0, SIZE),
    "bytes=-99999": (0, SIZE),
    f"bytes={SIZE - 1}-": (SIZE - 1, SIZE),
}


@pytest.mark.parametrize(("header", "span"), RANGES.items())
def test_ranges(client: FlaskClient, header: str, span: tuple[int, int]) -> None:
    start, stop = span
    response = client.get(TEXT, headers={"Range": header})
    assert response.status_code == 206
    assert response.data == CONTENT[start:stop]
    assert response.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{SIZE}"
    assert response.headers["Content-Length"] == str(stop - start)
    assert response.headers["ETag"] == ETAG


@pytest.mark.parametrize("header", ["lines=1-2", "bytes=x", "bytes=5-2", "bytes", "bytes=0-1,4-5", "bytes=-0,1-2"])
def test_a_range_header_that_is_to_be_ignored(client: FlaskClient, header: str) -> None:
    response = client.get(TEXT, headers={"Range": header})
    assert response.status_code == 200
    assert response.data == CONTENT


@pytest.mark.parametrize("header", [f"bytes={SIZE}-", f"bytes={SIZE + 5}-{SIZE + 9}", "bytes=-0", "Bytes= -00"])
def test_a_range_beyond_the_text(client: FlaskClient, header: str) -> None:
    response = client.get(TEXT, headers={"Range": header})
    assert response.status_code == 416
    assert response.headers["Content-Range"] == f"bytes */{SIZE}"
    assert response.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (ETAG, 206),
        (f"W/{ETAG}", 200),
        (ETAG.strip('"'), 200),
        ('"another"', 200),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 200),
    ],
)
def test_if_range(client: FlaskClient, condition: str, status: int) -> None:
    headers = {"Range": "bytes=0-9", "If-Range": condition}
    assert client.get(TEXT, headers=headers).status_code == status


@pytest.mark.parametrize("condition", [ETAG, f'"x", {ETAG}', f"W/{ETAG}", "*"])
@pytest.mark.parametrize("more", [{}, {"Range": "bytes=0-9"}], ids=["whole", "range"])
def test_not_modified(client: FlaskClient, condition: str, more: dict[str, str]) -> None:
    response = client.get(TEXT, headers={"If-None-Match": condition, **more})
    assert response.status_code == 304
    assert response.data == b""
    assert response.headers["ETag"] == ETAG


def test_another_version_is_sent(client: FlaskClient) -> None:
    assert client.get(TEXT, headers={"If-None-Match": '"another"'}).status_code == 200


def test_a_failed_precondition_is_a_problem(client: FlaskClient) -> None:
    response = client.get(TEXT, headers={"If-Match": '"another"'})
    assert (response.status_code, body(response)["title"]) == (412, "Precondition Failed")


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}], ids=["plain", "range is for GET alone"])
def test_head(client: FlaskClient, headers: dict[str, str]) -> None:
    response = client.head(TEXT, headers=headers)
    assert response.status_code == 200
    assert response.data == b""
    assert response.headers["Content-Length"] == str(SIZE)
    assert response.headers["ETag"] == ETAG


def test_a_text_that_is_not_held_says_what_to_put_where(client: FlaskClient) -> None:
    response = client.get(f"/v1/articles/{VALLEY.id}/text")
    assert response.status_code == 404
    assert body(response)["type"] == "urn:factline:problem:text-not-held"
    for word in ("valley.txt", VALLEY.sha256, "dataset/articles/", "FACTLINE_ARTICLES", "make data"):
        assert word in body(response)["remedy"]


@pytest.mark.parametrize("path", ["", "/facts", "/text"])
def test_an_article_that_does_not_exist(client: FlaskClient, path: str) -> None:
    response = client.get(f"/v1/articles/aaaaaaaaaaaaaaaa{path}")
    assert response.status_code == 404
    assert "aaaaaaaaaaaaaaaa" in body(response)["detail"]


def test_articles_are_listed_by_file_name(client: FlaskClient) -> None:
    page = body(client.get("/v1/articles"))
    assert [item["file"] for item in page["items"]] == ["harbour.txt", "orchard.txt", "valley.txt"]
    assert page["items"][1]["id"] == ORCHARD.id
    assert page["total"] == {"value": 3, "relation": "eq"}
