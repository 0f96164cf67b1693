"""Instances of the target that come and go: tables 5.3.3.5-1 and 5.3.3.6-1, rows 2, 3, 7, 8, 14 and end."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.instances import (
    EXPORT,
    IMPORT,
    TERMINATE,
    Instance,
    completed,
    ended,
    gone,
    instantiations,
    interfaces,
    state_after,
    terminations,
    transfers,
    view,
)
from harness.judge.interfaces import TOKEN, actors, changes, is_shut_down, looks, served, shut_down_seen, state
from harness.judge.provider import RESERVATIONS, problems_of
from harness.judge.registry import FLOW
from harness.judge.rules.commit import protection_released
from harness.judge.rules.interfaces import shut_down, started, stopped
from harness.judge.rules.preparation import POINTS
from harness.judge.rules.testing import end_reports, runs
from harness.judge.states import ENTITY, INTERFACES, entity_answers, works

LOCKED = ("STARTED", "LOCKED")
CHANGE = f"{ENTITY}/change_state"
CHANGE_NEWS = "ChangeStateNotification"


@FLOW("the SMM collects of the source what its other instance needs")
def instance_information_collected(case: Case) -> Finding:
    """Its interfaces or peers are read before anything is instantiated, or tested; or they are known, and right."""
    smm, target = case.roles.smm, case.roles.target
    expected = case.arrow(smm, target, "query interfaces, peers and parameters")
    asked = next(iter(instantiations(view(case, "destination"))), None)
    limit = min([e.sent for e in runs(case)] + ([asked.sent] if asked else []), default=math.inf)
    read = [e for e in case.history.find("GET", source=smm, to=target, before=limit) if e.ok]
    if told := [e for e in read if e.path == INTERFACES or e.path.endswith("/peer_entities")]:
        return passed("the SMM read it at the source", told, expected)
    if asked is None:
        return case.missing("knowledge of what the source is like", expected)
    if set(case.roles.impacted) <= set(asked.asked("peers") or []):
        return passed("not read at the source, but the SMM set the right peers", [asked], expected)
    return failed("neither read at the source nor known", [asked], expected)


@FLOW("the SMM learns how far the instances are, or knows it already")
def rollback_information_collected(case: Case) -> Finding:
    """Row 2 of the way back, note 2: what was collected before will do where the SMM then turns to the right ones."""
    roles = case.roles
    acts = (e.sent for e in case.history.find("POST", source=roles.smm, after=case.after) if e.to in roles.instances)
    limit = next(acts, float("inf"))
    looked = [
        e
        for e in case.history.find("GET", INTERFACES, source=roles.smm, after=case.after, before=limit)
        if e.ok and e.to in roles.instances
    ]
    if looked:
        return passed("the SMM looked at the interfaces of the instances", looked[:2])
    one = view(case, "destination")
    serving = {interface for interface in interfaces(case) if served(one, interface)}
    turned = {change.interface: change.entry for change in changes(one, case.after)}
    if not instantiations(one):
        return case.missing("an instance to come back from")
    if serving - turned.keys():
        return failed(f"neither looked at nor known: {', '.join(sorted(serving))}", list(turned.values()))
    return passed("known from before", [*turned.values(), instantiations(one)[0]])


@FLOW("the SMM instantiates the {instance} instance with the {version} version, naming the resources it may use")
def instance_requested(case: Case, instance: Instance, version: Which) -> Finding:
    """Application started and locked, and all that it needs to take the other one's place: resources and peers."""
    one = view(case, instance)
    expected = case.arrow(one.roles.smm, one.roles.target, f"instantiate {case.version(version)}, STARTED_LOCKED")
    taken = [entry for entry in instantiations(one, case.after) if entry.status == 202]
    if not taken:
        return case.absent("an instantiation", instantiations(one), expected)
    asked = taken[0]
    problems = list(_request_problems(one, asked, case.version(version)))
    if problems:
        return failed("; ".join(problems), [asked], expected, asked.sent)
    return passed("asked for, and taken up", [asked], expected, asked.sent)


def _request_problems(case: Case, asked: Entry, version: str) -> Iterable[str]:
    if asked.asked("softwareVersion") != version:
        yield f"its version is {asked.asked('softwareVersion')!r}, not {version!r}"
    if asked.asked("applicationState") not in (None, "STARTED_LOCKED"):
        yield f"the application is not to be STARTED_LOCKED but {asked.asked('applicationState')}"
    if asked.asked("replaces") != case.roles.destination:
        yield f"it is to replace {asked.asked('replaces')!r}, not {case.roles.destination!r}"
    missing = sorted(set(case.roles.impacted) - set(asked.asked("peers") or []))
    if missing:
        yield f"it is not told of its peers {', '.join(missing)}"
    yield from problems_of(case, asked.asked("resources"), asked)


@FLOW("the {instance} instance is there, its application started and locked, and serves nobody")
def instance_locked(case: Case, instance: Instance) -> Finding:
    """Somebody looked after it was there and before it was changed; none of its service interfaces was at work."""
    one = view(case, instance)
    begun = [entry for entry in instantiations(one, case.after) if entry.status == 202]
    done = completed(one, begun[0]) if begun else None
    expected = case.arrow(one.roles.target, one.roles.smm, "instantiated")
    if done is None:
        return case.missing(f"an end of the instantiation of {one.roles.target}", expected, begun)
    changed = min((e.sent for e in _changing(one, done.sent)), default=math.inf)
    seen = entity_answers(case, one.roles.target, done.sent, changed)
    if not seen:
        return inconclusive("nobody looked at the application before it was changed", [done], expected)
    wrong = [e for e in seen if _application(e) != LOCKED]
    early = [look for look in looks(one, done.sent, changed) if any(works(state(look, i)) for i in interfaces(case))]
    if wrong or early:
        return failed("not STARTED_LOCKED, or serving already", [*wrong, *early], expected, done.answered)
    return passed("STARTED_LOCKED", [done, seen[0]], expected, done.answered)


def _changing(case: Case, after: float) -> Iterable[Entry]:
    """Whatever was asked of the application or of an interface of an instance, or to end it."""
    for path in (CHANGE, INTERFACES + "/*/change_state", TERMINATE):
        yield from case.history.find("POST", path, to=case.roles.target, after=after)


def _application(entry: Entry) -> tuple[object, object]:
    found = entry.told("manoApplicationState") or {}
    return found.get("operationalState"), found.get("administrativeState")


@FLOW("the SMM transfers the operational state data to the {instance} instance")
def state_transferred(case: Case, instance: Instance) -> Finding:
    """What one instance handed over, the other one took, whole and unchanged; authentication keys among it."""
    one = view(case, instance)
    expected = case.arrow(one.roles.smm, one.roles.target, "transfer operational state data")
    found = [pair for pair in transfers(one, case.after) if pair[0].to != one.roles.target]
    if not found:
        tried = [e for path in (EXPORT, IMPORT) for e in case.history.find("POST", path, source=one.roles.smm)]
        return case.missing(f"operational state data that {one.roles.target} took over", expected, tried)
    given, taken = found[0]
    if not taken.asked("authenticationKeys"):
        return failed("without any authentication key", [given, taken], expected, taken.answered)
    return passed("handed over and taken over", [given, taken], expected, taken.answered)


@FLOW("the source instance goes on with the state that it had handed over")
def state_taken_back(case: Case) -> Finding:
    """Where nobody took over what the source had handed over: the source takes it back."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "take operational state data back")
    found = [pair for pair in transfers(case, case.after) if pair[0].to == roles.target]
    if not found:
        return case.missing("a source that takes its state back", expected)
    return passed("taken back", list(found[0]), expected, found[0][1].answered)


@FLOW("the SMM unlocks the application of the {instance} instance, which has its state")
def application_unlocked(case: Case, instance: Instance) -> Finding:
    """Unlocked after the transfer; an application that was never locked stays as it is."""
    one = view(case, instance)
    expected = case.arrow(one.roles.smm, one.roles.target, "unlock application")
    asked = case.history.find("POST", CHANGE, source=one.roles.smm, to=one.roles.target)
    unlocks = [e for e in asked if e.ok and "UNLOCK" in str((e.asked("administrativeStateChange") or {}).values())]
    after = [entry for entry in unlocks if entry.sent > case.after]
    if not after and any(entry.sent <= case.after for entry in unlocks) and instance == "destination":
        return case.absent("the unlocking of the application", unlocks, expected)
    seen = [e for e in entity_answers(case, one.roles.target, case.after) if works(e.told("manoApplicationState"))]
    if not seen and not after:
        return case.missing(f"an application of {one.roles.target} that is unlocked", expected)
    return passed("unlocked", [*after[:1], *seen[:1]], expected, max(e.sent for e in [*after[:1], *seen[:1]][:1]))


@FLOW(
    "the SMM starts the service interfaces of the {instance} instance towards {concerned}, "
    "and it is authenticated to them"
)
def instance_interfaces_started(case: Case, instance: Instance, concerned: str) -> Finding:
    """The instance gets its token from each of them, and each gets its own from the instance and uses it."""
    one = view(case, instance)
    found = started(one, interfaces(case, concerned), f"the {instance}'s", concerned)
    if str(found.verdict) != "pass":
        return found
    met = {}
    for actor in actors(case, concerned):
        tokens = case.history.find("POST", TOKEN, source=one.roles.target, to=actor, after=case.after)
        met[actor] = next((entry for entry in tokens if entry.ok), None)
    strangers = [actor for actor, token in met.items() if token is None]
    if strangers:
        return case.missing(f"authentication of {one.roles.target} to {', '.join(strangers)}", found.expected)
    return found


@FLOW("the SMM leaves alone what never stopped of the source")
def source_left_alone(case: Case) -> Finding:
    """On the way back an interface that serves is neither started nor restarted; only what was stopped is."""
    seen, end = looks(case, by=case.roles.smm), case.end_of_process
    if end is None or not instantiations(view(case, "destination")):
        return case.missing("another instance that was to take the place of the source")
    stops: dict[str, int] = {}
    wrong = []
    for change in changes(case):
        if "STOP" in change.actions:
            stops[change.interface] = change.entry.sent
        elif change.actions & {"START", "RESTART"} and change.interface not in stops:
            wrong.append(change.entry)
    if wrong:
        return failed("started or restarted though it never stopped", wrong)
    evidence = [*seen[-1:], *(change.entry for change in changes(case))]
    return passed("only what had been stopped was started", evidence or [end])


@FLOW("the SMM gracefully stops the service interfaces of the {instance} instance towards {concerned}")
def instance_interfaces_stopped(case: Case, instance: Instance, concerned: str) -> Finding:
    """By force is no graceful stop, and nobody whom it serves may still use it."""
    return stopped(view(case, instance), interfaces(case, concerned), f"the {instance}'s", concerned)


@FLOW("the SMM waits until the service interfaces of the {instance} instance towards {concerned} are shut down")
def instance_interfaces_down(case: Case, instance: Instance, concerned: str) -> Finding:
    """The SMM hears or reads SHUTDOWN_UNLOCKED of each before it ends the instance."""
    return shut_down(view(case, instance), interfaces(case, concerned), f"the {instance}'s", concerned)


@FLOW("the SMM terminates the {instance} instance, which is shut down")
def instance_terminated(case: Case, instance: Instance) -> Finding:
    """Gracefully, when all its service interfaces are SHUTDOWN_UNLOCKED or never served, and it comes to an end."""
    one = view(case, instance)
    expected = case.arrow(one.roles.smm, one.roles.target, "terminate")
    asked = [entry for entry in terminations(one) if entry.status == 202]
    after = [entry for entry in asked if entry.sent > case.after]
    if not after:
        return case.absent(f"the termination of {one.roles.target}", terminations(one), expected)
    if after[0].asked("terminationType") != "GRACEFUL":
        return failed("terminated by force", after[:1], expected)
    running = [i for i in interfaces(case) if served(one, i) and not _known_down(one, i, after[0])]
    if running:
        return failed(f"{', '.join(running)} was not shut down", after[:1], expected)
    end = completed(one, after[0])
    if end is None:
        return case.missing(f"the end of {one.roles.target}", expected, after)
    return passed("terminated when it was shut down", [after[0], end], expected, end.answered)


def _known_down(case: Case, interface: str, before: Entry) -> bool:
    """Whether the last that was to be seen of an interface before a moment is that it is shut down."""
    stop = next((c for c in changes(case) if c.interface == interface and "STOP" in c.actions), None)
    seen = shut_down_seen(case, interface, stop.entry.sent) if stop else None
    shown = [state(look, interface) for look in looks(case, before=before.sent)]
    return bool(seen and seen.sent < before.sent) or bool(shown and is_shut_down(shown[-1]))


@FLOW("the SMM commits by releasing what protected the process, once the {instance} instance is gone")
def replacement_committed(case: Case, instance: Instance) -> Finding:
    """The way back is kept until the other instance is gone and the tester has spoken; then nothing is left of it."""
    roles = case.roles
    end = gone(view(case, instance))
    if end is None:
        return case.missing(f"an end of the {instance} instance")
    if (state_after(view(case, instance)) or {}).get("instantiationState") == "INSTANTIATED":
        return failed(f"the {instance} instance is there again", [end])
    spoken = [said.sent for asked in runs(case) for said in end_reports(case, asked)]
    limit = max([end.sent, *spoken])
    kept = [e for e in case.history.find("POST", RESERVATIONS, source=roles.smm, to=roles.provider) if e.status == 201]
    kept = [e for e in kept if e.asked("purpose") == "SOFTWARE_ROLLBACK"]
    paths = {f"{RESERVATIONS}/{entry.told('id')}" for entry in kept}
    dropped = [e for e in case.history.find("DELETE", source=roles.smm) if e.ok]
    early = [e for e in dropped if e.sent < limit and (e.path in paths or e.path.startswith(POINTS + "/"))]
    if early:
        return failed("the way back was given up too soon: " + ", ".join(e.path for e in early), [*early, end])
    return protection_released(case)


@FLOW("the SMM instantiates the {instance} instance again after it failed")
def instance_retried(case: Case, instance: Instance) -> Finding:
    """Note 2, clause 5.8: the first attempt left nothing behind, and a later one succeeds."""
    one = view(case, instance)
    asked = [entry for entry in instantiations(one) if entry.status == 202]
    over = [(entry, ended(one, entry), completed(one, entry)) for entry in asked]
    broken = [end for _, end, well in over if end and not well]
    if not broken:
        return case.missing(f"an instantiation of {one.roles.target} that failed", instead=asked)
    again = [well for entry, _, well in over if well and entry.sent > broken[0].sent]
    if not again:
        return case.missing("a second instantiation that succeeded", instead=[*asked, *broken])
    return passed("instantiated again", [broken[0], again[0]])


@FLOW("the SMM instantiates nothing, and the source keeps its state")
def nothing_instantiated(case: Case) -> Finding:
    """No instance was asked for, and the source handed nothing over and was not changed in its states."""
    roles = case.roles
    done = [entry for one in (case, view(case, "destination")) for entry in instantiations(one)]
    done += [entry for entry in case.history.find("POST", EXPORT, source=roles.smm) if entry.to in roles.instances]
    done += [change.entry for change in changes(case)]
    if done:
        return failed("something was changed", done)
    looked = [e for e in case.history.find("GET", source=roles.smm, to=roles.target) if e.ok]
    if case.end_of_process is None or not looked:
        return case.missing("an SMM that looked, and ended its process")
    return passed("nothing was changed", [looked[0], case.end_of_process])


@FLOW("nothing of the {instance} instance is left")
def instance_gone(case: Case, instance: Instance) -> Finding:
    """As the observer finds its host afterwards: empty; and what it was made of is available again."""
    one = view(case, instance)
    found = state_after(one)
    if found is None:
        return inconclusive(f"the observer could not see what is on {one.roles.target}")
    seen = [e for e in case.history.find("GET", "/nfvmanoswm/v1/instance", to=one.roles.target) if e.ok][-1:]
    if found.get("instantiationState") != "NOT_INSTANTIATED" or found.get("resources"):
        return failed(
            f"{one.roles.target} is {found.get('instantiationState')}, made of {found.get('resources')}", seen
        )
    provider = [e for e in case.history.find("GET", RESERVATIONS, to=case.roles.provider) if e.ok][-1:]
    owners = [each.get("owner") for e in provider for item in e.items for each in item.get("allocations") or []]
    if one.roles.target in owners:
        return failed(f"resources that {one.roles.target} was made of were not released", [*seen, *provider])
    return passed(f"{one.roles.target} is an empty host again", [*seen, *provider])


@FLOW("at every moment a started, unlocked service interface of either instance serves them")
def services_kept_up_between(case: Case) -> Finding:
    """Whoever looked meanwhile found one for impacted FEs and one for impacted entities, and all uses were answered."""
    start = case.launch.sent if case.launch else None
    end = case.end_of_process.sent if case.end_of_process else None
    if start is None or end is None:
        return case.missing("a process that began and ended")
    views = {one: view(case, one) for one in ("source", "destination")}
    seen = sorted((e for v in views.values() for e in looks(v, start, end)), key=lambda e: e.sent)
    broken = [look for look in seen if not _served_then(case, list(views.values()), look)]
    broken += [
        e
        for e in case.history.find("GET", after=start, before=end)
        if e.to in case.roles.instances and e.source in case.roles.impacted and (e.failure or (e.status or 0) >= 400)
    ]
    if broken:
        return failed("interrupted: " + ", ".join(f"n={entry.n}" for entry in broken[:3]), broken)
    uses = [e for e in case.history.find("GET", after=start, before=end) if e.source in case.roles.impacted]
    uses = [e for e in uses if e.to in case.roles.instances]
    silent = set(case.roles.impacted) - {e.source for e in uses}
    if silent or not seen:
        return inconclusive(f"nothing tells what {', '.join(sorted(silent)) or 'anybody'} found meanwhile", seen)
    return passed(f"{len(uses)} uses by peers, all answered; {len(seen)} looks", [seen[0], seen[-1]])


def _served_then(case: Case, views: list[Case], look: Entry) -> bool:
    """Whether some instance had an interface at work towards each, as last seen by this look's time."""
    for concerned in ("impacted FEs", "impacted entities"):
        last = [looks(v, before=look.sent + 1)[-1:] for v in views]
        states = [state(e[0], i) for e in last if e for i in interfaces(case, concerned)]
        if not any(works(s) for s in states):
            return False
    return True
