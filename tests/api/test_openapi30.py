"""The 3.0.3 twin of the OpenAPI document."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from api import create_app
from api.openapi30 import convert_schema, downgrade

Node = Any  # any part of a document

REF = {"$ref": "#/components/schemas/Kind"}
NULLABLE = {"type": ["string", "null"]}
OLDER = {"type": "string", "nullable": True}

SCHEMAS: list[tuple[str, Any, dict[str, Any]]] = [
    ("one type", {"type": "string", "maxLength": 3}, {"type": "string", "maxLength": 3}),
    ("type or null", {"type": ["integer", "null"], "minimum": 0}, {"type": "integer", "nullable": True, "minimum": 0}),
    ("a list of one type", {"type": ["string"]}, {"type": "string"}),
    ("only null", {"type": "null"}, {"nullable": True, "enum": [None]}),
    ("two types", {"type": ["string", "number"]}, {"anyOf": [{"type": "string"}, {"type": "number"}]}),
    (
        "two types or null",
        {"type": ["string", "array", "null"], "title": "T"},
        {
            "title": "T",
            "anyOf": [{"type": "string", "nullable": True}, {"type": "array", "nullable": True, "items": {}}],
        },
    ),
    (
        "two types beside a choice",
        {"type": ["string", "number"], "anyOf": [REF, {"maxLength": 3}]},
        {"anyOf": [REF, {"maxLength": 3}], "allOf": [{"anyOf": [{"type": "string"}, {"type": "number"}]}]},
    ),
    (
        "reference or null",
        {"anyOf": [REF, {"type": "null"}], "description": "What."},
        {"allOf": [REF], "nullable": True, "description": "What."},
    ),
    (
        "schema or null",
        {"oneOf": [{"type": "null"}, {"type": "string", "format": "date"}], "description": "When."},
        {"type": "string", "format": "date", "nullable": True, "description": "When."},
    ),
    (
        "schema or null, both described",
        {"anyOf": [{"type": "string", "description": "One."}, {"const": None}], "description": "Two."},
        {"allOf": [{"type": "string", "description": "One."}], "nullable": True, "description": "Two."},
    ),
    ("null or nullable", {"anyOf": [NULLABLE, {"type": "null"}]}, OLDER),
    (
        "one of two or null",
        {"anyOf": [REF, {"type": "string"}, {"type": "null"}]},
        {"anyOf": [REF, {"type": "string"}], "nullable": True},
    ),
    ("nothing but null", {"anyOf": [{"type": "null"}]}, {"nullable": True, "enum": [None]}),
    ("a choice without null", {"oneOf": [REF, {"const": 1}]}, {"oneOf": [REF, {"enum": [1]}]}),
    ("constant", {"const": "ok", "type": "string"}, {"enum": ["ok"], "type": "string"}),
    ("examples", {"type": "string", "examples": ["a", "b"]}, {"type": "string", "example": "a"}),
    ("no examples", {"type": "string", "examples": []}, {"type": "string"}),
    ("above", {"exclusiveMinimum": 0}, {"minimum": 0, "exclusiveMinimum": True}),
    ("below", {"exclusiveMaximum": 9.5}, {"maximum": 9.5, "exclusiveMaximum": True}),
    ("above, and at least more", {"exclusiveMinimum": 0, "minimum": 2}, {"minimum": 2}),
    ("above, and at least less", {"exclusiveMinimum": 2, "minimum": 0}, {"minimum": 2, "exclusiveMinimum": True}),
    ("reference", REF, REF),
    ("reference, described", {**REF, "description": "Which."}, {"allOf": [REF], "description": "Which."}),
    ("reference beside allOf", {**REF, "allOf": [{"title": "T"}]}, {"allOf": [REF, {"title": "T"}]}),
    ("anything", True, {}),
    ("nothing", False, {"not": {}}),
    ("bytes", {"type": "string", "contentMediaType": "image/png"}, {"type": "string", "format": "binary"}),
    ("base64", {"type": "string", "contentEncoding": "base64"}, {"type": "string", "format": "byte"}),
    ("array of anything", {"type": "array"}, {"type": "array", "items": {}}),
    ("tuple", {"type": "array", "prefixItems": [REF], "items": False}, {"type": "array", "items": {}}),
    ("members of a pattern", {"patternProperties": {"^x": REF}, "additionalProperties": False}, {}),
    ("other members", {"additionalProperties": {"const": 1}}, {"additionalProperties": {"enum": [1]}}),
    ("no other members", {"additionalProperties": False}, {"additionalProperties": False}),
    ("members", {"properties": {"const": {"const": 1}}}, {"properties": {"const": {"enum": [1]}}}),
    ("nothing required", {"required": []}, {}),
    ("something required", {"required": ["a"]}, {"required": ["a"]}),
    ("items", {"type": "array", "items": NULLABLE}, {"type": "array", "items": OLDER}),
    ("not", {"not": {"const": 1}}, {"not": {"enum": [1]}}),
    (
        "what 3.0 has no word for",
        {"$id": "a", "$comment": "b", "if": REF, "contains": REF, "x-own": {"const": 1}},
        {"x-own": {"const": 1}},
    ),
]


@pytest.mark.parametrize(("schema", "converted"), [row[1:] for row in SCHEMAS], ids=[row[0] for row in SCHEMAS])
def test_a_schema_is_said_in_the_older_words(schema: Node, converted: dict[str, Any]) -> None:
    given = copy.deepcopy(schema)
    assert convert_schema(schema) == converted
    assert schema == given


PARTS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("a dialect", {"jsonSchemaDialect": "https://dialect.example"}, {}),
    ("webhooks", {"webhooks": {"new": {}}}, {}),
    ("named schemas", {"components": {"schemas": {"A": NULLABLE}}}, {"components": {"schemas": {"A": OLDER}}}),
    (
        "parameters, headers and media types",
        {"paths": {"/": {"get": {"parameters": [{"schema": NULLABLE}], "headers": {"A": {"schema": NULLABLE}}}}}},
        {"paths": {"/": {"get": {"parameters": [{"schema": OLDER}], "headers": {"A": {"schema": OLDER}}}}}},
    ),
    (
        "an answer that is like a schema",
        {"components": {"examples": {"A": {"value": {"schema": NULLABLE}}}}},
        {"components": {"examples": {"A": {"value": {"schema": NULLABLE}}}}},
    ),
    ("an extension", {"x-own": {"schema": NULLABLE}}, {"x-own": {"schema": NULLABLE}}),
    (
        "a reference to what is no schema",
        {"components": {"responses": {"A": {"$ref": "#/b", "description": "B"}}}},
        {"components": {"responses": {"A": {"$ref": "#/b"}}}},
    ),
]


@pytest.mark.parametrize(("part", "converted"), [row[1:] for row in PARTS], ids=[row[0] for row in PARTS])
def test_a_document_is_said_in_the_older_words(part: dict[str, Any], converted: dict[str, Any]) -> None:
    document = {"openapi": "3.1.0", "info": {"title": "T"}, **part}
    given = copy.deepcopy(document)
    assert downgrade(document) == {"openapi": "3.0.3", "info": {"title": "T"}, "paths": {}, **converted}
    assert document == given


def test_a_license_is_named_by_its_address() -> None:
    info = {"title": "T", "summary": "S", "license": {"name": "MIT", "identifier": "MIT"}}
    license_ = {"name": "MIT", "url": "https://spdx.org/licenses/MIT.html"}
    assert downgrade({"info": info})["info"] == {"title": "T", "license": license_}


def _members(node: Node) -> Iterator[tuple[str, Any]]:
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    yield from node.items() if isinstance(node, dict) else ()
    for child in children:
        yield from _members(child)


def test_nothing_of_the_newer_version_is_left_in_the_document_of_the_service() -> None:
    document = create_app().test_client().get("/openapi.json").get_json()
    twin = downgrade(document)
    assert ("type", "null") not in list(_members(twin))
    assert not [value for name, value in _members(twin) if name == "type" and isinstance(value, list)]
    assert twin["paths"].keys() == document["paths"].keys()
    assert twin["components"]["schemas"].keys() == document["components"]["schemas"].keys()
