"""The WSGI layer at which requests meet faults."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from mocks.faults.collection import NO_ROOM, Faults
from mocks.faults.refusal import Problem, refusal

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

CONTROL = "/lab/v1/"
SAFE = ("GET", "HEAD", "OPTIONS")
HARMLESS = ("/peer/v1/checks",)
"""Requests that keep nothing, though their method may."""


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


class RoomMiddleware:
    """Refuses what would change the actor's state while there is no room to keep it, before anything of it is done."""

    def __init__(self, app: WSGIApplication, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        harmless = environ["REQUEST_METHOD"] in SAFE or path in HARMLESS or path.startswith(CONTROL)
        if harmless or not self._faults.full:
            return self._app(environ, start_response)
        return no_room(environ, start_response)


def no_room(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """The answer of an actor that cannot keep what is asked of it."""
    return refusal(environ, start_response, Problem(507, HTTPStatus.INSUFFICIENT_STORAGE.phrase, NO_ROOM))
