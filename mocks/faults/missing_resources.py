"""missing-resources: what is needed is not there, for the work of an actor or for one who asks to reserve it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.entities.errors import InsufficientResources, StepFailed
from mocks.faults.effects import Data, Datum, Fault, Passing
from mocks.faults.refusal import Problem, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _nothing_left(data: Data, _app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    return refusal(environ, start, Problem(409, InsufficientResources.title, data["detail"]))


def _run_short(data: Data, passing: Passing) -> None:
    passing.fail(StepFailed(data["detail"], transient=data["retryPossible"]))


FAULT = Fault(
    "missing-resources",
    at_request=_nothing_left,
    at_point=_run_short,
    default_point="test-run/acquire",
    data={
        "detail": Datum(str, "not enough resources, by an injected fault"),
        "retryPossible": Datum(bool, True),
    },
)
