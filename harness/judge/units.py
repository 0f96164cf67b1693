"""The redundancy units of the target, as it shows them and as the SMM has them replaced (GR clause 5.3.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from harness.judge.attempts import UNITS
from harness.judge.case import Case, Which
from harness.judge.history import Entry
from harness.judge.interfaces import TOWARDS
from harness.judge.states import works

OCCURRENCES = "/nfvmanoswm/v1/redundancy_unit_op_occs"
TASKS = (UNITS, UNITS + "/*/terminate", UNITS + "/*/change_state", UNITS + "/*/service_interfaces/*/change_state")
NEWS = "RedundancyUnitOperationOccurrenceNotification"
CRASH = "RedundancyUnitNotification"
OTHER: Mapping[str, Which] = {"destination": "source", "source": "destination"}
Unit = Mapping[str, Any]


def looks(case: Case, by: str | None = None) -> list[Entry]:
    """The target's answers about its units, about all of them or about one."""
    found = [e for path in (UNITS, UNITS + "/*") for e in case.history.find("GET", path, to=case.roles.target) if e.ok]
    return sorted((e for e in found if by in (None, e.source)), key=lambda entry: entry.sent)


def shown(case: Case, unit: str, after: float = -1, before: float = math.inf, by: str | None = None) -> list[Shown]:
    """What the target showed of one unit in a span of ticks."""
    return [
        (entry, item)
        for entry in looks(case, by)
        if after < entry.sent < before
        for item in entry.items
        if item.get("id") == unit
    ]


Shown = tuple[Entry, Unit]


def before(case: Case) -> list[Unit]:
    """The units that the observer saw before the process was launched."""
    limit = case.launch.sent if case.launch else math.inf
    seen = [entry for entry in looks(case, case.roles.observer) if entry.path == UNITS and entry.sent < limit]
    return list(seen[-1].items) if seen else []


def after_end(case: Case) -> Entry | None:
    """The observer's last look at all units after the process had ended."""
    end = case.end_of_process
    seen = [e for e in looks(case, case.roles.observer) if e.path == UNITS and end is not None and e.sent > end.sent]
    return seen[-1] if seen else None


def instantiations(case: Case, version: str | None = None) -> list[Entry]:
    """The SMM's requests for units that the target took up."""
    asked = case.history.find("POST", UNITS, source=case.roles.smm, to=case.roles.target)
    taken = [entry for entry in asked if entry.status == 202 or entry.failure == "lost"]
    return [entry for entry in taken if version in (None, entry.asked("softwareVersion"))]


def changing(case: Case) -> list[Entry]:
    """All that the SMM asked to be done with units, and the target took up."""
    found = [
        e
        for path in TASKS
        for e in case.history.find("POST", path, source=case.roles.smm, to=case.roles.target)
        if e.ok
    ]
    return sorted(found, key=lambda entry: entry.sent)


def told(case: Case, occurrence: str) -> Iterator[tuple[Entry, Unit]]:
    """What the target told of an operation occurrence, in notifications and answers, in order."""
    history, target = case.history, case.roles.target
    found = [(e, e.request) for e in history.notifications(NEWS, source=target) if _names(e, occurrence)]
    for path in (OCCURRENCES, f"{OCCURRENCES}/{occurrence}"):
        asked = [e for e in history.find("GET", path, to=target) if e.ok]
        found += [(e, item) for e in asked for item in e.items if item.get("id") == occurrence]
    yield from sorted(found, key=lambda pair: pair[0].sent)


def _names(entry: Entry, occurrence: str) -> bool:
    return bool(entry.asked("redundancyUnitOpOccId") == occurrence)


def occurrence_of(case: Case, request: Entry) -> str:
    """The occurrence that a request led to; where its answer was lost, the first that fits and came after."""
    if request.location:
        return request.location.rsplit("/", 1)[-1]
    news = case.history.notifications(NEWS, source=case.roles.target, after=request.sent)
    fits = (e for e in news if e.asked("operation") == "INSTANTIATE")
    return str(next((e.asked("redundancyUnitOpOccId") for e in fits), ""))


def ended(case: Case, request: Entry) -> tuple[Entry, Unit] | None:
    """The first sign that what was requested had ended, well or not."""
    states = ("COMPLETED", "FAILED")
    return next(
        (pair for pair in told(case, occurrence_of(case, request)) if pair[1]["operationState"] in states), None
    )


@dataclass(frozen=True)
class Change:
    """A change of the state of a unit, of one of its interfaces or of all, that the target took up."""

    entry: Entry
    interface: str | None
    actions: frozenset[str]
    graceful: bool


@dataclass(frozen=True)
class Replacement:
    """One unit that takes the place of another; `request` is None where it was there already."""

    case: Case
    replaced: str
    unit: str
    request: Entry | None
    since: float

    @cached_property
    def changes(self) -> list[Change]:
        """What the SMM changed of the state of the unit that takes over."""
        return changes(self.case, self.unit, self.since)

    @cached_property
    def first_start(self) -> float:
        """The tick at which it is first let in, or infinity."""
        return min((c.entry.sent for c in self.changes if c.actions & {"UNLOCK", "START"}), default=math.inf)

    @cached_property
    def stops(self) -> list[Change]:
        """What the SMM did to stop the unit that is replaced."""
        return [change for change in changes(self.case, self.replaced) if "STOP" in change.actions]

    @cached_property
    def termination(self) -> Entry | None:
        """The SMM's request to terminate the unit that is replaced, taken up."""
        path, roles = f"{UNITS}/{self.replaced}/terminate", self.case.roles
        asked = self.case.history.find("POST", path, source=roles.smm, to=roles.target, after=self.since)
        return next((entry for entry in asked if entry.ok), None)

    @cached_property
    def gone(self) -> Entry | None:
        """The first sign that it is terminated."""
        end = ended(self.case, self.termination) if self.termination else None
        return end[0] if end and end[1]["operationState"] == "COMPLETED" else None

    def serves_by(self, before: float) -> Entry | None:
        """The last sign before a tick that all interfaces of the unit that takes over are at work, or None."""
        seen = shown(self.case, self.unit, self.since, before)
        if not seen:
            return None
        entry, item = seen[-1]
        return entry if at_work(item) else None


def replacements(case: Case, version: Which) -> list[Replacement]:
    """Where units of a version take over: forward, one for each that was instantiated; on the way back see below."""
    if version == "destination":
        found = (_made(case, entry) for entry in instantiations(case, case.version(version)))
        return [one for one in found if one is not None]
    return list(_ways_back(case))


def _made(case: Case, request: Entry) -> Replacement | None:
    end = ended(case, request)
    if end is None or end[1]["operationState"] != "COMPLETED":
        return None
    return Replacement(
        case, str(request.asked("replaces") or "not named"), str(end[1]["redundancyUnitId"]), request, request.sent
    )


def _ways_back(case: Case) -> Iterator[Replacement]:
    """Each unit of the destination version, the last first, and the unit that takes its place: a new one of the source
    version, or the one that it was to replace, where that is still there."""
    restored = {entry.asked("replaces"): entry for entry in instantiations(case, case.version("source"))}
    for forward in reversed(replacements(case, "destination")):
        made = _made(case, restored[forward.unit]) if forward.unit in restored else None
        if made is not None:
            yield made
        elif forward.gone is None:
            yield Replacement(case, forward.unit, forward.replaced, None, forward.since)


def changes(case: Case, unit: str, after: float = -1) -> list[Change]:
    """The SMM's changes of the state of a unit that the target took up."""
    base, roles = f"{UNITS}/{unit}", case.roles
    found = []
    for path in (f"{base}/change_state", f"{base}/service_interfaces/*/change_state"):
        for entry in case.history.find("POST", path, source=roles.smm, to=roles.target, after=after):
            if entry.ok:
                found.append(_change(entry))
    return sorted(found, key=lambda change: change.entry.sent)


def _change(entry: Entry) -> Change:
    operational = entry.asked("operationalStateChange") or {}
    administrative = entry.asked("administrativeStateChange") or {}
    actions = {operational.get("operationalStateAction"), administrative.get("administrativeStateAction")} - {None}
    parts = entry.path.split("/")
    interface = parts[-2] if "service_interfaces" in parts else None
    return Change(entry, interface, frozenset(map(str, actions)), operational.get("stopType") == "GRACEFUL")


def interfaces(unit: Unit, concerned: str | None = None) -> list[Mapping[str, Any]]:
    """The service interfaces of a unit, of all or towards some."""
    towards = TOWARDS[concerned] if concerned else None
    return [one for one in unit.get("serviceInterfaces") or [] if towards in (None, one.get("towards"))]


def at_work(unit: Unit, concerned: str | None = None) -> bool:
    """Whether it serves everybody (or these) now."""
    found = interfaces(unit, concerned)
    return not unit.get("error") and bool(found) and all(works(one.get("interfaceState")) for one in found)


def is_locked(unit: Unit) -> bool:
    """Whether it is started, and lets nobody in yet."""
    wanted = ("STARTED", "LOCKED")
    found = [_state(one.get("interfaceState")) for one in interfaces(unit)]
    return bool(found) and all(state == wanted for state in found)


def is_shut_down(unit: Unit) -> bool:
    """Whether nobody can be on it: every interface is SHUTDOWN_UNLOCKED, or was never unlocked."""
    found = [_state(one.get("interfaceState")) for one in interfaces(unit)]
    return bool(found) and all(state[0] == "STOPPED" or state[1] == "LOCKED" for state in found)


def _state(state: object) -> tuple[str, str]:
    found = state if isinstance(state, Mapping) else {}
    return str(found.get("operationalState")), str(found.get("administrativeState"))


def shut_down_known(case: Case, unit: str, after: float, before: float) -> Entry | None:
    """The first entry in a span of ticks by which the SMM can know that a unit is shut down."""
    smm, target = case.roles.smm, case.roles.target
    news = [
        entry
        for name in (NEWS, CRASH)
        for entry in case.history.notifications(name, source=target, to=smm, after=after)
        if entry.asked("redundancyUnitId") == unit
        and (entry.asked("operationalState"), entry.asked("administrativeState")) == ("STOPPED", "UNLOCKED")
    ]
    news += [entry for entry, item in shown(case, unit, after, before, smm) if is_shut_down(item)]
    return min((e for e in news if e.sent < before), key=lambda entry: entry.sent, default=None)


def crashes(case: Case, after: float = -1) -> list[Entry]:
    """What the target told the SMM of units that crashed."""
    return case.history.notifications(CRASH, source=case.roles.target, to=case.roles.smm, after=after)


def failures(case: Case, after: float = -1) -> list[Entry]:
    """Signs to the SMM that something with a unit went wrong: a crash, an operation that failed, a refused request."""
    roles = case.roles
    news = case.history.notifications(NEWS, source=roles.target, to=roles.smm, after=after)
    found = crashes(case, after) + [entry for entry in news if entry.asked("operationState") == "FAILED"]
    for path in TASKS:
        asked = case.history.find("POST", path, source=roles.smm, to=roles.target, after=after)
        found += [entry for entry in asked if entry.status is not None and not entry.ok]
    return sorted(found, key=lambda entry: entry.sent)


def span(case: Case) -> tuple[float, float] | None:
    """From the first to the last that the SMM asked to be done with units; None when it asked nothing."""
    asked = changing(case)
    return (asked[0].sent, asked[-1].answered) if asked else None
