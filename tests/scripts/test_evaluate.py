import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scripts.evaluate import FLOORS, QUOTATIONS, SETS, Judged, evaluate, judge, measure
from scripts.floors import Figures, read_floors


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(evaluate, [str(argument) for argument in arguments])


def test_it_says_so_where_there_is_nothing_to_measure_on(tmp_path: Path) -> None:
    result = run("--shared", tmp_path / "none")
    assert result.exit_code == 0
    assert "not evaluated" in result.stdout


@pytest.fixture(scope="module")
def measured(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Figures, Judged]:
    folder = tmp_path_factory.mktemp("measured")
    return measure(shared, folder), judge(shared, folder)


@pytest.fixture
def _measured_once(measured: tuple[Figures, Judged], monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured is the same each time: what is done with it is tried here."""
    monkeypatch.setattr("scripts.evaluate.measure", lambda *_: dict(measured[0]))
    monkeypatch.setattr("scripts.evaluate.judge", lambda *_: measured[1])


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["set,figure,floor", *rows, ""]), encoding="utf-8")
    return path


HIGH, LOW = "five articles,detection,1.01", "NewsQuant,value,10"


def test_a_figure_below_its_floor_fails(shared: Path, tmp_path: Path) -> None:
    gone = "five articles,elegance,0.5"
    result = run("--shared", shared, "--floors", write(tmp_path / "floors.csv", HIGH, LOW, gone))
    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith("below its floor: five articles detection ")
    assert first.endswith(" < 1.01")
    assert second == "below its floor: five articles elegance is not measured any more, 0.5 was pinned"


@pytest.mark.usefixtures("_measured_once")
def test_pinning_raises_floors_and_lowers_none_unless_told(shared: Path, tmp_path: Path) -> None:
    floors = write(tmp_path / "floors.csv", HIGH, LOW)
    result = run("--shared", shared, "--floors", floors, "--pin")
    assert result.exit_code == 1
    assert result.stderr.startswith("kept the floor: five articles detection ")
    pinned = read_floors(floors)
    assert pinned["five articles", "detection"] == 1.01
    assert pinned["NewsQuant", "value"] > 80
    assert run("--shared", shared, "--floors", floors, "--pin", "--lower-floors").exit_code == 0
    assert read_floors(floors)["five articles", "detection"] <= 1


@pytest.mark.usefixtures("_measured_once")
def test_a_first_pin_needs_the_header_alone(shared: Path, tmp_path: Path) -> None:
    floors = write(tmp_path / "floors.csv")
    assert run("--shared", shared, "--floors", floors, "--pin").exit_code == 0
    pinned = read_floors(floors)
    assert ("five articles", "subject") in pinned
    assert ("eleven more", "subject") not in pinned  # annotated in free words, which are not scored


def test_lowering_floors_goes_with_pinning() -> None:
    result = run("--lower-floors")
    assert result.exit_code == 2
    assert "--lower-floors goes with --pin" in result.stderr


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """All parts of the annotated sets, with nothing in them."""
    for part in (*(part for _, *parts in SETS for part in parts), *(gold for _, gold in QUOTATIONS)):
        (tmp_path / "sets" / part).mkdir(parents=True, exist_ok=True)
    return tmp_path / "sets"


BAD_FLOORS = [
    (None, "cannot read the table"),
    ("", "does not have the columns set,figure,floor"),
    ("set,figure,floor\n", "holds no floors"),
    (f"set,figure,floor\n{LOW}\nNewsQuant,value+change,high\n", "line 3, 'NewsQuant': floor 'high' is no number"),
    ("set,figure,floor\nNewsQuant,value\n", "does not fit the header"),
]


@pytest.mark.parametrize(("content", "message"), BAD_FLOORS)
def test_bad_floors_are_one_line(empty: Path, tmp_path: Path, content: str | None, message: str) -> None:
    floors = tmp_path / "floors.csv"
    if content is not None:
        floors.write_text(content, encoding="utf-8")
    result = run("--shared", empty, "--floors", floors)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("error: ")
    assert message in line


def test_missing_parts_of_the_sets_are_named(empty: Path) -> None:
    (empty / "articles-dev").rmdir()
    (empty / "score_newsquant.py").rmdir()
    result = run("--shared", empty)
    assert result.exit_code == 2
    (line,) = result.stderr.splitlines()
    assert f"{empty} lacks articles-dev, score_newsquant.py: " in line


@pytest.mark.parametrize("name", ["five articles", "eleven more", "NewsQuant", "PolNeAR"])
def test_every_set_has_floors(name: str) -> None:
    with FLOORS.open(encoding="utf-8", newline="") as handle:
        assert any(row["set"] == name for row in csv.DictReader(handle))
