"""LCM and VRM operations that instances accepted from their consumers: none is lost, run twice, or left hanging."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from harness.judge.case import Case
from harness.judge.history import Entry
from harness.judge.invariants.replacement import by_order
from harness.judge.invariants.stage import LASTING, fallen_back, instances, settled
from harness.judge.observer import after_end
from harness.judge.operations import KINDS, ONGOING, PENDING, RAN, Kind

RETURNED = "/nfvmanoswm/v1/pending_operations/*/return"


@dataclass(frozen=True)
class Accepted:
    """An operation that was answered with 202, and what was told of it since."""

    trigger: Entry
    id: str
    states: tuple[tuple[Entry, str], ...]
    unknown: tuple[Entry, ...]
    """Answers of its actor that there is no such operation."""

    @property
    def lost(self) -> bool:
        """Whether it ended in failure, and nobody, another instance it was handed to included, completed it."""
        told = [state for _, state in self.states]
        return bool(told) and told[-1] in ("FAILED", "FAILED_TEMP") and "COMPLETED" not in told

    @property
    def ran(self) -> bool:
        return any(state in RAN for _, state in self.states)


def accepted(case: Case) -> list[Accepted]:
    """Every operation that somebody other than the SMM triggered at an instance."""
    found = []
    for kind in KINDS.values():
        name = kind.occurrences.rpartition("/")[2]
        for one in instances(case):
            for entry in case.history.find("POST", to=one):
                if entry.status == 202 and f"/{name}/" in (entry.location or "") and entry.source != case.roles.smm:
                    found.append(_accepted(case, kind, name, entry))
    return found


def _accepted(case: Case, kind: Kind, name: str, trigger: Entry) -> Accepted:
    own = (trigger.location or "").rpartition("/")[2]
    told = [e for e in case.history.notifications(kind.notification) if e.asked(kind.id) == own]
    states = [(entry, str(entry.asked("operationState"))) for entry in told]
    asked = [e for e in case.history.find("GET", after=trigger.sent) if e.path.endswith((f"/{name}", f"/{name}/{own}"))]
    states += [(e, str(item.get("operationState"))) for e in asked for item in e.items if item.get("id") == own]
    unknown = [e for e in asked if e.status == 404 and e.to == trigger.to and e.path.endswith(f"/{own}")]
    return Accepted(trigger, own, tuple(sorted(states, key=lambda one: one[0].sent)), tuple(unknown))


def broken_operations(case: Case) -> Iterator[tuple[str, list[Entry]]]:
    """What became of operations against what their consumers were promised."""
    mine = [one for one in accepted(case) if not by_order(case, one.trigger)]
    struck = any(e.kind == "fault" and e.event == "struck" and e.fault in LASTING for e in case.history.entries)
    if fallen_back(case) < float("inf"):
        return
    for one in mine:
        if one.unknown:
            yield f"operation {one.id} is not known any more at n={one.unknown[0].n}", [one.trigger, one.unknown[0]]
        if one.lost and not struck and not _given_back(case):
            yield f"operation {one.id} was lost at n={one.states[-1][0].n}", [one.trigger, one.states[-1][0]]
    yield from _twice(case, mine)
    if settled(case) and not struck:
        yield from _hanging(case, mine)


def _twice(case: Case, mine: list[Accepted]) -> Iterator[tuple[str, list[Entry]]]:
    ids = {one.id for one in mine}
    consumers = {one.trigger.source for one in mine}
    for kind in KINDS.values():
        for entry in case.history.notifications(kind.notification):
            stranger = entry.source in instances(case) and entry.asked("requestedBy") in consumers
            if stranger and entry.asked(kind.id) not in ids:
                ids.add(str(entry.asked(kind.id)))
                yield f"an operation that nobody triggered is executed at n={entry.n}", [entry]
    ran: dict[str, Accepted] = {}
    for one in mine:
        key = f"{one.trigger.path} {one.trigger.request}"
        if one.ran and key in ran:
            yield f"an operation ran twice, at n={one.trigger.n} again", [ran[key].trigger, one.trigger]
        if one.ran:
            ran[key] = one


def _hanging(case: Case, mine: list[Accepted]) -> Iterator[tuple[str, list[Entry]]]:
    returned = _given_back(case)
    for one in mine:
        last = one.states[-1] if one.states else None
        if last and last[1] in ONGOING and not (returned and not one.ran):
            yield f"operation {one.id} is left in {last[1]}", [one.trigger, last[0]]
    for actor in instances(case):
        left = after_end(case, PENDING, actor)
        if left and left.items:
            yield f"{len(left.items)} operations are left pending at {actor}", [left]


def _given_back(case: Case) -> bool:
    """Whether the SMM gave operations back to their consumers, who trigger them again."""
    return any(entry.ok for entry in case.history.find("POST", RETURNED, source=case.roles.smm)) or any(
        entry.asked("reason") == "RETRIGGER" for entry in case.history.find("POST", "/peer/v1/operation_notices")
    )
