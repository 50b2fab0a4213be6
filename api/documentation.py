"""The OpenAPI document, and the page that shows it."""

from __future__ import annotations

from collections.abc import Set
from functools import partial
from typing import Any

import flask_smorest
from apispec import BasePlugin
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask, request
from flask_swagger_ui import get_swaggerui_blueprint
from marshmallow import Schema
from marshmallow.fields import Field
from marshmallow_oneofschema.one_of_schema import OneOfSchema
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.routing import UnicodeConverter

from api.blueprint import NoArguments, StrictParser
from api.fields import IDENTIFIER, Choice
from api.problems import MEDIA_TYPE, PROBLEMS, response_name
from api.schemas import ProblemSchema

TITLE = "Factline"
VERSION = "0.1.0"
DOCS_PATH = "/docs"
SPEC_PATH = "/openapi.json"

_STRING = {"schema": {"type": "string"}}
_ETAG = {"ETag": {"description": "The sha256 of the file.", **_STRING}}
_TEXT = {"text/plain": _STRING}

PAGE_DOCUMENTATION: dict[str, Any] = {
    "responses": {200: {"headers": {"Link": {"description": 'The next page, rel="next" (RFC 8288).', **_STRING}}}}
}
CONTENT_DOCUMENTATION: dict[str, Any] = {
    "parameters": [
        {"in": "header", "name": "Range", "description": "One range of bytes, such as bytes=0-499.", **_STRING},
        {"in": "header", "name": "If-None-Match", "description": "ETag that the client has.", **_STRING},
    ],
    "responses": {
        200: {"headers": _ETAG},
        206: {"description": "The bytes asked for", "headers": _ETAG, "content": _TEXT},
        304: {"description": "The client has it already", "headers": _ETAG},
    },
}

_DESCRIPTION = """\
News articles as a table of facts: who reported which number, statement or decision, about what, as of when.
A fact means *this article reports that …*; it is never a claim that the report is true.
Every fact links back to the exact characters of the file that it comes from.

Errors are problem documents (RFC 9457). Their types:

| type | status | title |
| --- | --- | --- |
| about:blank | any | as HTTP names the status |
"""


class Api(flask_smorest.Api):  # type: ignore[misc]  # published without type information
    """The API with problem documents as its errors."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = "Problem"


class _Converter(OpenAPIConverter):
    """Documents a schema that is one of several as such, with the member that tells which."""

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """Describe a schema."""
        if not isinstance(schema, OneOfSchema):
            described: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
            return described
        references = {name: self._refer(each) for name, each in schema.type_schemas.items()}
        mapping = {name: reference["$ref"] for name, reference in references.items()}
        discriminator = {"propertyName": schema.type_field, "mapping": mapping}
        return {"oneOf": list(references.values()), "discriminator": discriminator}

    def _refer(self, schema: type[Schema] | Schema) -> dict[str, str]:
        reference: dict[str, str] = self.resolve_nested_schema(schema)  # type: ignore[no-untyped-call]
        return reference


class _SuccessFirst(BasePlugin):
    """Puts the answer of success before the errors: generators take the first one for what to ask for."""

    def operation_helper(
        self,
        path: str | None = None,  # noqa: ARG002 - as apispec calls it
        operations: dict[str, Any] | None = None,
        **_options: object,
    ) -> None:
        """Order the responses of each operation."""
        for operation in (operations or {}).values():
            responses = operation.get("responses", {})
            operation["responses"] = {status: responses[status] for status in sorted(responses, key=_rank)}


def _rank(status: object) -> tuple[bool, str]:
    return not str(status).startswith("2"), str(status)


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


class IdentifierConverter(UnicodeConverter):
    """An identifier in a path. Any text matches, so that a malformed one is answered like an unknown one, by name."""


def register_documentation(app: Flask) -> Api:
    """Serve the OpenAPI document and its page; what is registered with the result appears in them."""
    problems = "".join(f"| {each.type} | {each.status} | {each.title} |\n" for each in PROBLEMS.values())
    app.config.update(
        API_TITLE=TITLE,
        API_VERSION=VERSION,
        OPENAPI_VERSION="3.1.0",
        OPENAPI_URL_PREFIX="/",
        OPENAPI_JSON_PATH=SPEC_PATH,
        API_SPEC_OPTIONS={
            "info": {"description": _DESCRIPTION + problems, "license": {"name": "MIT", "identifier": "MIT"}},
            "servers": [{"url": "/"}],
        },
    )
    api = Api(app, spec_kwargs={"marshmallow_plugin": _Plugin(), "extra_plugins": [_SuccessFirst()]})
    _describe_identifiers(app, api)
    _describe_errors(api)
    _name_choices(api)
    # Without validatorUrl the page would ask another site whether the document is valid.
    page = get_swaggerui_blueprint(DOCS_PATH, SPEC_PATH, config={"app_name": TITLE, "validatorUrl": None})
    app.register_blueprint(page)
    app.before_request(partial(_refuse_parameters, {page.name, "api-docs"}))
    return api


def _refuse_parameters(blueprints: Set[str]) -> None:
    """Take no query parameter here either, as every operation refuses those that it does not know."""
    if request.blueprint in blueprints:
        StrictParser().load_querystring(request, NoArguments())


def _describe_identifiers(app: Flask, api: Api) -> None:
    schema = {"type": "string", "pattern": IDENTIFIER.regex.pattern}
    app.url_map.converters["identifier"] = IdentifierConverter
    api.register_converter(IdentifierConverter, lambda _converter: schema)


def _describe_errors(api: Api) -> None:
    """Give every error response that an operation may name the media type of problem documents."""
    components = api.spec.components
    content = {MEDIA_TYPE: {"schema": ProblemSchema}}
    names = {response_name(status): phrase for status, phrase in HTTP_STATUS_CODES.items()}
    for name, description in {**names, api.DEFAULT_ERROR_RESPONSE_NAME: "Any other error"}.items():
        components.response(name, {"description": description, "content": content}, lazy=True)
    del components.schemas["PaginationMetadata"]  # of flask-smorest's own pages, which are not used


def _name_choices(api: Api) -> None:
    """Document an enumeration once, under its name, so that generated clients have one type for it."""
    components = api.spec.components

    def choice2reference(_converter: object, field: Field[Any], ret: dict[str, Any]) -> dict[str, Any]:
        if not isinstance(field, Choice):
            return {}
        name = field.name_of_choices
        del ret["type"]
        choices = [choice for choice in ret.pop("enum") if choice is not None]
        if name not in components.schemas:
            components.schema(name, {"type": "string", "enum": choices})
        reference = {"$ref": f"#/components/schemas/{name}"}
        return {"anyOf": [reference, {"type": "null"}]} if field.allow_none else reference

    api.ma_plugin.converter.add_attribute_function(choice2reference)
