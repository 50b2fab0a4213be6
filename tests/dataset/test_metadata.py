"""The descriptions of the dataset, as the tools that others read them with take them; nothing is fetched."""

from __future__ import annotations

import json
import socket
from decimal import Decimal
from typing import Any, NoReturn

import frictionless
import jsonschema
import mlcroissant
import pytest

from dataset.croissant import CONFORMS_TO
from dataset.description import DATASET

PACKAGE, CROISSANT = DATASET / "datapackage.json", DATASET / "croissant.json"
FACTS = [json.loads(line) for line in (DATASET / "facts.jsonl").read_bytes().splitlines()]


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> NoReturn:
        raise AssertionError("a description is read without the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


def test_frictionless_takes_the_package_and_all_its_data() -> None:
    report = frictionless.validate(str(PACKAGE))
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert len(report.tasks) == 2 + len(list((DATASET / "vocabulary").glob("*.csv")))


def test_frictionless_reads_the_facts_as_they_are() -> None:
    rows = frictionless.Package(str(PACKAGE)).get_table_resource("facts").read_rows()
    assert len(rows) == len(FACTS)
    for row, fact in zip(rows, FACTS, strict=True):
        read = {name: float(value) if isinstance(value, Decimal) else value for name, value in row.to_dict().items()}
        assert {name: value for name, value in read.items() if name in fact} == fact
        assert not any(value for name, value in read.items() if name not in fact)


def test_nested_values_are_as_the_package_says() -> None:
    resources = {
        resource["name"]: resource for resource in json.loads(PACKAGE.read_text(encoding="utf-8"))["resources"]
    }
    nested = {
        field["name"]: field["jsonSchema"] for field in resources["facts"]["schema"]["fields"] if "jsonSchema" in field
    }
    assert nested.keys() == {"period", "claimants", "review", "subject", "cue", "participants"}
    for name, schema in nested.items():
        validator = jsonschema.Draft202012Validator(schema)
        for fact in FACTS:
            if fact.get(name) is not None:
                validator.validate(fact[name])


# rdflib, which mlcroissant reads JSON-LD with, uses a class of its own that it has deprecated.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_mlcroissant_takes_the_metadata_and_reads_all_records() -> None:
    dataset = mlcroissant.Dataset(str(CROISSANT))
    assert not dataset.metadata.ctx.issues.errors
    assert [problem for problem in dataset.metadata.ctx.issues.warnings if "datePublished" not in problem] == []
    assert dataset.metadata.ctx.conforms_to.value == CONFORMS_TO
    rows = {each.id: list(dataset.records(each.id)) for each in dataset.metadata.record_sets}
    package = frictionless.Package(str(PACKAGE))
    assert {name: len(found) for name, found in rows.items()} == {
        resource.name: len(package.get_table_resource(resource.name).read_rows()) for resource in package.resources
    }
    for row, fact in zip(rows["facts"], FACTS, strict=True):
        check_fact(row, fact)
    assert all(row["articles/file"] and len(row["articles/sha256"]) == 64 for row in rows["articles"])


def check_fact(row: dict[str, Any], fact: dict[str, Any]) -> None:
    """Compare what mlcroissant reads, keyed by the path of the field and with text as bytes, with the line."""
    for name in ("id", "kind", "article", "sha256"):
        assert row[f"facts/{name}"] == fact[name].encode("ascii")
    assert row["facts/start"] == fact["start"]
    assert row.get("facts/value") == fact.get("value")
    assert [one["facts/claimants/name"].decode("utf-8") for one in row["facts/claimants"]] == [
        one["name"] for one in fact["claimants"]
    ]
    assert (row["facts/period"]["facts/period/edtf"] is None) is (fact["period"] is None)
    assert row["facts/review"]["facts/review/status"] == fact["review"]["status"].encode("ascii")
