"""The NSDs of an NFVO: made, given their content, read and deleted (a small part of SOL 005 clause 5)."""

from __future__ import annotations

import copy
import threading
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, NotFound, Unprocessable
from mocks.entities.interruption import powers_offering
from mocks.entities.ports import Body
from mocks.entities.register import Register

ROOT = "/nsd/v1"


@runtime_checkable
class UsesNsds(Protocol):
    """A power whose instances are made by an NSD."""

    def uses_nsd(self, id: str) -> bool: ...


@dataclass
class NsDescriptor:
    """`content` is None until it is onboarded."""

    id: str
    user_defined: Body = field(default_factory=dict)
    content: Body | None = None


class NsDescriptors:
    """The NSDs by their identifiers; what an NS is associated with can be neither changed nor deleted."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._lock = threading.Lock()
        self._nsds: Register[NsDescriptor] = Register("NSD")

    def create(self, request: Body) -> Body:
        """Make an NSD without content."""
        made = NsDescriptor(self._core.ids.uuid(), request.get("userDefinedData", {}))
        return self._shown(self._nsds.add(made.id, made))

    def list(self) -> list[Body]:
        return [self._shown(each) for each in self._nsds.all()]

    def get(self, id: str) -> Body:
        return self._shown(self._nsds.get(id))

    def onboard(self, id: str, content: Body) -> None:
        """Give it its content; Unprocessable for one that names what it does not define, Conflict while in use."""
        nsd = self._nsds.get(id)
        if problems := problems_of(content):
            raise Unprocessable("; ".join(problems))
        with self._lock:
            self._check_unused(id)
            nsd.content = copy.deepcopy(content)

    def content(self, id: str) -> Body:
        """What it says; Conflict while there is none."""
        found = self._nsds.get(id).content
        if found is None:
            raise Conflict(f"NSD {id} has no content yet; PUT it to its nsd_content")
        return copy.deepcopy(found)

    def known(self, id: str) -> Body | None:
        """Its content, or None where no NSD of this identifier was onboarded."""
        try:
            return self.content(id)
        except (NotFound, Conflict):
            return None

    def delete(self, id: str) -> None:
        self._nsds.get(id)
        with self._lock:
            self._check_unused(id)
            self._nsds.take(id)

    def capture(self) -> Body:
        return {"nsds": [copy.deepcopy(vars(each)) for each in self._nsds.all()]}

    def restore(self, captured: Body) -> None:
        self._nsds.clear()
        for each in captured["nsds"]:
            self._nsds.add(each["id"], NsDescriptor(**copy.deepcopy(each)))

    snapshot, revive = capture, restore

    def _check_unused(self, id: str) -> None:
        if self._in_use(id):
            raise Conflict(f"NSD {id} is in use by an NS instance; associate the NS with another one first")

    def _in_use(self, id: str) -> bool:
        return any(power.uses_nsd(id) for _, power in powers_offering(self._core, UsesNsds))

    def _shown(self, nsd: NsDescriptor) -> Body:
        own = f"{ROOT}/ns_descriptors/{nsd.id}"
        named = {name: nsd.content[name] for name in ("nsdInvariantId", "nsdVersion")} if nsd.content else {}
        return {
            "id": nsd.id,
            **named,
            "nsdOnboardingState": "CREATED" if nsd.content is None else "ONBOARDED",
            "nsdUsageState": "IN_USE" if self._in_use(nsd.id) else "NOT_IN_USE",
            "userDefinedData": nsd.user_defined,
            "_links": {"self": {"href": own}, "nsd_content": {"href": f"{own}/nsd_content"}},
        }


def problems_of(content: Body) -> list[str]:
    """Where a path names a VNF or a virtual link that the NSD does not define, or a name stands twice."""
    vnfs = [each["vnfProfileId"] for each in content["vnfProfiles"]]
    links = [each["virtualLinkId"] for each in content["virtualLinks"]]
    problems = [f"{name} stands twice" for names in (vnfs, links) for name in set(names) if names.count(name) > 1]
    for path in content["paths"]:
        unknown = [name for name in path["vnfProfileIds"] if name not in vnfs]
        unknown += [name for name in path["virtualLinkIds"] if name not in links]
        problems += [f"path {path['pathId']} names {name}, which is not defined" for name in unknown]
    return sorted(problems)
