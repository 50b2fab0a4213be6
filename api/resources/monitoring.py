"""The service as its operators see it."""

from __future__ import annotations

from flask import Response

from api.blueprint import Blueprint
from api.metrics import CONTENT_TYPE, MEDIA_TYPE, get_metrics

blueprint = Blueprint("monitoring", __name__, description="Figures for whoever runs the service.")


@blueprint.operation("/metrics", "getServiceMetrics", {"type": "string"}, media_types=[MEDIA_TYPE])
def get_service_metrics() -> Response:
    """Get counters for Prometheus.

    Requests by method, route and status, and how long they took, over all processes; in its text format 0.0.4.
    """
    return Response(get_metrics().format_all(), content_type=CONTENT_TYPE)
