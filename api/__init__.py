"""The Flask service: reads one fact database and never writes it."""

from __future__ import annotations

import os

from flask import Flask, Response, json, request
from werkzeug.exceptions import RequestURITooLarge

from api.database import register_database
from api.documentation import register_documentation
from api.problems import register_problems
from api.resources import articles, facts, service
from api.settings import Settings

_URL_LIMIT = 4000  # characters of path and query

_HEADERS = {
    "Access-Control-Allow-Headers": "If-None-Match, Range",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, ETag, Link, Retry-After",
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
}


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application, by default with the settings of the environment.

    The database may come later: until it is there, what needs it answers 503.
    InputError where a setting is malformed.
    """
    settings = settings or Settings.from_environment(os.environ)
    app = Flask(__name__, static_folder=None)
    app.json = _Json(app)
    register_database(app, settings.db)
    api = register_documentation(app)
    for resource in (facts, articles, service):
        api.register_blueprint(resource.blueprint)
    register_problems(app)
    app.before_request(_refuse_long_urls)
    app.after_request(_add_headers)
    return app


class _Json(json.provider.DefaultJSONProvider):
    """Members in the order of the schemas, characters as they are."""

    sort_keys = False
    ensure_ascii = False


def _refuse_long_urls() -> None:
    if len(request.path) + len(request.query_string) > _URL_LIMIT:
        raise RequestURITooLarge(f"the address is longer than {_URL_LIMIT} characters")


def _add_headers(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    return response
