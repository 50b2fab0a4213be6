from __future__ import annotations

import os
from pathlib import Path

import pytest

from scripts.synthetic import build_release

FACTS = 2000


@pytest.fixture(autouse=True)
def _processes() -> None:
    if not Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").exists():
        pytest.skip("there is no /proc to look at processes in")


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two releases that have no fact in common, and not as many."""
    folder = tmp_path_factory.mktemp("releases")
    old, new = folder / "old.db", folder / "new.db"
    build_release(old, FACTS, seed=1)
    build_release(new, FACTS + 300, seed=2)
    return old, new
