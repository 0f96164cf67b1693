"""A process ends in a version that is committed, fallen back, or with nothing changed; else it says who is needed."""

from __future__ import annotations

from collections.abc import Iterator

from harness.judge.attempts import MODIFY, OCCURRENCES, TERMINAL
from harness.judge.case import ENDED, PROCESSES, Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.invariants.replacement import moved_nothing, not_as_said
from harness.judge.invariants.stage import (
    NEEDS_PERSON,
    instances,
    launches,
    lives,
    living,
    of_another_kind,
    outcome,
    settled,
    successors,
    versions,
)
from harness.judge.observer import after_end
from harness.judge.registry import INVARIANTS
from harness.judge.states import entity_answers

COMMITTED = {"DESTINATION_COMMITTED": "destination", "SOURCE_COMMITTED": "source"}
CLOSED = (*COMMITTED, "FALLEN_BACK", "NOT_STARTED", NEEDS_PERSON)

Fault = tuple[str, list[Entry]]


@INVARIANTS("the process ends closed: a version committed, fallen back, or a person called for with a reason")
def closure(case: Case) -> Finding:
    """What is said of each end is one of the closed list, and of the last one what is seen bears it out."""
    ends = _ends(case)
    if not ends:
        return inconclusive("no process was seen to end")
    problems = [problem for end in ends for problem in _said(case, end)]
    if settled(case):
        problems += [*(not_as_said(case) if of_another_kind(case) else _versions(case)), *_left_open(case)]
    if problems:
        return failed("; ".join(what for what, _ in problems), [*ends, *(e for _, proof in problems for e in proof)])
    return passed(f"ended in {outcome(case)}, and that is so", ends)


def _ends(case: Case) -> list[Entry]:
    """Where the SMM says of a process that it has ended; each process once."""
    told = [e for e in case.history.find(source=case.roles.smm, to=case.roles.observer) if e.asked("state") in ENDED]
    read = case.history.find("GET", PROCESSES + "/*", source=case.roles.observer, to=case.roles.smm)
    said = sorted([*told, *(e for e in read if e.told("state") in ENDED)], key=lambda entry: entry.sent)
    by_process = {str(e.asked("processId") or e.told("id")): e for e in reversed(said)}
    return sorted(by_process.values(), key=lambda entry: entry.sent)


def _said(case: Case, end: Entry) -> Iterator[Fault]:
    said = end.asked("outcome") or end.told("outcome")
    if said not in CLOSED:
        yield f"it ends in {said}, which is neither committed nor fallen back", [end]
    if said == NEEDS_PERSON and not (end.asked("reason") or end.told("reason")):
        yield "it calls for a person and gives no reason", [end]
    if said in COMMITTED and _asked_to_modify(case, end) and not _commits(case, end):
        yield f"it ends in {said}, and nothing was committed", [end]
    if said == "NOT_STARTED" and (taken := [*_asked_to_modify(case, end), *moved_nothing(case)]):
        yield "it ends as if nothing had been changed", taken


def _asked_to_modify(case: Case, end: Entry) -> list[Entry]:
    """Modifications that instances took up in this process: those that then have to be committed there."""
    since = max((e.sent for e in launches(case) if e.sent < end.sent), default=-1)
    asked = case.history.find("POST", MODIFY, source=case.roles.smm, after=since, before=end.sent)
    return [entry for entry in asked if entry.status == 202]


def _commits(case: Case, end: Entry) -> list[Entry]:
    """Commits at an instance between the launch before this end and the end."""
    since = max((e.sent for e in launches(case) if e.sent < end.sent), default=-1)
    asked = case.history.find("POST", source=case.roles.smm, after=since, before=end.sent)
    return [e for e in asked if e.ok and e.path.endswith("/commit") and e.to in instances(case)]


def _versions(case: Case) -> Iterator[Fault]:
    """What lives at the end runs what the end says: one that took another's place may have versions of its own."""
    said = outcome(case)
    which = COMMITTED.get(said, "source")
    for actor in living(case):
        seen = lives(case, actor)
        told = seen.told("softwareVersion") if seen else None
        if seen and actor not in successors(case) and told != _wanted(case, actor, which):
            yield f"it ends in {said}, and {actor} runs {told!r}", [seen]


def _wanted(case: Case, actor: str, which: str) -> object:
    """The version that is meant: of an actor of another kind than the target, that which it had, or was moved to."""
    if actor == case.roles.target:
        return versions(case)[which]
    before = entity_answers(case, actor, before=case.launch.sent if case.launch else -1)
    moves = case.history.find("POST", MODIFY, source=case.roles.smm, to=actor)
    asked = [entry.asked("destinationSoftwareVersion") for entry in moves if entry.status == 202]
    if asked:
        return asked[-1]
    return before[-1].told("softwareVersion") if before else versions(case)[which]


def _left_open(case: Case) -> Iterator[Fault]:
    """Operations of an instance that are neither over, nor committed where they were completed."""
    for actor in living(case):
        look = after_end(case, OCCURRENCES, actor)
        items = look.items if look else []
        mine = [item for item in items if item.get("requestedBy", case.roles.smm) == case.roles.smm]
        if hanging := [str(item.get("id")) for item in mine if item.get("operationState") not in TERMINAL]:
            yield f"operations {', '.join(hanging)} of {actor} are not over", [look] if look else []
        done = [item for item in mine if item.get("operationState") == "COMPLETED"]
        if done and done[-1].get("committed") is False and outcome(case) in COMMITTED:
            yield f"the last operation of {actor} is not committed", [look] if look else []
