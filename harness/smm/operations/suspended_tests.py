"""Tests under way are asked about, suspended and continued by the SMM (table 5.7.2.5-1 rows 7, 10, 11, 13 and 14)."""

from __future__ import annotations

from collections.abc import Sequence

from harness.clients.http import Body
from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome
from harness.smm.operations.interfaces import state_of
from harness.smm.operations.parallel import AwaitSuspension, OfModification, SuspendSoftwareModification
from harness.smm.operations.suspension import ContinueSoftwareModification
from harness.smm.operations.testing import PROGRESS


class OfTests(OfModification):
    """An operation on the test run that the main step under way waits for."""

    def state(self, context: Context) -> str:
        return str(context.tester.tester.get(self.occurrence(context)).get("state"))

    def heard(self, context: Context) -> str | None:
        return context.notified.get(self.occurrence(context), {}).get("state")

    def occurrence(self, context: Context) -> str:
        waiting = (context.now.main_open or context.now.todo)[0]
        return str(context.now.fact(waiting.parameters["of"]).get("testRunId"))

    def task(self, context: Context, task: str, resources: Sequence[Body] = ()) -> None:
        context.tester.tester.task(self.occurrence(context), task, resources)

    def suspendable(self, context: Context) -> bool:  # noqa: ARG002 - a tester has no descriptor that could say no
        return True


class QueryTests(OfTests):
    """Ask the tester how far it is, before anything is decided about it."""

    def do(self, context: Context) -> Outcome:
        found = context.tester.tester.get(self.occurrence(context))
        return Done({"tests": {name: found.get(name) for name in PROGRESS}})


class SuspendTests(OfTests, SuspendSoftwareModification):
    """Ask the tester to halt before its next suite."""


class AwaitTestsHalt(OfTests, AwaitSuspension):
    """Wait until the tests stand still, or are over before they could."""


class ContinueTests(OfTests, ContinueSoftwareModification):
    """Let the tester go on after a halt, with the resources it may use; nothing where it does not stand still."""


class LookAtInstance(Operation):
    """See before anything goes on whether an instance is still as it was (note 4)."""

    def do(self, context: Context) -> Outcome:
        entity = context.instance.information.mano_entity()
        state = state_of(entity.get("manoApplicationState"))
        if state[0] != "STARTED":
            return Failed("failed", f"the application of {context.at} is {'_'.join(state)}")
        return Done({"lookedAt": context.at})
