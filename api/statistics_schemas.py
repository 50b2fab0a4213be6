"""Metrics, claimants, counts and comparisons, as marshmallow schemas."""

from __future__ import annotations

from marshmallow import fields, validate

from api.fact_schemas import QuantityFactSchema
from api.fields import AGENT, IDENTIFIER, LABEL, SHA256, Choice, Number
from api.schemas import (
    NOT_NEGATIVE,
    AgentSchema,
    Answer,
    PageSchema,
    ProvenanceLinksSchema,
    TotalSchema,
    always,
    or_null,
)
from dataset.model import Bound, Measure, Modality

_BASES = ("same period", "overlapping periods", "period not known")


class ReleasedSchema(Answer):
    """What comes from one release."""

    release = fields.String(**always("Release that answers: its digest, and which texts are held.", validate=LABEL))


class MetricLinksSchema(Answer):
    """Where a metric leads."""

    self = fields.String(**always("The metric."))
    facts = fields.String(**always("Its facts."))
    series = fields.String(**always("Its claims over time."))


class MetricEntrySchema(Answer):
    """One metric."""

    id = fields.String(**always("Identifier.", validate=AGENT))
    definition = fields.String(**always("What it counts or measures."))
    facts = fields.Integer(**always("Number of its facts.", validate=NOT_NEGATIVE))
    links = fields.Nested(MetricLinksSchema, required=True)


class MetricSchema(MetricEntrySchema, ReleasedSchema):
    """One metric of a release."""


class MetricPageSchema(PageSchema):
    """A page of metrics."""

    items = fields.List(fields.Nested(MetricEntrySchema), **always("The metrics."))


class ClaimantLinksSchema(Answer):
    """Where a claimant leads."""

    self = fields.String(**or_null("The claimant, null for a name without an identifier."))
    facts = fields.String(**always("What they put forward."))


class ClaimantEntrySchema(AgentSchema):
    """Somebody who puts facts forward."""

    kind = fields.String(**or_null("What sort of agent: country, ministry, person, …"))
    parent = fields.String(**or_null("Whom they belong to.", validate=AGENT))
    facts = fields.Integer(**always("Number of facts, with those of all who belong to them.", validate=NOT_NEGATIVE))
    links = fields.Nested(ClaimantLinksSchema, required=True)


class ClaimantDetailSchema(ClaimantEntrySchema, ReleasedSchema):
    """One claimant of a release."""

    members = fields.List(fields.Nested(AgentSchema), **always("Claimants that belong to them."))


class ClaimantPageSchema(PageSchema):
    """A page of claimants."""

    items = fields.List(fields.Nested(ClaimantEntrySchema), **always("The claimants."))


class ClaimSchema(Answer):
    """One figure that an article reports, as it is set beside others."""

    class Meta(Answer.Meta):
        """A choice of the members of a quantity."""

    id = fields.String(**always("Identifier of the fact.", validate=IDENTIFIER))
    measure = Choice(Measure, **always("Which aspect of the metric."))
    subject = QuantityFactSchema._declared_fields["subject"]  # noqa: SLF001 - the same members as those of the fact
    counted = QuantityFactSchema._declared_fields["counted"]  # noqa: SLF001
    value = Number(**or_null("The number, null where no single one is given."))
    value_low = Number(**or_null("Least that the words commit to, null for no limit."))
    value_high = Number(**or_null("Most that the words commit to, null for no limit."))
    value_as_written = fields.String(**or_null("The number as printed."))
    bound = Choice(Bound, **always("How the words limit the number."))
    unit = fields.String(**always("Unit of the number."))
    modality = Choice(Modality, **always("How firmly it is put forward."))
    period = QuantityFactSchema._declared_fields["period"]  # noqa: SLF001
    claimants = QuantityFactSchema._declared_fields["claimants"]  # noqa: SLF001
    article = QuantityFactSchema._declared_fields["article"]  # noqa: SLF001
    repeats = QuantityFactSchema._declared_fields["repeats"]  # noqa: SLF001
    links = fields.Nested(ProvenanceLinksSchema, required=True)


class ClaimGroupSchema(Answer):
    """The claims of one origin."""

    claimant = fields.Nested(AgentSchema, **or_null("Whom they come from, null where an article itself speaks."))
    claims = fields.List(fields.Nested(ClaimSchema), **always("The claims, by period."))


class SeriesSchema(PageSchema):
    """A page of the claims of one metric over time."""

    metric = fields.String(**always("The metric.", validate=AGENT))
    items = fields.List(fields.Nested(ClaimGroupSchema), **always("The claims of this page by origin."))


class FacetGroupSchema(Answer):
    """The facts that have one value."""

    value = fields.String(**always("The value, as the filter of this name takes it."))
    label = fields.String(**or_null("How it is called, where it is no name itself."))
    facts = fields.Integer(**always("Number of facts.", validate=validate.Range(min=1)))


class FacetSchema(Answer):
    """The values of one filter."""

    by = fields.String(**always("Name of the filter."))
    distinct = fields.Integer(**always("Number of different values.", validate=NOT_NEGATIVE))
    missing = fields.Integer(**always("Number of facts that have none.", validate=NOT_NEGATIVE))
    groups = fields.List(fields.Nested(FacetGroupSchema), **always("The values, those of the most facts first."))


class FacetCountsSchema(ReleasedSchema):
    """Facts counted."""

    total = fields.Nested(TotalSchema, required=True)
    facets = fields.List(fields.Nested(FacetSchema), **always("One for each name given."))


class AggregateSchema(FacetGroupSchema):
    """The numbers of the facts that have one value."""

    measure = Choice(Measure, **always("Measure of the numbers."))
    unit = fields.String(**always("Unit of the numbers."))
    min = Number(**always("The least number."))
    max = Number(**always("The largest number."))
    median = Number(**always("The number in the middle; between the two in the middle, where these are two."))


class AggregatesSchema(ReleasedSchema):
    """Numbers summed up."""

    by = fields.String(**always("What they are grouped by."))
    total = fields.Nested(TotalSchema, required=True)
    groups = fields.List(fields.Nested(AggregateSchema), **always("The groups, those of the most facts first."))


class ComparedClaimSchema(ClaimSchema):
    """A claim of a comparison."""

    repeated = fields.List(
        fields.String(validate=IDENTIFIER), **always("Facts in which the same article says it again.")
    )


class PairSchema(Answer):
    """Two claims of a comparison."""

    one = fields.String(**always("Fact.", validate=IDENTIFIER))
    other = fields.String(**always("Fact.", validate=IDENTIFIER))
    basis = fields.String(**always("Why they are about the same time.", validate=validate.OneOf(_BASES)))


class ComparisonCountsSchema(Answer):
    """How much is compared."""

    claims = fields.Integer(**always("Claims.", validate=NOT_NEGATIVE))
    claimants = fields.Integer(**always("Different origins, the articles themselves left out.", validate=NOT_NEGATIVE))
    articles = fields.Integer(**always("Articles.", validate=NOT_NEGATIVE))


class ComparisonSchema(Answer):
    """All claims about one thing."""

    metric = fields.String(**always("What is measured.", validate=AGENT))
    subject = fields.String(**always("Whom it is about.", validate=AGENT))
    measure = Choice(Measure, **always("Which aspect."))
    unit = fields.String(**always("Unit of the numbers."))
    counted = fields.String(**or_null("What is counted, where the unit is item."))
    low = Number(**always("The smallest number claimed."))
    high = Number(**always("The largest number claimed."))
    ratio = Number(**or_null("How many times the smallest the largest is, null where that is not above zero."))
    counts = fields.Nested(ComparisonCountsSchema, required=True)
    claims = fields.List(fields.Nested(ComparedClaimSchema), **always("The claims, by period."))
    contradictions = fields.List(fields.Nested(PairSchema), **always("Claims that cannot both hold."))
    agreements = fields.List(fields.Nested(PairSchema), **always("Claims of different sources that can both hold."))


class ClaimComparisonsSchema(ReleasedSchema):
    """Claims side by side."""

    comparisons = fields.List(fields.Nested(ComparisonSchema), **always("One for each thing that is claimed about."))


class ExportSchema(Answer):
    """The release as one file."""

    path = fields.String(**always("Where it is."))
    media_type = fields.String(**always("What it is."))
    bytes = fields.Integer(**or_null("Its size, null where it is written as it is read.", validate=NOT_NEGATIVE))
    sha256 = fields.String(**or_null("Its digest, null where it is written as it is read.", validate=SHA256))


class CountsSchema(Answer):
    """How much a release holds."""

    articles = fields.Integer(**always("Articles.", validate=NOT_NEGATIVE))
    facts = fields.Integer(**always("Facts.", validate=NOT_NEGATIVE))
    texts = fields.Integer(**always("Articles whose text is held.", validate=NOT_NEGATIVE))
    withdrawals = fields.Integer(**always("Facts that were withdrawn.", validate=NOT_NEGATIVE))


class KindsSchema(Answer):
    """How many facts of each kind there are."""

    quantity = fields.Integer(**always("Figures.", validate=NOT_NEGATIVE))
    statement = fields.Integer(**always("Statements.", validate=NOT_NEGATIVE))
    event = fields.Integer(**always("Events.", validate=NOT_NEGATIVE))


class PublishedSchema(Answer):
    """When the articles were published."""

    first = fields.String(**or_null("The earliest, in EDTF."))
    last = fields.String(**or_null("The latest, in EDTF."))


class DatasetSchema(ReleasedSchema):
    """The release as a whole."""

    schema_version = fields.Integer(**always("Version of the database schema."))
    counts = fields.Nested(CountsSchema, required=True)
    kinds = fields.Nested(KindsSchema, required=True)
    published = fields.Nested(PublishedSchema, required=True)
    exports = fields.List(fields.Nested(ExportSchema), **always("The release as files."))
