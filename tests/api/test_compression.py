from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterator

import brotli
import pytest
from backports import zstd
from flask import Flask, Response, request
from flask.testing import FlaskClient

from api.operations import register_operations
from api.settings import Settings
from tests.api.sample import HARBOUR

TEXT = f"/v1/articles/{HARBOUR.id}/text"
DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "zstd": zstd.decompress,
    "br": brotli.decompress,
    "gzip": gzip.decompress,
}
ROWS = [hashlib.sha256(str(number).encode()).hexdigest() + "\n" for number in range(50_000)]

ACCEPTED = [
    # Accept-Encoding, Content-Encoding
    ("gzip", "gzip"),
    ("br", "br"),
    ("zstd", "zstd"),
    ("gzip, deflate, br, zstd", "zstd"),
    ("gzip;q=1, br;q=0.5", "gzip"),
    ("GZIP", "gzip"),
    ("*", "zstd"),
    ("zstd;q=0, *", "br"),
    ("gzip;q=0", None),
    ("gzip;q=0, *;q=0", None),
    ("identity, gzip;q=0.5", None),
    ("deflate", None),
    ("identity", None),
    ("gzip;q=nonsense", None),
    (",;=", None),
    ("", None),
    (None, None),
]


@pytest.mark.parametrize(("accepted", "encoding"), ACCEPTED)
def test_the_encoding_is_what_the_client_likes_best(
    client: FlaskClient, accepted: str | None, encoding: str | None
) -> None:
    plain = client.get("/v1/facts")
    answer = client.get("/v1/facts", headers={} if accepted is None else {"Accept-Encoding": accepted})
    assert answer.headers.get("Content-Encoding") == encoding
    assert answer.headers["Vary"] == plain.headers["Vary"] == "Accept, Accept-Encoding"
    assert int(answer.headers["Content-Length"]) == len(answer.data)
    assert (DECODERS[encoding](answer.data) if encoding else answer.data) == plain.data
    assert encoding is None or len(answer.data) < len(plain.data) / 2


@pytest.mark.parametrize("encoding", DECODERS)
def test_head_tells_of_the_compressed_answer(client: FlaskClient, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding, "X-Request-ID": "same"}
    get, head = client.get("/v1/facts", headers=headers), client.head("/v1/facts", headers=headers)
    assert head.headers == get.headers
    assert head.data == b""


def test_what_is_small_or_an_error_stays_as_it_is(client: FlaskClient) -> None:
    for path, status in (("/healthz", 200), ("/v1/facts?units=1", 400), ("/nope", 404)):
        answer = client.get(path, headers={"Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.headers.get("Content-Encoding")) == (status, None)


def test_the_text_of_an_article_keeps_its_bytes_its_etag_and_its_ranges(client: FlaskClient) -> None:
    accepting = {"Accept-Encoding": "gzip, br, zstd"}
    whole = client.get(TEXT, headers=accepting)
    assert whole.headers.get("Content-Encoding") is None
    assert whole.headers["ETag"] == f'"{HARBOUR.sha256}"'
    part = client.get(TEXT, headers={**accepting, "Range": "bytes=5-20"})
    assert (part.status_code, part.data) == (206, whole.data[5:21])
    assert part.headers.get("Content-Encoding") is None
    again = client.get(TEXT, headers={**accepting, "If-None-Match": f'"{HARBOUR.sha256}"'})
    assert (again.status_code, again.headers["ETag"]) == (304, f'"{HARBOUR.sha256}"')
    assert {answer.headers.get("Vary") for answer in (whole, part, again)} == {None}


@pytest.fixture
def toy() -> FlaskClient:
    app = Flask(__name__)
    register_operations(app, Settings(access_log="off"))
    taken: list[str] = app.extensions.setdefault("taken", [])

    def stream() -> Iterator[str]:
        for row in ROWS:
            taken.append(row)
            yield row

    def known() -> Response:
        response = Response("{}" * 500, mimetype="application/json", headers={"Vary": "Accept"})
        response.set_etag(request.args.get("etag", "one"), weak="strong" not in request.args)
        if response.get_etag()[0] in request.if_none_match.as_set(include_weak=True):
            return Response(status=304, headers={"ETag": response.headers["ETag"], "Vary": "Accept"})
        return response

    app.add_url_rule("/stream", "stream", lambda: Response(stream(), mimetype="text/csv"))
    app.add_url_rule("/known", "known", known)
    return app.test_client()


@pytest.mark.parametrize("encoding", DECODERS)
def test_a_streamed_answer_is_compressed_as_it_streams(toy: FlaskClient, encoding: str) -> None:
    with toy.get("/stream", headers={"Accept-Encoding": encoding}) as answer:
        taken = toy.application.extensions["taken"]
        assert 0 < len(taken) < len(ROWS)
        assert "Content-Length" not in answer.headers
        assert answer.headers["Content-Encoding"] == encoding
        assert DECODERS[encoding](answer.data) == "".join(ROWS).encode()


def test_a_streamed_answer_stays_streamed_without_compression(toy: FlaskClient) -> None:
    with toy.get("/stream") as answer:
        assert len(toy.application.extensions["taken"]) == 1
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.data == "".join(ROWS).encode()


@pytest.mark.parametrize("encoding", ["", *DECODERS])
def test_a_weak_etag_is_the_same_in_all_encodings(toy: FlaskClient, encoding: str) -> None:
    accepting = {"Accept-Encoding": encoding}
    first = toy.get("/known", headers=accepting)
    assert first.headers["ETag"] == 'W/"one"'
    assert first.headers.get("Content-Encoding", "") == encoding
    again = toy.get("/known", headers={**accepting, "If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == 'W/"one"'
    assert {first.headers["Vary"], again.headers["Vary"]} == {"Accept, Accept-Encoding"}


def test_a_strong_etag_differs_by_encoding(toy: FlaskClient) -> None:
    etags = [
        toy.get("/known?strong=1", headers={"Accept-Encoding": each}).headers["ETag"] for each in ("", "gzip", "br")
    ]
    assert etags == ['"one"', '"one:gzip"', '"one:br"']
