"""Errors as ProblemDetails (SOL 013 clause 6.3): whatever goes wrong, the caller reads one format."""

from __future__ import annotations

import math
from functools import partial
from typing import Any

import orjson
from flask import Flask
from werkzeug.exceptions import HTTPException

from mocks.api.lean import Reply, asked
from mocks.entities.errors import EntityError

MEDIA_TYPE = "application/problem+json"


def problem(status: int, title: str, detail: str, **extra: Any) -> Reply:
    """A ProblemDetails answer; `extra` are further attributes, e.g. retryable=True."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, "instance": asked().path}
    return Reply(orjson.dumps({**body, **extra}), status, content_type=MEDIA_TYPE)


def install(app: Flask) -> None:
    """Make every error of the app a ProblemDetails answer."""
    app.register_error_handler(EntityError, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, partial(_unexpected, app))


def _refused(error: EntityError) -> Reply:
    answer = problem(error.status, error.title, error.detail)
    if error.retry_after is not None:
        answer.headers["Retry-After"] = str(math.ceil(error.retry_after))
    return answer


def _http(error: HTTPException) -> Reply:
    answer = problem(error.code or 500, error.name, error.description or error.name)
    # What belongs to the status (Allow of a 405, WWW-Authenticate of a 401) must survive the change of format.
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            answer.headers[name] = value
    return answer


def _unexpected(app: Flask, error: Exception) -> Reply:
    app.logger.error("%s %s broke", asked().method, asked().path, exc_info=error)
    return problem(500, "Internal Server Error", f"{type(error).__name__}: {error}")
