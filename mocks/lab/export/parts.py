"""What an exported lab consists of, whoever is to run it: its containers, what each is told, and who may reach whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from mocks.lab.adopted import COLLECTOR_PORT, EVERYWHERE, Addresses
from mocks.lab.engine import MOCK, NODE_PORT, SECRET, NodeSettings
from mocks.lab.engine import SETTINGS as NODE
from mocks.lab.errors import LabError
from mocks.lab.service import OBSERVER, SETTINGS, SMM, SMM_KEY, SMM_ROLE, LabSettings
from mocks.lab.topology import Limits, Topology
from mocks.lab.transport import NODE_PACE

LAB = "lab"
LAB_ROLE = "mocks.lab.service"
NODE_LIMITS = Limits()
LAB_LIMITS = Limits(cpus=1.0, memory_mib=256, processes=256)
"""The lab has threads for each of its actors' proxies."""

STATE = "/state"
FIRST_PORT = 8100
NODE_PATIENCE = 120.0
"""Real seconds that a node waits for a lab that is started beside it."""


@dataclass(frozen=True)
class Naming:
    """Under which names containers reach each other there: the nodes (with `{name}`), the lab, its collector."""

    nodes: Addresses
    lab: str
    collector: str


@dataclass(frozen=True)
class Part:
    """One container. `secrets` are variables whose values come from outside, by what is to be in them."""

    name: str
    module: str
    environment: Mapping[str, str]
    secrets: Mapping[str, str]
    limits: Limits = NODE_LIMITS
    ports: Mapping[str, int] = field(default_factory=dict)
    """Where the lab listens for each actor; empty for nodes, which listen on NODE_PORT."""

    @property
    def is_lab(self) -> bool:
        return self.module == LAB_ROLE


def parts(topology: Topology, naming: Naming, first_port: int = FIRST_PORT) -> list[Part]:
    """The containers of a lab, the lab's own first; raises LabError for a name that it needs itself."""
    for name in (LAB, SMM, OBSERVER):
        if name in topology.actors:
            raise LabError(f"actors.{name}: an exported lab has a {name} of its own; give the actor another name")
    ports = dict(_ports(topology, first_port))
    collector = f"http://{naming.collector}:{COLLECTOR_PORT}"
    return [
        _lab(topology, naming, ports),
        _smm(collector, f"http://{naming.lab}:{ports[SMM]}"),
        *(_mock(topology, name, collector) for name in topology.actors),
    ]


def _ports(topology: Topology, first: int) -> Iterator[tuple[str, int]]:
    """A port for each actor: the topology's where it gives one, else the next that is free."""
    taken = {spec.port for spec in topology.actors.values()} | {NODE_PORT, COLLECTOR_PORT}
    free = (port for port in range(first, 65536) if port not in taken)
    for name, spec in topology.actors.items():
        yield name, spec.port or next(free)
    yield SMM, next(free)
    yield OBSERVER, next(free)


def _lab(topology: Topology, naming: Naming, ports: Mapping[str, int]) -> Part:
    told = LabSettings(topology, ports, naming.nodes, naming.lab, STATE)
    secrets = {SECRET: SECRET, SMM_KEY: SMM_KEY}
    return Part(LAB, LAB_ROLE, {SETTINGS: told.text()}, secrets, LAB_LIMITS, ports)


def _smm(collector: str, url: str) -> Part:
    told = replace(_node(SMM, "SMM", collector), module=SMM_ROLE, url=url)
    return Part(SMM, SMM_ROLE, {NODE: told.text()}, {SECRET: SMM_KEY})


def _mock(topology: Topology, name: str, collector: str) -> Part:
    spec = topology.actors[name]
    profile = dict(spec.profile)
    if "peers" in profile:
        profile["peers"] = [{"name": peer, "type": topology.actors[peer].type} for peer in profile["peers"]]
    told = replace(_node(name, spec.type, collector), profile=profile, replace=spec.replace)
    return Part(name, MOCK, {NODE: told.text()}, {SECRET: SECRET}, spec.limits)


def _node(name: str, type: str, collector: str) -> NodeSettings:
    return NodeSettings(name, type, {}, (), collector, NODE_PACE, EVERYWHERE, NODE_PORT, STATE, patience=NODE_PATIENCE)
