"""Metrics over HTTP, with the claims about them over time."""

from __future__ import annotations

from flask import Response

from api.arguments import DataArguments, PageArguments, SeriesArguments
from api.blueprint import Blueprint
from api.claims import group_by_claimant, list_series
from api.database import get_release
from api.documentation import METRICS_DOCUMENTATION, SERIES_DOCUMENTATION
from api.errors import unknown_id
from api.paging import build_entries_page
from api.representations import Representation
from api.statistics_schemas import MetricPageSchema, MetricSchema, SeriesSchema
from api.vocabulary import Entry, find_metric, find_nearest_metric
from api.vocabulary import list_metrics as list_entries

blueprint = Blueprint("metrics", __name__, url_prefix="/v1/metrics", description="What is measured.")


@blueprint.operation("", "listMetrics", MetricPageSchema, arguments=PageArguments, **METRICS_DOCUMENTATION)
def list_metrics(**arguments: object) -> Response:
    """List metrics, by identifier."""
    return build_entries_page(arguments, list_entries)


@blueprint.operation("/<slug:metric_id>", "getMetric", MetricSchema, arguments=DataArguments)
def get_metric(metric_id: str) -> Representation:
    """Get one metric."""
    return {**_get_entry(metric_id), "release": get_release().label}


@blueprint.operation(
    "/<slug:metric_id>/series", "getMetricSeries", SeriesSchema, arguments=SeriesArguments, **SERIES_DOCUMENTATION
)
def get_metric_series(metric_id: str, **arguments: object) -> Response:
    """Get every claim of one metric over time.

    The claims of a page are in the order of their periods, the undated last, and grouped by who they come from; nobody
    is declared right. `total` counts claims.
    """
    metric = _get_entry(metric_id)["id"]

    def find(first: int, limit: int) -> tuple[list[Entry], int]:
        claims, total = list_series({**arguments, "metric": [metric]}, first, limit)
        return group_by_claimant(claims), total

    return build_entries_page(arguments, find, metric=metric)


def _get_entry(metric_id: str) -> Entry:
    entry = find_metric(metric_id)
    if entry is None:
        raise unknown_id("metric", metric_id, find_nearest_metric(metric_id))
    return entry
