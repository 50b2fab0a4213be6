"""Ten thousand files in one go, and names that try to write lines of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from scripts.curate import ROOT, curate
from tests.conftest import PAGE

BAD = [b"\xff", b"", b"PK\x00", b"x" * 1_000_001]
PEAK = 150  # MB a process; a tenth of the files take as much


@pytest.mark.slow
def test_ten_thousand_files_with_a_hundred_bad_ones(tmp_path: Path) -> None:
    folder, out = tmp_path / "news", tmp_path / "facts.jsonl"
    folder.mkdir()
    for number in range(10_000):
        data = BAD[number // 100 % 4] if number % 100 == 7 else f"Fire in {number} mills. Some 12 carts burnt.".encode()
        (folder / f"{number:05}.txt").write_bytes(data)
    command = [sys.executable, str(ROOT / "scripts/curate.py"), "extract", str(folder), "--out", str(out)]
    with (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(command, stderr=errors)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    named = re.findall(
        r"^error: .*/(\d+)\.txt .+: .+$", (tmp_path / "errors").read_text(encoding="utf-8"), re.MULTILINE
    )
    assert process.returncode == 2
    assert named == [f"{number:05}" for number in range(7, 10_000, 100)]
    with out.open(encoding="utf-8") as lines:
        sources = {re.findall(r'"source":"([^"]+)"', line)[0] for line in lines}
    assert len(sources) == 9_900
    print(f"\n10,000 files: {usage.ru_maxrss / 1024:.0f} MB, {usage.ru_utime + usage.ru_stime:.0f} s of processor")  # noqa: T201
    assert usage.ru_maxrss / 1024 < PEAK


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
