from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask.testing import FlaskClient

from api import create_app
from api.examples import PATH
from api.settings import PROJECT, Settings
from scripts.write_openapi import format_openapi, write_openapi


@pytest.fixture
def client() -> FlaskClient:
    return create_app(Settings()).test_client()


def test_the_committed_document_is_what_the_code_says() -> None:
    assert (PROJECT / "openapi.yaml").read_text(encoding="utf-8") == format_openapi()


def test_it_is_the_document_that_is_served(client: FlaskClient) -> None:
    assert yaml.safe_load(format_openapi()) == client.get("/openapi.json").json


@pytest.fixture
def examples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where examples are written to, that those of the project stay as they are."""
    path = tmp_path / "examples.json"
    monkeypatch.setattr("scripts.write_openapi.EXAMPLES", path)
    return path


def test_check_tells_whether_the_file_is_current(tmp_path: Path, examples: Path) -> None:
    out = tmp_path / "openapi.yaml"
    check = ["--check", "--out", str(out)]
    assert CliRunner().invoke(write_openapi, check).exit_code == 1
    assert not out.exists()
    assert not examples.exists()
    assert CliRunner().invoke(write_openapi, ["--out", str(out)]).exit_code == 0
    assert CliRunner().invoke(write_openapi, check).exit_code == 0
    out.write_text(out.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    result = CliRunner().invoke(write_openapi, check)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "make spec" in result.stderr


def test_the_examples_are_written_beside_the_document(tmp_path: Path, examples: Path) -> None:
    assert CliRunner().invoke(write_openapi, ["--out", str(tmp_path / "openapi.yaml")]).exit_code == 0
    assert examples.read_text(encoding="utf-8") == PATH.read_text(encoding="utf-8")


def test_examples_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.write_openapi.EXAMPLES", tmp_path / "none" / "examples.json")
    result = CliRunner().invoke(write_openapi, ["--out", str(tmp_path / "openapi.yaml")])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "examples.json" in result.stderr


def test_a_place_that_cannot_be_written(tmp_path: Path, examples: Path) -> None:
    result = CliRunner().invoke(write_openapi, ["--out", str(tmp_path / "none" / "openapi.yaml")])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "--out" in result.stderr
