"""The modification itself: asked for, awaited, committed (tables 5.2.2.5-1 and 5.2.2.6-1, rows 2, 4 and end)."""

from __future__ import annotations

from collections.abc import Mapping

from harness.clients.errors import Conflict
from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting
from harness.smm.operations.recovery import offers

SUSPENDED = frozenset({"SUSPENDING", "SUSPENDED"})
RETRY_POSSIBLE = "rolled-back-retry-possible"
FINAL = frozenset({"COMPLETED", "ROLLED_BACK", "FAILED"})


class RequestSoftwareModification(Operation):
    """Ask the target for a version, with the resources it may use; a lost answer is looked up, never just repeated."""

    references = ("resources", "restorationPoint")

    def do(self, context: Context) -> Outcome:
        return self._made(context, context.target.software_modification.request(self.body(context)))

    def body(self, context: Context) -> Body:
        """The request."""
        body: Body = {"destinationSoftwareVersion": context.version(), "resources": context.reserved()}
        point = context.now.fact(context.parameter("restorationPoint", "")).get("restorationPointId")
        handling = context.find("parallel")
        return {
            **body,
            **named(context),
            **({"restorationPointId": point} if point else {}),
            **({"operationHandling": handling} if handling else {}),
        }

    def look_up(self, context: Context) -> Outcome | Absent:
        taken, version = context.taken(), context.version()
        mine = [
            occurrence
            for occurrence in context.target.software_modification.occurrences()
            if occurrence.get("destinationSoftwareVersion") == version
            and occurrence.get("component") == named(context).get("component")
            and occurrence.get("requestedBy", context.name) == context.name
            and occurrence["id"] not in taken
        ]
        newest = max(mine, key=lambda occurrence: str(occurrence.get("startTime", "")), default=None)
        return Absent() if newest is None else self._made(context, newest["id"])

    def _made(self, context: Context, occurrence: str) -> Done:
        return Done({"softwareModificationOpOccId": occurrence, "destinationSoftwareVersion": context.version()})


def named(context: Context) -> Body:
    """The component that a repeated step is about, as a request names it; nothing where it is the whole target."""
    item = context.step.item
    return {"component": item["component"]} if isinstance(item, Mapping) and "component" in item else {}


class AwaitSoftwareModification(Operation):
    """Wait for the target's report; after a time-out without any, ask it."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        heard = context.notified.get(self._occurrence(context))
        return (self.hear(context, heard) if heard else None) or Waiting(context.parameter("timeout", 120))

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("softwareModificationOpOccId") != self._occurrence(context):
            return None
        context.memory["seen"] = _progress(notification)
        if asked := _assistance(context, notification):
            return Waiting(context.parameter("timeout", 120), asked)
        if notification.get("operationState") == "FAILED":
            # What it says of itself after a failure is checked where it can be.
            return self.look_up(context)
        return self._judge(context, notification)

    def look_up(self, context: Context) -> Outcome:
        found = context.target.software_modification.occurrence(self._occurrence(context))
        outcome = self._judge(context, found)
        if outcome is not None:
            return outcome
        before, context.memory["seen"] = context.memory.get("seen"), _progress(found)
        if before == context.memory["seen"] and not self._held(context, found):
            state, step = found.get("operationState"), found.get("currentStep")
            return Failed("unknown", f"{context.launch.target} makes no progress: {state} at step {step}")
        return Waiting(context.parameter("timeout", 120), _assistance(context, found))

    def _judge(self, context: Context, report: Body) -> Outcome | None:
        outcome = judge(report)
        if isinstance(outcome, Failed) and outcome.kind == RETRY_POSSIBLE and not offers(context, "RETRY"):
            return Failed("rolled-back", f"{outcome.reason}; its descriptor offers no retry")
        if context.now.undo_asked and isinstance(outcome, Failed) and outcome.kind.startswith("rolled-back"):
            return Failed("undone", "the target took back what it had done, as it was asked to")
        return outcome

    def _held(self, context: Context, occurrence: Body) -> bool:
        """Whether it stands still because the SMM itself had it suspended."""
        steered = context.now.halted or any(track.todo for track in context.now.meanwhile)
        return occurrence.get("operationState") in SUSPENDED and (
            steered or _assistance(context, occurrence) is not None
        )

    def _occurrence(self, context: Context) -> str:
        return list(context.occurrences())[-1]


def judge(report: Body) -> Outcome | None:
    """What an occurrence, or a notification of one, says of the end; None while there is no end (If.004)."""
    state, result = report.get("operationState"), report.get("result")
    if state not in FINAL:
        return None
    facts = {"operationState": state, "result": result, "softwareVersion": report.get("softwareVersion")}
    error = report.get("error") or {}
    said = error.get("detail") or error.get("title") or "no reason given"
    if state == "COMPLETED":
        return Done(facts)
    if state == "FAILED":
        return Failed("failed", f"the modification failed and could not be undone: {said}")
    kind = RETRY_POSSIBLE if result == "ROLLED_BACK_RETRY_POSSIBLE" else "rolled-back"
    return Failed(kind, f"the target rolled back by itself: {said}")


def _assistance(context: Context, report: Body) -> Body | None:
    """What the target needs that suspended itself; None when it did not, or when it is cared for already."""
    asked = report.get("assistance")
    if report.get("operationState") != "SUSPENDED" or not asked or context.now.halted:
        return None
    return {"needs": str(asked.get("needs")), "detail": str(asked.get("detail"))}


def _progress(report: Body) -> list[object]:
    return [report.get("operationState"), report.get("percentage"), report.get("currentStep")]


class CommitSoftwareModification(Operation):
    """Commit every occurrence of the process; one that is committed already is as good."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        committed = list(context.occurrences())
        for occurrence in committed:
            self.commit(context, occurrence)
        return Done({"committed": committed})

    def commit(self, context: Context, occurrence: str) -> None:
        """Commit one occurrence; raises Conflict when it is in no state to be."""
        service = context.target.software_modification
        try:
            service.task(occurrence, "commit")
        except Conflict:
            if not service.occurrence(occurrence).get("committed"):
                raise
