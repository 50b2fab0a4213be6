"""Facts and articles as the objects that the schemas describe."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson
from flask import request, url_for

from api.citations import cite
from api.database import get_release
from api.highlights import find_highlights
from api.members import pick_members
from api.queries import Row, find_sentences
from api.selection import find_answers
from api.selectors import selectors_of

Representation = dict[str, Any]


def represent_facts(positions: Sequence[int], shape: Mapping[str, Any]) -> list[bytes]:
    """Describe facts: as they were prepared, or with the members that the request wants of them."""
    answers = find_answers(positions)
    if request.script_root:  # the service stands below the root of its host
        answers = [answer.replace(b'":"/v1/', f'":"{request.script_root}/v1/'.encode()) for answer in answers]
    if "members" not in shape and "include" not in shape:
        return answers
    facts = [orjson.loads(answer) for answer in answers]
    for name in shape.get("include", ()):
        _INCLUDED[name](positions, facts, shape)
    return [orjson.dumps(pick_members(fact, shape)) for fact in facts]


def _include_highlights(positions: Sequence[int], facts: list[Representation], shape: Mapping[str, Any]) -> None:
    found = find_highlights(positions, shape.get("q"))
    for position, fact in zip(positions, facts, strict=True):
        fact["highlights"] = found.get(position, [])


def _include_sentence(positions: Sequence[int], facts: list[Representation], _shape: Mapping[str, Any]) -> None:
    sentences = find_sentences(positions)
    for position, fact in zip(positions, facts, strict=True):
        fact["sentence"] = sentences[position]


def _include_selectors(_positions: Sequence[int], facts: list[Representation], _shape: Mapping[str, Any]) -> None:
    for fact in facts:
        fact["selectors"] = selectors_of(fact)


def _include_citation(_positions: Sequence[int], facts: list[Representation], _shape: Mapping[str, Any]) -> None:
    for fact in facts:
        fact["citation"] = cite(fact, get_release().label)


_INCLUDED = {
    "highlights": _include_highlights,
    "sentence": _include_sentence,
    "selectors": _include_selectors,
    "citation": _include_citation,
}


def represent_articles(rows: Sequence[Row]) -> list[Representation]:
    """Describe articles."""
    return [_represent_article(row) for row in rows]


def _represent_article(row: Row) -> Representation:
    links = {
        "self": url_for("articles.get_article", article_id=row["id"]),
        "facts": url_for("articles.list_article_facts", article_id=row["id"]),
        "text": url_for("articles.get_article_text", article_id=row["id"]),
    }
    columns = ("id", "file", "sha256", "publisher", "byline", "published_on", "url", "title", "facts", "characters")
    return {**_pick(row, *columns), "links": links}


def _pick(row: Row, *columns: str) -> Representation:
    return {column: row[column] for column in columns}
