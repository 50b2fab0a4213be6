"""The README is a promise: its commands are run and its answers compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from api import create_app, settings
from api.settings import PROJECT, Settings
from scripts.curate import curate

README = (PROJECT / "README.md").read_text(encoding="utf-8")
CURL = re.compile(r"^\$ curl -s '(?:localhost:8000)(?P<path>[^']+)'(?P<pretty> \| python3 -m json\.tool)?$")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The service on the released facts, without any article text, as `make serve` starts it in a fresh clone."""
    database = tmp_path_factory.mktemp("readme") / "facts.db"
    result = CliRunner().invoke(curate, ["build", "--db", str(database)], env={"FACTLINE_ARTICLES": ""})
    assert result.exit_code == 0, result.output
    return create_app(Settings(db=database)).test_client()


def read_consoles() -> list[tuple[str, str]]:
    """Every command of the console blocks with the answer that the README prints."""
    pairs = []
    for block in re.findall(r"^```console\n(.*?)^```", README, re.MULTILINE | re.DOTALL):
        for command, answer in re.findall(r"^(\$ .*?)\n(.*?)(?=^\$ |\Z)", block, re.MULTILINE | re.DOTALL):
            pairs.append((command, answer))
    return pairs


def test_there_are_three_curl_lines() -> None:
    assert len(read_consoles()) >= 3


@pytest.mark.parametrize(("command", "answer"), read_consoles(), ids=[command for command, _ in read_consoles()])
def test_curl_gives_what_the_readme_says(client: FlaskClient, command: str, answer: str) -> None:
    match = CURL.match(command)
    assert match, f"not a curl line this test understands: {command}"
    text = client.get(match["path"]).text
    assert answer == (json.dumps(json.loads(text), indent=4, ensure_ascii=True) + "\n" if match["pretty"] else text)


def test_every_setting_is_in_the_readme() -> None:
    rows = [re.split(r"\s+", line, maxsplit=2) for line in (settings.__doc__ or "").splitlines()[2:]]
    for name, default, meaning in rows:
        assert f"| `{name}` | `{default}` | {meaning} |" in README


def test_every_path_is_in_the_readme(client: FlaskClient) -> None:
    document = client.get("/openapi.json").get_json()
    paths = {re.sub(r"\{\w+\}", "{id}", path) for path in document["paths"]} - {"/"}
    assert [path for path in sorted(paths) if f"`{path}`" not in README] == []
    parameters = {p["name"] for p in document["paths"]["/v1/facts"]["get"]["parameters"] if p["in"] == "query"}
    assert [name for name in sorted(parameters) if f"`{name}`" not in README] == []


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert Path(PROJECT, target).exists(), target
