"""Services go on: interfaces, the uses that peers make of them, what they manage, and operations that were accepted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.interfaces import CAPABILITY, NEWS
from harness.judge.invariants.accepted import broken_operations
from harness.judge.invariants.replacement import lost_sessions, retired
from harness.judge.invariants.stage import excused, fallen_back, instances, of_another_kind
from harness.judge.registry import INVARIANTS
from harness.judge.states import INTERFACES, works

Place = tuple[str, str]
"""An interface: its actor and its identifier."""

Fault = tuple[str, list[Entry]]
"""What is wrong, and the entries that show it."""

INSTANCES = ("/ns_instances", "/vnf_instances", "/compute_resources")


@INVARIANTS("services go on: interfaces, what they manage, and operations that were accepted")
def continuity(case: Case) -> Finding:
    """Each service has an interface at work at any moment, peers are answered, and nothing accepted is lost."""
    told = list(_tellings(case))
    used = _uses(case)
    problems = [*_gaps(case, told), *_interruptions(case, used), *_vanished(case), *broken_operations(case)]
    problems += lost_sessions(case) if of_another_kind(case) else []
    seen = [entry for entry, _, _ in told] + used
    if problems:
        said = "; ".join(dict.fromkeys(what for what, _ in problems))
        return failed(said, [entry for _, proof in problems for entry in proof])
    if not seen:
        return inconclusive("nothing tells of the services")
    return passed(f"{len(told)} looks at interfaces, {len(used)} uses by peers", [seen[0], seen[-1]])


@dataclass
class _Picture:
    """What is known of the interfaces at a moment: the service of each, and whether it is at work."""

    services: dict[Place, tuple[str, str]]
    up: dict[Place, bool]

    def down(self) -> list[str]:
        """Services whose interfaces are known, and of which none is at work."""
        known = {self.services[place] for place in self.up if place in self.services}
        alive = {self.services[place] for place, up in self.up.items() if up and place in self.services}
        return sorted(" towards ".join(filter(None, service)) for service in known - alive)


def _tellings(case: Case) -> Iterator[tuple[Entry, str, dict[str, Any]]]:
    """Everything that tells states of interfaces, in order: the entry, the actor, and states by interface.

    A look that overlaps with a change may show what was before or after it, so it is left out.
    """
    actors, until = instances(case), fallen_back(case)
    news = [entry for entry in case.history.entries if _is_news(entry, actors) and entry.sent < until]
    mine = [entry for entry in news if entry.to == case.roles.observer]
    ticks = [(entry.source, entry.sent) for entry in news]
    found: list[tuple[Entry, str, dict[str, Any]]] = []
    for actor in actors:
        for look in case.history.find("GET", INTERFACES, to=actor, before=until):
            if look.ok and not any(who == actor and look.sent < tick < look.answered for who, tick in ticks):
                found.append((look, actor, {str(item.get("id")): item for item in look.items}))
    for entry in mine or news:
        interface = str((entry.asked("managedObjectRef") or {}).get("subObjectId"))
        found.append((entry, entry.source, {interface: {"interfaceState": entry.request}}))
    yield from sorted(found, key=lambda one: one[0].sent)


def _is_news(entry: Entry, actors: tuple[str, ...]) -> bool:
    told = entry.kind == "notification" and entry.source in actors and entry.asked("notificationType") == NEWS
    return told and bool((entry.asked("managedObjectRef") or {}).get("subObjectId"))


def _gaps(case: Case, told: list[tuple[Entry, str, dict[str, Any]]]) -> Iterator[Fault]:
    """Moments at which a service that was there had no interface at work."""
    concerned = _concerned(case)
    types = {
        (actor, name): str(item["type"]) for _, actor, items in told for name, item in items.items() if "type" in item
    }
    services = {place: (kind, concerned.get(place, "")) for place, kind in types.items()}
    picture, served = _Picture(services, {}), set[str]()
    for entry, actor, items in told:
        if entry.kind != "notification":  # the look is whole: what it lacks is gone
            picture.up |= {place: False for place in picture.up if place[0] == actor}
        picture.up |= {(actor, name): works(item.get("interfaceState")) for name, item in items.items()}
        down = set(picture.down())
        served |= {
            " towards ".join(filter(None, services[place]))
            for place, up in picture.up.items()
            if up and place in services
        }
        if lost := sorted(down & served):
            yield f"{', '.join(lost)}: no interface at work at n={entry.n}", [entry]
            served -= down


def _concerned(case: Case) -> dict[Place, str]:
    """Whom interfaces serve, where the descriptor of their actor says it."""
    found: dict[Place, str] = {}
    for actor in instances(case):
        for entry in case.history.find("GET", CAPABILITY, to=actor):
            for change in (entry.told("interfaceChanges") if entry.ok else None) or ():
                found |= {(actor, str(change.get(which))): str(change.get("towards")) for which in ("old", "new")}
    return found


def _uses(case: Case) -> list[Entry]:
    """What peers and consumers ask of the instances, as long as nobody falls back, and each is meant to be there."""
    users = {*case.roles.impacted, case.roles.consumer}
    until = fallen_back(case)
    entries = [e for one in instances(case) for e in case.history.find(to=one, before=min(until, retired(case, one)))]
    return [entry for entry in entries if entry.kind == "exchange" and entry.source in users]


def _interruptions(case: Case, used: list[Entry]) -> Iterator[Fault]:
    for entry in used:
        if (entry.failure or (entry.status or 0) >= 500) and not excused(case, entry):
            yield f"{entry.source} got {entry.status or entry.failure} from {entry.to} at n={entry.n}", [entry]


def _vanished(case: Case) -> Iterator[Fault]:
    """NS, VNFs and workloads that an instance listed, and then did not any more though nobody removed them."""
    for actor in instances(case):
        asked = case.history.find("GET", to=actor, before=fallen_back(case))
        lists = [
            e for e in asked if e.ok and not e.query and e.path.endswith(INSTANCES) and isinstance(e.response, list)
        ]
        known: dict[str, tuple[str, Entry]] = {}
        for entry in lists:
            kind = entry.path.rpartition("/")[2]
            there = {str(item.get("id")) for item in entry.items}
            for lost in [name for name, (of, _) in known.items() if of == kind and name not in there]:
                _, before = known.pop(lost)
                if not any(e.ok and e.path.endswith(f"/{lost}") for e in case.history.find("DELETE", to=actor)):
                    yield f"{actor} has forgotten {lost} at n={entry.n}", [before, entry]
            known |= dict.fromkeys(there, (kind, entry))
