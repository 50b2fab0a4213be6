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


@pytest.fixture
def client(database: Path, serve: Serve) -> FlaskClient:
    return serve(database)
