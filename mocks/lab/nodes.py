"""A backend whose mocks are nodes, processes of their own: before each of them stands a proxy of the lab.

Nodes know each other by the proxies' URLs only, so the lab records everything, in one order. A fault that strikes at a
node is reported before its effect; what the engine can do for real (a crash: kill -9) it does then, and the fault
heals by undoing it.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

from mocks.entities.ports import Task
from mocks.faults.effects import PLAYED
from mocks.lab.backend import Ground, Profiles
from mocks.lab.collector import NOBODY, Collector, Message
from mocks.lab.engine import Engine, NodeSettings
from mocks.lab.errors import EngineError, LabError
from mocks.lab.front import ANSWER_WITHIN, Front
from mocks.lab.guest import Guest, introduce
from mocks.lab.links import Impairment
from mocks.lab.node import OWN
from mocks.lab.transport import NODE_PACE, PROMPT
from mocks.wire.peers import TIMEOUT
from mocks.wire.proxy import CONNECT_PATIENCE
from mocks.wire.recorder import CONTROL, Recorder
from mocks.wire.server import ActorServer
from mocks.wire.sockets import SocketExchange
from mocks.wire.tokens import ADMIN

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

    from mocks.lab.topology import Topology

LOOK = 0.25
"""Real seconds between two looks at nodes that are not ready: one may have ended with an error."""

PATIENCE = 0.9
"""The share of the callers' time-out that a proxy waits: it must record a silence before they give up."""


def engine_of(backend: str, topology: Topology) -> Engine:
    """The engine of a backend by name; raises LabError for one that is not known."""
    if backend == "processes":
        from mocks.lab.processes import ProcessEngine  # noqa: PLC0415

        return ProcessEngine()
    if backend == "docker":
        from mocks.lab.containers import DockerEngine  # noqa: PLC0415 - needs an optional extra

        return DockerEngine(topology)
    raise LabError(f"no backend {backend!r}; there are embedded, processes, docker")


class Nodes:
    """The mocks of a lab as nodes of an engine."""

    def __init__(self, ground: Ground, engine: Engine, keys: Mapping[str, str] = NOBODY) -> None:
        """`keys` are those of guests who may be there before they are launched."""
        self._ground = ground
        self._engine = engine
        clock = ground.transport.clock
        self._fronts = {name: Front(name, PATIENCE * clock.real(TIMEOUT)) for name in ground.topology.actors}
        self.apps: Mapping[str, WSGIApplication] = {
            name: Recorder(front, name, ground.recording, ground.tokens) for name, front in self._fronts.items()
        }
        self._guests: dict[str, Guest] = {}
        self._keys = dict(keys)
        self._links: dict[str, Impairment] = {}
        self._armed: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._ready: set[str] = set()
        self._ports: dict[str, int] = {}
        self._news = threading.Condition()
        self._failures: list[BaseException] = []
        self._pool = ThreadPoolExecutor(len(self._fronts) + 1, "manolab-nodes")
        self._exchange = SocketExchange()
        self._authorization = {"Authorization": f"Bearer {ground.tokens.issue(ADMIN)}"}
        self._collector: ActorServer | None = None

    @property
    def name(self) -> str:
        return self._engine.name

    def start(self) -> None:
        routes = {"/clock": self._tell_time, "/ready": self._hear_ready, "/events": self._hear_event}
        routes["/waits"] = self._wait
        self._collector = ActorServer(
            "collector",
            Collector(self._ground.tokens, routes, self._keys),
            self._engine.collector_port,
            self._engine.collector_host,
        )
        self._collector.start()
        settings = [self._settings(name, self._collector.url) for name in self._fronts]
        self._bring_up(settings, self._ground.secret)

    def launch(self, name: str, module: str, key: str = "") -> WSGIApplication:
        if self._collector is None:
            raise LabError("the lab is not up yet")
        clock = self._ground.transport.clock
        address = self._ground.addresses[name]
        guest = Guest(name, key or secrets.token_urlsafe(32))
        self._guests[name], self._keys[guest.key] = guest, name
        self._fronts[name] = Front(name, PATIENCE * clock.real(TIMEOUT))
        told = NodeSettings(name, address.type, {}, (), self._collector.url, self._pace, module=module, url=address.url)
        try:
            self._bring_up([told], guest.key)
        except LabError:
            del self._guests[name], self._keys[guest.key], self._fronts[name]
            raise
        return self._fronts[name]

    def afflict(self, name: str, fault: str) -> Callable[[], None]:
        strike = self._strike(name, fault, placed=False) if name in self._guests else None
        if strike is None:
            raise LabError(f"the backend {self.name} cannot do the fault {fault!r} to {name!r}")
        front, recording = self._fronts[name], self._ground.recording
        front.struck = f"{name}-{fault}"
        recording.event("fault", name, fault=fault, event="struck", detail={"id": front.struck})
        strike()

        def heal() -> None:
            front.recover()
            recording.event("fault", name, fault=fault, event="healed", detail={"id": f"{name}-{fault}"})

        return heal

    def begin(self, seed: int, profiles: Profiles) -> None:
        list(self._pool.map(Front.make_whole, self._fronts.values()))
        self._armed.clear()
        self._ground.transport.restart_clocks()
        self._ask_all("/rest", lambda _: {"now": self._now()})
        addresses = {name: asdict(address) for name, address in self._ground.addresses.items()}
        run = {"seed": seed, "addresses": addresses}
        self._ask_all("/runs", lambda name: {**run, "profile": dict(profiles.get(name) or {}), "now": self._now()})
        for name, guest in self._guests.items():
            introduce(self._ground, guest, self._fronts[name].control.target, self._exchange)

    def settle(self, limit: float) -> bool:
        """Nothing is left to do when, between two looks at all nodes, none had work and nothing was said."""
        recording = self._ground.recording
        deadline = self._now() + limit
        while True:
            said = recording.tick()
            left = max(0.0, deadline - self._now())
            here = self._ground.transport.settle(left)
            answers = self._ask_all("/settlements", lambda _, left=left: {"limit": left})
            for answer in answers:
                self._failures += [LabError(failure) for failure in answer["failures"]]
            if here and all(answer["settled"] for answer in answers) and recording.tick() <= said + 1:
                return True
            if self._now() >= deadline:
                return False

    def take_failures(self) -> list[BaseException]:
        self.settle(0)
        failures, self._failures = self._failures, []
        return failures

    def collect(self, folder: Path) -> None:
        self._engine.collect(folder)

    def close(self) -> None:
        try:
            self._engine.close()
        finally:
            self._pool.shutdown()
            if self._collector:
                self._collector.stop()
            self._exchange.close()
            for front in self._fronts.values():
                front.close()

    def _hear_event(self, message: Message) -> Message:
        """Record what struck; then let it strike for real, before the node goes on."""
        name, facts = message["actor"], message["facts"]
        self._ground.recording.event(message["kind"], name, **facts)
        if message["kind"] == "fault" and facts["event"] == "armed":
            self._armed[name, facts["detail"]["id"]] = facts["detail"]
        if message["kind"] == "fault" and facts["event"] == "struck":
            self._hear_strike(name, facts["fault"], facts["detail"]["id"])
            way = self._ail(name, facts["fault"], facts["detail"]["id"])
            return {} if way == PLAYED else {"way": way}
        if message["kind"] == "fault" and facts["event"] == "healed":
            self._fronts[name].mend(facts["detail"]["id"])
        return {}

    def _ail(self, name: str, fault: str, id: str) -> str:
        """Do for real what the engine can of a fault that leaves the node at work; says how."""
        front, armed = self._fronts[name], self._armed[name, id]
        if fault == "disk-full" and (way := self._engine.fill(name)) != PLAYED:
            front.wounds[id] = partial(self._engine.empty, name)
            return way
        wanted = impairment_of(fault, armed)
        if wanted and name not in self._links and (way := self._engine.impair(name, wanted)) != PLAYED:
            self._links[name] = wanted
            front.wounds[id] = partial(self._mend, name)
            front.proxy.connect_patience = front.patience
            return way
        return PLAYED

    def _mend(self, name: str) -> None:
        del self._links[name]
        self._fronts[name].proxy.connect_patience = CONNECT_PATIENCE
        self._engine.mend(name)

    def _hear_strike(self, name: str, fault: str, id: str) -> None:
        front, armed = self._fronts[name], self._armed[name, id]
        strike = self._strike(name, fault, bool(armed["at"]))
        if strike is None or front.struck:
            return
        front.struck = id
        if isinstance(armed["heals"], Mapping):
            self._ground.transport.clock.call_later(armed["heals"]["after"], partial(self._heal, name, id))
        if armed["at"]:
            strike()
        else:
            front.pending = strike

    def _strike(self, name: str, fault: str, placed: bool) -> Task | None:
        """What the engine can do for real of this fault; the rest the node plays itself."""
        if fault not in self._engine.real:
            return None
        if fault == "crash":
            return partial(self._crash, name)
        if fault == "hang" and not placed:
            return partial(self._freeze, name)
        return partial(self._isolate, name) if fault == "partition" else None

    def _crash(self, name: str) -> None:
        front = self._fronts[name]
        front.killed, front.deaf, front.undo = True, True, partial(self._revive, name)
        self._engine.kill(name)

    def _revive(self, name: str) -> None:
        self._ready.discard(name)
        self._engine.revive(name)
        self._await({name})
        self._impair_again(name)

    def _freeze(self, name: str) -> None:
        front = self._fronts[name]
        front.deaf, front.undo = True, partial(self._engine.resume, name)
        self._engine.pause(name)

    def _isolate(self, name: str) -> None:
        self._fronts[name].undo = partial(self._rejoin, name)
        self._engine.isolate(name)

    def _rejoin(self, name: str) -> None:
        self._engine.rejoin(name)
        self._find(name)
        self._impair_again(name)

    def _impair_again(self, name: str) -> None:
        """The node has another interface now."""
        if name in self._links:
            self._engine.impair(name, self._links[name])

    def _find(self, name: str) -> None:
        """A node may have another address after each start and each connection."""
        front = self._fronts[name]
        front.proxy.target, front.control.target = self._engine.urls(name, self._ports[name])

    def _heal(self, name: str, fault: str) -> None:
        """The time that a fault takes to heal is over."""
        if self._fronts[name].struck == fault:
            url = f"{self._ground.addresses[name].url}{CONTROL}v1/faults/{fault}?by=time"
            self._ground.transport.exchange("DELETE", url, self._authorization, b"", ANSWER_WITHIN)

    def _tell_time(self, _: Message) -> Message:
        return {"now": self._now()}

    def _wait(self, message: Message) -> Message:
        self._ground.transport.clock.skip(message["seconds"])
        return {}

    def _hear_ready(self, message: Message) -> Message:
        name = message["actor"]
        if name not in self._fronts:
            return {}  # who is there before he is wanted is found when he is
        with self._news:
            self._ports[name] = message["port"]
            self._find(name)
            self._ready.add(name)
            self._news.notify_all()
        return {}

    def _bring_up(self, nodes: list[NodeSettings], secret: str) -> None:
        self._engine.launch(nodes, secret)
        for name, port in self._engine.present().items():
            self._hear_ready({"actor": name, "port": port})
        self._await({node.name for node in nodes})

    def _await(self, names: set[str]) -> None:
        """Wait until the nodes have reported; raises LabError with the last words of one that did not."""
        patience = self._engine.ready_within
        with self._news:
            while not self._news.wait_for(lambda: names <= self._ready, LOOK):
                patience -= LOOK
                missing = sorted(names - self._ready)
                ended = self._engine.ended(missing)
                if ended or patience <= 0:
                    raise LabError(_unready(ended or missing, bool(ended), self._engine))

    def _ask_all(self, path: str, message: Any) -> list[Message]:
        """Ask every node that can hear, side by side."""
        names = [name for name, front in self._fronts.items() if not front.deaf]
        return list(self._pool.map(lambda name: self._ask(name, path, message(name)), names))

    def _ask(self, name: str, path: str, message: Message) -> Message:
        url = self._fronts[name].control.target + OWN + path
        content = json.dumps(message).encode()
        guest = self._guests.get(name)
        headers = guest.authorization if guest else self._authorization
        try:
            status, _, body = self._exchange("POST", url, headers, content, ANSWER_WITHIN)
        except requests.RequestException as error:
            fate = "ended" if self._engine.ended([name]) else f"does not answer the lab ({type(error).__name__})"
            raise EngineError(
                f"{name} {fate}, though no fault struck it\n  its last words: {self._last(name)}"
            ) from None
        if status != 200:
            raise LabError(f"{name} did not take {path}: {status} {body.decode(errors='replace')}")
        answer: Message = json.loads(body)
        return answer

    def _last(self, name: str) -> str:
        lines = self._engine.words(name).strip().splitlines()
        return lines[-1] if lines else "it said nothing"

    def _settings(self, name: str, collector: str) -> NodeSettings:
        spec = self._ground.spec(name)
        return NodeSettings(name, spec.type, spec.profile, spec.replace, collector, self._pace)

    @property
    def _pace(self) -> float:
        """The real seconds that a lab second takes; a time-out has a patience on top of it."""
        real = self._ground.transport.clock.real
        return real(1) - real(0)

    def _now(self) -> float:
        return self._ground.transport.clock.now()


def impairment_of(fault: str, armed: Mapping[str, Any]) -> Impairment | None:
    """What an engine would have to do for real of this fault; None when it is to be played, or is no matter of links.

    Only who knows the callers' time-outs can be late by as much as they are; one slow answer is no slow link.
    """
    data = armed["data"]
    if fault == "slow-link" and not armed["at"] and data["delay"] <= PROMPT:
        return Impairment(delay=data["delay"] * NODE_PACE)
    return Impairment(percent=data["percent"]) if fault == "lossy-link" and data["percent"] else None


def _unready(names: list[str], ended: bool, engine: Engine) -> str:
    first = names[0]
    words = engine.words(first).strip().splitlines()
    last = words[-1] if words else "it said nothing"
    fate = "ended before it was ready" if ended else f"was not ready within {engine.ready_within:g} s"
    others = f" (so did {', '.join(names[1:])})" if len(names) > 1 else ""
    return f"{first} {fate}{others}: {last}"
