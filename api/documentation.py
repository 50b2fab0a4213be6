"""The OpenAPI document, and the page that shows it."""

from __future__ import annotations

from collections.abc import Set
from functools import partial
from typing import Any

import flask_smorest
from apispec import BasePlugin
from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from flask import Flask, Response, request
from marshmallow import Schema
from marshmallow.fields import Field
from marshmallow_oneofschema.one_of_schema import OneOfSchema
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.routing import UnicodeConverter

from api.blueprint import Blueprint, NoArguments
from api.documents import answer_document, make_page
from api.examples import ExamplesPlugin
from api.fact_schemas import PartialFactPageSchema, PartialFactSchema
from api.fields import AGENT, IDENTIFIER, Choice
from api.openapi30 import downgrade
from api.operation_links import ARTICLE_LINKS, CLAIMANT_LINKS, FACT_LINKS, METRIC_LINKS, Links
from api.problems import MEDIA_TYPE, PROBLEMS, response_name
from api.schemas import ProblemSchema

TITLE = "Factline"
VERSION = "0.1.0"
SPEC_PATH = "/openapi.json"
TWIN_PATH = "/openapi-3.0.json"  # the same for generators that do not know OpenAPI 3.1

_NOTHING = NoArguments()
_STRING = {"schema": {"type": "string"}}
_COMMON_HEADERS = {
    "Access-Control-Allow-Origin": {"description": "Pages of any site may read the answer.", **_STRING},
    "RateLimit-Limit": {"description": "Requests that are allowed, where the service limits them.", **_STRING},
    "RateLimit-Remaining": {"description": "Requests that are left, where the service limits them.", **_STRING},
    "RateLimit-Reset": {"description": "Seconds until more are allowed, where the service limits them.", **_STRING},
}
_RETRY_AFTER = {"Retry-After": {"description": "Seconds to wait, where waiting helps.", **_STRING}}
_ETAG = {"ETag": {"description": "What the bytes are known by; of texts and Parquet files their sha256.", **_STRING}}

_NEXT = {"headers": {"Link": {"description": 'The next page, rel="next" (RFC 8288).', **_STRING}}}


def _document_page(links: Links, **answer: object) -> dict[str, Any]:
    return {"responses": {200: {**_NEXT, **answer, "links": links}}}


_PARTIAL = "application/vnd.factline.partial+json"
SERIES_DOCUMENTATION: dict[str, Any] = {"responses": {200: _NEXT}}
ARTICLES_DOCUMENTATION = _document_page(ARTICLE_LINKS)
METRICS_DOCUMENTATION = _document_page(METRIC_LINKS)
CLAIMANTS_DOCUMENTATION = _document_page(CLAIMANT_LINKS)
FACTS_DOCUMENTATION = _document_page(FACT_LINKS, content={_PARTIAL: {"schema": PartialFactPageSchema}})
LINKED_DOCUMENTATION: dict[str, Any] = {
    "responses": {
        200: {
            "content": {
                "application/ld+json": {"schema": {"type": "object"}},
                _PARTIAL: {"schema": PartialFactSchema},
            }
        }
    }
}
CONTENT_DOCUMENTATION: dict[str, Any] = {
    "parameters": [
        {"in": "header", "name": "Range", "description": "One range of bytes, such as bytes=0-499.", **_STRING},
        {"in": "header", "name": "If-None-Match", "description": "ETag that the client has.", **_STRING},
    ],
    "responses": {
        200: {"headers": _ETAG},
        206: {"description": "The bytes asked for", "headers": _ETAG},
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

    def _openapi_json(self) -> Response:
        return answer_document(self.spec.to_dict())


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


class _Completer(BasePlugin):
    """Adds what all operations have in common, and puts the answer of success first, which generators look for."""

    def path_helper(
        self,
        path: str | None = None,  # noqa: ARG002 - as apispec calls it
        operations: dict[str, Any] | None = None,  # noqa: ARG002
        parameters: list[dict[str, Any]] | None = None,
        **_options: object,
    ) -> None:
        """Describe the parameters of a path."""
        for parameter in parameters or []:
            parameter.setdefault("description", f"Identifier of the {parameter['name'].removesuffix('_id')}.")

    def operation_helper(
        self,
        path: str | None = None,  # noqa: ARG002 - as apispec calls it
        operations: dict[str, Any] | None = None,
        **_options: object,
    ) -> None:
        """Complete and order the responses of each operation."""
        for operation in (operations or {}).values():
            responses = {str(status): response for status, response in operation.get("responses", {}).items()}
            for status in (429, 500):
                responses.setdefault(str(status), response_name(status))
            for response in responses.values():
                if isinstance(response, dict) and "$ref" not in response:
                    response["headers"] = {**_COMMON_HEADERS, **response.get("headers", {})}
            operation["responses"] = {status: responses[status] for status in sorted(responses, key=_rank)}


def _rank(status: object) -> tuple[bool, str]:
    return not str(status).startswith("2"), str(status)


class _Plugin(MarshmallowPlugin):
    Converter = _Converter


class IdentifierConverter(UnicodeConverter):
    """An identifier in a path. Any text matches, so that a malformed one is answered like an unknown one, by name."""


class SlugConverter(UnicodeConverter):
    """An identifier of a vocabulary in a path."""


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
    api = Api(app, spec_kwargs={"marshmallow_plugin": _Plugin(), "extra_plugins": [ExamplesPlugin(), _Completer()]})
    _describe_identifiers(app, api)
    _describe_errors(api)
    _name_choices(api)
    page = make_page(TITLE, SPEC_PATH)
    app.register_blueprint(page)
    app.before_request(partial(_refuse_parameters, {page.name, "api-docs"}))
    app.add_url_rule(TWIN_PATH, "openapi_twin", partial(_answer_twin, api))
    return api


def _answer_twin(api: Api) -> Response:
    Blueprint.ARGUMENTS_PARSER.parse(_NOTHING)
    return answer_document(downgrade(api.spec.to_dict()))


def _refuse_parameters(blueprints: Set[str]) -> None:
    """Take no query parameter here either, as every operation refuses those that it does not know."""
    if request.blueprint in blueprints:
        Blueprint.ARGUMENTS_PARSER.parse(_NOTHING)


def _describe_identifiers(app: Flask, api: Api) -> None:
    known = (("identifier", IdentifierConverter, IDENTIFIER, 16), ("slug", SlugConverter, AGENT, 80))
    for name, converter, form, length in known:
        schema = {"type": "string", "pattern": form.regex.pattern, "maxLength": length}
        app.url_map.converters[name] = converter
        api.register_converter(converter, lambda _converter, schema=schema: schema)


def _describe_errors(api: Api) -> None:
    """Give every error that an operation may name the media type of problem documents; 304 is none and has no body."""
    components = api.spec.components
    content = {MEDIA_TYPE: {"schema": ProblemSchema}}
    names = {response_name(status): phrase for status, phrase in HTTP_STATUS_CODES.items() if status != 304}
    known = {"description": "The client has it already", "headers": {**_COMMON_HEADERS, **_ETAG}}
    components.response(response_name(304), known, lazy=True)
    for name, description in {**names, api.DEFAULT_ERROR_RESPONSE_NAME: "Any other error"}.items():
        headers = {**_COMMON_HEADERS, **_RETRY_AFTER}
        components.response(name, {"description": description, "content": content, "headers": headers}, lazy=True)
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
