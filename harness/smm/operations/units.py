"""Redundancy units of a target, replaced one by one (GR clause 5.3.2; Smm and Fun.016).

The steps of a repetition work on one item each: the unit to be replaced, and the unit that takes its place where that
is there already. On the way back the same steps replace units of the destination version. All operations look first
and do only what is left to do; what a unit knows is the entity's to synchronise, not the SMM's.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, ClassVar

from harness.clients.errors import Conflict, NotFound
from harness.clients.http import Body
from harness.smm.operations.base import Absent, Context, Done, Failed, Operation, Outcome, Waiting, sole
from harness.smm.operations.interfaces import AT_WORK, GRACEFUL_STOP, TO_WORK
from harness.smm.operations.testing import AwaitTests, RunTests

NEWS = frozenset({"RedundancyUnitOperationOccurrenceNotification", "RedundancyUnitNotification"})
BEGUN = frozenset({"STARTING", "PROCESSING"})
LET_IN = frozenset({"STARTED", "STARTING", "STOPPING"})


class CollectUnits(Operation):
    """Find the units of a version, what is to take the place of each where that is there, and what to tell new ones."""

    def do(self, context: Context) -> Outcome:
        units, version = context.target.redundancy_units.all(), context.version()
        there = {str(unit["id"]) for unit in units}
        found = [
            {"replaced": unit["id"], "replacement": unit.get("replaces") if unit.get("replaces") in there else None}
            for unit in units
            if unit.get("softwareVersion") == version
        ]
        if not there:
            return Failed("refused", f"{context.launch.target} is not composed of redundancy units")
        peers = [str(peer.get("peerEntityId")) for peer in context.target.information.peers()]
        # The last that was replaced is the first to go back.
        units = found[::-1] if context.parameter("newest-first") else found
        return Done({"units": units, "configuration": {"peers": peers}})


class InstantiateUnit(Operation):
    """Have a unit made that can take the place of another, its service interfaces locked."""

    references = ("resources",)

    def do(self, context: Context) -> Outcome:
        if there := context.step.item["replacement"]:
            return Done({"unitId": there})
        return Done({"redundancyUnitOpOccId": context.target.redundancy_units.instantiate(self.body(context))})

    def body(self, context: Context) -> Body:
        """The request."""
        return {
            "softwareVersion": context.version(),
            "replaces": context.step.item["replaced"],
            "resources": context.reserved(),
            "configuration": context.find("configuration") or {},
        }

    def look_up(self, context: Context) -> Outcome | Absent:
        taken, wanted = context.taken(), self.body(context)
        found = sole(
            [
                one["id"]
                for one in context.target.redundancy_units.occurrences()
                if one.get("operation") == "INSTANTIATE"
                and one.get("requestedBy") == context.name
                and all(one.get(name) == wanted[name] for name in ("softwareVersion", "replaces"))
                and one["id"] not in taken
            ],
            "instantiations",
        )
        if isinstance(found, Failed):
            return found
        return Absent() if found is None else Done({"redundancyUnitOpOccId": found})


class _Awaiting(Operation):
    """Something asked of a unit, the end of which the target tells; then, and after a time-out, one looks again."""

    def do(self, context: Context) -> Outcome:
        raise NotImplementedError

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("notificationType") not in NEWS:
            return None
        state, over = notification.get("operationState"), context.memory.setdefault("over", [])
        if notification.get("redundancyUnitOpOccId") in self.asked(context):
            if state == "FAILED":
                return _failed(context, notification)
            over += [notification["redundancyUnitOpOccId"]] if state == "COMPLETED" else []
        elif state is not None:
            return None
        # A look is worth it when all that was asked for is over, or a unit crashed.
        if state is not None and not set(self.asked(context)) <= set(over):
            return None
        outcome = self.do(context)
        return None if isinstance(outcome, Waiting) else outcome

    def ask(self, context: Context, unit: str, part: str, request: Callable[[], str]) -> None:
        """Ask for a change of a part of a unit, or wait for the one under way (as after a kill of the SMM)."""
        try:
            begun = request()
        except Conflict:
            occurrences = context.target.redundancy_units.occurrences()
            mine = [
                one for one in occurrences if one.get("redundancyUnitId") == unit and one.get("operationState") in BEGUN
            ]
            if not mine:
                raise
            begun = str(mine[-1]["id"])
        _asked(context)[part] = begun

    def asked(self, context: Context) -> list[str]:
        """The operation occurrences that this step waits for."""
        return list(_asked(context).values())

    def look_up(self, context: Context) -> Outcome:
        outcome = self.do(context)
        if isinstance(outcome, Waiting) and context.memory.get("looked"):
            return Failed("unknown", f"{context.launch.target} makes no progress with {context.step.operation}")
        context.memory["looked"] = True
        return outcome

    def wait(self, context: Context) -> Waiting:
        return Waiting(context.parameter("timeout", 120))


class AwaitUnit(_Awaiting):
    """Wait until the new unit is there, started, and locked."""

    references = ("of",)

    def do(self, context: Context) -> Outcome:
        made = context.fact(context.parameter("of"))
        if "unitId" in made:
            return Done({"unitId": made["unitId"]})
        return self.judge(context, context.notified.get(made["redundancyUnitOpOccId"], {}))

    def hear(self, context: Context, notification: Body) -> Outcome | None:
        if notification.get("redundancyUnitOpOccId") not in self.asked(context):
            return None
        outcome = self.judge(context, notification)
        return None if isinstance(outcome, Waiting) else outcome

    def asked(self, context: Context) -> list[str]:
        return [str(context.fact(context.parameter("of")).get("redundancyUnitOpOccId"))]

    def look_up(self, context: Context) -> Outcome:
        made = context.fact(context.parameter("of"))
        if "unitId" in made:
            return self.do(context)
        found = self.judge(context, context.target.redundancy_units.occurrence(made["redundancyUnitOpOccId"]))
        if isinstance(found, Waiting) and context.memory.get("looked"):
            return Failed("unknown", f"{context.launch.target} makes no progress with {context.step.operation}")
        context.memory["looked"] = True
        return found

    def judge(self, context: Context, told: Body) -> Outcome:
        """What the target says of the instantiation, and what the unit that came of it shows."""
        if told.get("operationState") == "FAILED":
            return _failed(context, told)
        if told.get("operationState") != "COMPLETED":
            return self.wait(context)
        unit = str(told["redundancyUnitId"])
        states = {_state(one) for one in context.target.redundancy_units.get(unit)["serviceInterfaces"]}
        if states != {("STARTED", "LOCKED")}:
            return Failed("failed", f"the service interfaces of redundancy unit {unit} are not locked: {states}")
        return Done({"unitId": unit, "made": unit})


class TestUnit(RunTests):
    """Have the tester verify the health of a new unit by itself; one that served before is not tested again."""

    __test__ = False
    references: ClassVar[tuple[str, ...]] = ("resources", "unit")

    def do(self, context: Context) -> Outcome:
        return super().do(context) if "made" in context.fact(context.parameter("unit")) else Done()

    def body(self, context: Context) -> Body:
        described = context.tester.tester.described(context.launch.target, context.version())
        suites = [suite["name"] for suite in described if suite.get("scope") != "SYSTEM"]
        unit = context.fact(context.parameter("unit"))["unitId"]
        return {**super().body(context), "suites": suites, "impacted": [], "redundancyUnitId": unit}


class AwaitUnitTests(AwaitTests):
    """Wait for the tester's verdict on a unit that it tests."""

    def do(self, context: Context) -> Outcome:
        return super().do(context) if "testRunId" in context.fact(context.parameter("of")) else Done()


class StartUnit(_Awaiting):
    """Start the service interface of a new unit towards impacted FEs, or towards impacted entities."""

    references = ("unit",)

    def do(self, context: Context) -> Outcome:
        unit = context.target.redundancy_units.get(context.fact(context.parameter("unit"))["unitId"])
        if unit.get("error"):
            return _crashed(unit)
        for one in unit["serviceInterfaces"]:
            if one["towards"] != context.parameter("towards"):
                continue
            state, asked = _state(one), _asked(context)
            if state == AT_WORK:
                return Done({"started": one["id"]})
            if state in TO_WORK and one["id"] not in asked:
                self.ask(
                    context, unit["id"], one["id"], partial(_change, context, unit["id"], one["id"], TO_WORK[state])
                )
            return self.wait(context)
        return Failed("failed", f"redundancy unit {unit['id']} has no interface towards {context.parameter('towards')}")


class StopUnit(_Awaiting):
    """Stop the unit that is replaced gracefully, once its replacement serves, and wait until it is shut down."""

    references = ("unit",)

    def do(self, context: Context) -> Outcome:
        service, asked = context.target.redundancy_units, _asked(context)
        replacement = service.get(context.fact(context.parameter("unit"))["unitId"])
        if replacement.get("error"):
            return _crashed(replacement)
        unit = service.get(context.step.item["replaced"])
        left = [one for one in unit["serviceInterfaces"] if _lets_in(one)]
        if not left:
            return Done({"stopped": unit["id"]})
        ready = [one["id"] for one in left if _state(one) == AT_WORK and one["id"] not in asked]
        if len(ready) == len(unit["serviceInterfaces"]) and not asked:
            self.ask(context, unit["id"], unit["id"], lambda: service.change_state(unit["id"], GRACEFUL_STOP))
        elif unit["id"] not in asked:
            for one in ready:
                self.ask(context, unit["id"], one, partial(_change, context, unit["id"], one, GRACEFUL_STOP))
        return self.wait(context)


class TerminateUnit(_Awaiting):
    """Terminate the unit that is shut down, and wait until it is gone."""

    def do(self, context: Context) -> Outcome:
        service, unit, asked = context.target.redundancy_units, context.step.item["replaced"], _asked(context)
        if unit not in asked:
            try:
                self.ask(context, unit, unit, lambda: service.terminate(unit, "GRACEFUL"))
            except NotFound:
                return Done({"terminated": unit})
            return self.wait(context)
        gone = all(one["id"] != unit for one in service.all())
        return Done({"terminated": unit}) if gone else self.wait(context)


class VerifyUnits(Operation):
    """Make sure before the commit that every unit runs the version that is committed, and serves."""

    def do(self, context: Context) -> Outcome:
        version = context.version()
        wrong = [
            str(unit["id"])
            for unit in context.target.redundancy_units.all()
            if unit.get("softwareVersion") != version or unit.get("error") or not all(map(_works, _interfaces(unit)))
        ]
        if wrong:
            return Failed("failed", f"redundancy units that do not serve in version {version}: {', '.join(wrong)}")
        return Done({"committed": version})


def _change(context: Context, unit: str, interface: str, request: Body) -> str:
    return context.target.redundancy_units.change_interface(unit, interface, request)


def _asked(context: Context) -> dict[str, str]:
    """What this step asked for: the operation occurrence for each thing."""
    found: dict[str, str] = context.memory.setdefault("asked", {})
    return found


def _failed(context: Context, told: Mapping[str, Any]) -> Failed:
    error = told.get("error") or {}
    said = error.get("detail") or error.get("title") or "no reason given"
    kind = "transient" if error.get("retryable") else "failed"
    return Failed(kind, f"{told.get('operation')} of a redundancy unit of {context.launch.target} failed: {said}")


def _crashed(unit: Body) -> Failed:
    return Failed("failed", f"redundancy unit {unit['id']} crashed: {unit['error'].get('detail')}")


def _interfaces(unit: Body) -> list[Body]:
    found: list[Body] = unit["serviceInterfaces"]
    return found


def _works(interface: Body) -> bool:
    return _state(interface) == AT_WORK


def _lets_in(interface: Body) -> bool:
    """Whether somebody may still be on it: it is neither shut down, nor was anybody ever let in."""
    operational, administrative = _state(interface)
    return operational in LET_IN and administrative != "LOCKED"


def _state(interface: Body) -> tuple[str, str]:
    state = interface.get("interfaceState") or {}
    return str(state.get("operationalState")), str(state.get("administrativeState"))
