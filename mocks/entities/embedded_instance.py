"""Instances of a VNF that embeds a CISM: they come and go by the lifecycle management of VNFs (GR clause 5.6.3.6).

What is asked of the host of an entity is done to a VNF here: the VNFM instantiates it, and terminates it.
"""

from __future__ import annotations

from mocks.entities.instance_operation import KINDS, InstanceOperation
from mocks.entities.instantiation import Instantiation
from mocks.entities.lifecycle_orders import Order, OrderingGate
from mocks.entities.lifecycle_providers import VnfsOfVnfm
from mocks.entities.package_change import package_of
from mocks.entities.placement import is_shared
from mocks.entities.runner import Runner


class EmbeddedOperation(InstanceOperation):
    """An operation on the instance whose work is ordered from the VNFM that the profile names."""

    def walker(self) -> Runner:
        coming, going = Order(self._order, self._arrived), Order(self._dismiss, self._gone)
        orders = {"deploy": coming, "undo-deploy": going} if self.operation == "INSTANTIATE" else {"stop": going}
        gate = OrderingGate(self.core, orders if is_shared(self.core) else {})
        return Runner(KINDS[self.operation], self.steps, self.core.clock, gate, self)

    @property
    def _vnfs(self) -> VnfsOfVnfm:
        package = package_of(self.core.name, self._request.get("softwareVersion", self.core.software_version))
        return VnfsOfVnfm(self.core, str(self.core.profile.get("vnfm", "vnfm")), package)

    def _order(self) -> None:
        self._vnfs.order(self.core.name, self._vnfs.find(self.core.name))

    def _arrived(self) -> bool:
        vnf = self._vnfs.find(self.core.name)
        return vnf is not None and self._vnfs.arrived(vnf)

    def _dismiss(self) -> None:
        if vnf := self._vnfs.find(self.core.name):
            self._vnfs.dismiss(vnf)

    def _gone(self) -> bool:
        vnf = self._vnfs.find(self.core.name)
        return vnf is None or self._vnfs.gone(vnf)


class EmbeddedInstantiation(Instantiation):
    """The VNF on this host, and the operations that brought it or take it away."""

    operation_class = EmbeddedOperation
