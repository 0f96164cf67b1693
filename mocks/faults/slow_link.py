"""slow-link: the answers of an actor, and the messages that it sends, come `delay` lab seconds late.

A request is carried out when it comes; its caller may be gone when the answer is there. Armed at a request, that one
answer is late.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.faults.effects import LATE, Data, Datum, Fault

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def _dawdle(data: Data, app: WSGIApplication, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
    environ[LATE] = environ.get(LATE, 0.0) + data["delay"]
    return app(environ, start)


def _lag(data: Data, _message: int) -> float:
    return float(data["delay"])


FAULT = Fault(
    "slow-link",
    at_request=_dawdle,
    data={"delay": Datum(float, 1.0, 0, 86_400)},
    everywhere="late",
    lag=_lag,
    physical=True,
)
