"""Ten thousand files in one go, and names that try to write lines of their own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.curate import ROOT, curate
from tests.conftest import PAGE

BAD = [b"\xff", b"", b"PK\x00", b"x" * 1_000_001]
PEAK = 100  # MB of the largest process
NAME = 0.001  # MB that a file more may weigh: its path is held, what it says is not

# From a small process: what a command is said to have taken at most counts what its parent had when it was made.
MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)
sys.exit(status)
"""


def write_news(folder: Path, files: int) -> Path:
    """A folder of so many files, one in a hundred of which is bad."""
    folder.mkdir()
    for number in range(files):
        data = BAD[number // 100 % 4] if number % 100 == 7 else f"Fire in {number} mills. Some 12 carts burnt.".encode()
        (folder / f"{number:05}.txt").write_bytes(data)
    return folder


def run_measured(*arguments: str | Path) -> tuple[int, list[str], float, float]:
    """Exit status, the numbers of the files that are named, peak memory in MB, seconds of processor time."""
    command = [sys.executable, "-c", MEASURED, sys.executable, str(ROOT / "scripts/curate.py"), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    peak, seconds = (float(number) for number in done.stdout.split())
    return done.returncode, re.findall(r"^error: .*/(\d+)\.txt .+: .+$", done.stderr, re.MULTILINE), peak, seconds


@pytest.mark.slow
def test_ten_thousand_files_with_a_hundred_bad_ones(tmp_path: Path) -> None:
    taken: dict[int, tuple[float, float]] = {}
    for files in (1_000, 10_000):
        folder, out = write_news(tmp_path / str(files), files), tmp_path / "facts.jsonl"
        status, named, peak, seconds = run_measured("extract", folder, "--out", out)
        taken[files] = peak, seconds
        assert status == 2
        assert named == [f"{number:05}" for number in range(7, files, 100)]
        with out.open(encoding="utf-8") as lines:
            sources = {re.findall(r'"source":"([^"]+)"', line)[0] for line in lines}
        assert len(sources) == files - files // 100
        print(f"\n{files:,} files: {peak:.0f} MB, {seconds:.1f} s of processor")  # noqa: T201
    (few, short), (peak, long) = taken[1_000], taken[10_000]
    assert peak < PEAK
    assert peak - few < NAME * (10_000 - 1_000)
    assert long < 15 * short


@pytest.mark.slow
def test_a_build_names_a_hundred_bad_ones_of_ten_thousand_and_builds_nothing(tmp_path: Path) -> None:
    folder = write_news(tmp_path / "news", 10_000)
    (folder / "articles.csv").write_text("file,published_on\n", encoding="utf-8")
    (folder / "facts.jsonl").write_text("what was there", encoding="utf-8")
    status, named, peak, seconds = run_measured("--dataset", folder, "build")
    print(f"\n10,000 files: {peak:.0f} MB, {seconds:.1f} s of processor")  # noqa: T201
    assert (status, named) == (2, [f"{number:05}" for number in range(7, 10_000, 100)])
    assert {path.name for path in folder.iterdir() if path.suffix != ".txt"} == {"articles.csv", "facts.jsonl"}
    assert (folder / "facts.jsonl").read_text(encoding="utf-8") == "what was there"
    assert peak < 2 * PEAK  # it holds what it has read


@pytest.mark.parametrize("command", ["extract", "manifest"])
def test_a_name_cannot_write_a_line_of_its_own(tmp_path: Path, command: str) -> None:
    (tmp_path / "two\nerror: lines\x1b[31m.txt").write_text(PAGE, encoding="utf-8")
    table = tmp_path / "table.csv"
    table.write_text("file,published_on\n", encoding="utf-8")
    arguments = ["--manifest", str(table)] if command == "extract" else []
    result = CliRunner().invoke(curate, [command, str(tmp_path), *arguments])
    assert result.exit_code == 0
    assert "two\\nerror: lines\\x1b[31m.txt" in result.stderr
    assert not [line for line in result.stderr.splitlines() if line.startswith("error")]
    assert "\x1b" not in result.output
