from __future__ import annotations

import re
from pathlib import Path

import pytest

from dataset.datasheet import fill_datasheet
from dataset.description import DATASET, Description, describe_release
from dataset.errors import InputError

SHEET = (DATASET / "README.md").read_text(encoding="utf-8")
FLOORS = {("boats", "found"): 0.5, ("boats", "F1"): 87.4, ("release", "found"): 1.0}


@pytest.fixture(scope="module")
def release() -> Description:
    return describe_release()


def test_the_prose_is_kept_and_the_parts_are_renewed(release: Description) -> None:
    emptied = re.sub(r"(<!-- generated: \w+ -->\n).*?(<!-- end -->)", r"\1old\n\2", SHEET, flags=re.DOTALL)
    filled = fill_datasheet(emptied.replace("# Datasheet", "# Our datasheet"), release, FLOORS)
    assert filled == fill_datasheet(SHEET, release, FLOORS).replace("# Datasheet", "# Our datasheet")
    assert "old\n<!-- end -->" not in filled


def test_floors_of_all_sets_are_shares_of_one(release: Description) -> None:
    filled = fill_datasheet(SHEET, release, FLOORS)
    assert "| figure | boats | release |\n| --- | --- | --- |\n| found | 0.500 | 1.000 |\n| F1 | 0.874 |  |\n" in filled


def test_counts_add_up(release: Description) -> None:
    counts = fill_datasheet(SHEET, release, FLOORS).split("<!-- generated: counts -->")[1].split("<!-- end -->")[0]
    rows = [[int(cell) for cell in re.findall(r"\d+", line)] for line in counts.splitlines() if line.startswith("| ")][
        2:
    ]
    assert len(rows) == 4
    assert all(sum(row[:-1]) == row[-1] for row in rows)
    assert rows[-1][-1] == len(release.facts)


@pytest.mark.parametrize(
    "text",
    [
        "",
        SHEET.replace("<!-- generated: fields -->\n", ""),
        SHEET + SHEET,
        SHEET.replace("generated: counts", "generated: count"),
    ],
    ids=["no parts", "one missing", "all twice", "one misspelt"],
)
def test_each_part_has_to_be_marked_once(text: str, release: Description) -> None:
    with pytest.raises(InputError, match="mark each once"):
        fill_datasheet(text, release, FLOORS)


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", SHEET):
        assert Path(DATASET, target).exists(), target
