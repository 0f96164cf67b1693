"""Reservations of virtualised resources and what is allocated out of them."""

from __future__ import annotations

from mocks.entities.errors import Conflict, NotFound
from mocks.entities.ports import Body
from mocks.entities.resource_amounts import Amounts, Pool, whole

PATH = "/vrm/v1/reservations"


class Reservation:
    """Resources set aside for a purpose; allocations take from them, whoever's they are."""

    def __init__(self, id: str, purpose: str, resources: Amounts, owner: str) -> None:
        self.id = id
        self._purpose = purpose
        self._owner = owner
        self._pool = Pool(f"reservation {id}", resources)
        self._allocations: dict[str, Body] = {}

    @property
    def resources(self) -> dict[str, int]:
        return self._pool.total

    def allocate(self, id: str, resources: Amounts, owner: str) -> Body:
        """Take resources out; raise InsufficientResources when less is left."""
        self._pool.take(id, resources)
        self._allocations[id] = {"id": id, "owner": owner, "resources": whole(resources)}
        return _copied(self._allocations[id])

    def release(self, id: str) -> None:
        """Give an allocation back; NotFound when there is none of this id."""
        if id not in self._allocations:
            raise NotFound(f"reservation {self.id} has no allocation {id}")
        del self._allocations[id]
        self._pool.give_back(id)

    def check_unused(self) -> None:
        """Raise Conflict while anything of it is allocated."""
        if self._allocations:
            holders = ", ".join(f"{each['id']} of {each['owner']}" for each in self._allocations.values())
            raise Conflict(f"reservation {self.id} is in use by allocations {holders}; release them first")

    def body(self) -> Body:
        return {
            "id": self.id,
            "purpose": self._purpose,
            "resources": dict(self._pool.total),
            "inUse": self._pool.used,
            "owner": self._owner,
            "allocations": [_copied(each) for each in self._allocations.values()],
            "_links": {"self": {"href": f"{PATH}/{self.id}"}},
        }

    @classmethod
    def of(cls, body: Body) -> Reservation:
        """The reservation that such a body describes, with its allocations."""
        made = cls(body["id"], body["purpose"], body["resources"], body["owner"])
        for each in body["allocations"]:
            made.allocate(each["id"], each["resources"], each["owner"])
        return made


def _copied(allocation: Body) -> Body:
    return {**allocation, "resources": dict(allocation["resources"])}
