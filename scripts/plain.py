"""Plain sqlite3: the same rows without a server. Run by the interpreter of the comparators, which has orjson."""

from __future__ import annotations

import sqlite3
import sys
import time


def export(path: str) -> None:
    """Read every fact with its article and write it as JSON into nowhere; prints rows, bytes and seconds."""
    import orjson  # noqa: PLC0415 - only the comparators have it

    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    rows = written = 0
    begin = time.perf_counter()
    found = connection.execute(EVERY_FACT)
    names = [column[0] for column in found.description]
    for row in found:
        rows += 1
        written += len(orjson.dumps(dict(zip(names, row, strict=True)))) + 1
    print(rows, written, time.perf_counter() - begin)  # noqa: T201 - the figures are what the caller reads


COLUMNS = (
    'facts.id, facts.kind, facts.article, facts.start, facts."end", facts.line, facts.exact, facts.metric, '
    "facts.measure, facts.subject_id, facts.subject_name, facts.counted, facts.value, facts.value_low, "
    "facts.value_high, facts.value_as_written, facts.bound, facts.unit, facts.modality, facts.period, "
    "facts.period_start_on, facts.period_end_on, facts.repeats, facts.rule, facts.confidence, facts.review_status"
)
EVERY_FACT = f"""
    SELECT {COLUMNS}, facts.direct, facts.cue_exact, facts.event_type, facts.polarity,
        articles.file, articles.publisher, articles.published_on, articles.url, articles.title
    FROM facts CROSS JOIN articles ON articles.id = facts.article ORDER BY facts.position"""  # noqa: S608 - constants


if __name__ == "__main__":
    export(sys.argv[1])
