"""An entity that can modify its own software, in a fake world, for tests."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from mocks.entities.admission import OperationAdmission
from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from tests.fakes import OpenGate, World, make_core

CALLBACK = "http://smm/callbacks/1"


class FailingOnce(OpenGate):
    """A gate where one point fails at its first passing, and may be tried again."""

    def __init__(self, point: str) -> None:
        super().__init__()
        self.failing[point] = StepFailed("hiccup", transient=True)

    def enter(self, point: str, proceed: Any, fail: Any) -> None:
        super().enter(point, proceed, fail)
        self.failing.pop(point, None)


class Entity:
    """An entity with internal support, a subscriber, and short ways to drive it."""

    def __init__(self, type: str = "VNFM", *, gate: OpenGate | None = None, **profile: Any) -> None:
        world = World(gate=gate or OpenGate())
        self.core: Core = make_core(type, world=world, **profile)
        for power in (OperationAdmission, SoftwareModification, RestorationPoints):
            self.core.give(power(self.core))
        self.clock, self.gate, self.peers = self.core.clock, self.core.gate, self.core.peers
        self.modification = self.core.power(SoftwareModification)
        self.modification.announcements.subscriptions.add(CALLBACK)

    def begin(self, version: str = "2.0.0", **request: Any) -> str:
        return self.modification.create({"destinationSoftwareVersion": version, **request}, "smm")["id"]

    def run(self, version: str = "2.0.0", **request: Any) -> dict[str, Any]:
        identifier = self.begin(version, **request)
        self.clock.run()
        return self.modification.get(identifier)

    def at(self, step: str, **request: Any) -> str:
        """Begin, and go as far as the gate before this step."""
        self.gate.closed.add(f"software-modification/{step}")
        identifier = self.begin(**request)
        self.clock.run()
        return identifier

    def proceed(self, step: str) -> None:
        self.gate.open(f"software-modification/{step}")
        self.clock.run()

    def states(self) -> list[str]:
        """The states told to the subscriber, repeats left out."""
        told = [body["operationState"] for body in self.peers.notifications()]
        return [told[0], *(after for before, after in pairwise(told) if after != before)] if told else []
