"""What the invariants mean where a specific VNFM gives way to a generic one, with the VNF that it manages (5.5.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator

from harness.judge.case import Case, Which
from harness.judge.history import Entry
from harness.judge.invariants.stage import excused, instances, launches, lives, living, of_another_kind, outcome
from harness.judge.network_service import (
    INSTANCE,
    KIND,
    NETWORKS,
    NS,
    SESSIONS,
    VNFS,
    associations,
    creations,
    has,
    named,
    nfvo,
    sessions,
    vnf,
    vnfm,
)
from harness.judge.observer import after_end, before_launch
from harness.judge.states import ENTITY, entity_answers

COMPUTE = "/vrm/v1/compute_resources"
PEERS = "/nfvmanocim/v2/peer_entities"
ROLLBACK = "/nslcm/v1/ns_lcm_op_occs/*/rollback"

Fault = tuple[str, list[Entry]]
Move = tuple[Entry, str, bool]
"""An association that took a VNF into the NS (True) or out of it."""


def _serving(case: Case) -> tuple[Which, Which]:
    """Which VNF has to serve at the end, and which not."""
    return ("destination", "source") if outcome(case) == "DESTINATION_COMMITTED" else ("source", "destination")


def not_as_said(case: Case) -> Iterator[Fault]:
    """Closure: the manager is at work, the VNF runs its version, and the NS has this VNF and not the other."""
    end = case.end_of_process
    if end is None:
        return
    which, other = _serving(case)
    manager, name, said = vnfm(case, KIND[which]), vnf(case, which), outcome(case)
    looked = list(case.history.find("GET", ENTITY, source=case.roles.observer, to=manager, after=end.sent))
    if looked and lives(case, manager) is None:
        yield f"it ends in {said}, and {manager} is not at work", looked[-1:]
    seen = entity_answers(case, name, end.sent)
    if seen and seen[-1].told("softwareVersion") != case.version(which):
        yield f"it ends in {said}, and {name} runs {seen[-1].told('softwareVersion')!r}", seen[-1:]
    ns = after_end(case, f"{NS}/*", nfvo(case))
    there = {str(each.get("vnfProfileId")) for each in (ns.told("vnfInstance") or [])} if ns else {name}
    if ns and name not in there:
        yield f"it ends in {said}, and the NS has no {name}", [ns]
    if ns and vnf(case, other) in there:
        yield f"it ends in {said}, and the NS still has {vnf(case, other)}", [ns]


def moved_nothing(case: Case) -> list[Entry]:
    """Closure: associations of the last process, which there are none of where nothing was changed."""
    since = max((entry.sent for entry in launches(case)), default=-1)
    return [each.entry for each in associations(case) if each.entry.sent > since]


def left_behind(case: Case) -> Iterator[Fault]:
    """Leaks: VNF instances, networks and compute resources that the NS and its VNFs do not have."""
    ns = after_end(case, f"{NS}/*", nfvo(case))
    if ns is None or case.launch is None:
        return
    yield from _stray_vnfs(case, case.launch, {each.get("vnfInstanceId") for each in ns.told("vnfInstance") or []})
    made = case.history.find("POST", NETWORKS, source=nfvo(case), to=case.roles.provider)
    known = {str(entry.told("id")) for entry in made if entry.status == 201}
    used = {each.get("id") for each in ns.told("virtualLinkInfo") or []}
    networks = after_end(case, NETWORKS, case.roles.provider)
    for item in networks.items if networks else ():
        if item.get("id") in known - used:
            yield f"network {item.get('id')} is left at {case.roles.provider}", [networks] if networks else []
    yield from _stray_resources(case)


def _stray_vnfs(case: Case, launch: Entry, there: set[object]) -> Iterator[Fault]:
    mine = _in_the_ns(case)
    for actor in instances(case):
        mine |= {str(entry.told("id")) for entry in creations(case, actor, "") if entry.sent > launch.sent}
        look = after_end(case, VNFS, actor)
        for item in look.items if look else ():
            if item.get("id") in mine - there:
                yield f"VNF instance {item.get('id')} is left at {actor}", [look] if look else []


def _stray_resources(case: Case) -> Iterator[Fault]:
    """What a VNFM had the VIM allocate, and no VNF of it lives in."""
    look = after_end(case, COMPUTE, case.roles.provider)
    if look is None:
        return
    for actor in instances(case):
        asked = case.history.find("POST", COMPUTE, source=actor, to=case.roles.provider)
        names, used = {entry.asked("name") for entry in asked if entry.ok}, _lived_in(case, actor)
        mine = {item.get("id") for item in look.items if item.get("name") in names}
        for left in sorted(map(str, mine - used)) if used is not None else ():
            yield f"compute resource {left} of {actor} is left at {look.to}", [look]


def _lived_in(case: Case, actor: str) -> set[object] | None:
    """The compute resources that the VNFs of a VNFM live in, as it tells; None when it leaves that out of some."""
    look = after_end(case, VNFS, actor)
    if look is None:
        return None if actor in living(case) else set()  # with a VNFM that is gone its VNFs are
    found: set[object] = set()
    for vnf_instance in look.items:
        told = (vnf_instance.get("instantiatedVnfInfo") or {}).get("vnfcResourceInfo")
        if told is None and vnf_instance.get("instantiationState") == "INSTANTIATED":
            return None
        found |= {(part.get("computeResource") or {}).get("resourceId") for part in told or []}
    return found


def _in_the_ns(case: Case) -> set[str]:
    """The VNF instances that the NS had before the process."""
    seen = before_launch(case, f"{NS}/*", nfvo(case))
    return {str(each.get("vnfInstanceId")) for entry in seen[-1:] for each in entry.told("vnfInstance") or []}


def disagreements(case: Case) -> Iterator[Fault]:
    """Peers: the NFVO takes those VNFMs for its peers that live, and VNF1 sends to the VNF that serves."""
    which, _ = _serving(case)
    manager, name = vnfm(case, KIND[which]), vnf(case, which)
    ns, known = after_end(case, f"{NS}/*", nfvo(case)), after_end(case, PEERS, nfvo(case))
    for each in (ns.told("vnfInstance") or []) if ns else ():
        if ns and each.get("vnfProfileId") == name and each.get("vnfmId") != manager:
            yield f"for {nfvo(case)} the manager of {name} is {each.get('vnfmId')}, not {manager}", [ns]
    peers = {str(item.get("peerEntityId")) for item in known.items} if known else set()
    for actor in instances(case) if known else ():
        if known and actor in living(case) and actor not in peers:
            yield f"{nfvo(case)} does not know {actor}, which lives", [known]
        if known and actor not in living(case) and actor in peers:
            yield f"{nfvo(case)} still knows {actor}, which is gone", [known]
    used = list(case.history.find("POST", SESSIONS, source=named(case, "traffic_source")))
    if used and used[-1].to != name:
        yield f"{used[-1].source} sends to {used[-1].to}, not to {name}", used[-1:]


def agreed(case: Case) -> list[Entry]:
    """Peers: what the NFVO says after the end of its peers, and of who manages the VNFs of the NS."""
    looks = [after_end(case, path, nfvo(case)) for path in (PEERS, f"{NS}/*")]
    return [look for look in looks if look is not None] if all(looks) else []


def lost_sessions(case: Case) -> Iterator[Fault]:
    """Continuity: requests within the NS that were not served, though no fault accounts for it."""
    for name in (vnf(case, "source"), vnf(case, "destination")):
        for entry in sessions(case, name):
            if not entry.ok and not excused(case, entry):
                yield f"{entry.source} got {entry.status or entry.failure} from {name} at n={entry.n}", [entry]


def retired(case: Case, actor: str) -> float:
    """Continuity: the tick from which a VNFM is gone on purpose: the SMM had it terminated (5.5.2.5-1, row 14)."""
    if not of_another_kind(case):
        return math.inf
    asked = case.history.find("POST", f"{INSTANCE}/terminate", source=case.roles.smm, to=actor)
    return min((entry.sent for entry in asked if entry.ok), default=math.inf)


def by_order(case: Case, trigger: Entry) -> bool:
    """Continuity: whether an operation at a VNFM is part of the replacement, which the NFVO answers for to the SMM."""
    launch = case.launch
    return bool(of_another_kind(case) and launch and trigger.source == nfvo(case) and trigger.sent > launch.sent)


def moves(case: Case, after: float) -> Iterator[Move]:
    """Mirror: what associations changed of the NS; one that the NFVO took back came to nothing."""
    undone = {e.path.split("/")[-2] for e in case.history.find("POST", ROLLBACK, to=nfvo(case)) if e.ok}
    present = {vnf(case, "source"): True, vnf(case, "destination"): False}
    for each in associations(case):
        if each.occurrence in undone:
            continue
        for name, was in present.items():
            if was != has(each.content, name):
                present[name] = not was
                if each.entry.sent > after:
                    yield each.entry, name, not was
