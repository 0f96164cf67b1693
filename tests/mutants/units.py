"""Wrong SMMs where redundancy units are replaced one by one (clause 5.3.2); each docstring is the one lie."""

from __future__ import annotations

from typing import ClassVar

from harness.clients.http import Body
from harness.smm import Subject
from harness.smm.operations import Absent, Context, Done, Failed, Outcome
from harness.smm.operations.interfaces import AT_WORK, GRACEFUL_STOP
from harness.smm.operations.units import (
    CollectUnits,
    InstantiateUnit,
    StopUnit,
    TerminateUnit,
    _state,
)
from harness.sut.surroundings import Surroundings
from tests.mutants.replanned import Data, Nothing, lists, moved, step_of, without, wrong

STARTS = ("start-unit-towards-fes", "start-unit-towards-entities")


class _Stop(StopUnit):
    """Stops without a look at the unit that takes over, which may not even be there."""

    stop: ClassVar[Body] = GRACEFUL_STOP

    def do(self, context: Context) -> Outcome:
        service, asked = context.target.redundancy_units, context.memory.setdefault("asked", {})
        unit = service.get(context.step.item["replaced"])
        left = [one["id"] for one in unit["serviceInterfaces"] if _state(one) == AT_WORK and one["id"] not in asked]
        for interface in left:
            asked[interface] = service.change_interface(unit["id"], interface, self.stop)
        idle = all(_state(one)[0] == "STOPPED" or _state(one)[1] == "LOCKED" for one in unit["serviceInterfaces"])
        return Done() if idle else self.wait(context)


class _ByForce(TerminateUnit):
    """Terminates whatever the unit is doing."""

    def do(self, context: Context) -> Outcome:
        if (unit := context.step.item["replaced"]) not in context.memory.setdefault("asked", {}):
            context.memory["asked"][unit] = context.target.redundancy_units.terminate(unit, "FORCEFUL")
        return super().do(context)


def knows_other_units(surroundings: Surroundings) -> Subject:
    """Goes by units that the target does not have, without having looked."""

    class Collect(CollectUnits):
        def do(self, context: Context) -> Outcome:
            return Done({"units": [{"replaced": "unit-1", "replacement": None}]})

    return wrong(surroundings, {"collect-units": Collect()})


def tells_not_whom_it_replaces(surroundings: Surroundings) -> Subject:
    """Has units instantiated without telling them whose place they are to take."""

    class Instantiate(InstantiateUnit):
        def body(self, context: Context) -> Body:
            return {name: value for name, value in super().body(context).items() if name != "replaces"}

    return wrong(surroundings, {"instantiate-unit": Instantiate()})


def names_no_resources_for_units(surroundings: Surroundings) -> Subject:
    """Has units instantiated on resources that nobody reserved."""

    class Instantiate(InstantiateUnit):
        def body(self, context: Context) -> Body:
            return {**super().body(context), "resources": []}

    return wrong(surroundings, {"instantiate-unit": Instantiate()})


def protects_units_afterwards(surroundings: Surroundings) -> Subject:
    """Makes the restoration point and starts the special logs when all units are replaced."""
    return wrong(surroundings, change=moved("restoration-point", "special-logs", behind="run-tests"))


def tests_no_unit(surroundings: Surroundings) -> Subject:
    """Lets new units serve without having had their health verified."""
    return wrong(surroundings, change=without("test-unit", "await-unit-tests"))


def tests_no_restored_unit(surroundings: Surroundings) -> Subject:
    """On the way back lets new source units serve without having had their health verified."""
    return wrong(surroundings, change=without("test-restored-unit", "await-restored-unit-tests"))


def opens_before_the_health_test(surroundings: Surroundings) -> Subject:
    """Starts the service interfaces of a new unit before the tester has looked at it."""
    return wrong(surroundings, change=moved(*STARTS, behind="await-unit"))


def starts_towards_fes_only(surroundings: Surroundings) -> Subject:
    """Starts new units towards impacted FEs, and forgets the impacted entities."""
    return wrong(surroundings, {"verify-units": Nothing()}, change=without("start-unit-towards-entities"))


def stops_a_unit_before_the_new_one_serves(surroundings: Surroundings) -> Subject:
    """Stops a source unit before the unit that is to take its place is unlocked."""
    return wrong(surroundings, {"stop-unit": _Stop()}, change=moved("stop-source-unit", behind="await-unit-tests"))


def stops_a_unit_first(surroundings: Surroundings) -> Subject:
    """Stops a source unit before it has asked for another."""

    def change(plan: Data) -> None:
        steps = next(found for found in lists(plan) if any(step.get("id") == "stop-source-unit" for step in found))
        steps.insert(0, steps.pop(next(n for n, step in enumerate(steps) if step["id"] == "stop-source-unit")))

    return wrong(surroundings, {"stop-unit": _Stop()}, change=change)


def stops_units_by_force(surroundings: Surroundings) -> Subject:
    """Stops units by force instead of gracefully."""

    class Stop(_Stop):
        stop: ClassVar[Body] = {"operationalStateChange": {"operationalStateAction": "STOP", "stopType": "FORCEFUL"}}

    return wrong(surroundings, {"stop-unit": Stop()})


def does_not_await_the_shut_down(surroundings: Surroundings) -> Subject:
    """Asks a source unit to stop, and terminates it by force before it is shut down."""

    class Stop(_Stop):
        def do(self, context: Context) -> Outcome:
            super().do(context)
            return Done()

    return wrong(surroundings, {"stop-unit": Stop(), "terminate-unit": _ByForce()})


def terminates_what_was_not_stopped(surroundings: Surroundings) -> Subject:
    """Terminates units that were never asked to stop."""
    return wrong(surroundings, {"stop-unit": Nothing(), "terminate-unit": _ByForce()})


def stops_two_at_once(surroundings: Surroundings) -> Subject:
    """Stops the next source unit together with the present one."""

    class Stop(StopUnit):
        def do(self, context: Context) -> Outcome:
            outcome = super().do(context)
            units = [one["replaced"] for one in context.now.fact("collect-units").get("units", [])]
            later = (
                units[units.index(context.step.item["replaced"]) + 1 :] if context.now.section == "modification" else []
            )
            if later and not context.memory.get("next"):
                context.memory["next"] = True
                for one in context.target.redundancy_units.get(later[0])["serviceInterfaces"]:
                    if _state(one) == AT_WORK:
                        context.target.redundancy_units.change_interface(later[0], one["id"], GRACEFUL_STOP)
            return outcome

    return wrong(surroundings, {"stop-unit": Stop()})


def leaves_a_unit_behind(surroundings: Surroundings) -> Subject:
    """Leaves the last source unit as it is where there are several, and calls that done."""

    class Collect(CollectUnits):
        def do(self, context: Context) -> Outcome:
            found = super().do(context)
            if isinstance(found, Failed) or context.now.section != "modification":
                return found
            units = found.facts["units"]
            return Done({"units": units[:-1] if len(units) > 1 else units})

    skipped = {"verify-units": Nothing(), "run-tests": Nothing(), "await-tests": Nothing()}
    return wrong(surroundings, {"collect-units": Collect(), **skipped})


def leaves_a_destination_unit(surroundings: Surroundings) -> Subject:
    """On the way back does not terminate the destination units that it stopped."""
    return wrong(surroundings, {"verify-units": Nothing()}, change=without("terminate-destination-unit"))


def repeats_instantiations_blindly(surroundings: Surroundings) -> Subject:
    """Has a unit instantiated again when the answer was lost, without looking whether it is there."""

    class Instantiate(InstantiateUnit):
        def look_up(self, context: Context) -> Outcome | Absent:
            return Absent()

    return wrong(surroundings, {"instantiate-unit": Instantiate(), "verify-units": Nothing()})


def never_retries_a_unit(surroundings: Surroundings) -> Subject:
    """Turns back at once although the target says that an instantiation may be tried again."""

    def change(plan: Data) -> None:
        for name in ("instantiate-unit", "await-unit"):
            step_of(plan, name)["failure"]["transient"] = "rollback"

    return wrong(surroundings, change=change)
