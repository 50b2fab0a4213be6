"""The query parameters of the operations, as marshmallow schemas."""

from __future__ import annotations

import math
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from api.fields import (
    AGENT,
    EVENT_TYPE,
    IDENTIFIER,
    PRINTABLE,
    RELEASE,
    Choice,
    DayParameter,
    FlagParameter,
    IntegerParameter,
    ListParameter,
    NameParameter,
    NumberParameter,
    SortParameter,
)
from api.members import FACT_MEMBERS, INCLUDED
from api.selection import SORTS
from dataset.model import Bound, EventModality, Kind, Measure, Modality, Polarity, ReviewStatus

# Each a pattern, and a length for those who read no patterns.
_IDENTIFIER = [IDENTIFIER, validate.Length(max=16)]
_METRIC = [AGENT, validate.Length(max=80)]
_EVENT_TYPE = [EVENT_TYPE, validate.Length(max=40)]
_UNIT = [
    validate.Regexp(r"^[A-Za-z][A-Za-z0-9-]{0,39}$", error="Not a unit: letters, digits and hyphens."),
    validate.Length(max=40),
]
_MODALITIES = [*Modality, *(each for each in EventModality if each.value not in set(Modality))]

FACETS = (
    *("kind", "metric", "measure", "subject", "claimant", "article", "publisher", "unit", "bound", "modality"),
    *("review", "event_type", "polarity", "direct", "repeats", "published_year", "period_year"),
)


def _some(field: fields.Field[Any], description: str) -> ListParameter:
    return ListParameter(field, metadata={"description": description})


class DataArguments(Schema):
    """Which release is asked."""

    release = fields.String(
        validate=[RELEASE, validate.Length(12, 77)],
        metadata={
            "description": "Release that has to answer, as `release` of an answer says it: such an answer never "
            "changes. The first 12 digits or more say which facts have to answer."
        },
    )


class PageArguments(DataArguments):
    """Which page of a list."""

    limit = IntegerParameter(
        load_default=50, validate=validate.Range(1, 500), metadata={"description": "How many items a page holds."}
    )
    cursor = fields.String(
        validate=[validate.Length(1, 256), validate.Regexp(r"^[A-Za-z0-9_-]+$", error="Not a cursor.")],
        metadata={"description": "Where the page starts: taken from `next` of the page before, with the same filters."},
    )


class ShapeArguments(DataArguments):
    """Which members a fact has in the answer."""

    members = ListParameter(
        fields.String(validate=validate.OneOf(FACT_MEMBERS)),
        data_key="fields",
        metadata={"description": "Members to answer and no others, such as `id,value,provenance.links.text`."},
    )
    include = _some(
        fields.String(validate=validate.OneOf(INCLUDED)),
        "More to answer: `highlights` (where `q` was found), `selectors` (the span in all its spellings), `sentence` "
        "(the one around the span, where the text is held), `citation`.",
    )


class FilterArguments(DataArguments):
    """Which facts; all filters that are given have to hold."""

    kind = _some(Choice(Kind), "Kinds of fact.")
    metric = _some(
        fields.String(validate=_METRIC),
        "What is measured, such as `killed,wounded`: see /v1/metrics.",
    )
    measure = _some(Choice(Measure), "Which aspect of it the number measures.")
    subject = _some(
        NameParameter(),
        "Whom an amount is about, or who acts in an event: identifiers such as `finland`, which take in those that "
        "belong to them, or names, with `\\,` for a comma in one.",
    )
    claimant = _some(
        NameParameter(),
        "Who puts it forward, as origin or relay: identifiers such as `tass`, which take in those that belong to "
        "them, or names, with `\\,` for a comma in one.",
    )
    publisher = _some(NameParameter(), "Who published the article, whatever the case.")
    unit = _some(fields.String(validate=_UNIT), "Units, such as `person,item`.")
    bound = _some(Choice(Bound), "How the words limit the number.")
    modality = _some(Choice(_MODALITIES, "AnyModality"), "How firmly an amount is put forward, how far an event is.")
    review = _some(Choice(ReviewStatus), "Whether somebody has looked at the fact.")
    event_type = _some(fields.String(validate=_EVENT_TYPE), "Types of event, such as `attack,visit`.")
    polarity = _some(Choice(Polarity), "Whether an event is told to happen, or not to.")
    direct = FlagParameter(
        metadata={"description": "Statements that stand in quotation marks, or those that do not: `true` or `false`."}
    )
    repeats = FlagParameter(
        metadata={"description": "`false` leaves out what an article says again; `true` keeps nothing else."}
    )
    value_min = NumberParameter(
        metadata={"description": "Facts whose words reach this number: `more than 500000` reaches 600000."}
    )
    value_max = NumberParameter(
        metadata={"description": "Facts whose words reach down to this number: `up to 500000` reaches 3."}
    )
    certainly_above = NumberParameter(
        metadata={
            "description": "Facts whose words leave only numbers above this one: `more than 500000` for 500000. "
            "`About` reaches 5 %."
        }
    )
    certainly_below = NumberParameter(
        metadata={
            "description": "Facts whose words leave only numbers below this one: `less than 500000` for 500000. "
            "`About` reaches 5 %."
        }
    )
    period_from = DayParameter(
        last=False, metadata={"description": "Facts whose period reaches this day, month or year, or a later one."}
    )
    period_to = DayParameter(
        last=True, metadata={"description": "Facts whose period reaches this day, month or year, or an earlier one."}
    )
    published_from = DayParameter(
        last=False, metadata={"description": "Facts of articles published in this day, month or year, or later."}
    )
    published_to = DayParameter(
        last=True, metadata={"description": "Facts of articles published in this day, month or year, or before."}
    )
    known_at = DayParameter(
        last=True, metadata={"description": "Facts that had been published by the end of this day, month or year."}
    )
    q = fields.String(
        validate=[validate.Length(1, 200), PRINTABLE],
        metadata={
            "description": 'Words, "phrases", -without and prefix*, which all have to hold: of a statement in what '
            "was said, of a figure or an event in its sentence. Where the text is not held, only spans of at most "
            "60 characters are searched."
        },
    )

    @validates_schema
    def _check_ranges(self, data: dict[str, Any], **_options: object) -> None:
        for low, high in (("value_min", "value_max"), ("period_from", "period_to"), ("published_from", "published_to")):
            if data.get(low, -math.inf) > data.get(high, math.inf):
                raise ValidationError(f"Greater than {high}.", low)


class SortArguments(Schema):
    """In which order."""

    sort = SortParameter(
        SORTS,
        load_default="position",
        metadata={
            "description": "One key or several by comma, `-` before one reverses it: "
            f"{', '.join(f'`{name}`' for name in SORTS)}. Facts without the key come last either way; equal ones "
            "stay in the order of the release, which `-` reverses too."
        },
    )


class ArticleFactArguments(SortArguments, PageArguments, ShapeArguments, FilterArguments):
    """Which facts of one article, in which order."""


class AllFactArguments(FilterArguments):
    """Which facts of all articles."""

    article = _some(fields.String(validate=_IDENTIFIER), "Identifiers of articles.")


class FactArguments(SortArguments, PageArguments, ShapeArguments, AllFactArguments):
    """Which facts of all articles, in which order."""


class ExportArguments(SortArguments, AllFactArguments):
    """Which facts to write out, in which order."""


class FacetArguments(AllFactArguments):
    """What to count by."""

    by = ListParameter(
        fields.String(validate=validate.OneOf(FACETS)),
        most=5,
        required=True,
        metadata={"description": "What to count by, such as `metric,claimant`."},
    )
    limit = IntegerParameter(
        load_default=50,
        validate=validate.Range(1, 500),
        metadata={"description": "How many groups, the largest first."},
    )


class AggregateArguments(AllFactArguments):
    """What to sum up by."""

    by = fields.String(
        required=True, validate=validate.OneOf(FACETS), metadata={"description": "What to group by, such as `metric`."}
    )
    limit = IntegerParameter(
        load_default=50,
        validate=validate.Range(1, 500),
        metadata={"description": "How many groups, the largest first."},
    )


class SeriesArguments(PageArguments, AllFactArguments):
    """Which claims of a metric."""

    class Meta:
        """The metric stands in the path, and only quantities have one."""

        exclude = ("metric", "kind", "direct", "event_type", "polarity")


class ComparisonArguments(AllFactArguments):
    """Which claims to set side by side."""

    as_of = DayParameter(
        last=True,
        metadata={
            "description": "Claims whose period takes in this day, or the last of this month or year; not the undated."
        },
    )

    class Meta:
        """Only quantities are compared, each figure of an article once."""

        exclude = ("kind", "direct", "event_type", "polarity", "repeats")
