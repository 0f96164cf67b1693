"""The invariants where a specific VNFM gives way to a generic one, on histories of a few messages."""

from __future__ import annotations

from typing import Any

from harness.judge.case import Case
from harness.judge.history import History
from harness.judge.invariants import INVARIANTS
from harness.judge.registry import judge
from tests.judge.g_vnfm_story import (
    DESTINATION,
    ENTITY,
    NETWORKS,
    PEERS,
    SCENARIO,
    SOURCE,
    VNFS,
    Line,
    content,
    follow,
    instance,
    network,
    ns,
    nsd,
    opened,
    removed,
    vnf_made,
)
from tests.judge.story import PROCESS, UP, message, report, told

COMPUTE = "/vrm/v1/compute_resources"
LAUNCH = message("observer", "smm", "POST", "/smm/v1/processes", 202, location="/smm/v1/processes/1")
BEFORE = (
    nsd("one", content(SOURCE), "oss"),
    message("oss", "nfvo", "POST", "/nslcm/v1/ns_instances", 201, request={"nsdId": "one"}),
    vnf_made("vnf-b1", "svnfm", "i-vnf-b1"),
    ns("one", SOURCE),
    LAUNCH,
)
OVER = (
    nsd("both", content(SOURCE, DESTINATION)),
    follow("both"),
    vnf_made("vnf-b2", "gvnfm", "i-vnf-b2"),
    nsd("two", content(DESTINATION)),
    follow("two"),
    removed(f"{VNFS}/i-vnf-b1", "svnfm"),
    instance("svnfm", "terminate"),
)
"""The way forth, as far as its changes are concerned."""


def works(actor: str, version: str = "1.0.0", state: dict[str, str] = UP) -> Line:
    body = {"softwareVersion": version, "manoApplicationState": state}
    return message("observer", actor, "GET", ENTITY, response=body)


def ended(outcome: str = "DESTINATION_COMMITTED") -> Line:
    return report(PROCESS, "smm", "observer", state="COMPLETED", outcome=outcome, processId="1", reason="?")


def known(*peers: str) -> Line:
    return message("observer", "nfvo", "GET", PEERS, response=[{"peerEntityId": peer} for peer in peers])


def listed(to: str, path: str, *ids: str, **more: Any) -> Line:
    return message("observer", to, "GET", path, response=[{"id": each, **more} for each in ids])


def verdict(name: str, *lines: Line) -> str:
    case = Case.of(History({}, told(*lines), complete=True), SCENARIO)
    return str(judge(INVARIANTS.named(name), case).verdict)


def test_the_end_is_as_it_is_said() -> None:
    """The manager is at work, the VNF is of its version, and the NS has it and not the other."""
    gone = {"operationalState": "STOPPED", "administrativeState": "LOCKED"}
    right = (works("gvnfm"), works("vnf-b2", "2.0.0"), ns("two", DESTINATION))
    assert verdict("closure", *BEFORE, *OVER, ended(), *right) == "pass"
    assert verdict("closure", *BEFORE, *OVER, ended(), works("gvnfm", state=gone), *right[1:]) == "fail"
    assert verdict("closure", *BEFORE, *OVER, ended(), works("vnf-b2"), *right[::2]) == "fail"
    assert verdict("closure", *BEFORE, *OVER, ended(), *right[:2], ns("both", SOURCE, DESTINATION)) == "fail"
    assert verdict("closure", *BEFORE, *OVER, ended(), *right[:2], ns("one", SOURCE)) == "fail"


def test_nothing_started_is_nothing_changed() -> None:
    """An NS that was to follow another NSD was changed."""
    right = (works("svnfm"), works("vnf-b1"), ns("one", SOURCE))
    assert verdict("closure", *BEFORE, ended("NOT_STARTED"), *right) == "pass"
    assert verdict("closure", *BEFORE, *OVER[:2], ended("NOT_STARTED"), *right) == "fail"


def test_vnfs_networks_and_nsds_are_given_back() -> None:
    """What the NS does not have is left; what it has is part of it, and what others made is theirs."""
    made = message("smm", "nfvo", "POST", "/nsd/v1/ns_descriptors", 201, response={"id": "two"})
    links = network("n-link@vnf-b2")
    way = (*BEFORE, made, links, *OVER, ended(), ns("two", DESTINATION))
    used = listed("nfvo", "/nsd/v1/ns_descriptors", "two", nsdUsageState="IN_USE")
    unused = listed("nfvo", "/nsd/v1/ns_descriptors", "two", nsdUsageState="NOT_IN_USE")
    right = (listed("gvnfm", VNFS, "i-vnf-b2", "of others"), listed("vim", NETWORKS, "n-link@vnf-b2", "n-other"))
    assert verdict("leaks", *way, used, *right) == "pass"
    assert verdict("leaks", *way, unused, *right) == "fail"
    assert verdict("leaks", *way, used, *right, listed("svnfm", VNFS, "i-vnf-b1")) == "fail"
    stray = (*BEFORE, made, links, network("n-9"), *OVER, ended(), ns("two", DESTINATION), used)
    assert verdict("leaks", *stray, listed("vim", NETWORKS, "n-link@vnf-b2", "n-9")) == "fail"


def lived_in(to: str, *resources: str) -> Line:
    """A VNF at a VNFM, with what it lives in."""
    parts = [{"computeResource": {"resourceId": each}} for each in resources]
    told = {"instantiationState": "INSTANTIATED", "instantiatedVnfInfo": {"vnfcResourceInfo": parts}}
    return listed(to, VNFS, "i-vnf-b2", **told)


def test_a_vnf_gives_back_what_it_lived_in() -> None:
    """What its VNFM took of the VIM, and no VNF lives in, is left; what others took, or nobody can tell, is not."""
    made = message("smm", "nfvo", "POST", "/nsd/v1/ns_descriptors", 201, response={"id": "two"})
    taken = message("gvnfm", "vim", "POST", COMPUTE, 202, request={"name": "vnfc"})
    other = message("nfvi", "vim", "POST", COMPUTE, 202, request={"name": "other"})
    way = (*BEFORE, made, taken, other, *OVER, ended(), ns("two", DESTINATION))
    way = (*way, listed("nfvo", "/nsd/v1/ns_descriptors", "two", nsdUsageState="IN_USE"))
    once, twice = listed("vim", COMPUTE, "c-1", name="vnfc"), listed("vim", COMPUTE, "c-1", "c-2", name="vnfc")
    assert verdict("leaks", *way, lived_in("gvnfm", "c-1"), once) == "pass"
    assert verdict("leaks", *way, lived_in("gvnfm", "c-1"), twice) == "fail"
    assert verdict("leaks", *way, lived_in("gvnfm", "c-1"), once, listed("vim", COMPUTE, "c-3", name="other")) == "pass"
    untold = listed("gvnfm", VNFS, "i-vnf-b2", instantiationState="INSTANTIATED")
    assert verdict("leaks", *way, untold, twice) == "pass"
    assert verdict("leaks", *way, listed("gvnfm", VNFS), once) == "fail"
    before = message("svnfm", "vim", "POST", COMPUTE, 202, request={"name": "vnfc-1"})
    assert verdict("leaks", before, *way, listed("vim", COMPUTE)) == "pass"
    assert verdict("leaks", before, *way, listed("vim", COMPUTE, "c-0", name="vnfc-1")) == "fail"


def test_a_vnfm_that_gave_way_is_not_left_at_work() -> None:
    """Unless it manages others still."""
    made = message("smm", "nfvo", "POST", "/nsd/v1/ns_descriptors", 201, response={"id": "two"})
    other = vnf_made("vnf-a", "svnfm", "i-vnf-a")
    used = listed("nfvo", "/nsd/v1/ns_descriptors", "two", nsdUsageState="IN_USE")
    assert verdict("leaks", *BEFORE, made, *OVER, ended(), used) == "pass"
    assert verdict("leaks", *BEFORE, made, *OVER, ended(), used, works("svnfm")) == "fail"
    assert verdict("leaks", other, *BEFORE, made, *OVER[:-1], ended(), used, works("svnfm")) == "pass"


def test_the_nfvo_knows_who_lives() -> None:
    """It takes for its peers those that live, has the VNF managed by one of them, and VNF1 sends to that VNF."""
    way, after = (*BEFORE, *OVER), (ended(), works("gvnfm"))
    right = (ns("two", DESTINATION), known("gvnfm", "vim"))
    assert verdict("peers", *way, opened("vnf-b2", "s"), *after, *right) == "pass"
    assert verdict("peers", *way, opened("vnf-b1", "s"), *after, *right) == "fail"
    assert verdict("peers", *way, *after, right[0], known("gvnfm", "svnfm")) == "fail"
    assert verdict("peers", *way, *after, right[0], known("vim")) == "fail"
    assert verdict("peers", *way, *after, ns("two", ("vnf-b2", "svnfm", "link")), right[1]) == "fail"
    assert verdict("peers", *way, *after) == "inconclusive"


def test_traffic_is_a_service_that_goes_on() -> None:
    """A request within the NS that is not served is an interruption, if no fault accounts for it."""
    fault = {"kind": "fault", "to": "vnf-b2", "fault": "crash", "event": "struck", "detail": {}}
    assert verdict("continuity", *BEFORE, opened("vnf-b1", "s"), message("nfvo", "svnfm", "GET", VNFS)) == "pass"
    assert verdict("continuity", *BEFORE, opened("vnf-b2", "s", 503)) == "fail"
    assert verdict("continuity", *BEFORE, fault, opened("vnf-b2", "s", 503)) != "fail"


def test_who_was_retired_owes_nobody_an_answer() -> None:
    """An unanswered use is an interruption before the termination, and none after it."""
    use = message("nfvo", "svnfm", "GET", VNFS, 503)
    assert verdict("continuity", *BEFORE, use, *OVER) == "fail"
    assert verdict("continuity", *BEFORE, *OVER, use) == "pass"


def test_the_way_back_mirrors_the_way_forth() -> None:
    """The VNFM comes back before its VNF, and that before the other one goes; on another host it is the same again."""
    turn = message("observer", "smm", "POST", "/smm/v1/processes/1/rollback", 202)
    back, again = nsd("again", content(SOURCE, DESTINATION)), follow("again")
    one, last = nsd("last", content(SOURCE)), follow("last")
    vnfm, end = instance("svnfm-b", "instantiate"), ended("SOURCE_COMMITTED")
    way = (*BEFORE, *OVER, turn)
    assert verdict("mirror", *way, vnfm, back, again, one, last, end) == "pass"
    assert verdict("mirror", *way, back, again, vnfm, one, last, end) == "fail"
    assert verdict("mirror", *way, vnfm, one, nsd("none", content()), follow("none"), follow("last"), end) == "fail"
    assert verdict("mirror", *BEFORE, turn, instance("gvnfm", "terminate"), end) == "fail"


def test_an_update_that_the_nfvo_took_back_came_to_nothing() -> None:
    """What never was in the NS need not be taken out of it."""
    turn = message("observer", "smm", "POST", "/smm/v1/processes/1/rollback", 202)
    undo = message("smm", "nfvo", "POST", "/nslcm/v1/ns_lcm_op_occs/op-both/rollback", 202)
    assert verdict("mirror", *BEFORE, *OVER[:2], turn, undo, ended("SOURCE_COMMITTED")) == "inconclusive"
