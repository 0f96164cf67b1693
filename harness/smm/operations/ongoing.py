"""Operations that were there before the modification (table 5.2.2.7-1, row 1)."""

from __future__ import annotations

from typing import Any

from harness.clients.http import Body
from harness.clients.operations import ONGOING
from harness.clients.operations import OPERATIONS as TYPES
from harness.smm.operations.base import Context, Done, Failed, Operation, Outcome, Waiting


class FindOngoingOperations(Operation):
    """Ask the target which operations are under way, and note the action for each."""

    def do(self, context: Context) -> Outcome:
        found = []
        for kind, action in (context.find("ongoing") or {}).items():
            for occurrence in context.target.operations.ongoing(kind) if kind in TYPES else ():
                found.append({"id": occurrence["id"], "type": kind, "action": action})
        return Done({"operations": found})


class AwaitOngoingOperations(Operation):
    """Wait until every operation that is to complete first has ended; those found, and those that came since."""

    def do(self, context: Context) -> Outcome:
        if self._left(context):
            return Waiting(context.parameter("timeout", 120))
        return Done()

    def hear(self, context: Context, notification: Body) -> Outcome | None:  # noqa: ARG002 - all is in `notified`
        return None if self._left(context) else Done()

    def look_up(self, context: Context) -> Outcome:
        looks = context.memory["looks"] = context.memory.get("looks", 0) + 1
        left = [
            operation
            for operation in self._left(context)
            if context.target.operations.occurrence(operation["type"], operation["id"]).get("operationState") in ONGOING
        ]
        if not left:
            return Done()
        if looks >= context.parameter("patience", 10):
            return Failed("refused", f"still under way at {context.launch.target}: {', '.join(o['id'] for o in left)}")
        return Waiting(context.parameter("timeout", 120))

    def _left(self, context: Context) -> list[dict[str, Any]]:
        known: list[dict[str, Any]] = list(context.find("operations") or [])
        arrived = [arrival for arrival in context.now.arrivals.values() if arrival.phase == "ongoing"]
        known += [{"id": arrival.id, "type": arrival.type, "action": arrival.action} for arrival in arrived]
        first = [operation for operation in known if operation["action"] == "COMPLETE_FIRST"]
        return [operation for operation in first if not self._ended(context, operation["id"])]

    def _ended(self, context: Context, id: str) -> bool:
        last = context.notified.get(id)
        return last is not None and last.get("operationState") not in ONGOING
