"""The answers, as marshmallow schemas: what is written is what is documented."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate
from marshmallow_oneofschema.one_of_schema import OneOfSchema

from api.fields import AGENT, EVENT_TYPE, IDENTIFIER, SHA256, Choice, Number
from dataset.model import (
    EXACT_LIMIT,
    Bound,
    EventModality,
    Kind,
    Measure,
    Modality,
    Polarity,
    ReviewStatus,
    Role,
)

_NOT_NEGATIVE = validate.Range(min=0)
_POSITIVE = validate.Range(min=1)


def _always(description: str, **options: object) -> dict[str, Any]:
    return {"required": True, "metadata": {"description": description}, **options}


def _or_null(description: str, **options: object) -> dict[str, Any]:
    return _always(description, allow_none=True, **options)


class Answer(Schema):
    """Base of the answers; members may join them, so a client has to skip those that it does not know."""

    class Meta:
        """Leaves `additionalProperties` out of the OpenAPI document."""

        unknown = EXCLUDE


class ProblemSchema(Answer):
    """An error, after RFC 9457."""

    type = fields.String(**_always("URI that identifies the kind of problem; about:blank says no more than status."))
    title = fields.String(**_always("What kind of problem it is."))
    status = fields.Integer(**_always("HTTP status code.", validate=validate.Range(400, 599)))
    detail = fields.String(**_always("What is wrong with this request."))
    instance = fields.String(**_always("Path that was asked for."))
    parameter = fields.String(metadata={"description": "Query parameter that is at fault."})
    nearest = fields.String(metadata={"description": "Known parameter that may be meant."})
    remedy = fields.String(metadata={"description": "What to do about it."})


class AgentSchema(Answer):
    """A person, organisation, country or group."""

    id = fields.String(
        **_or_null("Identifier of the vocabulary, null where it does not know the name.", validate=AGENT)
    )
    name = fields.String(**_always("The name."))


class SubjectSchema(AgentSchema):
    """Whom an amount is about."""

    inferred = fields.Boolean(**_always("Whether its own sentence does not say so, and those before it do."))


class MentionSchema(AgentSchema):
    """Somebody or something named in the text."""

    start = fields.Integer(
        **_or_null("First code point of the mention: the name, or a word that stands for it.", validate=_NOT_NEGATIVE)
    )
    end = fields.Integer(**_or_null("Code point after the mention.", validate=_POSITIVE))
    inferred = fields.Boolean(**_always("Whether other words than the name stand there, or none, and it was resolved."))


class ClaimantSchema(MentionSchema):
    """Who puts a fact forward inside the text."""


class ParticipantSchema(MentionSchema):
    """Who or what takes part in an event."""

    role = Choice(Role, **_always("As what."))


class CueSchema(Answer):
    """The words that say that something is said."""

    start = fields.Integer(**_always("First code point.", validate=_NOT_NEGATIVE))
    end = fields.Integer(**_always("Code point after them.", validate=_POSITIVE))
    exact = fields.String(**_always("The words.", validate=validate.Length(1, EXACT_LIMIT)))


class PeriodSchema(Answer):
    """When a fact holds."""

    edtf = fields.String(**_always("The period in EDTF (ISO 8601-2)."))
    start_on = fields.String(**_or_null("Its first day (ISO 8601), null where open or unknown."))
    end_on = fields.String(**_or_null("Its last day (ISO 8601), null where open or unknown."))


class ReviewSchema(Answer):
    """What a reviewer decided about a fact."""

    status = Choice(ReviewStatus, **_always("Whether somebody has looked at it."))
    reviewer = fields.String(**_or_null("Who decided."))
    reviewed_on = fields.String(**_or_null("When (ISO 8601)."))
    note = fields.String(**_or_null("Why."))


class ArticleReferenceSchema(Answer):
    """The article that reports a fact."""

    id = fields.String(**_always("Identifier: from the sha256 of the file.", validate=IDENTIFIER))
    file = fields.String(**_always("Name of the file."))
    sha256 = fields.String(**_always("Digest of the file's bytes.", validate=SHA256))
    publisher = fields.String(**_or_null("Who published it."))
    published_on = fields.String(**_or_null("When, in EDTF (ISO 8601-2)."))
    url = fields.String(**_or_null("The publisher's own page."))
    title = fields.String(**_or_null("Headline."))


class ProvenanceLinksSchema(Answer):
    """Where to look a fact up."""

    self = fields.String(**_always("The fact."))
    article = fields.String(**_always("The article."))
    text = fields.String(**_always("The span in the article's text (RFC 5147 fragment)."))


class ProvenanceSchema(Answer):
    """Where a fact stands: a half-open span of Unicode code points of the unmodified text."""

    file = fields.String(**_always("Name of the article's file."))
    sha256 = fields.String(**_always("Digest of the file's bytes.", validate=SHA256))
    span_sha256 = fields.String(**_always("Digest of the span's UTF-8 text.", validate=SHA256))
    start = fields.Integer(**_always("First code point of the span.", validate=_NOT_NEGATIVE))
    end = fields.Integer(**_always("Code point after the span.", validate=_POSITIVE))
    line = fields.Integer(**_always("Line that the span starts in, from 1.", validate=_POSITIVE))
    exact = fields.String(
        **_or_null(
            f"The span, null where it is longer than {EXACT_LIMIT} and the text is not held.",
            validate=validate.Length(1),
        )
    )
    prefix = fields.String(**_or_null("What stands before it, null where the text is not held."))
    suffix = fields.String(**_or_null("What stands after it, null where the text is not held."))
    links = fields.Nested(ProvenanceLinksSchema, required=True)


class AnyFactSchema(Answer):
    """This article reports that …: what facts of all kinds have."""

    id = fields.String(**_always("Identifier: from the article, the kind and the span.", validate=IDENTIFIER))
    article = fields.Nested(ArticleReferenceSchema, required=True)
    claimants = fields.List(fields.Nested(ClaimantSchema), **_always("Who puts it forward, the origin first."))
    repeats = fields.String(**_or_null("Fact of the same article that this one repeats.", validate=IDENTIFIER))
    rule = fields.String(**_always("Rule that found it."))
    confidence = Number(**_or_null("Share of that rule's facts that are right.", validate=validate.Range(0, 1)))
    review = fields.Nested(ReviewSchema, required=True)
    provenance = fields.Nested(ProvenanceSchema, required=True)


def _only(kind: Kind) -> fields.String:
    return fields.String(**_always("What is reported.", validate=validate.Equal(kind.value)))


class QuantityFactSchema(AnyFactSchema):
    """This article reports that …: one mention of one figure."""

    kind = _only(Kind.QUANTITY)
    metric = fields.String(**_or_null("What is measured."))
    measure = Choice(Measure, **_always("Which aspect of it."))
    subject = fields.Nested(SubjectSchema, **_or_null("Whom the amount is about."))
    counted = fields.String(**_or_null("The noun counted, as printed."))
    value = Number(**_or_null("The number in base units, null where no single one is given."))
    value_low = Number(**_or_null("Least that the words commit to, null for no limit."))
    value_high = Number(**_or_null("Most that the words commit to, null for no limit."))
    value_as_written = fields.String(**_or_null("The number as printed."))
    bound = Choice(Bound, **_always("How the words limit the number."))
    unit = fields.String(**_always("Unit of the number, such as person or USD."))
    period = fields.Nested(PeriodSchema, **_or_null("When it holds."))
    modality = Choice(Modality, **_always("How firmly it is put forward."))


class StatementFactSchema(AnyFactSchema):
    """This article reports that somebody said something: the span is what was said, without quotation marks."""

    kind = _only(Kind.STATEMENT)
    direct = fields.Boolean(**_always("Whether it stands in quotation marks."))
    cue = fields.Nested(CueSchema, **_or_null("The words that say so, null where none do."))
    period = fields.Nested(PeriodSchema, **_or_null("When it was said, where the text says so."))


class EventFactSchema(AnyFactSchema):
    """This article reports that something happened, will or did not: the span is the word that tells it."""

    kind = _only(Kind.EVENT)
    event_type = fields.String(**_always("Type of the event, such as attack or visit.", validate=EVENT_TYPE))
    polarity = Choice(Polarity, **_always("Whether it is told to happen, or not to."))
    modality = Choice(EventModality, **_always("Whether it has come about."))
    participants = fields.List(fields.Nested(ParticipantSchema), **_always("Who and what takes part."))
    period = fields.Nested(PeriodSchema, **_or_null("When it took or takes place."))


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


class ArticleLinksSchema(Answer):
    """What else there is about an article."""

    self = fields.String(**_always("The article."))
    facts = fields.String(**_always("Its facts."))
    text = fields.String(**_always("Its text."))


class ArticleSchema(ArticleReferenceSchema):
    """One article."""

    byline = fields.String(**_or_null("Who wrote it, as printed."))
    facts = fields.Integer(**_always("Number of its facts.", validate=_NOT_NEGATIVE))
    characters = fields.Integer(
        **_or_null("Length in code points, null where the text is not held.", validate=_POSITIVE)
    )
    links = fields.Nested(ArticleLinksSchema, required=True)


class TotalSchema(Answer):
    """How many items all pages hold together."""

    value = fields.Integer(**_always("The number.", validate=_NOT_NEGATIVE))
    relation = fields.String(**_always("It is exact.", validate=validate.OneOf(["eq"])))


class PageSchema(Answer):
    """What every page of every list says."""

    next = fields.String(**_or_null("Address of the next page, null on the last."))
    release = fields.String(**_always("Digest of the release that answers.", validate=SHA256))
    total = fields.Nested(TotalSchema, required=True)


class FactPageSchema(PageSchema):
    """A page of facts."""

    items = fields.List(fields.Nested(FactSchema), **_always("The facts."))


class ArticlePageSchema(PageSchema):
    """A page of articles."""

    items = fields.List(fields.Nested(ArticleSchema), **_always("The articles."))


class HealthSchema(Answer):
    """The process is alive."""

    status = fields.String(**_always("It is.", validate=validate.OneOf(["ok"])))


class ReadinessSchema(Answer):
    """The release that is served."""

    status = fields.String(**_always("It can be served.", validate=validate.OneOf(["ready"])))
    release = fields.String(**_always("Its digest.", validate=SHA256))
    schema_version = fields.Integer(**_always("Version of the database schema."))
    articles = fields.Integer(**_always("Number of articles.", validate=_NOT_NEGATIVE))
    facts = fields.Integer(**_always("Number of facts.", validate=_NOT_NEGATIVE))
    texts = fields.Integer(**_always("Number of articles whose text is held.", validate=_NOT_NEGATIVE))


class IndexLinksSchema(Answer):
    """Where to go from here."""

    facts = fields.String(**_always("All facts."))
    articles = fields.String(**_always("All articles."))
    documentation = fields.String(**_always("Documentation to read and try out."))
    openapi = fields.String(**_always("OpenAPI document."))
    health = fields.String(**_always("Whether the process is alive."))
    readiness = fields.String(**_always("Whether the data can be served."))


class IndexSchema(Answer):
    """What this service is."""

    name = fields.String(**_always("Its name."))
    version = fields.String(**_always("Its version."))
    links = fields.Nested(IndexLinksSchema, required=True)
