"""What goes wrong where a process without internal support is suspended (clause 5.7.2); a docstring is the lie."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.suspended_tests import AwaitTestsHalt, LookAtInstance
from harness.smm.operations.target import Subscribe
from harness.smm.operations.testing import AwaitTests
from harness.sut.surroundings import Surroundings
from mocks.entities.suites import Suite
from mocks.entities.test_run import TestRun
from mocks.entities.test_runs import TestRuns
from tests.mutants.mutant import Mutant
from tests.mutants.replanned import Data, step_of, wrong

HOME = "5_7_2_suspend"


def leaves_the_tester_at_work(surroundings: Surroundings) -> Subject:
    """Never asks the tester to suspend what it is at."""

    def change(plan: Data) -> None:
        del plan["suspensions"][0]["suspend"]

    return wrong(surroundings, change=change)


def misquotes_the_tester(surroundings: Surroundings) -> Subject:
    """Says more of the tests than what the tester told it."""

    class Await(AwaitTests):
        def status(self, context: Context) -> Body | None:
            told = super().status(context)
            return told and {**told, "percentage": 99}

    return wrong(surroundings, {"await-tests": Await()})


def knows_nothing_of_the_tests(surroundings: Surroundings) -> Subject:
    """Neither asks the tester how far it is, nor has it report more than the end or the suspension of its tests."""

    class Listen(Subscribe):
        def do(self, context: Context) -> Outcome:
            if context.parameter("at") != "tester":
                return super().do(context)
            actor, api = context.launch.tester, context.parameter("api")
            wanted = {"states": ["SUSPENDED", "COMPLETED", "FAILED"]}
            asked = {"callbackUri": context.launch.callback, "filter": wanted}
            made = context.entities[actor].http.post(f"{api}/subscriptions", asked).created
            return Done({"subscriptionId": made, "actor": actor, "api": api})

    class Await(AwaitTests):
        def status(self, context: Context) -> Body | None:
            return None

    def change(plan: Data) -> None:
        del plan["suspensions"][0]["suspend"][0]

    return wrong(surroundings, {"await-tests": Await(), "subscribe": Listen()}, change=change)


def calls_it_suspended_too_early(surroundings: Surroundings) -> Subject:
    """Takes the tests for suspended as soon as it has asked for it."""

    class Await(AwaitTestsHalt):
        def do(self, context: Context) -> Outcome:
            return Done({"late": False, "halted": True})

    return wrong(surroundings, {"await-tests-halt": Await()})


def goes_on_without_a_look(surroundings: Surroundings) -> Subject:
    """Goes on without having looked at the destination."""

    def change(plan: Data) -> None:
        resume = plan["suspensions"][0]["resume"]
        resume[:] = [step for step in resume if step["id"] != "look-at-destination"]

    return wrong(surroundings, change=change)


def ignores_what_it_saw(surroundings: Surroundings) -> Subject:
    """Goes on with the tests of a destination that failed while they were suspended."""

    class Look(LookAtInstance):
        def do(self, context: Context) -> Outcome:
            with suppress(ClientError):
                super().do(context)
            return Done({})

    return wrong(surroundings, {"look-at-instance": Look()})


def continues_on_nothing(surroundings: Surroundings) -> Subject:
    """Has the tester go on without naming resources for it."""

    def change(plan: Data) -> None:
        plan["suspensions"][0]["resume"][-1]["parameters"] = {"resources": []}

    return wrong(surroundings, change=change)


def undoes_what_was_never_done(surroundings: Surroundings) -> Subject:
    """Enters the way back at the transfer of state, though the process stood at the tests before it."""

    def change(plan: Data) -> None:
        for name in ("await-destination", "watch-destination-states", "await-health", "give-way-before-transfer"):
            step_of(plan, name)["failure"]["given-up"] = {"rollback": "transfer-back"}

    return wrong(surroundings, change=change)


def completes_before_the_source_is_gone(surroundings: Surroundings) -> Subject:
    """Reports that everything but the commit is done while the source is still there."""

    def change(plan: Data) -> None:
        step_of(plan, "terminate-source")["gate"] = step_of(plan, "commit").pop("gate")

    return wrong(surroundings, change=change)


def takes_no_wish_to_suspend(surroundings: Surroundings) -> Callable[..., Any]:
    """Refuses to suspend the process, whoever wants it."""
    subject = wrong(surroundings)

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        if not environ["PATH_INFO"].endswith("/suspend"):
            return subject(environ, start)
        start("409 Conflict", [("Content-Type", "application/problem+json"), ("Version", "1.0.0")])
        return [b'{"status": 409, "detail": "no"}']

    return app


class DoesNotStop(TestRuns):
    """Takes a suspension up, and runs its tests to the end."""

    class run_class(TestRun):  # noqa: N801  (it overrides an attribute)
        def suspend(self) -> None:
            self._turn("suspend")


class PassesTheRestUnseen(TestRuns):
    """Passes what was left of its tests without a look."""

    class run_class(TestRun):  # noqa: N801
        went_on = False

        def resume(self, resources: Sequence[Body] = ()) -> None:
            self.went_on = True
            super().resume(resources)

        def probe(self, suite: Suite) -> list[str]:
            return [] if self.went_on else super().probe(suite)


def _smm(name: str, at: str, then: str = "") -> Mutant:
    return Mutant(name, "smm", f"{__name__}:{name}", at, then, home=HOME)


def _tester(name: str, cls: str, at: str, then: str = "") -> Mutant:
    return Mutant(name, "tester", f"{__name__}:{cls}", at, then, "tester", HOME)


NOT_HALTED = (
    "health_found 5.7.2.5-1#16; instance_not_passed; instance_passed 5.7.2.5-1#23; "
    "looked_at_before_going_on 5.7.2.5-1#13; remaining_tests_run 5.7.2.5-1#15; rollback_decided; "
    "suspended_at_testing 5.7.2.5-1#12; tests_resumed 5.7.2.5-1#14"
)
"""What comes of it when the tests go on though they were to be suspended: what follows is not seen in its place."""

NOT_TAKEN = (
    "entered_where_suspended; instance_gone; instance_passed; instance_terminated; instance_tested; "
    "looked_at_before_going_on 5.7.2.5-1#13; process_ended; protection_kept; remaining_tests_run 5.7.2.5-1#15; "
    "rollback_decided; source_came_back 5.7.2.4-1#2; standstill; state_transferred; suspended_at_testing 5.7.2.5-1#12; "
    "tests_resumed 5.7.2.5-1#14; tests_suspended 5.7.2.5-1#11; tests_suspension_asked 5.7.2.5-1#10; "
    "wish_taken 5.7.2.5-1#13"
)
"""What comes of it when no wish is taken: nothing of a suspension is seen."""

UNTESTED = "health_found 5.7.2.5-1#16; process_ended"

MUTANTS = (
    _smm(
        "leaves_the_tester_at_work",
        "tests_suspension_asked 5.7.2.5-1#10",
        f"{NOT_HALTED}; tests_suspended 5.7.2.5-1#11",
    ),
    _smm("knows_nothing_of_the_tests", "tests_status_asked 5.7.2.5-1#7"),
    _smm("misquotes_the_tester", "testing_reported 5.7.2.5-1#8"),
    _smm("calls_it_suspended_too_early", "suspended_at_testing 5.7.2.5-1#12", "standstill"),
    _smm(
        "goes_on_without_a_look",
        "looked_at_before_going_on 5.7.2.5-1#13",
        f"{UNTESTED}; remaining_tests_run 5.7.2.5-1#15",
    ),
    _smm("ignores_what_it_saw", "remaining_tests_run 5.7.2.5-1#15", UNTESTED),
    _smm("continues_on_nothing", "tests_resumed 5.7.2.5-1#14"),
    _smm("undoes_what_was_never_done", "entered_where_suspended"),
    _smm("completes_before_the_source_is_gone", "completion_told 5.7.2.5-1#25"),
    _smm(
        "takes_no_wish_to_suspend",
        "process_suspended; wish_taken 5.7.2.5-1#9; external_manager_played 5.7.2.2-1#7",
        (
            f"{NOT_TAKEN}; application_unlocked 5.7.2.5-1#18; health_found 5.7.2.5-1#16; instance_interfaces_started "
            "5.7.2.5-1#18 5.7.2.5-1#19; instance_interfaces_stopped 5.7.2.5-1#20 5.7.2.5-1#24; instance_not_passed; "
            "instance_passed 5.7.2.5-1#23; instance_terminated 5.7.2.5-1#24; instance_tested 5.7.2.5-1#21; "
            "rollback_resources_secured; state_transferred 5.7.2.5-1#17"
        ),
    ),
    _tester("does_not_stop", "DoesNotStop", "tests_suspended 5.7.2.5-1#11", NOT_HALTED),
    _tester(
        "passes_the_rest_unseen",
        "PassesTheRestUnseen",
        "remaining_tests_run 5.7.2.5-1#15",
        "instance_passed 5.7.2.5-1#23",
    ),
)
