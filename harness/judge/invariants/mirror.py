"""A rollback undoes what was done, only that, and in reverse order (5.2.2.6-1, 5.2.3.6-1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.judge.attempts import MODIFY, OCCURRENCES, REPORT
from harness.judge.case import PROCESSES, Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.interfaces import is_shut_down, state
from harness.judge.invariants.replacement import moves
from harness.judge.invariants.stage import (
    CREATION,
    fallen_back,
    instances,
    launches,
    of_another_kind,
    outcome,
    successors,
    versions,
)
from harness.judge.network_service import nfvo, vnf
from harness.judge.observer import after_end
from harness.judge.pair import members, merged
from harness.judge.registry import INVARIANTS
from harness.judge.rules.replacement import reasons
from harness.judge.states import INTERFACES, works

Thing = tuple[str, str]
"""What is changed: an actor, and one of its interfaces or its software."""

SOFTWARE = "software"
INSTANCE = "instance"
TERMINATION = "/nfvmanoswm/v1/instance/terminate"


@dataclass(frozen=True)
class Deed:
    """A change that the SMM asked for and that was taken up; `on` is its direction."""

    entry: Entry
    thing: Thing
    on: bool

    def undoes(self, other: Deed) -> bool:
        return self.thing == other.thing and self.on != other.on

    def __str__(self) -> str:
        actor, what = self.thing
        if what == INSTANCE:
            return f"the {'instantiation' if self.on else 'termination'} of {actor} at n={self.entry.n}"
        if what == SOFTWARE:
            return f"the {'modification' if self.on else 'return'} of {actor} at n={self.entry.n}"
        return f"the {'start' if self.on else 'stop'} of {what} at {actor} at n={self.entry.n}"


@INVARIANTS("undo mirrors do: a rollback undoes what was done, only that, and in reverse order")
def mirror(case: Case) -> Finding:
    """Changes of interfaces and of software by the last process, before and after it turned to the way back."""
    # Two entities that are modified together have no order among each other but at the synchronisation (clause 5.4.2).
    each = members(case)
    return merged(each, [_mirrored(one) for one in each]) if each else _mirrored(case)


def _mirrored(case: Case) -> Finding:
    deeds = _deeds(case)
    turn = _turn(case, deeds)
    if turn is None or outcome(case) != "SOURCE_COMMITTED":
        return inconclusive("nothing was rolled back")
    done = _net([deed for deed in deeds if deed.entry.sent < turn.sent])
    undone = _net([deed for deed in deeds if deed.entry.sent > turn.sent])
    if not done and not undone:
        return inconclusive("nothing was done that could have been undone")
    problems = [*_order(done, undone), *_remaining(case, done, undone)]
    if problems:
        return failed("; ".join(what for what, _ in problems), [deed.entry for _, proof in problems for deed in proof])
    return passed(f"{len(done)} changes, {len(undone)} of them undone", [turn, *(deed.entry for deed in deeds)])


def _turn(case: Case, deeds: list[Deed]) -> Entry | None:
    """Why the process turned back: the first such cause since the last time that it was on its way forward."""
    smm = case.roles.smm
    forward = [deed for deed in deeds if deed.on and _leads_on(case, deed)]
    since = max((deed.entry.sent for deed in forward), default=_launched(case))
    causes = [e for e in case.history.find(to=smm, after=since) if e.kind == "notification" and _tells_of_failure(e)]
    causes += [e for e in case.history.find("POST", PROCESSES + "/*/rollback", to=smm, after=since) if e.ok]
    asked = case.history.find("POST", source=smm, after=since)
    causes += [e for e in asked if e.to in instances(case) and not e.ok and e.status is not None]
    causes += [e for e in reasons(case) if e.sent > since] if of_another_kind(case) else []
    return min(causes, key=lambda entry: entry.sent, default=None)


def _leads_on(case: Case, deed: Deed) -> bool:
    """Whether a change is of the way forward, whenever it is made: the destination version, or what runs it."""
    actor, what = deed.thing
    return what in (SOFTWARE, vnf(case, "destination")) or (what == INSTANCE and actor in successors(case))


def _tells_of_failure(entry: Entry) -> bool:
    return entry.asked("verdict") == "FAIL" or entry.asked("operationState") in ("FAILED", "ROLLED_BACK")


def _launched(case: Case) -> int:
    return max((entry.sent for entry in launches(case)), default=-1)


def _deeds(case: Case) -> list[Deed]:
    asked = case.history.find("POST", source=case.roles.smm, after=_launched(case), before=fallen_back(case))
    taken = [e for e in asked if e.to in instances(case) and (e.ok or e.failure == "lost")]
    made = [deed for entry in taken for deed in _deed(case, entry)]
    if of_another_kind(case):
        made += [Deed(entry, (nfvo(case), name), on) for entry, name, on in moves(case, _launched(case))]
        made.sort(key=lambda deed: deed.entry.sent)
    return [deed for deed in made if not _came_to_nothing(case, deed)]


def _deed(case: Case, entry: Entry) -> Iterator[Deed]:
    if entry.path == MODIFY:
        version = entry.asked("destinationSoftwareVersion")
        # Of a target that consists of components each is modified, and taken back, by itself (clause 5.3.6.2).
        actor = " of ".join(filter(None, (entry.asked("component"), entry.to)))
        yield Deed(entry, (actor, SOFTWARE), version != versions(case)["source"])
    elif entry.path in (CREATION, TERMINATION):
        # a specific VNFM comes back as another instance, on a host of its own (5.5.2.6-1, row 2)
        actor = case.roles.target if entry.to == case.roles.others.get("s_vnfm_host") else entry.to
        yield Deed(entry, (actor, INSTANCE), entry.path == CREATION)
    elif of_another_kind(case):
        return  # the interfaces of a VNFM come and go with it
    elif entry.path.startswith(INTERFACES + "/") and entry.path.endswith("/change_state"):
        interface = entry.path.removeprefix(INTERFACES + "/").partition("/")[0]
        operational, administrative = entry.asked("operationalStateChange"), entry.asked("administrativeStateChange")
        actions = {
            (operational or {}).get("operationalStateAction"),
            (administrative or {}).get("administrativeStateAction"),
        }
        yield Deed(entry, (entry.to, interface), not actions & {"STOP", "LOCK"})


def _came_to_nothing(case: Case, deed: Deed) -> bool:
    """Whether its actor says of a modification that it failed, or that it rolled back by itself."""
    if deed.thing[1] != SOFTWARE:
        return False
    own = (deed.entry.location or "").rpartition("/")[2]
    told = [
        str(entry.asked("operationState"))
        for entry in case.history.notifications(REPORT, source=deed.entry.to, after=deed.entry.sent)
        if entry.asked("softwareModificationOpOccId") == own
    ]
    asked = case.history.find("GET", to=deed.entry.to, after=deed.entry.sent)
    looks = [entry for entry in asked if entry.path.startswith(OCCURRENCES)]
    told += [str(item.get("operationState")) for entry in looks for item in entry.items if item.get("id") == own]
    return any(state in ("ROLLED_BACK", "FAILED") for state in told)


def _net(deeds: list[Deed]) -> list[Deed]:
    """The changes that are left of some: repetitions fall out, and pairs of which one takes back the other.

    A unit that is locked, modified and unlocked again has been modified, and nothing else.
    """
    left: dict[Thing, Deed] = {}
    before: dict[Thing, bool] = {}
    for deed in deeds:
        if before.get(deed.thing) == deed.on:
            continue
        before[deed.thing] = deed.on
        if left.pop(deed.thing, None) is None:
            left[deed.thing] = deed
    return list(left.values())


def _order(done: list[Deed], undone: list[Deed]) -> Iterator[tuple[str, list[Deed]]]:
    """Each change on the way back takes back the last of those that are not taken back yet."""
    places = {deed.thing: place for place, deed in enumerate(done)}
    before: Deed | None = None
    for deed in undone:
        if deed.thing not in places:
            yield f"{deed} takes back what was never done", [deed]
            continue
        if before and places[deed.thing] > places[before.thing] and not _side_by_side(done, deed, before):
            yield f"{deed} comes after {before}, and not in reverse order", [before, deed]
        before = deed


def _side_by_side(done: list[Deed], one: Deed, other: Deed) -> bool:
    """Whether two things were changed in one go: nothing but changes of the same kind between them."""
    low, high = sorted(
        next(place for place, deed in enumerate(done) if deed.thing == each.thing) for each in (one, other)
    )
    between = done[low : high + 1]
    same = all(
        deed.on == between[0].on and (deed.thing[1] == SOFTWARE) == (between[0].thing[1] == SOFTWARE)
        for deed in between
    )
    return same and len({deed.entry.at for deed in between}) == 1


def _remaining(case: Case, done: list[Deed], undone: list[Deed]) -> Iterator[tuple[str, list[Deed]]]:
    """What was done, was not taken back, and still shows at the end."""
    taken_back = {deed.thing for deed in undone}
    for deed in done:
        actor, what = deed.thing
        look = after_end(case, INTERFACES, actor)
        if deed.thing in taken_back or what in (SOFTWARE, INSTANCE) or look is None:
            continue
        found = state(look, what)
        if (deed.on and works(found)) or (not deed.on and is_shut_down(found) and found is not None):
            yield f"{deed} was not taken back", [deed]
