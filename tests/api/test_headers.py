from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import Serve, body
from tests.api.sample import HARBOUR

PATHS = ["/", "/v1/facts", f"/v1/articles/{HARBOUR.id}/text", "/openapi.json", "/metrics", "/nope", "/v1/facts?limit=0"]


@pytest.mark.parametrize("path", PATHS)
def test_browsers_are_told_to_do_nothing_with_it(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert len({name for name, _ in headers}) == len(list(headers))


@pytest.mark.parametrize("path", ["/v1/facts", f"/v1/articles/{HARBOUR.id}/text", "/openapi.json"])
def test_what_has_not_changed_keeps_what_browsers_were_told_of_it(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    policies = ["Content-Security-Policy", "Permissions-Policy", "Referrer-Policy", "X-Content-Type-Options"]
    assert all(name in first.headers and name not in again.headers for name in policies)
    for name in ("Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Cache-Control", "ETag", "Vary"):
        assert again.headers.get(name) == first.headers.get(name)


def test_the_page_may_run_its_own_scripts_and_no_others(client: FlaskClient) -> None:
    answer = client.get("/docs/")
    policy = dict(part.split(" ", 1) for part in answer.headers["Content-Security-Policy"].split("; "))
    scripts = re.findall(r"<script>(.*?)</script>", answer.text, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in scripts]
    assert policy["script-src"].split() == ["'self'", *(f"'sha256-{each}'" for each in digests)]
    assert len(digests) == 1
    assert policy["default-src"] == policy["frame-ancestors"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert "<style" not in answer.text.replace('<link rel="stylesheet"', "")


def test_a_preflight_request_is_told_what_it_may_ask(client: FlaskClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    headers = client.options("/v1/facts", headers=asked).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
    assert {"Range", "If-None-Match", "X-Request-ID"} <= set(headers["Access-Control-Allow-Headers"].split(", "))
    assert int(headers["Access-Control-Max-Age"]) > 0
    assert "Content-Type" not in headers
    assert set(headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


def test_options_of_nothing_is_a_problem(client: FlaskClient) -> None:
    answer = client.options("/nope")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_pages_of_other_sites_can_read_what_headers_say(client: FlaskClient) -> None:
    exposed = set(client.get("/nope").headers["Access-Control-Expose-Headers"].split(", "))
    assert {"X-Request-ID", "Link", "ETag", "Content-Range", "Deprecation", "Sunset", "Retry-After"} <= exposed
    assert {"RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset"} <= exposed


def test_the_date_is_left_to_the_server(client: FlaskClient) -> None:
    with client.get("/docs/swagger-ui.css") as answer:  # Flask dates its files
        assert "Date" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({}, b"{}", 200),
        ({}, b"a" * 16_384, 200),
        ({}, b"a" * 16_385, 413),
        ({"Transfer-Encoding": "chunked"}, b"", 411),
    ],
)
def test_a_body_is_passed_over_or_refused(
    client: FlaskClient, headers: dict[str, str], content: bytes, status: int
) -> None:
    answer = client.get("/healthz", data=content, headers=headers)
    assert answer.status_code == status
    assert body(answer)["status"] == ("ok" if status == 200 else status)


def test_the_database_may_be_missing(tmp_path: Path, serve: Serve) -> None:
    answer = serve(tmp_path / "none.db").get("/readyz")
    assert (answer.status_code, len(answer.headers["X-Request-ID"])) == (503, 32)
