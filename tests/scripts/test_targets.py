import io
import json
import sys
from pathlib import Path

import pytest
from rich.console import Console

from scripts import targets
from scripts.targets import Figures, Target, make_table, median, ratio, write_json


@pytest.mark.parametrize(
    ("value", "least", "most", "verdict"),
    [
        (8.0, 8, None, "reached"),
        (7.9, 8, None, "missed"),
        (1.5, None, 1.5, "reached"),
        (1.6, None, 1.5, "missed"),
        (3.0, None, None, ""),
        (None, 8, None, "not served"),
    ],
)
def test_verdicts(value: float | None, least: float | None, most: float | None, verdict: str) -> None:
    assert Target("x", value, least, most).verdict == verdict


@pytest.mark.parametrize(
    ("measured", "expected"),
    [({"a": 6.0, "b": 2.0}, 3.0), ({"a": 6.0}, None), ({"b": 2.0}, None), ({"a": 6.0, "b": 0.0}, None)],
)
def test_ratio(measured: dict[str, float], expected: float | None) -> None:
    assert ratio(measured, "a", "b") == expected


@pytest.mark.parametrize(("values", "expected"), [([], None), ([3.0, 1.0, 2.0], 2.0), ([1.0, None], None)])
def test_median(values: list[float | None], expected: float | None) -> None:
    assert median(values) == expected


FIGURES = [
    Figures("distinct queries", "requests/s", 10_000, {"factline": 1600.0, "Datasette": 180.0}, failed={"factline": 2}),
    Figures("facets", "ms", 10_000, targets=[Target("median, ms", None)]),
]
FIGURES[0].targets = [Target("of Datasette", 1600 / 180, least=8), Target("of roapi", 1.25, least=6)]


def test_the_table_tells_what_is_reached_missed_refused_and_not_served() -> None:
    console = Console(file=io.StringIO(), width=140)
    console.print(make_table(FIGURES))
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    for words in ("factline 1,600 requests/s", "of Datasette 8.89", "8 at least", "reached", "missed", "not served"):
        assert words in printed
    assert "factline: 2 requests failed" in printed


def test_the_json_holds_machine_command_and_verdicts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/benchmark.py", "serve", "--quick"])
    monkeypatch.setattr(targets, "_versions_of", lambda _programs: {"datasette": "0"})
    write_json(tmp_path / "out.json", FIGURES, tmp_path)
    written = json.loads((tmp_path / "out.json").read_text())
    assert written["command"] == "benchmark.py serve --quick"
    assert written["machine"]["cores"] >= 1
    assert written["machine"]["versions"]["datasette"] == "0"
    assert [each["verdict"] for each in written["figures"][0]["targets"]] == ["reached", "missed"]
