"""Whether an entity is there at all: hosts on which instances of an entity come and go (GR clause 5.3.3).

An actor whose profile says `instantiated: false` is an empty host. It is instantiated with a software version, its
application started and locked and its service interfaces stopped (table 5.3.3.5-1, row 3), and can be terminated again
(row 14). While nothing is instantiated the host answers for nothing else but this and its restoration points, which
are kept outside of the instance (note 1).
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, Unprocessable
from mocks.entities.held_resources import HeldResources
from mocks.entities.information import Information
from mocks.entities.instance_operation import InstanceOperation
from mocks.entities.interruption import Interruptible, powers_offering
from mocks.entities.modification_announcements import ROOT, ModificationAnnouncements, announcements_of
from mocks.entities.modification_capability import capability
from mocks.entities.ports import Body
from mocks.entities.register import Register
from mocks.entities.restoration import RestorationPoints
from mocks.entities.service_instances import VERSIONS

OCCURRENCES = "/instance_op_occs"
NOTIFICATION = "InstanceOperationOccurrenceNotification"
TOLD = ("operation", "operationState", "percentage", "currentStep", "softwareVersion", "requestedBy")
ABSENT, PRESENT = "NOT_INSTANTIATED", "INSTANTIATED"


class Instantiation:
    """The instance on this host, and the operations that brought it or take it away."""

    operation_class: type[InstanceOperation] = InstanceOperation

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._operations: Register[InstanceOperation] = Register("instance occurrence")
        self.state = PRESENT if core.profile.get("instantiated", True) else ABSENT
        self.asked: Body = {}
        """The request that the present instance was made by; empty for one that was there from the beginning."""
        self.held = HeldResources(core.peers, (), {})
        self.announcements = announcements_of(core)

    @property
    def instantiated(self) -> bool:
        return self.state == PRESENT

    @property
    def configured_peers(self) -> tuple[str, ...]:
        """The peers that the instance was told of; none for one that was there from the beginning."""
        return tuple(self.asked.get("peers", ()))

    def instance(self) -> Body:
        """The instance on the wire."""
        asked = {name: self.asked.get(name) for name in ("replaces", "configuration")}
        shown = {name: value for name, value in asked.items() if value is not None}
        return {
            "id": self._core.name,
            "type": self._core.type,
            "instantiationState": self.state,
            "softwareVersion": self._core.software_version if self.instantiated else None,
            "resources": self._allocated(),
            "peers": list(self.configured_peers),
            **shown,
            "_links": {"self": {"href": f"{ROOT}/instance"}},
        }

    def instantiate(self, request: Body, requested_by: str) -> Body:
        """Accept an instantiation and return its occurrence.

        Conflict when an instance is there or an operation is in progress; Unprocessable for a version nobody delivered.
        """
        available = list(self._core.profile.get("softwareVersions", VERSIONS))
        if request["softwareVersion"] not in available:
            wanted = request["softwareVersion"]
            raise Unprocessable(f"software version {wanted} is not available; available: {', '.join(available)}")
        with self._lock:
            self._check_free()
            if self.instantiated:
                raise Conflict(f"{self._core.name} is {self.state}; terminate it first")
            needed = capability(self._core)["additionalResources"]["modification"]
            self.held = HeldResources(self._core.peers, request.get("resources", []), needed)
            return self._begun("INSTANTIATE", request, requested_by)

    def terminate(self, request: Body, requested_by: str) -> Body:
        """Accept a termination and return its occurrence.

        Conflict when there is no instance, while an operation is in progress, and for a GRACEFUL one while a service
        interface is not shut down yet.
        """
        with self._lock:
            self._check_free()
            if not self.instantiated:
                raise Conflict(f"{self._core.name} is {self.state}; there is nothing to terminate")
            if request["terminationType"] == "GRACEFUL":
                self._check_shut_down()
            return self._begun("TERMINATE", request, requested_by)

    def list(self) -> list[Body]:
        return [_body(operation) for operation in self._operations.all()]

    def get(self, id: str) -> Body:
        return _body(self._operations.get(id))

    def restored(self) -> None:
        """The entity was set back to a restoration point: whatever was done to the instance, it is there again."""
        self.state = PRESENT

    def interrupt(self, reason: str) -> None:
        """End an operation in progress as failed."""
        for operation in self._operations.all():
            operation.interrupt(reason)

    def snapshot(self) -> Body:
        return {
            "state": self.state,
            "asked": self.asked,
            "held": self.held.snapshot(),
            "operations": [operation.snapshot() for operation in self._operations.all()],
        }

    def revive(self, snapshot: Body) -> None:
        self.state, self.asked = snapshot["state"], snapshot["asked"]
        self.held.revive(snapshot["held"])
        self._operations.clear()
        for each in snapshot["operations"]:
            told = each["attributes"]
            operation = self._operation(told["operation"], told["operationParams"], told["requestedBy"])
            operation.revive(each)
            self._operations.add(operation.id, operation)

    def appear(self, request: Body) -> None:
        """The work of an instantiation is done: application started and locked, service interfaces stopped."""
        self.asked = dict(request)
        self.state = PRESENT
        if information := self._core.power(Information):
            information.start_locked()

    def vanish(self) -> None:
        """The work of a termination is done: nothing of the instance is left but its restoration points."""
        for _, power in powers_offering(self._core, Interruptible):
            if power is not self:
                power.interrupt(f"{self._core.name} was terminated")
        self.state, self.asked = ABSENT, {}
        kept = (Instantiation, ModificationAnnouncements, RestorationPoints)
        for power in dict.fromkeys(self._core.powers.values()):
            if not isinstance(power, kept):
                self._core.give(type(power)(self._core))

    def _check_free(self) -> None:
        if busy := next((each for each in self._operations.all() if each.in_progress), None):
            raise Conflict(f"{busy.operation} {busy.id} is {busy.state}; one operation at a time")

    def _check_shut_down(self) -> None:
        information = self._core.power(Information)
        if information and (running := information.not_shut_down()):
            raise Conflict(f"{', '.join(running)} of {self._core.name} not shut down; stop them first, or be FORCEFUL")

    def _begun(self, name: str, request: Body, requested_by: str) -> Body:
        operation = self._operation(name, request, requested_by)
        self._operations.add(operation.id, operation)
        self._heard(operation)
        self._core.clock.call_later(0, operation.begin)
        return _body(operation)

    def _operation(self, name: str, request: Mapping[str, Any], requested_by: str) -> InstanceOperation:
        return self.operation_class(self._core, self, name, dict(request), requested_by, self._heard)

    def _heard(self, operation: InstanceOperation) -> None:
        body = operation.body()
        told = {name: body[name] for name in TOLD}
        told |= {"instanceOpOccId": operation.id, "instantiationState": self.state}
        if body["error"]:
            told["error"] = body["error"]
        self.announcements.send(NOTIFICATION, told, {"instanceOpOcc": f"{OCCURRENCES}/{operation.id}"})

    def _allocated(self) -> Sequence[Body]:
        if self.held.allocation is None:
            return []
        provider, reservation, allocation = self.held.allocation
        return [{"provider": provider, "reservationId": reservation, "allocationId": allocation}]


def _body(operation: InstanceOperation) -> Body:
    return {**operation.body(), "_links": {"self": {"href": f"{ROOT}{OCCURRENCES}/{operation.id}"}}}
