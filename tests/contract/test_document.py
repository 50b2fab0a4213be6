"""What validators and linters say of the document; what they are told to leave is argued in their configuration."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.contract.conftest import PYTHON, run, run_module

VERSIONS = pytest.mark.parametrize("version", ["3.1", "3.0"])


@VERSIONS
def test_openapi_spec_validator(documents: dict[str, Path], version: str) -> None:
    run(PYTHON / "openapi-spec-validator", "--validation-errors", "all", "--schema", version, documents[version])


@VERSIONS
def test_spectral(documents: dict[str, Path], version: str) -> None:
    options = ["--ruleset", "spectral.yaml", "--fail-severity", "hint", "--format", "text"]
    run_module("@stoplight/spectral-cli/dist/index.js", "lint", documents[version], *options)


@VERSIONS
def test_redocly(documents: dict[str, Path], version: str) -> None:
    options = ["--config", "redocly.yaml", "--format", "stylish"]
    run_module("@redocly/cli/bin/cli.js", "lint", documents[version], *options)
