"""Which powers each type of actor has: the table that a lab builds its actors from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mocks.entities.admission import OperationAdmission
from mocks.entities.core import Core
from mocks.entities.information import Information
from mocks.entities.lifecycle import NsLifecycle, VnfLifecycle
from mocks.entities.logs import Logs
from mocks.entities.managed_instances import ManagedInstances
from mocks.entities.peering import Peering
from mocks.entities.restoration import RestorationPoints
from mocks.entities.software_modification import SoftwareModification
from mocks.entities.test_runs import TestRuns
from mocks.entities.virtualised_resources import VirtualisedResources

Power = type[Any]

EVERYBODY: tuple[Power, ...] = (Information, Logs, Peering)
MODIFIABLE: tuple[Power, ...] = (OperationAdmission, SoftwareModification, RestorationPoints)
"""Internal support for software modification, clause 5.2 (Fun.001)."""

POWERS: dict[str, tuple[Power, ...]] = {
    "NFVO": (*EVERYBODY, *MODIFIABLE, NsLifecycle),
    "VNFM": (*EVERYBODY, *MODIFIABLE, VnfLifecycle),
    "VIM": (*EVERYBODY, *MODIFIABLE, VirtualisedResources),
    "TESTER": (*EVERYBODY, TestRuns),
    "OSS": EVERYBODY,
    "EM": EVERYBODY,
    "VNF": (*EVERYBODY, ManagedInstances),
    "NFVI": (*EVERYBODY, VirtualisedResources, ManagedInstances),
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
