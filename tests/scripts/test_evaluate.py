import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.evaluate import FLOORS, evaluate, read_floors


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(evaluate, [str(argument) for argument in arguments])


def test_it_says_so_where_there_is_nothing_to_measure_on(tmp_path: Path) -> None:
    result = run("--shared", tmp_path / "none")
    assert result.exit_code == 0
    assert "not evaluated" in result.stdout


def test_a_figure_below_its_floor_fails(shared: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.csv"
    floors.write_text("set,figure,floor\nfive articles,detection,1.01\nNewsQuant,value,10\n", encoding="utf-8")
    result = run("--shared", shared, "--floors", floors)
    assert result.exit_code == 1
    assert result.stderr.splitlines() == ["below its floor: five articles detection 1.0 < 1.01"]


def test_pinning_raises_floors_and_lowers_none_unless_told(shared: Path, tmp_path: Path) -> None:
    floors = tmp_path / "floors.csv"
    floors.write_text("set,figure,floor\nfive articles,detection,1.01\nNewsQuant,value,10\n", encoding="utf-8")
    run("--shared", shared, "--floors", floors, "--pin")
    pinned = read_floors(floors)
    assert pinned["five articles", "detection"] == 1.01
    assert pinned["NewsQuant", "value"] > 80
    run("--shared", shared, "--floors", floors, "--pin", "--lower-floors")
    assert read_floors(floors)["five articles", "detection"] <= 1


@pytest.mark.parametrize("name", ["five articles", "eleven more", "NewsQuant"])
def test_every_set_has_floors(name: str) -> None:
    with FLOORS.open(encoding="utf-8", newline="") as handle:
        assert any(row["set"] == name for row in csv.DictReader(handle))
