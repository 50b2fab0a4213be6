"""Examples in the OpenAPI document: real answers, written down by scripts/write_openapi.py."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from apispec import BasePlugin

PATH = Path(__file__).with_name("examples.json")


class ExamplesPlugin(BasePlugin):
    """Gives the answer of each operation the example that is written down for it."""

    def __init__(self) -> None:
        super().__init__()
        self._examples: dict[str, Any] = json.loads(PATH.read_text(encoding="utf-8")) if PATH.exists() else {}

    def operation_helper(
        self,
        path: str | None = None,  # noqa: ARG002 - as apispec calls it
        operations: dict[str, Any] | None = None,
        **_options: object,
    ) -> None:
        """Join the examples to the operations."""
        for operation in (operations or {}).values():
            example = self._examples.get(operation.get("operationId"))
            answers = {str(status): response for status, response in operation.get("responses", {}).items()}
            content = answers.get("200", {}).get("content", {}).get("application/json")
            if example and content:
                content["examples"] = {"released": {"summary": f"GET {example['url']}", "value": example["answer"]}}
