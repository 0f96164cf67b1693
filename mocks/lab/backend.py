"""Where a lab's mocks live: a backend makes them, makes them fresh for each run, and ends them.

The lab sees of each mock one WSGI application to serve. What is behind it is the backend's affair: the mock itself
(embedded, below), or a proxy before a process of its own (nodes.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from mocks.lab.control import Control
from mocks.lab.errors import LabError
from mocks.lab.mock import Mock
from mocks.wire.outside import Outside
from mocks.wire.peers import Address, WirePeers
from mocks.wire.tokens import ADMIN

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from mocks.lab.topology import ActorSpec, Topology
    from mocks.lab.transport import Transport
    from mocks.wire.recorder import Recording
    from mocks.wire.tokens import Tokens

Profiles = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Ground:
    """What a lab gives its backend to build on; `addresses` fills as actors are attached."""

    topology: Topology
    transport: Transport
    recording: Recording
    tokens: Tokens
    secret: str
    addresses: Mapping[str, Address]

    def spec(self, name: str) -> ActorSpec:
        """An actor's specification, with the types of the peers that its profile names."""
        spec = self.topology.actors[name]
        if "peers" not in spec.profile:
            return spec
        known = [{"name": peer, "type": self.topology.actors[peer].type} for peer in spec.profile["peers"]]
        return replace(spec, profile={**spec.profile, "peers": known})

    def control(self, name: str) -> Control:
        """The control API of a mock, over the wire."""
        return Control(name, self.addresses[name].url, self.tokens.issue(ADMIN), self.transport.exchange)


class Backend(Protocol):
    """The mocks of one lab."""

    @property
    def name(self) -> str: ...

    @property
    def apps(self) -> Mapping[str, WSGIApplication]:
        """What to serve for each mock."""
        ...

    def start(self) -> None:
        """Every application is served now and `addresses` is complete; returns when every mock answers."""
        ...

    def launch(self, name: str, module: str, key: str = "") -> WSGIApplication:
        """Run somebody who is hosted as a process beside the mocks; what it answers is what the application does."""
        ...

    def afflict(self, name: str, fault: str) -> Callable[[], None]:
        """Do a fault to somebody launched, for real; returns what heals it."""
        ...

    def begin(self, seed: int, profiles: Profiles) -> None:
        """Fresh mocks for a run."""
        ...

    def settle(self, limit: float) -> bool:
        """Wait until no mock has work left, for `limit` lab seconds at most; whether none has."""
        ...

    def take_failures(self) -> list[BaseException]:
        """What broke in the mocks' own work since last asked."""
        ...

    def collect(self, folder: Path) -> None:
        """Put what the mocks said in their logs during the run into the folder."""
        ...

    def close(self) -> None: ...


class Embedded:
    """All mocks in this process, on the transport's clock."""

    name = "embedded"

    def __init__(self, ground: Ground) -> None:
        self._ground = ground
        self._locations: set[str] = set()
        self._mocks = {name: self._mock(name) for name in ground.topology.actors}
        self.apps: Mapping[str, WSGIApplication] = {name: mock.app for name, mock in self._mocks.items()}

    def start(self) -> None:
        """A mock is there as soon as it is made."""

    def launch(self, name: str, module: str, key: str = "") -> WSGIApplication:  # noqa: ARG002
        raise LabError(f"the embedded lab is one process: {name} ({module}) cannot have its own; host it")

    def afflict(self, name: str, fault: str) -> Callable[[], None]:
        raise LabError(f"the embedded lab is one process: no {fault} of {name} alone")

    def begin(self, seed: int, profiles: Profiles) -> None:
        self._ground.transport.restart_clocks()
        for name, mock in self._mocks.items():  # nobody is asked over the wire for what is at hand
            profile = dict(profiles.get(name) or {})
            if not mock.is_fresh(seed, profile):
                mock.reset(seed, profile)

    def settle(self, limit: float) -> bool:
        return self._ground.transport.settle(limit)

    def take_failures(self) -> list[BaseException]:
        return []  # the mocks work on the transport's clock, which tells itself

    def collect(self, folder: Path) -> None:
        """Mocks in this process keep no logs."""

    def close(self) -> None:
        """Nothing is left of them when the servers are gone."""

    def _mock(self, name: str) -> Mock:
        ground, clock = self._ground, self._ground.transport.clock
        exchange = Outside(ground.transport.exchange, self._hosts, ground.recording, ground.tokens)
        peers = WirePeers(name, ground.tokens, ground.addresses, exchange, clock.real)
        return Mock(name, ground.spec(name), clock, ground.recording, ground.tokens, peers)

    def _hosts(self) -> set[str]:
        """The network locations of the actors there are by now; each keeps its own."""
        addresses = self._ground.addresses
        if len(self._locations) < len(addresses):
            self._locations = {address.netloc for address in addresses.values()}
        return self._locations
