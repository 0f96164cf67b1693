"""Service interfaces that come and go with the version: tables 5.2.3.5-1 and 5.2.3.6-1."""

from __future__ import annotations

import math

from harness.judge.attempts import attempt, requests
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.instances import TERMINATE
from harness.judge.interfaces import (
    Change,
    Generation,
    actors,
    at_work,
    changes,
    described,
    ids,
    is_locked,
    looks,
    moved,
    path,
    served,
    shut_down_seen,
    state,
)
from harness.judge.observer import after_end, before_launch
from harness.judge.registry import CONDITIONS, FLOW
from harness.judge.rules.commit import COMMITS
from harness.judge.rules.conditions import CAPABILITY, destination_available
from harness.judge.states import INTERFACES, works


@CONDITIONS("the destination version with its new service interfaces, and execution plan, are at hand")
def new_interfaces_announced(case: Case) -> Finding:
    """The destination version is available, and the target's descriptor says which interfaces it brings."""
    found = destination_available(case)
    told = before_launch(case, CAPABILITY, case.roles.target)
    if told and not told[-1].told("interfaceChanges"):
        return failed("the target's descriptor names no new service interface", told[-1:])
    return found


@FLOW("the SMM learns which service interfaces are old and new, and whom they concern")
def interfaces_learned(case: Case) -> Finding:
    """From the target before it is asked to change; or, where the plan says it, known by what the SMM does later."""
    smm, target = case.roles.smm, case.roles.target
    expected = case.arrow(smm, target, "query old and new service interfaces")
    limit = next((entry.sent for entry in requests(case)), None)
    read = [
        e for e in case.history.find("GET", CAPABILITY, source=smm, to=target) if e.ok and e.told("interfaceChanges")
    ]
    early = [entry for entry in read if limit is None or entry.answered < limit]
    if early and looks(case, by=smm):
        return passed("the SMM read it at the target", early, expected)
    right = set(ids(case, "new"))
    acted = {change.interface: change.entry for change in changes(case)}
    if right and right <= acted.keys():
        return passed("not read at the target, but the SMM turned to the right ones", list(acted.values()), expected)
    return case.missing("knowledge of old and new service interfaces", expected, read)


@FLOW("the target opens its new service interfaces, locked, and keeps the old ones")
def opened_locked(case: Case) -> Finding:
    """What the target shows of its interfaces after the move, before anybody changes them."""
    done = attempt(case, case.version("destination"))
    if done is None or done.ended is None or not described(case):
        return case.missing("a target that moved, and had named its new service interfaces")
    first = next((change.entry.sent for change in changes(case, done.request.sent)), None)
    seen = [look for look in looks(case, done.ended.sent) if first is None or look.sent < first]
    if not seen:
        return inconclusive("nobody looked at the interfaces before they were changed", [done.ended])
    wrong = [interface for interface in ids(case, "new") if not is_locked(state(seen[0], interface))]
    wrong += [interface for interface in ids(case, "old") if not works(state(seen[0], interface))]
    if wrong:
        return failed(f"not as they should be: {', '.join(wrong)}", seen[:1])
    return passed("the new ones are started and locked, the old ones serve", seen[:1])


@FLOW("the SMM verifies that the new service interfaces are locked")
def locked_verified(case: Case) -> Finding:
    """It looks after the report, and before it changes the state of any."""
    smm, target = case.roles.smm, case.roles.target
    expected = case.arrow(smm, target, "query state of new service interfaces")
    seen = looks(case, case.after, by=smm)
    first = next(iter(changes(case, case.after)), None)
    if not seen:
        return case.missing("a look at the new service interfaces", expected, [first.entry] if first else [])
    if first and first.entry.sent < seen[0].sent:
        return failed("it changed the state of an interface before it looked", [first.entry, seen[0]], expected)
    return passed("looked at before anything was started", seen[:1], expected, seen[0].answered)


@FLOW("the SMM starts the {which} service interfaces towards {concerned}, and the target is authenticated to them")
def interfaces_started(case: Case, which: Generation, concerned: str) -> Finding:
    """In its turn each is at work when those it serves get their token and use it, before they depend on it."""
    interfaces = ids(case, which, concerned)
    if early := [entry for each in interfaces for entry in _restarted_before(case, each)]:
        expected = case.arrow(
            case.roles.smm, case.roles.target, f"start {which} service interfaces towards {concerned}"
        )
        return case.absent("a start in its turn", early, expected)
    return started(case, interfaces, which, concerned, _needed_by(case, which, concerned))


def _restarted_before(case: Case, interface: str) -> list[Entry]:
    """A start of an interface that was stopped, where it came before the row before was done, and no other came."""
    asked = [change for change in changes(case) if change.interface == interface]
    if any(change.entry.sent > case.after and change.actions & {"UNLOCK", "START"} for change in asked):
        return []
    before = [change for change in asked if change.entry.sent <= case.after]
    again = len(before) > 1 and "STOP" in before[-2].actions and before[-1].actions & {"UNLOCK", "START"}
    return [before[-1].entry] if again else []


def started(case: Case, interfaces: list[str], which: str, concerned: str, needed_by: float = math.inf) -> Finding:
    """Each of these interfaces of the target is at work when those it serves authenticate there and use it."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"start {which} service interfaces towards {concerned}")
    evidence: list[Entry] = []
    for interface in interfaces:
        since, asked = case.after, _asked(case, interface, {"UNLOCK", "START"})
        if asked:
            evidence.append(asked.entry)
            since = asked.entry.sent
        elif not at_work(case, interface, case.after):
            return case.missing(f"a start of {interface}", expected)
        for actor in actors(case, concerned):
            way = moved(case, actor, interface, since)
            if not way or way[-1].sent > needed_by:
                return case.missing(
                    f"authentication of the target to {actor}, and a use of {interface} by it", expected, evidence
                )
            evidence += way
    if not evidence:
        return inconclusive(f"the target names no {which} service interface towards {concerned}", [], expected)
    return passed("started, authenticated and used", evidence, expected, max(e.sent for e in evidence))


def _needed_by(case: Case, which: Generation, concerned: str) -> float:
    """When whom an interface serves has nothing else left: the others stop, or the target is asked to move."""
    others = ids(case, "old" if which == "new" else "new", concerned)
    stops = [c.entry.sent for c in changes(case, case.after) if c.interface in others and "STOP" in c.actions]
    moves = [entry.sent for entry in requests(case) if entry.sent > case.after]
    return min([*stops, *moves], default=math.inf)


@FLOW("the SMM gracefully stops the {which} service interfaces towards {concerned}")
def interfaces_stopped(case: Case, which: Generation, concerned: str) -> Finding:
    """By force is no graceful stop, and nobody whom it serves may still use it."""
    return stopped(case, ids(case, which, concerned), which, concerned)


def stopped(case: Case, interfaces: list[str], which: str, concerned: str) -> Finding:
    """Each of these interfaces of the target that ever served is stopped gracefully, with nobody left on it."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, f"stop {which} service interfaces towards {concerned}")
    stops = [(interface, _asked(case, interface, {"STOP"})) for interface in interfaces]
    missing = [interface for interface, stop in stops if stop is None and served(case, interface)]
    if missing or not stops:
        early = [change.entry for change in changes(case) if change.interface in missing and "STOP" in change.actions]
        return case.absent(f"a stop of {', '.join(missing) or which + ' interfaces'}", early, expected)
    asked = [stop for _, stop in stops if stop is not None]
    if not asked:
        return passed("none of them ever served", looks(case, case.after, by=roles.smm)[:1], expected)
    if forced := [stop.entry for stop in asked if not stop.graceful]:
        return failed("stopped by force", forced, expected)
    left = [use for stop in asked for use in _uses(case, stop, concerned)]
    if left:
        who = ", ".join(sorted({use.source for use in left}))
        return failed(f"{who} was left on an interface that stopped", left, expected)
    position = max(stop.entry.sent for stop in asked)
    return passed("stopped gracefully, and used by nobody", [stop.entry for stop in asked], expected, position)


@FLOW("the SMM waits until the {which} service interfaces towards {concerned} are shut down")
def shut_down_awaited(case: Case, which: Generation, concerned: str) -> Finding:
    """The SMM hears or reads SHUTDOWN_UNLOCKED of each before it goes on."""
    return shut_down(case, ids(case, which, concerned), which, concerned)


def shut_down(case: Case, interfaces: list[str], which: str, concerned: str) -> Finding:
    """The SMM knows of each of these interfaces of the target that it is shut down before it goes on."""
    roles = case.roles
    expected = case.arrow(roles.target, roles.smm, f"{which} service interfaces SHUTDOWN_UNLOCKED")
    evidence = []
    for interface in interfaces:
        stop = next(
            (change for change in changes(case) if change.interface == interface and "STOP" in change.actions), None
        )
        if stop is None and not served(case, interface):
            continue
        seen = shut_down_seen(case, interface, stop.entry.sent) if stop else None
        if stop and seen and (onward := _went_on(case, stop)) and onward.sent < seen.sent:
            return failed(f"the SMM went on before {interface} was shut down", [stop.entry, onward, seen], expected)
        if seen is None:
            return case.missing(f"a sign that {interface} is shut down", expected, [stop.entry] if stop else [])
        evidence.append(seen)
    if not evidence and not interfaces:
        return case.missing(f"what the target calls its {which} service interfaces towards {concerned}", expected)
    if not evidence:
        return passed("none of them ever served", looks(case, by=roles.smm)[-1:], expected)
    return passed("shut down, and the SMM knows", evidence, expected, max(entry.sent for entry in evidence))


@FLOW("the target has no new service interfaces any more")
def interfaces_closed(case: Case) -> Finding:
    """Rolling back removes them; what the observer saw after the end."""
    seen = after_end(case, INTERFACES, case.roles.target)
    if seen is None or not described(case):
        return inconclusive("the observer did not see the target's service interfaces afterwards")
    left = [interface for interface in ids(case, "new") if state(seen, interface) is not None]
    gone = [interface for interface in ids(case, "old") if not works(state(seen, interface))]
    if left or gone:
        return failed(
            "; ".join(
                [f"{interface} is left" for interface in left] + [f"{interface} does not serve" for interface in gone]
            ),
            [seen],
        )
    return passed("the new ones are gone, the old ones serve", [seen])


def _asked(case: Case, interface: str, actions: set[str]) -> Change | None:
    wanted = (
        change for change in changes(case, case.after) if change.interface == interface and change.actions & actions
    )
    return next(wanted, None)


def _went_on(case: Case, stop: Change) -> Entry | None:
    """The SMM's next request to the target that needs the interface to be shut down: to modify, commit or end."""
    found = [*requests(case)]
    for task in (COMMITS, TERMINATE):
        found += case.history.find("POST", task, source=case.roles.smm, to=case.roles.target)
    return min((entry for entry in found if entry.sent > stop.entry.sent), key=lambda entry: entry.sent, default=None)


def _uses(case: Case, stop: Change, concerned: str) -> list[Entry]:
    """Uses of a stopped interface by those it served, after the stop and until it is started again."""
    restart = (
        c.entry.sent for c in changes(case, stop.entry.sent) if c.interface == stop.interface and "START" in c.actions
    )
    until = next(restart, float("inf"))
    root = path(case, stop.interface)
    found = case.history.find("GET", root + "/*", to=case.roles.target, after=stop.entry.sent, before=until)
    return [use for use in found if root and use.source in actors(case, concerned)]
