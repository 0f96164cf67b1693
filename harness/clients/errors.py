"""What can become of a request that did not simply succeed.

ClientError
  NoAnswer        no answer came (nobody listens, a broken connection, a time-out); it may have been carried out
  Transient       the entity answered that it cannot now (429, 5xx)
  Refused         the entity answered that it will not (4xx); `problem` is its ProblemDetails
    NotFound      404
    Conflict      409
  Malformed       the entity answered, but not as the API says (no Location, no JSON object, ...)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class ClientError(Exception):
    """A request did not succeed; the message names the request and the reason."""


class NoAnswer(ClientError):
    """No answer came, so nobody knows whether the request was carried out."""


class Malformed(ClientError):
    """The answer breaks the description of its API."""


class Answered(ClientError):
    """An answer came, and it was an error; `problem` is the ProblemDetails that came with it, or empty."""

    def __init__(self, request: str, status: int, problem: Mapping[str, Any]) -> None:
        said = problem.get("detail") or problem.get("title") or "no detail"
        super().__init__(f"{request} was answered {status}: {said}")
        self.status = status
        self.problem = problem


class Transient(Answered):
    """The entity cannot now; trying again may help."""

    @property
    def untouched(self) -> bool:
        """Whether the status itself says that nothing was done (429, 503)."""
        return self.status in (429, 503)


class Refused(Answered):
    """The entity will not; trying the same again does not help."""


class NotFound(Refused):
    """404."""


class Conflict(Refused):
    """409: the state of the resource forbids it."""


def error_of(request: str, status: int, problem: Mapping[str, Any]) -> Answered:
    """The error that a status of 400 or more stands for."""
    if status >= 500 or status == 429:
        return Transient(request, status, problem)
    return {404: NotFound, 409: Conflict}.get(status, Refused)(request, status, problem)
