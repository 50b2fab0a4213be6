"""The release as Croissant metadata, version 1.1 (https://docs.mlcommons.org/croissant/docs/croissant-spec-1.1.html).

Left out of what Croissant wants are `url` and `datePublished`: a release has neither until somebody publishes it.
"""

from __future__ import annotations

import json
from typing import Any

from dataset.description import ABSTRACT, KEYWORDS, LICENCES, TITLE, Description, File
from dataset.fields import Field

Json = dict[str, Any]

CONFORMS_TO = "http://mlcommons.org/croissant/1.1"
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float", "boolean": "sc:Boolean"}
# The terms that the standard's own context maps onto its namespace by their own names.
_TERMS = (
    "arrayShape citeAs column containedIn equivalentProperty extract field fileProperty fileObject fileSet format "
    "includes isArray isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace "
    "samplingRate separator source subField transform"
)
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    **{term: f"cr:{term}" for term in _TERMS.split()},
}


def format_croissant(release: Description) -> str:
    """The metadata as JSON-LD text; its addresses are relative to the folder of the dataset."""
    metadata = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": CONFORMS_TO,
        "name": release.name,
        "alternateName": TITLE,
        "description": ABSTRACT,
        "version": release.version,
        "license": LICENCES[release.licence][1],
        "creator": {"@type": "sc:Organization", "name": release.creator},
        "citeAs": format_citation(release),
        "keywords": list(KEYWORDS),
        "inLanguage": "en",
        "distribution": [_describe_file(file) for file in release.files],
        "recordSet": [_describe_records(file) for file in release.files],
    }
    return json.dumps(metadata, ensure_ascii=False, indent=2) + "\n"


def format_citation(release: Description) -> str:
    """How to cite the release, as one line of BibTeX."""
    fields = {"title": TITLE, "author": f"{{{release.creator}}}", "version": release.version}
    return f"@misc{{{release.name}, {', '.join(f'{name} = {{{value}}}' for name, value in fields.items())}}}"


def _describe_file(file: File) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.path,
        "description": file.meaning,
        "contentUrl": file.path,
        "contentSize": f"{file.size} B",
        "encodingFormat": "application/jsonlines" if file.path.endswith(".jsonl") else "text/csv",
        "sha256": file.sha256,
    }


def _describe_records(file: File) -> Json:
    records: Json = {"@type": "cr:RecordSet", "@id": file.name, "name": file.name, "description": file.meaning}
    if file.key:
        records["key"] = {"@id": f"{file.name}/{file.key}"}
    return {**records, "field": [_describe_field(file, field) for field in file.fields]}


def _describe_field(file: File, field: Field) -> Json:
    described: Json = {
        "@type": "cr:Field",
        "@id": f"{file.name}/{field.name}",
        "name": field.name,
        "description": field.meaning,
    }
    source = {"fileObject": {"@id": file.path}, "extract": {"column": field.name}}
    if not field.parts:
        return {**described, "dataType": _TYPES[field.type], "source": source}
    if field.many:
        described |= {"isArray": True, "arrayShape": "-1"}
    return {**described, "subField": [_describe_part(described["@id"], part, source) for part in field.parts]}


def _describe_part(parent: str, part: Field, source: Json) -> Json:
    return {
        "@type": "cr:Field",
        "@id": f"{parent}/{part.name}",
        "name": part.name,
        "description": part.meaning,
        "dataType": _TYPES[part.type],
        "source": {**source, "transform": {"jsonPath": part.name}},
    }
