"""The answers, as marshmallow schemas: what is written is what is documented."""

from __future__ import annotations

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from api.fields import AGENT, IDENTIFIER, LABEL, SHA256, Choice
from dataset.model import (
    EXACT_LIMIT,
    ReviewStatus,
    Role,
)

NOT_NEGATIVE = validate.Range(min=0)
_POSITIVE = validate.Range(min=1)


def always(description: str, **options: object) -> dict[str, Any]:
    """Options of a member that every answer has."""
    return {"required": True, "metadata": {"description": description}, **options}


def or_null(description: str, **options: object) -> dict[str, Any]:
    """Options of a member that every answer has, null where nothing is known."""
    return always(description, allow_none=True, **options)


class Answer(Schema):
    """Base of the answers; members may join them, so a client has to skip those that it does not know."""

    class Meta:
        """Leaves `additionalProperties` out of the OpenAPI document."""

        unknown = EXCLUDE


class ProblemSchema(Answer):
    """An error, after RFC 9457."""

    type = fields.String(**always("URI that identifies the kind of problem; about:blank says no more than status."))
    title = fields.String(**always("What kind of problem it is."))
    status = fields.Integer(**always("HTTP status code.", validate=validate.Range(400, 599)))
    detail = fields.String(**always("What is wrong with this request."))
    instance = fields.String(metadata={"description": "Path that was asked for, where it could be read."})
    parameter = fields.String(metadata={"description": "Parameter that is at fault, of the query or of the path."})
    nearest = fields.String(metadata={"description": "Known parameter, value or identifier that may be meant."})
    remedy = fields.String(metadata={"description": "What to do about it."})


class AgentSchema(Answer):
    """A person, organisation, country or group."""

    id = fields.String(**or_null("Identifier of the vocabulary, null where it does not know the name.", validate=AGENT))
    name = fields.String(**always("The name."))


class SubjectSchema(AgentSchema):
    """Whom an amount is about."""

    inferred = fields.Boolean(**always("Whether its own sentence does not say so, and those before it do."))


class MentionSchema(AgentSchema):
    """Somebody or something named in the text."""

    start = fields.Integer(
        **or_null("First code point of the mention: the name, or a word that stands for it.", validate=NOT_NEGATIVE)
    )
    end = fields.Integer(**or_null("Code point after the mention.", validate=_POSITIVE))
    inferred = fields.Boolean(**always("Whether other words than the name stand there, or none, and it was resolved."))


class ClaimantSchema(MentionSchema):
    """Who puts a fact forward inside the text."""


class ParticipantSchema(MentionSchema):
    """Who or what takes part in an event."""

    role = Choice(Role, **always("As what."))


class CueSchema(Answer):
    """The words that say that something is said."""

    start = fields.Integer(**always("First code point.", validate=NOT_NEGATIVE))
    end = fields.Integer(**always("Code point after them.", validate=_POSITIVE))
    exact = fields.String(**always("The words.", validate=validate.Length(1, EXACT_LIMIT)))


class PeriodSchema(Answer):
    """When a fact holds."""

    edtf = fields.String(**always("The period in EDTF (ISO 8601-2)."))
    start_on = fields.String(**or_null("Its first day (ISO 8601), null where open or unknown."))
    end_on = fields.String(**or_null("Its last day (ISO 8601), null where open or unknown."))


class ReviewSchema(Answer):
    """What a reviewer decided about a fact."""

    status = Choice(ReviewStatus, **always("Whether somebody has looked at it."))
    reviewer = fields.String(**or_null("Who decided."))
    reviewed_on = fields.String(**or_null("When (ISO 8601)."))
    note = fields.String(**or_null("Why."))


class ArticleReferenceSchema(Answer):
    """The article that reports a fact."""

    id = fields.String(**always("Identifier: from the sha256 of the file.", validate=IDENTIFIER))
    file = fields.String(**always("Name of the file."))
    sha256 = fields.String(**always("Digest of the file's bytes.", validate=SHA256))
    publisher = fields.String(**or_null("Who published it."))
    published_on = fields.String(**or_null("When, in EDTF (ISO 8601-2)."))
    url = fields.String(**or_null("The publisher's own page."))
    title = fields.String(**or_null("Headline."))


class ProvenanceLinksSchema(Answer):
    """Where to look a fact up."""

    self = fields.String(**always("The fact."))
    article = fields.String(**always("The article."))
    text = fields.String(**always("The span in the article's text (RFC 5147 fragment)."))
    verification = fields.String(**always("Checks of the fact against the text."))


class ProvenanceSchema(Answer):
    """Where a fact stands: a half-open span of Unicode code points of the unmodified text."""

    file = fields.String(**always("Name of the article's file."))
    sha256 = fields.String(**always("Digest of the file's bytes.", validate=SHA256))
    span_sha256 = fields.String(**always("Digest of the span's UTF-8 text.", validate=SHA256))
    start = fields.Integer(**always("First code point of the span.", validate=NOT_NEGATIVE))
    end = fields.Integer(**always("Code point after the span.", validate=_POSITIVE))
    byte_start = fields.Integer(
        **or_null("First byte of the span in the file, null where the text is not held.", validate=NOT_NEGATIVE)
    )
    byte_end = fields.Integer(**or_null("Byte after the span, null where the text is not held.", validate=_POSITIVE))
    line = fields.Integer(**always("Line that the span starts in, from 1.", validate=_POSITIVE))
    exact = fields.String(
        **or_null(
            f"The span. Where the text is not held, null for a statement and beyond {EXACT_LIMIT} characters.",
            validate=validate.Length(1),
        )
    )
    prefix = fields.String(**or_null("What stands before it, null where the text is not held."))
    suffix = fields.String(**or_null("What stands after it, null where the text is not held."))
    links = fields.Nested(ProvenanceLinksSchema, required=True)


class CheckSchema(Answer):
    """One promise about a fact."""

    name = fields.String(**always("What is checked, such as sha256 or value."))
    passed = fields.Boolean(**or_null("Whether it holds, null where that cannot be told without the text."))
    detail = fields.String(**or_null("What is wrong, or why it cannot be told."))


class VerificationSchema(Answer):
    """A fact checked anew against the text that is held."""

    fact = fields.String(**always("Identifier of the fact.", validate=IDENTIFIER))
    release = fields.String(**always("Release that answers: its digest, and which texts are held.", validate=LABEL))
    passed = fields.Boolean(**always("Whether every check that could be made holds."))
    complete = fields.Boolean(**always("Whether every check could be made: the text is held."))
    checks = fields.List(fields.Nested(CheckSchema), **always("Each check."))


class ArticleLinksSchema(Answer):
    """What else there is about an article."""

    self = fields.String(**always("The article."))
    facts = fields.String(**always("Its facts."))
    text = fields.String(**always("Its text."))


class ArticleSchema(ArticleReferenceSchema):
    """One article."""

    byline = fields.String(**or_null("Who wrote it, as printed."))
    facts = fields.Integer(**always("Number of its facts.", validate=NOT_NEGATIVE))
    characters = fields.Integer(
        **or_null("Length in code points, null where the text is not held.", validate=_POSITIVE)
    )
    links = fields.Nested(ArticleLinksSchema, required=True)


class TotalSchema(Answer):
    """How many items all pages hold together."""

    value = fields.Integer(**always("The number.", validate=NOT_NEGATIVE))
    relation = fields.String(**always("It is exact.", validate=validate.OneOf(["eq"])))


class PageSchema(Answer):
    """What every page of every list says."""

    next = fields.String(**or_null("Address of the next page, null on the last."))
    release = fields.String(**always("Release that answers: its digest, and which texts are held.", validate=LABEL))
    total = fields.Nested(TotalSchema, required=True)


class ArticlePageSchema(PageSchema):
    """A page of articles."""

    items = fields.List(fields.Nested(ArticleSchema), **always("The articles."))


class HealthSchema(Answer):
    """The process is alive."""

    status = fields.String(**always("It is.", validate=validate.OneOf(["ok"])))


class ReadinessSchema(Answer):
    """The release that is served."""

    status = fields.String(**always("It can be served.", validate=validate.OneOf(["ready"])))
    release = fields.String(**always("Its digest, and which texts are held.", validate=LABEL))
    schema_version = fields.Integer(**always("Version of the database schema."))
    articles = fields.Integer(**always("Number of articles.", validate=NOT_NEGATIVE))
    facts = fields.Integer(**always("Number of facts.", validate=NOT_NEGATIVE))
    texts = fields.Integer(**always("Number of articles whose text is held.", validate=NOT_NEGATIVE))


class IndexLinksSchema(Answer):
    """Where to go from here."""

    facts = fields.String(**always("All facts."))
    articles = fields.String(**always("All articles."))
    metrics = fields.String(**always("All metrics."))
    claimants = fields.String(**always("All claimants."))
    dataset = fields.String(**always("What the release holds, and its files."))
    documentation = fields.String(**always("Documentation to read and try out."))
    openapi = fields.String(**always("OpenAPI document."))
    openapi_3_0 = fields.String(**always("The same in OpenAPI 3.0, for generators that do not know 3.1."))
    health = fields.String(**always("Whether the process is alive."))
    readiness = fields.String(**always("Whether the data can be served."))


class IndexSchema(Answer):
    """What this service is."""

    name = fields.String(**always("Its name."))
    version = fields.String(**always("Its version."))
    links = fields.Nested(IndexLinksSchema, required=True)
