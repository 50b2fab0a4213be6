"""Operations that take no parameter they do not know, and that document themselves in full."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence, Set
from functools import lru_cache, partial, wraps
from typing import Any, NoReturn, ParamSpec, TypeVar, cast
from urllib.parse import unquote_plus

import flask_smorest
from flask import Request, Response, current_app, g, request
from marshmallow import EXCLUDE, Schema, ValidationError, fields, missing, validate
from webargs.flaskparser import FlaskParser

from api.errors import ParameterError, RepeatedParameterError, UnknownParameterError
from api.fields import RELEASE, ListParameter, SortParameter, split_list
from api.media_types import choose_media_type
from api.nearest import find_nearest
from api.problems import response_name
from api.validators import Validators, check_release

JSON = "application/json"

_SCHEMAS = 100  # more than there are operations
_LONGEST_SHOWN = 80  # characters of a wrong value
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

P = ParamSpec("P")
R = TypeVar("R")


class StrictParser(FlaskParser):
    """Reads query parameters, and raises ParameterError where webargs would look away."""

    DEFAULT_VALIDATION_STATUS = 400

    def parse(self, argmap: Schema, req: Request | None = None, **_options: object) -> dict[str, Any]:  # type: ignore[override]
        """Read and check the query; what the schema makes of an absent parameter is looked up, not worked out anew.

        An operation takes dozens of parameters, and a request gives a few.
        """
        req = req or request
        sent = self.load_querystring(req, argmap)
        try:
            loaded = argmap.load(sent, unknown=EXCLUDE, partial=_required(argmap) <= sent.keys())
        except ValidationError as error:
            self.handle_error(error, req, argmap)
        return {**_defaults(argmap), **loaded}

    def load_querystring(self, req: Request, schema: Schema) -> dict[str, str]:
        """Read the query: each parameter known, given once, not empty, and clean UTF-8."""
        values: dict[str, str] = {}
        known = _known(schema)
        for pair in filter(None, req.query_string.split(b"&")):
            raw_name, _, raw_value = pair.partition(b"=")
            name = _decode_name(raw_name)
            if name not in known:
                raise _unknown(name, known)
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
        name, messages = next(iter(error.messages_dict.items()))
        field = _known(schema)[name]
        remedy = f"{name} takes {_describe(field)}"
        choices, misfit = _find_misfit(field, error.data)
        if misfit is None:
            raise ParameterError(f"{name}: {_first(messages)}", parameter=name, remedy=remedy) from error
        detail = f"{name}: there is no value {_shorten(misfit)}" if misfit else f"{name}: a value is empty"
        nearest = find_nearest(misfit, choices)
        raise ParameterError(detail, parameter=name, nearest=nearest, remedy=remedy) from error


@lru_cache(maxsize=_SCHEMAS)
def _required(schema: Schema) -> Set[str]:
    """Parameters that have to be given."""
    return frozenset(name for name, field in _known(schema).items() if field.required)


@lru_cache(maxsize=_SCHEMAS)
def _defaults(schema: Schema) -> Mapping[str, Any]:
    """What parameters are where they are not given."""
    fields_ = schema.fields.items()
    return {name: field.load_default for name, field in fields_ if field.load_default is not missing}


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


@lru_cache(maxsize=_SCHEMAS)
def _known(schema: Schema) -> Mapping[str, fields.Field[Any]]:
    """The parameters of a schema by the names that they have in a query."""
    return {field.data_key or name: field for name, field in schema.fields.items()}


def _unknown(name: str, known: Collection[str]) -> UnknownParameterError:
    nearest = find_nearest(name, known)
    names = ", ".join(known) or "no parameters"
    return UnknownParameterError(
        f"there is no parameter {name}", parameter=name, nearest=nearest, remedy=f"this operation takes {names}"
    )


def _find_misfit(field: fields.Field[Any], data: Any) -> tuple[Collection[str], str | None]:  # noqa: ANN401 - what was sent
    """What a parameter can be, and the first value that is none of it; None where that is not what is wrong."""
    inner = field.inner if isinstance(field, fields.List) else field
    sent = data.get(field.data_key or field.name)
    if isinstance(field, SortParameter):
        keys = [each.removeprefix("-") for each in sent.split(",")]
        return field.keys, next((key for key in keys if key not in field.keys), None)
    for validator in inner.validators:
        if isinstance(validator, validate.OneOf) and sent is not None:
            values = [sent] if inner is field else split_list(sent)
            choices = list(validator.choices)
            return choices, next((each for each in values if each not in choices), None)
    return (), None


def _shorten(value: str) -> str:
    return value if len(value) <= _LONGEST_SHOWN else f"{value[:_LONGEST_SHOWN]}…"


def _describe(field: fields.Field[Any]) -> str:
    """What a parameter takes, as its field says it or checks it."""
    inner = field.inner if isinstance(field, fields.List) else field
    for validator in inner.validators:
        if isinstance(validator, validate.OneOf):
            return f"{'some' if inner is not field else 'one'} of {', '.join(validator.choices)}"
    form: str = getattr(inner, "takes", None) or next(filter(None, map(_describe_check, inner.validators)))
    return f"1 to {field.most} values by comma, each {form}" if isinstance(field, ListParameter) else form


def _describe_check(validator: object) -> str | None:
    """What a validator lets through, where it says that."""
    if isinstance(validator, validate.Range):
        return f"an integer from {validator.min} to {validator.max}"
    if isinstance(validator, validate.Length) and validator.min is not None:
        return f"{validator.min} to {validator.max} characters"
    if isinstance(validator, validate.Regexp):
        form: str = validator.error.partition(": ")[2].rstrip(".")
        return f"{form} (0-9, a-f), as answers say it" if validator is RELEASE else form
    return None


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
        media_types: Sequence[str] = (JSON,),
        errors: Sequence[int] = (),
        **documentation: Any,  # noqa: ANN401 - as OpenAPI has them
    ) -> Callable[[Callable[P, R]], Callable[P, R]]:
        """Serve GET and HEAD of `rule` by the decorated view, whose docstring becomes summary and description.

        The view gets the parsed query as keyword arguments. An operation that takes `release` reads the data: it
        answers 304 where the client has the answer, before the view runs. `media_types` are what the client may ask
        for, the default first; `errors` the statuses that it answers beyond those of every operation;
        `documentation` goes into the operation as it is, its `parameters` (headers) beside those of the query.
        """
        reads_data = "release" in arguments._declared_fields  # noqa: SLF001 - marshmallow has no other name for them
        offered = tuple(media_types)
        headers = documentation.pop("parameters", [])
        schema = arguments()

        def decorate(view: Callable[P, R]) -> Callable[P, R]:
            served = _validated(view, offered) if reads_data else _negotiated(view, offered)
            answering = documented = self.response(200, answer, content_type=offered[0])(served)
            statuses = {*errors, 406, 400, *((304, 404, 503) if reads_data else ())}
            for status in sorted(statuses, reverse=True):
                documented = self.alt_response(status, response_name(status))(documented)
            documented = self.arguments(schema, location="query")(documented)
            documented = self.doc(operationId=operation_id, **documentation)(documented)
            parsing = wraps(documented)(partial(_parse_and_answer, answering, self.ARGUMENTS_PARSER, schema))
            self.add_url_rule(rule, view.__name__, parsing, parameters=headers)
            return view

        return decorate


def _parse_and_answer(view: Callable[..., R], parser: StrictParser, schema: Schema, **path: object) -> R:
    """Answer without the decorators that only document: each would cost every request a little."""
    return view(**path, **parser.parse(schema))


def _negotiated(view: Callable[P, R], media_types: tuple[str, ...]) -> Callable[P, R]:
    """Answer 406 where the Accept header of the request rules the media types out (RFC 9110 section 12.5.1)."""

    @wraps(view)
    def negotiated(*args: P.args, **kwargs: P.kwargs) -> R:
        g.media_type = choose_media_type(media_types)
        return view(*args, **kwargs)

    return negotiated


def _validated(view: Callable[P, R], media_types: tuple[str, ...]) -> Callable[P, R | Response]:
    """Tie the answer to its release: check the one that is asked for, and answer 304 where the client has it."""

    @wraps(view)
    def validated(*args: P.args, **kwargs: P.kwargs) -> R | Response:
        g.media_type = choose_media_type(media_types)
        pinned = check_release(cast("str | None", kwargs.pop("release", None)))
        g.validators = Validators.of_request(pinned=pinned, varied=len(media_types) > 1)
        if g.validators.are_known():
            return current_app.response_class(status=304)
        return view(*args, **kwargs)

    return validated
