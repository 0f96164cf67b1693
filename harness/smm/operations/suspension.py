"""Status, resumption and undo of a modification under way (tables 5.7.1.5-1 rows 4 to 9, 5.7.1.6-1 rows 5 and 6)."""

from __future__ import annotations

from harness.clients.errors import Conflict
from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Outcome
from harness.smm.operations.modification import FINAL, SUSPENDED
from harness.smm.operations.parallel import OfModification, needing_the_halt

STATUS = ("operationState", "percentage", "remainingTime", "currentStep")


class QuerySoftwareModification(OfModification):
    """Ask the target how far it is, before anything is decided about it."""

    def do(self, context: Context) -> Outcome:
        found = context.target.software_modification.occurrence(self.occurrence(context))
        return Done({name: found.get(name) for name in STATUS})


class ContinueSoftwareModification(OfModification):
    """Let the target go on after a halt, with the resources it may use; nothing where it does not stand still."""

    references = ("resources",)

    def do(self, context: Context) -> Outcome:
        if not context.now.halted:
            return Done({"skipped": "the modification does not stand still"})
        if context.now.suspended:
            return Done({"skipped": "the operator has the process suspended"})
        if arrivals := needing_the_halt(context):
            return Done({"skipped": f"operation {arrivals[0]} needs the halt"})
        return self.steer(context, "resume")

    def steer(self, context: Context, task: str) -> Outcome:
        """Ask for the task; a target that does not stand still any more needs it no more."""
        service = context.target.software_modification
        try:
            service.task(self.occurrence(context), task, self.indicated(context))
        except Conflict:
            if self.state(context) in SUSPENDED:
                raise
        return Done({"halted": False})

    def indicated(self, context: Context) -> list[Body]:
        """The reservations to use: of steps of the same track, else of the main line."""
        names = context.parameter("resources", [])
        facts = [context.fact(name) or context.now.fact(name) for name in names]
        return [{"provider": fact["provider"], "reservationId": fact["reservationId"]} for fact in facts if fact]

    def look_up(self, context: Context) -> Outcome | Absent:
        return Absent() if self.state(context) in SUSPENDED else Done({"halted": False})


class UndoSoftwareModification(ContinueSoftwareModification):
    """Have the target take back what it did; one that cannot goes on, to be rolled back once it is through."""

    def do(self, context: Context) -> Outcome:
        if not context.now.halted:
            return Done({"skipped": "the modification does not stand still"})
        if (context.find("capability") or {}).get("undoable", True):
            return self.steer(context, "undo")
        if not context.now.rollback_wanted:
            return Failed("refused", f"{context.launch.target} cannot undo what it did")
        return self.steer(context, "resume")

    def look_up(self, context: Context) -> Outcome | Absent:
        state = self.state(context)
        return Done({"halted": False}) if state in FINAL | {"UNDOING"} else Absent()
