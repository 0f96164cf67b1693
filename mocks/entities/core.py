"""What every entity is made of: its identity, what it needs of the world, and the powers it has.

An entity is a Core with powers. A power is one plain class (SoftwareModification, TestRuns, ...): one API serves one
power, and an entity that lacks a power does not serve that API. Powers find each other through the core.
"""

from __future__ import annotations

import builtins
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from mocks.entities.ports import DatedClock, Gate, Ids, Peers
from mocks.entities.runner import Listener, Runner, Step

Power = TypeVar("Power")


@dataclass
class Core:
    """One actor of the lab.

    `profile` is data about what the entity can do (its capabilities, versions, peers); a topology may change it.
    `software_version` is what runs at this moment.
    """

    name: str
    type: str
    clock: DatedClock
    ids: Ids
    gate: Gate
    peers: Peers
    profile: Mapping[str, Any]
    software_version: str = "1.0.0"
    powers: dict[builtins.type[Any], Any] = field(default_factory=dict)

    def give(self, power: Power) -> Power:
        """Add a power, found again by its class or any class it derives from."""
        for cls in type(power).__mro__[:-1]:
            self.powers[cls] = power
        return power

    def power(self, cls: builtins.type[Power]) -> Power | None:
        """The power of this class, or None when this entity lacks it."""
        return self.powers.get(cls)

    def runner(self, kind: str, steps: Sequence[Step], listener: Listener, gate: Gate | None = None) -> Runner:
        """Work that takes time, not started yet; its steps pass the entity's gate, or one that stands before it."""
        return Runner(kind, steps, self.clock, gate or self.gate, listener)


Make = Callable[[Core], Any]
