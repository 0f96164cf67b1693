"""The Fallback Manager: its fallbacks, who is around, and who hears of them."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from harness.clients.entities import Endpoint, Entities
from harness.clients.errors import ClientError
from harness.clients.http import Body
from harness.fallback.fallback import Fallback
from harness.fallback.order import Order
from harness.fallback.procedure import Procedure
from harness.fallback.view import notification
from harness.sut.surroundings import Surroundings


class OrderError(ValueError):
    """A fallback that cannot be begun as asked; `problems` lists every reason."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Busy(Exception):
    """Another fallback is in progress; two at once would pull the same entities to different states."""


@dataclass(frozen=True)
class Subscription:
    """Who hears of the fallbacks."""

    id: str
    callback_uri: str


class FallbackManager:
    """Holds fallbacks by id; every request is noted here and acted on in the clock's tasks."""

    def __init__(self, surroundings: Surroundings, procedure: type[Procedure]) -> None:
        self._own = surroundings.own_url.rstrip("/")
        self._clock = surroundings.clock
        self._procedure = procedure
        self.fallback_class = Fallback
        self._lock = threading.Lock()
        self._numbers = 0
        self.entities = Entities(surroundings.session, surroundings.inventory, surroundings.clock)
        self.fallbacks: dict[str, Fallback] = {}
        self.subscriptions: dict[str, Subscription] = {}

    def introduce(self, inventory: Mapping[str, Endpoint], authorization: Mapping[str, str] | None) -> None:
        """Take other actors for the world around; raises ClientError when no token comes."""
        if authorization:
            given = (authorization[name] for name in ("tokenEndpoint", "clientId", "clientSecret"))
            self.entities.identify(*given)
        self.entities.replace(inventory)

    def begin(self, request: Body) -> Fallback:
        """Note a fallback and begin it in the clock's next task; raises OrderError with every problem, or Busy."""
        order = Order.of(request)
        known = self.entities.names
        problems = [f"nobody is called {name!r}" for name in sorted(order.actors) if name not in known]
        if problems:
            raise OrderError(problems)
        with self._lock:
            under_way = [one.id for one in self.fallbacks.values() if not one.ended]
            if under_way:
                raise Busy(f"fallback {under_way[0]} is in progress; wait for its end")
            name = self._id("fallbacks")
            callback = f"{self._own}/callbacks/{name}"
            made = self.fallback_class(name, order, self.entities, self._clock, callback, self._procedure, self._tell)
            self.fallbacks[name] = made
        self._tell(made)
        self._clock.call_later(0, made.begin)
        return made

    def listens(self, id: str) -> bool:
        """Whether there is such a fallback."""
        return id in self.fallbacks

    def notified(self, id: str, body: Body) -> bool:
        """Take a notification for a fallback; False when there is no such fallback."""
        found = self.fallbacks.get(id)
        if found is None:
            return False
        self._clock.call_later(0, lambda: found.notified(body))
        return True

    def subscribe(self, callback_uri: str) -> tuple[Subscription, bool]:
        """Make a subscription or find the equal one; raises ClientError when the callback does not answer a GET."""
        for existing in self.subscriptions.values():
            if existing.callback_uri == callback_uri:
                return existing, False
        self.entities.at(callback_uri).get("")
        with self._lock:
            made = Subscription(self._id("subscriptions"), callback_uri)
            self.subscriptions[made.id] = made
        return made, True

    def _id(self, kind: str) -> str:
        # The same manager asked the same things gives the same ids, so that runs can be compared.
        self._numbers += 1
        return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self._own}/fallback/v1/{kind}/{self._numbers}"))

    def _tell(self, fallback: Fallback) -> None:
        for subscription in list(self.subscriptions.values()):
            told = notification(fallback, subscription.id, self._clock.now())
            self._clock.call_later(0, lambda to=subscription.callback_uri, told=told: self._deliver(to, told))  # type: ignore[misc]

    def _deliver(self, callback_uri: str, told: Body) -> None:
        try:
            self.entities.at(callback_uri).post("", told)
        except ClientError:
            # What becomes of a notification is the receiver's affair; the fallback can be queried.
            return
