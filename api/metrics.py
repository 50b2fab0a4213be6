"""Counters for Prometheus, right over all processes of the service.

Where PROMETHEUS_MULTIPROC_DIR names a folder, each process counts in files there and a scrape adds them up; else the
one process counts in its memory.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, cast

from flask import Flask, current_app

from api.exchange import Exchange

if TYPE_CHECKING:
    from prometheus_client import Counter, Histogram

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
MEDIA_TYPE = "text/plain"
CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

_EXTENSION = "factline-metrics"
_METHODS = {"GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"}
_BUCKETS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)  # seconds


class Metrics:
    """What one application counts. Labels come from small sets alone: nothing a client sends makes a new series."""

    def __init__(self) -> None:
        # The library decides where values live when it is imported: not before the folder is known.
        from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram  # noqa: PLC0415

        self._folder = os.environ.get(FOLDER)
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "factline_requests_total",
            "Requests answered.",
            ["method", "route", "status"],
            registry=self._registry,
        )
        self._durations = Histogram(
            "factline_request_duration_seconds",
            "Time from the request to the end of its answer.",
            ["route"],
            registry=self._registry,
            buckets=_BUCKETS,
        )
        # The greatest of all processes: a forked worker starts from nought.
        Gauge(
            "factline_start_time_seconds",
            "When the service was started, in seconds since 1970.",
            registry=self._registry,
            multiprocess_mode="max",
        ).set_to_current_time()
        self._series: dict[tuple[str | None, str | None, int], tuple[Counter, Histogram]] = {}

    def count_exchange(self, exchange: Exchange, seconds: float) -> None:
        """Count one request."""
        method = exchange.method if exchange.method in _METHODS else "other"
        key = method, exchange.route, exchange.status
        series = self._series.get(key)
        if series is None:
            route = exchange.route or "none"
            series = self._requests.labels(method, route, str(exchange.status)), self._durations.labels(route)
            self._series[key] = series
        series[0].inc()
        series[1].observe(seconds)

    def format_all(self) -> bytes:
        """Format all series as Prometheus reads them (text format 0.0.4)."""
        from prometheus_client import CollectorRegistry, generate_latest, multiprocess  # noqa: PLC0415 - as above

        if not self._folder:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry, self._folder)  # type: ignore[no-untyped-call]
        return generate_latest(registry)


def register_metrics(app: Flask) -> Metrics:
    """Let `app` count its requests."""
    app.extensions[_EXTENSION] = metrics = Metrics()
    return metrics


def get_metrics() -> Metrics:
    """Return the metrics of the current application."""
    return cast("Metrics", current_app.extensions[_EXTENSION])
