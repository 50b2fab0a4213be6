"""Facts as the service answers them, prepared when the database is built: JSON in UTF-8.

Addresses in them start at the root of the service, as /v1/facts/….
"""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import orjson

from dataset.model import Article, Kind
from dataset.records import VALUES

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
    own, pick = _OWN[record["kind"]]
    told = dict(zip(own, pick(record), strict=True))
    for name in VALUES:
        if isinstance(told.get(name), int):
            told[name] = _exactly(told[name])
    told["article"] = article
    told["provenance"] = _answer_provenance(record, article, context)
    told.update(zip(_LAST, _pick_last(record), strict=True))
    return told


_LAST = ("repeats", "rule", "confidence", "review")
_pick_last = itemgetter(*_LAST)
_OWN = {  # the members before the article: those between kind and period are of facts of one kind alone
    kind: (names, itemgetter(*names))
    for kind, names in (
        (kind, ("id", "kind", *own, "period", "claimants"))
        for kind, own in {
            Kind.QUANTITY: (
                *("metric", "measure", "subject", "counted", *VALUES, "value_as_written", "bound", "unit", "modality"),
            ),
            Kind.STATEMENT: ("direct", "cue"),
            Kind.EVENT: ("event_type", "polarity", "modality", "participants"),
        }.items()
    )
}


def _exactly(value: int) -> float:
    """A whole number that JSON readers tell from the next, else as a fraction is written."""
    return value if abs(value) < _EXACT else float(value)


def answer_article(article: Article) -> Answer:
    """The article of a fact."""
    names = ("id", "file", "sha256", "publisher", "published_on", "url", "title")
    return {name: getattr(article, name) for name in names}


def _answer_provenance(record: Answer, article: Answer, context: Answer) -> Answer:
    own, its = f"/v1/facts/{record['id']}", f"/v1/articles/{article['id']}"
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
            "self": own,
            "article": its,
            "text": f"{its}/text#{context['fragment']}",
            "verification": f"{own}/verification",
        },
    }
