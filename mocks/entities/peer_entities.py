"""The peers that an entity is configured with (SOL 009 clause 5.6.2.14 and following)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import Unprocessable
from mocks.entities.merge_patch import merged
from mocks.entities.ports import Body
from mocks.entities.register import Register

WORKING = {"operationalState": "STARTED", "administrativeState": "UNLOCKED"}


class PeerEntities:
    """The "peer entities" resource; at first those of `profile["peers"]`."""

    def __init__(self, core: Core) -> None:
        self._ids = core.ids
        self._register: Register[Body] = Register("peer entity")
        for peer in core.profile.get("peers", ()):
            self.create(_configured(peer))

    def create(self, request: Body) -> Body:
        """Make a peer entity of a CreatePeerEntityRequest.

        Raises Unprocessable when that peer is there already: SOL 009 knows no 409 here.
        """
        known = request["peerEntityId"]
        if any(peer["peerEntityId"] == known for peer in self._register.all()):
            raise Unprocessable(f"the peer entity {known} exists already; PATCH it instead")
        made = {"peerEntityState": dict(WORKING), **request, "id": self._ids.uuid()}
        return self._register.add(made["id"], made)

    def list(self) -> list[Body]:
        return self._register.all()

    def get(self, id: str) -> Body:
        return self._register.get(id)

    def modify(self, id: str, patch: Body) -> Body:
        """Apply a PeerEntityConfigModificationRequest and return the peer as it is now."""
        states = {name: patch[name] for name in WORKING if name in patch}
        rest = {name: patch[name] for name in ("name", "description", "consumedManoInterfaces") if name in patch}
        changed = merged(self._register.get(id), {**rest, "peerEntityState": states})
        return self._register.add(id, changed)

    def remove(self, id: str) -> None:
        self._register.take(id)

    def snapshot(self) -> Sequence[Body]:
        return self._register.all()

    def revive(self, snapshot: Sequence[Body]) -> None:
        self._register.clear()
        for peer in snapshot:
            self._register.add(peer["id"], peer)


def _configured(peer: str | Mapping[str, Any]) -> Body:
    """A peer of the profile: {"name", "type"}, or a name that tells the type, as "nfvo-2" does."""
    if isinstance(peer, str):
        return {"peerEntityId": peer, "name": peer, "type": re.sub(r"[-_]?\d+$", "", peer).upper()}
    return {"peerEntityId": peer["name"], "name": peer["name"], "type": peer["type"]}
