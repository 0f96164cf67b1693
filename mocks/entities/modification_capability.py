"""What an entity says it can do about its own software modification (Inf.001, note 5 of table 5.2.2.7-1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mocks.entities import compatibility
from mocks.entities.core import Core
from mocks.entities.modification_operation import STEPS, UNSAFE
from mocks.entities.offers import OFFERS
from mocks.entities.ports import Body
from mocks.entities.service_instances import VERSIONS, changes, served

OPERATIONS_OF_TYPE = {"NFVO": "NS_LCM", "VNFM": "VNF_LCM", "VIM": "VRM", "CISM": "VRM", "VNF_CISM": "VRM"}
SERVICES_OF_TYPE = {
    "NFVO": ("nslcm/v1",),
    "VNFM": ("vnflcm/v1",),
    "VIM": ("vrm/v1",),
    "WIM": ("wan/v1",),
    "CISM": ("mcio/v1", "vrm/v1"),
    "VNF_CISM": ("mcio/v1", "vrm/v1"),
}
MANAGEMENT = ("nfvmanocim/v2", "nfvmanologm/v1", "nfvmanoswm/v1")
ONGOING = ("PARALLEL", "COMPLETE_FIRST")
PARALLEL = ("PARALLEL", "DELAY", "NOTIFY_CONSUMER", "SUSPEND")
RECOVERY = ("SUSPENSION", "RETRY", "ROLLBACK", "FALLBACK")
"""What an entity that consists of components may offer for the modification of each (clause 5.3.6.2)."""

NEEDED = {"vcpu": 2, "memoryMiB": 4096, "storageGiB": 20}


def capability(core: Core) -> Body:
    """The capability descriptor: the default of the entity's type, changed by profile["capability"].

    What runs and what the work consists of is told as it is, whatever the profile says.
    """
    merged = _merged(_default(core), core.profile.get("capability", {}))
    if "recovery" in merged:
        merged["suspendable"] = "SUSPENSION" in merged["recovery"]
    if not merged["suspendable"]:
        # Who cannot be suspended cannot give way to an operation either.
        for handling in merged["operationHandling"].values():
            handling["parallel"] = [action for action in handling["parallel"] if action != "SUSPEND"]
    versions = list(core.profile.get("softwareVersions", VERSIONS))
    service = OFFERS.get(core.type, ())[:1]
    merged["interfaceChanges"] = [change for offer in service for change in changes(core, offer)]
    merged["serviceInterfaces"] = [one for offer in service for one in served(core, offer)]
    merged["suspendPoints"] = [step for step in STEPS if step not in UNSAFE] if merged["suspendable"] else []
    merged["asksForAssistance"] = bool(core.profile.get("asksForAssistance", False))
    told = {"softwareVersion": core.software_version, "availableSoftwareVersions": versions, "steps": list(STEPS)}
    return {**merged, **told}


def _default(core: Core) -> Body:
    versions = list(core.profile.get("softwareVersions", VERSIONS))
    interfaces = (*SERVICES_OF_TYPE.get(core.type, ()), *MANAGEMENT)
    handling = {"ongoing": list(ONGOING), "parallel": list(PARALLEL)}
    operations = OPERATIONS_OF_TYPE.get(core.type)
    compatible = [{"interface": each, "versions": versions} for each in interfaces]
    if compatibility.is_paired(core):
        between = f"pair/{SERVICES_OF_TYPE[core.type][0]}"
        compatible.append({"interface": between, "versions": [core.software_version]})
    return {
        "support": _support(core),
        "suspendable": True,
        "undoable": True,
        "stateModel": not core.profile.get("components"),
        "additionalResources": {"modification": dict(NEEDED)},
        "interfaceCompatibility": compatible,
        "operationHandling": {operations: handling} if operations else {},
        **({"recovery": list(RECOVERY)} if core.profile.get("components") else {}),
    }


def _support(core: Core) -> str:
    """Parts that others manage are no internal support (clauses 5.3.2 and 5.3.6.2)."""
    parts = {"redundancyUnits": "REDUNDANCY_UNITS", "components": "COMPONENTS"}
    return next((support for name, support in parts.items() if core.profile.get(name)), "INTERNAL_SEAMLESS")


def _merged(default: Mapping[str, Any], changes: Mapping[str, Any]) -> Body:
    """Deep copy of the default with the changes over it; objects are merged, everything else is replaced."""
    merged: Body = {key: _copied(value) for key, value in default.items()}
    for key, value in changes.items():
        if isinstance(value, Mapping):
            below = merged.get(key)
            merged[key] = _merged(below if isinstance(below, Mapping) else {}, value)
        else:
            merged[key] = _copied(value)
    return merged


def _copied(value: Any) -> Any:
    if isinstance(value, Mapping):
        return _merged(value, {})
    return [_copied(each) for each in value] if isinstance(value, list) else value
