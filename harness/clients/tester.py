"""tester/v1: test suites and test runs."""

from __future__ import annotations

from harness.clients.http import Body, Http, segment

API = "/tester/v1"


class Tester:
    """A tester."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def suites(self, target: str, version: str) -> dict[str, Body]:
        """The suites that apply to a version of a target, by name."""
        found = self._http.all(f"{API}/test_suites", {"target": target, "softwareVersion": version})
        return {str(suite["name"]): suite for suite in found}

    def run(self, body: Body) -> str:
        """Start a test run; returns its id."""
        return self._http.post(f"{API}/test_runs", body).created

    def runs(self) -> list[Body]:
        return self._http.all(f"{API}/test_runs")

    def get(self, id: str) -> Body:
        return self._http.get(f"{API}/test_runs/{segment(id)}").object
