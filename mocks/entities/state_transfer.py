"""Operational state data that one instance of an entity hands over to another (GR table 5.3.3.5-1, row 7).

Handed over are what the entity manages, the operations on it, who hears of them, the operations that wait, and the
authentication keys of its peers. From then on the instance works on none of it and takes no further orders; whoever
takes the state over goes on with what was under way. Taking its own state back is the way back.
"""

from __future__ import annotations

import threading
from typing import Protocol, runtime_checkable

from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.instantiation import Instantiation
from mocks.entities.interruption import powers_offering
from mocks.entities.ports import Body


@runtime_checkable
class Transferable(Protocol):
    """A power with operational state that another instance can go on with."""

    def hand_over(self) -> Body:
        """The state as plain data; work under way halts and is not taken up here again."""
        ...

    def take_over(self, state: Body) -> None:
        """Know what the state says and nothing else, and go on with the work under way."""
        ...


class StateTransfer:
    """Hands the state of an entity over, and takes over that of another."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._given: Body | None = None
        self._taken = ""
        self.keys: dict[str, str] = {_name(peer): f"key-of-{_name(peer)}" for peer in core.profile.get("peers", ())}
        """The key by which each peer is known."""
        instantiation = core.power(Instantiation)
        if instantiation is None or not core.profile.get("instantiated", True):
            self.keys = {}

    @property
    def handed_over(self) -> bool:
        """Whether another instance works with the state now."""
        return self._given is not None

    def knows(self, client: str) -> bool:
        """Whether a peer that the instance was configured with may come in: only the transfer brings its key."""
        instantiation = self._core.power(Instantiation)
        return instantiation is None or client not in instantiation.configured_peers or client in self.keys

    def export(self) -> Body:
        """Hand the state over; asked again, the same is given again."""
        with self._lock:
            if self._given is None:
                powers = {name: power.hand_over() for name, power in powers_offering(self._core, Transferable)}
                self._given = {
                    "id": self._core.ids.uuid(),
                    "type": self._core.type,
                    "source": self._core.name,
                    "softwareVersion": self._core.software_version,
                    "authenticationKeys": [{"client": name, "keyId": key} for name, key in self.keys.items()],
                    "state": powers,
                }
            return self._given

    def take(self, data: Body) -> None:
        """Take state over; the same once more changes nothing. Unprocessable for that of another type of entity."""
        powers = dict(powers_offering(self._core, Transferable))
        if data["type"] != self._core.type or data["state"].keys() != powers.keys():
            raise Unprocessable(
                f"state data of a {data['type']} ({', '.join(sorted(data['state']))}) does not fit here"
            )
        readable = self._core.profile.get("readsStateOf")
        if readable is not None and data["softwareVersion"] not in readable:
            raise Unprocessable(f"state data of version {data['softwareVersion']} cannot be read, only {readable}")
        with self._lock:
            if data["id"] == self._taken:
                return
            self._given, self._taken = None, data["id"]
            self.keys = {each["client"]: each["keyId"] for each in data["authenticationKeys"]}
            for name, power in powers.items():
                try:
                    power.take_over(data["state"][name])
                except (KeyError, TypeError, ValueError, AttributeError) as error:
                    raise Unprocessable(f"state data of {name} cannot be read: {error!r}") from None

    def snapshot(self) -> Body:
        return {"given": self._given, "taken": self._taken, "keys": dict(self.keys)}

    def revive(self, snapshot: Body) -> None:
        self._given, self._taken, self.keys = snapshot["given"], snapshot["taken"], dict(snapshot["keys"])


def _name(peer: str | Body) -> str:
    return peer if isinstance(peer, str) else str(peer["name"])
