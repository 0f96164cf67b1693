"""What is done about an operation that arrives during the modification (table 5.2.2.8-1, row 2 and end)."""

from __future__ import annotations

from harness.clients.errors import Conflict, NotFound
from harness.clients.http import Body
from harness.clients.operations import ONGOING
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting
from harness.smm.operations.modification import FINAL, SUSPENDED
from harness.smm.progress import Arrival


class NotifyConsumer(Operation):
    """Tell the consumer that its operation is pending, or that it should trigger it again."""

    def do(self, context: Context) -> Outcome:
        reason, arrival = context.parameter("reason"), context.arrival
        if reason == "RETRIGGER" and context.fact("return-operation").get("pending") is False:
            return Done({"skipped": "the operation was not pending any more"})
        consumer = context.entities[arrival.consumer]
        consumer.peering.notice(context.launch.target, arrival.type, arrival.id, reason)
        return Done({"consumer": arrival.consumer, "reason": reason})


class SettleOperation(Operation):
    """Have a kept operation executed, or given back; one that is not kept any more needs neither."""

    def do(self, context: Context) -> Outcome:
        kept = self._kept(context)
        if kept is None:
            return Done({"pending": False})
        try:
            context.holder.software_modification.settle_pending(kept, context.parameter("task"))
        except (NotFound, Conflict):
            return Done({"pending": False})
        return Done({"pending": True})

    def look_up(self, context: Context) -> Outcome | Absent:
        return Done({"pending": True}) if self._kept(context) is None else Absent()

    def _kept(self, context: Context) -> str | None:
        pending = context.holder.software_modification.pending_operations()
        mine = (kept for kept in pending if kept.get("operationOccurrenceId") == context.arrival.id)
        return next((str(kept["id"]) for kept in mine), None)


class OfModification(Operation):
    """An operation on the modification that is under way; `late` marks one that had ended before it could be held."""

    def state(self, context: Context) -> str:
        """The state of the modification as the target tells it now."""
        return str(context.target.software_modification.occurrence(self.occurrence(context)).get("operationState"))

    def heard(self, context: Context) -> str | None:
        """The state of the modification as it was last notified."""
        return context.notified.get(self.occurrence(context), {}).get("operationState")

    def occurrence(self, context: Context) -> str:
        """The modification that is under way."""
        return str(context.find("softwareModificationOpOccId"))


class SuspendSoftwareModification(OfModification):
    """Ask the target to halt at the next possibility."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        if not (context.find("capability") or {}).get("suspendable", True):
            return Done({"late": True, "skipped": f"{context.launch.target} cannot be suspended"})
        try:
            context.target.software_modification.task(self.occurrence(context), "suspend")
        except Conflict as error:
            state = self.state(context)
            if state not in SUSPENDED | FINAL | {"UNDOING"}:
                return Failed("transient", f"{context.launch.target} is {state}: {error}")
            return Done({"late": state not in SUSPENDED})
        return Done({"late": False})

    def look_up(self, context: Context) -> Outcome | Absent:
        state = self.state(context)
        return Done({"late": state in FINAL}) if state in SUSPENDED | FINAL else Absent()


class AwaitSuspension(OfModification):
    """Wait until the target has halted, or has ended before it could."""

    def do(self, context: Context) -> Outcome:
        return self._judge(context, self.heard(context)) or Waiting(context.parameter("timeout", 120))

    def hear(self, context: Context, notification: Body) -> Outcome | None:  # noqa: ARG002 - all is in `notified`
        return self._judge(context, self.heard(context))

    def look_up(self, context: Context) -> Outcome:
        return self._judge(context, self.state(context)) or Waiting(context.parameter("timeout", 120))

    def _judge(self, context: Context, state: str | None) -> Outcome | None:
        late = bool(context.fact(context.parameter("of", "suspend-modification")).get("late") or state in FINAL)
        return Done({"late": late, "halted": not late}) if late or state == "SUSPENDED" else None


class AwaitOperation(OfModification):
    """Wait until the operation that the modification was halted for has ended."""

    def do(self, context: Context) -> Outcome:
        late = context.fact("await-suspension").get("late") or self.heard(context) in FINAL
        if late or self._ended(context.notified.get(context.arrival.id, {})):
            return Done({"late": bool(late)})
        return Waiting(context.parameter("timeout", 120))

    def hear(self, context: Context, notification: Body) -> Outcome | None:  # noqa: ARG002 - all is in `notified`
        outcome = self.do(context)
        return outcome if isinstance(outcome, Done) else None

    def look_up(self, context: Context) -> Outcome:
        looks = context.memory["looks"] = context.memory.get("looks", 0) + 1
        arrival = context.arrival
        found = context.target.operations.occurrence(arrival.type, arrival.id)
        # The modification may not be held for ever: in the end it goes on beside the operation.
        if self._ended(found) or looks >= context.parameter("patience", 10):
            return Done({"late": False})
        return Waiting(context.parameter("timeout", 120))

    def _ended(self, report: Body) -> bool:
        return "operationState" in report and report["operationState"] not in ONGOING


class ResumeSoftwareModification(OfModification):
    """Let the target go on, unless another operation still needs the halt."""

    def do(self, context: Context) -> Outcome:
        if context.fact("await-operation").get("late"):
            return Done({"skipped": "the modification had ended"})
        if context.now.suspended:
            return Done({"skipped": "the operator has the process suspended"})
        others = [other for other in needing_the_halt(context) if other != context.arrival.id]
        if others:
            return Done({"skipped": f"operation {others[0]} needs the halt too"})
        try:
            context.target.software_modification.task(self.occurrence(context), "resume")
        except Conflict:
            if self.state(context) in SUSPENDED:
                raise
        return Done({"halted": False})

    def look_up(self, context: Context) -> Outcome | Absent:
        return Absent() if self.state(context) in SUSPENDED else Done({"halted": False})


def needing_the_halt(context: Context) -> list[str]:
    """The operations that arrived for which the modification has to stand still."""
    now = context.now
    return [
        arrival
        for arrival in now.arrivals
        if f"suspend-modification/{arrival}" in now.sides and f"await-operation/{arrival}" not in now.done
    ]


class GiveWay(Operation):
    """Hold the process here until the operations have ended that it is to be suspended for.

    An operation that the entity keeps for that is executed first; one that never ends holds nothing for ever.
    """

    def do(self, context: Context) -> Outcome:
        return self._next(context, looked=False)

    def hear(self, context: Context, notification: Body) -> Outcome | None:  # noqa: ARG002 - all is in `notified`
        outcome = self._next(context, looked=False)
        return None if isinstance(outcome, Waiting) else outcome

    def look_up(self, context: Context) -> Outcome:
        context.memory["looks"] = context.memory.get("looks", 0) + 1
        return self._next(context, looked=True)

    def _next(self, context: Context, looked: bool) -> Outcome:
        waiting = [arrival for arrival in context.now.arrivals.values() if self._holds(context, arrival, looked)]
        if not waiting or context.memory.get("looks", 0) >= context.parameter("patience", 10):
            return Done({"gaveWay": [arrival.id for arrival in context.now.arrivals.values()]})
        executed = context.memory.setdefault("executed", [])
        for kept in context.holder.software_modification.pending_operations():
            wanted = kept.get("operationOccurrenceId")
            if wanted in {arrival.id for arrival in waiting} and wanted not in executed:
                executed.append(wanted)
                context.holder.software_modification.settle_pending(str(kept["id"]), "execute")
        return Waiting(context.parameter("timeout", 120))

    def _holds(self, context: Context, arrival: Arrival, looked: bool) -> bool:
        if arrival.action != "SUSPEND":
            return False
        report = context.notified.get(arrival.id, {})
        if looked:
            report = context.holder.operations.occurrence(arrival.type, arrival.id)
        return report.get("operationState", "PROCESSING") in ONGOING


class SetOperationHandling(Operation):
    """Tell an entity that does not modify its software by itself what becomes of operations that arrive."""

    def do(self, context: Context) -> Outcome:
        handling = {kind: action for kind, action in (context.find("parallel") or {}).items() if action != "PARALLEL"}
        context.holder.software_modification.set_handling(handling)
        return Done({"operationHandling": handling})


class EndOperationHandling(Operation):
    """Let operations that arrive run at once again, wherever they arrive by now."""

    def do(self, context: Context) -> Outcome:
        context.holder.software_modification.end_handling()
        return Done()
