"""A running lab: the mocks of a topology, whoever else is hosted beside them, and the history of what they say."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import requests

from mocks import __version__
from mocks.lab import topology as topologies
from mocks.lab.backend import Backend, Embedded, Ground
from mocks.lab.control import Control
from mocks.lab.errors import ActorUnknown, LabError
from mocks.lab.transport import NODE_PACE, PACE, DirectTransport, LabClock, SocketTransport, Transport
from mocks.wire.adapter import KeptHeaders
from mocks.wire.authentication import Authentication
from mocks.wire.history import Entry, History
from mocks.wire.peers import Address
from mocks.wire.recorder import Recorder, Recording
from mocks.wire.tokens import ADMIN, Tokens

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


@dataclass(frozen=True)
class Actor:
    """Somebody in the lab, mock or hosted, and the URL to reach it at."""

    name: str
    type: str
    url: str


class Lab:
    """The mocks that a backend makes, under URLs that a transport gives. Use it as a context manager, or close it.

    Runs follow each other in one lab: `begin` makes every mock fresh and opens a history, `end` completes it.
    """

    def __init__(
        self,
        topology: topologies.Topology,
        transport: Transport,
        backend: Callable[[Ground], Backend] = Embedded,
        secret: str = "",
    ) -> None:
        """`secret` is what all tokens are derived from; without one the lab makes it up."""
        self.topology = topology
        self.clock: LabClock = transport.clock
        self.actors: dict[str, Actor] = {}
        self._transport = transport
        secret = secret or secrets.token_urlsafe(32)
        self._tokens = Tokens(secret)
        self.admin_token = self._tokens.issue(ADMIN)
        """The token that the control API of every mock asks for."""
        self._recording = Recording(transport.clock)
        self._addresses: dict[str, Address] = {}
        self._folder: Path | None = None
        try:
            self._backend = backend(Ground(topology, transport, self._recording, self._tokens, secret, self._addresses))
        except BaseException:
            transport.close()
            raise
        try:
            for name, app in self._backend.apps.items():
                self._attach(name, topology.actors[name].type, app, topology.actors[name].port)
            self._backend.start()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def transport(self) -> str:
        return self._transport.name

    @property
    def backend(self) -> str:
        return self._backend.name

    @property
    def history(self) -> History:
        """The history of the present run; raises LabError between runs."""
        if self._recording.history is None:
            raise LabError("no run is under way; call begin() first")
        return self._recording.history

    def new_clock(self) -> LabClock:
        """A clock for somebody hosted: the lab's own where calls are direct, else one with its own thread."""
        return self._transport.new_clock()

    def client_secret(self, actor: str) -> str:
        """With which an actor gets a token at POST /oauth2/token of any mock."""
        return self._tokens.client_secret(actor)

    def host(self, name: str, type: str, app: WSGIApplication, port: int = 0) -> Actor:
        """Take in somebody who is no mock, with the recorder before it; a known name is served by the new app."""
        if name in self.topology.actors:
            raise LabError(f"{name} is a mock of this lab; host under another name")
        return self._attach(
            name, type, Recorder(Authentication(app, self._tokens), name, self._recording, self._tokens), port
        )

    def launch(self, name: str, module: str, key: str = "") -> WSGIApplication:
        """Run somebody who is hosted here as a process beside the mocks, `python -m module`, told as mocks are.

        Returns the application to host that passes requests on to the process. It is introduced to the actors of each
        run by PUT /smm/v1/inventory. `key` is what it shares with the lab, made up where the lab tells it. Raises
        LabError where mocks are no processes, and when it does not come up.
        """
        if name not in self.actors or name in self.topology.actors:
            raise LabError(f"{name} is not hosted here; host() first, so that the others know where it is reached")
        return self._backend.launch(name, module, key)

    def afflict(self, name: str, fault: str) -> Callable[[], None]:
        """Do a fault (crash, hang, partition) to somebody launched; returns what heals it. Both are recorded."""
        return self._backend.afflict(name, fault)

    def session(self, actor: str) -> requests.Session:
        """A session that speaks as this actor to any URL of the lab."""
        session = requests.Session()
        session.trust_env = False
        authorization = f"Bearer {self._tokens.issue(actor)}"
        session.headers = KeptHeaders({"Accept": "application/json", "Authorization": authorization})
        self._transport.mount(session)
        return session

    def control(self, actor: str) -> Control:
        """The control API of a mock; raises ActorUnknown for anybody else."""
        if actor not in self.topology.actors:
            raise ActorUnknown(f"{actor!r} is no mock of this lab; there are {', '.join(self.topology.actors)}")
        return Control(actor, self.actors[actor].url, self.admin_token, self._transport.exchange)

    def begin(
        self,
        folder: Path | None,
        scenario: Mapping[str, Any] | None = None,
        seed: int = 1,
        profiles: Mapping[str, Mapping[str, Any]] | None = None,
    ) -> History:
        """Start a run: fresh mocks, and a history in memory and, given a folder, in its `history.jsonl`.

        `profiles` are merged over the topology's, by actor.
        """
        if self._recording.history is not None:
            self._recording.history.abandon()
            self._recording.history = None
        self._backend.begin(seed, profiles or {})
        self._folder = folder
        header = {
            "run": folder.name if folder else "run",
            "manolab": __version__,
            "transport": self.transport,
            "backend": self.backend,
            "actors": {name: {"type": actor.type, "url": actor.url} for name, actor in self.actors.items()},
            "scenario": dict(scenario or {}),
        }
        history = History(header, folder / "history.jsonl" if folder else None, self.clock.poke)
        self._recording.history = history
        return history

    def end(self) -> History:
        """Complete the history and return it; raises LabError when work of the lab itself broke meanwhile."""
        history = self.history
        failures = [*self._transport.take_failures(), *self._backend.take_failures()]
        if self._folder:
            self._backend.collect(self._folder)
        if failures:
            history.abandon()
            self._recording.history = None
            first = failures[0]
            raise LabError(f"work of the lab broke: {type(first).__name__}: {first}") from first
        history.close()
        self._recording.history = None
        return history

    def note(self, actor: str, event: str, detail: Mapping[str, Any]) -> None:
        """Write a lab event of an actor into the history: something seen of it that is no message."""
        self._recording.event("lab", actor, event=event, detail=dict(detail))

    def wait_for(self, predicate: Callable[[Entry], bool], timeout: float, since: int = 0) -> Entry | None:
        """The first entry after number `since` that the predicate takes, waiting up to `timeout` lab seconds."""
        entries = self.history.entries
        looked = since
        found: list[Entry] = []

        def there() -> bool:
            nonlocal looked
            while looked < len(entries) and not found:
                entry = entries[looked]
                looked += 1
                if predicate(entry):
                    found.append(entry)
            return bool(found)

        self.clock.wait_until(there, timeout)
        return found[0] if found else None

    def settle(self, limit: float) -> bool:
        """Let everything that is due happen; whether nothing is left to do after `limit` lab seconds."""
        return self._backend.settle(limit)

    def standing_still(self) -> AbstractContextManager[None]:
        """While somebody looks at the lab from outside, its time does not pass; never wait for anything in it."""
        return self._transport.standing_still()

    def attend(self) -> None:
        """For the rest of the run the caller drives the lab: its time passes only while he waits for something in it.

        For who drives from one thread, by `wait_for` and `settle`.
        """
        self._transport.attend()

    def close(self) -> None:
        """End every actor; a run under way stays without a footer."""
        if self._recording.history is not None:
            self._recording.history.abandon()
            self._recording.history = None
        with ThreadPoolExecutor(1) as pool:  # both take a while
            servers = pool.submit(self._transport.close)
            self._backend.close()
        servers.result()

    def _attach(self, name: str, type: str, app: WSGIApplication, port: int = 0) -> Actor:
        url = self._transport.serve(name, app, port)
        self._addresses[name] = Address(type, url)
        self.actors[name] = Actor(name, type, url)
        return self.actors[name]


def open_lab(
    topology: topologies.Topology | Path | None = None,
    transport: str | None = None,
    backend: str = "embedded",
    pace: float = PACE,
) -> Lab:
    """Bring a lab up; raises TopologyError for a wrong file, LabError for what cannot be brought up.

    Only the embedded backend knows the transport "direct", which is its default; the others need sockets. `pace` is how
    many real seconds a lab second takes by sockets, where all is in this process.
    """
    if not isinstance(topology, topologies.Topology):
        topology = topologies.load(topology or topologies.DEFAULT)
    if backend == "embedded":
        reached = SocketTransport(pace=pace) if transport == SocketTransport.name else DirectTransport()
        return Lab(topology, reached)
    if transport == "direct":
        raise LabError(f"the backend {backend!r} needs sockets between its actors; leave the transport out")
    from mocks.lab.nodes import Nodes, engine_of  # noqa: PLC0415 - the embedded backend does without them

    engine = engine_of(backend, topology)
    address = engine.prepare()
    try:
        return Lab(topology, SocketTransport(address, NODE_PACE), lambda ground: Nodes(ground, engine))
    except BaseException:
        engine.close()  # also what was prepared before the lab itself could close anything
        raise
