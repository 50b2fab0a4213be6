"""A release as an Apache Parquet file: the members of the service's answers as columns, nested names joined by dots."""

from __future__ import annotations

import io
from collections.abc import Sequence
from types import TracebackType
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.json
import pyarrow.parquet

_SPAN = [("start", pa.int64()), ("end", pa.int64())]
_MENTION = [("id", pa.string()), ("name", pa.string()), *_SPAN, ("inferred", pa.bool_())]
_MEASURED = [(name, pa.float64()) for name in ("value", "value_low", "value_high")]
_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "kind", "metric", "measure")),
        ("subject", pa.struct([("id", pa.string()), ("name", pa.string()), ("inferred", pa.bool_())])),
        ("counted", pa.string()),
        *_MEASURED,
        *((name, pa.string()) for name in ("value_as_written", "bound", "unit", "modality")),
        ("direct", pa.bool_()),
        ("cue", pa.struct([*_SPAN, ("exact", pa.string())])),
        ("event_type", pa.string()),
        ("polarity", pa.string()),
        ("participants", pa.list_(pa.struct([("role", pa.string()), *_MENTION]))),
        ("period", pa.struct([("edtf", pa.string()), ("start_on", pa.string()), ("end_on", pa.string())])),
        ("claimants", pa.list_(pa.struct(_MENTION))),
        (
            "article",
            pa.struct(
                [(each, pa.string()) for each in ("id", "file", "sha256", "publisher", "published_on", "url", "title")]
            ),
        ),
        (
            "provenance",
            pa.struct(
                [
                    ("span_sha256", pa.string()),
                    *_SPAN,
                    ("byte_start", pa.int64()),
                    ("byte_end", pa.int64()),
                    ("line", pa.int64()),
                    *((name, pa.string()) for name in ("exact", "prefix", "suffix")),
                ]
            ),
        ),
        ("repeats", pa.string()),
        ("rule", pa.string()),
        ("confidence", pa.float64()),
        (
            "review",
            pa.struct([(name, pa.string()) for name in ("status", "reviewer", "reviewed_on", "note")]),
        ),
    ]
)
_GROUP = 5000  # rows of a row group, or a few more
_PARSING = pyarrow.json.ParseOptions(explicit_schema=_SCHEMA, unexpected_field_behavior="ignore")
_READING = pyarrow.json.ReadOptions(block_size=1 << 30, use_threads=False)  # one block: a row may be of any length


class ParquetFile:
    """A Parquet file that is written row group by row group, in flat memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._writer: Any = None
        self._waiting: list[Any] = []  # tables of the next row group

    def __enter__(self) -> ParquetFile:
        schema = pa.Table.from_batches([], schema=_SCHEMA).flatten().schema
        self._writer = pyarrow.parquet.ParquetWriter(self._file, schema, compression="zstd")
        return self

    def write(self, answers: Sequence[bytes]) -> None:
        """Append facts, given as the service answers them."""
        if not answers:
            return
        table = pyarrow.json.read_json(io.BytesIO(b"\n".join(answers)), _READING, _PARSING)
        self._waiting.append(table.cast(_SCHEMA).flatten())
        if sum(each.num_rows for each in self._waiting) >= _GROUP:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            self._writer.write_table(pa.concat_tables(self._waiting))
            self._waiting.clear()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._flush()
        self._writer.close()
