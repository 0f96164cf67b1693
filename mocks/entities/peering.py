"""How an entity gets on with its peers (peer/v1, the lab's): does a peer serve it, and what became of its requests.

A peer is known by a name and reached at an actor: at first the one of that name, and another one once the entity was
connected to an instance that takes the peer's place (GR clause 5.3.3).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.logs import Logs
from mocks.entities.ports import Body, Check
from mocks.entities.register import Register

SERVICE = re.compile(r"^(/entities|/pair)?/(nslcm|vnflcm|vrm|mcio|wan)/v\d(?=/)")
"""How the path of a service interface begins."""


@dataclass(frozen=True)
class Connection:
    """The actor that stands for a peer, and the path of the service interface that is used there."""

    actor: str
    root: str


@dataclass(frozen=True)
class Request:
    """A request that this entity made and that led to an operation at the producer."""

    producer: str
    method: str
    path: str
    body: Body | None


class Peering:
    """Checks of peers, and the consumer's side of operations that a producer could not take on (GR 5.2.2.8)."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._requests: Register[Request] = Register("request")
        self._connections: dict[str, Connection] = {
            peer: Connection(peer, root) for peer, root in core.profile.get("connections", {}).items()
        }

    def check(self, peer: str) -> Body:
        """Use a service of the peer now, and tell the actor reached. Unprocessable when there is no such actor."""
        try:
            at = self.connection(peer)
            found = self._core.peers.check(at.actor, at.root)
        except KeyError:
            raise Unprocessable(f"{self._core.name} knows no peer {peer}") from None
        return {"peer": found.peer, **_found(found)}

    def connect(self, peer: str, root: str, replaces: str = "") -> Body:
        """Use the peer from now on over the service interface at this path, if it lets this entity in.

        Without a path it is authenticated to and used as in daily life, and nothing changes.
        With `replaces`, the peer takes the place of that other one: whatever went there goes to the peer from now on.
        The entity authenticates to the peer and uses the interface once; what was used before stays when that fails.
        Unprocessable when there is no such actor.
        """
        try:
            status = self._core.peers.authenticate(peer)
            found = self._core.peers.check(peer, root)
        except KeyError:
            raise Unprocessable(f"{self._core.name} knows no peer {peer}") from None
        authenticated = status == 200
        if root and authenticated and found.reachable:
            self._move(replaces or peer, Connection(peer, root))
        used = self._connections.get(peer)
        return {"peer": peer, "apiUri": used.root if used else None, "authenticated": authenticated, **_found(found)}

    def connection(self, peer: str) -> Connection:
        """Where the peer of this name is reached, and over which interface; no root for the one in daily use."""
        return self._connections.get(peer, Connection(peer, ""))

    def reached(self, peer: str, path: str) -> tuple[str, str]:
        """The actor to send a request for this peer to, and the path there."""
        at = self.connection(peer)
        return at.actor, SERVICE.sub(at.root, path, count=1) if at.root else path

    def remember(self, producer: str, method: str, path: str, body: Body | None, location: str | None) -> None:
        """Keep a request of this entity that was answered with the Location of an operation occurrence."""
        if location:
            self._requests.add(_key(producer, location.rsplit("/", 1)[-1]), Request(producer, method, path, body))

    def notice(self, notice: Body) -> None:
        """What a producer's manager says of an operation of this entity.

        On RETRIGGER its request goes out anew, once the notice was answered, and only once; what this entity did not
        ask for leaves it cold. PENDING is news only.
        """
        producer, operation = notice["producer"], notice["operationOccurrenceId"]
        logs = self._core.power(Logs)
        if logs is not None:
            logs.record(f"operation {operation} of {producer}: {notice['reason']}")
        key = _key(producer, operation)
        if notice["reason"] == "RETRIGGER" and key in self._requests:
            again = self._requests.take(key)
            self._core.clock.call_later(0, lambda: self._send(again))

    def snapshot(self) -> Body:
        requests = {key: dict(vars(request)) for key, request in self._requests.items()}
        connections = {peer: dict(vars(at)) for peer, at in self._connections.items()}
        return {"requests": requests, "connections": connections}

    def revive(self, snapshot: Body) -> None:
        self._requests.clear()
        self._connections = {peer: Connection(**at) for peer, at in snapshot["connections"].items()}
        for key, request in snapshot["requests"].items():
            self._requests.add(key, Request(**request))

    def _send(self, request: Request) -> None:
        actor, path = self.reached(request.producer, request.path)
        self._core.peers.request(actor, request.method, path, request.body)

    def _move(self, peer: str, to: Connection) -> None:
        moved = {name for name, at in self._connections.items() if at.actor == peer}
        for name in (*moved, peer, to.actor):
            self._connections[name] = to


def _found(check: Check) -> Body:
    return {"reachable": check.reachable, "status": check.status, "detail": check.detail}


def _key(producer: str, operation: str) -> str:
    return f"{producer}/{operation}"
