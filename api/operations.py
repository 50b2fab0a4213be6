"""How the service is run: identifiers, log, metrics, limits, compression and headers, for every request alike."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from api.access_log import log_exchange
from api.addresses import refuse_strange_addresses
from api.compression import register_compression
from api.envelope import EXCHANGE, wrap_application
from api.exchange import Record
from api.metrics import register_metrics
from api.rate_limits import register_rate_limits
from api.request_limits import refuse_large_requests
from api.settings import OFF, Settings

_RECORDS = "factline-records"


def register_operations(app: Flask, settings: Settings) -> None:
    """Run `app` as the settings say. To be called before anything else is registered, so that nothing escapes it."""
    records: list[Record] = [register_metrics(app).count_exchange]
    if settings.access_log != OFF:
        records.append(log_exchange)
    app.extensions[_RECORDS] = records
    app.before_request(_note_route)
    register_rate_limits(app, settings)
    app.before_request(refuse_large_requests)
    app.before_request(refuse_strange_addresses)
    register_compression(app)
    wrapped = wrap_application(app.wsgi_app, records)
    if settings.proxies:
        wrapped = ProxyFix(wrapped, x_for=settings.proxies, x_proto=settings.proxies)
    app.wsgi_app = wrapped  # type: ignore[method-assign,assignment]  # as Flask documents it


def get_records(app: Flask) -> list[Record]:
    """Return what records the requests of `app`."""
    records: list[Record] = app.extensions[_RECORDS]
    return records


def _note_route() -> None:
    """Tell the exchange which rule the path matches; there is none where Flask is called without the envelope."""
    exchange, rule = request.environ.get(EXCHANGE), request.url_rule
    if exchange is not None and rule is not None:
        exchange.route = rule.rule
