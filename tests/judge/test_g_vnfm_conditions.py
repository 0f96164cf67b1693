"""Roles and conditions of clause 5.5.2 on hand-written histories: one that passes, one that fails for one reason."""

from __future__ import annotations

import pytest

import harness.judge.rules  # noqa: F401
from harness.judge.registry import CONDITIONS, PARTS
from harness.judge.verdicts import Verdict
from tests.judge.g_vnfm_story import (
    ADDED,
    BACK,
    DESTINATION,
    END,
    SOURCE,
    Line,
    entity,
    follow,
    found,
    looked,
    ns,
    ns_report,
    proprietary,
    standard,
    vnf_made,
)
from tests.judge.story import UP, message

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
