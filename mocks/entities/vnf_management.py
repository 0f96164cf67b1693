"""How a VNFM reaches the software of a VNF: a generic VNFM over the standard interface, a specific one over its own.

The profile's "vnfs" says which actor of the lab a VNFD stands for; other VNFs are nobody's software.
"""

from __future__ import annotations

from collections.abc import Mapping

from mocks.entities.core import Core
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_orders import Order, Remote
from mocks.entities.ports import Body

STANDARD = "/vnfconfig/v1/configuration"
PROPRIETARY = "/svnf/v1/commands"


def managing(core: Core, instance: Instance, operation: str) -> Mapping[str, Order]:
    """What the steps of a VNF's instantiation and termination order from its software."""
    actor = core.profile.get("vnfs", {}).get(instance.identity.get("vnfdId"))
    if actor is None:
        return {}
    vnf = Remote(core, actor)
    boot, halt = _Turn(core, vnf, instance, "STARTED"), _Turn(core, vnf, instance, "STOPPED")
    if operation == "INSTANTIATE":
        return {"configure": boot.order, "undo-configure": halt.order}
    if operation == "TERMINATE":
        return {"stop": halt.order, "undo-stop": boot.order}
    return {}


class _Turn:
    """The software of a VNF is started or stopped."""

    def __init__(self, core: Core, vnf: Remote, instance: Instance, state: str) -> None:
        self._specific = bool(core.profile.get("specific"))
        self._vnf = vnf
        self._instance = instance
        self._state = state

    @property
    def order(self) -> Order:
        return Order(self._place, lambda: True)

    def _place(self) -> None:
        if self._specific:
            command = "BOOT" if self._state == "STARTED" else "HALT"
            self._vnf.call("POST", PROPRIETARY, {"command": command, "vnfInstanceId": self._instance.id})
            return
        data: Body = {"vnfInstanceId": self._instance.id, "vnfState": self._state}
        self._vnf.call("PATCH", STANDARD, {"vnfConfigurationData": {"vnfSpecificData": data}})
