"""nslcm/v1: NS lifecycle management of an NFVO (SOL 005 clause 6)."""

from __future__ import annotations

from flask import Blueprint

from mocks.api import lcm
from mocks.api.slots import Slot
from mocks.entities.lifecycle_dialect import NS
from mocks.entities.ns_lifecycle import NsLifecycle

API = lcm.LcmApi(
    name="nslcm",
    dialect=NS,
    power=NsLifecycle,
    instance="NsInstance",
    occurrence="NsLcmOpOcc",
    create="CreateNsRequest",
    tasks={
        "instantiate": "InstantiateNsRequest",
        "scale": "ScaleNsRequest",
        "update": "UpdateNsRequest",
        "heal": "HealNsRequest",
        "terminate": "TerminateNsRequest",
    },
    patch=None,
    left_out=("vnfInstance", "virtualLinkInfo"),
)


def blueprint(slot: Slot) -> Blueprint:
    """The API of the entity in the slot."""
    return lcm.blueprint(slot, API)
