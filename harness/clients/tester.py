"""tester/v1: test suites and test runs."""

from __future__ import annotations

from harness.clients.http import Body, Http, segment

API = "/tester/v1"


class Tester:
    """A tester."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def suites(self, target: str, version: str, *, serving: bool = True) -> list[str]:
        """The names of the suites that apply to a version of a target; not `serving`: one that serves nobody yet."""
        found = self.described(target, version)
        return [str(suite["name"]) for suite in found if serving or suite.get("needsService") is False]

    def described(self, target: str, version: str) -> list[Body]:
        """The suites that apply to a version of a target, with their scopes."""
        return self._http.all(f"{API}/test_suites", {"target": target, "softwareVersion": version})

    def run(self, body: Body) -> str:
        """Start a test run; returns its id."""
        return self._http.post(f"{API}/test_runs", body).created

    def runs(self) -> list[Body]:
        return self._http.all(f"{API}/test_runs")

    def get(self, id: str) -> Body:
        return self._http.get(f"{API}/test_runs/{segment(id)}").object
