"""Where nodes report to: the lab's own endpoint for what is ready, and for faults and holds before they take effect."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from mocks.wire.tokens import ADMIN

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from mocks.wire.tokens import Tokens

Message = dict[str, Any]
Receiver = Callable[[Message], Message]
NOBODY: Mapping[str, str] = MappingProxyType({})
FOR_GUESTS = ("/clock", "/ready")


class Collector:
    """A WSGI application of POST routes; each takes a JSON object and answers with one. For the lab's token only.

    Guests, by their keys, may speak for themselves and ask for the time.
    """

    def __init__(self, tokens: Tokens, routes: dict[str, Receiver], guests: Mapping[str, str] = NOBODY) -> None:
        self._tokens = tokens
        self._routes = routes
        self._guests = guests

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        status, answer = self._answer(environ)
        body = json.dumps(answer).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    def _answer(self, environ: WSGIEnvironment) -> tuple[str, Message]:
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        guest = self._guests.get(authorization.removeprefix("Bearer "))
        if guest is None and self._tokens.actor_of(authorization) != ADMIN:
            return "401 Unauthorized", {"detail": "for the lab's own nodes only"}
        receive = self._routes.get(environ["PATH_INFO"])
        if receive is None or environ["REQUEST_METHOD"] != "POST":
            return "404 Not Found", {"detail": f"routes: POST {', '.join(self._routes)}"}
        message = json.loads(environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0)) or b"{}")
        if guest and (environ["PATH_INFO"] not in FOR_GUESTS or message.get("actor", guest) != guest):
            return "403 Forbidden", {"detail": f"{guest} may report of itself that it is ready, and ask for the time"}
        return "200 OK", receive(message)
