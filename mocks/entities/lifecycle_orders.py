"""What a lifecycle operation takes from another entity over the wire: ordered, waited for, and given back.

Whoever waits does so on the clock: after an order is placed, its provider is asked at growing intervals whether it is
done, each time through the gate as "<kind of work>/await-<step>".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.peering import Peering
from mocks.entities.ports import Gate, Task

PATIENCE = 120.0
FIRST_LOOK = 0.1
SLOWEST_LOOK = 10.0


@dataclass(frozen=True)
class Order:
    """`place` sends it, `settled` says whether it is carried out; both raise StepFailed when it cannot be."""

    place: Callable[[], None]
    settled: Callable[[], bool]


class OrderingGate:
    """Behind the entity's own gate, lets a step be done only once what it orders from others is there."""

    def __init__(self, core: Core, orders: Mapping[str, Order], wanted: Callable[[], bool] = lambda: True) -> None:
        """`wanted` says whether anybody still waits for what is ordered."""
        self.wanted = wanted
        self._clock = core.clock
        self._gate: Gate = core.gate
        self._orders = orders

    def enter(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        kind, _, step = point.partition("/")
        order = self._orders.get(step)
        if order is None:
            self._gate.enter(point, proceed, fail)
            return
        waiting = _Waiting(self, f"{kind}/await-{step}", order, proceed, fail)
        self._gate.enter(point, waiting.place, fail)

    def look_later(self, point: str, delay: float, look: Task, fail: Callable[[Exception], None]) -> None:
        self._clock.call_later(delay, lambda: self._gate.enter(point, look, fail))

    def now(self) -> float:
        return self._clock.now()


@dataclass
class _Waiting:
    gate: OrderingGate
    point: str
    order: Order
    proceed: Task
    fail: Callable[[Exception], None]
    deadline: float = 0.0
    interval: float = FIRST_LOOK

    def place(self) -> None:
        if not self.gate.wanted():
            return
        self.deadline = self.gate.now() + PATIENCE
        try:
            self.order.place()
        except StepFailed as error:
            self.fail(error)
            return
        self.look()

    def look(self) -> None:
        try:
            if self.order.settled():
                self.proceed()
                return
        except StepFailed as error:
            self.fail(error)
            return
        if self.gate.now() >= self.deadline:
            self.fail(StepFailed(f"{self.point}: not carried out within {PATIENCE:g} s", transient=True))
            return
        self.gate.look_later(self.point, self.interval, self.look, self.fail)
        self.interval = min(2 * self.interval, SLOWEST_LOOK)


class Provider(Protocol):
    """Whoever provides the members of an instance; each call goes over the wire and raises StepFailed when refused."""

    def find(self, name: str) -> str | None:
        """The id of what was ordered under this name, or None when the provider knows nothing of it."""
        ...

    def order(self, name: str, found: str | None) -> None:
        """Order it, or what is left to be ordered of what an earlier attempt left behind."""
        ...

    def arrived(self, id: str) -> bool: ...

    def dismiss(self, id: str) -> None: ...

    def gone(self, id: str) -> bool: ...


class OwnProvider:
    """An entity without a provider has what it needs itself, under the name it gave it."""

    def find(self, name: str) -> str | None:
        return name

    def order(self, name: str, found: str | None) -> None: ...

    def arrived(self, id: str) -> bool:  # noqa: ARG002 - it is there whatever it is
        return True

    def dismiss(self, id: str) -> None: ...

    def gone(self, id: str) -> bool:  # noqa: ARG002
        return True


@dataclass
class Member:
    """One thing that an instance is made of; `id` is the provider's, None until it is known."""

    name: str
    id: str | None = None
    ready: bool = False


class Members:
    """What an instance is made of. Growing and shrinking take up what a broken attempt left behind."""

    def __init__(self, provider: Provider, new_name: Callable[[], str]) -> None:
        self._provider = provider
        self._new_name = new_name
        self.all: list[Member] = []

    @property
    def size(self) -> int:
        """How many are there and ready; what a broken attempt left behind does not count."""
        return sum(member.ready for member in self.all)

    def growth(self, size: int) -> Order:
        """The order after which there are `size` members, if there were fewer."""
        return Order(lambda: self._grow(size), lambda: self._all_arrived(size))

    def reduction(self, size: int) -> Order:
        """The order after which there are `size` members, if there were more; the newest go first."""
        return Order(lambda: self._shrink(size), lambda: self._all_gone(size))

    def _grow(self, size: int) -> None:
        for member in self.all[:size]:
            if not member.ready:
                self._provider.order(member.name, self._provider.find(member.name))
                member.id = None  # it may be another one now
        while len(self.all) < size:
            # Remembered before it is ordered: when the answer gets lost, it can be found by its name.
            member = Member(self._new_name())
            self.all.append(member)
            self._provider.order(member.name, None)

    def _all_arrived(self, size: int) -> bool:
        for member in self.all[:size]:
            if not member.ready:
                member.id = member.id or self._provider.find(member.name)
                member.ready = member.id is not None and self._provider.arrived(member.id)
        return all(member.ready for member in self.all[:size])

    def _shrink(self, size: int) -> None:
        for member in self.all[size:][::-1]:
            member.id = member.id or self._provider.find(member.name)
            member.ready = False
            if member.id is None:
                self.all.remove(member)
            else:
                self._provider.dismiss(member.id)

    def _all_gone(self, size: int) -> bool:
        for member in self.all[size:][::-1]:
            if member.id is None or self._provider.gone(member.id):
                self.all.remove(member)
        return len(self.all) <= size


@dataclass(frozen=True)
class Remote:
    """An API of another entity as one's own steps use it."""

    core: Core
    actor: str

    def call(self, method: str, path: str, body: dict[str, Any] | None = None, also: int | None = None) -> Any:
        """The body of the answer; raises StepFailed unless the status is a success, or `also`.

        No answer, an error of the server and a conflict may pass (transient), other refusals stay.
        """
        peering = self.core.power(Peering)
        actor, there = peering.reached(self.actor, path) if peering else (self.actor, path)
        status, answer = self.core.peers.request(actor, method, there, body)
        if status is not None and (200 <= status < 300 or status == also):
            return answer
        transient = status is None or status >= 500 or status in (409, 429)
        told = "no answer" if status is None else f"{status} {(answer or {}).get('detail', '')}".rstrip()
        raise StepFailed(f"{method} {path} at {self.actor}: {told}", transient=transient)

    def query(self, path: str, attribute: str, value: str) -> list[dict[str, Any]]:
        """The items of a list whose attribute has the value."""
        items = self.call("GET", f"{path}?filter=(eq,{attribute},{value})")
        return [item for item in items if item.get(attribute) == value] if isinstance(items, list) else []

    def latest(self, path: str, attribute: str, value: str) -> dict[str, Any]:
        """The newest item of such a list; empty when there is none."""
        items = reversed(self.query(path, attribute, value))
        return max(items, key=lambda item: str(item.get("startTime", "")), default={})
