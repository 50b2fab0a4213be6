from __future__ import annotations

import csv
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest
from flask.testing import FlaskClient

from dataset.database import build_database
from dataset.model import Bound, Kind, Measure
from tests.api import sample
from tests.api.conftest import Serve, body
from tests.api.sample import FACTS, ORCHARD

PARQUET, DATABASE = "/v1/facts.parquet", "/v1/dataset/facts.db"
QUERIES = (
    "",
    "kind=quantity",
    "unit=item&sort=-value",
    "q=42&sort=unit,-position",
    f"article={ORCHARD.id}",
    "kind=event&unit=item",
)


def _list(client: FlaskClient, query: str) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = body(client.get(f"/v1/facts?{query}&limit=500"))["items"]
    return items


def _read_csv(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _at(fact: Any, path: str) -> Any:  # noqa: ANN401 - JSON
    for name in path.split("."):
        fact = fact.get(name) if fact else None
    return fact


@pytest.mark.parametrize("query", QUERIES)
def test_csv_says_what_the_list_says(client: FlaskClient, query: str) -> None:
    response = client.get(f"/v1/facts.csv?{query}")
    assert response.headers["Content-Type"].startswith("text/csv")
    rows, facts = _read_csv(response.text), _list(client, query)
    assert [row["id"] for row in rows] == [fact["id"] for fact in facts]
    for row, fact in zip(rows, facts, strict=True):
        for column, cell in row.items():
            match wanted := _at(fact, column):
                case None:
                    assert cell == ""
                case str():
                    assert cell == wanted
                case _:
                    assert json.loads(cell) == wanted


def test_csv_and_parquet_have_the_same_columns_in_the_same_order(client: FlaskClient) -> None:
    header = client.get("/v1/facts.csv").text.partition("\r\n")[0].split(",")
    assert header == pyarrow.parquet.read_schema(io.BytesIO(client.get(PARQUET).data)).names
    assert {"subject.inferred", "cue.start", "article.publisher", "provenance.span_sha256"} < set(header)
    assert len(set(header)) == len(header)


def test_each_column_is_a_member_of_some_fact(client: FlaskClient) -> None:
    rows = _read_csv(client.get("/v1/facts.csv").text)
    never = {column for column in rows[0] if not any(row[column] for row in rows)}
    assert never <= {"provenance.byte_start", "provenance.byte_end"}


def test_csv_ends_its_lines_as_rfc_4180_says(serve: Serve, tmp_path: Path) -> None:
    words = 'We "will", he said,\nnot go'
    article = sample.make_article("pier.txt", f"{words}.\n", title='=1+1, "quoted"')
    said = sample.make_fact(article, f"{words}.\n", words, Kind.STATEMENT, direct=True)
    build_database(tmp_path / "facts.db", [article], [said], {article.id: f"{words}.\n"})
    content = serve(tmp_path / "facts.db").get("/v1/facts.csv").data
    assert content.count(b"\r\n") == 2
    assert content.endswith(b"\r\n")
    (row,) = _read_csv(content.decode("utf-8"))
    assert (row["provenance.exact"], row["article.title"]) == (words, article.title)


def test_the_metadata_name_the_columns_in_their_order(client: FlaskClient) -> None:
    response = client.get("/v1/facts.csv")
    described = client.get("/v1/facts.csv-metadata.json")
    assert described.headers["Content-Type"] == "application/csvm+json"
    assert '</v1/facts.csv-metadata.json>; rel="describedby"' in response.headers["Link"]
    columns = body(described)["tableSchema"]["columns"]
    assert [column["name"] for column in columns] == response.text.partition("\r\n")[0].split(",")
    for row in _read_csv(response.text):
        assert all(row[column["name"]] for column in columns if column["required"])
    assert body(described)["dc:identifier"] == body(client.get("/readyz"))["release"]


@pytest.mark.parametrize("query", QUERIES)
def test_json_lines_are_the_items_of_the_list(client: FlaskClient, query: str) -> None:
    response = client.get(f"/v1/facts.jsonl?{query}")
    assert response.headers["Content-Type"] == "application/jsonl"
    assert response.data == b"" or response.data.endswith(b"\n")
    assert [json.loads(line) for line in response.data.splitlines()] == _list(client, query)


def test_where_nothing_is_kept_there_is_a_header_alone(client: FlaskClient) -> None:
    assert client.get("/v1/facts.jsonl?unit=furlong").data == b""
    assert _read_csv(client.get("/v1/facts.csv?unit=furlong").text) == []
    assert client.get("/v1/facts.csv?unit=furlong").data.count(b"\r\n") == 1


def test_more_facts_than_are_read_at_once(serve: Serve, tmp_path: Path) -> None:
    text = "42 " * 1203
    article = sample.make_article("long.txt", text)
    facts = [sample.make_fact(article, "x" * start + "42", "42", **COUNT) for start in range(0, len(text), 3)]
    build_database(tmp_path / "facts.db", [article], facts, {})
    client = serve(tmp_path / "facts.db")
    for sort in ("position", "-value", "unit,-position"):
        lines = client.get(f"/v1/facts.jsonl?sort={sort}").data.splitlines()
        assert sorted(json.loads(line)["id"] for line in lines) == sorted(fact.id for fact in facts)
    assert len(_read_csv(client.get("/v1/facts.csv").text)) == len(facts)


COUNT: dict[str, Any] = {
    "value": 42.0,
    "value_low": 42.0,
    "value_high": 42.0,
    "unit": "item",
    "bound": Bound.EXACT,
    "measure": Measure.LEVEL,
}


def _nest(row: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for path, value in row.items():
        *outer, name = path.split(".")
        inside = nested
        for each in outer:
            inside = inside.setdefault(each, {})
        inside[name] = value
    return nested


def test_parquet_holds_the_facts_as_the_list_has_them(client: FlaskClient, tmp_path: Path) -> None:
    response = client.get(PARQUET)
    assert response.headers["Content-Type"] == "application/vnd.apache.parquet"
    (tmp_path / "facts.parquet").write_bytes(response.data)
    rows = [_nest(row) for row in pyarrow.parquet.read_table(tmp_path / "facts.parquet").to_pylist()]
    facts = _list(client, "")
    assert len(rows) == len(FACTS)
    for row, fact in zip(rows, facts, strict=True):
        for name, value in row.items():
            _assert_same(value, fact.get(name))
        assert set(fact) <= set(row)


def _assert_same(held: Any, answered: Any) -> None:  # noqa: ANN401 - JSON
    """Columns of an object that is not there are all null; links are of the service, and the file stands once."""
    if isinstance(held, dict) and answered is None:
        assert not any(held.values())
    elif isinstance(held, dict):
        assert set(answered) - set(held) <= {"links", "file", "sha256"}
        for name, value in held.items():
            _assert_same(value, answered[name])
    elif isinstance(held, list) and answered is not None:
        for mine, theirs in zip(held, answered, strict=True):
            _assert_same(mine, theirs)
    else:
        assert held == answered or (held == [] and answered is None)


def test_the_dataset_names_its_files_with_size_and_digest(client: FlaskClient) -> None:
    exports = {each["path"]: each for each in body(client.get("/v1/dataset"))["exports"]}
    assert list(exports) == ["/v1/facts.csv", "/v1/facts.jsonl", PARQUET, DATABASE]
    for path, export in exports.items():
        response = client.get(path)
        assert response.headers["Content-Type"].partition(";")[0] == export["media_type"]
        assert export["bytes"] in (None, len(response.data))
        assert export["sha256"] in (None, hashlib.sha256(response.data).hexdigest())
    assert exports[PARQUET]["sha256"] == client.get(PARQUET).headers["ETag"].strip('"')


def test_the_dataset_counts_what_it_holds(client: FlaskClient) -> None:
    dataset = body(client.get("/v1/dataset"))
    assert dataset["counts"] == {"articles": 3, "facts": len(FACTS), "texts": 2, "withdrawals": 1}
    assert dataset["kinds"] == {kind: sum(fact.kind == kind for fact in FACTS) for kind in Kind}
    assert dataset["published"] == {"first": "2031-04-02", "last": "2031-04-02"}


@pytest.mark.parametrize("path", [PARQUET, DATABASE])
def test_ranges_of_files(client: FlaskClient, path: str) -> None:
    whole = client.get(path)
    size, etag = len(whole.data), whole.headers["ETag"]
    assert not etag.startswith("W/")
    assert (whole.headers["Accept-Ranges"], whole.headers["Content-Length"]) == ("bytes", str(size))
    for header, (start, stop) in {
        "bytes=0-99": (0, 100),
        "bytes=100-": (100, size),
        "bytes=-8": (size - 8, size),
        f"bytes={size - 1}-{size + 5}": (size - 1, size),
    }.items():
        part = client.get(path, headers={"Range": header, "If-Range": etag})
        assert (part.status_code, part.data) == (206, whole.data[start:stop])
        assert part.headers["Content-Range"] == f"bytes {start}-{stop - 1}/{size}"
    beyond = client.get(path, headers={"Range": f"bytes={size}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{size}")
    assert beyond.headers["Content-Type"] == "application/problem+json"
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    assert client.get(path, headers={"Range": "bytes=0-9", "If-Range": '"x"'}).status_code == 200


@pytest.mark.parametrize("path", ["/v1/facts.csv", "/v1/facts.jsonl"])
def test_a_stream_that_cannot_begin_is_a_problem(client: FlaskClient, path: str) -> None:
    for query, parameter in (("q=%22", "q"), ("kind=x", "kind"), ("limit=5", "limit"), ("cursor=x", "cursor")):
        response = client.get(f"{path}?{query}")
        assert (response.status_code, body(response)["parameter"]) == (400, parameter)
