"""How the actors of an embedded lab reach each other: by sockets, or by calls. One seam, the same history."""

from __future__ import annotations

import errno
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

import requests

from mocks.faults.effects import CALLER, GONE, WAIT, NoAnswer
from mocks.lab.errors import PortTaken
from mocks.wire.adapter import ExchangeAdapter
from mocks.wire.calls import Calls
from mocks.wire.clock import PacedClock, VirtualClock
from mocks.wire.direct import DirectNetwork
from mocks.wire.pace import PacedTime
from mocks.wire.peers import Exchange
from mocks.wire.sockets import SocketExchange

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from mocks.wire.server import ActorServer

LOOPBACK = "127.0.0.1"
PACE = 0.01
"""Real seconds that a lab second takes where sockets need real time, while everybody waits."""

BRISK = 0.0005
"""The same where everybody's work is seen: nobody is taken to wait who is at work somewhere else."""

NODE_PACE = 0.05
"""The same where each actor is a process: their messages have a longer way to go."""

PROMPT = 30.0
"""Lab seconds that every caller waits for an answer, and more."""

LabClock = VirtualClock | PacedClock


class Transport(Protocol):
    """Brings applications up under a URL, and requests to them."""

    name: str
    host: str
    clock: LabClock
    exchange: Exchange

    def new_clock(self) -> LabClock:
        """The clock for an actor that is not a mock; its tasks may block without stopping the mocks' time."""
        ...

    def serve(self, name: str, app: WSGIApplication, port: int = 0) -> str:
        """Serve an application from now on and return its URL; the name may be served anew by another one."""
        ...

    def mount(self, session: requests.Session) -> None:
        """Let a session reach the lab's URLs."""
        ...

    def settle(self, limit: float) -> bool:
        """Wait until the mocks have nothing left to do and everybody hosted rests; whether that came in `limit`."""
        ...

    def standing_still(self) -> AbstractContextManager[None]:
        """While somebody looks at the lab from outside, its time does not pass."""
        ...

    def attend(self) -> None:
        """Until the clocks are restarted, time passes only while the calling thread waits for something in the lab."""
        ...

    def restart_clocks(self) -> None: ...
    def take_failures(self) -> list[BaseException]: ...
    def close(self) -> None: ...


class DirectTransport:
    """Calls in one thread, on a virtual clock: no socket, no thread, no waiting."""

    name = "direct"
    host = ""

    def __init__(self) -> None:
        clock = VirtualClock()
        self.clock: LabClock = clock
        self._network = DirectNetwork(clock)
        self.exchange: Exchange = self._network.call

    def new_clock(self) -> LabClock:
        return self.clock

    def serve(self, name: str, app: WSGIApplication, port: int = 0) -> str:  # noqa: ARG002 - calls need no port
        self._network.attach(name, app)
        return f"http://{name}"

    def mount(self, session: requests.Session) -> None:
        session.mount("http://", ExchangeAdapter(self.exchange))

    def settle(self, limit: float) -> bool:
        return self.clock.settle(limit)

    def standing_still(self) -> AbstractContextManager[None]:
        return nullcontext()  # it passes in waits only

    def attend(self) -> None:
        """It passes in waits only."""

    def restart_clocks(self) -> None:
        self.clock.restart()

    def take_failures(self) -> list[BaseException]:
        return []

    def close(self) -> None:
        self.clock.close()


class SocketTransport:
    """One HTTP server an actor, each on a port of its own, on loopback unless told another address of this machine."""

    name = "sockets"

    def __init__(self, host: str = LOOPBACK, pace: float = PACE, called: str = "") -> None:
        """`called` is the name under which others reach `host`, when it is not itself what they are told."""
        self.host = host
        self._called = called or host
        self._time = PacedTime(pace)
        self._clocks = [PacedClock(self._time, "lab-clock")]
        self.clock: LabClock = self._clocks[0]
        self._servers: dict[str, ActorServer] = {}
        self._apps: dict[str, Replaceable] = {}
        self._calls = Calls(self._time)
        self._exchange = SocketExchange(self._calls)
        self.exchange: Exchange = self._exchange

    def new_clock(self) -> LabClock:
        clock = PacedClock(self._time, f"clock-{len(self._clocks)}")
        self._clocks.append(clock)
        return clock

    def serve(self, name: str, app: WSGIApplication, port: int = 0) -> str:
        from mocks.wire.server import ActorServer  # noqa: PLC0415 - the direct transport does without

        if name not in self._servers:
            self._apps[name] = Replaceable(app, self._time, self._calls)
            try:
                server = ActorServer(name, self._apps[name], port, self.host)
            except OSError as error:
                raise _port_error(name, port, error) from None
            server.start()
            self._servers[name] = server
        self._apps[name].app = app
        return f"http://{self._called}:{self._servers[name].port}"

    def mount(self, session: requests.Session) -> None:
        """Sockets are what sessions speak anyway; to the lab they speak plainly."""
        session.mount("http://", ExchangeAdapter(self.exchange))

    def settle(self, limit: float) -> bool:
        mocks, *others = self._clocks
        end = mocks.now() + limit
        while (left := end - mocks.now()) > 0:
            # Who was still at work may have given work to another who had none: all must rest in one look.
            if not all([clock.rest(left) for clock in others] + [mocks.settle(left)]):
                return False
            if all(clock.rest(0) for clock in others) and mocks.settle(0):
                return True
        return False

    def standing_still(self) -> AbstractContextManager[None]:
        return self._time.work()

    def attend(self) -> None:
        self._time.attend()

    def restart_clocks(self) -> None:
        self._time.part()
        for clock in self._clocks:
            clock.restart()

    def take_failures(self) -> list[BaseException]:
        """What broke in the clocks' tasks since last asked: the lab's own failures, never the subject's."""
        return [clock.failures.pop(0) for clock in self._clocks for _ in list(clock.failures)]

    def close(self) -> None:
        self._exchange.close()
        for clock in self._clocks:
            clock.close()
        if self._servers:
            with ThreadPoolExecutor(len(self._servers)) as pool:
                list(pool.map(lambda server: server.stop(), self._servers.values()))


TRANSPORTS: Mapping[str, Callable[[], Transport]] = {
    DirectTransport.name: DirectTransport,
    SocketTransport.name: SocketTransport,
}


class Replaceable:
    """A server outlives the application it serves: each run may bring its own. To answer is work, and takes no time."""

    def __init__(self, app: WSGIApplication, time: PacedTime, calls: Calls) -> None:
        self.app = app
        self._time = time
        self._calls = calls

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        environ[WAIT] = partial(self._wait, environ[GONE])
        try:
            with self._time.work():
                return self.app(environ, start_response)
        except NoAnswer as silence:
            call = self._calls.of(environ[CALLER]) if silence.kind == "hang" else None
            if call is None:
                raise
            call.sit_out(self._time, environ[GONE])
            raise NoAnswer("lost") from None  # to hang up tells a caller of the lab's that its time is up

    def _wait(self, gone: Callable[[float], bool], seconds: float) -> bool:
        """Keep an answer back for lab seconds; whether the caller is still there.

        Time passes at once, though caller and called are at work, if no caller loses patience so soon. Else it passes
        as for somebody who waits for a silent actor: the caller's time-out is then as long here as it is there.
        """
        begun = self._time.now()
        with ExitStack() as stack:
            for _ in ("called", "caller") if seconds <= PROMPT else ():
                stack.enter_context(self._time.waiting())
            while (left := begun + seconds - self._time.now()) > 0:
                if gone(self._time.sleep(left)):
                    return False
                if self._time.now() < begun:
                    break  # a fresh run
        return True


def _port_error(name: str, port: int, error: OSError) -> PortTaken:
    if error.errno == errno.EADDRINUSE or "already in use" in str(error):
        return PortTaken(
            f"port {port}, which the topology gives to {name}, is in use; "
            "free it, choose another, or leave 'port' out so that the system chooses"
        )
    if error.errno == errno.EADDRNOTAVAIL or "assign requested address" in str(error):
        return PortTaken(
            f"{name} is to be served on an address that this machine does not have; "
            "for an engine on a machine of its own set MANOLAB_ADDRESS to an address of this one"
        )
    return PortTaken(f"port {port} for {name} cannot be bound: {error.strerror or error}")
