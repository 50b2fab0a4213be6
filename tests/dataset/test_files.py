"""A new file beside the old one, and what is left when its writer is killed."""

import subprocess
import sys
from pathlib import Path

import pytest

from dataset.errors import OutputError
from dataset.files import replacing
from scripts.curate import ROOT

DYING = """
import os, signal, sys
from pathlib import Path
from dataset.files import replacing
with replacing(Path(sys.argv[1])) as beside:
    beside.write_text("half")
    Path(f"{beside}-journal").write_text("journal")
    os.kill(os.getpid(), signal.SIGKILL)
"""


def abandon(path: Path) -> None:
    """Let a writer of `path` be killed on the spot."""
    done = subprocess.run([sys.executable, "-c", DYING, str(path)], cwd=ROOT, check=False)
    assert done.returncode == -9


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def write(path: Path, content: str) -> None:
    with replacing(path) as beside:
        beside.write_text(content, encoding="utf-8")


def test_the_next_writer_removes_what_a_killed_one_left(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    path.write_text("old", encoding="utf-8")
    abandon(path)
    assert len(names(tmp_path)) == 3
    assert path.read_text(encoding="utf-8") == "old"
    write(path, "new")
    assert names(tmp_path) == ["facts.db"]
    assert path.read_text(encoding="utf-8") == "new"


def test_the_files_of_others_stay(tmp_path: Path) -> None:
    kept = [".facts.db.new", ".notes.new", ".other.db.abcdefgh.new", "facts.db.abcdefgh.new"]
    for name in kept:
        (tmp_path / name).write_text("", encoding="utf-8")
    write(tmp_path / "facts.db", "new")
    assert names(tmp_path) == sorted([*kept, "facts.db"])


def test_a_name_with_wildcards_is_no_pattern(tmp_path: Path) -> None:
    (tmp_path / ".facts.db.abcdefgh.new").write_text("", encoding="utf-8")
    write(tmp_path / "f*", "new")
    assert names(tmp_path) == [".facts.db.abcdefgh.new", "f*"]


def test_two_writers_at_once_leave_each_other_alone(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    with replacing(path) as first:
        first.write_text("first", encoding="utf-8")
        write(path, "second")
        assert first.exists()
    assert path.read_text(encoding="utf-8") == "first"
    assert names(tmp_path) == ["facts.db"]


def test_a_failing_writer_leaves_the_old_file_alone(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    write(path, "old")

    def fail() -> None:
        with replacing(path) as beside:
            beside.write_text("half", encoding="utf-8")
            raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"cannot write .*facts\.db \(No space left on device\)"):
        fail()
    assert names(tmp_path) == ["facts.db"]
    assert path.read_text(encoding="utf-8") == "old"
