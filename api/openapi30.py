"""The OpenAPI document in the words of OpenAPI 3.0.3, for generators that do not know 3.1.

The two differ in their Schema Objects: 3.1 has JSON Schema 2020-12, 3.0 a dialect of its own. What 3.0 cannot say is
left out, so that the twin allows what the document allows, or more, and never less.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

VERSION = "3.0.3"

Schema = dict[str, Any]
Node = Any  # any part of a document

_COMBINATIONS = ("allOf", "anyOf", "oneOf")
_KEYWORDS = frozenset(
    """$ref additionalProperties allOf anyOf default deprecated description discriminator enum example exclusiveMaximum
    exclusiveMinimum externalDocs format items maxItems maxLength maxProperties maximum minItems minLength minProperties
    minimum multipleOf not nullable oneOf pattern properties readOnly required title type uniqueItems writeOnly
    xml""".split()
)
_ONLY_31 = ("jsonSchemaDialect", "webhooks")
_PAYLOADS = ("example", "examples", "links")  # what they hold looks like a document and is none
_NULL: tuple[Schema, ...] = ({"type": "null"}, {"type": ["null"]}, {"const": None}, {"enum": [None]})


def downgrade(document: Mapping[str, Any]) -> dict[str, Any]:
    """Say an OpenAPI 3.1 document in OpenAPI 3.0.3; what is given stays as it is.

    Path items are expected in `paths`, where this service writes them, and not in `components`.
    """
    twin: dict[str, Any] = _convert({name: document[name] for name in document if name not in _ONLY_31})
    return {**twin, "openapi": VERSION, "info": _convert_info(document["info"]), "paths": twin.get("paths", {})}


def _convert_info(info: Mapping[str, Any]) -> dict[str, Any]:
    converted = {name: value for name, value in info.items() if name != "summary"}
    if "identifier" in converted.get("license", {}):
        named = dict(converted["license"])
        address = f"https://spdx.org/licenses/{named.pop('identifier')}.html"
        converted["license"] = {**named, "url": address}
    return converted


def _convert(node: Node) -> Node:
    """Convert every schema below an object that is none."""
    if isinstance(node, list):
        return [_convert(each) for each in node]
    if not isinstance(node, Mapping):
        return node
    if isinstance(node.get("$ref"), str):
        return {"$ref": node["$ref"]}  # 3.0 ignores what stands beside it
    # An answer with a reference that is null is no example of the twin, which cannot say that.
    return {
        name: _convert_member(name, value)
        for name, value in node.items()
        if not (name == "examples" and "schema" in node)
    }


def _convert_member(name: str, value: Node) -> Node:
    if name == "schema":
        return convert_schema(value)
    if name == "schemas":
        return {each: convert_schema(schema) for each, schema in value.items()}
    return value if name in _PAYLOADS or name.startswith("x-") else _convert(value)


def convert_schema(schema: Mapping[str, Any] | bool) -> Schema:
    """Say a schema of JSON Schema 2020-12 as a Schema Object of OpenAPI 3.0.3."""
    if isinstance(schema, bool):
        return {} if schema else {"not": {}}
    converted = _convert_members(schema)
    for step in (_name_constant, _name_example, _name_content, _limit, _open_patterns, _take_null_out, _part_types):
        converted = step(converted)
    converted = _wrap_reference(converted)
    if converted.get("type") == "array":
        converted.setdefault("items", {})
    return {name: value for name, value in converted.items() if name in _KEYWORDS or name.startswith("x-")}


def _convert_members(schema: Mapping[str, Any]) -> Schema:
    converted = dict(schema)
    for name in ("items", "not"):
        if name in schema:
            converted[name] = convert_schema(schema[name])
    for name in _COMBINATIONS:
        if name in schema:
            converted[name] = [each if each in _NULL else convert_schema(each) for each in schema[name]]
    if "properties" in schema:
        converted["properties"] = {name: convert_schema(each) for name, each in schema["properties"].items()}
    if isinstance(schema.get("additionalProperties"), Mapping):
        converted["additionalProperties"] = convert_schema(schema["additionalProperties"])
    if not schema.get("required", True):
        del converted["required"]  # 3.0 wants at least one name
    return converted


def _name_constant(schema: Schema) -> Schema:
    return {**schema, "enum": [schema["const"]]} if "const" in schema else schema


def _name_example(schema: Schema) -> Schema:
    examples = schema.get("examples")
    return {"example": examples[0], **schema} if examples else schema


def _name_content(schema: Schema) -> Schema:
    if "contentEncoding" not in schema and "contentMediaType" not in schema:
        return schema
    return {"format": "byte" if schema.get("contentEncoding") == "base64" else "binary", **schema}


def _limit(schema: Schema) -> Schema:
    """Turn an exclusive limit from a number of its own into a flag of the other limit; the stricter one stays."""
    limited = dict(schema)
    for limit, exclusive, stricter in (("minimum", "exclusiveMinimum", max), ("maximum", "exclusiveMaximum", min)):
        if exclusive not in schema:
            continue
        number = limited.pop(exclusive)
        inclusive = limited.get(limit, number)
        limited[limit] = stricter(number, inclusive)
        if limited[limit] == number:
            limited[exclusive] = True
    return limited


def _open_patterns(schema: Schema) -> Schema:
    """Where members or items of some pattern are allowed and no others, allow any: 3.0 cannot name the pattern."""
    opened = dict(schema)
    if "patternProperties" in schema:
        opened.pop("additionalProperties", None)
    if "prefixItems" in schema:
        opened.pop("items", None)
    return opened


def _take_null_out(schema: Schema) -> Schema:
    """Turn a choice between null and something else into something nullable."""
    for name in ("anyOf", "oneOf"):
        choices = schema.get(name, [])
        others = [each for each in choices if each not in _NULL]
        if len(others) == len(choices):
            continue
        rest = {key: value for key, value in schema.items() if key != name}
        if not others:
            return {**rest, "type": "null"}
        if len(others) == 1:
            return _merge(others[0], {**rest, "nullable": True})
        return {**rest, name: others, "nullable": True}
    return schema


def _merge(schema: Schema, beside: Schema) -> Schema:
    """Join two schemas that both have to hold, in one object where no keyword is said twice."""
    if "$ref" in schema or not (schema.keys() - {"nullable"}).isdisjoint(beside):
        return {**beside, "allOf": [*beside.get("allOf", []), schema]}
    return {**schema, **beside}


def _part_types(schema: Schema) -> Schema:
    """Say several types as a choice, and null as nullable: 3.0 has one type a schema."""
    types = schema.get("type", [])
    types = [types] if isinstance(types, str) else types
    if "null" not in types and len(types) < 2:
        return {**schema, "type": types[0]} if types else schema
    null = {"nullable": True} if "null" in types else {}
    others = [each for each in types if each != "null"]
    rest = {name: value for name, value in schema.items() if name != "type"}
    if not others:
        return {**rest, **null, "enum": [None]}
    if len(others) == 1:
        return {**rest, "type": others[0], **null}
    return _merge({"anyOf": [_one_type(each, null) for each in others]}, rest)


def _one_type(name: str, null: Schema) -> Schema:
    return {"type": name, **null, **({"items": {}} if name == "array" else {})}


def _wrap_reference(schema: Schema) -> Schema:
    """Keep what stands beside a reference, which 3.0 would ignore."""
    if "$ref" not in schema or len(schema) == 1:
        return schema
    rest = {name: value for name, value in schema.items() if name != "$ref"}
    return {**rest, "allOf": [{"$ref": schema["$ref"]}, *rest.get("allOf", [])]}
