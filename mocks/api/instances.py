"""Service interface instances: one API served under several paths, as an entity opens and closes them (GR 5.2.3).

The routes of an API stand once, under its own path. A request to another instance is led there, and what the answer
says of paths is said in the instance's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from mocks.api.lean import WAYS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

INSTANCE = "manolab.instance"
"""The key in the WSGI environment with the path of the instance that was asked, where it is not the API's own."""

PATHS = re.compile(r"(?P<root>(/entities|/pair)?/(?P<name>nslcm|vnflcm|vrm|mcio|wan)/v(?P<major>\d))/")


_instance = lru_cache(maxsize=WAYS)(PATHS.match)


class Instances:
    """WSGI middleware in front of an entity's app; `roots` are the paths that its APIs stand under."""

    def __init__(self, app: WSGIApplication, roots: Iterable[str]) -> None:
        self._app = app
        self._own = {root.split("/")[1]: root for root in roots}

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        found = _instance(environ["PATH_INFO"])
        own = self._own.get(found["name"]) if found else None
        if found is None or own is None or found["root"] == own:
            return self._app(environ, start_response)
        return self._led(found, own, environ, start_response)

    def _led(
        self, found: re.Match[str], own: str, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        root = found["root"]
        inner = {**environ, INSTANCE: root, "PATH_INFO": own + environ["PATH_INFO"][len(root) :]}
        inner.pop("HTTP_VERSION", None)  # the instance's version is in its path
        started: list[Any] = []

        def start(*call: Any) -> Callable[[bytes], object]:
            started[:] = call
            return lambda _: None

        body = b"".join(self._app(inner, start)).replace(f'"{own}/'.encode(), f'"{root}/'.encode())
        status, headers = started[0], dict(started[1])
        headers["Content-Length"] = str(len(body))
        if "Location" in headers:
            headers["Location"] = headers["Location"].replace(f"{own}/", f"{root}/", 1)
        if "Version" in headers:
            headers["Version"] = f"{found['major']}.0.0" if found["major"] != own[-1] else headers["Version"]
        start_response(status, list(headers.items()))
        return [body]
