from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dataset.description import DATASET
from scripts import write_metadata as command
from scripts.write_metadata import format_metadata, write_metadata

NAMES = ["README.md", "datapackage.json", "croissant.json"]


def test_the_committed_files_are_what_code_and_data_say() -> None:
    for name, text in format_metadata().items():
        assert (DATASET / name).read_text(encoding="utf-8") == text, f"{name} is not current: run make data"


def test_check_tells_which_files_are_current(tmp_path: Path) -> None:
    check = ["--check", "--out", str(tmp_path)]
    result = CliRunner().invoke(write_metadata, check)
    assert (result.exit_code, result.stderr.count("make data")) == (1, 3)
    assert list(tmp_path.iterdir()) == []
    assert CliRunner().invoke(write_metadata, ["--out", str(tmp_path)]).exit_code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(NAMES)
    assert CliRunner().invoke(write_metadata, check).exit_code == 0
    (tmp_path / "croissant.json").write_text("{}", encoding="utf-8")
    result = CliRunner().invoke(write_metadata, check)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "croissant.json" in result.stderr


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(write_metadata, ["--out", str(tmp_path / "file" / "inside")])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert "cannot write" in result.stderr


def test_a_datasheet_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "DATASET", tmp_path)
    monkeypatch.setattr(command, "describe_release", lambda _: None)
    result = CliRunner().invoke(write_metadata, ["--out", str(tmp_path)])
    assert (result.exit_code, result.stderr) == (
        2,
        f"error: cannot read {tmp_path / 'README.md'}: restore it from git\n",
    )
