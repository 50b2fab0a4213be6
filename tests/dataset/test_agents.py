from pathlib import Path

import pytest

from dataset.agents import agent, find_agent, read_agents
from dataset.errors import VocabularyError

HEADER = "id,name,kind,parent,aliases\n"

ALIASES = [
    ("the Kremlin", "russian-government"),
    ("Moscow", "russian-government"),
    ("Kyiv", "ukrainian-government"),
    ("the Pentagon", "us-department-of-defence"),
    ("UK’s Ministry of Defence", "uk-ministry-of-defence"),
    ("British Ministry of Defense", "uk-ministry-of-defence"),
    ("Ukrainian Defense Ministry’s", "ukraine-ministry-of-defence"),
    ("Ukraine's General Staff", "ukraine-general-staff"),
    ("russian troops", "russian-armed-forces"),
    ("U.S.", "united-states"),
    ("TASS", "tass"),
    ("Putin", "vladimir-putin"),
]


@pytest.mark.parametrize(("name", "identifier"), ALIASES)
def test_an_alias_is_found_whatever_its_dress(name: str, identifier: str) -> None:
    entry = find_agent(name)
    assert entry
    assert entry.id == identifier


@pytest.mark.parametrize("name", ["", "Putinn", "Ministry of Silly Walks", "the", "Russian", "us", "times"])
def test_a_name_is_never_found_by_likeness(name: str) -> None:
    assert find_agent(name) is None


def test_an_agent_has_its_kind_and_parent() -> None:
    entry = agent("russian-armed-forces")
    assert (entry.kind, entry.parent) == ("armed-force", "russia")


def test_an_unknown_identifier_raises() -> None:
    with pytest.raises(KeyError):
        agent("atlantis")


BROKEN = [
    ("a,Ada,person,,\na,Bea,person,,\n", "'a' stands twice"),
    ("a,Ada,person,,Bea\nb,Bea,person,,\n", "b and a share the name 'bea'"),
    ("a,Ada,person,nowhere,\n", "unknown parent 'nowhere'"),
    ("a,Ada,animal,,\n", "unknown kind 'animal'"),
    ("a,Ada,person\n", "does not fit the header"),
]


@pytest.mark.parametrize(("rows", "message"), BROKEN)
def test_a_broken_table_names_its_file_and_row(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "agents.csv").write_text(HEADER + rows, encoding="utf-8")
    with pytest.raises(VocabularyError, match=message) as error:
        read_agents(tmp_path)
    assert "agents.csv" in error.value.message
