"""A backend whose mocks are nodes, processes of their own: before each of them stands a proxy of the lab.

Nodes know each other by the proxies' URLs only, so the lab records everything, in one order. A fault that strikes at a
node is reported before its effect; what the engine can do for real (a crash: kill -9) it does then, and the fault
heals by undoing it.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mocks.faults.effects import NoAnswer
from mocks.faults.refusal import Problem, refusal
from mocks.lab.backend import Ground, Profiles
from mocks.lab.collector import Collector, Message
from mocks.lab.engine import Engine, NodeSettings
from mocks.lab.errors import LabError
from mocks.lab.node import OWN
from mocks.wire.peers import TIMEOUT, SocketExchange
from mocks.wire.proxy import ReverseProxy
from mocks.wire.recorder import CONTROL, Recorder
from mocks.wire.server import ActorServer
from mocks.wire.tokens import ADMIN

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mocks.lab.topology import Topology

READY_WITHIN = 30.0
"""Real seconds in which a node that was launched has to report."""

LOOK = 0.25
"""Real seconds between two looks at nodes that are not ready: one may have ended with an error."""

ANSWER_WITHIN = 30.0
PATIENCE = 0.9 * TIMEOUT
"""Lab seconds that a proxy waits: it must record a silence before the mocks and the SMM give up (after TIMEOUT)."""


def engine_of(backend: str, topology: Topology) -> Engine:
    """The engine of a backend by name; raises LabError for one that is not known."""
    if backend == "processes":
        from mocks.lab.processes import ProcessEngine  # noqa: PLC0415

        return ProcessEngine()
    if backend == "docker":
        from mocks.lab.containers import DockerEngine  # noqa: PLC0415 - needs an optional extra

        return DockerEngine(topology)
    raise LabError(f"no backend {backend!r}; there are embedded, processes, docker")


class Front:
    """What the lab serves for a node: a proxy to it, or the silence that a real fault makes of it."""

    def __init__(self, nodes: Nodes, name: str, patience: float) -> None:
        self._nodes = nodes
        self._name = name
        self.proxy = ReverseProxy(patience)
        self.control = ReverseProxy(ANSWER_WITHIN)
        self.down = ""
        """The id of the fault that killed the node or made it stand still."""
        self.killed = False

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        control = environ["PATH_INFO"].startswith(CONTROL)
        if control:
            if self.down and not self._helps(environ):
                detail = f"{self._name} is down since {self.down} struck; heal that first, or reset {self._name}"
                return refusal(environ, start_response, Problem(409, "Conflict", detail))
        elif self.killed:
            raise NoAnswer("refused")
        try:
            return (self.control if control else self.proxy)(environ, start_response)
        except NoAnswer:
            if self.down and _arms(environ):
                return self._armed(start_response)
            raise

    def _armed(self, start_response: StartResponse) -> Iterable[bytes]:
        """The node was struck while the fault was being armed, and cannot say so itself any more."""
        body = json.dumps({"id": self.down}).encode()
        location = f"{CONTROL}v1/faults/{self.down}"
        kind = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response("201 Created", [("Location", location), ("Version", "1.0.0"), *kind])
        return [body]

    def _helps(self, environ: WSGIEnvironment) -> bool:
        """Bring the node back when that is what is asked for; only the administrator may."""
        asked = (environ["REQUEST_METHOD"], environ["PATH_INFO"])
        healing = asked in (("DELETE", f"{CONTROL}v1/faults/{self.down}"), ("POST", f"{CONTROL}v1/reset"))
        if healing and environ.get("manolab.actor") == ADMIN:
            self._nodes.bring_back(self._name)
        return healing


class Nodes:
    """The mocks of a lab as nodes of an engine."""

    def __init__(self, ground: Ground, engine: Engine) -> None:
        self._ground = ground
        self._engine = engine
        clock = ground.transport.clock
        self._fronts = {name: Front(self, name, clock.real(PATIENCE)) for name in ground.topology.actors}
        self.apps: Mapping[str, WSGIApplication] = {
            name: Recorder(front, name, ground.recording, ground.tokens) for name, front in self._fronts.items()
        }
        self._armed: dict[tuple[str, str], Mapping[str, Any]] = {}
        self._ready: set[str] = set()
        self._news = threading.Condition()
        self._failures: list[BaseException] = []
        self._pool = ThreadPoolExecutor(max(1, len(self._fronts)), "manolab-nodes")
        self._exchange = SocketExchange()
        self._authorization = {"Authorization": f"Bearer {ground.tokens.issue(ADMIN)}"}
        self._collector: ActorServer | None = None
        self._strikes = {"crash": self._crash}

    @property
    def name(self) -> str:
        return self._engine.name

    def start(self) -> None:
        routes = {"/clock": self._tell_time, "/ready": self._hear_ready, "/events": self._hear_event}
        self._collector = ActorServer(
            "collector", Collector(self._ground.tokens, routes), 0, self._engine.collector_host, len(self._fronts)
        )
        self._collector.start()
        settings = [self._settings(name, self._collector.url) for name in self._fronts]
        self._engine.launch(settings, self._ground.secret)
        self._await(set(self._fronts))

    def begin(self, seed: int, profiles: Profiles) -> None:
        for name, front in self._fronts.items():
            if front.down:
                self.bring_back(name)
        self._armed.clear()
        self._ground.transport.restart_clocks()
        self._ask_all("/rest", lambda _: {"now": self._now()})
        addresses = {name: asdict(address) for name, address in self._ground.addresses.items()}
        run = {"seed": seed, "addresses": addresses}
        self._ask_all("/runs", lambda name: {**run, "profile": dict(profiles.get(name) or {}), "now": self._now()})

    def settle(self, limit: float) -> bool:
        """Nothing is left to do when, between two looks at all nodes, none had work and nothing was said."""
        clock, recording = self._ground.transport.clock, self._ground.recording
        deadline = self._now() + limit
        while True:
            said = recording.tick()
            left = max(0.0, deadline - self._now())
            here = clock.settle(left)
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
        self._engine.close()
        self._pool.shutdown()
        if self._collector:
            self._collector.stop()
        self._exchange.close()
        for front in self._fronts.values():
            front.proxy.close()
            front.control.close()

    def bring_back(self, name: str) -> None:
        """Undo what a fault did to the node: start it again, and wait until it is there."""
        front = self._fronts[name]
        if front.killed:
            self._ready.discard(name)
            self._engine.revive(name)
            self._await({name})
        front.down, front.killed = "", False

    def _crash(self, name: str) -> None:
        self._fronts[name].killed = True
        self._engine.kill(name)

    def _hear_event(self, message: Message) -> Message:
        """Record what struck; then let it strike for real, before the node goes on."""
        name, facts = message["actor"], message["facts"]
        self._ground.recording.event(message["kind"], name, **facts)
        detail = facts["detail"]
        if message["kind"] == "fault" and facts["event"] == "armed":
            self._armed[name, detail["id"]] = detail
        if message["kind"] == "fault" and facts["event"] == "struck" and facts["fault"] in self._strikes:
            self._fronts[name].down = detail["id"]
            self._strikes[facts["fault"]](name)
            heals = self._armed[name, detail["id"]]["heals"]
            if isinstance(heals, Mapping):
                self._ground.transport.clock.call_later(heals["after"], partial(self._heal, name, detail["id"]))
        return {}

    def _heal(self, name: str, fault: str) -> None:
        """The time that a fault takes to heal is over."""
        if self._fronts[name].down == fault:
            url = f"{self._ground.addresses[name].url}{CONTROL}v1/faults/{fault}?by=time"
            self._ground.transport.exchange("DELETE", url, self._authorization, b"", ANSWER_WITHIN)

    def _tell_time(self, _: Message) -> Message:
        return {"now": self._now()}

    def _hear_ready(self, message: Message) -> Message:
        name = message["actor"]
        with self._news:
            front = self._fronts[name]
            front.proxy.target, front.control.target = self._engine.urls(name, message["port"])
            self._ready.add(name)
            self._news.notify_all()
        return {}

    def _await(self, names: set[str]) -> None:
        """Wait until the nodes have reported; raises LabError with the last words of one that did not."""
        patience = READY_WITHIN
        with self._news:
            while not self._news.wait_for(lambda: names <= self._ready, LOOK):
                patience -= LOOK
                missing = sorted(names - self._ready)
                ended = self._engine.ended(missing)
                if ended or patience <= 0:
                    raise LabError(_unready(ended or missing, bool(ended), self._engine))

    def _ask_all(self, path: str, message: Any) -> list[Message]:
        """Ask every node that is not down, side by side."""
        names = [name for name, front in self._fronts.items() if not front.down]
        return list(self._pool.map(lambda name: self._ask(name, path, message(name)), names))

    def _ask(self, name: str, path: str, message: Message) -> Message:
        url = self._fronts[name].control.target + OWN + path
        status, _, body = self._exchange("POST", url, self._authorization, json.dumps(message).encode(), ANSWER_WITHIN)
        if status != 200:
            raise LabError(f"{name} did not take {path}: {status} {body.decode(errors='replace')}")
        answer: Message = json.loads(body)
        return answer

    def _settings(self, name: str, collector: str) -> NodeSettings:
        spec = self._ground.spec(name)
        return NodeSettings(
            name, spec.type, spec.profile, spec.replace, collector, self._ground.transport.clock.real(1)
        )

    def _now(self) -> float:
        return self._ground.transport.clock.now()


def _arms(environ: WSGIEnvironment) -> bool:
    return (environ["REQUEST_METHOD"], environ["PATH_INFO"]) == ("POST", f"{CONTROL}v1/faults")


def _unready(names: list[str], ended: bool, engine: Engine) -> str:
    first = names[0]
    words = engine.words(first).strip().splitlines()
    last = words[-1] if words else "it said nothing"
    fate = "ended before it was ready" if ended else f"was not ready within {READY_WITHIN:g} s"
    others = f" (so did {', '.join(names[1:])})" if len(names) > 1 else ""
    return f"{first} {fate}{others}: {last}"
