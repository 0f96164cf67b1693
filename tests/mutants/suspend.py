"""Wrong SMMs that suspend, assist and retry (clauses 5.7.1 and 5.8); the docstring of each factory is the one lie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.smm import Subject
from harness.smm.operations import Absent, Context, Done, Outcome
from harness.smm.operations.suspension import ContinueSoftwareModification, UndoSoftwareModification
from harness.smm.operations.testing import RunTests
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import Data, Nothing, step_of, wrong

# Suspend and resume


def leaves_the_target_at_work(surroundings: Surroundings) -> Subject:
    """Takes a suspension for a matter of its own steps, and never asks the target for it."""

    def change(plan: Data) -> None:
        del plan["suspensions"][0]["suspend"]

    return wrong(surroundings, change=change)


def resumes_by_itself(surroundings: Surroundings) -> Subject:
    """Has the target go on as soon as it stands still, without a word of its manager."""

    class Continue(ContinueSoftwareModification):
        def do(self, context: Context) -> Outcome:
            return self.steer(context, "resume")

    def change(plan: Data) -> None:
        on = {"id": "go-on", "row": "5.7.1.5-1#9", "operation": "continue-software-modification"}
        plan["suspensions"][0]["suspend"].append(on)

    return wrong(surroundings, {"continue-software-modification": Continue()}, change=change)


# Assistance and undo


def helps_nobody(surroundings: Surroundings) -> Subject:
    """Has a target go on that misses its resources, without a look at them."""

    def change(plan: Data) -> None:
        assist = plan["suspensions"][0]["assist"]
        assist["RESOURCES"] = [{**assist["RESOURCES"][-1], "parameters": {"resources": ["reserve-modification"]}}]

    return wrong(surroundings, change=change)


def helps_for_ever(surroundings: Surroundings) -> Subject:
    """Helps a target ten times with what did not help it before."""

    def change(plan: Data) -> None:
        for step in plan["suspensions"][0]["assist"]["RESOURCES"]:
            step["attempts"] = 10

    return wrong(surroundings, change=change)


def does_not_undo(surroundings: Surroundings) -> Subject:
    """Has the target complete the work that it should undo, and rolls it back afterwards."""

    class Undo(UndoSoftwareModification):
        def do(self, context: Context) -> Outcome:
            return self.steer(context, "resume")

    return wrong(surroundings, {"undo-software-modification": Undo()})


# Retry


def tests_for_ever(surroundings: Surroundings) -> Subject:
    """Has the tester try ten times to get its resources."""

    def change(plan: Data) -> None:
        for name in ("await-tests", "await-source-tests"):
            step_of(plan, name)["attempts"] = 10

    return wrong(surroundings, change=change)


def repeats_the_hopeless(surroundings: Surroundings) -> Subject:
    """Has the tester run again though the tester said that this cannot help."""

    def change(plan: Data) -> None:
        failure = step_of(plan, "await-tests")["failure"]
        failure["failed"] = failure["transient"]

    return wrong(surroundings, change=change)


def gives_up_at_once(surroundings: Surroundings) -> Subject:
    """Takes every error of the moment for one that stays."""

    def change(plan: Data) -> None:
        plan["retry"] = {"attempts": 1}

    return wrong(surroundings, change=change)


def repeats_the_refused(surroundings: Surroundings) -> Subject:
    """Asks again for what was refused for good."""

    def change(plan: Data) -> None:
        plan["modification"]["failure"]["refused"] = {"otherwise": "abandon"}

    return wrong(surroundings, change=change)


def runs_tests_twice(surroundings: Surroundings) -> Subject:
    """Asks for a test run again when the answer got lost, without a look at what became of it."""

    class Run(RunTests):
        def look_up(self, context: Context) -> Outcome | Absent:
            return Absent()

    return wrong(surroundings, {"run-tests": Run()})


def shows_no_plan(surroundings: Surroundings) -> Callable[..., Any]:
    """Has no execution plan to show before the process."""
    subject = wrong(surroundings)

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if environ["PATH_INFO"] != "/smm/v1/execution_plans":
            return subject(environ, start)
        start("200 OK", [("Content-Type", "application/json"), ("Version", "1.0.0")])
        return [b"[]"]

    return app


def commits_nothing_undone(surroundings: Surroundings) -> Subject:
    """Ends a process without having committed anything at the target that undid its work."""

    class Commit(Nothing):
        references = ("of",)

        def do(self, context: Context) -> Outcome:
            return Done({"committed": []})

    return wrong(surroundings, {"commit-software-modification": Commit()})
