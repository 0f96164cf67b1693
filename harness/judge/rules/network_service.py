"""The NS follows one NSD after the other: rows 5 to 8 and 10 to 13 of tables 5.5.2.5-1 and 5.5.2.6-1."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.network_service import (
    KIND,
    NETWORKS,
    NS,
    REPORT,
    VNF_OPERATIONS,
    VNFS,
    Association,
    associations,
    creations,
    has,
    last_association,
    links,
    network_ids,
    nfvo,
    open_sessions,
    paths,
    vnf,
    vnfm,
)
from harness.judge.registry import FLOW

OTHER: dict[Which, Which] = {"source": "destination", "destination": "source"}
LOAD = "/traffic/v1/load"
TASK = "/nslcm/v1/ns_lcm_op_occs/*/"


@FLOW("the SMM adds a parallel path with the {version} VNF to the NSD, and has the NS follow it")
def path_added(case: Case, version: Which) -> Finding:
    """The NSD names the VNF's manager, and takes nothing away of what there was."""
    expected = case.arrow(case.roles.smm, nfvo(case), f"update NSD: add path with {version} VNF; associate NS")
    adding = [each for each in associations(case) if has(each.content, vnf(case, version))]
    after = [each for each in adding if each.entry.sent > case.after]
    if not after:
        return case.absent("an association with such an NSD", [each.entry for each in adding], expected)
    problems = list(_addition_problems(case, after[0], version))
    if problems:
        return failed("; ".join(problems), [after[0].entry], expected, after[0].entry.sent)
    return passed("a parallel path was added", [after[0].entry], expected, after[0].entry.sent)


def _addition_problems(case: Case, one: Association, version: Which) -> Iterable[str]:
    name, manager = vnf(case, version), vnfm(case, KIND[version])
    if one.manager(name) != manager:
        yield f"the NSD names {one.manager(name)!r} as the manager of {name}, not {manager!r}"
    lost = [path["pathId"] for path in one.before["paths"] if path not in one.content["paths"]]
    if lost:
        yield f"the NSD has lost the paths {', '.join(lost)}"
    if not has(one.content, vnf(case, OTHER[version])):
        yield f"there is no path with the {OTHER[version]} VNF in parallel"


@FLOW("the NFVO asks the manager of the {version} VNF to instantiate it, and the VIM for its virtual networks")
def instantiation_ordered(case: Case, version: Which) -> Finding:
    """By the reference in the NSD, and nobody else is asked for it."""
    one, name = last_association(case), vnf(case, version)
    if one is None or not has(one.content, name):
        return case.missing(f"an NSD with the {version} VNF")
    manager = one.manager(name)
    expected = case.arrow(nfvo(case), manager, f"instantiate {version} VNF")
    made = [e for e in creations(case, manager, one.vnfd(name)) if e.sent > case.after]
    asked = case.history.find("POST", VNFS + "/*/instantiate", source=nfvo(case), to=manager, after=case.after)
    orders = [e for e in asked if e.ok and e.path.split("/")[-2] in {str(m.told("id")) for m in made}]
    networks = _made_networks(case)
    if not orders:
        strangers = [e for e in case.history.find("POST", VNFS, source=nfvo(case), after=case.after) if e.to != manager]
        return case.missing(f"an instantiation of the {version} VNF at {manager}", expected, strangers)
    new = links(one.content) - links(one.before)
    if len(networks) < len(new):
        return case.missing(f"networks for {', '.join(sorted(new))} at the VIM", expected, orders)
    evidence = [*made[:1], *orders[:1], *networks[: len(new)]]
    return passed("the manager and the VIM were asked", evidence, expected, max(e.sent for e in evidence))


def _made_networks(case: Case) -> list[Entry]:
    made = case.history.find("POST", NETWORKS, source=nfvo(case), to=case.roles.provider, after=case.after)
    return [e for e in made if e.status == 201]


@FLOW("the manager of the {version} VNF and the VIM report to the NFVO what is instantiated")
def instantiation_reported(case: Case, version: Which) -> Finding:
    """The NFVO hears or reads of a completed instantiation."""
    one, name = last_association(case), vnf(case, version)
    if one is None:
        return case.missing("an association of the NS")
    manager = one.manager(name)
    expected = case.arrow(manager, nfvo(case), f"{version} VNF instantiated")
    ids = {str(e.told("id")) for e in creations(case, manager, one.vnfd(name)) if e.sent > one.entry.sent}
    told = [e for e in _vnf_reports(case, manager) if _completed(e, "INSTANTIATE", ids)]
    if early := _said_before(case, one, told):
        return failed("the NFVO told the SMM before it knew", early, expected)
    if not told:
        return case.missing(f"a report of {manager} that the {version} VNF is instantiated", expected)
    return passed("the VNF is instantiated, and the NFVO knows", told[:1], expected, told[0].answered)


def _said_before(case: Case, one: Association, told: list[Entry]) -> list[Entry]:
    """The NFVO's report to the SMM that an association is carried out, where it came before anybody told the NFVO."""
    said = case.history.notifications(REPORT, source=nfvo(case), to=case.roles.smm, after=case.after)
    over = [e for e in said if (e.asked("nsLcmOpOccId"), e.asked("operationState")) == (one.occurrence, "COMPLETED")]
    known = min((entry.sent for entry in told), default=float("inf"))
    return [entry for entry in over[:1] if entry.sent < known]


def _vnf_reports(case: Case, manager: str) -> list[Entry]:
    """What the NFVO hears of operations on VNFs at a VNFM, by answers or by notifications."""
    asked = [
        e
        for path in (VNF_OPERATIONS, VNF_OPERATIONS + "/*")
        for e in case.history.find("GET", path, source=nfvo(case), to=manager, after=case.after)
    ]
    told = case.history.notifications(
        "VnfLcmOperationOccurrenceNotification", source=manager, to=nfvo(case), after=case.after
    )
    return sorted([*asked, *told], key=lambda entry: entry.sent)


def _completed(entry: Entry, operation: str, ids: set[str]) -> bool:
    shown = entry.items if entry.method == "GET" else [entry.request if isinstance(entry.request, dict) else {}]
    return any(
        (item.get("operation"), item.get("operationState")) == (operation, "COMPLETED")
        and item.get("vnfInstanceId") in ids
        for item in shown
    )


@FLOW("the NFVO reports to the SMM that the NS is as the NSD says")
def ns_reported(case: Case) -> Finding:
    """A notification of the end of the update; undone where the SMM asked for that."""
    expected = case.arrow(nfvo(case), case.roles.smm, "NS update completed")
    one = last_association(case)
    if one is None:
        return case.missing("an association of the NS")
    told = [e for e in case.history.notifications(REPORT, source=nfvo(case), to=case.roles.smm) if e.ok]
    told = [e for e in told if e.asked("nsLcmOpOccId") == one.occurrence]
    undone = [e for e in case.history.find("POST", TASK + "rollback", source=case.roles.smm, to=nfvo(case)) if e.ok]
    wanted = "ROLLED_BACK" if any(one.occurrence in e.path for e in undone) else "COMPLETED"
    over = [e for e in told if e.asked("operationState") == wanted]
    late = [e for e in over if e.sent > case.after]
    if not late:
        return case.absent(f"a report that the update is {wanted}", over, expected)
    return passed(f"the NFVO reported {wanted}", late[:1], expected, late[0].answered)


@FLOW("the SMM has the NS follow an NSD without the path of the {version} VNF, once that handles no traffic")
def path_removed(case: Case, version: Which) -> Finding:
    """The SMM has seen by then that nothing is handled there, and it is so (notes 6 and 4); all else stays."""
    name = vnf(case, version)
    expected = case.arrow(case.roles.smm, nfvo(case), f"update NSD: remove path of {version} VNF; associate NS")
    removing = [each for each in associations(case) if not has(each.content, name) and has(each.before, name)]
    after = [each for each in removing if each.entry.sent > case.after]
    if not after:
        return case.absent("an association with such an NSD", [each.entry for each in removing], expected)
    problems = list(_removal_problems(case, after[0], name))
    if problems:
        return failed("; ".join(problems), [after[0].entry], expected, after[0].entry.sent)
    looked = _looks_at(case, name, after[0].entry.sent)
    return passed("it handled nothing any more", [*looked[-1:], after[0].entry], expected, after[0].entry.sent)


def _looks_at(case: Case, name: str, before: float) -> list[Entry]:
    found = case.history.find("GET", LOAD, source=case.roles.smm, to=name, before=before)
    return [e for e in found if e.ok]


def _removal_problems(case: Case, one: Association, name: str) -> Iterable[str]:
    looked = _looks_at(case, name, one.entry.sent)
    if not looked or looked[-1].told("openSessions") != 0:
        yield f"the SMM did not see that {name} handles no traffic"
    if left := open_sessions(case, name, one.entry.sent):
        yield f"{name} has {left} open sessions"
    lost = [path["pathId"] for path in one.before["paths"] if path not in one.content["paths"]]
    others = [path for path in lost if path not in [each["pathId"] for each in paths(one.before, name)]]
    if others:
        yield f"other paths are gone too: {', '.join(others)}"
    if not one.content["paths"]:
        yield "there is no path any more"


@FLOW("the NFVO has the manager of the {version} VNF terminate it, and the VIM remove networks that are not needed")
def termination_ordered(case: Case, version: Which) -> Finding:
    """The VNF is terminated where it was instantiated, and once it is gone each network that no path uses any more."""
    name, one = vnf(case, version), _concerning(case, vnf(case, version))
    if one is None:
        return case.missing(f"an association that concerns the {version} VNF")
    manager = one.manager(name)
    expected = case.arrow(nfvo(case), manager, f"terminate {version} VNF")
    ids = {str(e.told("id")) for e in creations(case, manager, one.vnfd(name))}
    orders = [
        e
        for method, path in (("POST", VNFS + "/*/terminate"), ("DELETE", VNFS + "/*"))
        for e in case.history.find(method, path, source=nfvo(case), to=manager, after=case.after)
        if e.ok and ids & set(e.path.split("/"))
    ]
    if not orders:
        return case.missing(f"a termination of the {version} VNF at {manager}", expected)
    gone = _removed_networks(case)
    kept = sorted(_unneeded(case, one, name) - {e.path.rsplit("/", 1)[-1] for e in gone})
    if not gone and not _removal_reports(case, manager, ids):
        return inconclusive(
            f"{manager} never said that {name} is gone, and until then its networks stay", orders, expected
        )
    if kept or not gone:
        return failed(f"networks are left: {', '.join(kept) or 'all'}", [*orders, *gone], expected)
    first = min(orders, key=lambda entry: entry.sent)
    return passed("the manager and the VIM were asked", [first, *gone], expected, first.sent)


def _concerning(case: Case, name: str) -> Association | None:
    """The last association that adds or removes a VNF: the one that is carried out, or undone."""
    found = [each for each in associations(case) if has(each.content, name) != has(each.before, name)]
    begun = [each for each in found if each.entry.sent <= case.after]
    return begun[-1] if begun else None


def _removed_networks(case: Case) -> list[Entry]:
    """The networks that the NFVO had removed since the row before, until the NS was to follow another NSD."""
    until = next((each.entry.sent for each in associations(case) if each.entry.sent > case.after), math.inf)
    vim, path = case.roles.provider, NETWORKS + "/*"
    gone = case.history.find("DELETE", path, source=nfvo(case), to=vim, after=case.after, before=until)
    return [e for e in gone if e.ok]


def _unneeded(case: Case, one: Association, name: str) -> set[str]:
    """The networks of the links that only the paths of a VNF use, as far as the NFVO told of them."""
    with_it, without = (one.content, one.before) if has(one.content, name) else (one.before, one.content)
    known = network_ids(case)
    return {known[link] for link in links(with_it) - links(without) if link in known}


@FLOW("the manager of the {version} VNF and the VIM report to the NFVO what is removed")
def termination_reported(case: Case, version: Which) -> Finding:
    """A completed termination, or a VNF instance that is gone; and networks that are."""
    name, one = vnf(case, version), _concerning(case, vnf(case, version))
    if one is None:
        return case.missing(f"an association that concerns the {version} VNF")
    manager = one.manager(name)
    expected = case.arrow(manager, nfvo(case), f"{version} VNF terminated")
    ids = {str(e.told("id")) for e in creations(case, manager, one.vnfd(name))}
    told = _removal_reports(case, manager, ids)
    if early := _said_before(case, one, told):
        return failed("the NFVO told the SMM before it knew", early, expected)
    if not told:
        return case.missing(f"a report of {manager} that the {version} VNF is gone", expected)
    evidence = [min(told, key=lambda entry: entry.sent), *_removed_networks(case)[-1:]]
    return passed("the VNF is gone, and the NFVO knows", evidence, expected, max(e.answered for e in evidence))


def _removal_reports(case: Case, manager: str, ids: set[str]) -> list[Entry]:
    told = [e for e in _vnf_reports(case, manager) if _completed(e, "TERMINATE", ids)]
    # a VNF that never came up is not terminated: then its removal is what was asked for, and the answer the report
    removed = case.history.find("DELETE", VNFS + "/*", source=nfvo(case), to=manager, after=case.after - 1)
    return told + [e for e in removed if e.status in (204, 404) and e.path.rsplit("/", 1)[-1] in ids]


@FLOW("the SMM has the NFVO try the deployment again")
def deployment_retried(case: Case) -> Finding:
    """Note 2 and clause 5.8: what the NFVO could not do for the time being is tried again before anything else."""
    expected = case.arrow(case.roles.smm, nfvo(case), "retry NS update")
    told = case.history.notifications(REPORT, source=nfvo(case), to=case.roles.smm)
    broken = [e for e in told if e.asked("operationState") == "FAILED_TEMP"]
    if not broken:
        return case.missing("a report of an update that broke", expected)
    again = [
        e
        for path in (TASK + "retry", NS + "/*/update")
        for e in case.history.find("POST", path, source=case.roles.smm, to=nfvo(case), after=broken[0].sent)
        if e.ok
    ]
    if not again:
        return case.missing("another try", expected, broken[:1])
    return passed("the deployment was tried again", [broken[0], again[0]], expected)
