"""Rules of clause 5.6 on histories of two to five messages: one that passes, one that fails, and what is missing."""

from __future__ import annotations

from typing import Any

import pytest

import harness.judge.rules  # noqa: F401  (registers the rules)
from harness.judge.case import Case
from harness.judge.findings import Finding
from harness.judge.history import History
from harness.judge.registry import FLOW, PARTS, judge
from tests.judge.story import UP, message, modification_report, report, request

Line = dict[str, Any]
SWM = "/nfvmanoswm/v1"
VNFS = "/vnflcm/v1/vnf_instances"
OPERATIONS = "/vnflcm/v1/vnf_lcm_op_occs"
BOTH = ["vnf-cism"]


def case(*lines: Line, fes: list[str] | None = None, entities: list[str] | None = None, destination: str = "") -> Case:
    """The history of these messages, for a target called vnfm."""
    roles = {"target": "vnfm", "impacted_fes": fes or ["vim"], "impacted_entities": entities or ["vnf"]}
    scenario = {
        "roles": {**roles, "provider": "vim", "consumer": "nfvo", "destination": destination},
        "versions": {"source": "1.0.0", "destination": "2.0.0"},
    }
    told = [{**line, "n": n, "sent": 2 * n, "answered": 2 * n + 1, "at": float(n)} for n, line in enumerate(lines, 1)]
    return Case.of(History({}, told), scenario)


def says(actor: str, type: str, *services: str, version: str = "1.0.0", state: Any = UP) -> Line:
    """What an actor reports of itself to the observer."""
    named = [{"name": service} for service in services]
    body = {"type": type, "softwareVersion": version, "manoApplicationState": state, "manoServices": named}
    return message("observer", actor, "GET", "/nfvmanocim/v2/mano_entity", response=body)


def part(role: str, actors: tuple[str, ...], told: Case) -> Finding:
    return judge(PARTS.named(role), told, actors=actors)


def verdict(rule: str, told: Case, **arguments: str) -> str:
    return str(judge(FLOW.named(rule), told, **arguments).verdict)


@pytest.mark.parametrize(
    ("role", "services", "expected"),
    [
        ("cism_impacted", ("vrm", "mcio"), "pass"),
        ("cism_impacted", ("vrm",), "fail"),
        ("mcio_management_impacted", ("mcio",), "pass"),
        ("mcio_management_impacted", ("vrm",), "fail"),
        ("resource_management_impacted", ("vrm",), "pass"),
        ("resource_management_impacted", ("mcio",), "fail"),
    ],
)
def test_functions_of_a_cism_are_known_by_the_services(role: str, services: tuple[str, ...], expected: str) -> None:
    """Who plays a function offers its service."""
    assert str(part(role, ("vim",), case(says("vim", "VIM", *services))).verdict) == expected


def test_a_distributed_cism_offers_both_services_together() -> None:
    """Neither part has to offer what the other does."""
    told = case(says("vim", "VIM", "vrm"), says("nfvo", "NFVO", "mcio"), fes=["vim", "nfvo"])
    assert str(part("cism_impacted", ("vim", "nfvo"), told).verdict) == "pass"


@pytest.mark.parametrize("role", ["cism_impacted", "mcio_management_impacted", "resource_management_impacted"])
def test_who_says_nothing_plays_nothing(role: str) -> None:
    """Without a word of it nothing is known; somebody who is not impacted is the wrong one."""
    assert str(part(role, ("vim",), case()).verdict) == "inconclusive"
    assert str(part(role, ("em",), case()).verdict) == "fail"


@pytest.mark.parametrize(("type", "expected"), [("VNF_CISM", "pass"), ("CISM", "fail"), ("VNF", "fail")])
def test_a_vnf_that_embeds_a_cism_says_so(type: str, expected: str) -> None:
    """It is impacted in both aspects."""
    told = case(says("vnf-cism", type), fes=BOTH, entities=BOTH)
    assert str(part("embedding_vnf_impacted", ("vnf-cism",), told).verdict) == expected


def test_a_vnf_with_one_aspect_only_is_no_embedding_vnf() -> None:
    """Whoever stands in one row only is not both."""
    assert str(part("embedding_vnf_impacted", ("vnf-cism",), case(fes=BOTH)).verdict) == "fail"


CHANGE = message(
    "vnfm",
    "other-vnfm",
    "POST",
    f"{VNFS}/i1/change_vnfpkg",
    202,
    request={"vnfdId": "vnf-cism-2.0.0"},
    location=f"{OPERATIONS}/o7",
)
COMPLETED = message("vnfm", "other-vnfm", "GET", OPERATIONS, response=[{"id": "o7", "operationState": "COMPLETED"}])
DONE = modification_report("COMPLETED", "SUCCESSFUL", "2.0.0")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((request(), CHANGE, COMPLETED, DONE), "pass"),
        ((request(), CHANGE, DONE), "fail"),
        ((request(), CHANGE, DONE, COMPLETED), "fail"),
        ((CHANGE, COMPLETED, request(), DONE), "inconclusive"),
        ((request(), {**CHANGE, "request": {"vnfdId": "vnf-cism-1.0.0"}}, COMPLETED, DONE), "fail"),
        ((), "inconclusive"),
    ],
)
def test_the_package_is_changed_while_the_target_works(lines: tuple[Line, ...], expected: str) -> None:
    """Ordered after the request, of the right version, completed before the report."""
    assert verdict("package_changed", case(*lines), version="destination") == expected


ASKED = message("observer", "vnfm", "POST", f"{SWM}/software_modifications", 202)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((ASKED, says("nfvo", "NFVO"), message("em", "oss", "GET", "/x")), "pass"),
        ((ASKED, message("vnfm", "nfvo", "GET", "/x")), "fail"),
        ((ASKED, message("vim", "vnfm", "GET", "/x")), "fail"),
        ((says("nfvo", "NFVO"),), "inconclusive"),
    ],
)
def test_who_takes_no_part_is_asked_by_the_observer_only(lines: tuple[Line, ...], expected: str) -> None:
    """What others say to each other is theirs."""
    assert verdict("took_no_part", case(*lines), others="nfvo, vim") == expected


OCCURRENCES = message(
    "observer",
    "vnfm",
    "GET",
    f"{SWM}/software_modification_op_occs",
    response=[{"id": "o1", "operationState": "COMPLETED"}],
)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((ASKED, OCCURRENCES, says("vnfm", "VNF_CISM", version="2.0.0")), "pass"),
        ((ASKED, OCCURRENCES, says("vnfm", "VNF_CISM")), "fail"),
        ((ASKED, says("vnfm", "VNF_CISM", version="2.0.0")), "fail"),
        ((OCCURRENCES,), "inconclusive"),
    ],
)
def test_the_embedded_cism_comes_to_the_version(lines: tuple[Line, ...], expected: str) -> None:
    """It says that it is done, and runs what was asked for."""
    assert verdict("embedded_cism_moved", case(*lines), version="destination") == expected


NFVO = says("nfvo", "NFVO", "nslcm")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((NFVO, ASKED, NFVO, NFVO), "pass"),
        ((NFVO, ASKED, NFVO, says("nfvo", "NFVO", "nslcm", version="2.0.0")), "fail"),
        ((NFVO, ASKED, NFVO, says("nfvo", "NFVO")), "fail"),
        ((NFVO, ASKED, says("nfvo", "NFVO", "nslcm", state={**UP, "administrativeState": "LOCKED"}), NFVO), "fail"),
        ((ASKED, NFVO, NFVO), "inconclusive"),
        ((NFVO, ASKED, NFVO), "inconclusive"),
        ((NFVO,), "inconclusive"),
    ],
)
def test_nfv_mano_is_watched_and_stays(lines: tuple[Line, ...], expected: str) -> None:
    """Before, during and after: state, version and services."""
    assert verdict("mano_unchanged", case(*lines)) == expected


INSTANCE = "/nfvmanoswm/v1/instance"
BEGUN = message("smm", "new", "POST", f"{INSTANCE}/instantiate", 202)
ORDER = message("new", "other-vnfm", "POST", f"{VNFS}/i1/instantiate", 202, location=f"{OPERATIONS}/o7")
SHOWN = message("new", "other-vnfm", "GET", OPERATIONS, response=[{"id": "o7", "operationState": "COMPLETED"}])
THERE = report("InstanceOperationOccurrenceNotification", "new", "smm", operationState="COMPLETED")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((BEGUN, ORDER, SHOWN, THERE), "pass"),
        ((BEGUN, ORDER, THERE, SHOWN), "fail"),
        ((BEGUN, THERE), "inconclusive"),
        ((ORDER, SHOWN, BEGUN, THERE), "inconclusive"),
        ((), "inconclusive"),
    ],
)
def test_a_vnf_comes_by_its_vnfm_before_the_host_is_done(lines: tuple[Line, ...], expected: str) -> None:
    """Ordered after the request, and completed before the report; the same holds for a VNF that goes."""
    assert verdict("vnf_instantiated", case(*lines, destination="new"), instance="destination") == expected
    gone = [{**line, "path": str(line["path"]).replace("instantiate", "terminate")} for line in lines]
    assert verdict("vnf_terminated", case(*gone, destination="new"), instance="destination") == expected


def instance(actor: str, state: str, version: str | None = None) -> Line:
    """What a host says of its instance."""
    return message(
        "observer", actor, "GET", INSTANCE, response={"instantiationState": state, "softwareVersion": version}
    )


COMES = message("observer", "new", "POST", f"{INSTANCE}/instantiate", 202)
NEW, OLD = instance("new", "INSTANTIATED", "2.0.0"), instance("vnfm", "NOT_INSTANTIATED")


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((COMES, OLD, NEW), "pass"),
        ((COMES, OLD, instance("new", "INSTANTIATED", "1.0.0")), "fail"),
        ((COMES, instance("vnfm", "INSTANTIATED", "1.0.0"), NEW), "fail"),
        ((COMES, NEW), "inconclusive"),
        ((OLD, NEW), "inconclusive"),
    ],
)
def test_the_embedded_cism_is_replaced(lines: tuple[Line, ...], expected: str) -> None:
    """The new instance runs the version, the old one is gone."""
    assert verdict("embedded_cism_replaced", case(*lines, destination="new"), version="destination") == expected


def test_an_instance_that_comes_is_a_modification_too() -> None:
    """Who takes no part, and what stays as it is, is judged around it as well."""
    assert verdict("took_no_part", case(COMES, destination="new"), others="nfvo") == "pass"
    assert verdict("mano_unchanged", case(NFVO, COMES, NFVO, NFVO, destination="new")) == "pass"
