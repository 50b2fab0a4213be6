import re

from click.testing import CliRunner

from scripts.benchmark import benchmark


def test_curation_prints_speed_memory_and_start() -> None:
    result = CliRunner().invoke(benchmark, ["curation", "--articles", "3"])
    assert result.exit_code == 0
    assert re.search(r"3 articles of [34]\.\d KB", result.stdout)
    assert re.search(r"1 core\(s\): \d+ articles a second, \d+ facts each, peak memory \d+ MB", result.stdout)
    assert re.search(r"start \d\.\d\d s", result.stdout)
