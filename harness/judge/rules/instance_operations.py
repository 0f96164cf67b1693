"""Operations that are ongoing or arrive while another instance takes the target's place (5.3.3.7-1, 5.3.3.8-1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.instances import IMPORT, TERMINATE, instantiations, view
from harness.judge.operations import PENDING, Operation, kind_of, operation
from harness.judge.registry import FLOW
from harness.judge.rules.parallel import OPERATION, notices
from harness.judge.rules.preparation import POINTS
from harness.judge.rules.testing import RUNS
from harness.judge.states import INTERFACES

HANDLING = "/nfvmanoswm/v1/operation_handling"


@dataclass(frozen=True)
class Span:
    """From the first look that the SMM takes on to the commit: what releases the restoration point."""

    begin: Entry
    end: float


def span(case: Case) -> Span | None:
    """When the process worked on the instances; None before it asked for one."""
    asked = next(iter(instantiations(view(case, "destination"))), None)
    if asked is None:
        return None
    released = case.history.find("DELETE", POINTS + "/*", source=case.roles.smm, after=asked.sent)
    last = case.end_of_process.sent if case.end_of_process else float("inf")
    return Span(asked, next((entry.sent for entry in released), last))


@FLOW("the SMM learns of the operation while one instance takes the other's place")
def operation_learned_between(case: Case) -> Finding:
    """A notification of either instance that the SMM took, or its own query, before it commits."""
    one, time = operation(case), span(case)
    if one is None or time is None:
        return case.missing(OPERATION)
    told = [e for e in one.notifications(to=case.roles.smm) if e.ok and e.sent < time.end]
    asked = case.history.find("GET", source=case.roles.smm, after=one.trigger.sent, before=time.end)
    told += [e for e in asked if any(one.id in (i.get("id"), i.get("operationOccurrenceId")) for i in e.items)]
    if not told:
        return case.missing("anything that tells the SMM of the operation before its commit", instead=[one.trigger])
    return passed("the SMM knows of the operation", [one.trigger, told[0]])


@FLOW("between the instances the operation is handled by {action}")
def operation_handled_between(case: Case, action: str) -> Finding:
    """`action` is one of the four of row 2; the entity that modifies nothing by itself is told of it before."""
    one, time = operation(case), span(case)
    if one is None or time is None:
        return case.missing(OPERATION)
    told = [e for e in case.history.find("PUT", HANDLING, source=case.roles.smm, before=one.trigger.sent) if e.ok]
    wanted = (told[-1].asked("operationHandling") or {}).get(kind_of(case), "PARALLEL") if told else "PARALLEL"
    problems = [] if wanted == action else [f"the source was told to handle it by {wanted}"]
    evidence: list[Entry] = [*told[-1:], one.trigger]
    problems += _DURING[action](one, time, evidence)
    if problems:
        return failed("; ".join(problems), evidence)
    return passed(f"handled by {action}", evidence)


def _parallel(one: Operation, time: Span, evidence: list[Entry]) -> Iterable[str]:
    ran = one.ran
    evidence += [ran] if ran else []
    if ran is None or ran.sent > time.end:
        yield "it was not executed while the software was modified"


def _kept(one: Operation, time: Span, evidence: list[Entry]) -> Iterable[str]:
    ran = one.ran
    evidence += [ran] if ran else []
    if ran is not None and ran.sent < time.end:
        yield f"it was executed while the software was modified (n={ran.n})"


def _notified(one: Operation, time: Span, evidence: list[Entry]) -> Iterable[str]:
    yield from _kept(one, time, evidence)
    told = notices(one, "PENDING")
    evidence += told
    if not told:
        yield f"{one.trigger.source} was not told that its operation is pending"


def _suspended(one: Operation, time: Span, evidence: list[Entry]) -> Iterable[str]:
    case, done = one.case, one.completed
    asked = [e for e in case.history.find("POST", PENDING + "/*/execute", source=case.roles.smm) if e.ok]
    evidence += [*asked[:1], *([done] if done else [])]
    if not asked or done is None or done.sent > time.end:
        yield "the process did not give way to the operation"
        return
    meanwhile = [e for e in _forward(case) if asked[0].sent < e.sent < done.sent]
    evidence += meanwhile
    if meanwhile:
        yield "the process went on while the operation was executed"
    if not any(e.sent > done.sent for e in _forward(case)):
        yield "the process did not go on after the operation had completed"


def _forward(case: Case) -> list[Entry]:
    """What the SMM asks for to go on with the modification."""
    paths = (IMPORT, TERMINATE, RUNS, INTERFACES + "/*/change_state")
    return [e for path in paths for e in case.history.find("POST", path, source=case.roles.smm)]


_DURING: dict[str, Callable[[Operation, Span, list[Entry]], Iterable[str]]] = {
    "PARALLEL": _parallel,
    "DELAY": _kept,
    "NOTIFY_CONSUMER": _notified,
    "SUSPEND": _suspended,
}
