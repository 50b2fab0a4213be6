"""The service where nothing can be written: all file systems read-only, the database mounted by itself, as nobody."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from api.settings import PROJECT
from tests.api.sample import build_sample
from tests.service.running import run_service

# In a mount namespace of its own, which nothing outside sees; what is left writable is told by mountinfo (proc(5)).
RUNNER = """#!/bin/sh
exec unshare --mount --propagation private sh -ec '
    mount -t tmpfs tmpfs "{served}"
    touch "{served}/facts.db"
    mount --bind "{database}" "{served}/facts.db"
    cut -d" " -f5 /proc/self/mountinfo | sort -r | while read -r place; do
        case $place in {kept}) ;; *) mount -o remount,bind,ro "$place" 2>/dev/null || true ;; esac
    done
    exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@"' sh {python} "$@"
"""
SYSTEM = ("/proc", "/sys", "/dev")
READ = [
    "/readyz",
    "/v1/facts",
    "/v1/facts.jsonl",
    "/v1/facts?q=42",
    "/v1/facts?sort=unit,-value",
    "/v1/dataset/facts.db",
]

pytestmark = pytest.mark.slow

Make = Callable[[str], Path]


@pytest.fixture
def make_runner(tmp_path: Path) -> Make:
    """Writes what starts a program in such a world; what it is given is left as it is, with what is below."""
    if os.geteuid() != 0 or not all(map(shutil.which, ("unshare", "setpriv", "mount"))):
        pytest.skip("only root, with unshare and setpriv, can make a world of its own")
    (tmp_path / "served").mkdir()
    for folder in (tmp_path, *tmp_path.parents):
        if "pytest" in str(folder):
            folder.chmod(0o755)

    def make(kept: str) -> Path:
        runner, database = tmp_path / "python", build_sample(tmp_path / "data" / "facts.db")
        database.chmod(0o644)
        text = RUNNER.format(served=tmp_path / "served", database=database, kept=kept, python=sys.executable)
        runner.write_text(text, encoding="utf-8")
        runner.chmod(0o755)
        tried = subprocess.run([runner, "-c", "import api"], cwd=PROJECT, capture_output=True, text=True, check=False)
        if tried.returncode:
            pytest.skip(f"no world can be made here, or it cannot read this project: {tried.stderr.strip()[-200:]}")
        return runner

    return make


def find_writable(pid: int) -> list[str]:
    """Where a process sees something mounted to be written, but for what the system itself is seen through."""
    mounts = [line.split() for line in Path(f"/proc/{pid}/mountinfo").read_text(encoding="utf-8").splitlines()]
    writable = {mount[4] for mount in mounts if "rw" in mount[5].split(",")}
    return sorted(place for place in writable if place == "/dev/shm" or not place.startswith(SYSTEM))  # noqa: S108


def test_it_runs_with_the_database_alone_mounted_and_nothing_to_write_to(make_runner: Make, tmp_path: Path) -> None:
    runner = make_runner("/proc*|/sys*|/dev*")
    with run_service(tmp_path / "served/facts.db", tmp_path / "log", str(runner)) as service:
        for pid in [service.process.pid, *service.workers()]:
            assert find_writable(pid) == ["/dev/shm"]  # noqa: S108 - a file system in memory
            assert "Uid:\t65534\t65534\t65534\t65534" in Path(f"/proc/{pid}/status").read_text(encoding="ascii")
            places = [line.split()[4] for line in Path(f"/proc/{pid}/mountinfo").read_text().splitlines()]
            assert str(tmp_path / "served/facts.db") in places
        for _ in range(4):
            assert {service.ask(url).status for url in READ} == {200}
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["facts.db"]  # no journal


def test_without_any_place_in_memory_it_says_so(make_runner: Make, tmp_path: Path) -> None:
    runner = make_runner("/proc*|/sys*")
    environment = {**os.environ, "FACTLINE_DB": str(tmp_path / "served/facts.db")}
    command: list[str | Path] = [runner, "-m", "gunicorn", "--config", "python:api.gunicorn_conf", "api:create_app()"]
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.strip().splitlines()
    assert "No usable temporary directory found in ['/tmp', " in line
