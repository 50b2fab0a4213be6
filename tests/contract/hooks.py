"""What schemathesis cannot read out of the document."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import schemathesis

# 404: an identifier can be well-formed and unknown. 414: no schema limits a whole address. 416: a range can lie behind
# the end of the text.
ACCEPTING = (200, 206, 304, 404, 414, 416)
# A cursor is what the service made for this release and these filters; a search has a grammar; a release is the one
# that is served; a sort names each key once; a day is one of the calendar. No schema has any of these.
OPAQUE = (
    "cursor",
    "q",
    "release",
    "sort",
    "period_from",
    "period_to",
    "published_from",
    "published_to",
    "known_at",
    "as_of",
)


@schemathesis.check  # type: ignore[untyped-decorator, unused-ignore]  # absent from .venv
def valid_data_acceptance(_context: Any, response: Any, case: Any) -> None:  # noqa: ANN401 - published without these names
    """Let valid data be refused for what no schema can say, and nothing else."""
    if not case.meta or not case.meta.generation.mode.is_positive or response.status_code in ACCEPTING:
        return
    problem = response.json()
    pardoned = response.status_code == 400 and _is_beyond_schemas(problem["parameter"], case.query)
    assert pardoned, f"valid data is refused: {problem}"


def _is_beyond_schemas(parameter: str, query: Mapping[str, object]) -> bool:
    """Tell whether the parameter is opaque, or was sent as the lower end of a range together with the upper one."""
    upper = parameter.replace("_min", "_max").replace("_from", "_to")
    return parameter in query and (parameter in OPAQUE or (upper != parameter and upper in query))
