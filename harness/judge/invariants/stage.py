"""Who is on the stage: instances of what is modified, which of them has to live in the end, what faults excuse."""

from __future__ import annotations

import math

from harness.judge.case import PROCESSES, Case
from harness.judge.history import Entry
from harness.judge.network_service import KIND, managed, vnfm
from harness.judge.states import entity_answers, works

NEEDS_PERSON = "FALLBACK_NEEDED"
LASTING = ("clock-skew", "crash", "disk-full", "hang", "lossy-link", "partition")
"""Faults that go on after they struck, until they are healed; others are over with the message they strike."""

CREATION = "/nfvmanoswm/v1/instance/instantiate"
RESTORE = "/nfvmanoswm/v1/restoration_points/*/restore"


def of_another_kind(case: Case) -> bool:
    """Whether a specific VNFM gives way to a generic one: what lives in the end is no instance of the target."""
    return "vnf_source" in case.roles.others


def instances(case: Case) -> tuple[str, ...]:
    """Every actor that is modified, or takes the place of one that is."""
    roles = case.roles
    others = [actor for role, actor in roles.others.items() if role.startswith(("target", "source", "destination"))]
    others += [roles.others.get("s_vnfm_host", "")] if of_another_kind(case) else []
    return tuple(dict.fromkeys(actor for actor in (roles.target, roles.destination, *others) if actor))


def successors(case: Case) -> tuple[str, ...]:
    """The actors that take the place of others; none where an entity modifies its own software."""
    roles = case.roles
    others = [actor for role, actor in roles.others.items() if role.startswith("destination")]
    return tuple(dict.fromkeys(actor for actor in (roles.destination, *others) if actor and actor != roles.target))


def living(case: Case) -> tuple[str, ...]:
    """The instances that have to serve once the process has ended as it says."""
    if of_another_kind(case):
        return _managers(case)
    taken_over = successors(case)
    if not taken_over:
        return instances(case)
    gone_over = outcome(case) == "DESTINATION_COMMITTED"
    return taken_over if gone_over else tuple(one for one in instances(case) if one not in taken_over)


def _managers(case: Case) -> tuple[str, ...]:
    """The VNFMs that serve at the end: the manager of the VNF, and whichever manages others (5.5.2.5-1, row 14)."""
    named = vnfm(case, KIND["destination" if outcome(case) == "DESTINATION_COMMITTED" else "source"])
    kept = [actor for actor in instances(case) if managed(case, actor, math.inf)]
    return tuple(dict.fromkeys((named, *kept)))


def launches(case: Case) -> list[Entry]:
    """Every process that the SMM took up, in order."""
    return [entry for entry in case.history.find("POST", PROCESSES, to=case.roles.smm) if entry.ok]


def versions(case: Case) -> dict[str, str]:
    """Source and destination of the last process: after a commit another one may lead back."""
    asked = launches(case)[1:]
    if not asked:
        return dict(case.versions)
    wanted = str(asked[-1].asked("destinationSoftwareVersion") or case.versions["destination"])
    seen = entity_answers(case, case.roles.target, before=asked[-1].sent)
    ran = seen[-1].told("softwareVersion") if seen else None
    return {"source": str(ran or case.versions["source"]), "destination": wanted}


def outcome(case: Case) -> str:
    """What the SMM says of the end of its last process; empty while none has ended."""
    end = case.end_of_process
    return str(end.asked("outcome") or end.told("outcome") or "") if end else ""


def settled(case: Case) -> bool:
    """Whether the last process has ended, and none called for a person: then everything has to be in order."""
    said = case.history.find(source=case.roles.smm, to=case.roles.observer)
    return outcome(case) not in ("", NEEDS_PERSON) and not any(e.asked("outcome") == NEEDS_PERSON for e in said)


def lives(case: Case, actor: str) -> Entry | None:
    """The observer's last look at an actor that shows it at work after the end, or None."""
    if case.end_of_process is None:
        return None
    seen = entity_answers(case, actor, case.end_of_process.sent)
    return seen[-1] if seen and works(seen[-1].told("manoApplicationState")) else None


def excused(case: Case, entry: Entry) -> bool:
    """Whether a fault of the lab at one of its ends accounts for what became of a message."""
    ends = (entry.source, entry.to)
    for fault in case.history.entries:
        if fault.kind == "fault" and fault.event == "struck" and fault.to in ends and fault.sent <= entry.answered:
            over = _over(case, fault) if fault.fault in LASTING else fault.answered
            if over >= entry.sent:
                return True
    return False


def fallen_back(case: Case) -> float:
    """The tick at which falling back begins: from there on services are interrupted on purpose (clause 5.9).

    It is the first restoration, or the first that a Fallback Manager asks of an instance.
    """
    manager = case.roles.others.get("fallback_manager")
    ticks = [entry.sent for one in instances(case) for entry in case.history.find("POST", RESTORE, to=one)]
    if manager:
        ticks += [entry.sent for one in instances(case) for entry in case.history.find("POST", source=manager, to=one)]
    return min(ticks, default=math.inf)


def _over(case: Case, fault: Entry) -> float:
    healed = (
        entry.sent
        for entry in case.history.entries
        if entry.kind == "fault" and entry.event == "healed" and entry.detail.get("id") == fault.detail.get("id")
    )
    return next(healed, math.inf)
