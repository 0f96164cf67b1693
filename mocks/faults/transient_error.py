"""transient-error: the actor cannot serve a request now; trying again after a while helps."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from mocks.faults.effects import Data, Datum, Fault
from mocks.faults.refusal import Problem, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _put_off(data: Data, _app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    status = data["status"]
    return refusal(environ, start, Problem(status, HTTPStatus(status).phrase, data["detail"]), data["retryAfter"])


FAULT = Fault(
    "transient-error",
    at_request=_put_off,
    data={
        "status": Datum(HTTPStatus, 503, 500, 599),
        "detail": Datum(str, "unavailable by an injected fault; try again later"),
        "retryAfter": Datum(int, 1),
    },
)
