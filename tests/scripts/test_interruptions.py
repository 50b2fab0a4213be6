"""What a build leaves behind when it is killed on the spot, when its disk is full, when its folder is read-only."""

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import create_app
from api.database import get_database
from api.settings import Settings
from dataset.articles import find_article_files
from scripts.curate import ROOT
from tests.conftest import PAGE, write_manifest

COMMAND = [sys.executable, str(ROOT / "scripts/curate.py")]
FILES = ["facts.db", "facts.jsonl"]

pytestmark = pytest.mark.slow


@pytest.fixture
def newsroom(tmp_path: Path) -> Path:
    """A folder of made-up articles."""
    folder = tmp_path / "newsroom"
    folder.mkdir()
    for number in range(10, 14):
        text = PAGE + f"Some {number} barges of grain left {number} ports.\n" * 20
        (folder / f"a{number}.txt").write_text(text, encoding="utf-8")
    write_manifest(folder, [path.name for path in find_article_files([folder])])
    return folder


def start(newsroom: Path, out: Path) -> subprocess.Popen[str]:
    manifest, facts, db = newsroom / "articles.csv", out / "facts.jsonl", out / "facts.db"
    options: list[str | Path] = ["--articles", newsroom, "--manifest", manifest, "--facts", facts, "--db", db]
    return subprocess.Popen([*COMMAND, "build", *options], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def build(newsroom: Path, out: Path) -> str:
    """The release that a whole build makes."""
    process = start(newsroom, out)
    _, errors = process.communicate()
    assert process.returncode == 0, errors
    return release_of(out)


def refuse(newsroom: Path, out: Path) -> str:
    """The one line that a build ends with where it cannot write."""
    process = start(newsroom, out)
    output, errors = process.communicate()
    assert (process.returncode, output) == (2, "")
    (line,) = errors.splitlines()
    return line


def release_of(out: Path) -> str:
    """The digest of the release that is served from there: the service takes none that is not whole."""
    app = create_app(Settings(db=out / "facts.db", access_log="off"))
    try:
        ready, page = (app.test_client().get(url) for url in ("/readyz", "/v1/facts"))
    finally:
        with app.app_context():
            get_database().close()
    assert (ready.status_code, page.status_code) == (200, 200), ready.text
    assert page.get_json()["release"] == ready.get_json()["release"]
    return str(ready.get_json()["release"])


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def change(newsroom: Path) -> None:
    (newsroom / "a13.txt").write_text("The mill lost 12 carts in one fire.", encoding="utf-8")
    write_manifest(newsroom, [path.name for path in find_article_files([newsroom])])


def test_a_build_that_is_killed_costs_nothing(newsroom: Path, tmp_path: Path) -> None:
    """Ten moments of the whole command, and ten of its writing, which is the shorter part of it."""
    chance, out, old = random.Random(20), tmp_path / "out", tmp_path / "old"  # noqa: S311 - moments, not secrets
    before = build(newsroom, old)
    change(newsroom)
    begun = time.monotonic()
    after = build(newsroom, tmp_path / "new")
    whole = time.monotonic() - begun
    assert before != after
    half_written = 0
    for moment in range(20):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)
        process = start(newsroom, out)
        if moment % 2:
            while process.poll() is None and len(names(out)) == len(FILES):
                time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.1 if moment % 2 else whole))
        process.kill()
        process.communicate()
        left = [name for name in names(out) if name not in FILES]
        half_written += bool(left)
        assert release_of(out) in (before, after)
        if any(name.startswith(".facts.db") for name in left):
            assert release_of(out) == before
        assert build(newsroom, out) == after
        assert names(out) == FILES
        assert (out / "facts.jsonl").read_bytes() == (tmp_path / "new/facts.jsonl").read_bytes()
    assert half_written >= 5  # else the moments would show nothing of the writing


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own, in memory."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount, unmount = shutil.which("mount"), shutil.which("umount")
    if mount is None or unmount is None or os.geteuid() != 0:
        pytest.skip("only root can mount a disk")
    mounted = subprocess.run([mount, "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip(f"no disk can be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run([unmount, folder], check=True)


def fill(disk: Path, room: int) -> Path:
    """Take all of a disk but `room` bytes."""
    filler = disk / "filler"
    free = os.statvfs(disk)
    filler.write_bytes(bytes(free.f_bavail * free.f_frsize - room))
    return filler


ROOMS = [0, 4_096, 65_536, 131_072]  # bytes: for nothing, for a part of the facts, of the tables, of their rows


@pytest.mark.parametrize("room", ROOMS)
def test_a_full_disk_is_said_and_leaves_the_old_files(newsroom: Path, disk: Path, room: int) -> None:
    out = disk / "out"
    before, contents = build(newsroom, out), [(out / name).read_bytes() for name in FILES]
    change(newsroom)
    filler = fill(disk, room)
    line = refuse(newsroom, out)
    assert line.startswith(f"error: cannot write {out}/facts.")
    assert "full" in line or "No space left" in line
    assert release_of(out) == before
    assert names(out) == FILES
    assert [(out / name).read_bytes() for name in FILES] == contents
    filler.unlink()
    assert build(newsroom, out) != before
    assert names(out) == FILES


def test_a_read_only_disk_is_said_and_leaves_the_old_files(newsroom: Path, disk: Path) -> None:
    out = disk / "out"
    before = build(newsroom, out)
    change(newsroom)
    mount = str(shutil.which("mount"))
    subprocess.run([mount, "-o", "remount,ro", disk], check=True)
    line = refuse(newsroom, out)
    assert line == f"error: cannot write {out}/facts.jsonl (Read-only file system): name a writable place"
    assert release_of(out) == before
    assert names(out) == FILES
    subprocess.run([mount, "-o", "remount,rw", disk], check=True)
    assert build(newsroom, out) != before


def test_extraction_to_a_full_disk_leaves_the_old_file(newsroom: Path, disk: Path) -> None:
    out = disk / "facts.jsonl"
    out.write_text("old\n", encoding="utf-8")
    fill(disk, 16_384)
    command: list[str | Path] = [*COMMAND, "extract", newsroom, "--out", out]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"error: cannot write {out} (No space left on device): name a writable place\n"
    assert names(disk) == ["facts.jsonl", "filler"]
    assert out.read_text(encoding="utf-8") == "old\n"
