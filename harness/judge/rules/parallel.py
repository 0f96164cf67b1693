"""Operations that arrive while the process runs: 5.2.2.8-1 row 2 and end, and note 5."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.judge.attempts import Attempt, attempt
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.instances import living
from harness.judge.observer import after_end
from harness.judge.operations import (
    NOTICES,
    PENDING,
    Operation,
    forgotten,
    hurried,
    kind_of,
    operation,
    operations,
    untriggered,
)
from harness.judge.registry import FLOW

OPERATION = "an operation that the consumer triggered"


@FLOW("the SMM learns of the operation that was triggered")
def operation_learned(case: Case) -> Finding:
    """A notification of the target that the SMM took, or its own query, while the process runs (rows 3 to 8)."""
    one = operation(case)
    modification = attempt(case, case.version("destination"))
    if one is None or modification is None:
        return case.missing(OPERATION)
    expected = case.arrow(case.roles.target, case.roles.smm, "operation occurrence notification")
    told = [entry for entry in one.notifications(to=case.roles.smm) if entry.ok]
    for path in (one.kind.occurrences, f"{one.kind.occurrences}/{one.id}", PENDING):
        asked = case.history.find("GET", path, source=case.roles.smm, to=case.roles.target, after=one.trigger.sent)
        told += [e for e in asked if any(one.id in (i.get("id"), i.get("operationOccurrenceId")) for i in e.items)]
    commits = modification.commits
    in_time = [entry for entry in told if not commits or entry.sent < commits[-1].sent]
    if not in_time:
        return case.missing(
            "anything that tells the SMM of the operation before its commit", expected, [one.trigger, *told]
        )
    return passed("the SMM knows of the operation", [one.trigger, in_time[0]], expected)


@FLOW("the SMM has the operation handled by {action}")
def operation_handled(case: Case, action: str) -> Finding:
    """`action` is one of the four of row 2: PARALLEL, DELAY, NOTIFY_CONSUMER, SUSPEND."""
    one = operation(case)
    modification = attempt(case, case.version("destination"))
    if one is None or modification is None:
        return case.missing(OPERATION)
    told = (modification.request.asked("operationHandling") or {}).get(kind_of(case), "PARALLEL")
    problems = [] if told == action else [f"the target was told to handle it by {told}"]
    evidence: list[Entry] = [modification.request, one.trigger]
    problems += _DURING[action](one, modification, evidence)
    release = hurried(case, one.trigger, _awaited(one, action)) if told == action else None
    if problems and release:
        return inconclusive("the lab let the target go on too soon: " + "; ".join(problems), [*evidence, release])
    if problems:
        return failed("; ".join(problems), evidence)
    return passed(f"handled by {action}", evidence)


def _awaited(one: Operation, action: str) -> Entry | None:
    """What the target's work is held for after the operation has arrived."""
    if action == "PARALLEL":
        return one.completed
    return next(iter(_tasks(one, "suspend")), None) if action == "SUSPEND" else one.trigger


def _parallel(one: Operation, modification: Attempt, evidence: list[Entry]) -> Iterable[str]:
    ran = one.ran
    evidence += [ran] if ran else []
    if ran is None or ran.sent > modification.end:
        yield "it was not executed while the software was modified"
    yield from _never_suspended(one, evidence)


def _kept(one: Operation, modification: Attempt, evidence: list[Entry]) -> Iterable[str]:
    ran = one.ran
    evidence += [ran] if ran else []
    if ran is not None and ran.sent < modification.end:
        yield f"it was executed while the software was modified (n={ran.n})"
    yield from _never_suspended(one, evidence)


def _notified(one: Operation, modification: Attempt, evidence: list[Entry]) -> Iterable[str]:
    yield from _kept(one, modification, evidence)
    told = notices(one, "PENDING")
    evidence += told
    if not told:
        yield f"{one.trigger.source} was not told that its operation is pending"


def _suspended(one: Operation, modification: Attempt, evidence: list[Entry]) -> Iterable[str]:
    asked, resumed = _tasks(one, "suspend"), _tasks(one, "resume")
    reached = [entry for entry in modification.reports if entry.asked("operationState") == "SUSPENDED"]
    evidence += [*asked, *reached, *resumed]
    if not asked or not reached:
        yield "the software modification was not suspended"
        return
    done = one.completed
    evidence += [done] if done else []
    if done is None or done.sent < reached[0].sent:
        yield "the operation did not complete while the software modification was suspended"
    if not resumed or (done and resumed[0].sent < done.sent):
        yield "the software modification was not resumed after the operation had completed"


def _tasks(one: Operation, task: str) -> list[Entry]:
    path = f"/nfvmanoswm/v1/software_modification_op_occs/*/{task}"
    case = one.case
    return [e for e in case.history.find("POST", path, source=case.roles.smm, to=case.roles.target) if e.ok]


def _never_suspended(one: Operation, evidence: list[Entry]) -> Iterable[str]:
    asked = _tasks(one, "suspend")
    evidence += asked
    if asked:
        yield "the software modification was suspended for it"


_DURING: dict[str, Callable[[Operation, Attempt, list[Entry]], Iterable[str]]] = {
    "PARALLEL": _parallel,
    "DELAY": _kept,
    "NOTIFY_CONSUMER": _notified,
    "SUSPEND": _suspended,
}


def notices(one: Operation, reason: str) -> list[Entry]:
    """The SMM's notices to the consumer about the operation."""
    case = one.case
    told = case.history.find("POST", NOTICES, source=case.roles.smm, to=one.trigger.source, after=one.trigger.sent)
    return [e for e in told if e.ok and e.asked("reason") == reason and e.asked("operationOccurrenceId") == one.id]


@FLOW("the operation that arrived is brought to its end as {action} asks")
def operation_ended(case: Case, action: str) -> Finding:
    """Executed by the SMM (DELAY), triggered again (NOTIFY_CONSUMER), or through already; nothing stays pending."""
    one = operation(case)
    if one is None:
        return case.missing(OPERATION)
    left = after_end(case, PENDING, living(case))
    evidence = [one.trigger] + ([left] if left else [])
    problems = list(_AFTER[action](one, evidence))
    more = untriggered(case)
    if more:
        evidence += more
        problems.append("the target executes an operation that nobody triggered")
    problems += [
        f"operation {item.get('operationOccurrenceId')} is still pending" for item in (left.items if left else [])
    ]
    if left is None:
        return case.missing("what is pending at the target afterwards", instead=evidence)
    if problems:
        return failed("; ".join(problems), evidence)
    return passed("the operation was executed, once", evidence)


def _through(one: Operation, evidence: list[Entry]) -> Iterable[str]:
    done = one.completed
    evidence += [done] if done else []
    if done is None:
        yield "it never completed"
    lost = forgotten(one)
    evidence += lost
    if lost:
        yield "the target has forgotten what it was about"
    more = operations(one.case)[1:]
    if more:
        yield "it was triggered again though it was executed"


def _executed(one: Operation, evidence: list[Entry]) -> Iterable[str]:
    case = one.case
    yield from _through(one, evidence)
    asked = [
        e
        for e in case.history.find("POST", PENDING + "/*/execute", source=case.roles.smm)
        if e.ok and e.to in case.roles.instances
    ]
    evidence += asked
    if not any(entry.sent > case.after for entry in asked):
        yield "the SMM did not trigger its execution after the commit"


def _triggered_again(one: Operation, evidence: list[Entry]) -> Iterable[str]:
    case = one.case
    told = [entry for entry in notices(one, "RETRIGGER") if entry.sent > case.after]
    evidence += told
    if not told:
        yield f"{one.trigger.source} was not told after the commit that it can trigger its operation again"
    if one.ran:
        yield "the first one was executed as well"
    again = operations(case)[1:]
    evidence += [other.trigger for other in again]
    if told and (len(again) != 1 or again[0].completed is None):
        yield f"of {len(again)} operations triggered again, not exactly one completed"


_AFTER: dict[str, Callable[[Operation, list[Entry]], Iterable[str]]] = {
    "PARALLEL": _through,
    "DELAY": _executed,
    "NOTIFY_CONSUMER": _triggered_again,
    "SUSPEND": _through,
}
