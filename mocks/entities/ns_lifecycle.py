"""Lifecycle management of network services by an NFVO (SOL 005)."""

from __future__ import annotations

from collections.abc import Mapping

from mocks.entities.errors import Unprocessable
from mocks.entities.lifecycle import Lifecycle
from mocks.entities.lifecycle_dialect import NS
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_operations import NEW_NSD, Operation
from mocks.entities.lifecycle_orders import Order, OwnProvider, Provider
from mocks.entities.lifecycle_providers import VnfsOfVnfm
from mocks.entities.ns_composition import NOTHING, Composition, shown
from mocks.entities.ns_descriptors import NsDescriptors
from mocks.entities.ports import Body


class NsLifecycle(Lifecycle):
    """NS LCM of an NFVO. An NS has one VNF at the VNFM that the profile names under "vnfm", if it names one."""

    dialect = NS
    member_name = "vnf"

    def identity(self, request: Body) -> Body:
        return {
            "nsInstanceName": request["nsName"],
            "nsInstanceDescription": request["nsDescription"],
            "nsdId": request["nsdId"],
        }

    def provider(self) -> Provider:
        vnfm = self._core.profile.get("vnfm")
        return VnfsOfVnfm(self._core, vnfm) if vnfm else OwnProvider()

    def attributes(self, instance: Instance) -> Body:
        vnfs = [{"vnfInstanceId": member.id} for member in instance.members.all if member.id is not None]
        return {**instance.info, "nsState": instance.state, "vnfInstance": vnfs, **shown(instance)}

    def start(self, id: str, task: str, params: Body, requested_by: str) -> str:
        """As for any instance; Unprocessable for an association with an NSD that was not onboarded."""
        if task == "update" and params.get("updateType") == NEW_NSD:
            named = params.get("assocNewNsdVersionData", {}).get("newNsdId")
            if self._nsd(named) is None:
                raise Unprocessable(f"assocNewNsdVersionData.newNsdId: no NSD {named!r} was onboarded")
        return super().start(id, task, params, requested_by)

    def uses_nsd(self, id: str) -> bool:
        """Whether an instance is associated with this NSD, or about to be."""
        there = any(instance.identity.get("nsdId") == id for instance in self._instances.all())
        return there or any(each.wants_nsd(id) for each in self._occurrences.all())

    def orders(self, instance: Instance, operation: Operation, params: Body) -> Mapping[str, Order]:
        """An NS whose NSD is known consists of what that says; any other has its one VNF."""
        now = self._nsd(instance.identity.get("nsdId"))
        if now is None:
            return {}
        parts = Composition(self._core, instance)
        if operation.name == "INSTANTIATE":
            return {"vnfs": parts.to(now), "undo-vnfs": parts.to(NOTHING)}
        if operation.name == "TERMINATE":
            return {"release": parts.to(NOTHING), "undo-release": parts.to(now)}
        if operation.name == "UPDATE" and params.get("updateType") == NEW_NSD:
            after = self._nsd(params["assocNewNsdVersionData"]["newNsdId"]) or now
            return {"update": parts.to(after), "undo-update": parts.to(now)}
        return {}

    def _nsd(self, id: str | None) -> Body | None:
        nsds = self._core.power(NsDescriptors)
        return nsds.known(id) if nsds and id else None
