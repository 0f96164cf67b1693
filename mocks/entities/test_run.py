"""One run of test suites against a target, on the resources the tester was pointed to.

    acquire        takes the resources; without them the tests cannot be run (FAILED)
    suite-<name>   probes and judges what it saw; a suite that fails does not keep the next from running
    release        gives the resources back, whatever came before

FAILED means that the tests could not be run; tests that ran and found something wrong are COMPLETED with FAIL.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.held_resources import HeldResources
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body
from mocks.entities.runner import Runner, Step
from mocks.entities.suites import Subject, Suite, probe

KIND = "test-run"
TRANSITIONS = {
    ("STARTING", "begin"): "RUNNING",
    ("RUNNING", "suspend"): "RUNNING",
    ("RUNNING", "halt"): "SUSPENDED",
    ("SUSPENDED", "resume"): "RUNNING",
    ("RUNNING", "finish"): "COMPLETED",
    ("RUNNING", "fail"): "FAILED",
    **{(state, "interrupt"): "FAILED" for state in ("STARTING", "RUNNING", "SUSPENDED")},
}


class TestRun(Occurrence):
    """The occurrence and the work of one run; `heard` is called after each turn it takes."""

    __test__ = False  # a class of the lab that pytest would take for a test
    state_attribute = "state"

    def __init__(
        self,
        core: Core,
        request: Body,
        suites: Sequence[Suite],
        held: HeldResources,
        requested_by: str,
        heard: Callable[[TestRun], None],
    ) -> None:
        self.subject = Subject(
            request["target"],
            request["softwareVersion"],
            tuple(request.get("impacted", ())),
            request.get("redundancyUnitId"),
            request.get("applicationState", "STARTED_UNLOCKED"),
            request.get("knownAs", ""),
        )
        self._held = held
        self._heard = heard
        self._verdicts: dict[str, Body] = {suite.name: _result(suite.name) for suite in suites}
        self._error: Body | None = None
        attributes = {
            "target": self.subject.target,
            "softwareVersion": self.subject.software_version,
            "verdict": None,
            "suites": list(self._verdicts.values()),
            "requestedBy": requested_by,
            **({"redundancyUnitId": self.subject.unit} if self.subject.unit else {}),
        }
        super().__init__(core, TRANSITIONS, self._plan(suites), attributes)

    def _plan(self, suites: Sequence[Suite]) -> list[Step]:
        tests = [Step(f"suite-{suite.name}", self._running(suite)) for suite in suites]
        return [Step("acquire", self._held.acquire), *tests, Step("release", self._held.release, safe=False)]

    def walker(self) -> Runner:
        return self.core.runner(KIND, self.steps, self)

    def snapshot(self) -> Body:
        subject: Body = {"impacted": self.subject.impacted, "applicationState": self.subject.application}
        subject["knownAs"] = self.subject.known_as
        own = {**subject, "held": self._held.snapshot(), "error": self._error}
        return {**super().snapshot(), **own}

    def revive(self, snapshot: Body) -> None:
        super().revive(snapshot)
        self._verdicts = {each["name"]: each for each in self.attribute("suites")}
        self._error = snapshot["error"]
        self._held.revive(snapshot["held"])

    def begin(self) -> None:
        if self.can("begin"):
            self._turn("begin")
            self.work()

    def suspend(self) -> None:
        """Ask for a halt before the next suite; the run is SUSPENDED once that is reached."""
        self._turn("suspend", Runner.suspend)

    def resume(self, resources: Sequence[Body] = ()) -> None:
        """Go on after a halt, on other resources when any are indicated."""
        self._held.point_to(resources)
        self._turn("resume", self._go_on_soon)

    def _go_on_soon(self, runner: Runner) -> None:
        self.core.clock.call_later(0, lambda: self._go_on(runner))

    def _go_on(self, runner: Runner) -> None:
        """What was given back for the halt is taken again, unless the run was interrupted in between."""
        if self.state != "RUNNING":
            return
        try:
            if runner.done:
                self._held.acquire()
        except StepFailed as error:
            self._turn("fail", error=problem_of(error, "The resources for the tests could not be had"))
            return
        runner.start()

    def interrupt(self, reason: str) -> None:
        """End the run where it stands; the tests can be run again. Nothing to do when it is over."""
        if not self.can("interrupt"):
            return
        if self.runner:
            self.runner.stop()
        left = self._held.abandon()
        error = StepFailed("; ".join(filter(None, (reason, left))), transient=True)
        self._turn("interrupt", error=problem_of(error, "The tests were interrupted"))

    def stepped(self, step: str) -> None:
        self._heard(self)

    def finished(self) -> None:
        if self._error is not None and not self._all_judged:
            self._turn("fail", error=self._error)
        else:
            passed = all(each["verdict"] == "PASS" for each in self._verdicts.values())
            self._turn("finish", error=self._error, verdict="PASS" if passed else "FAIL")

    def failed(self, error: StepFailed) -> None:
        """A broken suite is judged FAIL; what keeps suites from running ends the run after the release."""
        runner = self.runner
        if runner is None:
            return
        step = runner.current
        if step.startswith("suite-") and not error.transient:
            self._judge(step.removeprefix("suite-"), [error.detail])
            self._continue_at(runner, runner.done + 1)
        elif step.startswith("suite-"):
            self._error = problem_of(error, "The tests could not be run")
            self._continue_at(runner, len(self.steps) - 1)
        elif step == "release":
            left = self._held.abandon()
            self._error = self._error or problem_of(StepFailed(left or error.detail), "The release was not smooth")
            self.finished()
        else:
            self._turn("fail", error=problem_of(error, "The resources for the tests could not be had"))

    def suspended(self) -> None:
        """Nothing is held while nothing is tested (GR 5.7.2.5, row 11); what cannot be given back now is later."""
        self._held.abandon()
        self._turn("halt")

    def undone(self) -> None:
        """Never happens: tests are not undone."""

    @property
    def _all_judged(self) -> bool:
        return all(each["verdict"] for each in self._verdicts.values())

    def _running(self, suite: Suite) -> Callable[[], None]:
        return lambda: self._judge(suite.name, self.probe(suite))

    def probe(self, suite: Suite) -> list[str]:
        """What the suite finds wrong with the subject."""
        return probe(self.core, suite, self.subject)

    def _judge(self, suite: str, wrong: Sequence[str]) -> None:
        self._verdicts[suite] = _result(suite, "FAIL" if wrong else "PASS", "; ".join(wrong) or None)
        self.note(suites=list(self._verdicts.values()))

    def _continue_at(self, runner: Runner, step: int) -> None:
        """Go on although a step broke: the runner counts the steps before `step` as done."""
        runner.done = step
        runner.start()
        self._heard(self)

    def _turn(self, event: str, then: Callable[[Runner], None] | None = None, **attributes: Any) -> None:
        with self._lock:
            self.advance(event, **attributes)
            if then and self.runner:
                then(self.runner)
            self._heard(self)


def _result(name: str, verdict: str | None = None, detail: str | None = None) -> Body:
    return {"name": name, "verdict": verdict, "detail": detail}
