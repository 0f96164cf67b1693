"""The power of an entity to be composed of redundancy units that others manage (GR clause 5.3.2; Fun.015, Fun.016).

The entity answers at its one address as long as one unit serves. `profile["redundancyUnits"]` is how many it has at
first; without it the entity is of one piece, and has no units to be managed.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Sequence
from typing import Any

from mocks.entities.core import Core
from mocks.entities.deployment import run_version
from mocks.entities.errors import Conflict, NotFound, StepFailed, Unprocessable
from mocks.entities.held_resources import HeldResources
from mocks.entities.modification_announcements import ROOT, announcements_of
from mocks.entities.modification_capability import capability
from mocks.entities.occurrence import problem_of
from mocks.entities.ports import Body
from mocks.entities.redundancy_unit import RedundancyUnit
from mocks.entities.redundancy_unit_operation import KIND, Turn, UnitOperation
from mocks.entities.register import Register
from mocks.entities.runner import Step, nothing

UNITS = "/redundancy_units"
OCCURRENCES = "/redundancy_unit_op_occs"
OPERATION_NEWS = "RedundancyUnitOperationOccurrenceNotification"
UNIT_NEWS = "RedundancyUnitNotification"
FUNCTIONAL = frozenset({"NFVO", "VNFM", "VIM", "WIM", "CISM"})
TOLD = ("operation", "operationState", "redundancyUnitId", "softwareVersion", "requestedBy")


class RedundancyUnits:
    """Instantiates, starts, stops and terminates units, and tells subscribers of each turn."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.RLock()
        self._units: Register[RedundancyUnit] = Register("redundancy unit")
        self._operations: Register[UnitOperation] = Register("redundancy unit operation occurrence")
        self.announcements = announcements_of(core)
        for _ in range(int(core.profile.get("redundancyUnits", 0))):
            self._add(RedundancyUnit(core.ids.uuid(), core.software_version, self._nothing_held(), "UNLOCKED", None))

    # What others ask for

    def list(self) -> list[Body]:
        return [_body(unit) for unit in self._units.all()]

    def get(self, id: str) -> Body:
        return _body(self._units.get(id))

    def occurrences(self) -> Sequence[Body]:
        return [_occurrence(operation) for operation in self._operations.all()]

    def occurrence(self, id: str) -> Body:
        return _occurrence(self._operations.get(id))

    def instantiate(self, request: Body, requested_by: str) -> Body:
        """Begin to make a unit, its service interfaces locked (row 3), and return the occurrence.

        Conflict for an entity that is of one piece; Unprocessable for a version or a unit to replace that is not there.
        """
        offered = capability(self._core)
        version, replaces = request["softwareVersion"], request.get("replaces")
        if not self._units:
            raise Conflict(f"{self._core.name} is not composed of redundancy units")
        if version not in offered["availableSoftwareVersions"]:
            there = ", ".join(offered["availableSoftwareVersions"])
            raise Unprocessable(f"software version {version} is not available; available: {there}")
        if replaces is not None and replaces not in self._units:
            raise Unprocessable(f"there is no redundancy unit {replaces} that could be replaced")
        needed = offered["additionalResources"]["modification"]
        held = HeldResources(self._core.peers, request.get("resources", []), needed)
        unit = RedundancyUnit(self._core.ids.uuid(), version, held, "LOCKED", replaces)
        return self._start("INSTANTIATE", unit, {"requestedBy": requested_by, "replaces": replaces})

    def change_state(self, id: str, request: Body, requested_by: str, interface: str | None = None) -> Body:
        """Begin to change the state of a unit, or of one of its interfaces; Conflict when it cannot be done now."""
        unit = self._units.get(id)
        if interface is not None and interface not in unit.interfaces:
            raise NotFound(f"redundancy unit {id} has no service interface {interface}")
        asked = {"requestedBy": requested_by, "serviceInterfaceId": interface, "stateChange": request}
        if unit.error:
            raise Conflict(f"redundancy unit {id} crashed; it can only be terminated")
        with self._lock:
            self._turn(unit, asked).begin()
        return self._start("CHANGE_STATE", unit, asked)

    def terminate(self, id: str, request: Body, requested_by: str) -> Body:
        """Begin to remove a unit; gracefully only one that serves nobody any more (Conflict)."""
        unit, kind = self._units.get(id), request["terminationType"]
        with self._lock:
            if kind == "GRACEFUL" and not unit.idle:
                raise Conflict(f"redundancy unit {id} is {unit.operational}_{unit.administrative}; shut it down first")
            if any(one.unit is unit and one.in_progress for one in self._operations.all()):
                raise Conflict(f"another operation of redundancy unit {id} is in progress")
            return self._start("TERMINATE", unit, {"requestedBy": requested_by, "terminationType": kind})

    # Whom the entity serves

    def serves(self, actor: str = "") -> bool:
        """Whether any unit serves this actor (any user, when it is unknown) now; one of one piece needs none."""
        return not self._units or any(unit.serves(self._towards(actor)) for unit in self._units.all())

    def interrupt(self, reason: str) -> None:
        """End all operations under way as failed."""
        for operation in self._operations.all():
            operation.interrupt(reason)

    def capture(self) -> Body:
        return {"units": [unit.snapshot() for unit in self._units.all()]}

    def restore(self, captured: Body) -> None:
        """The units of the point are there again, and no other."""
        kept = {each["id"] for each in captured["units"]}
        for unit in self._units.all():
            if unit.id not in kept:
                unit.held.abandon()
        self._revive_units(captured)

    def snapshot(self) -> Body:
        return {**self.capture(), "operations": [operation.snapshot() for operation in self._operations.all()]}

    def revive(self, snapshot: Body) -> None:
        self._revive_units(snapshot)
        self._operations.clear()
        for each in snapshot["operations"]:
            known = each["unit"]["id"]
            there = known in self._units
            unit = self._units.get(known) if there else RedundancyUnit.revived(self._core.peers, each["unit"])
            asked = {name: value for name, value in each["attributes"].items() if name in _ASKED}
            operation = self._operation(asked.pop("operation"), unit, asked)
            operation.revive(each)
            self._operations.add(operation.id, operation)

    # The work

    def _start(self, name: str, unit: RedundancyUnit, asked: Body) -> Body:
        operation = self._operation(name, unit, asked)
        self._operations.add(operation.id, operation)
        self._heard(operation)
        self._core.clock.call_later(0, operation.begin)
        return self.occurrence(operation.id)

    def _operation(self, name: str, unit: RedundancyUnit, asked: Body) -> UnitOperation:
        make = {"INSTANTIATE": self._instantiation, "CHANGE_STATE": self._change, "TERMINATE": self._termination}[name]
        steps, finishing, breaking = make(unit, asked)
        operation = UnitOperation(self._core, unit, steps, {"operation": name, **asked}, self._heard)
        operation.finishing, operation.breaking = finishing, breaking
        return operation

    def _instantiation(self, unit: RedundancyUnit, _asked: Body) -> Work:
        def take_back() -> None:
            self._units.take_all(lambda each: each is unit)
            unit.held.abandon()

        steps = [
            Step("prepare", unit.held.acquire),
            Step("deploy", lambda: self._add(unit)),
            Step("synchronise", lambda: self.synchronise(unit, unit.replaces)),
        ]
        return steps, nothing, take_back

    def _change(self, unit: RedundancyUnit, asked: Body) -> Work:
        turn = self._turn(unit, asked)

        def finish() -> None:
            served = unit.serves()
            turn.end("done")
            if not served and unit.serves():
                self._core.gate.enter(f"{KIND}/serve", nothing, lambda error: self._crashed(unit, error))

        work = {"hand-over": lambda: self.hand_over(unit)}
        steps = [Step(name, work.get(name, nothing)) for name in turn.names()]
        return steps, finish, lambda: turn.end("failed")

    def _termination(self, unit: RedundancyUnit, _asked: Body) -> Work:
        return [Step("remove", lambda: self.remove(unit))], nothing, nothing

    def synchronise(self, unit: RedundancyUnit, source: str | None) -> None:
        """A new unit gets the state of the unit that it is to replace."""
        unit.synchronised_from = source

    def hand_over(self, unit: RedundancyUnit) -> None:
        """Nobody uses the unit any more: what it knows goes to whoever replaces it, or is left."""
        if any(state.at_work for state in unit.interfaces.values()):
            return
        others = [each for each in self._units.all() if each is not unit and each.serves()]
        heir = next((each for each in others if each.replaces == unit.id), None) or next(iter(others), None)
        if heir is not None:
            self.synchronise(heir, unit.id)

    def remove(self, unit: RedundancyUnit) -> None:
        """The unit is gone; the place of one that was replaced is that of its replacement now."""
        self._units.take_all(lambda each: each is unit)
        for each in (unit, *[other for other in self._units.all() if other.replaces == unit.id]):
            each.held.release()
        self._follow_version()

    def _add(self, unit: RedundancyUnit) -> None:
        self._units.add(unit.id, unit)
        self._follow_version()

    def _follow_version(self) -> None:
        """The entity reports a version once all its units run it; while they differ, the one from before."""
        versions = {unit.software_version for unit in self._units.all() if unit.error is None}
        if len(versions) == 1 and (version := versions.pop()) != self._core.software_version:
            run_version(self._core, version)

    def _crashed(self, unit: RedundancyUnit, error: Exception) -> None:
        unit.crash(problem_of(StepFailed(str(error)), "The redundancy unit crashed"))
        body = unit.body()
        told = {"redundancyUnitId": unit.id, "softwareVersion": unit.software_version, "error": body["error"]}
        states = {name: body["unitState"][name] for name in ("operationalState", "administrativeState")}
        self.announcements.send(UNIT_NEWS, {**told, **states}, {"redundancyUnit": f"{UNITS}/{unit.id}"})

    def _heard(self, operation: UnitOperation) -> None:
        body, unit = operation.body(), operation.unit
        told = {name: body[name] for name in TOLD}
        told |= {"redundancyUnitOpOccId": operation.id}
        told |= {"operationalState": unit.operational, "administrativeState": unit.administrative}
        if body["error"]:
            told["error"] = body["error"]
        self.announcements.send(OPERATION_NEWS, told, {"redundancyUnitOpOcc": f"{OCCURRENCES}/{operation.id}"})

    def _turn(self, unit: RedundancyUnit, asked: Body) -> Turn:
        named = asked["serviceInterfaceId"]
        return Turn([unit.interfaces[named]] if named else list(unit.interfaces.values()), asked["stateChange"])

    def _towards(self, actor: str) -> str | None:
        """Whom an actor counts among, by the peers of the profile; None when it is none of them."""
        for peer in self._core.profile.get("peers", ()):
            name, kind = (
                (peer, re.sub(r"[-_]?\d+$", "", peer)) if isinstance(peer, str) else (peer["name"], peer["type"])
            )
            if name == actor:
                return "IMPACTED_FE" if kind.upper() in FUNCTIONAL else "IMPACTED_ENTITY"
        return None

    def _nothing_held(self) -> HeldResources:
        return HeldResources(self._core.peers, (), {})

    def _revive_units(self, snapshot: Body) -> None:
        self._units.clear()
        for each in snapshot["units"]:
            self._units.add(each["id"], RedundancyUnit.revived(self._core.peers, each))


Work = tuple[list[Step], Callable[[], Any], Callable[[], Any]]
_ASKED = ("operation", "requestedBy", "replaces", "serviceInterfaceId", "stateChange", "terminationType")


def _body(unit: RedundancyUnit) -> Body:
    path = f"{ROOT}{UNITS}/{unit.id}"
    tasks = {"changeState": f"{path}/change_state", "terminate": f"{path}/terminate"}
    return {**unit.body(), "_links": {name: {"href": href} for name, href in {"self": path, **tasks}.items()}}


def _occurrence(operation: UnitOperation) -> Body:
    links = {"self": f"{ROOT}{OCCURRENCES}/{operation.id}", "redundancyUnit": f"{ROOT}{UNITS}/{operation.unit.id}"}
    return {**operation.body(), "_links": {name: {"href": href} for name, href in links.items()}}
