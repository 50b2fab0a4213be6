"""Claims of one metric side by side: over time, and where they disagree. Nobody is declared right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from api.errors import TooManyClaimsError
from api.index import find_positions
from api.queries import find_agents, find_facts
from api.selection import Filters, find_answers, select
from dataset.comparison import comparison_record, find_disagreements
from dataset.model import Fact
from dataset.rows import fact_from_row

MOST = 500  # claims that are set side by side: each is compared with each

Claim = dict[str, Any]
_MEMBERS = (
    *("id", "measure", "subject", "counted", "value", "value_low", "value_high", "value_as_written", "bound", "unit"),
    *("modality", "period", "claimants", "article", "repeats"),
)


def describe_claims(positions: Sequence[int]) -> list[Claim]:
    """What of figures is set side by side, in the order given."""
    claims = []
    for answer in find_answers(positions):
        fact = orjson.loads(answer)
        claims.append({**{name: fact[name] for name in _MEMBERS}, "links": fact["provenance"]["links"]})
    return claims


def list_series(filters: Filters, first: int, limit: int) -> tuple[list[Claim], int]:
    """The claims from the `first`, by period, the undated last; and how many there are."""
    selected = select(filters, "period")
    return describe_claims(find_positions("period", list(selected[first : first + limit]))), len(selected)


def group_by_claimant(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """The claims of each origin together, in the order of their first; `claimant` is null where an article speaks."""
    groups: dict[tuple[str | None, str | None], dict[str, Any]] = {}
    for claim in claims:
        origin = claim["claimants"][0] if claim["claimants"] else None
        claimant = {"id": origin["id"], "name": origin["name"]} if origin else None
        key = (origin["id"], None if origin["id"] else origin["name"].casefold()) if origin else (None, None)
        groups.setdefault(key, {"claimant": claimant, "claims": []})["claims"].append(claim)
    return list(groups.values())


def compare_claims(filters: Filters) -> list[dict[str, Any]]:
    """The comparisons of the figures that the filters keep; TooManyClaimsError where they are more than MOST."""
    selected = select({**filters, "kind": ["quantity"]})
    if len(selected) > MOST:
        raise TooManyClaimsError(
            f"{len(selected)} claims are too many to compare each with each; {MOST} is the most",
            remedy="narrow them by metric, subject, as_of, unit or measure",
        )
    positions = [rank + 1 for rank in selected]
    if not positions:
        return []
    claims = {claim["id"]: claim for claim in describe_claims(positions)}
    found = find_disagreements(_read_facts(positions), (), alone=True)
    return [_describe(comparison_record(comparison), claims) for comparison in found]


def _read_facts(positions: Sequence[int]) -> list[Fact]:
    rows = find_facts(positions)
    agents = find_agents([row["id"] for row in rows])
    return [fact_from_row(dict(row), [dict(each) for each in agents[row["id"]]]) for row in rows]


def _describe(record: dict[str, Any], claims: dict[str, Claim]) -> dict[str, Any]:
    """A comparison with its claims as they are answered elsewhere."""
    told = [{**claims[claim["id"]], "repeated": claim["repeated"]} for claim in record["claims"]]
    origins = {claim["claimants"][0]["name"].casefold() if claim["claimants"] else None for claim in told}
    counts = {
        "claims": len(told),
        "claimants": len(origins - {None}),
        "articles": len({c["article"]["id"] for c in told}),
    }
    return {**record, "counts": counts, "claims": told}
