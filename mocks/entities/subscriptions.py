"""Subscriptions and the notifications they lead to (SOL 013 clause 5.9 and the subscription resources of each API)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from mocks.entities.errors import NotFound, Unprocessable
from mocks.entities.ports import Body, Clock, Ids, Peers


@dataclass(frozen=True)
class Subscription:
    """Who wants to hear of what: the callback, and the filter as it was sent."""

    id: str
    callback_uri: str
    filter: Body = field(default_factory=dict)


class Subscriptions:
    """The subscribers of one API of one entity; `publish` sends each what its filter lets through."""

    def __init__(self, ids: Ids, clock: Clock, peers: Peers) -> None:
        self._ids = ids
        self._clock = clock
        self._peers = peers
        self._items: dict[str, Subscription] = {}

    def add(self, callback_uri: str, filter: Body | None = None) -> tuple[Subscription, bool]:
        """Make a subscription, or find the equal one that exists; the bool says whether it is new.

        Raises Unprocessable when the callback does not answer the test that SOL 013 asks for.
        """
        wanted = filter or {}
        for existing in self._items.values():
            if existing.callback_uri == callback_uri and existing.filter == wanted:
                return existing, False
        if not self._peers.answers(callback_uri):
            raise Unprocessable(f"callbackUri {callback_uri} did not answer a GET with 204; is the receiver up?")
        made = Subscription(self._ids.uuid(), callback_uri, wanted)
        self._items[made.id] = made
        return made, True

    def get(self, id: str) -> Subscription:
        try:
            return self._items[id]
        except KeyError:
            raise NotFound(f"no subscription {id}") from None

    def all(self) -> list[Subscription]:
        return list(self._items.values())

    def remove(self, id: str) -> None:
        self.get(id)
        del self._items[id]

    def snapshot(self) -> list[Body]:
        return [dict(vars(subscription)) for subscription in self.all()]

    def revive(self, snapshot: Sequence[Body]) -> None:
        self._items = {each["id"]: Subscription(**each) for each in snapshot}

    def publish(self, make: Callable[[Subscription], Body | None]) -> None:
        """Send to each subscriber what `make` gives for it (None: not for this one), after the present request."""
        for subscription in list(self._items.values()):
            notification = make(subscription)
            if notification is not None:
                self._clock.call_later(0, partial(self._peers.deliver, subscription.callback_uri, notification))
