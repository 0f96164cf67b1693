"""Rules of clause 5.5.2 on hand-written histories: one that passes, and one that fails for one reason."""

from __future__ import annotations

from typing import Any

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.case import Case
from harness.judge.history import History
from harness.judge.registry import CONDITIONS, FLOW, PARTS, judge
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
GONE = (LAUNCH, changed("svnfm", "LOCK"), instance("svnfm", "terminate"))
"""The tick of the association in ADDED."""

HANDLED = [
    (
        "path_added",
        {"version": "destination"},
        0,
        ADDED,
        (*BEGUN, nsd("1", content(SOURCE, ("vnf-b2", "svnfm", "link2"))), follow("1")),
    ),
    (
        "instantiation_ordered",
        {"version": "destination"},
        AFTER_FOLLOW,
        (*ADDED, vnf_made("vnf-b2", "gvnfm", "v2"), ordered("gvnfm", "v2", "instantiate"), network("n2")),
        (*ADDED, vnf_made("vnf-b2", "gvnfm", "v2"), ordered("gvnfm", "v2", "instantiate"), END),
    ),
    (
        "instantiation_reported",
        {"version": "destination"},
        AFTER_FOLLOW,
        (*ADDED, vnf_made("vnf-b2", "gvnfm", "v2"), answered("gvnfm", "v2", "INSTANTIATE")),
        (*ADDED, vnf_made("vnf-b2", "gvnfm", "v2"), answered("gvnfm", "other", "INSTANTIATE"), END),
    ),
    ("ns_reported", {}, AFTER_FOLLOW, (*ADDED, ns_report("1")), (*ADDED, ns_report("1", "FAILED_TEMP"), END)),
    (
        "path_removed",
        {"version": "source"},
        AFTER_FOLLOW,
        (*REMOVED, opened("vnf-b1", "s1"), closed("vnf-b1", "s1"), load("vnf-b1", 0), follow("2")),
        (*REMOVED, opened("vnf-b1", "s1"), load("vnf-b1", 0), follow("2")),
    ),
    (
        "termination_ordered",
        {"version": "source"},
        18,
        (
            *BEGUN[:2],
            vnf_made("vnf-b1", "svnfm", "v1"),
            ns("0", SOURCE),
            *ADDED[2:],
            nsd("2", content(DESTINATION)),
            follow("2"),
            ordered("svnfm", "v1", "terminate"),
            removed(f"{NETWORKS}/n-link", "vim"),
        ),
        (
            *BEGUN[:2],
            vnf_made("vnf-b1", "svnfm", "v1"),
            ns("0", SOURCE),
            *ADDED[2:],
            nsd("2", content(DESTINATION)),
            follow("2"),
            ordered("svnfm", "v1", "terminate"),
            removed(f"{NETWORKS}/another", "vim"),
        ),
    ),
    (
        "termination_reported",
        {"version": "source"},
        16,
        (
            *BEGUN[:2],
            vnf_made("vnf-b1", "svnfm", "v1"),
            *ADDED[2:],
            nsd("2", content(DESTINATION)),
            follow("2"),
            answered("svnfm", "v1", "TERMINATE"),
        ),
        (
            *BEGUN[:2],
            vnf_made("vnf-b1", "svnfm", "v1"),
            *ADDED[2:],
            nsd("2", content(DESTINATION)),
            follow("2"),
            answered("svnfm", "v1", "INSTANTIATE"),
            END,
        ),
    ),
    (
        "deployment_retried",
        {},
        0,
        (
            *ADDED,
            ns_report("1", "FAILED_TEMP"),
            message("smm", "nfvo", "POST", "/nslcm/v1/ns_lcm_op_occs/op-1/retry", 202),
        ),
        (*ADDED, ns_report("1", "FAILED_TEMP"), END),
    ),
    (
        "traffic_redirected",
        {"version": "destination"},
        0,
        (LAUNCH, *steer(vnf_b1=50, vnf_b2=50), opened("vnf-b2", "s1"), *steer(vnf_b1=0, vnf_b2=100)),
        (LAUNCH, *steer(vnf_b1=0, vnf_b2=100)),
    ),
    (  # led back later, by a rollback, it was led by the schedule all the same
        "traffic_redirected",
        {"version": "destination"},
        0,
        (LAUNCH, *steer(vnf_b2=50), opened("vnf-b2", "s1"), *steer(vnf_b2=100), *steer(vnf_b1=100)),
        (LAUNCH, *steer(vnf_b2=50), opened("vnf-b2", "s1"), *steer(vnf_b1=100)),
    ),
    (
        "no_request_lost",
        {},
        0,
        (LAUNCH, opened("vnf-b1", "s1"), END, closed("vnf-b1", "s1")),
        (LAUNCH, opened("vnf-b1", "s1"), END, closed("vnf-b1", "s1", 404)),
    ),
    (
        "path_kept",
        {},
        0,
        (
            LAUNCH,
            proprietary("vnf-b1", "BOOT"),
            standard("vnf-b2", "STARTED"),
            steer(vnf_b2=100)[1],
            proprietary("vnf-b1", "HALT"),
            END,
        ),
        (LAUNCH, proprietary("vnf-b1", "BOOT"), steer(vnf_b1=100)[1], proprietary("vnf-b1", "HALT"), END),
    ),
    (
        "g_vnfm_found",
        {},
        0,
        (LAUNCH, used("smm", "gvnfm", VNFS)),
        (LAUNCH, used("smm", "gvnfm", VNFS), instance("gvnfm-b", "instantiate")),
    ),
    (
        "vnfm_instantiated",
        {"kind": "generic"},
        0,
        (LAUNCH, instance("gvnfm", "instantiate"), entity("gvnfm", "VNFM", asker="smm"), changed("gvnfm", "UNLOCK")),
        (LAUNCH, instance("gvnfm", "instantiate"), changed("gvnfm", "UNLOCK"), entity("gvnfm", "VNFM", asker="smm")),
    ),
    (
        "vnfm_peering_set",
        {"kind": "generic"},
        0,
        tuple(
            message("smm", one, "POST", PEERS, 201, request={"peerEntityId": other})
            for one, other in (("gvnfm", "nfvo"), ("nfvo", "gvnfm"))
        ),
        (message("smm", "gvnfm", "POST", PEERS, 201, request={"peerEntityId": "nfvo"}), END),
    ),
    ("vnfm_unlocked", {"kind": "generic"}, 0, (changed("gvnfm", "UNLOCK"),), (changed("svnfm", "UNLOCK"), END)),
    (
        "vnfm_peered",
        {"kind": "generic"},
        0,
        (
            token("gvnfm", "nfvo"),
            used("gvnfm", "nfvo", "/nslcm/v1/ns_instances"),
            token("nfvo", "gvnfm"),
            used("nfvo", "gvnfm", VNFS),
        ),
        (token("gvnfm", "nfvo"), used("gvnfm", "nfvo", "/nslcm/v1/ns_instances"), used("nfvo", "gvnfm", VNFS), END),
    ),
    (
        "vnfm_terminated",
        {"kind": "specific"},
        0,
        (LAUNCH, changed("svnfm", "LOCK"), instance("svnfm", "terminate"), END, looked("svnfm", "NOT_INSTANTIATED")),
        (LAUNCH, instance("svnfm", "terminate"), END, looked("svnfm", "NOT_INSTANTIATED")),
    ),
    (  # one that was wanted back is there afterwards
        "vnfm_terminated",
        {"kind": "specific"},
        0,
        (*GONE, instance("svnfm", "instantiate"), END, looked("svnfm", "INSTANTIATED")),
        (*GONE, END, looked("svnfm", "INSTANTIATED")),
    ),
    (
        "vnfm_kept",
        {"kind": "specific"},
        0,
        (vnf_made("vnf-a", "svnfm", "v0"), LAUNCH, END, looked("svnfm", "INSTANTIATED")),
        (vnf_made("vnf-a", "svnfm", "v0"), LAUNCH, changed("svnfm", "LOCK"), END, looked("svnfm", "INSTANTIATED")),
    ),
    (
        "replacement_rollback_decided",
        {},
        0,
        (LAUNCH, *run_of("vnf-b2", "t1", "FAIL"), used("smm", "svnfm", VNFS), BACK),
        (LAUNCH, *run_of("vnf-b2", "t1", "FAIL"), END),
    ),
    (
        "replacement_tested",
        {"version": "destination"},
        0,
        (LAUNCH, RESERVED, *run_of("vnf-b2", "t1"), *run_of("gvnfm", "t2")),
        (LAUNCH, RESERVED, *run_of("vnf-b2", "t1"), *run_of("gvnfm", "t2", "FAIL")),
    ),
    (  # tests are repeated when they are over, not beside themselves
        "replacement_tested",
        {"version": "destination"},
        0,
        (LAUNCH, RESERVED, *run_of("vnf-b2", "t1"), *run_of("gvnfm", "t2"), *run_of("gvnfm", "t3")),
        (LAUNCH, RESERVED, *run_of("vnf-b2", "t1"), run_of("gvnfm", "t2")[0], *run_of("gvnfm", "t3")),
    ),
    (
        "replacement_released",
        {},
        0,
        (LAUNCH, RESERVED, END, message("observer", "vim", "GET", "/vrm/v1/reservations", response=[]), NO_NSDS),
        (
            LAUNCH,
            RESERVED,
            END,
            message("observer", "vim", "GET", "/vrm/v1/reservations", response=[{"id": "r2", "allocations": []}]),
            NO_NSDS,
        ),
    ),
    (
        "replacement_ended",
        {"outcome": "the destination version committed"},
        0,
        (*REMOVED, follow("2"), ns_report("2"), END, ns("2", DESTINATION)),
        (*ADDED, ns_report("1"), END, ns("1", SOURCE, DESTINATION)),
    ),
    ("replacement_not_undone", {}, 0, (LAUNCH, END, ADMIN), (LAUNCH, END, {**ADMIN, "status": 202})),
]


@pytest.mark.parametrize(("rule", "arguments", "after", "right", "wrong"), HANDLED, ids=[each[0] for each in HANDLED])
def test_a_row_passes_what_is_right_and_fails_what_is_wrong(
    rule: str, arguments: Line, after: int, right: tuple[Line, ...], wrong: tuple[Line, ...]
) -> None:
    """Two histories that differ in the one thing that the rule is about."""
    assert found(rule, *right, after=after, **arguments) is Verdict.PASS
    assert found(rule, *wrong, after=after, **arguments) is Verdict.FAIL


CONFIGURED = message("observer", "vnf-b2", "GET", "/vnfconfig/v1/configuration", response={})
PLANS = message("observer", "smm", "GET", "/smm/v1/execution_plans", response=[{"id": "x"}])
PROCESSES = message("observer", "smm", "GET", "/smm/v1/processes", response=[])


def status(state: str) -> Line:
    body = {"vnfState": state, "vnfInstanceId": "i-vnf-b1"}
    return message("observer", "vnf-b1", "GET", "/svnf/v1/status", response=body)


def configuration(state: str) -> Line:
    data = {"vnfState": state, "vnfInstanceId": "i-vnf-b2"}
    body = {"vnfConfigurationData": {"vnfSpecificData": data}}
    return message("observer", "vnf-b2", "GET", "/vnfconfig/v1/configuration", response=body)


CONDITIONED = [
    (
        "destination_vnf_available",
        (entity("vnf-b2", "VNF", "2.0.0"), CONFIGURED),
        (entity("vnf-b2", "VNF", "1.0.0"), CONFIGURED),
    ),
    (
        "g_vnfm_available",
        (looked("gvnfm", "INSTANTIATED"), entity("gvnfm", "VNFM")),
        (looked("gvnfm", "INSTANTIATED"), entity("gvnfm", "VNFM", state={**UP, "administrativeState": "LOCKED"})),
    ),
    ("replacement_plan_available", (PLANS, PROCESSES), ({**PLANS, "response": []}, PROCESSES)),
    ("source_works", (entity("svnfm", "VNFM"), status("STARTED")), (entity("svnfm", "VNFM"), status("STOPPED"))),
    (
        "vnf_in_destination",
        (END, configuration("STARTED"), entity("vnf-b2", "VNF", "2.0.0"), ns("2", DESTINATION)),
        (END, configuration("STOPPED"), entity("vnf-b2", "VNF", "2.0.0"), ns("2", DESTINATION)),
    ),
    (
        "vnf_in_source",
        (BACK, status("STARTED"), entity("vnf-b1", "VNF"), ns("0", SOURCE)),
        (BACK, status("STARTED"), entity("vnf-b1", "VNF"), ns("2", DESTINATION)),
    ),
    (
        "vnfm_is_generic",
        (vnf_made("vnf-b2", "gvnfm", "v2"), END, entity("gvnfm", "VNFM"), ns("2", DESTINATION)),
        (vnf_made("vnf-b2", "gvnfm", "v2"), END, entity("gvnfm", "VNFM"), ns("2", ("vnf-b2", "svnfm", "l"))),
    ),
    (
        "vnfm_is_specific",
        (vnf_made("vnf-b1", "svnfm", "v1"), BACK, entity("svnfm", "VNFM"), ns("0", SOURCE)),
        (vnf_made("vnf-b1", "svnfm", "v1"), BACK, entity("svnfm", "VNFM"), ns("0", ("vnf-b1", "gvnfm", "l"))),
    ),
]


@pytest.mark.parametrize(("rule", "right", "wrong"), CONDITIONED, ids=[each[0] for each in CONDITIONED])
def test_a_condition_holds_or_does_not(rule: str, right: tuple[Line, ...], wrong: tuple[Line, ...]) -> None:
    """What the observer saw in time says so."""
    assert found(rule, *right, rules=CONDITIONS) is Verdict.PASS
    assert found(rule, *wrong, rules=CONDITIONS) is Verdict.FAIL


PLAYED = [
    ("replacing_smm_played", "smm", ADDED, (*ADDED, follow("1", "em"))),
    ("nfvo_played", "nfvo", (ns_report("1"), entity("nfvo", "NFVO")), (ns_report("1"), entity("nfvo", "EM"))),
    (
        "s_vnfm_played",
        "svnfm",
        (proprietary("vnf-b1", "BOOT"), entity("svnfm", "VNFM")),
        (proprietary("vnf-b1", "BOOT"), standard("vnf-b2", "STARTED", "svnfm"), entity("svnfm", "VNFM")),
    ),
    (
        "g_vnfm_played",
        "gvnfm",
        (standard("vnf-b2", "STARTED"), entity("gvnfm", "VNFM")),
        (standard("vnf-b2", "STARTED"), proprietary("vnf-b1", "BOOT", "gvnfm"), entity("gvnfm", "VNFM")),
    ),
    (
        "source_vnf_played",
        "vnf-b1",
        (proprietary("vnf-b1", "BOOT"), entity("vnf-b1", "VNF")),
        (proprietary("vnf-b1", "BOOT"), standard("vnf-b1", "STARTED"), entity("vnf-b1", "VNF")),
    ),
    (
        "destination_vnf_played",
        "vnf-b2",
        (standard("vnf-b2", "STARTED"), entity("vnf-b2", "VNF")),
        (standard("vnf-b2", "STARTED"), entity("vnf-b2", "EM")),
    ),
]


@pytest.mark.parametrize(("rule", "actor", "right", "wrong"), PLAYED, ids=[each[0] for each in PLAYED])
def test_a_role_is_what_its_player_does(
    rule: str, actor: str, right: tuple[Line, ...], wrong: tuple[Line, ...]
) -> None:
    """The right type, the right interface, and nobody else."""
    assert found(rule, *right, rules=PARTS, actors=(actor,)) is Verdict.PASS
    assert found(rule, *wrong, rules=PARTS, actors=(actor,)) is Verdict.FAIL
