"""The software modification of a VNF that embeds a CISM (GR clause 5.6.2.6): a change of its VNF package.

Whoever asks the VNF to modify its software triggers the procedure that VNFs have for it: its VNFM changes the VNF's
package. The work of the modification is that of everybody, but for the step that deploys a version: it is done once the
VNFM has completed the operation Change Current VNF Package. Going back takes the same way.
"""

from __future__ import annotations

from mocks.entities.errors import StepFailed
from mocks.entities.lifecycle_orders import Order, OrderingGate, Remote
from mocks.entities.lifecycle_providers import carried_out
from mocks.entities.modification_operation import KIND, ModificationOperation
from mocks.entities.placement import is_shared
from mocks.entities.runner import Runner
from mocks.entities.software_modification import SoftwareModification

ROOT = "/vnflcm/v1"


def package_of(name: str, version: str) -> str:
    """The VNFD with which a VNF runs a version of its software."""
    return f"{name}-{version}"


class PackageChange(ModificationOperation):
    """A modification whose deployment is ordered from the VNFM that the profile names."""

    def walker(self) -> Runner:
        orders = {"deploy": self._change(self.destination), "undo-deploy": self._change(self.source)}
        gate = OrderingGate(self.core, orders if is_shared(self.core) else {})
        return Runner(KIND, self.steps, self.core.clock, gate, self)

    def _change(self, version: str) -> Order:
        return Order(lambda: self.order(version), lambda: self._changed(version))

    def order(self, version: str) -> None:
        """Have the VNFM change the package to the one with this version; nothing to do where it has it."""
        if self._vnf["vnfdId"] != package_of(self.core.name, version):
            wanted = {"vnfdId": package_of(self.core.name, version)}
            self._vnfm.call("POST", f"{ROOT}/vnf_instances/{self._vnf['id']}/change_vnfpkg", wanted)

    def _changed(self, version: str) -> bool:
        if self._vnf["vnfdId"] == package_of(self.core.name, version):
            return True
        operation = self._vnfm.latest(f"{ROOT}/vnf_lcm_op_occs", "vnfInstanceId", self._vnf["id"])
        carried_out(operation, f"change of the VNF package of {self.core.name}")
        return False

    @property
    def _vnfm(self) -> Remote:
        return Remote(self.core, str(self.core.profile.get("vnfm", "vnfm")))

    @property
    def _vnf(self) -> dict[str, str]:
        found = self._vnfm.query(f"{ROOT}/vnf_instances", "vnfInstanceName", self.core.name)
        if not found:
            raise StepFailed(f"{self._vnfm.actor} manages no VNF called {self.core.name}")
        return dict(found[0])


class EmbeddedModification(SoftwareModification):
    """The power of a VNF that embeds a CISM to have its software modified."""

    operation_class = PackageChange
