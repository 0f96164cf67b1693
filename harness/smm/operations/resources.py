"""Resources for a modification, its tests and its rollback: checked, reserved, verified, released (Smm.010)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from harness.clients.errors import Conflict, NotFound
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, sole
from harness.smm.plans.model import Step

KINDS = ("vcpu", "memoryMiB", "storageGiB")


def amount(context: Context, step: Step) -> dict[str, int]:
    """What a step reserves: what the plan says, or what the target says it needs where that is more (Inf.004)."""
    planned: Mapping[str, int] = step.parameters.get("resources", {})
    capability = context.find("capability") or {}
    needed = capability.get("additionalResources", {}).get(step.parameters.get("need"), {})
    return {kind: max(planned.get(kind, 0), needed.get(kind, 0)) for kind in KINDS}


class CheckResources(Operation):
    """See that the provider has enough for all reservations together, before the first of them is made."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        steps = [context.now.plan.step(name) for name in context.parameter("of", [])]
        available = context.provider.resources.capacity().get("available", {})
        wanted = {kind: sum(amount(context, step)[kind] for step in steps) for kind in KINDS}
        free = {kind: available.get(kind, 0) for kind in KINDS}
        short = [f"{kind} {wanted[kind]} (free: {free[kind]})" for kind in KINDS if wanted[kind] > free[kind]]
        if short:
            return Failed("refused", f"{context.launch.provider} has too little for the plan: {', '.join(short)}")
        return Done({"needed": wanted, "available": available})


class ReserveResources(Operation):
    """Reserve, or verify what is reserved already: by this step before, or by the step that `standing` names."""

    references = ("standing",)

    def do(self, context: Context) -> Outcome:
        earlier = context.now.fact(context.step.id) or context.fact(context.parameter("standing", ""))
        if earlier and self._stands(context, earlier["reservationId"]):
            return Done({**earlier, "made": False})
        made = context.provider.resources.reserve(context.parameter("purpose"), amount(context, context.step))
        return self._made(context, made)

    def look_up(self, context: Context) -> Outcome | Absent:
        wanted, taken = amount(context, context.step), context.taken()
        found = sole(
            [
                reservation["id"]
                for reservation in context.provider.resources.reservations()
                if reservation.get("purpose") == context.parameter("purpose")
                and reservation.get("resources") == wanted
                and reservation.get("owner") == context.name
                and reservation["id"] not in taken
            ],
            "reservations",
        )
        if isinstance(found, Failed):
            return found
        return Absent() if found is None else self._made(context, found)

    def _made(self, context: Context, reservation: str) -> Done:
        return Done({"reservationId": reservation, "provider": context.launch.provider, "made": True})

    def _stands(self, context: Context, reservation: str) -> bool:
        """Whether a reservation is still there, with all of it free to use unless it may be in use already."""
        try:
            found = context.provider.resources.reservation(reservation)
        except NotFound:
            return False
        return bool(context.parameter("inUse")) or not any(found.get("inUse", {}).values())


class ReleaseResources(Operation):
    """Give back every reservation that the step made; one still in use is tried again."""

    def do(self, context: Context) -> Outcome:
        for found in context.earlier:
            try:
                self.release(context, found)
            except Conflict as error:
                return Failed("transient", str(error))
        return Done()

    def release(self, context: Context, found: Mapping[str, Any]) -> None:
        """Give one reservation back that the step made; one that is gone already is as good."""
        if not found["made"]:
            return
        try:
            context.entities[found["provider"]].resources.release(found["reservationId"])
        except NotFound:
            return
