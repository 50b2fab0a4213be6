from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api import create_app
from api.database import get_database
from api.settings import Settings
from tests.api.sample import build_sample

_USUAL = Settings()


class Serve(Protocol):
    """Serves a database, with other settings than the usual where they are given."""

    def __call__(self, path: Path, settings: Settings = ...) -> FlaskClient: ...


def body(response: TestResponse) -> dict[str, Any]:
    """Read the JSON object of an answer."""
    document: dict[str, Any] = json.loads(response.data)
    return document


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_sample(tmp_path_factory.mktemp("release") / "facts.db")


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Serve a database, whether it is there or not."""
    apps: list[Flask] = []

    def make_client(path: Path, settings: Settings = _USUAL) -> FlaskClient:
        apps.append(create_app(replace(settings, db=path)))
        return apps[-1].test_client()

    yield make_client
    for app in apps:
        with app.app_context():
            get_database().close()


@pytest.fixture(scope="session")
def application(database: Path) -> Iterator[Flask]:
    """One for all tests that do not change it: making one takes longer than asking it."""
    app = create_app(replace(_USUAL, db=database))
    yield app
    with app.app_context():
        get_database().close()


@pytest.fixture
def client(application: Flask) -> FlaskClient:
    return application.test_client()


@pytest.fixture
def own_client(database: Path, serve: Serve) -> FlaskClient:
    """A client of an application that nobody has asked yet, and that may be changed."""
    return serve(database)
