"""Where members come from: compute resources of a VIM for a VNF, VNFs of a VNFM for an NS."""

from __future__ import annotations

from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import StepFailed
from mocks.entities.lifecycle_orders import Remote

UNDER_WAY = ("STARTING", "PROCESSING", "ROLLING_BACK")
COMPUTE = {"vcpu": 2, "memoryMiB": 4096, "storageGiB": 20}


def carried_out(occurrence: dict[str, Any], what: str) -> bool:
    """Whether an operation at the provider has ended well; raises StepFailed when it has ended otherwise."""
    state = occurrence.get("operationState")
    if state is None or state in UNDER_WAY:
        return False
    if state != "COMPLETED":
        detail = (occurrence.get("error") or {}).get("detail", "")
        raise StepFailed(f"{what} ended in {state}: {detail}".rstrip(": "), transient=True)
    return True


class ComputeOfVim:
    """Compute resources over vrm/v1."""

    ROOT = "/vrm/v1"

    def __init__(self, core: Core, vim: str) -> None:
        self._vim = Remote(core, vim)
        self._resources = dict(core.profile.get("vnfcResources", COMPUTE))

    def find(self, name: str) -> str | None:
        found = self._vim.query(f"{self.ROOT}/compute_resources", "name", name)
        return str(found[-1]["id"]) if found else None

    def order(self, name: str, found: str | None) -> None:
        if found is None or self._operation(found).get("operationState") in ("FAILED", "ROLLED_BACK"):
            self._vim.call("POST", f"{self.ROOT}/compute_resources", {"name": name, "resources": self._resources})

    def arrived(self, id: str) -> bool:
        return carried_out(self._operation(id), f"allocation of compute resource {id}")

    def dismiss(self, id: str) -> None:
        self._vim.call("DELETE", f"{self.ROOT}/compute_resources/{id}", also=404)

    def gone(self, id: str) -> bool:
        operation = self._operation(id)
        if operation and operation.get("operation") != "TERMINATE":
            return False
        return not operation or carried_out(operation, f"termination of compute resource {id}")

    def _operation(self, id: str) -> dict[str, Any]:
        return self._vim.latest(f"{self.ROOT}/vrm_op_occs", "computeResourceId", id)


class VnfsOfVnfm:
    """VNF instances over vnflcm/v1, created and instantiated, and terminated and deleted."""

    ROOT = "/vnflcm/v1"

    def __init__(self, core: Core, vnfm: str, vnfd: str = "") -> None:
        self._vnfm = Remote(core, vnfm)
        self._vnfd = vnfd or str(core.profile.get("vnfdId", "vnfd-1"))

    def find(self, name: str) -> str | None:
        found = self._vnfm.query(f"{self.ROOT}/vnf_instances", "vnfInstanceName", name)
        return str(found[0]["id"]) if found else None

    def order(self, name: str, found: str | None) -> None:
        operation = self._operation(found) if found else {}
        if operation.get("operationState") == "FAILED_TEMP":
            self._vnfm.call("POST", f"{self.ROOT}/vnf_lcm_op_occs/{operation['id']}/retry")
        elif operation.get("operationState") not in (*UNDER_WAY, "COMPLETED"):
            vnf = found or self._create(name)
            self._vnfm.call("POST", f"{self.ROOT}/vnf_instances/{vnf}/instantiate", {"flavourId": "default"})

    def arrived(self, id: str) -> bool:
        return carried_out(self._operation(id), f"instantiation of VNF {id}")

    def dismiss(self, id: str) -> None:
        operation = self._operation(id)
        if operation.get("operationState") == "FAILED_TEMP":
            self._vnfm.call("POST", f"{self.ROOT}/vnf_lcm_op_occs/{operation['id']}/fail")
        if self._is_instantiated(id):
            path = f"{self.ROOT}/vnf_instances/{id}/terminate"
            self._vnfm.call("POST", path, {"terminationType": "GRACEFUL"}, also=404)

    def gone(self, id: str) -> bool:
        operation = self._operation(id)
        if operation.get("operation") == "TERMINATE" and not carried_out(operation, f"termination of VNF {id}"):
            return False
        self._vnfm.call("DELETE", f"{self.ROOT}/vnf_instances/{id}", also=404)
        return True

    def recall(self, id: str) -> None:
        """Have a VNF back whose termination broke: what was done of it is undone."""
        operation = self._operation(id)
        if (operation.get("operation"), operation.get("operationState")) == ("TERMINATE", "FAILED_TEMP"):
            self._vnfm.call("POST", f"{self.ROOT}/vnf_lcm_op_occs/{operation['id']}/rollback")

    def recalled(self, id: str) -> bool:
        if self._operation(id).get("operationState") in UNDER_WAY:
            return False
        if not self._is_instantiated(id):
            raise StepFailed(f"VNF {id} is terminated and cannot be had back")
        return True

    def _create(self, name: str) -> str:
        made = self._vnfm.call("POST", f"{self.ROOT}/vnf_instances", {"vnfdId": self._vnfd, "vnfInstanceName": name})
        return str(made["id"])

    def _is_instantiated(self, id: str) -> bool:
        vnf = self._vnfm.call("GET", f"{self.ROOT}/vnf_instances/{id}", also=404)
        return (vnf or {}).get("instantiationState") == "INSTANTIATED"

    def _operation(self, id: str) -> dict[str, Any]:
        return self._vnfm.latest(f"{self.ROOT}/vnf_lcm_op_occs", "vnfInstanceId", id)
