"""Where a manager hears: notifications, which are most of what it is told, and the test of a callback URI before.

They stand before the manager's Flask app: in a run of the suite every sixth message is one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

import orjson

from harness.northbound import VERSION, missing, problem

ROOT = "/callbacks/"
NO_CONTENT = [("Version", VERSION)]


class Listener(Protocol):
    """Who is told of what happens, under identifiers of its own."""

    def listens(self, id: str) -> bool:
        """Whether there is something that hears under this identifier."""
        ...

    def notified(self, id: str, body: dict[str, Any]) -> bool:
        """Take a notification; False when nothing hears under this identifier."""
        ...


class Callbacks:
    """WSGI middleware: answers under /callbacks/ for the listener, and leaves the rest to the application."""

    def __init__(self, app: Callable[..., Any], listener: Listener) -> None:
        self._app = app
        self._listener = listener

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if not environ["PATH_INFO"].startswith(ROOT):
            answer: Iterable[bytes] = self._app(environ, start_response)
            return answer
        refused = self._refused(environ)
        if refused is not None:
            said: Iterable[bytes] = refused(environ, start_response)
            return said
        start_response("204 No Content", NO_CONTENT)
        return ()

    def _refused(self, environ: dict[str, Any]) -> Callable[..., Any] | None:
        """The answer to a message that is not taken; None for one that is."""
        method, heard = environ["REQUEST_METHOD"], environ["PATH_INFO"].removeprefix(ROOT)
        if method in ("GET", "HEAD"):
            return None if self._listener.listens(heard) else missing("callback", heard)
        if method != "POST":
            refused = problem(405, "a callback takes GET and POST")
            refused.headers["Allow"] = "GET, HEAD, POST"
            return refused
        body = _body(environ)
        if not isinstance(body, dict):
            return problem(400, "a notification is a JSON object")
        return None if self._listener.notified(heard, body) else missing("callback", heard)


def _body(environ: dict[str, Any]) -> Any:
    """The JSON value of the request; None where it is no JSON."""
    length = environ.get("CONTENT_LENGTH") or "0"
    content = environ["wsgi.input"].read(int(length) if length.isdigit() else 0)
    try:
        return orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
