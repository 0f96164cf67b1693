"""Wrong entities where there are containers (clause 5.6); each docstring is the one lie."""

from __future__ import annotations

from mocks.entities.embedded_instance import EmbeddedInstantiation, EmbeddedOperation
from mocks.entities.information import Information
from mocks.entities.instance_operation import KINDS
from mocks.entities.lifecycle_orders import OrderingGate
from mocks.entities.modification_operation import KIND
from mocks.entities.package_change import EmbeddedModification, PackageChange
from mocks.entities.ports import Body
from mocks.entities.runner import Runner
from tests.mutants.mutant import Mutant

HOME = "5_6_2_containers"


class OffersNoWorkloads(Information):
    """Says nothing of its management of containerised workloads."""

    def entity(self) -> Body:
        return _without(super().entity(), "mcio")


class OffersNoResources(Information):
    """Says nothing of its management of container-specific virtual resources."""

    def entity(self) -> Body:
        return _without(super().entity(), "vrm")


class HidesItsVnf(Information):
    """Says of itself that it is a CISM, and nothing of the VNF that embeds it."""

    def entity(self) -> Body:
        return {**super().entity(), "type": "CISM"}


class FollowsTheVnf(Information):
    """Moves to another software version when a VNF does."""

    looks = 0

    def entity(self) -> Body:
        self.looks += 1
        return {**super().entity(), "softwareVersion": "1.0.0" if self.looks < 3 else "2.0.0"}


class ChangesPastItsVnfm(EmbeddedModification):
    """Modifies its software by itself, and has its VNFM change no package."""

    class operation_class(PackageChange):  # noqa: N801  (it overrides an attribute)
        def walker(self) -> Runner:
            return self.core.runner(KIND, self.steps, self)


class TellsItsVnfm(EmbeddedModification):
    """Has the VNFM change its package for a CISM that NFV-MANO is not to see."""

    class operation_class(PackageChange):  # noqa: N801
        def walker(self) -> Runner:
            gate = OrderingGate(self.core, {"deploy": self._change(self.destination)})
            return Runner(KIND, self.steps, self.core.clock, gate, self)


class ModifiesNothing(EmbeddedModification):
    """Reports the destination version of its CISM while the source version goes on running."""

    class operation_class(PackageChange):  # noqa: N801
        def _switch(self, version: str) -> None:
            """Nothing begins to run."""


class ComesByItself(EmbeddedInstantiation):
    """Is instantiated without its VNFM, and then not managed by it."""

    class operation_class(EmbeddedOperation):  # noqa: N801
        def walker(self) -> Runner:
            return self.core.runner(KINDS[self.operation], self.steps, self)


class GoesByItself(EmbeddedInstantiation):
    """Is terminated without its VNFM, which goes on managing it."""

    class operation_class(EmbeddedOperation):  # noqa: N801
        def walker(self) -> Runner:
            return self.core.runner(KINDS[self.operation], self.steps, self)


class StaysBehind(EmbeddedInstantiation):
    """Reports that it was terminated, and is still there."""

    def vanish(self) -> None:
        """It stays."""


def _without(told: Body, service: str) -> Body:
    return {**told, "manoServices": [one for one in told["manoServices"] if one["name"] != service]}


def _mutant(cls: type, name: str, at: str, actor: str, entity: str, then: str = "", home: str = HOME) -> Mutant:
    return Mutant(name, "entity", f"{cls.__module__}:{cls.__name__}", at, then, actor, home, entity=entity)


REPLACED = "5_6_3_containers"
MUTANTS = (
    _mutant(OffersNoWorkloads, "offers_no_workloads", "cism_impacted 5.2.4-1#3", "cism", "nfvo@standalone"),
    _mutant(OffersNoWorkloads, "hosts_no_workloads", "mcio_management_impacted 5.2.6-1#3", "vnfm", "vim@distributed"),
    _mutant(
        OffersNoResources, "hosts_no_resources", "resource_management_impacted 5.2.5-1#3", "vim", "vnfm@distributed"
    ),
    _mutant(
        HidesItsVnf,
        "hides_its_vnf",
        "embedding_vnf_impacted 5.2.5-1#4",
        "vnf-cism",
        "vnfm@shared",
        "impacted_entities_played 5.2.5-1#4",
    ),
    _mutant(ChangesPastItsVnfm, "changes_past_its_vnfm", "package_changed 5-1#3 6-1#3", "vnf-cism", "vnf-cism"),
    _mutant(TellsItsVnfm, "tells_its_vnfm", "took_no_part", "vnf-cism", "vnf-cism@unshared"),
    _mutant(ModifiesNothing, "modifies_nothing", "embedded_cism_moved", "vnf-cism", "vnf-cism@unshared"),
    _mutant(FollowsTheVnf, "follows_the_vnf", "mano_unchanged", "vim", "vnf-cism@unshared"),
    _mutant(
        ComesByItself,
        "comes_by_itself",
        "vnf_instantiated 5.3.3.5-1#3",
        "vnf-cism-b",
        "vnf-cism",
        "vnf_terminated 5.3.3.6-1#14",
        REPLACED,
    ),
    _mutant(GoesByItself, "goes_by_itself", "vnf_terminated 5.3.3.5-1#14", "vnf-cism", "vnf-cism", home=REPLACED),
    _mutant(OffersNoWorkloads, "splits_nothing", "cism_split 5.4.2.2-1#2", "vnfm", "vnfm@distributed", "", REPLACED),
    _mutant(StaysBehind, "stays_behind", "embedded_cism_replaced", "vnf-cism", "vnf-cism@unshared", home=REPLACED),
)
