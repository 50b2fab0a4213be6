"""The Flask service: reads one fact database and never writes it."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, json

from api.database import register_database
from api.documentation import register_documentation
from api.kept_answers import register_kept_answers
from api.operations import register_operations
from api.problems import register_problems
from api.resources import articles, claimants, dataset, facts, metrics, monitoring, service, statistics
from api.settings import OFF, Settings
from api.validators import register_validators


def create_app(settings: Settings | None = None) -> Flask:
    """Make the application, by default with the settings of the environment.

    The database may come later: until it is there, what needs it answers 503.
    InputError where a setting is malformed.
    """
    settings = settings or Settings.from_environment(os.environ)
    app = _Application(__name__, static_folder=None)
    app.json = _Json(app)
    register_database(app, settings.db, settings.query_timeout)
    if settings.rate_limit == OFF:
        register_kept_answers(app)  # with a limit, every request has to be counted by the application
    register_operations(app, settings)
    api = register_documentation(app)
    for resource in (facts, articles, metrics, claimants, statistics, dataset, service, monitoring):
        api.register_blueprint(resource.blueprint)
    register_problems(app)
    register_validators(app)
    return app


class _Application(Flask):
    """Flask without what no request of this service needs."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return the function as it is: none is a coroutine, and each request asks for many."""
        return func

    def make_default_options_response(self) -> Response:
        """Answer OPTIONS with headers alone: Flask would call the empty body HTML."""
        response = super().make_default_options_response()
        response.status_code = 204
        del response.headers["Content-Type"]
        return response


class _Json(json.provider.DefaultJSONProvider):
    """Members in the order of the schemas, characters as they are."""

    sort_keys = False
    ensure_ascii = False
