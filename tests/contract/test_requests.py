"""Requests that schemathesis makes up from the document, valid and invalid, single and one after another by links."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.contract.conftest import PYTHON, Service, run

SEEDS = (1, 20, 300)
EXAMPLES = 40  # for each operation and phase
# hooks.py has this check, with the exceptions that it argues.
CHECKS = ["--checks", "all", "--exclude-checks", "positive_data_acceptance"]


@pytest.fixture(scope="module")
def runs(service: Service) -> Iterator[dict[int, Future[None]]]:
    """All of them at once: each asks one request after the other, and waits as long as the service works."""
    command: list[str | Path] = [PYTHON / "schemathesis", "run", f"{service.url}/openapi.json", *CHECKS, "--no-color"]
    examples = ["--max-examples", str(EXAMPLES)]
    with ThreadPoolExecutor(len(SEEDS)) as pool:
        yield {seed: pool.submit(run, *command, *examples, "--seed", str(seed)) for seed in SEEDS}


@pytest.mark.parametrize("seed", SEEDS)
def test_schemathesis(service: Service, runs: dict[int, Future[None]], seed: int) -> None:
    runs[seed].result()
    assert "Traceback" not in service.log.read_text(encoding="utf-8")
