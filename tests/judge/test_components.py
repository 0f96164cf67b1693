"""Components that are modified one by one (clause 5.3.6.2): hand-written histories that pass and that fail."""

from __future__ import annotations

from typing import Any

import pytest

from harness.judge.case import Case
from harness.judge.history import History
from harness.judge.registry import judge
from harness.judge.roles import Roles
from harness.judge.rules import components
from harness.judge.verdicts import Verdict

ROLES = Roles("vim", ("nfvo",), ("nfvi",), "nfvi", "vnfm")
MODIFY = "/nfvmanoswm/v1/software_modifications"
OCCURRENCES = "/nfvmanoswm/v1/software_modification_op_occs"
LIST = "/nfvmanoswm/v1/components"
RESOURCES = "/vrm/v1/compute_resources"
OLD = {"compute": "1.0.0", "network": "1.0.0"}
Line = dict[str, Any]


def asked(method: str, path: str, source: str = "observer", to: str = "vim", **more: Any) -> Line:
    return {"kind": "exchange", "method": method, "path": path, "from": source, "to": to, "status": 200, **more}


def look(**running: str) -> Line:
    told = [{"name": name, "softwareVersion": version} for name, version in {**OLD, **running}.items()]
    return asked("GET", LIST, response=told)


def request(component: str, name: str, version: str = "2.0.0") -> Line:
    body = {"component": component, "destinationSoftwareVersion": version}
    return asked("POST", MODIFY, "smm", request=body, status=202, location=f"{OCCURRENCES}/{name}")


def ended(name: str, state: str = "COMPLETED") -> Line:
    body = {
        "notificationType": "SoftwareModificationOperationOccurrenceNotification",
        "softwareModificationOpOccId": name,
        "operationState": state,
    }
    return {**asked("POST", "/callbacks/1", "vim", "smm", request=body, status=204), "kind": "notification"}


LAUNCH = asked(
    "POST", "/smm/v1/processes", to="smm", request={"target": "vim"}, status=202, location="/smm/v1/processes/p"
)
END = {
    **asked("POST", "/callbacks/smm", "smm", "observer", status=204),
    "kind": "notification",
    "request": {
        "notificationType": "SoftwareModificationProcessNotification",
        "processId": "p",
        "state": "COMPLETED",
        "outcome": "DESTINATION_COMMITTED",
    },
}


def verdict(rule: Any, *lines: Line, **arguments: Any) -> Verdict:
    """What a rule finds of these lines, between a look before and the end of the process."""
    numbered = [
        {"sent": 2 * n, "answered": 2 * n + 1, **line, "n": n} for n, line in enumerate([look(), LAUNCH, *lines], 1)
    ]
    found = next(one for one in components.FLOW if one.judge is rule)
    case = Case(History({}, numbered), ROLES, {"source": "1.0.0", "destination": "2.0.0"}, 0)
    return judge(found, case, **arguments).verdict


BOTH = (request("compute", "a"), ended("a"), request("network", "b"), ended("b"))


def test_each_component_is_moved_once_and_by_itself() -> None:
    """One that is left out, or asked for while another is under way, is found."""
    moved = components.each_component_moved
    assert verdict(moved, *BOTH, END, version="destination") is Verdict.PASS
    assert verdict(moved, *BOTH[:2], END, version="destination") is Verdict.FAIL
    assert verdict(moved, BOTH[0], BOTH[2], BOTH[1], BOTH[3], END, version="destination") is Verdict.FAIL


@pytest.mark.parametrize(
    ("running", "expected"), [({"compute": "2.0.0"}, Verdict.PASS), ({"network": "2.0.0"}, Verdict.FAIL)]
)
def test_the_others_stay_as_they_are_meanwhile(running: dict[str, str], expected: Verdict) -> None:
    """Only the one that is modified may run something else."""
    seen = (request("compute", "a"), look(**running), ended("a"), END)
    assert verdict(components.others_left_alone, *seen) is expected


def test_a_modification_that_nobody_looked_at_shows_nothing() -> None:
    """No verdict rather than a pass."""
    assert verdict(components.others_left_alone, *BOTH, END) is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("order", "expected"), [(("network", "compute"), Verdict.PASS), (("compute", "network"), Verdict.FAIL)]
)
def test_the_last_component_goes_back_first(order: tuple[str, str], expected: Verdict) -> None:
    """In reverse order, all of those that were moved."""
    back = [line for n, name in enumerate(order) for line in (request(name, f"r{n}", "1.0.0"), ended(f"r{n}"))]
    assert verdict(components.components_taken_back, *BOTH, *back, END) is expected
    assert verdict(components.components_taken_back, *BOTH, *back[:2], END) is Verdict.FAIL


def test_only_what_failed_is_retried() -> None:
    """The component that failed, and once."""
    failed = (request("compute", "a"), ended("a"), request("network", "b"), ended("b", "ROLLED_BACK"))
    again = (request("network", "c"), ended("c"))
    assert verdict(components.component_retried, *failed, *again, END) is Verdict.PASS
    assert verdict(components.component_retried, *failed, END) is Verdict.FAIL
    whole = (request("compute", "d"), ended("d"), *again)
    assert verdict(components.component_retried, *failed, *whole, END) is Verdict.FAIL


def test_what_is_not_offered_is_not_asked_for() -> None:
    """Each of them is one request too many."""
    suspend = asked("POST", f"{OCCURRENCES}/a/suspend", "smm", status=409)
    restore = asked("POST", "/nfvmanoswm/v1/restoration_points/p/restore", "fallback-manager", status=409)
    change = asked("POST", "/nfvmanocim/v2/mano_entity/change_state", "smm", status=409)
    for rule, line in (
        (components.no_suspension_asked, suspend),
        (components.no_fallback_asked, restore),
        (components.no_state_changed, change),
        (components.no_way_back_asked, request("network", "r", "1.0.0")),
    ):
        assert verdict(rule, *BOTH, END) is Verdict.PASS
        assert verdict(rule, *BOTH, line, END) is Verdict.FAIL
        assert verdict(rule, END) is Verdict.FAIL


@pytest.mark.parametrize(("vcpu", "expected"), [(2, Verdict.PASS), (3, Verdict.FAIL)])
def test_what_is_assigned_to_vnfs_stays_so(vcpu: int, expected: Verdict) -> None:
    """A resource that is listed with something else, or not at all, was touched."""
    before = asked("GET", RESOURCES, response=[{"id": "x", "resources": {"vcpu": 2}}], sent=0, answered=1)
    later = asked("GET", RESOURCES, response=[{"id": "x", "resources": {"vcpu": vcpu}}])
    assert verdict(components.assignments_kept, before, *BOTH, later, END) is expected
    assert verdict(components.assignments_kept, before, asked("GET", RESOURCES, response=[]), END) is Verdict.FAIL


def test_the_process_is_held_between_two_components() -> None:
    """Before the first and behind the last there is nothing between."""
    told = {**END, "request": {**END["request"], "state": "SUSPENDED", "outcome": None}}
    held = components.held_between_components
    assert verdict(held, *BOTH[:2], told, *BOTH[2:], END) is Verdict.PASS
    assert verdict(held, *BOTH, told, END) is Verdict.FAIL
    assert verdict(held, told, *BOTH, END) is Verdict.FAIL
