"""What runs the processes of a lab's mocks, and can hurt them for real: the port that backends of nodes stand on."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol, Self

from mocks.faults.effects import PLAYED
from mocks.lab.links import Impairment

MOCK = "mocks.lab.node"
"""The role of a mock: the module that Python runs."""

READY_WITHIN = 90.0
"""Real seconds in which a node that was launched has to report."""

REAL = frozenset({"crash", "hang", "partition"})
"""The faults that an engine may have the means for; without them the node plays the fault."""


@dataclass(frozen=True)
class NodeSettings:
    """All that a node is told when it is launched, as one JSON object in the variable `SETTINGS`.

    `collector` is the URL at which the lab hears of readiness and events. The lab's secret is not among the settings:
    it comes in a variable of its own, `SECRET`. `module` is the role, what Python runs; `url` is told to one who is no
    mock: where the others reach it; `patience` is how many real seconds the collector may take to be there.
    """

    name: str
    type: str
    profile: Mapping[str, Any]
    replace: tuple[str, ...]
    collector: str
    pace: float
    host: str = "127.0.0.1"
    port: int = 0
    folder: str = ""
    module: str = MOCK
    url: str = ""
    patience: float = 0.0

    def text(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, text: str) -> Self:
        data = json.loads(text)
        return cls(**{**data, "replace": tuple(data["replace"])})


NODE_PORT = 8000
"""Where a node listens that has an address of its own."""

SETTINGS = "MANOLAB_NODE"
TIED = "MANOLAB_TIED"
"""Set for a node that is to end when its standard input does."""

SECRET = "MANOLAB_SECRET"  # noqa: S105 - a variable's name


class Engine(Protocol):
    """Starts nodes, and does to them what faults ask for. Names are actors' names."""

    @property
    def name(self) -> str: ...

    @property
    def collector_host(self) -> str:
        """The address of this machine at which nodes reach the collector; known once prepared."""
        ...

    @property
    def collector_port(self) -> int:
        """The port of the collector there; 0 where nodes are told at their launch."""
        ...

    @property
    def real(self) -> frozenset[str]:
        """The faults that this engine does for real."""
        ...

    @property
    def ready_within(self) -> float:
        """The real seconds in which nodes that were launched have to report."""
        ...

    def prepare(self) -> str:
        """Make the ground ready and return the address of this machine that nodes can reach; raises LabError."""
        ...

    def launch(self, nodes: Sequence[NodeSettings], secret: str) -> None:
        """Start these nodes, side by side, beside those there are; they tell the collector when they are there."""
        ...

    def present(self) -> Mapping[str, int]:
        """Nodes that were there before they were launched, and so report no more, with their ports."""
        ...

    def urls(self, name: str, port: int) -> tuple[str, str]:
        """Where actors reach a node that listens on this port, and where the lab does to steer it."""
        ...

    def kill(self, name: str) -> None:
        """As kill -9: the node is gone before this returns, and its folder stays."""
        ...

    def revive(self, name: str) -> None:
        """Start a killed node again, on its old folder."""
        ...

    def pause(self, name: str) -> None:
        """Let the node stand still; it does before this returns, and connections to it stay open."""
        ...

    def resume(self, name: str) -> None: ...

    def isolate(self, name: str) -> None:
        """Cut the node off from all other actors, not from the lab."""
        ...

    def rejoin(self, name: str) -> None: ...

    def impair(self, name: str, impairment: Impairment) -> str:
        """Make the node's link bad, and say how: `PLAYED` when the node has to play it itself."""
        ...

    def mend(self, name: str) -> None:
        """End what `impair` did for real; nothing when it did not."""
        ...

    def fill(self, name: str) -> str:
        """Leave no room on the disk of the node, and say how: `PLAYED` as above."""
        ...

    def empty(self, name: str) -> None:
        """End what `fill` did for real."""
        ...

    def ended(self, names: Sequence[str]) -> list[str]:
        """Those of the nodes that are no more, though nobody killed them."""
        ...

    def words(self, name: str) -> str:
        """All that the node wrote to its log."""
        ...

    def collect(self, folder: Path) -> None:
        """Put what nodes wrote since last asked into the folder, a file for each that wrote something."""
        ...

    def close(self) -> None:
        """End every node, and leave nothing behind."""
        ...


class Playing:
    """What an engine without means of its own does about bad links and full disks: the node plays them."""

    def impair(self, name: str, impairment: Impairment) -> str:  # noqa: ARG002
        return PLAYED

    def mend(self, name: str) -> None:
        """Nothing was done for real."""

    def fill(self, name: str) -> str:  # noqa: ARG002
        return PLAYED

    def empty(self, name: str) -> None:
        """Nothing was done for real."""
