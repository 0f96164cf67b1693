"""vnflcm/v1: VNF lifecycle management of a VNFM (SOL 003 clause 5)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import lcm
from mocks.api.slots import Slot
from mocks.entities.lifecycle_dialect import VNF
from mocks.entities.vnf_lifecycle import VnfLifecycle

API = lcm.LcmApi(
    name="vnflcm",
    dialect=VNF,
    power=VnfLifecycle,
    instance="VnfInstance",
    occurrence="VnfLcmOpOcc",
    create="CreateVnfRequest",
    tasks={
        "instantiate": "InstantiateVnfRequest",
        "scale": "ScaleVnfRequest",
        "scale_to_level": "ScaleVnfToLevelRequest",
        "change_flavour": "ChangeVnfFlavourRequest",
        "change_vnfpkg": "ChangeCurrentVnfPkgRequest",
        "operate": "OperateVnfRequest",
        "heal": "HealVnfRequest",
        "change_ext_conn": "ChangeExtVnfConnectivityRequest",
        "terminate": "TerminateVnfRequest",
    },
    patch="VnfInfoModificationRequest",
    left_out=("vnfConfigurableProperties", "instantiatedVnfInfo", "metadata"),
)


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    return lcm.blueprint(slot, API)
