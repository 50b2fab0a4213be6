"""Facts as the service answers them, prepared when the database is built: JSON in UTF-8.

Addresses in them start at the root of the service, as /v1/facts/….
"""

from __future__ import annotations

from typing import Any

import orjson

from dataset.model import Article, Kind

Answer = dict[str, Any]

_EXACT = 2**53  # beyond it a double no longer tells neighbouring whole numbers apart


def format_answer(answer: Answer) -> bytes:
    """One answer in its bytes, members in the order given; OverflowError for an integer beyond 64 bits."""
    try:
        return orjson.dumps(answer)
    except orjson.JSONEncodeError as error:
        raise OverflowError(str(error)) from error


def answer_fact(record: Answer, article: Answer, context: Answer) -> Answer:
    """One fact, given as a line of facts.jsonl has it, with its article as `answer_article` does.

    `context` is what a row of the table facts holds of the text around it.
    """
    told = {name: record[name] for name in ("id", "kind", *_OWN[record["kind"]], "period", "claimants")}
    for name in _NUMBERS:
        if isinstance(told.get(name), int):
            told[name] = _exactly(told[name])
    told["article"] = article
    told["provenance"] = _answer_provenance(record, article, context)
    return told | {name: record[name] for name in ("repeats", "rule", "confidence", "review")}


_NUMBERS = ("value", "value_low", "value_high")
_OWN: dict[str, tuple[str, ...]] = {  # the members that only facts of one kind have
    Kind.QUANTITY: (
        *("metric", "measure", "subject", "counted", *_NUMBERS, "value_as_written", "bound", "unit", "modality"),
    ),
    Kind.STATEMENT: ("direct", "cue"),
    Kind.EVENT: ("event_type", "polarity", "modality", "participants"),
}


def _exactly(value: int) -> float:
    """A whole number that JSON readers tell from the next, else as a fraction is written."""
    return value if abs(value) < _EXACT else float(value)


def answer_article(article: Article) -> Answer:
    """The article of a fact."""
    names = ("id", "file", "sha256", "publisher", "published_on", "url", "title")
    return {name: getattr(article, name) for name in names}


def _answer_provenance(record: Answer, article: Answer, context: Answer) -> Answer:
    return {
        "file": article["file"],
        "sha256": article["sha256"],
        "span_sha256": record["sha256"],
        "start": record["start"],
        "end": record["end"],
        "byte_start": context["byte_start"],
        "byte_end": context["byte_end"],
        "line": record["line"],
        "exact": context["exact"],
        "prefix": context["prefix"],
        "suffix": context["suffix"],
        "links": {
            "self": f"/v1/facts/{record['id']}",
            "article": f"/v1/articles/{article['id']}",
            "text": f"/v1/articles/{article['id']}/text#{context['fragment']}",
            "verification": f"/v1/facts/{record['id']}/verification",
        },
    }
