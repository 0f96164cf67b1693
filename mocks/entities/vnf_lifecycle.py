"""Lifecycle management of VNFs by a VNFM (SOL 003)."""

from __future__ import annotations

from collections.abc import Mapping

from mocks.entities.errors import Conflict
from mocks.entities.lifecycle import Lifecycle
from mocks.entities.lifecycle_dialect import VNF
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_operations import Operation
from mocks.entities.lifecycle_orders import Order, OwnProvider, Provider
from mocks.entities.lifecycle_providers import ComputeOfVim
from mocks.entities.ports import Body
from mocks.entities.vnf_management import managing


class VnfLifecycle(Lifecycle):
    """VNF LCM of a VNFM. Its VNFs take their compute from the VIM that the profile names under "vim"."""

    dialect = VNF
    member_name = "vnfc"

    def identity(self, request: Body) -> Body:
        given = ("vnfInstanceName", "vnfInstanceDescription", "metadata")
        return {
            "vnfdId": request["vnfdId"],
            "vnfProvider": "manolab",
            "vnfProductName": "mock VNF",
            "vnfSoftwareVersion": "1.0",
            "vnfdVersion": "1.0",
            **{name: request[name] for name in given if name in request},
        }

    def create(self, request: Body, requested_by: str) -> Body:
        """As for any instance; Conflict when the VNFM manages as many VNFs as it can."""
        most = self._core.profile.get("capability", {}).get("maxVnfInstances")
        if most is not None and len(self._instances.all()) >= most:
            raise Conflict(f"{self._core.name} manages {most} VNF instances and has no capacity for another")
        return super().create(request, requested_by)

    def orders(self, instance: Instance, operation: Operation, params: Body) -> Mapping[str, Order]:  # noqa: ARG002
        """A VNF whose software is an actor of the lab is started and stopped over the interface it is managed by."""
        return managing(self._core, instance, operation.name)

    def provider(self) -> Provider:
        vim = self._core.profile.get("vim")
        return ComputeOfVim(self._core, vim) if vim else OwnProvider()

    def attributes(self, instance: Instance) -> Body:
        if not instance.instantiated:
            return {"instantiationState": instance.state}
        members = instance.members.all
        aspect = self._core.profile.get("scaleAspect", "default")
        info = {
            **instance.info,
            "scaleStatus": [{"aspectId": aspect, "scaleLevel": max(0, instance.members.size - 1)}],
            "extCpInfo": [{"id": f"ext-cp-{instance.id}", "cpdId": "ext-cp"}],
            "vnfcResourceInfo": [
                {
                    "id": member.name,
                    "vduId": "vdu",
                    "computeResource": {
                        "vimConnectionId": self._core.profile.get("vim", self._core.name),
                        "resourceId": member.id,
                    },
                }
                for member in members
                if member.id is not None
            ],
        }
        return {"instantiationState": instance.state, "instantiatedVnfInfo": info}
