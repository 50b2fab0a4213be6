"""Clients that generators make of the document: checked for types, and used against the running service."""

from __future__ import annotations

from pathlib import Path

from tests.contract.conftest import GENERATED, HERE, NODE, PYTHON, Service, run, run_module

TSC = "typescript/bin/tsc"


def test_openapi_python_client(service: Service, documents: dict[str, Path]) -> None:
    folder = GENERATED / "openapi-python-client"
    options: list[str | Path] = ["--meta", "none", "--output-path", folder / "factline_client", "--fail-on-warning"]
    folder.mkdir()
    run(
        PYTHON / "openapi-python-client",
        "generate",
        "--path",
        documents["3.1"],
        *options,
        "--config",
        HERE / "python_client.yaml",
    )
    script = HERE / "clients" / "python_client.py"
    run(PYTHON / "mypy", "--strict", "--config-file=", script, MYPYPATH=str(folder))
    run(PYTHON / "python", "-W", "error", script, service.url, PYTHONPATH=str(folder))


def test_openapi_typescript_and_openapi_fetch(service: Service, documents: dict[str, Path]) -> None:
    schema = GENERATED / "openapi-typescript" / "schema.d.ts"
    run_module("openapi-typescript/bin/cli.js", documents["3.1"], "--output", schema)
    run_module(TSC, "--project", "clients/tsconfig.fetch.json")
    run(NODE, "clients/fetch.mts", service.url)


def test_openapi_generator_for_typescript(service: Service, documents: dict[str, Path]) -> None:
    _generate("typescript-fetch", documents["3.0"], "openapi-generator")
    run_module(TSC, "--project", "clients/tsconfig.generator.json")
    run(NODE, ".generated/compiled/clients/generator.js", service.url)


def test_openapi_generator_for_javascript(service: Service, documents: dict[str, Path]) -> None:
    _generate(
        "javascript", documents["3.0"], "openapi-generator-javascript", "--additional-properties=usePromises=true"
    )
    run_module(TSC, "--project", "clients/tsconfig.javascript.json")  # into modules that Node reads; no types
    run(NODE, ".generated/compiled/clients/javascript.js", service.url)


def _generate(generator: str, document: Path, folder: str, *options: str) -> None:
    wanted: list[str | Path] = ["--generator-name", generator, "--output", GENERATED / folder, *options]
    run(PYTHON / "openapi-generator-cli", "generate", "--input-spec", document, *wanted)
