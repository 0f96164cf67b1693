"""smm/v1: the northbound side of an SMM, as an external manager uses it."""

from __future__ import annotations

from harness.clients.http import Body, Http, segment

API = "/smm/v1"


class Processes:
    """The software modification processes of one SMM."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def launch(self, request: Body) -> str:
        """Start a process; returns its id."""
        return self._http.post(f"{API}/processes", request).created

    def get(self, id: str) -> Body:
        return self._http.get(f"{API}/processes/{segment(id)}").object

    def all(self) -> list[Body]:
        return self._http.all(f"{API}/processes")

    def task(self, id: str, task: str) -> None:
        """Ask for suspend, resume, rollback or commit."""
        self._http.post(f"{API}/processes/{segment(id)}/{task}")

    def subscribe(self, callback: str) -> str:
        return self._http.post(f"{API}/subscriptions", {"callbackUri": callback}).created

    def unsubscribe(self, id: str) -> None:
        self._http.delete(f"{API}/subscriptions/{segment(id)}")
