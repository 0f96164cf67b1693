"""Wrong SMMs at the end of a process and beside it; the docstring of each factory is its one lie."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.decide import Action, Decide, End, decide
from harness.smm.journal import Journal
from harness.smm.operations import Context, Done, Failed, Outcome
from harness.smm.operations.modification import (
    CommitSoftwareModification,
)
from harness.smm.operations.ongoing import FindOngoingOperations
from harness.smm.operations.parallel import AwaitOperation, NotifyConsumer, SettleOperation
from harness.smm.operations.resources import ReserveResources
from harness.smm.operations.target import ChooseOperationHandling, WatchOperations
from harness.smm.operations.testing import AwaitTests
from harness.smm.plans import Plan
from harness.smm.policy import When
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import Data, Nothing, moved, step_of, without, wrong

# Software rollback


def commits_what_failed(surroundings: Surroundings) -> Subject:
    """Commits the destination version though it did not pass its tests."""

    class Await(AwaitTests):
        def judge(self, report: Body) -> Outcome | None:
            outcome = super().judge(report)
            return Done() if isinstance(outcome, Failed) and outcome.kind == "not-passed" else outcome

    return wrong(surroundings, {"await-tests": Await()})


def rolls_back_unprepared(surroundings: Surroundings) -> Subject:
    """Rolls back without making sure that the resources for it are still there."""

    class Reserve(ReserveResources):
        def do(self, context: Context) -> Outcome:
            earlier = context.now.fact(context.parameter("standing", ""))
            return Done({**earlier, "made": False}) if earlier else super().do(context)

    return wrong(surroundings, {"reserve-resources": Reserve()})


def rolls_back_untested(surroundings: Surroundings) -> Subject:
    """Does not have the source version tested after the way back."""
    return wrong(surroundings, change=_skip_tests_of_source)


def _skip_tests_of_source(plan: Data) -> None:
    without("test-source", "await-source-tests")(plan)
    failure = step_of(plan, "await-modification")["failure"]
    failure["rolled-back"] = failure["undone"] = {"rollback": "commit-rollback"}
    failure["rolled-back-retry-possible"]["otherwise"] = {"rollback": "commit-rollback"}


def rolls_back_the_committed(surroundings: Surroundings) -> Callable[..., Any]:
    """Takes up a rollback of what is committed."""
    subject = wrong(surroundings)

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        def accepting(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            accepted = environ["PATH_INFO"].endswith("/rollback") and status.startswith("409")
            return start("202 ACCEPTED" if accepted else status, headers, *rest)

        return subject(environ, accepting)

    return app


def commits_without_its_manager(surroundings: Surroundings) -> Subject:
    """Commits by itself though the external manager keeps the commit to itself."""

    def change(plan: Data) -> None:
        del step_of(plan, "commit-modification")["gate"]

    return wrong(surroundings, change=change)


# The end


def forgets_the_commit(surroundings: Surroundings) -> Subject:
    """Ends a process without having committed anything."""

    class Commit(CommitSoftwareModification):
        def commit(self, context: Context, occurrence: str) -> None:
            """Nothing is asked of the target."""

    return wrong(surroundings, {"commit-software-modification": Commit()})


def commits_before_the_tests(surroundings: Surroundings) -> Subject:
    """Commits as soon as the target has completed, before the tests have spoken."""
    return wrong(surroundings, change=moved("commit-modification", behind="await-modification"))


def never_releases_reservations(surroundings: Surroundings) -> Subject:
    """Keeps what it reserved."""
    return wrong(surroundings, {"release-resources": Nothing()})


def leaves_logs_open(surroundings: Surroundings) -> Subject:
    """Leaves its special logs running at the target."""
    return wrong(surroundings, {"stop-special-logs": Nothing()})


def unprotects_before_the_commit(surroundings: Surroundings) -> Subject:
    """Gives the protection of the way back up before the commit."""

    class Commit(CommitSoftwareModification):
        def do(self, context: Context) -> Outcome:
            made = context.now.fact("restoration-point")
            if made.get("made"):
                context.target.software_modification.remove_restoration_point(made["restorationPointId"])
            return super().do(context)

    return wrong(surroundings, {"commit-software-modification": Commit()})


def clears_away_what_a_fallback_needs(surroundings: Surroundings) -> Subject:
    """Deletes restoration point and special logs though a fallback needs them."""

    def change(plan: Data) -> None:
        for step in plan["modification"]["steps"]:
            step.pop("keep", None)

    return wrong(surroundings, change=change)


def overstates_its_end(surroundings: Surroundings) -> Subject:
    """Says that the source version is committed where nobody knows what runs."""
    return wrong(surroundings, deciding=_ending({"FALLBACK_NEEDED": "SOURCE_COMMITTED"}))


def gives_no_reason(surroundings: Surroundings) -> Subject:
    """Calls for a person and does not say why."""

    def deciding(plan: Plan, journal: Journal) -> Action:
        action = decide(plan, journal)
        return End(action.outcome, None) if isinstance(action, End) and action.outcome == "FALLBACK_NEEDED" else action

    return wrong(surroundings, deciding=deciding)


def _ending(instead: Mapping[str, str]) -> Decide:
    def deciding(plan: Plan, journal: Journal) -> Action:
        action = decide(plan, journal)
        return End(instead.get(action.outcome, action.outcome), action.reason) if isinstance(action, End) else action

    return deciding


# Operations of the target's consumers


def overlooks_ongoing(surroundings: Surroundings) -> Subject:
    """Does not ask the target which operations are ongoing."""

    class Find(FindOngoingOperations):
        def do(self, context: Context) -> Outcome:
            return Done({"operations": []})

    return wrong(surroundings, {"find-ongoing-operations": Find()})


def does_not_wait(surroundings: Surroundings) -> Subject:
    """Goes on at once where an ongoing operation is to complete first."""
    return wrong(surroundings, {"await-ongoing-operations": Nothing()})


def ignores_policy_for_ongoing(surroundings: Surroundings) -> Subject:
    """Waits for ongoing operations whatever the operator wants."""
    return wrong(surroundings, {"choose-operation-handling": _Choosing("ongoing", "COMPLETE_FIRST")})


def ignores_policy_for_parallel(surroundings: Surroundings) -> Subject:
    """Delays operations that arrive, whatever the operator wants."""
    return wrong(surroundings, {"choose-operation-handling": _Choosing("parallel", "DELAY")})


class _Choosing(ChooseOperationHandling):
    """Always the same choice."""

    def __init__(self, when: When, action: str) -> None:
        self._when = when
        self._action = action

    def choose(self, context: Context, when: When, kind: str) -> str | None:
        return self._action if when == self._when else super().choose(context, when, kind)


def does_not_listen(surroundings: Surroundings) -> Subject:
    """Does not learn of operations that arrive during the modification."""

    class Watch(WatchOperations):
        def do(self, context: Context) -> Outcome:
            return Done({"subscriptions": {}})

    return wrong(surroundings, {"watch-operations": Watch()})


def forgets_the_consumer(surroundings: Surroundings) -> Subject:
    """Does not tell the consumer that its operation is pending."""

    class Notify(NotifyConsumer):
        def do(self, context: Context) -> Outcome:
            return Done() if context.parameter("reason") == "PENDING" else super().do(context)

    return wrong(surroundings, {"notify-consumer": Notify()})


def never_retriggers(surroundings: Surroundings) -> Subject:
    """Does not tell the consumer after the commit that it can trigger its operation again."""

    class Notify(NotifyConsumer):
        def do(self, context: Context) -> Outcome:
            return Done() if context.parameter("reason") == "RETRIGGER" else super().do(context)

    return wrong(surroundings, {"notify-consumer": Notify()})


def never_triggers_the_delayed(surroundings: Surroundings) -> Subject:
    """Leaves delayed operations waiting for ever."""
    return wrong(surroundings, {"settle-operation": Nothing()})


def executes_and_retriggers(surroundings: Surroundings) -> Subject:
    """Has an operation executed and tells its consumer to trigger it again as well."""

    class Settle(SettleOperation):
        def do(self, context: Context) -> Outcome:
            parameters = {**context.step.parameters, "task": "execute"}
            return super().do(replace(context, step=replace(context.step, parameters=parameters)))

    return wrong(surroundings, {"settle-operation": Settle()})


def never_suspends(surroundings: Surroundings) -> Subject:
    """Lets the modification run on where it is to be suspended for an operation."""
    names = ("suspend-software-modification", "await-suspension", "await-operation", "resume-software-modification")
    return wrong(surroundings, dict.fromkeys(names, Nothing()))


def resumes_too_early(surroundings: Surroundings) -> Subject:
    """Resumes the modification before the operation it was suspended for has completed."""

    class Await(AwaitOperation):
        def do(self, context: Context) -> Outcome:
            return Done({"late": False})

    return wrong(surroundings, {"await-operation": Await()})
