"""The conversation about a fallback (clause 5.9): request, restoration points, attempts, what is said of the end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from harness.judge.case import Case
from harness.judge.findings import Arrow, Finding, failed, inconclusive
from harness.judge.history import Entry

FALLBACKS = "/fallback/v1/fallbacks"
POINTS = "/nfvmanoswm/v1/restoration_points"
RESTORES = f"{POINTS}/*/restore"
CHANGE = "/nfvmanocim/v2/mano_entity/change_state"
INSTANCES = "/managed/v1/instances"
NEWS = "FallbackNotification"
RECONCILED = "StateReconciliationNotification"
RESTORATION = "RestoreOperationOccurrenceNotification"
STATE = "ChangeStateNotification"
OVER = ("COMPLETED", "FAILED")


def manager(case: Case) -> str:
    """Who plays the Fallback Manager; nobody where the scenario has none."""
    return str(case.roles.others.get("fallback_manager", "(nobody)"))


def system(case: Case) -> tuple[str, ...]:
    """All functional entities of the NFV-MANO, whether they fall back or not."""
    return tuple(case.facts.get("system", ()))


def managed_by(case: Case, target: str) -> str:
    """The managed entity of a functional entity."""
    named: Mapping[str, str] = case.facts.get("managed", {})
    return named.get(target, "(nobody)")


def request(case: Case) -> Entry | None:
    """The first request for a fallback that was taken up, whoever sent it."""
    asked = case.history.find("POST", FALLBACKS, to=manager(case))
    return next((entry for entry in asked if entry.status == 202), None)


def wanted(case: Case) -> list[str]:
    """The restoration points that the request names, in its order."""
    asked = request(case)
    named = asked.asked("restorationPoints") if asked else None
    return [str(one.get("restorationPointId")) for one in named or [] if isinstance(one, Mapping)]


def ends(case: Case) -> list[Entry]:
    """Every entry in which the Fallback Manager says that a fallback is over, in order."""
    said = [entry for entry in case.history.notifications(NEWS, source=manager(case)) if entry.asked("state") in OVER]
    read = case.history.find("GET", f"{FALLBACKS}/*", to=manager(case))
    return sorted([*said, *(e for e in read if e.told("state") in OVER)], key=lambda entry: entry.sent)


def end(case: Case) -> Entry | None:
    """The first of them."""
    return next(iter(ends(case)), None)


def missing(case: Case, what: str, expected: Arrow | None = None, instead: Iterable[Entry] = ()) -> Finding:
    """Nothing of the kind was seen: a fail once the fallback has ended, and no verdict before."""
    if end(case) is None:
        return inconclusive(f"{what}: not seen, and no fallback had ended when the observation did", instead, expected)
    return failed(f"{what}: not seen, though the fallback has ended", instead, expected)


def parts(case: Case, point: str) -> list[tuple[Entry, dict[str, Any]]]:
    """What entities told of their part of a restoration point, each with the entry that shows it."""
    asked = [e for path in (POINTS, f"{POINTS}/*") for e in case.history.find("GET", path)]
    asked += case.history.find("POST", POINTS)
    return [(entry, item) for entry in asked for item in entry.items if item.get("id") == point]


def scope(case: Case, point: str) -> tuple[str, ...]:
    """The entities whose state a restoration point contains: all of them fall back (table 5.9.3-1, row 1)."""
    return tuple(dict.fromkeys(name for _, item in parts(case, point) for name in item.get("scope") or ()))


def version_in(case: Case, point: str, target: str) -> object:
    """The software version that a target ran when the point was made."""
    told = [item.get("softwareVersion") for entry, item in parts(case, point) if entry.to == target]
    return told[0] if told else None


@dataclass(frozen=True)
class Attempt:
    """A fallback to one restoration point: the requests to restore from it, until the next attempt begins."""

    case: Case
    point: str
    restores: tuple[Entry, ...]
    until: float = math.inf

    @property
    def targets(self) -> tuple[str, ...]:
        return scope(self.case, self.point)

    @property
    def begun(self) -> int:
        return self.restores[0].sent

    def restore_of(self, target: str) -> Entry | None:
        return next((entry for entry in self.restores if entry.to == target), None)

    def reconciled(self, target: str) -> Entry | None:
        """The target's notification to the Fallback Manager that its state is reconciled."""
        told = self.case.history.notifications(RECONCILED, source=target, to=manager(self.case), after=self.begun)
        return next((e for e in told if e.asked("restorationPointId") == self.point and e.sent < self.until), None)

    def unlocks(self, target: str) -> list[Entry]:
        """The manager's requests to unlock a target."""
        asked = self.case.history.find(
            "POST", CHANGE, source=manager(self.case), to=target, after=self.begun, before=self.until
        )
        return [entry for entry in asked if _action(entry, "administrativeState") == "UNLOCK"]


def stops(case: Case, target: str, after: float, before: float) -> list[Entry]:
    """The manager's requests to stop a target."""
    asked = case.history.find("POST", CHANGE, source=manager(case), to=target, after=after, before=before)
    return [entry for entry in asked if _action(entry, "operationalState") == "STOP"]


def forceful(entry: Entry) -> bool:
    """Whether a request to stop asks for it by force."""
    change = entry.asked("operationalStateChange")
    return isinstance(change, Mapping) and change.get("stopType") == "FORCEFUL"


def _action(entry: Entry, what: str) -> object:
    change = entry.asked(f"{what}Change")
    return change.get(f"{what}Action") if isinstance(change, Mapping) else None


def attempts(case: Case) -> list[Attempt]:
    """All attempts, in order; whoever restores the same entity again from the same point makes another attempt."""
    groups: list[list[Entry]] = []
    for entry in case.history.find("POST", RESTORES, source=manager(case)):
        now = groups[-1] if groups else []
        if not now or _point(entry) != _point(now[0]) or entry.to in {one.to for one in now}:
            groups.append([])
        groups[-1].append(entry)
    following = [*(group[0].sent for group in groups[1:]), math.inf]
    return [
        Attempt(case, _point(group[0]), tuple(group), until) for group, until in zip(groups, following, strict=False)
    ]


def _point(entry: Entry) -> str:
    return entry.path.split("/")[-2]


def last_attempt(case: Case) -> Attempt | None:
    """The one that led to the end."""
    return next(reversed(attempts(case)), None)


def coming(case: Case) -> Attempt | None:
    """The attempt that restores next, seen from the row before."""
    return next((one for one in attempts(case) if one.begun > case.after), None)


def present(case: Case) -> Attempt | None:
    """The attempt that the order of rows has come to: the last one that restored by now, else the next."""
    begun = [one for one in attempts(case) if one.begun <= case.after]
    return begun[-1] if begun else coming(case)
