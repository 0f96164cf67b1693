"""Which powers each type of actor has: the table that a lab builds its actors from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mocks.entities.admission import OperationAdmission
from mocks.entities.container_objects import ContainerObjects
from mocks.entities.core import Core
from mocks.entities.embedded_instance import EmbeddedInstantiation
from mocks.entities.information import Information
from mocks.entities.instantiation import Instantiation
from mocks.entities.logs import Logs
from mocks.entities.managed_instances import ManagedInstances
from mocks.entities.ns_descriptors import NsDescriptors
from mocks.entities.ns_lifecycle import NsLifecycle
from mocks.entities.package_change import EmbeddedModification
from mocks.entities.peering import Peering
from mocks.entities.redundancy_units import RedundancyUnits
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.state_transfer import StateTransfer
from mocks.entities.test_runs import TestRuns
from mocks.entities.traffic import TrafficSource, TrafficSteering
from mocks.entities.virtualised_resources import VirtualisedResources
from mocks.entities.vnf_application import ProprietaryManagement, StandardManagement, VnfApplication
from mocks.entities.vnf_lifecycle import VnfLifecycle
from mocks.entities.wan_connectivity import WanConnectivity

Power = type[Any]

EVERYBODY: tuple[Power, ...] = (Information, Logs, Peering)
MODIFIABLE: tuple[Power, ...] = (OperationAdmission, SoftwareModification, RestorationPoints, RedundancyUnits)
"""Internal support for software modification, clause 5.2 (Fun.001), and units that others manage, clause 5.3.2."""

REPLACEABLE: tuple[Power, ...] = (Instantiation, StateTransfer)
"""Instances that come and go, and hand their state to each other, clause 5.3.3."""

EMBEDDED: tuple[Power, ...] = (
    OperationAdmission,
    EmbeddedModification,
    RestorationPoints,
    EmbeddedInstantiation,
    StateTransfer,
)
"""The same for a VNF that embeds a CISM, clauses 5.6.2.6 and 5.6.3.6."""

POWERS: dict[str, tuple[Power, ...]] = {
    "NFVO": (*EVERYBODY, *MODIFIABLE, *REPLACEABLE, NsDescriptors, NsLifecycle),
    "VNFM": (*EVERYBODY, *MODIFIABLE, *REPLACEABLE, VnfLifecycle, ContainerObjects),
    "VIM": (*EVERYBODY, *MODIFIABLE, *REPLACEABLE, VirtualisedResources, ContainerObjects),
    "WIM": (*EVERYBODY, *MODIFIABLE, *REPLACEABLE, WanConnectivity),
    "CISM": (*EVERYBODY, *MODIFIABLE, *REPLACEABLE, VirtualisedResources, ContainerObjects),
    "VNF_CISM": (*EVERYBODY, *EMBEDDED, VirtualisedResources, ContainerObjects),
    "TESTER": (*EVERYBODY, TestRuns),
    "OSS": EVERYBODY,
    "EM": (*EVERYBODY, TrafficSteering),
    "VNF": (*EVERYBODY, ManagedInstances, VnfApplication, StandardManagement, ProprietaryManagement, TrafficSource),
    "NFVI": (*EVERYBODY, VirtualisedResources, ManagedInstances),
    "CIS": (*EVERYBODY, VirtualisedResources),
    "MCIO": EVERYBODY,
}


def powers_of(type: str, replacements: Iterable[Power] = ()) -> list[Power]:
    """The powers of a type, each replaced by the replacement that derives from it.

    Raises ValueError for a replacement that derives from none of them: it would be without effect.
    """
    powers = list(POWERS[type])
    for replacement in replacements:
        places = [i for i, power in enumerate(powers) if issubclass(replacement, power)]
        if not places:
            names = ", ".join(power.__name__ for power in powers)
            raise ValueError(f"{replacement.__name__} derives from none of the powers of a {type}: {names}")
        for place in places:
            powers[place] = replacement
    return powers


def equip(core: Core, powers: Iterable[Power]) -> Core:
    """Give the core its powers, in their order."""
    for power in powers:
        core.give(power(core))
    return core
