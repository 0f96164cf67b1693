"""What a lifecycle operation of the lab is about: the tasks at VNFs that are done by it, there or back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from mocks.entities.core import Core
from mocks.entities.lifecycle_occurrence import LifecycleOccurrence
from mocks.entities.ns_descriptors import NsDescriptors

BACK = {"INSTANTIATE": "TERMINATE", "TERMINATE": "INSTANTIATE"}


def tasks_of(core: Core, attempt: Any) -> set[str]:
    """Whether it instantiates VNFs, or terminates them; for an NS that is to follow another NSD, what that asks for."""
    occurrence: LifecycleOccurrence = attempt._occurrence
    found = {occurrence.operation.name}
    wanted = occurrence.attribute("operationParams").get("assocNewNsdVersionData")
    if wanted:
        now, then = (_vnfs(core, nsd) for nsd in (occurrence.instance.identity["nsdId"], wanted["newNsdId"]))
        found = {task for task, vnfs in (("INSTANTIATE", then - now), ("TERMINATE", now - then)) if vnfs}
    return {BACK.get(task, task) for task in found} if goes_back(attempt) else found


def goes_back(attempt: Any) -> bool:
    """Whether a lifecycle operation that broke is being taken back."""
    occurrence = getattr(attempt, "_occurrence", None)
    return isinstance(occurrence, LifecycleOccurrence) and occurrence.state == "ROLLING_BACK"


def _vnfs(core: Core, nsd: str) -> set[str]:
    nsds = core.power(NsDescriptors)
    content: Mapping[str, Any] = (nsds.known(nsd) if nsds else None) or {"vnfProfiles": []}
    return {str(each["vnfProfileId"]) for each in content["vnfProfiles"]}
