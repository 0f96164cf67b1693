"""The power of an entity to modify its own software, asked over nfvmanoswm/v1 (GR clause 5.2.2)."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence

from mocks.entities.admission import OperationAdmission
from mocks.entities.components import components_of
from mocks.entities.core import Core
from mocks.entities.errors import Conflict, Unprocessable
from mocks.entities.held_resources import HeldResources
from mocks.entities.logs import Logs
from mocks.entities.modification_announcements import ROOT, announcements_of
from mocks.entities.modification_capability import capability
from mocks.entities.modification_operation import TASKS, ModificationOperation
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.restoration import RestorationPoints

OCCURRENCES = "/software_modification_op_occs"
NOTIFICATION = "SoftwareModificationOperationOccurrenceNotification"
TOLD = (
    "operationState",
    "percentage",
    "currentStep",
    "result",
    "committed",
    "sourceSoftwareVersion",
    "destinationSoftwareVersion",
    "requestedBy",
)
CAPABILITY_OF_TASK = {"suspend": "suspendable", "undo": "undoable"}


class SoftwareModification:
    """Accepts one modification at a time, lets it be steered and committed, and tells subscribers of each turn."""

    operation_class: type[ModificationOperation] = ModificationOperation
    """What a modification consists of; an entity that does it differently derives and replaces it."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._operations: Register[ModificationOperation] = Register("software modification occurrence")
        self.announcements = announcements_of(core)

    def capability(self) -> Body:
        return capability(self._core)

    def create(self, request: Body, requested_by: str) -> Body:
        """Accept a modification (row 2) and return its occurrence.

        Raises Conflict while another is in progress, while a restoration runs, or when the destination version runs
        already; Unprocessable for a version, a handling or a restoration point that the entity does not know.
        """
        handling = request.get("operationHandling", {})
        self._check_can_be_done(request, handling)
        with self._lock:
            self._check_nothing_else_runs(request)
            needed = self.capability()["additionalResources"]["modification"]
            held = HeldResources(self._core.peers, request.get("resources", []), needed)
            operation = self.operation_class(self._core, request, held, requested_by, self._heard)
            self._operations.add(operation.id, operation)
            if admission := self._core.power(OperationAdmission):
                admission.modification_began(handling)
            self._heard(operation)
        self._core.clock.call_later(0, operation.begin)
        return self._body(operation)

    def list(self) -> list[Body]:
        return [self._body(operation) for operation in self._operations.all()]

    def get(self, id: str) -> Body:
        return self._body(self._operations.get(id))

    def task(self, id: str, task: str, resources: Sequence[Body] = ()) -> None:
        """Do what the task ("suspend", "resume", "undo") asks of an occurrence; Conflict when it cannot be now.

        `resources` are the reservations that it may use from then on, when it is to be others than before.
        """
        operation = self._operations.get(id)
        needed = CAPABILITY_OF_TASK.get(task)
        if needed and not self.capability()[needed]:
            raise Conflict(f"{self._core.name} offers no {task}: its capability says {needed} false")
        if task == "suspend":
            operation.suspend()
        else:
            {"resume": operation.resume, "undo": operation.undo}[task](resources)

    def commit(self, id: str) -> Body:
        """Make the outcome final; Conflict unless it COMPLETED or was ROLLED_BACK and is not committed yet."""
        operation = self._operations.get(id)
        operation.commit()
        return self._body(operation)

    @property
    def in_progress(self) -> ModificationOperation | None:
        return next((operation for operation in self._operations.all() if operation.in_progress), None)

    def uses_restoration_point(self, id: str) -> bool:
        """Whether a modification in progress counts on this restoration point."""
        operation = self.in_progress
        return operation is not None and operation.restoration_point == id

    def interrupt(self, reason: str) -> None:
        """End the modification in progress as failed (the entity is stopped by force)."""
        if operation := self.in_progress:
            operation.interrupt(reason)

    def snapshot(self) -> Body:
        return {"operations": [operation.snapshot() for operation in self._operations.all()]}

    def revive(self, snapshot: Body) -> None:
        self._operations.clear()
        for each in snapshot["operations"]:
            asked, held = each["attributes"], HeldResources(self._core.peers, (), {})
            operation = self.operation_class(self._core, asked, held, asked["requestedBy"], self._heard)
            operation.revive(each)
            self._operations.add(operation.id, operation)

    def _check_can_be_done(self, request: Body, handling: Mapping[str, str]) -> None:
        offered = self.capability()
        if offered["support"] == "REDUNDANCY_UNITS":
            raise Conflict(f"{self._core.name} has no internal support; modify its redundancy units one by one")
        if offered["support"] == "COMPONENTS" and "component" not in request:
            raise Conflict(f"{self._core.name} consists of components; modify them one by one")
        if "component" in request and components_of(self._core) is None:
            raise Unprocessable(f"{self._core.name} does not consist of components")
        wanted, available = request["destinationSoftwareVersion"], offered["availableSoftwareVersions"]
        if wanted not in available:
            raise Unprocessable(f"software version {wanted} is not available; available: {', '.join(available)}")
        for operation_type, action in handling.items():
            possible = offered["operationHandling"].get(operation_type, {}).get("parallel", [])
            if action not in possible:
                there = ", ".join(possible) or "nothing"
                raise Unprocessable(f"{operation_type} cannot be handled by {action}; possible: {there}")
        point = request.get("restorationPointId")
        points = self._core.power(RestorationPoints)
        if point is not None and (points is None or not points.knows(point)):
            raise Unprocessable(f"there is no restoration point {point}")

    def _check_nothing_else_runs(self, request: Body) -> None:
        if operation := self.in_progress:
            raise Conflict(f"software modification {operation.id} is {operation.state}; one at a time")
        points = self._core.power(RestorationPoints)
        if points is not None and points.restoring:
            raise Conflict(f"{self._core.name} is being restored; ask again once that is over")
        destination, components = request["destinationSoftwareVersion"], components_of(self._core)
        running = components.version(request["component"]) if components else self._core.software_version
        if destination == running:
            raise Conflict(f"software version {destination} runs already; there is nothing to modify")
        if components:
            self._check_recovery(destination, request["component"])

    def _check_recovery(self, destination: str, component: str) -> None:
        """What is not offered is refused: a way back, and a second try of what was taken back (clause 5.3.6.2)."""
        offered = self.capability()["recovery"]
        before = [one for one in self._operations.all() if one.component == component]
        left = {one.source for one in before if one.state == "COMPLETED"}
        if destination in left and "ROLLBACK" not in offered:
            raise Conflict(f"{self._core.name} offers no software rollback of {component}")
        tried = {one.destination for one in before if one.state == "ROLLED_BACK"}
        if destination in tried and "RETRY" not in offered:
            raise Conflict(f"{self._core.name} offers no retry for {component}")

    def _heard(self, operation: ModificationOperation) -> None:
        self._tell_admission(operation)
        body = operation.body()
        if logs := self._core.power(Logs):
            logs.record(f"software modification {operation.id} {operation.state} {body['percentage']} %")
        told = {name: body[name] for name in TOLD}
        told |= {"softwareModificationOpOccId": operation.id, "softwareVersion": self._core.software_version}
        told |= {name: body[name] for name in ("error", "assistance", "component") if body.get(name)}
        self.announcements.send(NOTIFICATION, told, {"softwareModificationOpOcc": f"{OCCURRENCES}/{operation.id}"})

    def _tell_admission(self, operation: ModificationOperation) -> None:
        admission = self._core.power(OperationAdmission)
        if admission is None:
            return
        if operation.state == "SUSPENDED":
            admission.modification_suspended()
        elif operation.in_progress:
            admission.modification_resumed()
        else:
            admission.modification_ended()

    def _body(self, operation: ModificationOperation) -> Body:
        path = f"{ROOT}{OCCURRENCES}/{operation.id}"
        possible = {task: {"href": f"{path}/{task}"} for task in TASKS if operation.can(task)}
        body = operation.body()
        if operation.committable:
            possible["commit"] = {"href": f"{path}/commit"}
        return {**body, "_links": {"self": {"href": path}, **possible}}
