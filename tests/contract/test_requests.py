"""Requests that schemathesis makes up from the document, valid and invalid, single and one after another by links."""

from __future__ import annotations

import pytest

from tests.contract.conftest import PYTHON, Service, run

EXAMPLES = 40  # for each operation and phase
# hooks.py has this check, with the exceptions that it argues.
CHECKS = ["--checks", "all", "--exclude-checks", "positive_data_acceptance"]


@pytest.mark.parametrize("seed", [1, 20, 300])
def test_schemathesis(service: Service, seed: int) -> None:
    options = [*CHECKS, "--seed", str(seed), "--max-examples", str(EXAMPLES), "--no-color"]
    run(PYTHON / "schemathesis", "run", f"{service.url}/openapi.json", *options)
    assert "Traceback" not in service.log.read_text(encoding="utf-8")
