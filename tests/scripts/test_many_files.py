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
PEAK = 150  # MB of the largest process; a tenth of the files take hardly less

# From a small process: what a command is said to have taken at most counts what its parent had when it was made.
MEASURED = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(usage.ru_maxrss / 1024, usage.ru_utime + usage.ru_stime)
sys.exit(status)
"""


@pytest.mark.slow
def test_ten_thousand_files_with_a_hundred_bad_ones(tmp_path: Path) -> None:
    folder, out = tmp_path / "news", tmp_path / "facts.jsonl"
    folder.mkdir()
    for number in range(10_000):
        data = BAD[number // 100 % 4] if number % 100 == 7 else f"Fire in {number} mills. Some 12 carts burnt.".encode()
        (folder / f"{number:05}.txt").write_bytes(data)
    command = [sys.executable, str(ROOT / "scripts/curate.py"), "extract", str(folder), "--out", str(out)]
    done = subprocess.run([sys.executable, "-c", MEASURED, *command], capture_output=True, text=True, check=False)
    peak, seconds = (float(number) for number in done.stdout.split())
    assert done.returncode == 2
    named = re.findall(r"^error: .*/(\d+)\.txt .+: .+$", done.stderr, re.MULTILINE)
    assert named == [f"{number:05}" for number in range(7, 10_000, 100)]
    with out.open(encoding="utf-8") as lines:
        sources = {re.findall(r'"source":"([^"]+)"', line)[0] for line in lines}
    assert len(sources) == 9_900
    print(f"\n10,000 files: {peak:.0f} MB, {seconds:.0f} s of processor")  # noqa: T201
    assert peak < PEAK


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
