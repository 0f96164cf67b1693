"""The lab's door to an SMM that it runs in a process of its own: fresh runs, and whether the SMM is at work.

The lab and the SMM share a key; with it the SMM reports that it is there, and the lab knocks here.
"""

from __future__ import annotations

import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any

import requests
from werkzeug.wrappers import Request, Response

from harness.clients.errors import NoAnswer, error_of

OWN = "/node/v1/"
HEALTH = OWN + "health"
REPORT_WITHIN = 30.0
"""Seconds that the lab has to take a report."""

Message = Mapping[str, Any]


class Door:
    """A WSGI application of POST routes below OWN, each from a JSON object to one, for whoever has the key."""

    def __init__(self, key: str, routes: Mapping[str, Callable[[Message], Message]]) -> None:
        self._key = key
        self._routes = routes

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        return self._answer(Request(environ))(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if request.path == HEALTH:
            return Response(status=204)
        given = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if not self._key or not hmac.compare_digest(given.encode(), self._key.encode()):
            return _json(401, {"detail": "for the lab that runs this SMM only"})
        route = self._routes.get(request.path.removeprefix(OWN))
        if route is None or request.method != "POST":
            return _json(404, {"detail": f"routes: POST {', '.join(OWN + name for name in self._routes)}"})
        return _json(200, route(json.loads(request.get_data() or b"{}")))


class Lab:
    """The lab's collector, as the SMM sees it."""

    def __init__(self, url: str, key: str, session: requests.Session) -> None:
        self._url = url
        self._key = key
        self._session = session

    def now(self) -> float:
        """The lab's time."""
        return float(self._report("/clock", {})["now"])

    def ready(self, name: str, port: int) -> None:
        """Tell the lab that the SMM listens."""
        self._report("/ready", {"actor": name, "port": port})

    def _report(self, path: str, message: Message) -> Message:
        """Raises NoAnswer when nobody is there, another ClientError when the lab refuses."""
        request = f"POST {self._url}{path}"
        headers = {"Authorization": f"Bearer {self._key}"}
        try:
            answer = self._session.post(self._url + path, json=message, headers=headers, timeout=REPORT_WITHIN)
        except requests.RequestException as error:
            raise NoAnswer(f"{request} got no answer: {error}") from error
        if answer.status_code != 200:
            raise error_of(request, answer.status_code, {"detail": answer.text})
        said: Message = answer.json()
        return said


def _json(status: int, body: Message) -> Response:
    return Response(json.dumps(body), status, content_type="application/json")
