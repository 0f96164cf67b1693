"""How an entity and what it manages come to agree: told of changes in daily life, discovered after a fallback.

The actor that `profile["managed"]` names is the managed entity (managed/v1). An entity without one manages nothing that
could differ from its books.
"""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.interruption import powers_offering
from mocks.entities.ports import Body

INSTANCES = "/managed/v1/instances"


@runtime_checkable
class Reconcilable(Protocol):
    """A power with books about things that really exist somewhere else."""

    @property
    def managed_kind(self) -> str:
        """What the managed entity calls such a thing."""
        ...

    def managed(self) -> dict[str, Body]:
        """What should be there by the books: attributes by identifier."""
        ...

    def adopt(self, id: str, attributes: Body) -> None:
        """Enter what is there, new or other than the books say."""
        ...

    def lose(self, id: str) -> None:
        """Strike out what is not there any more."""
        ...


def bring_about(core: Core, kind: str, id: str, attributes: Body | None) -> None:
    """Have the managed entity be as an operation left it; None: nothing of the instance is left."""
    managed = core.profile.get("managed")
    if not managed:
        return
    method, body = ("DELETE", None) if attributes is None else ("PUT", {"kind": kind, "attributes": attributes})

    def tell() -> None:
        core.peers.request(managed, method, f"{INSTANCES}/{id}", body)

    core.clock.call_later(0, tell)


def discover(core: Core) -> list[Body]:
    """What the managed entity really has of this entity's (table 5.9.5-1, row 4); StepFailed when it does not say."""
    managed = core.profile.get("managed")
    if not managed:
        return []
    status, answer = core.peers.request(managed, "GET", INSTANCES)
    found: Any = answer
    if status != 200 or not isinstance(found, list):
        raise StepFailed(f"{managed} does not tell what it has: {status or 'no answer'}", transient=True)
    return [each for each in found if each["manager"] == core.name]


def reconcile(core: Core, actual: list[Body]) -> list[Body]:
    """Adjust the books to what is really there, and tell each difference that was found."""
    differences: list[Body] = []
    if not core.profile.get("managed"):
        return differences
    for _, power in powers_offering(core, Reconcilable):
        kind, believed = power.managed_kind, power.managed()
        there = {each["id"]: each["attributes"] for each in actual if each["kind"] == kind}
        for name, attributes in there.items():
            if believed.get(name) != attributes:
                power.adopt(name, attributes)
                differences.append(_difference(name, kind, "CHANGED" if name in believed else "FOUND"))
        for name in sorted(believed.keys() - there.keys()):
            power.lose(name)
            differences.append(_difference(name, kind, "GONE"))
    return differences


def _difference(name: str, kind: str, difference: str) -> Body:
    return {"instanceId": name, "kind": kind, "difference": difference}
