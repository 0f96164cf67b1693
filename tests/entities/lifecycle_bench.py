"""A lifecycle power in a fake world, and what its operations are asked for with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.lifecycle import Lifecycle
from mocks.entities.vnf_lifecycle import VnfLifecycle
from tests.fakes import RecordingPeers, World, make_core

NS_REQUEST = {"nsdId": "nsd", "nsName": "ns", "nsDescription": "an NS"}
VNF_REQUEST = {"vnfdId": "vnfd"}
INSTANTIATE = {"flavourId": "small", "nsFlavourId": "small"}

PARAMS: dict[str, dict[str, Any]] = {
    "INSTANTIATE": INSTANTIATE,
    "SCALE": {"type": "SCALE_OUT", "aspectId": "default"},
    "SCALE_TO_LEVEL": {"scaleInfo": [{"aspectId": "default", "scaleLevel": 2}]},
    "CHANGE_FLAVOUR": {"newFlavourId": "large"},
    "CHANGE_VNFPKG": {"vnfdId": "vnfd-2"},
    "OPERATE": {"changeStateTo": "STOPPED"},
    "MODIFY_INFO": {"vnfInstanceName": "renamed", "metadata": {"a": 1}},
}


@dataclass
class Bench:
    """One lifecycle power in a fake world, with a subscriber."""

    power: Lifecycle
    core: Core

    @property
    def clock(self) -> Any:
        return self.core.clock

    @property
    def gate(self) -> Any:
        return self.core.gate

    @property
    def peers(self) -> Any:
        return self.core.peers

    def instance(self) -> str:
        return str(self.power.create(NS_REQUEST | VNF_REQUEST, "oss")["id"])

    def instantiated(self) -> str:
        made = self.instance()
        self.do(made, "instantiate", INSTANTIATE)
        return made

    def do(self, id: str, task: str, params: dict[str, Any] | None = None) -> str:
        """Start an operation and let it run as far as it comes; returns its occurrence."""
        occurrence = self.power.start(id, task, params or {}, "oss")
        self.clock.run()
        return occurrence

    def again(self, occurrence: str, task: str) -> None:
        self.power.again(occurrence, task)
        self.clock.run()

    def state(self, occurrence: str) -> str:
        return str(self.power.occurrence(occurrence)["operationState"])

    def told(self, occurrence: str | None = None) -> list[str]:
        """The states that subscribers heard of."""
        key = self.power.dialect.occurrence_id
        return [
            body["operationState"]
            for body in self.peers.notifications()
            if key in body and occurrence in (None, body[key])
        ]


def bench(cls: type[Lifecycle], peers: RecordingPeers | None = None, **profile: Any) -> Bench:
    world = World(peers=peers) if peers else World()
    core = make_core("VNFM" if cls is VnfLifecycle else "NFVO", world=world, **profile)
    power = core.give(cls(core))
    power.subscriptions.add("http://observer/callbacks")
    return Bench(power, core)


def first_step(world: Bench) -> str:
    return world.power.dialect.operation("instantiate").steps[0]


def last_step(world: Bench) -> str:
    return world.power.dialect.operation("instantiate").steps[-1]


def broken_at_last_step(world: Bench) -> str:
    """Let the last step of the instantiation fail; returns its point."""
    point = f"{world.power.dialect.kind}/{last_step(world)}"
    world.gate.failing[point] = StepFailed("broken")
    return point
