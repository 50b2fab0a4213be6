"""Facts of the three kinds, as marshmallow schemas."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate
from marshmallow_oneofschema.one_of_schema import OneOfSchema

from api.fields import EVENT_TYPE, IDENTIFIER, Choice, Number
from api.include_schemas import HighlightSchema, SelectorsSchema
from api.schemas import (
    Answer,
    ArticleReferenceSchema,
    ClaimantSchema,
    CueSchema,
    PageSchema,
    ParticipantSchema,
    PeriodSchema,
    ProvenanceSchema,
    ReviewSchema,
    SubjectSchema,
    always,
    or_null,
)
from dataset.model import Bound, EventModality, Kind, Measure, Modality, Polarity


class AnyFactSchema(Answer):
    """This article reports that …: what facts of all kinds have."""

    id = fields.String(**always("Identifier: from the article, the kind and the span.", validate=IDENTIFIER))
    article = fields.Nested(ArticleReferenceSchema, required=True)
    claimants = fields.List(fields.Nested(ClaimantSchema), **always("Who puts it forward, the origin first."))
    repeats = fields.String(**or_null("Fact of the same article that this one repeats.", validate=IDENTIFIER))
    rule = fields.String(**always("Rule that found it."))
    confidence = Number(**or_null("Share of that rule's facts that are right.", validate=validate.Range(0, 1)))
    review = fields.Nested(ReviewSchema, required=True)
    provenance = fields.Nested(ProvenanceSchema, required=True)
    highlights = fields.List(fields.Nested(HighlightSchema), metadata={"description": "With include=highlights."})
    selectors = fields.Nested(SelectorsSchema, metadata={"description": "With include=selectors."})
    sentence = fields.String(
        allow_none=True, metadata={"description": "With include=sentence; null of statements and without the text."}
    )
    citation = fields.String(metadata={"description": "With include=citation: how to cite the fact."})


def _only(kind: Kind) -> fields.String:
    return fields.String(**always("What is reported.", validate=validate.Equal(kind.value)))


class QuantityFactSchema(AnyFactSchema):
    """This article reports that …: one mention of one figure."""

    kind = _only(Kind.QUANTITY)
    metric = fields.String(**or_null("What is measured."))
    measure = Choice(Measure, **always("Which aspect of it."))
    subject = fields.Nested(SubjectSchema, **or_null("Whom the amount is about."))
    counted = fields.String(**or_null("The noun counted, as printed."))
    value = Number(**or_null("The number in base units, null where no single one is given."))
    value_low = Number(**or_null("Least that the words commit to, null for no limit."))
    value_high = Number(**or_null("Most that the words commit to, null for no limit."))
    value_as_written = fields.String(**or_null("The number as printed."))
    bound = Choice(Bound, **always("How the words limit the number."))
    unit = fields.String(**always("Unit of the number, such as person or USD."))
    period = fields.Nested(PeriodSchema, **or_null("When it holds."))
    modality = Choice(Modality, **always("How firmly it is put forward."))


class StatementFactSchema(AnyFactSchema):
    """This article reports that somebody said something: the span is what was said, without quotation marks."""

    kind = _only(Kind.STATEMENT)
    direct = fields.Boolean(**always("Whether it stands in quotation marks."))
    cue = fields.Nested(CueSchema, **or_null("The words that say so, null where none do."))
    period = fields.Nested(PeriodSchema, **or_null("When it was said, where the text says so."))


class EventFactSchema(AnyFactSchema):
    """This article reports that something happened, will or did not: the span is the word that tells it."""

    kind = _only(Kind.EVENT)
    event_type = fields.String(**always("Type of the event, such as attack or visit.", validate=EVENT_TYPE))
    polarity = Choice(Polarity, **always("Whether it is told to happen, or not to."))
    modality = Choice(EventModality, **always("Whether it has come about."))
    participants = fields.List(fields.Nested(ParticipantSchema), **always("Who and what takes part."))
    period = fields.Nested(PeriodSchema, **or_null("When it took or takes place."))


class FactSchema(OneOfSchema):
    """A fact of any kind, which `kind` tells."""

    type_field = "kind"
    type_field_remove = False
    type_schemas = {  # noqa: RUF012 - as the library declares it
        Kind.QUANTITY: QuantityFactSchema(),
        Kind.STATEMENT: StatementFactSchema(),
        Kind.EVENT: EventFactSchema(),
    }

    def get_obj_type(self, obj: dict[str, Any]) -> str:
        """Kind of a represented fact."""
        return str(obj["kind"])


class PartialFactSchema(Answer):
    """The members of a fact that were asked for."""


class PartialFactPageSchema(PageSchema):
    """A page of facts that have only the members asked for."""

    items = fields.List(fields.Nested(PartialFactSchema), **always("The facts."))


class FactPageSchema(PageSchema):
    """A page of facts."""

    items = fields.List(fields.Nested(FactSchema), **always("The facts."))
