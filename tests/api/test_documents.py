"""How the document and its page are served: below a prefix, once, and small."""

from __future__ import annotations

import gzip
import re
from urllib.parse import urljoin, urlsplit

import pytest
from flask.testing import FlaskClient

from api.documentation import SPEC_PATH, TWIN_PATH
from tests.api.conftest import body

PREFIX = "/facts-api"


def test_the_page_tells_nothing_of_the_host(client: FlaskClient) -> None:
    assert client.get("/docs/", headers={"Host": "a.example"}).data == client.get("/docs/").data


def test_below_a_prefix_everything_stays_below_it(client: FlaskClient) -> None:
    below = {"SCRIPT_NAME": PREFIX}
    assert urlsplit(client.get("/docs", environ_overrides=below).headers["Location"]).path == f"{PREFIX}/docs/"
    page = client.get("/docs/", environ_overrides=below).text
    found = re.findall(r'(?:src|href)="([^"]+)"', page) + re.findall(r'"url": "([^"]+)"', page)
    assert all(urljoin(f"{PREFIX}/docs/", each).startswith(f"{PREFIX}/") for each in found)
    links = body(client.get("/", environ_overrides=below))["links"].values()
    assert all(link.startswith(f"{PREFIX}/") for link in links)
    for path in (SPEC_PATH, TWIN_PATH):
        document = body(client.get(path, environ_overrides=below))
        assert document.pop("servers") == [{"url": PREFIX}]
        plain = body(client.get(path))
        assert plain.pop("servers") == [{"url": "/"}]
        assert document == plain


@pytest.mark.parametrize("path", [SPEC_PATH, TWIN_PATH])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_document_is_known_by_its_bytes(client: FlaskClient, path: str, method: str) -> None:
    first = client.open(path, method=method)
    etag = first.headers["ETag"]
    assert etag.startswith('W/"')
    for known in (etag, etag.removeprefix("W/"), f'"other", {etag}', "*"):
        again = client.open(path, method=method, headers={"If-None-Match": known})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
    assert client.open(path, method=method, headers={"If-None-Match": '"other"'}).status_code == 200
    below = client.open(path, method=method, environ_overrides={"SCRIPT_NAME": PREFIX})
    assert below.headers["ETag"] != etag


@pytest.mark.parametrize("name", ["swagger-ui.css", "swagger-ui-bundle.js", "index.css"])
def test_scripts_and_styles_have_one_etag_in_all_encodings(client: FlaskClient, name: str) -> None:
    with client.get(f"/docs/{name}") as plain:
        content, etag = plain.data, plain.headers["ETag"]
    with client.get(f"/docs/{name}", headers={"Accept-Encoding": "gzip"}) as packed:
        small = len(content) < 500  # bytes, which compress to no less
        assert packed.headers.get("Content-Encoding") == (None if small else "gzip")
        assert (packed.data if small else gzip.decompress(packed.data)) == content
        assert packed.headers["ETag"] == etag
        assert packed.headers["Vary"] == "Accept-Encoding"
    with client.get(f"/docs/{name}", headers={"Accept-Encoding": "gzip", "If-None-Match": etag}) as again:
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", etag)
