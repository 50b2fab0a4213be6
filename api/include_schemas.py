"""What a fact has beside its own members where a request includes it, as marshmallow schemas."""

from __future__ import annotations

from marshmallow import fields, validate

from api.schemas import NOT_NEGATIVE, Answer, always, or_null


class SpanSchema(Answer):
    """A half-open span of code points."""

    start = fields.Integer(**always("First code point.", validate=NOT_NEGATIVE))
    end = fields.Integer(**always("Code point after it.", validate=NOT_NEGATIVE))


class HighlightSchema(Answer):
    """Where words that were searched for stand."""

    member = fields.String(
        **always(
            "What was searched: the span, the noun counted or the sentence.",
            validate=validate.OneOf(["exact", "counted", "sentence"]),
        )
    )
    text = fields.String(**always("Its text."))
    spans = fields.List(fields.Nested(SpanSchema), **always("Where in that text the words are."))


class PositionSelectorSchema(SpanSchema):
    """TextPositionSelector of the W3C Web Annotation Data Model."""

    type = fields.String(**always("What it is.", validate=validate.Equal("TextPositionSelector")))


class QuoteSelectorSchema(Answer):
    """TextQuoteSelector of the W3C Web Annotation Data Model."""

    type = fields.String(**always("What it is.", validate=validate.Equal("TextQuoteSelector")))
    exact = fields.String(**always("The span."))
    prefix = fields.String(**always("What stands before it."))
    suffix = fields.String(**always("What stands after it."))


class FragmentSelectorSchema(Answer):
    """FragmentSelector of the W3C Web Annotation Data Model, by RFC 5147."""

    type = fields.String(**always("What it is.", validate=validate.Equal("FragmentSelector")))
    value = fields.String(**always("The fragment, such as char=120,168."))
    conformsTo = fields.String(**always("The standard that defines it."))  # noqa: N815 - as the W3C calls it
    link = fields.String(**always("The text with the fragment."))


class ByteRangeSchema(Answer):
    """A range of bytes (RFC 9110 section 14.1.2)."""

    range = fields.String(**always("Value of a Range header, such as bytes=120-167."))
    link = fields.String(**always("The text to send it to."))


class SelectorsSchema(Answer):
    """The span in all its spellings."""

    position = fields.Nested(PositionSelectorSchema, required=True)
    quote = fields.Nested(QuoteSelectorSchema, **or_null("Null where the text is not held."))
    fragment = fields.Nested(FragmentSelectorSchema, required=True)
    bytes = fields.Nested(ByteRangeSchema, **or_null("Null where the text is not held."))
    page = fields.String(**or_null("The span on the publisher's page, where that and the words are known."))
