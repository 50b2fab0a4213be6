from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from api import create_app, settings
from api.settings import PROJECT, Settings
from scripts.curate import curate

README = (PROJECT / "README.md").read_text(encoding="utf-8")
HOST = "localhost:8000"


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


def answer_to(client: FlaskClient, command: str) -> str:
    """What `$ curl -s [-H HEADER] URL` prints, with a line feed at its end."""
    words = shlex.split(command)
    assert words[:3] == ["$", "curl", "-s"], command
    headers = {}
    while words[3] == "-H":
        name, _, value = words[4].partition(": ")
        headers[name] = value
        del words[3:5]
    (url,) = words[3:]
    assert url.startswith(HOST + "/"), command
    text = client.get(url.removeprefix(HOST), base_url=f"http://{HOST}", headers=headers).text
    return text if text.endswith("\n") else text + "\n"


def test_there_are_ten_curl_lines() -> None:
    assert len(read_consoles()) >= 10


@pytest.mark.parametrize(("command", "answer"), read_consoles(), ids=[command for command, _ in read_consoles()])
def test_curl_gives_what_the_readme_says(client: FlaskClient, command: str, answer: str) -> None:
    assert answer_to(client, command) == answer


def test_every_setting_is_in_the_readme() -> None:
    rows = [re.split(r"\s+", line, maxsplit=2) for line in (settings.__doc__ or "").splitlines()[2:]]
    for name, default, meaning in rows:
        assert f"| `{name}` | `{default}` | {meaning} |" in README


def test_every_path_and_parameter_is_in_the_readme(client: FlaskClient) -> None:
    document = json.loads(client.get("/openapi.json").data)
    paths = {re.sub(r"\{\w+\}", "{id}", path) for path in document["paths"]} - {"/"}
    assert [path for path in sorted(paths) if f"`{path}`" not in README] == []
    operations = [path["get"] for path in document["paths"].values()]
    parameters = {each["name"] for operation in operations for each in operation["parameters"] if each["in"] == "query"}
    assert [name for name in sorted(parameters) if f"`{name}`" not in README] == []


def test_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\((?!https?:)([^)#]+)\)", README):
        assert Path(PROJECT, target).exists(), target
