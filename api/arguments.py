"""The query parameters of the lists, as marshmallow schemas."""

from __future__ import annotations

import math
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema
from webargs.fields import DelimitedList

from api.fields import AGENT, EVENT_TYPE, IDENTIFIER, Choice, IntegerParameter, NumberParameter
from api.queries import FACT_ORDERS
from dataset.model import Bound, Kind

_UNIT = validate.Regexp(r"^[A-Za-z][A-Za-z0-9-]{0,39}$", error="Not a unit: letters, digits and hyphens.")


def _check_searchable(text: str) -> None:
    if not any(character.isalnum() for character in text):
        raise ValidationError("Nothing to search for: give a letter or a digit.")


class PageArguments(Schema):
    """Which page of a list."""

    limit = IntegerParameter(
        load_default=50, validate=validate.Range(1, 500), metadata={"description": "How many items a page holds."}
    )
    cursor = fields.String(
        validate=validate.Length(1, 256),
        metadata={"description": "Where the page starts: taken from `next` of the page before, with the same filters."},
    )


class ArticleFactArguments(PageArguments):
    """Which facts of one article, in which order."""

    kind = DelimitedList(Choice(Kind), metadata={"description": "Kinds of fact."})
    direct = fields.Boolean(
        truthy={"true"},
        falsy={"false"},
        metadata={"description": "Statements that stand in quotation marks, or those that do not: `true` or `false`."},
    )
    event_type = DelimitedList(
        fields.String(validate=EVENT_TYPE), metadata={"description": "Types of event, such as `attack,visit`."}
    )
    claimant = DelimitedList(
        fields.String(validate=AGENT),
        metadata={"description": "Identifiers of those who put it forward, as origin or relay, such as `tass`."},
    )
    subject = DelimitedList(
        fields.String(validate=AGENT),
        metadata={"description": "Identifiers of whom an amount is about, or who acts in an event, such as `finland`."},
    )
    unit = DelimitedList(fields.String(validate=_UNIT), metadata={"description": "Units, such as `person,item`."})
    bound = DelimitedList(Choice(Bound), metadata={"description": "How the words limit the number."})
    value_min = NumberParameter(
        metadata={"description": "Facts whose words reach this number: `more than 500000` reaches 600000."}
    )
    value_max = NumberParameter(
        metadata={"description": "Facts whose words reach down to this number: `up to 500000` reaches 3."}
    )
    q = fields.String(
        validate=[validate.Length(1, 200), _check_searchable],
        metadata={
            "description": "Words that all occur: of a statement in what was said, of a figure or an event in its "
            "sentence. Where the text is not held, only spans of at most 60 characters are searched."
        },
    )
    sort = fields.String(
        load_default="position",
        validate=validate.OneOf(list(FACT_ORDERS)),
        metadata={
            "description": "By place in the release or by number; `-` reverses. Facts without a number count as "
            "the largest: last by `value`, first by `-value`."
        },
    )

    @validates_schema
    def _check_range(self, data: dict[str, Any], **_options: object) -> None:
        if "value_min" in data and data["value_min"] > data.get("value_max", math.inf):
            raise ValidationError("Greater than value_max.", "value_min")


class FactArguments(ArticleFactArguments):
    """Which facts of all articles, in which order."""

    article = DelimitedList(fields.String(validate=IDENTIFIER), metadata={"description": "Identifiers of articles."})
