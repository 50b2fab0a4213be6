"""Columns in nameless files."""

from pathlib import Path

import numpy as np
import pytest

from dataset.columns import Columns


def test_columns_grow_apart_and_are_read_whole(tmp_path: Path) -> None:
    with Columns(tmp_path) as columns:
        for first in (0, 3, 6):
            columns.append("numbers", np.arange(first, first + 3, dtype="<f8"))
            columns.append("places", np.array([[first, 1]], dtype="<u4"))
            columns.append("nothing", np.empty(0, dtype="<u4"))
        assert columns.read("numbers", "<f8").tolist() == [0, 1, 2, 3, 4, 5, 6, 7, 8]
        assert columns.read("places", "<u8").tolist() == [1 << 32, (1 << 32) + 3, (1 << 32) + 6]
        assert columns.read("nothing", "<u4").tolist() == []
        columns.append("numbers", np.array([9.0]))
        assert columns.read("numbers", "<f8").tolist() == list(range(10))
        assert list(tmp_path.iterdir()) == []


def test_every_other_value_of_an_array_can_be_appended(tmp_path: Path) -> None:
    with Columns(tmp_path) as columns:
        columns.append("a", np.arange(6, dtype="<i4").reshape(3, 2).T[1])
        assert columns.read("a", "<i4").tolist() == [1, 3, 5]


def test_an_unknown_column_is_an_error(tmp_path: Path) -> None:
    with Columns(tmp_path) as columns, pytest.raises(KeyError):
        columns.read("a", "<i4")
