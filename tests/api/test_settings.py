from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from api import settings
from api.settings import PROJECT, Settings
from dataset.errors import InputError


def test_defaults() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings().db == PROJECT / "dataset" / "facts.db"


def test_the_database_lies_in_the_dataset() -> None:
    assert Settings.from_environment({"FACTLINE_DATASET": "/srv/mine"}).db == Path("/srv/mine/facts.db")
    environment = {"FACTLINE_DATASET": "/srv/mine", "FACTLINE_DB": "/srv/other.db"}
    assert Settings.from_environment(environment).db == Path("/srv/other.db")


def test_every_setting_is_read() -> None:
    environment = {
        "FACTLINE_DB": "/srv/facts.db",
        "HOST": "::1",
        "PORT": "8123",
        "FACTLINE_WORKERS": "3",
        "FACTLINE_THREADS": "5",
        "FACTLINE_TIMEOUT": "7",
        "FACTLINE_GRACEFUL_TIMEOUT": "9",
    }
    assert Settings.from_environment(environment) == Settings(Path("/srv/facts.db"), "::1", 8123, 3, 5, 7, 9)


def test_the_table_lists_every_setting_with_its_default() -> None:
    rows = [line.split()[:2] for line in (settings.__doc__ or "").splitlines()[2:]]
    defaults = [getattr(Settings(), field.name) for field in fields(Settings)]
    assert [default for _, default in rows] == ["dataset", "dataset/facts.db", *map(str, defaults[1:])]
    for name, _ in rows:
        with pytest.raises(InputError, match=f"^{name} is ''"):
            Settings.from_environment({name: ""})


@pytest.mark.parametrize("value", ["0", "65536", "-1", "8000.5", "http", " 80", "٨٠", "1_0", "9" * 400])
def test_a_malformed_port(value: str) -> None:
    with pytest.raises(InputError, match=r"^PORT is") as caught:
        Settings.from_environment({"PORT": value})
    assert "1 to 65535" in caught.value.remedy


@pytest.mark.parametrize(
    "name", ["FACTLINE_WORKERS", "FACTLINE_THREADS", "FACTLINE_TIMEOUT", "FACTLINE_GRACEFUL_TIMEOUT"]
)
def test_a_malformed_number(name: str) -> None:
    with pytest.raises(InputError, match=f"^{name} is '1001'"):
        Settings.from_environment({name: "1001"})


def test_a_path_with_a_control_character() -> None:
    with pytest.raises(InputError, match=r"^FACTLINE_DB"):
        Settings.from_environment({"FACTLINE_DB": "facts\n.db"})
