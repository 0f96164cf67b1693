"""One mock in a process of its own: `python -m mocks.lab.node`, told by its environment (see engine.py).

It reports to the lab's collector when it listens, and each fault and hold before its effect. What it must know after a
kill stands in its folder.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import requests

from mocks.faults.middleware import no_room
from mocks.lab.collector import Collector, Receiver
from mocks.lab.engine import SECRET, SETTINGS, TIED, NodeSettings
from mocks.lab.errors import LabError, StateError
from mocks.lab.health import HEALTH
from mocks.lab.memory import Memory
from mocks.lab.mock import Mock
from mocks.lab.topology import ActorSpec
from mocks.wire.clock import PacedClock
from mocks.wire.pace import PacedTime
from mocks.wire.peers import Address, WirePeers
from mocks.wire.proxy import AudibleSilence
from mocks.wire.recorder import Recording
from mocks.wire.server import ActorServer
from mocks.wire.sockets import SocketExchange
from mocks.wire.tokens import ADMIN, Tokens

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

OWN = "/node/v1"
"""The lab's door to the node; nobody else is let in, and nothing behind it is recorded."""

KNOCK = 0.5
"""Real seconds between two looks for a lab that is not there yet."""

REPORT_PATIENCE = 30.0
"""Real seconds that the lab has to take a report."""


class Reports:
    """The node's voice to the collector."""

    def __init__(self, url: str, token: str) -> None:
        self._url = url
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self._exchange = SocketExchange()

    def now(self, patience: float) -> float:
        """The lab's time; a lab that comes up beside this node may take `patience` seconds to be there."""
        given_up = time.monotonic() + patience
        while True:
            try:
                return float(self.post("/clock", {})["now"])
            except requests.ConnectionError:
                if time.monotonic() >= given_up:
                    raise
                threading.Event().wait(KNOCK)

    def post(self, path: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Tell the lab; raises LabError when it refuses, and requests' exceptions when it is gone."""
        content = json.dumps(message).encode()
        status, _, body = self._exchange("POST", self._url + path, self._headers, content, REPORT_PATIENCE)
        if status != 200:
            raise LabError(f"the lab refused a report to {path}: {status} {body.decode(errors='replace')}")
        answer: dict[str, Any] = json.loads(body)
        return answer


class ReportedRecording(Recording):
    """A recording that stands at the lab: this end keeps no history and sends each event there."""

    def __init__(self, clock: PacedClock, reports: Reports, before: Callable[[], None]) -> None:
        super().__init__(clock)
        self._reports = reports
        self._before = before

    def event(self, kind: str, actor: str, **facts: Any) -> str | None:
        self._before()
        way: str | None = self._reports.post("/events", {"kind": kind, "actor": actor, "facts": facts}).get("way")
        return way


class Node:
    """The mock, its server, and what the lab asks of both."""

    def __init__(self, settings: NodeSettings, secret: str) -> None:
        self.settings = settings
        tokens = Tokens(secret)
        self._reports = Reports(settings.collector, tokens.issue(ADMIN))
        self._addresses: dict[str, Address] = {}
        self._time = PacedTime(settings.pace)
        self._clock = PacedClock(self._time, "node", after_task=self._remember)
        recording = ReportedRecording(self._clock, self._reports, self._remember)
        peers = WirePeers(settings.name, tokens, self._addresses, SocketExchange(), self._clock.real)
        spec = ActorSpec(settings.type, settings.profile, replace=settings.replace)
        self._memory = Memory(Path(settings.folder)) if settings.folder else None
        self.mock = Mock(settings.name, spec, self._clock, recording, tokens, peers)
        self.mock.peers.skip = self._skip
        if self._memory:
            self.mock.faults.no_room = self._memory.no_room
        routes: dict[str, Receiver] = {
            f"{OWN}/rest": self._rest,
            f"{OWN}/runs": self._begin,
            f"{OWN}/settlements": self._settle,
        }
        self._own = Collector(tokens, routes)
        self.server = ActorServer(settings.name, AudibleSilence(self._app), settings.port, settings.host)

    def start(self) -> None:
        """Take up what a life before left, listen, and tell the lab."""
        self._clock.restart(self._reports.now(self.settings.patience))
        if self._memory and (kept := self._memory.load(self.mock)):
            self._take_addresses(kept["addresses"])
        self.server.start()
        self._reports.post("/ready", {"actor": self.settings.name, "port": self.server.port})

    def _app(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == HEALTH:
            start_response("204 No Content", [])
            return [b""]
        if environ["PATH_INFO"].startswith(OWN):
            return self._own(environ, start_response)
        with self._time.work():
            try:
                try:
                    return self.mock.app(environ, start_response)
                finally:
                    self._keep()
            except StateError as error:
                self._put_back(error)
                # with exc_info WSGI lets an answer be begun again
                return no_room(environ, lambda status, headers, *_: start_response(status, headers, sys.exc_info()))

    def _remember(self) -> None:
        try:
            self._keep()
        except StateError as error:
            self._put_back(error)

    def _keep(self) -> None:
        if self._memory:
            self._memory.keep(self.mock)

    def _put_back(self, error: StateError) -> None:
        """What could not be kept never was; where the disk is not the actor's own, the error is the lab's."""
        if self._memory is None or not self._memory.limited:
            raise error
        self._memory.put_back(self.mock)

    def _skip(self, seconds: float) -> None:
        """Let time pass here and at the lab, where others wait for what this node does."""
        with self._time.waiting():
            self._reports.post("/waits", {"seconds": seconds})

    def _rest(self, message: dict[str, Any]) -> dict[str, Any]:
        """Drop all work; between two runs nobody disturbs the others."""
        self._clock.restart(message["now"])
        return {}

    def _begin(self, message: dict[str, Any]) -> dict[str, Any]:
        """A fresh entity for a run, which knows these addresses."""
        self._clock.restart(message["now"])
        self._take_addresses(message["addresses"])
        self.mock.reset(message["seed"], message["profile"])
        if self._memory:
            self._memory.begin(message, self.mock)
        return {}

    def _settle(self, message: dict[str, Any]) -> dict[str, Any]:
        settled = self._clock.settle(message["limit"])
        failures = [self._clock.failures.pop(0) for _ in list(self._clock.failures)]
        return {"settled": settled, "failures": [f"{type(one).__name__}: {one}" for one in failures]}

    def _take_addresses(self, addresses: Mapping[str, Mapping[str, str]]) -> None:
        self._addresses.update({name: Address(**one) for name, one in addresses.items()})


def main() -> None:
    """Serve until told to end, or until whoever launched this process hangs up its standard input.

    The process leaves at once: what must outlive it stands in its folder already.
    """
    ended = threading.Event()

    def end(*_: object) -> None:
        ended.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the lab's; it ends its nodes itself
    try:
        Node(NodeSettings.read(os.environ[SETTINGS]), os.environ.pop(SECRET)).start()
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        sys.stderr.flush()
        os._exit(1)
    if os.environ.get(TIED):
        threading.Thread(target=lambda: end(os.read(0, 1)), daemon=True).start()
    ended.wait()
    os._exit(0)


if __name__ == "__main__":
    main()
