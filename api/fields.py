"""Marshmallow fields that say the same in a request, in an answer and in the OpenAPI document."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from datetime import date
from enum import StrEnum
from typing import Any, TypedDict, Unpack

from marshmallow import ValidationError, fields, validate
from webargs.fields import DelimitedList

IDENTIFIER = validate.Regexp(r"^[a-z2-7]{16}$", error="Not an identifier: 16 characters of a-z and 2-7.")
AGENT = validate.Regexp(r"^[a-z0-9][a-z0-9-]{0,79}$", error="Not an identifier: lower-case letters, digits, hyphens.")
PRINTABLE = validate.Regexp(r"^[^\u0000-\u001f\u007f-\u009f]+$", error="A control character stands in it.")
_NAME = [
    validate.Length(1, 200),
    validate.Regexp(r"^([^,\\\u0000-\u001f\u007f-\u009f]|\\[,\\])+$", error="A backslash stands alone in it."),
]
_ITEM = re.compile(r"(?:^|,)((?:\\.|[^,\\]|\\$)*)")  # what stands between commas that have no backslash before them
_ESCAPED = re.compile(r"\\(.)")
LABEL = validate.Regexp(r"^[0-9a-f]{64}(-[0-9a-f]{12})?$")
RELEASE = validate.Regexp(r"^[0-9a-f]{12,64}(-[0-9a-f]{12})?$", error="Not a release: 12 hexadecimal digits or more.")
EVENT_TYPE = validate.Regexp(r"^[a-z][a-z-]{0,39}$", error="Not a type of event: lower-case letters and hyphens.")
SHA256 = validate.Regexp(r"^[0-9a-f]{64}$")

_INTEGER = re.compile(r"-?[0-9]{1,18}")
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")
_EXACT = 2**53  # beyond it a double no longer tells neighbouring whole numbers apart


class FieldOptions(TypedDict, total=False):
    """What a field of our own says beside what it is."""

    required: bool
    allow_none: bool
    data_key: str
    metadata: dict[str, Any]


class Choice(fields.String):
    """One of the members of an enumeration, by value."""

    def __init__(
        self, choices: type[StrEnum] | list[StrEnum], name: str | None = None, **options: Unpack[FieldOptions]
    ) -> None:
        super().__init__(validate=validate.OneOf([choice.value for choice in choices]), **options)
        self.name_of_choices = name or choices.__name__  # type: ignore[union-attr]  # a list comes with its name


class Number(fields.Float):
    """A number; a whole one is written without a fraction."""

    def _serialize(self, value: object, attr: str | None, obj: object, **options: object) -> str | float | None:
        number = super()._serialize(value, attr, obj, **options)
        return int(number) if isinstance(number, float) and number.is_integer() and abs(number) < _EXACT else number


class IntegerParameter(fields.Integer):
    """A whole number in plain ASCII digits: int() also takes blanks, underscores and the digits of other scripts."""

    def _validated(self, value: str) -> int:
        if not _INTEGER.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class NumberParameter(fields.Float):
    """A finite number in plain ASCII digits."""

    takes = "a number such as 500000 or 0.5"

    def _validated(self, value: str) -> float:
        if not _NUMBER.fullmatch(value):
            raise self.make_error("invalid", input=value)
        return super()._validated(value)


class ListParameter(DelimitedList):
    r"""Values by comma, at most 50; a comma inside one is written as `\,`, a backslash as `\\`."""

    def __init__(self, inner: fields.Field[Any], *, most: int = 50, **options: Unpack[FieldOptions]) -> None:
        most_values = validate.Length(1, most, error=f"Give 1 to {most} values.")
        super().__init__(inner, validate=most_values, **options)
        self.most = most

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> list[Any]:
        found = fields.List._deserialize(self, split_list(str(value)), attr, data, **options)  # noqa: SLF001
        return list(found)


def split_list(value: str) -> list[str]:
    """The values of a list as they are written."""
    return _ITEM.findall(value)


class NameParameter(fields.String):
    """One name of a list."""

    def __init__(self) -> None:
        super().__init__(validate=_NAME)

    def deserialize(self, value: object, attr: str | None = None, data: Any = None, **options: object) -> str:  # noqa: ANN401
        """Check the name as it is written, and take the backslashes out."""
        return _ESCAPED.sub(r"\1", str(super().deserialize(value, attr, data, **options)))


def escape_name(name: str) -> str:
    """Write a name as a list takes it."""
    return name.replace("\\", "\\\\").replace(",", "\\,")


class FlagParameter(fields.String):
    """true or false, as the list of the one value that a filter takes."""

    takes = "true or false"

    def __init__(self, *, metadata: dict[str, Any]) -> None:
        super().__init__(metadata={**metadata, "enum": ["true", "false"]})

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> Any:  # noqa: ANN401 - a list out of text
        text = super()._deserialize(value, attr, data, **options)
        if text not in self.metadata["enum"]:
            raise ValidationError("Must be true or false.")
        return [text]


class DayParameter(fields.String):
    """A day, month or year of ISO 8601 as the number of its first or last day, which counts from 0001-01-01."""

    takes = "a day such as 2024-03-20, a month such as 2024-03 or a year"
    _FORM = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?")

    def __init__(self, *, last: bool, metadata: dict[str, Any]) -> None:
        super().__init__(metadata={**metadata, "pattern": f"^{self._FORM.pattern}$", "maxLength": 10})
        self._last = last

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> Any:  # noqa: ANN401 - a number out of text
        match = self._FORM.fullmatch(str(super()._deserialize(value, attr, data, **options)))
        parts = [int(part) if part else None for part in match.groups()] if match else [None, None, None]
        try:
            return self._day(*parts)
        except ValueError as error:
            raise ValidationError(f"Not {self.takes}.") from error

    def _day(self, year: int | None, month: int | None, day: int | None) -> int:
        """The day as a number; ValueError where no calendar has it."""
        if year is None:
            raise ValueError("no year")
        if not self._last:
            return date(year, month or 1, day or 1).toordinal()
        month = month or 12
        return date(year, month, day or calendar.monthrange(year, month)[1]).toordinal()


class SortParameter(fields.String):
    """Keys to sort by, each at most once, `-` before those that go downwards."""

    def __init__(self, keys: Collection[str], *, load_default: str, metadata: dict[str, Any]) -> None:
        key = f"-?({'|'.join(keys)})"
        super().__init__(
            load_default=load_default, metadata={**metadata, "pattern": f"^{key}(,{key})*$", "maxLength": 200}
        )
        self.keys = keys
        self.takes = f"keys by comma, `-` before one that goes downwards: {', '.join(keys)}"

    def _deserialize(self, value: object, attr: str | None, data: object, **options: object) -> str:
        text = str(super()._deserialize(value, attr, data, **options))
        names = [each.removeprefix("-") for each in text.split(",")]
        for name in names:
            if name not in self.keys:
                raise ValidationError(f"There is no key {name}.")
            if names.count(name) > 1:
                raise ValidationError(f"The key {name} stands twice.")
        return text
