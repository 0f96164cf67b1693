"""What really is there at an entity that functional entities manage: VNFs that run, compute resources (GR clause 5.9).

Whoever manages it brings instances up and takes them away; what it has then is the truth, whatever the books of its
manager say later on.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

from mocks.entities.core import Core
from mocks.entities.errors import Conflict
from mocks.entities.ports import Body
from mocks.entities.register import Register


@dataclass(frozen=True)
class ManagedInstance:
    """One thing that is there; `attributes` is what its manager has to know of it."""

    id: str
    kind: str
    manager: str
    attributes: Body


class ManagedInstances:
    """The instances of one managed entity."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._register: Register[ManagedInstance] = Register("managed instance")

    def list(self) -> list[Body]:
        return [_body(each) for each in self._register.all()]

    def get(self, id: str) -> Body:
        return _body(self._register.get(id))

    def put(self, id: str, request: Body, manager: str) -> Body:
        """Bring an instance up, or change it; Conflict when it belongs to another manager."""
        self._check_manager(id, manager)
        return _body(self._register.add(id, ManagedInstance(id, request["kind"], manager, request["attributes"])))

    def delete(self, id: str, manager: str) -> None:
        """Take an instance away; Conflict when it belongs to another manager."""
        self._register.get(id)
        self._check_manager(id, manager)
        self._register.take(id)

    def snapshot(self) -> Body:
        return {"instances": [asdict(each) for each in self._register.all()]}

    def revive(self, snapshot: Body) -> None:
        self._register.clear()
        for each in snapshot["instances"]:
            self._register.add(each["id"], ManagedInstance(**each))

    def _check_manager(self, id: str, manager: str) -> None:
        if id in self._register and self._register.get(id).manager != manager:
            owner = self._register.get(id).manager
            raise Conflict(f"{id} of {self._core.name} is managed by {owner}, not by {manager}")


def _body(instance: ManagedInstance) -> Body:
    return {**asdict(instance), "_links": {"self": {"href": f"/managed/v1/instances/{instance.id}"}}}
