from __future__ import annotations

from dataclasses import fields, replace
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
        "FACTLINE_QUERY_TIMEOUT": "11",
        "FACTLINE_ACCESS_LOG": "off",
        "FACTLINE_PROXIES": "2",
        "FACTLINE_RATE_LIMIT": "100/minute",
        "FACTLINE_RATE_LIMIT_STORAGE": "rediss://:secret@cache.example:6380/1",
    }
    expected = Settings(Path("/srv/facts.db"), "::1", 8123, 3, 5, 7, 9, 11, "off", 2, "100/minute")
    assert Settings.from_environment(environment) == replace(
        expected, rate_limit_storage="rediss://:secret@cache.example:6380/1"
    )


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


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        ("FACTLINE_QUERY_TIMEOUT", "0", "1 to 600"),
        ("FACTLINE_QUERY_TIMEOUT", "601", "1 to 600"),
        ("FACTLINE_PROXIES", "11", "0 to 10"),
        ("FACTLINE_PROXIES", "-1", "0 to 10"),
        ("FACTLINE_ACCESS_LOG", "on", "json, off"),
        ("FACTLINE_RATE_LIMIT", "100", "100/minute"),
        ("FACTLINE_RATE_LIMIT", "0/minute", "100/minute"),
        ("FACTLINE_RATE_LIMIT", "100/fortnight", "100/minute"),
        ("FACTLINE_RATE_LIMIT", "100/minute;", "100/minute"),
        ("FACTLINE_RATE_LIMIT", "\u0661/minute", "100/minute"),
        ("FACTLINE_RATE_LIMIT_STORAGE", "memcached://127.0.0.1", "redis://"),
        ("FACTLINE_RATE_LIMIT_STORAGE", "redis://", "redis://"),
        ("FACTLINE_RATE_LIMIT_STORAGE", "redis://127.0.0.1:port", "redis://"),
        ("FACTLINE_RATE_LIMIT_STORAGE", "redis://127.0.0.1:99999", "redis://"),
        ("FACTLINE_RATE_LIMIT_STORAGE", "redis://[::1", "redis://"),
    ],
)
def test_a_setting_that_cannot_be_taken(name: str, value: str, remedy: str) -> None:
    with pytest.raises(InputError, match=f"^{name} is ") as caught:
        Settings.from_environment({name: value})
    assert remedy in caught.value.remedy


@pytest.mark.parametrize("value", ["off", "100/minute", "5 per second", "5/second;1000/hour", "1 per 2 hours"])
def test_rate_limits_that_can_be_taken(value: str) -> None:
    assert Settings.from_environment({"FACTLINE_RATE_LIMIT": value}).rate_limit == value


def test_no_error_shows_a_password() -> None:
    with pytest.raises(InputError) as caught:
        Settings.from_environment({"FACTLINE_RATE_LIMIT_STORAGE": "redis://:secret@127.0.0.1:port"})
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("prefix", ["abc", "/", "/abc/", "/a b", "//"])
def test_a_prefix_is_a_path(prefix: str) -> None:
    with pytest.raises(InputError, match=r"^SCRIPT_NAME is .* such as /facts-api$"):
        Settings.from_environment({"SCRIPT_NAME": prefix})


@pytest.mark.parametrize("prefix", ["", "/abc", "/a-b/c.d"])
def test_a_prefix_that_is_one(prefix: str) -> None:
    assert Settings.from_environment({"SCRIPT_NAME": prefix}) == Settings()
