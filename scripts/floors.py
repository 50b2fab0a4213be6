"""Pinned floors: figures that the extraction may not fall below."""

from __future__ import annotations

import csv
from pathlib import Path

from dataset.files import replacing
from dataset.tables import read_rows

COLUMNS = ("set", "figure", "floor")
Figures = dict[tuple[str, str], float]  # set and figure to value


def read_floors(path: Path) -> Figures:
    """The pinned floors; VocabularyError where the file is missing or a row is none."""
    return {(row["set"], row["figure"]): row.number("floor") for row in read_rows(path, COLUMNS)}


def write_floors(path: Path, floors: Figures) -> None:
    """Pin floors, one a line."""
    with replacing(path) as new, new.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows([*key, floor] for key, floor in floors.items())


def find_fallen(figures: Figures, floors: Figures) -> Figures:
    """The floors whose figure is lower or is not measured any more."""
    return {key: floor for key, floor in floors.items() if key not in figures or figures[key] < floor}


def tell_fallen(figures: Figures, fallen: Figures) -> list[str]:
    """One line for each floor that does not hold."""
    return [
        f"{' '.join(key)} {figures[key]} < {floor}"
        if key in figures
        else f"{' '.join(key)} is not measured any more, {floor} was pinned"
        for key, floor in fallen.items()
    ]
