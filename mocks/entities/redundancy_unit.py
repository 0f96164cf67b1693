"""One redundancy unit of an entity (GR clauses 4.2.1 and 5.3.2): its version, its service interfaces, its state.

A unit serves impacted functional entities and impacted entities over an interface each. Its own state follows from
theirs: STARTED_LOCKED while nobody is let in yet, SHUTDOWN_UNLOCKED (STOPPED and UNLOCKED) once all have stopped.
"""

from __future__ import annotations

from mocks.entities.held_resources import HeldResources
from mocks.entities.ports import Body, Peers
from mocks.entities.state_changes import INTERFACE, ManagedState

TOWARDS = {"impacted-fe": "IMPACTED_FE", "impacted-entity": "IMPACTED_ENTITY"}
"""The interfaces of a unit by id, and whom each serves."""


class RedundancyUnit:
    """What runs, what it took the place of, and whom it serves."""

    def __init__(self, id: str, version: str, held: HeldResources, administrative: str, replaces: str | None) -> None:
        self.id = id
        self.software_version = version
        self.replaces = replaces
        self.held = held
        self.synchronised_from: str | None = None
        self.error: Body | None = None
        self.interfaces = {name: ManagedState(INTERFACE, administrative) for name in TOWARDS}

    @property
    def operational(self) -> str:
        """STARTED as long as one interface is, STOPPED when all are, else what is on its way."""
        there = {state.operational.state for state in self.interfaces.values()}
        return next(state for state in ("STARTED", "STOPPING", "STARTING", "STOPPED") if state in there)

    @property
    def administrative(self) -> str:
        locked = all(state.administrative.state == "LOCKED" for state in self.interfaces.values())
        return "LOCKED" if locked else "UNLOCKED"

    @property
    def idle(self) -> bool:
        """Whether it serves nobody, so that it can be terminated gracefully: shut down, or never let anybody in."""
        return all(
            state.operational.state == "STOPPED" or state.administrative.state == "LOCKED"
            for state in self.interfaces.values()
        )

    def serves(self, towards: str | None = None) -> bool:
        """Whether it serves these users (None: any) now."""
        return any(
            state.at_work and towards in (None, TOWARDS[name]) and self.error is None
            for name, state in self.interfaces.items()
        )

    def crash(self, error: Body) -> None:
        """It is down, and says why."""
        self.error = error
        for state in self.interfaces.values():
            state.operational.state = "STOPPED"
            state.busy = False

    def body(self) -> Body:
        """The RedundancyUnit on the wire, without links."""
        return {
            "id": self.id,
            "softwareVersion": self.software_version,
            "replaces": self.replaces,
            "synchronisedFrom": self.synchronised_from,
            "unitState": {
                "operationalState": self.operational,
                "administrativeState": self.administrative,
                "usageState": "IN_USE" if self.serves() else "NOT_IN_USE",
            },
            "serviceInterfaces": [
                {"id": name, "towards": TOWARDS[name], "interfaceState": state.body()}
                for name, state in self.interfaces.items()
            ],
            "error": self.error,
        }

    def snapshot(self) -> Body:
        return {
            "id": self.id,
            "version": self.software_version,
            "replaces": self.replaces,
            "synchronisedFrom": self.synchronised_from,
            "error": self.error,
            "held": self.held.snapshot(),
            "interfaces": {name: state.snapshot() for name, state in self.interfaces.items()},
        }

    @classmethod
    def revived(cls, peers: Peers, snapshot: Body) -> RedundancyUnit:
        """The unit of a snapshot."""
        unit = cls(snapshot["id"], snapshot["version"], HeldResources(peers, (), {}), "UNLOCKED", snapshot["replaces"])
        unit.synchronised_from, unit.error = snapshot["synchronisedFrom"], snapshot["error"]
        unit.held.revive(snapshot["held"])
        for name, state in unit.interfaces.items():
            state.revive(snapshot["interfaces"][name])
        return unit
