"""Every error as a problem document (RFC 9457), by one table from exception to HTTP.

An error that says no more than its status code has the type `about:blank` (RFC 9457 section 4.2.1).
"""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import quote

from flask import Flask, Response, current_app, jsonify, request
from flask_limiter import RateLimitExceeded
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from api import errors
from dataset.errors import DatabaseError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = "10"  # seconds; a release is swapped in faster than that


class Problem(NamedTuple):
    """A kind of problem: its HTTP status, and the URI and title that identify it and never change."""

    status: int
    type: str
    title: str


def _problem(status: int, title: str) -> Problem:
    return Problem(status, f"urn:factline:problem:{title.lower().replace(' ', '-')}", title)


PROBLEMS: dict[type[Exception], Problem] = {
    errors.ParameterError: _problem(400, "Invalid parameter"),
    errors.UnknownParameterError: _problem(400, "Unknown parameter"),
    errors.RepeatedParameterError: _problem(400, "Repeated parameter"),
    errors.CursorError: _problem(400, "Invalid cursor"),
    errors.SearchError: _problem(400, "Invalid search"),
    errors.TooManyClaimsError: _problem(400, "Too many claims"),
    errors.NotFoundError: _problem(404, "Unknown identifier"),
    errors.TextNotHeldError: _problem(404, "Text not held"),
    errors.WithdrawnError: _problem(410, "Fact withdrawn"),
    errors.ReleaseError: _problem(404, "Release not served"),
    errors.QueryTimeoutError: _problem(503, "Query timeout"),
    RateLimitExceeded: _problem(429, "Rate limit exceeded"),
    DatabaseError: _problem(503, "Database unavailable"),
}


def response_name(status: int) -> str:
    """Name the error response of a status in the OpenAPI document, such as NotFound."""
    return HTTP_STATUS_CODES[status].replace(" ", "")


def register_problems(app: Flask) -> None:
    """Answer every error of `app` with a problem document."""
    app.register_error_handler(errors.RequestError, _answer_request_error)
    app.register_error_handler(DatabaseError, _answer_database_error)
    app.register_error_handler(RateLimitExceeded, _answer_rate_limit_exceeded)
    app.register_error_handler(HTTPException, _answer_http_exception)


def _answer_request_error(error: errors.RequestError) -> Response:
    problem = PROBLEMS[type(error)]
    return _answer(problem, error.detail, parameter=error.parameter, nearest=error.nearest, remedy=error.remedy)


def _answer_database_error(error: DatabaseError) -> Response:
    current_app.logger.error("%s", error)
    response = _answer(PROBLEMS[DatabaseError], error.message, remedy=error.remedy)
    response.headers["Retry-After"] = RETRY_AFTER
    return response


def _answer_rate_limit_exceeded(error: RateLimitExceeded) -> Response:
    """Retry-After comes with the other headers of the limit, from api.rate_limits."""
    detail = f"this client has made more than {error.limit.limit}"
    return _answer(PROBLEMS[RateLimitExceeded], detail, remedy="wait as many seconds as Retry-After says")


def _answer_http_exception(error: HTTPException) -> Response:
    """Keep what the exception says in its headers, such as Allow and Content-Range.

    An unforeseen exception arrives here as InternalServerError, after Flask has logged it.
    """
    response = _answer(Problem(error.code or 500, "about:blank", error.name), error.description or error.name)
    response.headers.update([header for header in error.get_headers() if header[0] != "Content-Type"])
    return response


def _answer(problem: Problem, detail: str, **members: str | None) -> Response:
    document = {
        "type": problem.type,
        "title": problem.title,
        "status": problem.status,
        "detail": detail,
        "instance": quote(request.script_root + request.path),
        **{name: value for name, value in members.items() if value is not None},
    }
    response = jsonify(document)
    response.status_code = problem.status
    response.mimetype = MEDIA_TYPE
    return response
