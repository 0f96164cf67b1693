"""The power to connect sites over a WAN: what a WIM offers (wan/v1, the lab's)."""

from __future__ import annotations

import copy
from typing import Any

from mocks.entities.core import Core
from mocks.entities.ports import Body
from mocks.entities.register import Register


class WanConnectivity:
    """Connections between endpoints, made and taken away at once."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._connections: Register[Body] = Register("WAN connection")

    def create(self, request: Body, requested_by: str) -> Body:
        """Connect the endpoints of the request."""
        made = self._core.ids.uuid()
        links = {"self": {"href": f"/wan/v1/connections/{made}"}}
        return self._connections.add(made, {"id": made, **request, "owner": requested_by, "_links": links})

    def list(self) -> list[Body]:
        return self._connections.all()

    def get(self, id: str) -> Body:
        return self._connections.get(id)

    def delete(self, id: str) -> None:
        self._connections.take(id)

    def capture(self) -> Body:
        return {"connections": copy.deepcopy(self._connections.all())}

    def restore(self, captured: dict[str, Any]) -> None:
        self._connections.clear()
        for each in copy.deepcopy(captured["connections"]):
            self._connections.add(each["id"], each)

    def hand_over(self) -> Body:
        """The connections, for another instance of the entity to go on with."""
        return self.capture()

    def take_over(self, state: Body) -> None:
        self.restore(state)

    def snapshot(self) -> Body:
        return self.capture()

    def revive(self, snapshot: Body) -> None:
        self.restore(snapshot)
