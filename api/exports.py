"""The release, or a choice of its facts, as files: JSON Lines, CSV (RFC 4180), Parquet and SQLite.

What is written as it is read takes flat memory, and ends with an error of the connection, never short and silent,
where it cannot be finished.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from api.content import Content
from api.database import find_row, get_connection, get_database, get_release, renew_time
from api.errors import NotFoundError
from api.representations import represent_facts
from api.selection import Filters, list_facts

PARQUET = "facts.parquet"
_TOGETHER = 100  # facts that are read at once: what a client that reads slowly keeps in memory

_COLUMNS: tuple[tuple[str, str], ...] = (  # member of a fact, and its CSVW datatype
    *((name, "string") for name in ("id", "kind", "metric", "measure", "subject.id", "subject.name")),
    ("subject.inferred", "boolean"),
    ("counted", "string"),
    *((name, "number") for name in ("value", "value_low", "value_high")),
    *((name, "string") for name in ("value_as_written", "bound", "unit", "modality")),
    ("direct", "boolean"),
    *((f"cue.{name}", "nonNegativeInteger") for name in ("start", "end")),
    ("cue.exact", "string"),
    *((name, "string") for name in ("event_type", "polarity")),
    ("participants", "json"),
    ("period.edtf", "string"),
    *((f"period.{name}", "date") for name in ("start_on", "end_on")),
    ("claimants", "json"),
    *((f"article.{name}", "string") for name in ("id", "file", "sha256", "publisher", "published_on")),
    ("article.url", "anyURI"),
    ("article.title", "string"),
    ("provenance.span_sha256", "string"),
    *((f"provenance.{name}", "nonNegativeInteger") for name in ("start", "end", "byte_start", "byte_end", "line")),
    *((f"provenance.{name}", "string") for name in ("exact", "prefix", "suffix")),
    *((name, "string") for name in ("repeats", "rule")),
    ("confidence", "number"),
    *((f"review.{name}", "string") for name in ("status", "reviewer")),
    ("review.reviewed_on", "date"),
    ("review.note", "string"),
)
_PATHS = [name.split(".") for name, _ in _COLUMNS]


def read_batches(filters: Filters, sort: str) -> Iterator[list[bytes]]:
    """The prepared answers of the facts that the filters keep, some at a time; each batch may take its time."""
    listing = list_facts(filters, sort)  # at once, so that it can still be an error

    def read() -> Iterator[list[bytes]]:
        for first in range(0, listing.total, _TOGETHER):
            renew_time()
            yield represent_facts(listing.read(first, first + _TOGETHER), {})

    return read()


def write_lines(batches: Iterator[list[bytes]]) -> Iterator[bytes]:
    """JSON Lines: one fact a line, each ended by a line feed."""
    for batch in batches:
        yield b"\n".join(batch) + b"\n"


def write_csv(batches: Iterator[list[bytes]]) -> Iterator[bytes]:
    """CSV after RFC 4180 with a header; lists as JSON in their cell, what is not known as an empty one."""
    yield _format_rows([[name for name, _ in _COLUMNS]])
    for batch in batches:
        yield _format_rows([[_cell(fact, path) for path in _PATHS] for fact in map(orjson.loads, batch)])


def _format_rows(rows: Sequence[Sequence[object]]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerows(rows)
    return buffer.getvalue().encode("utf-8")


def _cell(fact: Any, path: Sequence[str]) -> object:  # noqa: ANN401 - JSON
    for name in path:
        fact = fact.get(name) if fact is not None else None
    if isinstance(fact, bool):
        return "true" if fact else "false"
    return orjson.dumps(fact).decode() if isinstance(fact, list) else fact


def describe_csv(url: str) -> dict[str, Any]:
    """The metadata of the CSV file after "Metadata Vocabulary for Tabular Data" (W3C, CSVW)."""
    columns = [
        {"name": name, "titles": name, "datatype": datatype, "required": name in ("id", "kind", "article.id")}
        for name, datatype in _COLUMNS
    ]
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "url": url,
        "dc:title": "Factline: facts that news articles report",
        "dc:identifier": get_release().label,
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
        "tableSchema": {"columns": columns, "primaryKey": "id"},
    }


def open_parquet() -> Content:
    """The Parquet file that was made when the database was built; NotFoundError where there is none."""
    row = find_row("SELECT rowid, sha256, length(content) AS size FROM exports WHERE name = ?", [PARQUET])
    if row is None:
        raise NotFoundError("this database was built without a Parquet file", remedy="build it with: make data")
    connection = get_connection()

    def read(start: int, count: int) -> bytes:
        with connection.blobopen("exports", "content", row["rowid"], readonly=True) as blob:
            blob.seek(start)
            content: bytes = blob.read(count)
        return content

    return Content("application/vnd.apache.parquet", row["size"], row["sha256"], read)


def open_database() -> tuple[Content, int]:
    """The file of the release that this request reads, and its descriptor, which has to be closed.

    Another that was swapped in meanwhile does not change it.
    """
    release = get_release()
    descriptor = get_database().open_file()
    size = os.fstat(descriptor).st_size

    def read(start: int, count: int) -> bytes:
        return os.pread(descriptor, count, start)

    return Content("application/vnd.sqlite3", size, f"{release.label}-{size}", read), descriptor
