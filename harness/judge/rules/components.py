"""A target that consists of components, which are modified one by one (GR clause 5.3.6.2)."""

from __future__ import annotations

import math

from harness.judge.attempts import Attempt, attempts, requests, taken_up
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.observer import after_end, before_launch
from harness.judge.registry import FLOW

CAPABILITY = "/nfvmanoswm/v1/capability"
COMPONENTS = "/nfvmanoswm/v1/components"
RESTORE = "/nfvmanoswm/v1/restoration_points/*/restore"
RESOURCES = "/vrm/v1/compute_resources"
PROCESS = "SoftwareModificationProcessNotification"
SUSPEND = "/nfvmanoswm/v1/software_modification_op_occs/*/suspend"


def names(case: Case) -> list[str]:
    """The components that the observer saw before anything began, in the order in which the target tells them."""
    told = before_launch(case, COMPONENTS, case.roles.target)
    return [str(item.get("name")) for item in told[-1].items] if told else []


@FLOW("the SMM learns which components the target has, and what each runs")
def components_learned(case: Case) -> Finding:
    """Before it asks for anything to be modified."""
    asked = case.history.find("GET", COMPONENTS, source=case.roles.smm, to=case.roles.target)
    limit = next((entry.sent for entry in requests(case)), math.inf)
    early = [entry for entry in asked if entry.ok and entry.answered < limit]
    if not early:
        return case.missing("a look at the components of the target", instead=asked)
    return passed("the SMM read the components first", early[:1], None, early[0].answered)


@FLOW("the SMM moves each component by itself to the {version} version, one after the other")
def each_component_moved(case: Case, version: Which) -> Finding:
    """Each that the observer saw is asked for once with success, and none while another is under way."""
    known = names(case)
    if not known:
        return inconclusive("the observer did not see any component")
    mine = [one for one in _moves(case, version) if one.request.sent > case.after]
    moved = [str(one.request.asked("component")) for one in mine if _completed(one)]
    if not mine:
        return case.missing(f"a request for the {version} version of a component")
    if strange := [one.request for one in mine if one.request.asked("component") not in known]:
        return failed("a request names no component of the target", strange)
    if wrong := _overlapping(case):
        return failed("a component was asked for while another was under way", wrong)
    if sorted(moved) != sorted(known):
        said = f"moved: {', '.join(moved) or 'none'}; the components are {', '.join(known)}"
        return failed(said, [one.request for one in mine])
    return passed(", ".join(moved), [one.request for one in mine], None, _last(mine))


@FLOW("while a component is modified all others run what they ran before")
def others_left_alone(case: Case) -> Finding:
    """What was to be seen of the components during each modification differs from before in that one at most."""
    seen = [e for e in case.history.find("GET", COMPONENTS, to=case.roles.target) if e.ok]
    evidence: list[Entry] = []
    for one in attempts(case):
        before = next((entry for entry in reversed(seen) if entry.answered < one.request.sent), None)
        during = [entry for entry in seen if one.request.sent < entry.sent < min(one.end, one.until)]
        if before is None or not during:
            return inconclusive(f"nobody looked at the components while {one.request.asked('component')} was modified")
        was, mine = _versions(before), str(one.request.asked("component"))
        for entry in during:
            now = _versions(entry)
            changed = [name for name in was.keys() | now.keys() if was.get(name) != now.get(name) and name != mine]
            if changed:
                return failed(f"{', '.join(sorted(changed))} changed while {mine} was modified", [before, entry])
        evidence += during[:1]
    if not evidence:
        return case.missing("a modification of a component")
    return passed(f"seen during {len(evidence)} modifications", evidence)


@FLOW("what the target manages for VNFs stays assigned as it was")
def assignments_kept(case: Case) -> Finding:
    """Each look at the virtualised resources lists, unchanged, what was listed before anything began."""
    before = before_launch(case, RESOURCES, case.roles.target)
    later = [e for e in case.history.find("GET", RESOURCES, to=case.roles.target) if e.ok and e.sent > _launched(case)]
    if not before or not before[-1].items or not later:
        return inconclusive("no virtualised resource was to be seen before, or nobody looked at them later")
    was = {str(item.get("id")): _assignment(item) for item in before[-1].items}
    for entry in later:
        now = {str(item.get("id")): _assignment(item) for item in entry.items}
        if lost := [name for name, about in was.items() if now.get(name) != about]:
            return failed(f"{', '.join(lost)} is not as it was", [before[-1], entry])
    return passed(f"{len(was)} resources, seen {len(later)} times", [before[-1], later[0], later[-1]])


@FLOW("each component runs the {version} version")
def all_components_run(case: Case, version: Which) -> Finding:
    """What the observer saw after the end, of every component that was there before."""
    look = after_end(case, COMPONENTS, case.roles.target)
    if look is None or not names(case):
        return inconclusive("the observer did not see the components after the end")
    wrong = {name: at for name, at in _versions(look).items() if at != case.version(version)}
    gone = set(names(case)) - _versions(look).keys()
    if wrong or gone:
        return failed(f"not in version {case.version(version)}: {', '.join([*wrong, *sorted(gone)])}", [look])
    return passed("all of them", [look])


@FLOW("the SMM takes back the components that it had moved, and only those, the last one first")
def components_taken_back(case: Case) -> Finding:
    """Each that reached the destination version returns; one that rolled back by itself needs no return."""
    forth = [str(one.request.asked("component")) for one in _moves(case, "destination") if _completed(one)]
    back = [one for one in _moves(case, "source") if _completed(one)]
    returned = [str(one.request.asked("component")) for one in back]
    if not forth:
        return case.missing("a component that was moved")
    if returned != forth[::-1]:
        said = f"moved: {', '.join(forth)}; taken back: {', '.join(returned) or 'none'}"
        return failed(said, [one.request for one in back])
    return passed(", ".join(returned), [one.request for one in back], None, _last(back))


@FLOW("the SMM asks for the component that failed once more, and for no other again")
def component_retried(case: Case) -> Finding:
    """A retry is about what failed; what succeeded is not repeated."""
    moves = _moves(case, "destination")
    broken = [str(one.request.asked("component")) for one in moves if not _completed(one)]
    asked = [str(one.request.asked("component")) for one in moves]
    twice = [name for name in dict.fromkeys(asked) if asked.count(name) > 1]
    if not broken:
        return case.missing("a component whose modification failed", instead=[one.request for one in moves])
    if twice != broken[:1] or asked.count(broken[0]) != 2:
        return failed(f"{broken[0]} failed; asked for: {', '.join(asked)}", [one.request for one in moves])
    return passed(f"{broken[0]} was asked for once more", [one.request for one in moves])


@FLOW("the SMM asks for no change of state of a target that has no state model")
def no_state_changed(case: Case) -> Finding:
    """Neither of the application nor of a service interface: the target does not know such operations."""
    smm, target = case.roles.smm, case.roles.target
    asked = [e for e in case.history.find("POST", source=smm, to=target) if e.path.endswith("/change_state")]
    if asked:
        return failed("the SMM asked for a change of state", asked)
    return _never(case, "no change of state was asked for")


@FLOW("the SMM does not ask for a suspension that the target does not offer")
def no_suspension_asked(case: Case) -> Finding:
    """Neither taken up nor refused: the descriptor says that there is none."""
    if asked := list(case.history.find("POST", SUSPEND, source=case.roles.smm, to=case.roles.target)):
        return failed("the SMM asked for a suspension", asked)
    return _never(case, "no suspension was asked for")


@FLOW("the process is held while some components have moved, and others have not")
def held_between_components(case: Case) -> Finding:
    """The SMM tells that it is suspended after the end of one modification and before the request for the next."""
    told = [e for e in case.history.notifications(PROCESS, source=case.roles.smm) if e.asked("state") == "SUSPENDED"]
    tried = attempts(case)
    for entry in told:
        done = [one for one in tried if one.end < entry.sent]
        left = [one for one in tried if one.request.sent > entry.sent]
        if done and left and len(done) + len(left) == len(tried):
            return passed("held between two components", [done[-1].request, entry, left[0].request])
    return case.missing("a process that is suspended between two components", instead=told)


@FLOW("the SMM does not ask for a way back that the target does not offer")
def no_way_back_asked(case: Case) -> Finding:
    """No request for the source version of anything, taken up or not."""
    back = [e for e in requests(case) if e.asked("destinationSoftwareVersion") == case.version("source")]
    if back:
        return failed("the SMM asked for the source version", back)
    return _never(case, "the source version was not asked for")


@FLOW("nobody asks for a fallback that the target does not offer")
def no_fallback_asked(case: Case) -> Finding:
    """Neither the SMM the Fallback Manager, nor anybody the target."""
    asked = list(case.history.find("POST", RESTORE, to=case.roles.target))
    manager = case.roles.others.get("fallback_manager")
    asked += [e for e in case.history.find("POST", "/fallback/v1/fallbacks", source=case.roles.smm) if e.to == manager]
    if asked:
        return failed("a fallback was asked for", asked)
    return _never(case, "no fallback was asked for")


@FLOW("the SMM has no component modified")
def no_component_modified(case: Case) -> Finding:
    """Where nothing would lead back, nothing is begun; the SMM has to have read what is offered."""
    if asked := requests(case):
        return failed("a component was to be modified", asked)
    read = [e for e in case.history.find("GET", CAPABILITY, source=case.roles.smm, to=case.roles.target) if e.ok]
    if case.end_of_process is None or not read:
        return case.missing("a look at what the target offers, and an end of the process")
    return passed("nothing was asked for", [read[0], case.end_of_process])


def _never(case: Case, said: str) -> Finding:
    """That something was not asked for, by a process that has ended and had components modified."""
    if case.end_of_process is None or not any(taken_up(entry) for entry in requests(case)):
        return case.missing("a process that had components modified, and has ended")
    return passed(said, [requests(case)[0], case.end_of_process])


def _moves(case: Case, version: Which) -> list[Attempt]:
    wanted = case.version(version)
    return [one for one in attempts(case) if one.request.asked("destinationSoftwareVersion") == wanted]


def _completed(one: Attempt) -> bool:
    ended = one.ended
    states = {item.get("operationState") for item in ended.items} | {ended.asked("operationState")} if ended else set()
    return "COMPLETED" in states


def _last(moves: list[Attempt]) -> int | None:
    """The tick at which the last of them was seen to have ended."""
    return max((one.ended.sent for one in moves if one.ended), default=None)


def _overlapping(case: Case) -> list[Entry]:
    """The first request that came before the one before it had ended."""
    return [one.request for one in attempts(case) if one.until < math.inf and not one.end < one.until][:1]


def _versions(entry: Entry) -> dict[str, str]:
    return {str(item.get("name")): str(item.get("softwareVersion")) for item in entry.items}


def _assignment(item: object) -> object:
    """What is told of a resource, without how often it was looked at."""
    return {key: value for key, value in item.items() if key != "_links"} if isinstance(item, dict) else item


def _launched(case: Case) -> float:
    return case.launch.sent if case.launch else -1
