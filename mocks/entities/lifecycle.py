"""Lifecycle management of NS (SOL 005) and VNF (SOL 003) alike: an entity's instances, and operations on them."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from mocks.entities.admission import OperationAdmission, PendingOperation
from mocks.entities.announcements import Announcements
from mocks.entities.core import Core
from mocks.entities.discovery import bring_about
from mocks.entities.errors import Conflict
from mocks.entities.lifecycle_dialect import Dialect
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_occurrence import Asked, LifecycleOccurrence
from mocks.entities.lifecycle_operations import Operation
from mocks.entities.lifecycle_orders import Members, Order, Provider
from mocks.entities.ports import Body
from mocks.entities.register import Register

FILTERS = {
    "notificationTypes": "notificationType",
    "operationTypes": "operation",
    "operationStates": "operationState",
}


class Lifecycle(ABC):
    """The instances of an entity and the operations on them."""

    dialect: ClassVar[Dialect]
    member_name: ClassVar[str]

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._instances: Register[Instance] = Register(f"{self.dialect.prefix.upper()} instance")
        self._occurrences: Register[LifecycleOccurrence] = Register("operation occurrence")
        self._announcements = Announcements(core, self.dialect.root, FILTERS)
        self.subscriptions = self._announcements.subscriptions
        self._take_over(core.profile.get("runs", ()))

    @property
    def operation_type(self) -> str:
        return self.dialect.type

    def create(self, request: Body, requested_by: str) -> Body:
        """Make an instance, not instantiated."""
        instance = Instance(self._core.ids.uuid(), self.identity(request), self._members())
        self._instances.add(instance.id, instance)
        self._announce_identifier(instance.id, "Creation", requested_by)
        return self._shown(instance)

    def list(self) -> Sequence[Body]:
        return [self._shown(instance) for instance in self._instances.all()]

    def get(self, id: str) -> Body:
        return self._shown(self._instances.get(id))

    def delete(self, id: str, requested_by: str) -> None:
        """Forget an instance; Conflict while it is instantiated or an operation on it has not ended."""
        with self._lock:
            instance = self._idle(id)
            if instance.instantiated:
                raise Conflict(f"{id} is INSTANTIATED; terminate it first")
            self._instances.take(id)
        self._announce_identifier(id, "Deletion", requested_by)

    def start(self, id: str, task: str, params: Body, requested_by: str) -> str:
        """Start an operation and return its occurrence's id; Conflict when the instance is busy or in another state."""
        operation = self.dialect.operation(task)
        with self._lock:
            instance = self._idle(id)
            if operation.needs not in (None, instance.state):
                raise Conflict(f"{operation.name} needs {operation.needs}, but {id} is {instance.state}")
            before, after = instance.members.size, operation.size(instance, params, self._core.profile)
            asked = Asked(operation, params, requested_by, before, after, self.orders(instance, operation, params))
            occurrence = LifecycleOccurrence(self._core, self.dialect, instance, asked, self._announce)
            self._occurrences.add(occurrence.id, occurrence)
            instance.busy_with = occurrence.id
        self._announce(occurrence)
        self._core.clock.call_later(0, lambda: self._admit(occurrence, requested_by))
        return occurrence.id

    def occurrences(self) -> Sequence[Body]:
        return [occurrence.body() for occurrence in self._occurrences.all()]

    def occurrence(self, id: str) -> Body:
        return self._occurrences.get(id).body()

    def again(self, id: str, task: str) -> None:
        """Take up an operation that broke: retry, rollback, or for an NS continue; Conflict unless FAILED_TEMP."""
        self._occurrences.get(id).again(task)

    def fail(self, id: str) -> Body:
        occurrence = self._occurrences.get(id)
        occurrence.fail()
        return occurrence.body()

    def cancel(self, id: str, mode: str) -> None:
        self._occurrences.get(id).cancel(mode)

    def interrupt(self, reason: str) -> None:
        """End all work under way (GR clause 5.9): it can be tried again or rolled back; what has not begun is over."""
        for occurrence in self._occurrences.all():
            if occurrence.can("cancel") and not occurrence.gone:
                occurrence.stop(reason)

    def capture(self) -> Body:
        """The instances, and which occurrences there were."""
        return {
            "instances": {instance.id: instance.snapshot() for instance in self._instances.all()},
            "occurrences": [occurrence.id for occurrence in self._occurrences.all()],
        }

    def restore(self, captured: Body) -> None:
        """Back to what was captured; instances and occurrences that came since are forgotten."""
        before: Mapping[str, Any] = captured["instances"]
        self._instances.take_all(lambda instance: instance.id not in before)
        for name, state in before.items():
            self._found(name).restore(state)
        self._occurrences.take_all(lambda occurrence: occurrence.id not in captured["occurrences"])
        self._claim_instances()

    @property
    def managed_kind(self) -> str:
        return self.dialect.prefix.upper()

    def managed(self) -> dict[str, Body]:
        """The instances that are instantiated."""
        return {each.id: each.snapshot() for each in self._instances.all() if each.instantiated}

    def adopt(self, id: str, attributes: Body) -> None:
        self._found(id).revive(attributes)

    def lose(self, id: str) -> None:
        lost = self._instances.get(id)
        lost.revive({**lost.snapshot(), "instantiated": False, "info": {}, "members": []})

    def snapshot(self) -> Body:
        """The instances and operations, and who hears of them."""
        with self._lock:
            return {
                "occurrences": [occurrence.snapshot() for occurrence in self._occurrences.all()],
                "instances": {instance.id: instance.snapshot() for instance in self._instances.all()},
                "announcements": self._announcements.snapshot(),
            }

    def revive(self, snapshot: Body) -> None:
        self._instances.clear()
        for name, state in snapshot["instances"].items():
            self._instances.add(name, Instance(name, {}, self._members())).revive(state)
        self._occurrences.clear()
        for each in snapshot["occurrences"]:
            occurrence = self._revived(each)
            self._occurrences.add(occurrence.id, occurrence)
        self._claim_instances()
        self._announcements.revive(snapshot["announcements"])

    def hand_over(self) -> Body:
        """The instances, the operations and who hears of them, for another instance of the entity to go on with."""
        with self._lock:
            for occurrence in self._occurrences.all():
                occurrence.let_go()
        return self.snapshot()

    def take_over(self, state: Body) -> None:
        self.revive(state)
        for occurrence in self._occurrences.all():
            occurrence.go_on()
            if occurrence.can("begin") and not self._waits(occurrence.id):
                consumer = str(occurrence.attribute("requestedBy"))
                self._core.clock.call_later(0, partial(self._admit, occurrence, consumer))

    def execute(self, occurrence_id: str) -> None:
        """Start the work of an operation that waits."""
        self._occurrences.get(occurrence_id).begin()

    def give_back(self, occurrence_id: str) -> None:
        """End an operation that waits, unexecuted."""
        self._occurrences.get(occurrence_id).give_back()

    @abstractmethod
    def identity(self, request: Body) -> Body:
        """The attributes an instance is created with, from the request."""

    @abstractmethod
    def provider(self) -> Provider:
        """Who provides what instances are made of."""

    @abstractmethod
    def attributes(self, instance: Instance) -> Body:
        """The attributes that depend on the state of the instance."""

    def orders(self, instance: Instance, operation: Operation, params: Body) -> Mapping[str, Order]:  # noqa: ARG002
        """What steps of an operation order besides the members; by default nothing."""
        return {}

    def _take_over(self, names: Iterable[str]) -> None:
        """Manage what was there before the lab began."""
        for name in names:
            info = {"flavourId": "default", "vnfState": "STARTED"}
            self._instances.add(name, Instance(name, self.found(name), self._members(), True, info))

    def found(self, name: str) -> Body:
        """The attributes of an instance that was there before the lab began."""
        return self.identity({"vnfdId": f"{name}-1.0.0", "vnfInstanceName": name})

    def _members(self) -> Members:
        return Members(self.provider(), lambda: f"{self.member_name}-{self._core.ids.uuid()}")

    def _found(self, id: str) -> Instance:
        """The instance of this id, made when there is none."""
        there = id in self._instances
        return self._instances.get(id) if there else self._instances.add(id, Instance(id, {}, self._members()))

    def _claim_instances(self) -> None:
        for occurrence in self._occurrences.all():
            if not occurrence.ended:
                occurrence.instance.busy_with = occurrence.id

    def _revived(self, snapshot: Body) -> LifecycleOccurrence:
        told, named = snapshot["attributes"], snapshot["instance"]
        # An instance that was deleted since is still named by its operations, which have ended.
        there = named in self._instances
        instance = self._instances.get(named) if there else Instance(named, {}, self._members())
        operation = next(each for each in self.dialect.operations if each.name == told["operation"])
        params = told["operationParams"]
        orders = self.orders(instance, operation, params)
        asked = Asked(operation, params, told["requestedBy"], snapshot["before"], snapshot["after"], orders)
        occurrence = LifecycleOccurrence(self._core, self.dialect, instance, asked, self._announce)
        occurrence.revive(snapshot)
        return occurrence

    def _idle(self, id: str) -> Instance:
        instance = self._instances.get(id)
        if instance.busy_with:
            raise Conflict(f"{id} is busy: operation occurrence {instance.busy_with} has not ended")
        return instance

    def _admit(self, occurrence: LifecycleOccurrence, consumer: str) -> None:
        admission = self._core.power(OperationAdmission)
        if admission is None:
            occurrence.begin()
            return
        pending = PendingOperation(self.operation_type, occurrence.id, occurrence.operation.name, consumer)
        admission.admit(pending, occurrence.begin, occurrence.give_back)

    def _waits(self, occurrence_id: str) -> bool:
        admission = self._core.power(OperationAdmission)
        return admission is not None and admission.keeps(occurrence_id)

    def _shown(self, instance: Instance) -> Body:
        own = f"{self.dialect.root}/{self.dialect.instances}/{instance.id}"
        tasks = [operation.task for operation in self.dialect.operations if operation.needs == instance.state]
        links = {task: {"href": f"{own}/{task}"} for task in tasks}
        return {
            "id": instance.id,
            **instance.identity,
            **self.attributes(instance),
            "_links": {"self": {"href": own}, **links},
        }

    def _announce(self, occurrence: LifecycleOccurrence) -> None:
        told = occurrence.body()
        if told["operationState"] == "COMPLETED":
            left = occurrence.instance.snapshot() if occurrence.instance.instantiated else None
            bring_about(self._core, self.managed_kind, occurrence.instance.id, left)
        ongoing = told["operationState"] in ("STARTING", "PROCESSING", "ROLLING_BACK")
        names = (
            "operationState",
            self.dialect.instance_id,
            "operation",
            "isAutomaticInvocation",
            "requestedBy",
            "error",
        )
        attributes = {name: told[name] for name in names if name in told}
        self._announcements.send(
            f"{self.dialect.prefix}LcmOperationOccurrenceNotification",
            {
                "notificationStatus": "START" if ongoing else "RESULT",
                self.dialect.occurrence_id: occurrence.id,
                **attributes,
            },
            {
                self.dialect.instance_link: f"/{self.dialect.instances}/{occurrence.instance.id}",
                self.dialect.occurrence_link: f"/{self.dialect.occurrences}/{occurrence.id}",
            },
        )

    def _announce_identifier(self, id: str, event: str, requested_by: str) -> None:
        self._announcements.send(
            f"{self.dialect.prefix}Identifier{event}Notification",
            {self.dialect.instance_id: id, "requestedBy": requested_by},
            {self.dialect.instance_link: f"/{self.dialect.instances}/{id}"},
        )
