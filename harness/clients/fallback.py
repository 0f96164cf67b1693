"""fallback/v1: the northbound side of a Fallback Manager, as whoever decides on a fallback uses it."""

from __future__ import annotations

from harness.clients.http import Body, Http, segment

API = "/fallback/v1"


class Fallbacks:
    """The fallbacks of one Fallback Manager."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def begin(self, request: Body) -> str:
        """Ask for a fallback; returns its id."""
        return self._http.post(f"{API}/fallbacks", request).created

    def get(self, id: str) -> Body:
        return self._http.get(f"{API}/fallbacks/{segment(id)}").object

    def all(self) -> list[Body]:
        return self._http.all(f"{API}/fallbacks")
