"""The NS, its NSDs, its VNFs and their VNFMs as the history shows them (GR clause 5.5.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from harness.judge.case import Case, Which
from harness.judge.history import Entry

CONTENT = "/nsd/v1/ns_descriptors/*/nsd_content"
UPDATE = "/nslcm/v1/ns_instances/*/update"
NS = "/nslcm/v1/ns_instances"
VNFS = "/vnflcm/v1/vnf_instances"
VNF_OPERATIONS = "/vnflcm/v1/vnf_lcm_op_occs"
NETWORKS = "/vrm/v1/networks"
INSTANCE = "/nfvmanoswm/v1/instance"
SESSIONS = "/traffic/v1/sessions"
NOBODY = "nobody"
"""Who plays a role that the scenario does not have."""

REPORT = "NsLcmOperationOccurrenceNotification"
Content = Mapping[str, Any]


def named(case: Case, role: str) -> str:
    """Who plays a role that only this use case has."""
    return str(case.roles.others.get(role) or NOBODY)


def nfvo(case: Case) -> str:
    """The NFVO that manages the NS."""
    return named(case, "nfvo")


def vnf(case: Case, which: Which) -> str:
    """The source VNF or the destination VNF."""
    return named(case, f"vnf_{which}")


def vnfm(case: Case, kind: str) -> str:
    """The generic VNFM, or the specific one that is there: that of the beginning, until another one is instantiated."""
    if kind == "generic":
        return case.roles.destination or NOBODY
    again = named(case, "s_vnfm_host")
    made = [e for e in case.history.find("POST", f"{INSTANCE}/instantiate", source=case.roles.smm, to=again) if e.ok]
    return again if made else case.roles.target


KIND: Mapping[str, str] = {"destination": "generic", "source": "specific"}
"""Which VNFM manages which VNF."""


@dataclass(frozen=True)
class Association:
    """The NS is to follow another NSD, as the SMM asked and the NFVO took up."""

    entry: Entry
    content: Content
    before: Content

    @property
    def occurrence(self) -> str:
        return (self.entry.location or "").rsplit("/", 1)[-1]

    def manager(self, name: str) -> str:
        """Whom the NSD names as the manager of a VNF; the NSD before where this one has the VNF no more."""
        profiles = [*self.content["vnfProfiles"], *self.before["vnfProfiles"]]
        return next((str(each["vnfmId"]) for each in profiles if each["vnfProfileId"] == name), "")

    def vnfd(self, name: str) -> str:
        profiles = [*self.content["vnfProfiles"], *self.before["vnfProfiles"]]
        return next((str(each["vnfdId"]) for each in profiles if each["vnfProfileId"] == name), "")


EMPTY: Content = {"vnfProfiles": [], "virtualLinks": [], "paths": []}


def contents(case: Case, before: float = math.inf) -> dict[str, Content]:
    """What each NSD says, as it was onboarded."""
    put = case.history.find("PUT", CONTENT, to=nfvo(case), before=before)
    return {e.path.split("/")[-2]: e.request for e in put if e.ok and isinstance(e.request, dict)}


def associations(case: Case) -> list[Association]:
    """Every association that the SMM asked for, in order, each with the NSD that the NS followed before."""
    made = case.history.find("POST", NS, to=nfvo(case))
    began = next((contents(case).get(str(e.asked("nsdId"))) for e in made if e.ok), None) or EMPTY
    found: list[Association] = []
    for entry in case.history.find("POST", UPDATE, source=case.roles.smm, to=nfvo(case)):
        wanted = (entry.asked("assocNewNsdVersionData") or {}).get("newNsdId")
        content = contents(case, entry.sent).get(str(wanted))
        if entry.ok and content is not None:
            found.append(Association(entry, content, found[-1].content if found else began))
    return found


def last_association(case: Case) -> Association | None:
    """The association that the order has come to."""
    begun = [each for each in associations(case) if each.entry.sent <= case.after]
    return begun[-1] if begun else None


def has(content: Content, name: str) -> bool:
    """Whether a VNF is in an NSD, on a path."""
    return any(each["vnfProfileId"] == name for each in content["vnfProfiles"]) and bool(paths(content, name))


def paths(content: Content, name: str) -> list[Mapping[str, Any]]:
    """The paths of an NSD that go through a VNF."""
    return [path for path in content["paths"] if name in path["vnfProfileIds"]]


def links(content: Content) -> set[str]:
    """The virtual links of an NSD."""
    return {str(each["virtualLinkId"]) for each in content["virtualLinks"]}


def network_ids(case: Case) -> dict[str, str]:
    """Virtual links and their networks at the VIM, as the NFVO tells whoever asks."""
    found: dict[str, str] = {}
    for entry in case.history.find("GET", f"{NS}/*", to=nfvo(case)):
        told = entry.told("virtualLinkInfo") if entry.ok else None
        found |= {str(each["virtualLinkId"]): str(each["id"]) for each in told or []}
    return found


def creations(case: Case, manager: str, vnfd: str, before: float = math.inf) -> list[Entry]:
    """The VNF instances that the NFVO made at a VNFM."""
    made = case.history.find("POST", VNFS, source=nfvo(case), to=manager, before=before)
    return [e for e in made if e.status == 201 and (not vnfd or e.asked("vnfdId") == vnfd)]


def managed(case: Case, manager: str, at: float) -> list[str]:
    """The VNF instances that a VNFM has at a tick, by what the NFVO made and removed there."""
    made = {str(e.told("id")) for e in creations(case, manager, "", at)}
    gone = case.history.find("DELETE", VNFS + "/*", to=manager, before=at)
    return sorted(made - {e.path.rsplit("/", 1)[-1] for e in gone if e.ok})


def sessions(case: Case, name: str, after: float = -1, before: float = math.inf) -> list[Entry]:
    """Requests that VNF1 sends to a VNF, to open sessions and to end them."""
    source = named(case, "traffic_source")
    found = case.history.find(source=source, to=name, after=after, before=before)
    return [e for e in found if e.path.startswith(SESSIONS)]


def open_sessions(case: Case, name: str, at: float) -> int:
    """The sessions that a VNF has open at a tick."""
    opened: dict[str, int] = {}
    for entry in sessions(case, name, before=at):
        if entry.method == "POST" and entry.ok:
            opened[str(entry.told("id"))] = int(entry.told("sessions") or 0)
        elif entry.method == "DELETE":
            opened.pop(entry.path.rsplit("/", 1)[-1], None)
    return sum(opened.values())


@dataclass(frozen=True)
class Turn:
    """A VNF is started or stopped by its VNFM."""

    entry: Entry
    started: bool


def turns(case: Case, name: str) -> Iterator[Turn]:
    """How the software of a VNF was started and stopped, over either interface."""
    for entry in case.history.find(to=name):
        if not entry.ok or entry.method not in ("POST", "PATCH"):
            continue
        if entry.path == "/svnf/v1/commands":
            yield Turn(entry, entry.asked("command") == "BOOT")
        elif entry.path == "/vnfconfig/v1/configuration":
            data = (entry.asked("vnfConfigurationData") or {}).get("vnfSpecificData", {})
            yield Turn(entry, data.get("vnfState") == "STARTED")


def shares(entry: Entry) -> dict[str, int]:
    """The shares that a message about routes carries; those without any are left out."""
    routes = entry.asked("routes")
    return {str(each["vnf"]): int(each["share"]) for each in routes or [] if each["share"]}
