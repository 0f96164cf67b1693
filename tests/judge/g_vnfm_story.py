"""What is said where a G-VNFM takes the place of an S-VNFM (GR clause 5.5.2), to tell histories of it by hand."""

from __future__ import annotations

from typing import Any

import harness.judge.rules  # noqa: F401
from harness.judge.case import Case
from harness.judge.history import History
from harness.judge.registry import FLOW, judge
from harness.judge.verdicts import Verdict
from tests.judge.story import PROCESS, UP, message, report, told

Line = dict[str, Any]
ROLES = {
    "target": "svnfm",
    "impacted_fes": ["nfvo", "vim"],
    "impacted_entities": ["em", "vnf-a"],
    "provider": "vim",
    "consumer": "oss",
    "destination": "gvnfm",
    "others": {
        "nfvo": "nfvo",
        "vnf_source": "vnf-b1",
        "vnf_destination": "vnf-b2",
        "traffic_source": "vnf-a",
        "steering": "em",
        "g_vnfm": "gvnfm",
        "s_vnfm_host": "svnfm-b",
    },
}
SCENARIO = {"roles": ROLES, "versions": {"source": "1.0.0", "destination": "2.0.0"}}
ENTITY = "/nfvmanocim/v2/mano_entity"
INSTANCE = "/nfvmanoswm/v1/instance"
VNFS = "/vnflcm/v1/vnf_instances"
OCCURRENCES = "/vnflcm/v1/vnf_lcm_op_occs"
NETWORKS = "/vrm/v1/networks"
UPDATE = "/nslcm/v1/ns_instances/ns/update"
ROUTES = "/steering/v1/routes"
PEERS = "/nfvmanocim/v2/peer_entities"
SOURCE, DESTINATION = ("vnf-b1", "svnfm", "link"), ("vnf-b2", "gvnfm", "link@vnf-b2")


def found(rule: str, *lines: Line, after: int = 0, rules: Any = FLOW, **arguments: Any) -> Verdict:
    case = Case.of(History({}, told(*lines), complete=True), SCENARIO).moved_to(after)
    return judge(rules.named(rule), case, **arguments).verdict


def content(*vnfs: tuple[str, str, str]) -> Line:
    """An NSD in which VNF1 has a path to each of these VNFs: name, manager, virtual link."""
    profiles = [{"vnfProfileId": "vnf-a", "vnfdId": "vnfd-a", "vnfmId": "svnfm-a"}]
    profiles += [{"vnfProfileId": name, "vnfdId": f"vnfd-{name}", "vnfmId": manager} for name, manager, _ in vnfs]
    return {
        "vnfProfiles": profiles,
        "virtualLinks": [{"virtualLinkId": link} for _, _, link in vnfs],
        "paths": [
            {"pathId": f"path-{name}", "vnfProfileIds": ["vnf-a", name], "virtualLinkIds": [link]}
            for name, _, link in vnfs
        ],
    }


def nsd(id: str, body: Line, sender: str = "smm") -> Line:
    return message(sender, "nfvo", "PUT", f"/nsd/v1/ns_descriptors/{id}/nsd_content", 204, request=body)


def follow(id: str, sender: str = "smm", status: int = 202) -> Line:
    body = {"updateType": "ASSOC_NEW_NSD_VERSION", "assocNewNsdVersionData": {"newNsdId": id}}
    return message(sender, "nfvo", "POST", UPDATE, status, request=body, location=f"/nslcm/v1/ns_lcm_op_occs/op-{id}")


def ns_report(id: str, state: str = "COMPLETED") -> Line:
    return report("NsLcmOperationOccurrenceNotification", "nfvo", "smm", nsLcmOpOccId=f"op-{id}", operationState=state)


def vnf_made(name: str, manager: str, id: str) -> Line:
    body = {"vnfdId": f"vnfd-{name}"}
    return message("nfvo", manager, "POST", VNFS, 201, request=body, response={"id": id})


def ordered(manager: str, id: str, task: str) -> Line:
    return message("nfvo", manager, "POST", f"{VNFS}/{id}/{task}", 202)


def answered(manager: str, id: str, operation: str) -> Line:
    shown = {"vnfInstanceId": id, "operation": operation, "operationState": "COMPLETED"}
    return message("nfvo", manager, "GET", OCCURRENCES, response=[shown])


def network(id: str) -> Line:
    return message("nfvo", "vim", "POST", NETWORKS, 201, request={"name": id}, response={"id": id})


def removed(path: str, to: str, sender: str = "nfvo") -> Line:
    return message(sender, to, "DELETE", path, 204)


def ns(id: str, *vnfs: tuple[str, str, str], asker: str = "observer") -> Line:
    body = {
        "nsdId": id,
        "vnfInstance": [{"vnfInstanceId": f"i-{name}", "vnfProfileId": name, "vnfmId": m} for name, m, _ in vnfs],
        "virtualLinkInfo": [{"id": f"n-{link}", "virtualLinkId": link} for _, _, link in vnfs],
    }
    return message(asker, "nfvo", "GET", "/nslcm/v1/ns_instances/ns", response=body)


def routes(sender: str, to: str, path: str, **shares: int) -> Line:
    body = {"routes": [{"vnf": name.replace("_", "-"), "share": share} for name, share in shares.items()]}
    return message(sender, to, "PUT", path, request=body)


def steer(**shares: int) -> tuple[Line, Line]:
    return routes("smm", "em", ROUTES, **shares), routes("em", "vnf-a", "/traffic/v1/routes", **shares)


def opened(vnf: str, id: str, status: int = 201) -> Line:
    body = {"id": id, "sessions": 4}
    return message("vnf-a", vnf, "POST", "/traffic/v1/sessions", status, request={"sessions": 4}, response=body)


def closed(vnf: str, id: str, status: int = 204) -> Line:
    return message("vnf-a", vnf, "DELETE", f"/traffic/v1/sessions/{id}", status)


def load(vnf: str, sessions: int) -> Line:
    return message("smm", vnf, "GET", "/traffic/v1/load", response={"openSessions": sessions})


def standard(vnf: str, state: str, manager: str = "gvnfm") -> Line:
    data = {"vnfConfigurationData": {"vnfSpecificData": {"vnfState": state}}}
    return message(manager, vnf, "PATCH", "/vnfconfig/v1/configuration", request=data)


def proprietary(vnf: str, command: str, manager: str = "svnfm") -> Line:
    return message(manager, vnf, "POST", "/svnf/v1/commands", request={"command": command})


def changed(actor: str, action: str) -> Line:
    body = {"administrativeStateChange": {"administrativeStateAction": action}}
    return message("smm", actor, "POST", f"{ENTITY}/change_state", 202, request=body)


def instance(actor: str, task: str) -> Line:
    return message("smm", actor, "POST", f"{INSTANCE}/{task}", 202)


def looked(actor: str, state: str, asker: str = "observer") -> Line:
    return message(asker, actor, "GET", INSTANCE, response={"type": "VNFM", "instantiationState": state})


def entity(actor: str, type: str, version: str = "1.0.0", asker: str = "observer", state: Line = UP) -> Line:
    body = {"type": type, "softwareVersion": version, "manoApplicationState": state}
    return message(asker, actor, "GET", ENTITY, response=body)


def token(one: str, other: str) -> Line:
    return message(one, other, "POST", "/oauth2/token")


def used(one: str, other: str, path: str) -> Line:
    return message(one, other, "GET", path, response=[])


def run_of(actor: str, id: str, verdict: str = "PASS") -> tuple[Line, ...]:
    body = {"target": actor, "resources": [{"provider": "vim", "reservationId": "r2"}]}
    asked = message("smm", "tester", "POST", "/tester/v1/test_runs", 202, request=body, location=f"/test_runs/{id}")
    said = report("TestRunNotification", "tester", "smm", testRunId=id, state="COMPLETED", verdict=verdict)
    return asked, entity(actor, "X", asker="tester"), said


LAUNCH = message(
    "observer",
    "smm",
    "POST",
    "/smm/v1/processes",
    202,
    request={"parameters": {"schedule": [50, 100]}},
    location="/smm/v1/processes/1",
)
END = report(PROCESS, "smm", "observer", state="COMPLETED", outcome="DESTINATION_COMMITTED")
BACK = report(PROCESS, "smm", "observer", state="ROLLED_BACK", outcome="SOURCE_COMMITTED")
MADE = message("oss", "nfvo", "POST", "/nslcm/v1/ns_instances", 201, request={"nsdId": "0"}, response={"id": "ns"})
BEGUN = (nsd("0", content(SOURCE), "oss"), MADE, LAUNCH)
ADDED = (*BEGUN, nsd("1", content(SOURCE, DESTINATION)), follow("1"))
REMOVED = (*ADDED, nsd("2", content(DESTINATION)))
RESERVED = message("smm", "vim", "POST", "/vrm/v1/reservations", 201, response={"id": "r2"})
NO_NSDS = message("observer", "nfvo", "GET", "/nsd/v1/ns_descriptors", response=[])
ADMIN = message("observer", "smm", "POST", "/smm/v1/processes/1/rollback", 409)
AFTER_FOLLOW = 10
"""The tick of the association in ADDED."""

GONE = (LAUNCH, changed("svnfm", "LOCK"), instance("svnfm", "terminate"))
