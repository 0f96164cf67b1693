"""A VNF that embeds a shared CISM: its VNFM changes its package, instantiates and terminates it (5.6.2.6, 5.6.3.6)."""

from __future__ import annotations

import math

from harness.judge.attempts import TERMINAL, attempts
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW

INSTANCE = "/nfvmanoswm/v1/instance"
INSTANTIATE, TERMINATE = f"{INSTANCE}/instantiate", f"{INSTANCE}/terminate"
INSTANCE_NEWS = "InstanceOperationOccurrenceNotification"
INSTANCES = "/vnflcm/v1/vnf_instances"
CHANGES = INSTANCES + "/*/change_vnfpkg"
VNF_OPERATIONS = "/vnflcm/v1/vnf_lcm_op_occs"


@FLOW("the VNFM changes the VNF package of the target to the one with the {version} version")
def package_changed(case: Case, version: str) -> Finding:
    """Clause 5.6.2.6: what the target is triggered for is a modification of the VNF, which is its VNFM's to do."""
    target, tried = case.roles.target, attempts(case)
    expected = case.arrow(target, "vnfm", "Change Current VNF Package")
    if not tried:
        return case.missing("a request to the target", expected)
    wanted = case.versions[version]
    mine = [one for one in tried if one.request.asked("destinationSoftwareVersion") == wanted]
    if not mine:
        return case.missing(f"a request for {wanted}", expected)
    start, end = mine[-1].request.sent, mine[-1].end
    asked = [e for e in case.history.find("POST", CHANGES, after=start, before=end) if e.ok]
    if not asked:
        return case.missing("a change of the VNF package while the target worked", expected, [mine[-1].request])
    done = [e for e in asked if _completed(case, e, end)]
    if not done:
        return failed("the target reported before the VNFM had completed the change", asked, expected)
    package = str(done[-1].asked("vnfdId"))
    if wanted not in package:
        return failed(f"the package became {package}, which is not the one with {wanted}", done, expected)
    return passed(f"the VNFM changed the package to {package}", done, expected)


@FLOW("the VNFM instantiates the VNF of the {instance} instance")
def vnf_instantiated(case: Case, instance: str) -> Finding:
    """Clause 5.6.3.6: the lifecycle management of the instance is that of the VNF that embeds the CISM."""
    return _vnf_operation(case, instance, INSTANTIATE, "instantiate")


@FLOW("the VNFM terminates the VNF of the {instance} instance")
def vnf_terminated(case: Case, instance: str) -> Finding:
    """The same for the instance that goes."""
    return _vnf_operation(case, instance, TERMINATE, "terminate")


def _vnf_operation(case: Case, instance: str, request: str, task: str) -> Finding:
    """Whether the host had the VNFM do it between the SMM's request and the end of the host's operation."""
    roles = case.roles
    host = roles.target if instance == "source" else roles.destination
    expected = case.arrow(host, "vnfm", f"{task} the VNF")
    if not host:
        return inconclusive("there is no other instance in this scenario")
    begun = [e for e in case.history.find("POST", request, source=roles.smm, to=host) if e.ok]
    if not begun:
        return case.missing(f"a request to {task} {host}", expected)
    ended = _ended(case, host, begun[-1])
    ordered = case.history.find("POST", f"{INSTANCES}/*/{task}", source=host, after=begun[-1].sent, before=ended)
    done = [e for e in ordered if e.ok]
    if not done:
        return case.missing(f"an order of {host} to {task} its VNF", expected, begun[-1:])
    shown = [e for e in done if _completed(case, e, ended)]
    if not shown:
        return failed(f"{host} was done before the VNFM was", done, expected)
    return passed(f"the VNFM did it for {host}", [begun[-1], *shown], expected)


def _ended(case: Case, host: str, begun: Entry) -> float:
    """When the host said that its operation is over; the end of the history where it never did."""
    told = case.history.notifications(INSTANCE_NEWS, source=host, to=case.roles.smm, after=begun.sent)
    return next((e.sent for e in told if e.asked("operationState") in TERMINAL), math.inf)


def _completed(case: Case, order: Entry, end: float) -> bool:
    """Whether the operation was shown to be completed before the target reported that it was done."""
    occurrence = str(order.location or "").rsplit("/", 1)[-1]
    asked = [
        e
        for path in (VNF_OPERATIONS, f"{VNF_OPERATIONS}/{occurrence}")
        for e in case.history.find("GET", path, to=order.to, after=order.sent, before=end)
    ]
    shown = [item for e in asked for item in e.items if item.get("id") == occurrence]
    changed = [
        item
        for e in case.history.find("GET", INSTANCES, to=order.to, after=order.sent, before=end)
        for item in e.items
        if item.get("vnfdId") == order.asked("vnfdId")
    ]
    return bool(changed) or any(item.get("operationState") == "COMPLETED" for item in shown)
