"""Marshmallow fields that say the same in a request, in an answer and in the OpenAPI document."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from marshmallow import fields, validate

IDENTIFIER = validate.Regexp(r"^[a-z2-7]{16}$", error="Not an identifier: 16 characters of a-z and 2-7.")
AGENT = validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,79}$", error="Not an identifier: lower-case letters, digits, hyphens.")
EVENT_TYPE = validate.Regexp(r"^[a-z][a-z-]{0,39}$", error="Not a type of event: lower-case letters and hyphens.")
SHA256 = validate.Regexp(r"^[0-9a-f]{64}$")

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE]-?[0-9]+)?")
_EXACT = 2**53  # beyond it a double no longer tells neighbouring whole numbers apart


class ChoiceOptions(TypedDict, total=False):
    """What a field says beside its choices."""

    required: bool
    allow_none: bool
    metadata: dict[str, Any]


class Choice(fields.String):
    """One of the members of an enumeration, by value."""

    def __init__(self, choices: type[StrEnum], **options: Unpack[ChoiceOptions]) -> None:
        super().__init__(validate=validate.OneOf([choice.value for choice in choices]), **options)
        self.name_of_choices = choices.__name__


class Number(fields.Float):
    """A number; a whole one is written without a fraction."""

    def _serialize(self, value: object, attr: str | None, obj: object, **options: object) -> str | float | None:
        if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
            return int(value)
        return super()._serialize(value, attr, obj, **options)


class IntegerParameter(fields.Integer):
    """A whole number in plain ASCII digits: int() also takes blanks, underscores and the digits of other scripts."""

    def _validated(self, value: str) -> int:
        if not _INTEGER.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class NumberParameter(fields.Float):
    """A finite number in plain ASCII digits."""

    def _validated(self, value: str) -> float:
        if not _NUMBER.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)
