"""What an entity may refuse, as typed errors that know their HTTP status and problem type.

EntityError
  BadRequest 400
  Forbidden 403
  NotFound 404
  Conflict 409
    InsufficientResources 409
  PreconditionFailed 412
  Unprocessable 422
  Unavailable 503
StepFailed        work in progress broke (never crosses the wire; see runner.py)
  AssistanceNeeded  it cannot go on without help from outside
"""

from __future__ import annotations


class EntityError(Exception):
    """A request that the entity refuses; `status` and `title` become the ProblemDetails of SOL 013 clause 6.3."""

    status = 500
    title = "Internal error"

    def __init__(self, detail: str, *, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.retry_after = retry_after


class BadRequest(EntityError):
    """The request cannot be understood."""

    status, title = 400, "Bad Request"


class Forbidden(EntityError):
    """The sender may not."""

    status, title = 403, "Forbidden"


class NotFound(EntityError):
    """There is no such resource."""

    status, title = 404, "Not Found"


class Conflict(EntityError):
    """The state of the resource forbids it."""

    status, title = 409, "Conflict"


class InsufficientResources(Conflict):
    """More is asked for than is there."""

    title = "Insufficient resources"


class PreconditionFailed(EntityError):
    """The resource is no longer what the sender saw (If-Match)."""

    status, title = 412, "Precondition Failed"


class Unprocessable(EntityError):
    """Well formed, and makes no sense."""

    status, title = 422, "Unprocessable Content"


class Unavailable(EntityError):
    """Not now; later perhaps."""

    status, title = 503, "Service Unavailable"


class StepFailed(Exception):
    """A step of work that takes time broke. `transient` says whether trying again may help (GR clause 5.8)."""

    def __init__(self, detail: str, *, transient: bool = False) -> None:
        super().__init__(detail)
        self.detail = detail
        self.transient = transient


class AssistanceNeeded(StepFailed):
    """A step met an issue outside of the entity, which somebody else has to solve (table 5.7.1.6-1, row 4).

    `needs` says of what kind: RESOURCES when those that were indicated cannot be had, OTHER for anything else.
    """

    def __init__(self, detail: str, needs: str) -> None:
        super().__init__(detail, transient=True)
        self.needs = needs
