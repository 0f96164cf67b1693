"""refuse: the actor turns a request down for good; trying again does not help."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from mocks.faults.effects import Data, Datum, Fault
from mocks.faults.refusal import Problem, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _turn_down(data: Data, _app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    title = data["title"] or HTTPStatus(data["status"]).phrase
    return refusal(environ, start, Problem(data["status"], title, data["detail"]))


FAULT = Fault(
    "refuse",
    at_request=_turn_down,
    data={
        "status": Datum(HTTPStatus, 403, 400, 499),
        "title": Datum(str, ""),
        "detail": Datum(str, "refused by an injected fault; trying again does not help"),
    },
)
