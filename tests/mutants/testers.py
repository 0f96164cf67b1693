"""Wrong testers: each derives from the tester's power and changes one thing; its docstring is its one lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mocks.entities.errors import StepFailed
from mocks.entities.ports import Body
from mocks.entities.suites import Suite
from mocks.entities.test_run import TestRun
from mocks.entities.test_runs import TestRuns


class PassesUnseen(TestRuns):
    """Passes every suite without looking at anything."""

    class run_class(TestRun):  # noqa: N801  (it overrides an attribute)
        def probe(self, suite: Suite) -> list[str]:
            return []


class LooksAtTheTargetOnly(TestRuns):
    """Passes the system's tests without having the impacted actors use the target."""

    class run_class(TestRun):  # noqa: N801
        def probe(self, suite: Suite) -> list[str]:
            return [] if suite.scope == "SYSTEM" else super().probe(suite)


class PassesWhatFailed(TestRuns):
    """Passes what did not pass its tests."""

    class run_class(TestRun):  # noqa: N801
        def _judge(self, suite: str, wrong: Sequence[str]) -> None:
            super()._judge(suite, [])


class FailsWhatPassed(TestRuns):
    """Fails a destination version that is sound."""

    class run_class(TestRun):  # noqa: N801
        def probe(self, suite: Suite) -> list[str]:
            return super().probe(suite) or (["it is not"] if self.subject.software_version == "2.0.0" else [])


class KeepsItsResources(TestRuns):
    """Does not give back the resources it took for its tests."""

    class run_class(TestRun):  # noqa: N801
        def _plan(self, suites: Sequence[Suite]) -> list[Any]:
            return super()._plan(suites)[:-1]


class TestsWithoutResources(TestRuns):
    """Tests without the resources that it could not get, and says nothing of it."""

    class run_class(TestRun):  # noqa: N801
        def failed(self, error: StepFailed) -> None:
            runner = self.runner
            if runner is not None and runner.current == "acquire":
                self._continue_at(runner, 1)
            else:
                super().failed(error)


class NeverSaysItIsDone(TestRuns):
    """Never reports the end of its tests."""

    def _heard(self, run: TestRun) -> None:
        if run.state in ("STARTING", "RUNNING"):
            super()._heard(run)


class HasNoSuitesAtFirst(TestRuns):
    """Has no test suites for the source version when it is asked for them before the process."""

    asked = False

    def suites(self, target: str | None = None, software_version: str | None = None) -> list[Body]:
        first = not self.asked and software_version == "1.0.0"
        self.asked = self.asked or first
        return [] if first else super().suites(target, software_version)
