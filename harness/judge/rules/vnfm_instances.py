"""VNFMs that come and go: rows 2 to 4 and 14 of tables 5.5.2.5-1 and 5.5.2.6-1."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.network_service import INSTANCE, VNFS, managed, named, nfvo, vnfm
from harness.judge.observer import after_end
from harness.judge.registry import FLOW
from harness.judge.states import ENTITY

Kind = Literal["generic", "specific"]
PEERS = "/nfvmanocim/v2/peer_entities"
CHANGE = ENTITY + "/change_state"
TOKEN = "/oauth2/token"  # noqa: S105 - a path


@FLOW("the SMM finds that the generic VNFM can manage another VNF")
def g_vnfm_found(case: Case) -> Finding:
    """It looked what the G-VNFM manages, or what it can manage, and instantiated none; an S-VNFM is no G-VNFM."""
    smm, actor = case.roles.smm, vnfm(case, "generic")
    expected = case.arrow(smm, actor, "can you manage another VNF")
    looked = [
        e
        for path in (VNFS, "/nfvmanoswm/v1/capability")
        for e in case.history.find("GET", path, source=smm, to=actor, after=case.after)
        if e.ok
    ]
    asked = case.history.find("POST", f"{INSTANCE}/instantiate", source=smm, after=case.after)
    made = [e for e in asked if e.ok and e.to not in (case.roles.target, named(case, "s_vnfm_host"))]
    if made:
        return failed(f"it had another one instantiated, {made[0].to}", made, expected)
    if not looked:
        return case.missing("a look at the G-VNFM that is there", expected)
    first = min(looked, key=lambda entry: entry.sent)
    return passed("the one that is there was asked", [first], expected, first.answered)


@FLOW("the SMM instantiates a new {kind} VNFM, and verifies that it is operational")
def vnfm_instantiated(case: Case, kind: Kind) -> Finding:
    """It is asked for on its host, and looked at, once it is there, before anybody is let in."""
    smm, actor = case.roles.smm, vnfm(case, kind)
    expected = case.arrow(smm, actor, f"instantiate {kind} VNFM")
    asked = case.history.find("POST", f"{INSTANCE}/instantiate", source=smm, to=actor, after=case.after)
    made = [e for e in asked if e.ok]
    if not made:
        return case.missing(f"an instantiation of {actor}", expected)
    looked = [e for e in case.history.find("GET", ENTITY, source=smm, to=actor, after=made[0].sent) if e.ok]
    looked = [e for e in looked if (e.told("manoApplicationState") or {}).get("operationalState") == "STARTED"]
    unlocked = _changes(case, actor, "UNLOCK", made[0].sent)
    if not looked or (unlocked and unlocked[0].sent < looked[0].sent):
        return failed(f"it did not look whether {actor} is started before it unlocked it", [*made, *unlocked], expected)
    return passed(f"{actor} is instantiated and looked at", [made[0], looked[0]], expected, looked[0].answered)


def _changes(case: Case, actor: str, action: str, after: float) -> list[Entry]:
    asked = case.history.find("POST", CHANGE, source=case.roles.smm, to=actor, after=after)
    return [e for e in asked if e.ok and _action(e) == action]


def _action(entry: Entry) -> object:
    return (entry.asked("administrativeStateChange") or {}).get("administrativeStateAction")


@FLOW("the SMM sets the peering information in the new {kind} VNFM and in the NFVO")
def vnfm_peering_set(case: Case, kind: Kind) -> Finding:
    """Each is configured with the other as a peer."""
    smm, actor = case.roles.smm, vnfm(case, kind)
    expected = case.arrow(smm, actor, "peer entities")
    evidence: list[Entry] = []
    for one, other in ((actor, nfvo(case)), (nfvo(case), actor)):
        made = case.history.find("POST", PEERS, source=smm, to=one, after=case.after)
        right = [e for e in made if e.ok and e.asked("peerEntityId") == other]
        if not right:
            return case.missing(f"{other} as a peer entity of {one}", expected, evidence)
        evidence.append(right[0])
    return passed("both know each other", evidence, expected, max(e.answered for e in evidence))


@FLOW("the SMM unlocks the new {kind} VNFM")
def vnfm_unlocked(case: Case, kind: Kind) -> Finding:
    """Its application is unlocked, before the NFVO uses it."""
    actor = vnfm(case, kind)
    expected = case.arrow(case.roles.smm, actor, f"unlock {kind} VNFM")
    asked = _changes(case, actor, "UNLOCK", case.after)
    if not asked:
        return case.missing(f"a request to unlock {actor}", expected)
    return passed(f"{actor} is unlocked", asked[:1], expected, asked[0].sent)


@FLOW("the new {kind} VNFM and the NFVO peer with each other")
def vnfm_peered(case: Case, kind: Kind) -> Finding:
    """Each gets a token of the other and uses its service."""
    actor = vnfm(case, kind)
    expected = case.arrow(actor, nfvo(case), "authenticate")
    evidence: list[Entry] = []
    for one, other in ((actor, nfvo(case)), (nfvo(case), actor)):
        tokens = case.history.find("POST", TOKEN, source=one, to=other, after=case.after)
        token = next((e for e in tokens if e.ok), None)
        uses = case.history.find("GET", source=one, to=other, after=token.sent) if token else ()
        use = next((e for e in uses if e.ok), None)
        if token is None or use is None:
            return case.missing(f"authentication of {one} at {other}, and a use of it", expected, evidence)
        evidence += [token, use]
    return passed("both authenticated", evidence, expected, max(e.answered for e in evidence))


@FLOW("the SMM locks and terminates the {kind} VNFM, which manages no VNF any more")
def vnfm_terminated(case: Case, kind: Kind) -> Finding:
    """First locked, then terminated, and not while the NFVO has VNFs there; afterwards it is gone."""
    smm, actor = case.roles.smm, case.roles.target if kind == "specific" else vnfm(case, kind)
    expected = case.arrow(smm, actor, f"lock and terminate {kind} VNFM")
    locked = _changes(case, actor, "LOCK", case.after)
    asked = case.history.find("POST", f"{INSTANCE}/terminate", source=smm, to=actor, after=case.after)
    ended = [e for e in asked if e.ok]
    if not ended:
        return case.missing(f"a termination of {actor}", expected, locked)
    problems = list(_termination_problems(case, actor, locked, ended[0]))
    if problems:
        return failed("; ".join(problems), [*locked, ended[0]], expected, ended[0].sent)
    left = after_end(case, INSTANCE, actor)
    if left is None:
        return inconclusive(f"the observer did not see what is left of {actor}", [*locked, ended[0]], expected)
    return passed(f"{actor} is terminated", [*locked[:1], ended[0], left], expected, ended[0].sent)


def _termination_problems(case: Case, actor: str, locked: list[Entry], ended: Entry) -> Iterable[str]:
    opened = _changes(case, actor, "UNLOCK", -1)
    never = bool(case.history.find("POST", f"{INSTANCE}/instantiate", to=actor)) and not opened
    if not (locked and locked[0].sent < ended.sent) and not (never and actor != case.roles.target):
        yield f"{actor} was not locked before"
    if vnfs := managed(case, actor, ended.sent):
        yield f"{actor} still manages {', '.join(vnfs)}"
    left = after_end(case, INSTANCE, actor)
    again = [e for e in case.history.find("POST", f"{INSTANCE}/instantiate", to=actor, after=ended.sent) if e.ok]
    if left is not None and left.told("instantiationState") != "NOT_INSTANTIATED" and not again:
        yield f"{actor} is {left.told('instantiationState')} afterwards"


@FLOW("the SMM keeps the {kind} VNFM, which manages other VNFs")
def vnfm_kept(case: Case, kind: Kind) -> Finding:
    """It is neither locked nor terminated, whatever the SMM has looked at."""
    smm, actor = case.roles.smm, case.roles.target if kind == "specific" else vnfm(case, kind)
    touched = [
        *_changes(case, actor, "LOCK", case.after),
        *case.history.find("POST", f"{INSTANCE}/terminate", source=smm, to=actor, after=case.after),
    ]
    if touched:
        return failed(f"{actor} was locked or terminated", touched)
    end = case.end_of_process
    if end is None:
        return case.missing("the end of the process")
    if not managed(case, actor, end.sent):
        return inconclusive(f"{actor} manages nothing else", [end])
    left = after_end(case, INSTANCE, actor)
    if left is None or left.told("instantiationState") != "INSTANTIATED":
        return inconclusive(f"the observer did not see {actor} afterwards", [end])
    return passed(f"{actor} goes on", [left])
