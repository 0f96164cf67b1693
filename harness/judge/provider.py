"""The conversation with the resource provider: reservations, what is taken out of them, and what is there at all."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from harness.judge.case import Case
from harness.judge.history import Entry

RESERVATIONS = "/vrm/v1/reservations"
CAPACITY = "/vrm/v1/capacity"
Resources = Mapping[str, int]


def covers(offered: object, needed: Resources) -> bool:
    """Whether an amount of resources is at least another, kind by kind."""
    return isinstance(offered, Mapping) and all(offered.get(kind, 0) >= amount for kind, amount in needed.items())


def needed(case: Case) -> Resources | None:
    """What the target says a modification of its software takes besides what it has; None when it was never asked."""
    told = [entry.told("additionalResources") for entry in capabilities(case)]
    amounts = [item.get("modification") or {} for item in told if isinstance(item, Mapping)]
    return amounts[-1] if amounts else None


def capabilities(case: Case) -> list[Entry]:
    """The target's answers to whoever asked for its capability descriptor."""
    return [entry for entry in case.history.find("GET", "/nfvmanoswm/v1/capability", to=case.roles.target) if entry.ok]


def reservations(case: Case, before: float = math.inf, owner: str = "") -> list[Entry]:
    """Reservations that the SMM, or another owner, was given before a tick."""
    made = case.history.find(
        "POST", RESERVATIONS, source=owner or case.roles.smm, to=case.roles.provider, before=before
    )
    return [entry for entry in made if entry.status == 201 and entry.answered < before]


def deletion(case: Case, id: object) -> Entry | None:
    """The successful deletion of a reservation, whoever asked for it."""
    return next((e for e in case.history.find("DELETE", f"{RESERVATIONS}/{id}", to=case.roles.provider) if e.ok), None)


def problems_of(case: Case, named: object, at: Entry, owner: str = "") -> list[str]:
    """What is wrong with the resources that a request names: they have to be reservations that exist at that moment."""
    if not isinstance(named, list) or not named:
        return ["it names no resources"]
    return [problem for item in named for problem in _problems_of_one(case, item, at, owner)]


def _problems_of_one(case: Case, item: Any, at: Entry, owner: str) -> Iterable[str]:
    if not isinstance(item, Mapping):
        yield f"{item!r} is no resource that can be used"
        return
    named = item.get("reservationId")
    if item.get("provider") != case.roles.provider:
        yield f"it names the provider {item.get('provider')!r}, not {case.roles.provider!r}"
    if named not in {entry.told("id") for entry in reservations(case, at.sent, owner)}:
        yield f"reservation {named!r} was not made before"
    gone = deletion(case, named)
    if gone and gone.sent < at.sent:
        yield f"reservation {named!r} was deleted at n={gone.n}"


def allocations(case: Case, owner: str, after: float, before: float = math.inf) -> list[Entry]:
    """What an actor took out of reservations in a span of ticks."""
    path = RESERVATIONS + "/*/allocations"
    found = case.history.find("POST", path, source=owner, to=case.roles.provider, after=after, before=before)
    return [entry for entry in found if entry.status == 201]


def release(case: Case, allocation: Entry) -> Entry | None:
    """The successful release of an allocation by whoever took it."""
    path = f"{allocation.path}/{allocation.told('id')}"
    given = case.history.find("DELETE", path, source=allocation.source, to=case.roles.provider, after=allocation.sent)
    return next((entry for entry in given if entry.ok), None)


def unreleased(case: Case, taken: Iterable[Entry], by: float) -> list[Entry]:
    """The allocations that were not released by a tick."""
    freed = [(entry, release(case, entry)) for entry in taken]
    return [entry for entry, end in freed if end is None or end.answered > by]
