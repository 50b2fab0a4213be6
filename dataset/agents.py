"""Agents: the people, states, bodies and groups that news names, each under one identifier.

One table, `agents.csv`, serves claimants, subjects and actors. A name is looked up whole, never by likeness.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from dataset.tables import FOLDER, forms, read_table

_COLUMNS = ("id", "name", "kind", "parent", "aliases")
_KINDS = frozenset(
    "person organisation country region armed-force government ministry agency media company group".split()
)


@dataclass(frozen=True, slots=True)
class AgentEntry:
    """One agent: what sort it is and which larger agent it belongs to."""

    id: str
    name: str
    kind: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Agents:
    """All agents, by identifier and by every name they go under."""

    by_id: dict[str, AgentEntry]
    by_name: dict[str, AgentEntry]


@lru_cache(maxsize=4096)  # the same few names come back all through an article
def find_agent(name: str) -> AgentEntry | None:
    """The agent that goes under exactly this name, or None.

    Case, kind of apostrophe, a leading `the`, a final possessive and defense/defence do not matter; only a single
    word has to have its capital, as `us`, `times` and `independent` are words before they are names.
    """
    if name.islower() and " " not in name:
        return None
    return _agents().by_name.get(_normalise(name))


def agent(identifier: str) -> AgentEntry:
    """The agent with this identifier; raises KeyError where there is none."""
    return _agents().by_id[identifier]


def known_agent(identifier: str) -> AgentEntry | None:
    """The agent with this identifier, None where the vocabulary does not have it."""
    return _agents().by_id.get(identifier)


def agent_ids() -> Collection[str]:
    """The identifiers of all agents."""
    return _agents().by_id.keys()


@cache
def _agents() -> Agents:
    return read_agents(FOLDER)


def read_agents(folder: Path) -> Agents:
    """Read `agents.csv` below `folder`; VocabularyError names the file and the row that does not fit."""
    by_id: dict[str, AgentEntry] = {}
    by_name: dict[str, AgentEntry] = {}
    rows = read_table(folder, "agents", _COLUMNS)
    for row in rows:
        entry = AgentEntry(row["id"], row["name"], row.one_of("kind", _KINDS), row["parent"] or None)
        if by_id.setdefault(entry.id, entry) is not entry:
            raise row.error(f"the id {entry.id!r} stands twice", "keep one of its rows")
        for alias in dict.fromkeys(_normalise(form) for form in (entry.name, *forms(row["aliases"]))):
            if other := by_name.get(alias):
                raise row.error(f"{entry.id} and {other.id} share the name {alias!r}", "keep it once")
            by_name[alias] = entry
    for row in rows:
        if row["parent"] and row["parent"] not in by_id:
            raise row.error(f"unknown parent {row['parent']!r}", "add it, or mend it")
    return Agents(by_id, by_name)


def _normalise(name: str) -> str:
    words = name.lower().replace("’", "'").replace(".", "").split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    if words and words[-1].endswith("'s"):
        words[-1] = words[-1][:-2]
    elif words and words[-1].endswith("s'"):
        words[-1] = words[-1][:-1]
    return " ".join(words).replace("defense", "defence")
