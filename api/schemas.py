"""The answers, as marshmallow schemas: what is written is what is documented."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from api.fields import IDENTIFIER, SHA256, Choice, Number
from dataset.model import EXACT_LIMIT, Bound, Kind, Measure, Modality, ReviewStatus

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

    id = fields.String(**_or_null("Identifier of the vocabulary, null where it does not know the name."))
    name = fields.String(**_always("The name."))


class SubjectSchema(AgentSchema):
    """Whom an amount is about."""

    inferred = fields.Boolean(**_always("Whether its own sentence does not say so, and those before it do."))


class ClaimantSchema(AgentSchema):
    """Who puts a fact forward inside the text."""

    start = fields.Integer(
        **_or_null("First code point of the mention: the name, or a word that stands for it.", validate=_NOT_NEGATIVE)
    )
    end = fields.Integer(**_or_null("Code point after the mention.", validate=_POSITIVE))


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
        **_or_null("The span, null where too long to quote.", validate=validate.Length(1, EXACT_LIMIT))
    )
    prefix = fields.String(**_or_null("What stands before it, null where the text is not held."))
    suffix = fields.String(**_or_null("What stands after it, null where the text is not held."))
    links = fields.Nested(ProvenanceLinksSchema, required=True)


class FactSchema(Answer):
    """This article reports that …: one mention of one figure, statement or event."""

    id = fields.String(**_always("Identifier: from the article, the kind and the span.", validate=IDENTIFIER))
    kind = Choice(Kind, **_always("What is reported."))
    article = fields.Nested(ArticleReferenceSchema, required=True)
    metric = fields.String(**_or_null("What is measured."))
    measure = Choice(Measure, **_or_null("Which aspect of it."))
    subject = fields.Nested(SubjectSchema, **_or_null("Whom the amount is about."))
    counted = fields.String(**_or_null("The noun counted, as printed."))
    value = Number(**_or_null("The number in base units, null where no single one is given."))
    value_low = Number(**_or_null("Least that the words commit to, null for no limit."))
    value_high = Number(**_or_null("Most that the words commit to, null for no limit."))
    value_as_written = fields.String(**_or_null("The number as printed."))
    bound = Choice(Bound, **_or_null("How the words limit the number."))
    unit = fields.String(**_or_null("Unit of the number, such as person or USD."))
    period = fields.Nested(PeriodSchema, **_or_null("When it holds."))
    modality = Choice(Modality, **_always("How firmly it is put forward."))
    claimants = fields.List(fields.Nested(ClaimantSchema), **_always("Who puts it forward, the origin first."))
    repeats = fields.String(**_or_null("Fact of the same article that this one repeats.", validate=IDENTIFIER))
    rule = fields.String(**_always("Rule that found it."))
    confidence = Number(**_or_null("Share of that rule's facts that are right.", validate=validate.Range(0, 1)))
    review = fields.Nested(ReviewSchema, required=True)
    provenance = fields.Nested(ProvenanceSchema, required=True)


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
