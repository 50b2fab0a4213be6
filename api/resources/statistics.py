"""Facts counted, summed up and set side by side."""

from __future__ import annotations

from typing import Any

from api.arguments import AggregateArguments, ComparisonArguments, FacetArguments
from api.blueprint import Blueprint
from api.claims import compare_claims
from api.database import get_release
from api.representations import Representation
from api.statistics import count_facets, sum_up
from api.statistics_schemas import AggregatesSchema, ClaimComparisonsSchema, FacetCountsSchema

blueprint = Blueprint("statistics", __name__, url_prefix="/v1", description="Facts counted and set side by side.")


@blueprint.operation("/facets", "countFacets", FacetCountsSchema, arguments=FacetArguments)
def count_by(by: list[str], limit: int, **filters: object) -> Representation:
    """Count facts by the values of filters.

    A fact counts for each value that it has; for a claimant or subject also for all that they belong to.
    """
    facets, total = count_facets(filters, by, limit)
    return {"release": get_release().label, "total": _exactly(total), "facets": facets}


@blueprint.operation("/aggregates", "sumUpFacts", AggregatesSchema, arguments=AggregateArguments)
def sum_up_by(by: str, limit: int, **filters: object) -> Representation:
    """Sum up the numbers of facts: how many, least, largest, median.

    Numbers of different measures or units are kept apart. The number of a range is its least, that of a fact with a
    single limit that limit.
    """
    groups, total = sum_up(filters, by, limit)
    return {"release": get_release().label, "by": by, "total": _exactly(total), "groups": groups}


@blueprint.operation("/comparisons", "compareClaims", ClaimComparisonsSchema, arguments=ComparisonArguments)
def compare(**arguments: Any) -> Representation:  # noqa: ANN401 - values of many types
    """Set claims about the same thing side by side.

    A comparison is of one metric, subject, measure and unit, and of what is counted where that is items; it holds all
    claims, how far apart they are, which of those that may be about the same time contradict each other, and which
    agree. Nobody is declared right. A figure that an article repeats counts once.
    """
    as_of = arguments.pop("as_of", None)
    if as_of is not None:
        arguments["period_from"] = max(as_of, arguments.get("period_from", as_of))
        arguments["period_to"] = min(as_of, arguments.get("period_to", as_of))
    return {"release": get_release().label, "comparisons": compare_claims(arguments)}


def _exactly(total: int) -> Representation:
    return {"value": total, "relation": "eq"}
