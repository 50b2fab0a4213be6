"""The release as a Data Package, version 2.0 (https://datapackage.org/standard/data-package/)."""

from __future__ import annotations

import json
from typing import Any

from dataset.description import ABSTRACT, KEYWORDS, LICENCES, TITLE, Description, File
from dataset.fields import Field

Json = dict[str, Any]

_PROFILE = "https://datapackage.org/profiles/2.0/{}.json"
_REFERENCES = {"metric": ("metrics", "id"), "event_type": ("event_types", "id")}


def format_datapackage(release: Description) -> str:
    """The descriptor as JSON text; its paths are relative to the folder of the dataset."""
    licence, page = LICENCES[release.licence]
    descriptor = {
        "$schema": _PROFILE.format("datapackage"),
        "name": release.name,
        "title": TITLE,
        "description": ABSTRACT,
        "version": release.version,
        "keywords": list(KEYWORDS),
        "licenses": [{"name": release.licence, "title": licence, "path": page}],
        "contributors": [{"title": release.creator, "roles": ["creator"]}],
        "resources": [_describe_file(file) for file in release.files],
    }
    return json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"


def _describe_file(file: File) -> Json:
    lines = file.path.endswith(".jsonl")
    return {
        "name": file.name,
        "type": "table",
        "path": file.path,
        "description": file.meaning,
        "format": "jsonl" if lines else "csv",
        "mediatype": "application/jsonl" if lines else "text/csv",
        "encoding": "utf-8",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        **({"dialect": _describe_lines(file)} if lines else {}),
        "schema": _describe_fields(file),
    }


def _describe_lines(file: File) -> Json:
    """The keys of all lines, which no single line has, as the standard names them and as frictionless-py reads them."""
    keys = [field.name for field in file.fields]
    return {"itemType": "object", "itemKeys": keys, "json": {"keys": keys}}


def _describe_fields(file: File) -> Json:
    schema: Json = {
        "$schema": _PROFILE.format("tableschema"),
        "fields": [_describe_field(field) for field in file.fields],
    }
    if file.key:
        schema["primaryKey"] = [file.key]
    if file.name == "facts":
        schema["foreignKeys"] = [
            {"fields": [name], "reference": {"resource": table, "fields": [column]}}
            for name, (table, column) in _REFERENCES.items()
        ]
    return schema


def _describe_field(field: Field) -> Json:
    constraints: Json = {} if field.nullable else {"required": True}
    if field.choices:
        constraints["enum"] = list(field.choices)
    described: Json = {
        "name": field.name,
        "type": "array" if field.many else field.type,
        "description": field.meaning,
    }
    if field.parts:  # the standard has this among the constraints, where frictionless-py refuses it
        described["jsonSchema"] = {"type": "array", "items": _schema_of(field)} if field.many else _schema_of(field)
    return {**described, **({"constraints": constraints} if constraints else {})}


def _schema_of(field: Field) -> Json:
    """What the value, or a member of it, has to be, as JSON Schema; null where there is none is left to the field."""
    if not field.parts:
        types: Json = {"type": [field.type, "null"] if field.nullable else field.type, "description": field.meaning}
        return {**types, "enum": list(field.choices)} if field.choices else types
    return {
        "type": "object",
        "properties": {part.name: _schema_of(part) for part in field.parts},
        "required": [part.name for part in field.parts],
        "additionalProperties": False,
    }
