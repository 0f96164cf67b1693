"""The power of a tester: suites and their runs against other actors, asked over tester/v1 (rows 5 and 6)."""

from __future__ import annotations

from collections.abc import Sequence

from mocks.entities.announcements import Announcements
from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.held_resources import HeldResources
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.suites import Suite, suites_of
from mocks.entities.test_run import TestRun

ROOT = "/tester/v1"
RUNS = "/test_runs"
NOTIFICATION = "TestRunNotification"
NEEDED = {"vcpu": 1, "memoryMiB": 1024, "storageGiB": 1}
TOLD = ("state", "verdict", "suites", "percentage", "currentStep", "target", "softwareVersion", "requestedBy")
FILTERS = {"notificationTypes": "notificationType", "states": "state", "testRunIds": "testRunId"}
TASKS = ("suspend", "resume")


class TestRuns:
    """Knows what it can test, runs suites, and tells subscribers how they go."""

    __test__ = False  # a class of the lab that pytest would take for a test
    run_class: type[TestRun] = TestRun
    """What a run does; a tester that does it differently derives and replaces it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._runs: Register[TestRun] = Register("test run")
        self.announcements = Announcements(core, ROOT, FILTERS)

    def suites(self, target: str | None = None, software_version: str | None = None) -> list[Body]:
        """The suites for a target at a version; None asks for any."""
        if target is not None and not self._knows(target):
            return []
        found = suites_of(self._core.profile).values()
        return [suite.body() for suite in found if suite.applies(target, software_version)]

    def create(self, request: Body, requested_by: str) -> Body:
        """Accept a run (row 5) and return it; Unprocessable for a target or a suite that the tester does not know."""
        suites = self._asked_for(request)
        needed = self._core.profile.get("testResources", NEEDED)
        held = HeldResources(self._core.peers, request.get("resources", []), needed)
        run = self.run_class(self._core, request, suites, held, requested_by, self._heard)
        self._runs.add(run.id, run)
        self._heard(run)
        self._core.clock.call_later(0, run.begin)
        return _body(run)

    def list(self) -> list[Body]:
        return [_body(run) for run in self._runs.all()]

    def get(self, id: str) -> Body:
        return _body(self._runs.get(id))

    def task(self, id: str, task: str) -> None:
        """Suspend or resume a run; Conflict when its state forbids that."""
        run = self._runs.get(id)
        {"suspend": run.suspend, "resume": run.resume}[task]()

    def snapshot(self) -> Body:
        return {"runs": [run.snapshot() for run in self._runs.all()], "announcements": self.announcements.snapshot()}

    def revive(self, snapshot: Body) -> None:
        self._runs.clear()
        known = suites_of(self._core.profile)
        for each in snapshot["runs"]:
            subject = {name: each[name] for name in ("impacted", "applicationState", "knownAs")}
            asked = {**each["attributes"], **subject}
            suites = [known[suite["name"]] for suite in asked["suites"]]
            held = HeldResources(self._core.peers, (), {})
            run = self.run_class(self._core, asked, suites, held, asked["requestedBy"], self._heard)
            run.revive(each)
            self._runs.add(run.id, run)
        self.announcements.revive(snapshot["announcements"])

    def _asked_for(self, request: Body) -> Sequence[Suite]:
        target, version = request["target"], request["softwareVersion"]
        if not self._knows(target):
            raise Unprocessable(f"{self._core.name} knows no actor {target}")
        possible = {n: each for n, each in suites_of(self._core.profile).items() if each.applies(target, version)}
        wanted = list(dict.fromkeys(request["suites"]))
        unknown = [name for name in wanted if name not in possible]
        if unknown or not wanted:
            asked = ", ".join(unknown) or "none"
            there = ", ".join(possible) or "none"
            raise Unprocessable(f"suites for {target} at version {version}: asked for {asked}; there are {there}")
        return [possible[name] for name in wanted]

    def interrupt(self, reason: str) -> None:
        """End all runs under way as failed."""
        for run in self._runs.all():
            run.interrupt(reason)

    def _knows(self, target: str) -> bool:
        # A tester without a list of peers learns over the wire whether its target exists.
        peers = self._core.profile.get("peers")
        return peers is None or target in {peer if isinstance(peer, str) else peer["name"] for peer in peers}

    def _heard(self, run: TestRun) -> None:
        body = run.body()
        told = {"testRunId": run.id, **{name: body[name] for name in TOLD}}
        if body["error"]:
            told["error"] = body["error"]
        self.announcements.send(NOTIFICATION, told, {"testRun": f"{RUNS}/{run.id}"})


def _body(run: TestRun) -> Body:
    path = f"{ROOT}{RUNS}/{run.id}"
    possible = {task: {"href": f"{path}/{task}"} for task in TASKS if run.can(task)}
    return {**run.body(), "_links": {"self": {"href": path}, **possible}}
