"""The world of an entity for unit tests: virtual time, an open gate, peers that remember, ids that count."""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mocks.entities.core import Core
from mocks.entities.ports import Body, Check, Task


class FakeTimer:
    def __init__(self) -> None:
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeClock:
    """Virtual time: nothing happens until `run` is called."""

    def __init__(self) -> None:
        self.time = 0.0
        self._order = itertools.count()
        self._queue: list[tuple[float, int, FakeTimer, Task]] = []

    def now(self) -> float:
        return self.time

    def date(self) -> float:
        return self.time

    def call_later(self, delay: float, task: Task) -> FakeTimer:
        timer = FakeTimer()
        heapq.heappush(self._queue, (self.time + delay, next(self._order), timer, task))
        return timer

    def real(self, lab_seconds: float) -> float:
        return lab_seconds

    def run(self, seconds: float = 1e6) -> None:
        """Do what is due within `seconds` from now (by default all there is), in order; time stops at the last task."""
        end = self.time + seconds
        while self._queue and self._queue[0][0] <= end:
            due, _, timer, task = heapq.heappop(self._queue)
            self.time = max(self.time, due)
            if not timer.cancelled:
                task()
        if seconds < 1e6:
            self.time = end

    def step(self) -> bool:
        """Do the next thing there is to do; whether there was one."""
        if not self._queue:
            return False
        due, _, timer, task = heapq.heappop(self._queue)
        self.time = max(self.time, due)
        if not timer.cancelled:
            task()
        return True


class OpenGate:
    """Lets every step through; notes its point; `failing` maps points to the errors they fail with.

    Points in `closed` neither proceed nor fail; `open` lets the ones that wait there go on.
    """

    def __init__(self) -> None:
        self.points: list[str] = []
        self.failing: dict[str, Exception] = {}
        self.closed: set[str] = set()
        self._waiting: dict[str, list[Task]] = {}

    def enter(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        self.points.append(point)
        if point in self.failing:
            fail(self.failing[point])
        elif point in self.closed:
            self._waiting.setdefault(point, []).append(proceed)
        else:
            proceed()

    def open(self, point: str) -> None:
        self.closed.discard(point)
        for proceed in self._waiting.pop(point, []):
            proceed()


@dataclass
class RecordingPeers:
    """Peers that answer what the test set and remember what was asked.

    `errors` maps a method's name ("allocate") to the exception it raises.
    """

    checks: dict[str, Check] = field(default_factory=dict)
    states: dict[str, Body | None] = field(default_factory=dict)
    replies: dict[tuple[str, str], tuple[int | None, Body | None]] = field(default_factory=dict)
    deaf: set[str] = field(default_factory=set)
    errors: dict[str, Exception] = field(default_factory=dict)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    delivered: list[tuple[str, Body]] = field(default_factory=list)

    def authenticate(self, peer: str) -> int | None:
        self._note("authenticate", peer)
        return 200

    def check(self, peer: str, root: str = "") -> Check:
        self._note("check", peer, *filter(None, [root]))
        return self.checks.get(peer, Check(peer, True, 200))

    def ask_check(self, actor: str, peer: str) -> Check:
        self._note("ask_check", actor, peer)
        return self.checks.get(actor, Check(peer, True, 200))

    def state_of(self, actor: str) -> Body | None:
        self._note("state_of", actor)
        return self.states.get(actor)

    def allocate(self, provider: str, reservation_id: str, resources: Mapping[str, int]) -> str:
        self._note("allocate", provider, reservation_id, dict(resources))
        return f"allocation-{len(self.calls)}"

    def release(self, provider: str, reservation_id: str, allocation_id: str) -> None:
        self._note("release", provider, reservation_id, allocation_id)

    def request(self, to: str, method: str, path: str, body: Body | None = None) -> tuple[int | None, Body | None]:
        self._note("request", to, method, path, body)
        return self.replies.get((method, path), (200, {}))

    def deliver(self, callback_uri: str, notification: Body) -> None:
        self.delivered.append((callback_uri, notification))

    def answers(self, callback_uri: str) -> bool:
        self.calls.append(("answers", callback_uri))
        return callback_uri not in self.deaf

    def named(self, method: str) -> list[tuple[Any, ...]]:
        """The arguments of each call of one method."""
        return [call[1:] for call in self.calls if call[0] == method]

    def notifications(self, type: str | None = None) -> list[Body]:
        """What was delivered, of one notification type or all."""
        return [body for _, body in self.delivered if type in (None, body.get("notificationType"))]

    def _note(self, *call: Any) -> None:
        self.calls.append(call)
        if call[0] in self.errors:
            raise self.errors[call[0]]


class CountingIds:
    """Ids that count up from 1, in the form of a UUID."""

    def __init__(self) -> None:
        self._numbers = itertools.count(1)

    def uuid(self) -> str:
        return f"00000000-0000-4000-8000-{next(self._numbers):012d}"

    def snapshot(self) -> Body:
        return {}

    def revive(self, snapshot: Body) -> None:
        """A world is shared by an entity's lives, and its numbers with it."""


@dataclass
class World:
    """The fakes behind a core."""

    clock: FakeClock = field(default_factory=FakeClock)
    gate: OpenGate = field(default_factory=OpenGate)
    peers: RecordingPeers = field(default_factory=RecordingPeers)
    ids: CountingIds = field(default_factory=CountingIds)


def make_core(type: str = "VNFM", *, name: str | None = None, world: World | None = None, **profile: Any) -> Core:
    """A core without powers in a fake world: `make_core("VIM", peers=["vnfm"])`; give it powers with `core.give`.

    Its fakes are core.clock (FakeClock), core.gate (OpenGate), core.peers (RecordingPeers), core.ids (CountingIds).
    """
    world = world or World()
    return Core(name or type.lower(), type, world.clock, world.ids, world.gate, world.peers, profile)
