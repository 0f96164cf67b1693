"""Nothing of a process is left behind: reservations, points, logs, subscriptions, instances (5.2.2.5-1 end)."""

from __future__ import annotations

from collections.abc import Iterator

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.invariants.replacement import left_behind
from harness.judge.invariants.stage import (
    CREATION,
    instances,
    lives,
    living,
    of_another_kind,
    outcome,
    settled,
    successors,
)
from harness.judge.observer import after_end
from harness.judge.provider import RESERVATIONS, release
from harness.judge.registry import INVARIANTS
from harness.judge.rules.preparation import LOG_JOBS, POINTS
from harness.judge.rules.replacement import NSDS

KINDS = {RESERVATIONS: "reservation", POINTS: "restoration point", LOG_JOBS: "logging job", NSDS: "NSD"}
SUBSCRIPTIONS = "/*/*/subscriptions"

Fault = tuple[str, list[Entry]]


@INVARIANTS("nothing leaks: what the process reserved, made and subscribed to is given back")
def leaks(case: Case) -> Finding:
    """Unless it calls for a person, who needs what protected it."""
    if not settled(case):
        return inconclusive("no process has ended in order" if not outcome(case) else "a person needs what is there")
    made = [entry for path in (*KINDS, SUBSCRIPTIONS) for entry in _made(case, path)]
    problems = [*_left(case, made), *_subscribed(case), *_strays(case)]
    problems += left_behind(case) if of_another_kind(case) else []
    if problems:
        return failed("; ".join(what for what, _ in problems), [e for _, proof in problems for e in proof])
    if not made:
        return inconclusive("the process made nothing that could be left")
    return passed(f"{len(made)} things were made and are gone", made)


def _made(case: Case, path: str) -> list[Entry]:
    asked = case.history.find("POST", path, source=case.roles.smm)
    return [entry for entry in asked if entry.status == 201 and entry.to != case.roles.observer]


def _deleted(case: Case, made: Entry) -> Entry | None:
    """Its removal, over whichever interface serves by then; what is not there any more need not be removed."""
    end = f"/{made.path.rpartition('/')[2]}/{made.told('id')}"
    gone = (e for e in case.history.find("DELETE", to=made.to, after=made.sent) if e.path.endswith(end))
    return next((entry for entry in gone if entry.ok or entry.status == 404), None)


def _left(case: Case, made: list[Entry]) -> Iterator[Fault]:
    """What the observer still sees, or where it could not look, what nobody asked to be removed."""
    for entry in made:
        what = KINDS.get(entry.path)
        if what is None or not _there(case, entry.to):
            continue
        look = after_end(case, entry.path, entry.to)
        if look is None and _deleted(case, entry) is None:
            yield f"{what} {entry.told('id')} of n={entry.n} was never removed", [entry]
        elif look and any(_is_left(item, entry) for item in look.items) and not _lived_on(case, entry):
            yield f"{what} {entry.told('id')} of n={entry.n} is left at {entry.to}", [entry, look]


def _is_left(item: dict[str, object], made: Entry) -> bool:
    """Whether this is what was made; an NSD that an NS follows is part of the NS by now."""
    return item.get("id") == made.told("id") and item.get("nsdUsageState") != "IN_USE"


def _lived_on(case: Case, made: Entry) -> bool:
    """Whether an instance that took another's place, or came back, runs on these resources: its own by now."""
    came = {entry.to for entry in case.history.find("POST", CREATION, source=case.roles.smm) if entry.status == 202}
    heirs = ({*successors(case)} | came) & {*living(case)}
    taken = case.history.find("POST", f"{made.path}/{made.told('id')}/allocations", to=made.to, after=made.sent)
    return any(entry.source in heirs and release(case, entry) is None for entry in taken if entry.status == 201)


def _subscribed(case: Case) -> Iterator[Fault]:
    for entry in _made(case, SUBSCRIPTIONS):
        if not _there(case, entry.to):
            continue
        look = after_end(case, entry.path, entry.to)
        if look and any(item.get("id") == entry.told("id") for item in look.items):
            yield f"a subscription of n={entry.n} is left at {entry.to}", [entry, look]
        elif _deleted(case, entry) is None:
            yield f"the subscription of n={entry.n} at {entry.to} was never taken back", [entry]


def _there(case: Case, actor: str) -> bool:
    """Whether what an actor keeps still counts: an instance that has been removed keeps nothing."""
    return actor not in instances(case) or actor in living(case) or lives(case, actor) is not None


def _strays(case: Case) -> Iterator[Fault]:
    """Instances that are at work at the end, though the other one lives."""
    for actor in instances(case):
        seen = lives(case, actor)
        if seen and actor not in living(case):
            yield f"{actor} is left at work, though the process ended in {outcome(case)}", [seen]
