"""Operations that take no parameter they do not know, and that document themselves in full."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar
from urllib.parse import unquote_plus

import flask_smorest
from flask import Request, request
from marshmallow import Schema, ValidationError, fields, validate
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import NotAcceptable

from api.errors import ParameterError, RepeatedParameterError, UnknownParameterError
from api.problems import response_name

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

P = ParamSpec("P")
R = TypeVar("R")


class StrictParser(FlaskParser):
    """Reads query parameters, and raises ParameterError where webargs would look away."""

    DEFAULT_VALIDATION_STATUS = 400

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, str]:
        """Read the query: each parameter known, given once, not empty, and clean UTF-8."""
        values: dict[str, str] = {}
        for pair in filter(None, req.query_string.split(b"&")):
            raw_name, _, raw_value = pair.partition(b"=")
            name = _decode_name(raw_name)
            if name not in schema.fields:
                raise _unknown(name, schema)
            if name in values:
                raise RepeatedParameterError(
                    f"{name} is given more than once", parameter=name, remedy=f"give {name} once"
                )
            values[name] = _decode(raw_value, name)
            if not values[name]:
                raise ParameterError(f"{name} is empty", parameter=name, remedy=f"leave {name} out, or give it a value")
        return values

    def handle_error(self, error: ValidationError, req: Request, schema: Schema, **_options: object) -> NoReturn:  # noqa: ARG002 - webargs names them
        """Name the first parameter that its schema refuses."""
        name, messages = next(iter(error.messages_dict["query"].items()))
        remedy = f"{name} takes {_describe(schema.fields[name])}"
        raise ParameterError(f"{name}: {_first(messages)}", parameter=name, remedy=remedy) from error


def _decode_name(raw: bytes) -> str:
    """Decode the name of a parameter; one that cannot be printed is named as it was sent, in printable ASCII."""
    sent = raw.decode("ascii", errors="backslashreplace")
    return _decode(raw, f"the name of a parameter ({sent})", sent)


def _decode(raw: bytes, name: str, parameter: str | None = None) -> str:
    parameter = parameter or name
    try:
        text = unquote_plus(raw.decode("utf-8"), errors="strict")
    except UnicodeDecodeError as error:
        remedy = "percent-encode it as UTF-8"
        raise ParameterError(f"{name} is not UTF-8", parameter=parameter, remedy=remedy) from error
    if _CONTROL.search(text):
        remedy = "leave it out"
        raise ParameterError(f"{name} holds a control character", parameter=parameter, remedy=remedy)
    return text


def _unknown(name: str, schema: Schema) -> UnknownParameterError:
    nearest = next(iter(difflib.get_close_matches(name, schema.fields, n=1)), None)
    known = ", ".join(schema.fields) or "no parameters"
    return UnknownParameterError(
        f"there is no parameter {name}", parameter=name, nearest=nearest, remedy=f"this operation takes {known}"
    )


def _describe(field: fields.Field[Any]) -> str:
    """What a parameter takes, from what its field checks and else from what it documents."""
    inner = field.inner if isinstance(field, fields.List) else field
    for validator in inner.validators:
        if isinstance(validator, validate.OneOf):
            return f"{'some' if inner is not field else 'one'} of {', '.join(validator.choices)}"
        if isinstance(validator, validate.Range):
            return f"an integer from {validator.min} to {validator.max}"
        if isinstance(validator, validate.Length):
            return f"{validator.min} to {validator.max} characters"
    documented: str = field.metadata["description"]
    return "a number such as 500000 or 0.5" if isinstance(inner, fields.Float) else f"the following: {documented}"


def _first(messages: object) -> str:
    """Dig out the first message: a list field nests its own by position."""
    if isinstance(messages, dict):
        return _first(next(iter(messages.values())))
    return _first(messages[0]) if isinstance(messages, list) else str(messages)


class NoArguments(Schema):
    """The parameters of an operation that takes none."""


class Blueprint(flask_smorest.Blueprint):  # type: ignore[misc]  # published without type information
    """A blueprint of read-only operations."""

    ARGUMENTS_PARSER = StrictParser()

    def operation(
        self,
        rule: str,
        operation_id: str,
        answer: type[Schema] | dict[str, Any],
        *,
        arguments: type[Schema] = NoArguments,
        media_type: str = "application/json",
        errors: Sequence[int] = (),
        **documentation: object,
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Serve GET and HEAD of `rule` by the decorated view, whose docstring becomes summary and description.

        The view gets the parsed query as keyword arguments. `errors` are the statuses that it answers
        beyond those of every operation; `documentation` goes into the operation as it is.
        """

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            operation = self.response(200, answer, content_type=media_type)(_negotiated(view, media_type))
            for status in (*errors, 406, 400):
                operation = self.alt_response(status, response_name(status))(operation)
            operation = self.arguments(arguments, location="query", as_kwargs=True)(operation)
            operation = self.doc(operationId=operation_id, **documentation)(operation)
            self.add_url_rule(rule, view.__name__, operation)
            return view

        return decorate


def _negotiated(view: Callable[P, R], media_type: str) -> Callable[P, R]:
    """Answer 406 where the Accept header of the request rules the media type out (RFC 9110 section 12.5.1)."""

    @wraps(view)
    def negotiated(*args: P.args, **kwargs: P.kwargs) -> R:
        accepted = request.accept_mimetypes
        if accepted and not accepted[media_type] and not accepted[f"{media_type};charset=utf-8"]:
            raise NotAcceptable(f"only {media_type} is served here")
        return view(*args, **kwargs)

    return negotiated
