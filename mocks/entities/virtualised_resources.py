"""The power to provide virtualised resources: a VIM's, and the NFVI's own (vrm/v1).

Capacity is counted: what is reserved, and what compute resources use beside the reservations, is taken; the rest is
available. Reservations and allocations are made at once; compute resources come and go by operations that take time.
"""

from __future__ import annotations

import copy
import threading

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.announcements import Announcements
from mocks.entities.core import Core
from mocks.entities.discovery import bring_about
from mocks.entities.errors import Conflict
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.reservations import Reservation
from mocks.entities.resource_amounts import Pool, whole
from mocks.entities.resource_operation import ComputeResource, ResourceOperation
from mocks.entities.virtual_networks import VirtualNetworks

ROOT = "/vrm/v1"
OCCURRENCES = "/vrm_op_occs"
NOTIFICATION = "VirtualisedResourceOperationOccurrenceNotification"
TOTAL = {"vcpu": 64, "memoryMiB": 262144, "storageGiB": 4096}
TOLD = ("operationState", "operation", "computeResourceId", "requestedBy")
FILTERS = {
    "notificationTypes": "notificationType",
    "operationStates": "operationState",
    "operations": "operation",
}


class VirtualisedResources:
    """The books of one provider of resources, and the operations that change what runs on them."""

    operation_type = "VRM"
    operation_class: type[ResourceOperation] = ResourceOperation

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.RLock()
        self._operations: Register[ResourceOperation] = Register("VRM operation occurrence")
        self.announcements = Announcements(core, ROOT, FILTERS)
        self._open_books()

    def _open_books(self) -> None:
        self._pool = Pool(self._core.name, self._core.profile.get("capacity", TOTAL))
        self._reservations: Register[Reservation] = Register("reservation")
        self._resources: Register[ComputeResource] = Register("compute resource")
        self.networks = VirtualNetworks(self._core)

    def capacity(self) -> Body:
        with self._lock:
            return {"total": self._pool.total, "available": self._pool.available}

    # Reservations

    def reserve(self, request: Body, owner: str) -> Body:
        """Set resources aside; raise InsufficientResources when less is available."""
        with self._lock:
            made = Reservation(self._core.ids.uuid(), request["purpose"], request["resources"], owner)
            self._pool.take(made.id, made.resources)
            return self._reservations.add(made.id, made).body()

    def list_reservations(self) -> list[Body]:
        with self._lock:
            return [each.body() for each in self._reservations.all()]

    def get_reservation(self, id: str) -> Body:
        with self._lock:
            return self._reservations.get(id).body()

    def cancel_reservation(self, id: str) -> None:
        """Make the reserved resources available again; Conflict while any of them is in use."""
        with self._lock:
            self._reservations.get(id).check_unused()
            self._reservations.take(id)
            self._pool.give_back(id)

    def allocate(self, reservation_id: str, request: Body, owner: str) -> Body:
        """Take resources out of a reservation; raise InsufficientResources when less of it is left."""
        with self._lock:
            reservation = self._reservations.get(reservation_id)
            return reservation.allocate(self._core.ids.uuid(), request["resources"], owner)

    def release(self, reservation_id: str, allocation_id: str) -> None:
        with self._lock:
            self._reservations.get(reservation_id).release(allocation_id)

    # Compute resources

    def list_compute_resources(self) -> list[Body]:
        return [each.body() for each in self._resources.all()]

    def get_compute_resource(self, id: str) -> Body:
        return self._resources.get(id).body()

    def create_compute_resource(self, request: Body, requested_by: str) -> Body:
        """Accept an ALLOCATE and return its occurrence; raise InsufficientResources when less is available."""
        with self._lock:
            amounts = whole(request["resources"])
            resource = ComputeResource(self._core.ids.uuid(), request["name"], requested_by, amounts)
            self._pool.take(resource.id, amounts)
            self._resources.add(resource.id, resource)
            operation = self._operation("ALLOCATE", resource, requested_by)
        return self._accepted(operation)

    def delete_compute_resource(self, id: str, requested_by: str) -> Body:
        """Accept a TERMINATE and return its occurrence; Conflict while another operation works on the resource."""
        with self._lock:
            resource = self._resources.get(id)
            busy = [each for each in self._operations.all() if each.in_progress and each.resource is resource]
            if busy:
                raise Conflict(f"{busy[0].operation} {busy[0].id} of compute resource {id} is in progress; wait for it")
            operation = self._operation("TERMINATE", resource, requested_by)
        return self._accepted(operation)

    def list_operations(self) -> list[Body]:
        return [_body(each) for each in self._operations.all()]

    def get_operation(self, id: str) -> Body:
        return _body(self._operations.get(id))

    def _operation(
        self, name: str, resource: ComputeResource, requested_by: str, snapshot: Body | None = None
    ) -> ResourceOperation:
        made = self.operation_class(self._core, name, resource, requested_by, self._heard, self._free)
        if snapshot is not None:
            made.revive(snapshot)
        return self._operations.add(made.id, made)

    def _accepted(self, operation: ResourceOperation) -> Body:
        self._heard(operation)
        self._admit(operation)
        return _body(operation)

    def _admit(self, operation: ResourceOperation) -> None:
        pending = PendingOperation(self.operation_type, operation.id, operation.operation, operation.requested_by)
        admission = self._core.power(OperationAdmission)
        if admission is None:
            self._start(operation)
        else:
            admission.admit(pending, lambda: self._start(operation), operation.give_back)

    def _start(self, operation: ResourceOperation) -> None:
        self._core.clock.call_later(0, operation.begin)

    def execute(self, occurrence_id: str) -> None:
        """Start the work of an operation that waits."""
        self._start(self._operations.get(occurrence_id))

    def give_back(self, occurrence_id: str) -> None:
        """End an operation that waits, unexecuted."""
        self._operations.get(occurrence_id).give_back()

    def _free(self, resource: ComputeResource) -> None:
        with self._lock:
            if resource.id in self._resources:
                self._resources.take(resource.id)
                self._pool.give_back(resource.id)

    def _heard(self, operation: ResourceOperation) -> None:
        body = operation.body()
        if body["operationState"] == "COMPLETED":
            resource = operation.resource
            left = copy.deepcopy(vars(resource)) if operation.operation == "ALLOCATE" else None
            bring_about(self._core, self.managed_kind, resource.id, left)
        told = {"opOccId": operation.id, **{name: body[name] for name in TOLD}}
        if body["error"]:
            told["error"] = body["error"]
        self.announcements.send(NOTIFICATION, told, {"vrmOpOcc": f"{OCCURRENCES}/{operation.id}"})

    # Being stopped by force and set back

    def interrupt(self, reason: str) -> None:
        """End all operations in progress as failed."""
        for operation in self._operations.all():
            operation.interrupt(reason)

    def capture(self) -> Body:
        """The books as they are: reservations with their allocations, compute resources."""
        with self._lock:
            resources = [copy.deepcopy(vars(each)) for each in self._resources.all()]
            books = {"reservations": self.list_reservations(), "computeResources": resources}
            return {**books, "networks": self.networks.capture()}

    def restore(self, captured: Body) -> None:
        """Open the books again as they were captured; what was reserved or allocated since is forgotten."""
        with self._lock:
            self._open_books()
            for body in captured["reservations"]:
                reservation = self._reservations.add(body["id"], Reservation.of(body))
                self._pool.take(reservation.id, reservation.resources)
            for attributes in captured["computeResources"]:
                resource = ComputeResource(**copy.deepcopy(attributes))
                self._resources.add(resource.id, resource)
                self._pool.take(resource.id, resource.resources)
            self.networks.restore(captured["networks"])

    # What runs at the managed entity

    managed_kind = "COMPUTE"

    def managed(self) -> dict[str, Body]:
        """The compute resources that run."""
        return {each.id: copy.deepcopy(vars(each)) for each in self._resources.all() if each.state == "STARTED"}

    def adopt(self, id: str, attributes: Body) -> None:
        with self._lock:
            if id in self._resources:
                self._free(self._resources.get(id))
            resource = ComputeResource(**copy.deepcopy(attributes))
            self._pool.take(id, resource.resources)
            self._resources.add(id, resource)

    def lose(self, id: str) -> None:
        self._free(self._resources.get(id))

    # Going over to another instance of the entity, and outliving the process

    def hand_over(self) -> Body:
        """The books, the operations and who hears of them, for another instance of the entity to go on with."""
        with self._lock:
            for operation in self._operations.all():
                operation.let_go()
            return self.snapshot()

    def take_over(self, state: Body) -> None:
        self.revive(state)
        admission = self._core.power(OperationAdmission)
        for operation in self._operations.all():
            operation.go_on()
            if operation.can("begin") and not (admission and admission.keeps(operation.id)):
                self._admit(operation)

    def snapshot(self) -> Body:
        """The books, and the operations with what else belongs to them."""
        with self._lock:
            operations = [operation.snapshot() for operation in self._operations.all()]
            return {**self.capture(), "operations": operations, "announcements": self.announcements.snapshot()}

    def revive(self, snapshot: Body) -> None:
        self.restore(snapshot)
        self._operations.clear()
        for each in snapshot["operations"]:
            asked = each["attributes"]
            named = asked["computeResourceId"]
            resource = self._resources.get(named) if named in self._resources else ComputeResource.gone(named)
            self._operation(asked["operation"], resource, asked["requestedBy"], each)
        self.announcements.revive(snapshot["announcements"])


def _body(operation: ResourceOperation) -> Body:
    path = f"{ROOT}{OCCURRENCES}/{operation.id}"
    resource = f"{ROOT}/compute_resources/{operation.resource.id}"
    return {**operation.body(), "_links": {"self": {"href": path}, "computeResource": {"href": resource}}}
