import re

from click.testing import CliRunner

from scripts.benchmark import benchmark


def test_curation_prints_speed_start_and_memory() -> None:
    result = CliRunner().invoke(benchmark, ["curation", "--articles", "2"])
    assert result.exit_code == 0
    assert re.search(r"\d+ articles of 4\.\d KB a second", result.stdout)
    assert re.search(r"start \d\.\d\d s, peak memory \d+ MB", result.stdout)
