"""Wrong SMMs where services have to move to new service interfaces (clause 5.2.3); each docstring is the one lie."""

from __future__ import annotations

from harness.smm import Subject
from harness.smm.operations import Context, Done, Outcome
from harness.smm.operations.interfaces import (
    AwaitStopped,
    CollectInterfaces,
    StartInterfaces,
    StopInterfaces,
)
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import Nothing, moved, without, wrong


def learns_nothing_of_interfaces(surroundings: Surroundings) -> Subject:
    """Moves nobody to the new service interfaces, as if there were none."""

    class Collect(CollectInterfaces):
        def do(self, context: Context) -> Outcome:
            return Done({"interfaceChanges": []})

    names = ("verify-locked", "start-interfaces", "stop-interfaces", "await-stopped")
    return wrong(surroundings, {"collect-interfaces": Collect(), **dict.fromkeys(names, Nothing())})


def verifies_no_lock(surroundings: Surroundings) -> Subject:
    """Starts the new service interfaces without having looked at their state."""

    class Start(StartInterfaces):
        def do(self, context: Context) -> Outcome:
            if "asked" not in context.memory and context.parameter("which") == "new":
                change = {"administrativeStateChange": {"administrativeStateAction": "UNLOCK"}}
                towards = context.parameter("towards")
                found = context.find("interfaceChanges") or []
                return self.ask(context, {one["new"]: change for one in found if one["towards"] == towards})
            return super().do(context)

    return wrong(surroundings, {"start-interfaces": Start()}, change=without("verify-locked"))


def authenticates_nobody(surroundings: Surroundings) -> Subject:
    """Starts the new service interfaces, and has nobody authenticate there."""

    class Start(StartInterfaces):
        def consumers(self, context: Context) -> list[str]:
            return []

    return wrong(surroundings, {"start-interfaces": Start()})


def stops_by_force(surroundings: Surroundings) -> Subject:
    """Stops service interfaces by force instead of gracefully."""

    class Stop(StopInterfaces):
        def ask(self, context: Context, wanted: object) -> Outcome:
            forced = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "FORCEFUL"}}
            return super().ask(context, dict.fromkeys(wanted, forced))  # type: ignore[call-overload]

    return wrong(surroundings, {"stop-interfaces": Stop()})


def stops_before_it_starts(surroundings: Surroundings) -> Subject:
    """Stops the old service interfaces towards impacted entities before the new ones serve."""
    return wrong(surroundings, change=moved("stop-old-towards-entities", behind="verify-locked"))


def waits_for_no_shut_down(surroundings: Surroundings) -> Subject:
    """Does not wait until the old service interfaces are shut down, and does not look."""

    class Await(AwaitStopped):
        def do(self, context: Context) -> Outcome:
            return Done()

    class Stop(StopInterfaces):
        def do(self, context: Context) -> Outcome:
            super().do(context)
            return Done()

    return wrong(surroundings, {"await-stopped": Await(), "stop-interfaces": Stop()})


def keeps_the_old_towards_fes(surroundings: Surroundings) -> Subject:
    """Leaves the old service interfaces towards impacted FEs open for ever."""
    return wrong(surroundings, change=without("stop-old-towards-fes"))


def leaves_them_on_what_stops(surroundings: Surroundings) -> Subject:
    """On the way back stops the new service interfaces while their users are still on them."""

    class Start(StartInterfaces):
        def do(self, context: Context) -> Outcome:
            if context.parameter("which") == "old":
                return Done()
            return super().do(context)

    class Stop(StopInterfaces):
        def do(self, context: Context) -> Outcome:
            context.memory["moved"] = True
            return super().do(context)

    return wrong(surroundings, {"start-interfaces": Start(), "stop-interfaces": Stop()})
