"""Wrong entities where a specific VNFM gives way to a generic one (clause 5.5.2); each docstring is its one lie."""

from __future__ import annotations

from collections.abc import Mapping

from mocks.entities.information import Information
from mocks.entities.lifecycle_instance import Instance
from mocks.entities.lifecycle_occurrence import LifecycleOccurrence
from mocks.entities.lifecycle_operations import Operation
from mocks.entities.lifecycle_orders import Order
from mocks.entities.ns_composition import NOTHING, Composition
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.ports import Body
from mocks.entities.traffic import TrafficSteering
from mocks.entities.vnf_application import ProprietaryManagement, StandardManagement


class _Composing(NsLifecycle):
    """An NFVO that composes its NSs in another way."""

    composition: type[Composition] = Composition

    def orders(self, instance: Instance, operation: Operation, params: Body) -> Mapping[str, Order]:
        found = super().orders(instance, operation, params)
        now = self._nsd(instance.identity.get("nsdId"))
        if operation.name != "UPDATE" or not found or now is None:
            return found
        after = self._nsd(params["assocNewNsdVersionData"]["newNsdId"]) or NOTHING
        parts = self.composition(self._core, instance)
        return {"update": parts.to(after), "undo-update": parts.to(now)}


class ForgetsNetworks(_Composing):
    """Instantiates the VNFs of an NS, and no virtual networks for their paths."""

    class composition(Composition):  # noqa: N801
        def _make_networks(self, missing: list[str]) -> None: ...


class LeavesNetworks(_Composing):
    """Terminates the VNFs that an NS has no more, and leaves their virtual networks."""

    class composition(Composition):  # noqa: N801
        def _remove_networks(self, left: list[str]) -> None:
            for link in left:
                del self.networks[link]


class ReportsWhatIsOrdered(_Composing):
    """Reports that the NS is as the NSD says as soon as it has ordered a VNF."""

    class composition(Composition):  # noqa: N801
        def _all_there(self, wanted: dict[str, Body]) -> bool:
            super()._all_there(wanted)
            return True


class ForgetsWhatItTerminates(_Composing):
    """Has a VNF terminated, and never learns what came of it."""

    class composition(Composition):  # noqa: N801
        def _all_gone(self, unwanted: set[str]) -> bool:
            for name in sorted(unwanted):
                vnf = self.vnfs.pop(name)
                self._provider(vnf).dismiss(vnf["id"])
            return True


class TellsNobody(NsLifecycle):
    """Never reports what becomes of an update of an NS."""

    def _announce(self, occurrence: LifecycleOccurrence) -> None:
        if occurrence.operation.name != "UPDATE":
            super()._announce(occurrence)


class UpdatesBesides(TrafficSteering):
    """Has the NS updated by itself, past the SMM, whenever it is to steer traffic."""

    def _tell(self, turn: int) -> None:
        super()._tell(turn)
        _, there = self._core.peers.request("nfvo", "GET", "/nslcm/v1/ns_instances")
        for each in there if isinstance(there, list) else []:
            path = f"/nslcm/v1/ns_instances/{each['id']}/update"
            self._core.peers.request("nfvo", "POST", path, {"updateType": "ADD_VNF"})


class IsOfAnotherVersion(Information):
    """Says that it runs the source version, though it was delivered in the destination version."""

    def entity(self) -> Body:
        return {**super().entity(), "softwareVersion": "1.0.0"}


class SaysItIsStopped(ProprietaryManagement):
    """Says over the proprietary interface that it is stopped, though it serves."""

    def status(self) -> Body:
        return {**super().status(), "vnfState": "STOPPED"}


class SaysItIsStoppedToo(StandardManagement):
    """Says over the standard interface that it is stopped, though it serves."""

    def configuration(self) -> Body:
        found = super().configuration()["vnfConfigurationData"]["vnfSpecificData"]
        return {"vnfConfigurationData": {"vnfSpecificData": {**found, "vnfState": "STOPPED"}}}


class IsLockedThroughout(Information):
    """Says that it is locked, though it is to manage VNFs."""

    def entity(self) -> Body:
        told = super().entity()
        return {**told, "manoApplicationState": {**told["manoApplicationState"], "administrativeState": "LOCKED"}}


class IsAnElementManager(Information):
    """Says of itself that it is an element manager, whatever it does."""

    def entity(self) -> Body:
        return {**super().entity(), "type": "EM"}
