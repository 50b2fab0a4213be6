"""The release as a whole over HTTP: what it is, and its files."""

from __future__ import annotations

import os
from collections.abc import Iterator

import orjson
from flask import Response, current_app, g, stream_with_context, url_for

from api.arguments import DataArguments, ExportArguments
from api.blueprint import Blueprint
from api.content import answer_content
from api.documentation import CONTENT_DOCUMENTATION
from api.exports import describe_csv, open_database, open_parquet, read_batches, write_csv, write_lines
from api.representations import Representation
from api.statistics_schemas import DatasetSchema
from api.vocabulary import describe_dataset

blueprint = Blueprint("dataset", __name__, url_prefix="/v1", description="The release as a whole.")

_BINARY = {"type": "string", "format": "binary"}
_TEXT = {"type": "string"}


@blueprint.operation("/dataset", "getDataset", DatasetSchema, arguments=DataArguments)
def get_dataset() -> Representation:
    """Say what the release holds and which files it comes in."""
    parquet = open_parquet()
    database, descriptor = open_database()
    os.close(descriptor)
    exports = [
        _export("get_facts_csv", "text/csv"),
        _export("get_facts_lines", "application/jsonl"),
        _export("get_facts_parquet", parquet.media_type, size=parquet.length, sha256=parquet.etag),
        _export("get_database_file", database.media_type, size=database.length),
    ]
    return {**describe_dataset(), "exports": exports}


def _export(endpoint: str, media_type: str, size: int | None = None, sha256: str | None = None) -> Representation:
    return {"path": url_for(f"dataset.{endpoint}"), "media_type": media_type, "bytes": size, "sha256": sha256}


@blueprint.operation("/facts.csv", "exportFactsCsv", _TEXT, arguments=ExportArguments, media_types=["text/csv"])
def get_facts_csv(sort: str, **filters: object) -> Response:
    """Write facts as CSV (RFC 4180).

    All facts, or those that the filters keep. /v1/facts.csv-metadata.json describes the columns (CSVW).
    """
    response = _stream(write_csv(read_batches(filters, sort)), "text/csv", "facts.csv")
    response.headers["Link"] = (
        f'<{url_for("dataset.get_csv_metadata")}>; rel="describedby"; type="application/csvm+json"'
    )
    return response


@blueprint.operation(
    "/facts.csv-metadata.json",
    "describeFactsCsv",
    {"type": "object"},
    arguments=DataArguments,
    media_types=["application/csvm+json", "application/json"],
)
def get_csv_metadata() -> Response:
    """Describe the columns of facts.csv (CSVW)."""
    return current_app.response_class(orjson.dumps(describe_csv("facts.csv")), mimetype=g.media_type)


@blueprint.operation(
    "/facts.jsonl", "exportFactsLines", _TEXT, arguments=ExportArguments, media_types=["application/jsonl"]
)
def get_facts_lines(sort: str, **filters: object) -> Response:
    """Write facts as JSON Lines.

    All facts, or those that the filters keep, each as /v1/facts answers it.
    """
    return _stream(write_lines(read_batches(filters, sort)), "application/jsonl", "facts.jsonl")


@blueprint.operation(
    "/facts.parquet",
    "exportFactsParquet",
    _BINARY,
    arguments=DataArguments,
    media_types=["application/vnd.apache.parquet"],
    errors=[416],
    **CONTENT_DOCUMENTATION,
)
def get_facts_parquet() -> Response:
    """Get all facts as a Parquet file.

    The columns are the members of a fact as /v1/facts answers it; those inside objects are called by both names, as
    `article.publisher`.
    """
    return answer_content(open_parquet())


@blueprint.operation(
    "/dataset/facts.db",
    "getDatabase",
    _BINARY,
    arguments=DataArguments,
    media_types=["application/vnd.sqlite3"],
    errors=[416],
    **CONTENT_DOCUMENTATION,
)
def get_database_file() -> Response:
    """Get the database file that is served (SQLite)."""
    content, descriptor = open_database()
    return answer_content(content, lambda: os.close(descriptor))


def _stream(pieces: Iterator[bytes], media_type: str, name: str) -> Response:
    """Answer piece by piece; the first is made before the answer begins, so that it can still be an error."""
    waiting = iter(pieces)
    first = next(waiting, b"")

    def all_of_it() -> Iterator[bytes]:
        yield first
        yield from waiting

    response = current_app.response_class(stream_with_context(all_of_it()), mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
