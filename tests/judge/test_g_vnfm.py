"""Rules of clause 5.5.2 on hand-written histories: one that passes, and one that fails for one reason."""

from __future__ import annotations

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.verdicts import Verdict
from tests.judge.g_vnfm_story import (
    ADDED,
    ADMIN,
    AFTER_FOLLOW,
    BACK,
    BEGUN,
    DESTINATION,
    END,
    GONE,
    LAUNCH,
    NETWORKS,
    NO_NSDS,
    PEERS,
    REMOVED,
    RESERVED,
    SOURCE,
    VNFS,
    Line,
    answered,
    changed,
    closed,
    content,
    entity,
    follow,
    found,
    instance,
    load,
    looked,
    network,
    ns,
    ns_report,
    nsd,
    opened,
    ordered,
    proprietary,
    removed,
    run_of,
    standard,
    steer,
    token,
    used,
    vnf_made,
)
from tests.judge.story import message

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
    (  # an S-VNFM that is wanted back, by a rollback, is no G-VNFM
        "g_vnfm_found",
        {},
        0,
        (LAUNCH, used("smm", "gvnfm", VNFS), instance("svnfm-b", "instantiate")),
        (LAUNCH, instance("svnfm-b", "instantiate"), END),
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


def test_networks_of_a_vnf_that_is_not_gone_are_needed() -> None:
    """Whether the NFVO has them removed shows once it knows that the VNF is gone: then they have to go."""
    begun = (*BEGUN[:2], vnf_made("vnf-b1", "svnfm", "v1"), ns("0", SOURCE), *ADDED[2:])
    way = (*begun, nsd("2", content(DESTINATION)), follow("2"), ordered("svnfm", "v1", "terminate"))
    arguments = {"version": "source"}
    assert found("termination_ordered", *way, END, after=18, **arguments) is Verdict.INCONCLUSIVE
    gone = (*way, answered("svnfm", "v1", "TERMINATE"))
    assert found("termination_ordered", *gone, END, after=18, **arguments) is Verdict.FAIL
    removal = removed(f"{NETWORKS}/n-link", "vim")
    assert found("termination_ordered", *gone, removal, END, after=18, **arguments) is Verdict.PASS
