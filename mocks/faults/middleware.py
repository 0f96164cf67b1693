"""The WSGI layer at which requests meet faults."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from mocks.faults.collection import Faults

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTROL = "/lab/v1/"


class FaultMiddleware:
    """Lets the actor's faults answer first; NoAnswer goes up to the transport.

    The control API always gets through: a crashed actor must be healed by somebody.
    """

    def __init__(self, app: WSGIApplication, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(CONTROL):
            return self._app(environ, start_response)
        return self._faults.answer(self._app, environ, start_response)
