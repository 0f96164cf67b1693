"""Virtual networks of a VIM: made and removed at once (vrm/v1)."""

from __future__ import annotations

from collections.abc import Sequence

from mocks.entities.core import Core
from mocks.entities.ports import Body
from mocks.entities.register import Register


class VirtualNetworks:
    """The networks that somebody asked for."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._networks: Register[Body] = Register("network")

    def create(self, request: Body, owner: str) -> Body:
        made = {"id": self._core.ids.uuid(), "name": request["name"], "owner": owner}
        return _shown(self._networks.add(made["id"], made))

    def list(self) -> Sequence[Body]:
        return [_shown(each) for each in self._networks.all()]

    def get(self, id: str) -> Body:
        return _shown(self._networks.get(id))

    def remove(self, id: str) -> None:
        self._networks.take(id)

    def capture(self) -> Sequence[Body]:
        return [dict(each) for each in self._networks.all()]

    def restore(self, captured: Sequence[Body]) -> None:
        self._networks.clear()
        for each in captured:
            self._networks.add(each["id"], dict(each))


def _shown(network: Body) -> Body:
    return {**network, "_links": {"self": {"href": f"/vrm/v1/networks/{network['id']}"}}}
