"""A modification is suspended and resumed: table 5.7.1.5-1 rows 6 to 9, and what it means for the process."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.attempts import Attempt, attempt
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, not_applicable, passed
from harness.judge.history import Entry
from harness.judge.provider import capabilities, problems_of
from harness.judge.registry import FLOW
from harness.judge.rules.execution import NO_REQUEST
from harness.judge.states import checks, reached
from harness.judge.suspensions import (
    SUSPENDED,
    answered,
    halts,
    safe_steps,
    said_suspended,
    steering,
    suspendable,
    wished,
)

CHANGING = ("POST", "PUT", "PATCH", "DELETE")
MOVING = ("PROCESSING", "UNDOING", "COMPLETED", "RUNNING")


def _excused(case: Case) -> Finding | None:
    """Not applicable to a target whose descriptor says that it cannot be suspended, unless it lets itself be."""
    one = attempt(case, case.version("destination"))
    if suspendable(case) or one is None:
        return None
    asked = [entry for entry in steering(case, one, "suspend") if entry.ok]
    if asked:
        return failed("its descriptor says that it cannot be suspended, and it took a suspension up", asked)
    return not_applicable("its descriptor says that it cannot be suspended", capabilities(case)[-1:])


@FLOW("the SMM asks the target to suspend its work")
def suspension_asked(case: Case) -> Finding:
    """The target takes it up, and the external manager wanted it before."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "suspend software modification")
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST, expected)
    if excuse := _excused(case):
        return excuse
    asked = [entry for entry in steering(case, one, "suspend", case.after) if entry.ok]
    if not asked:
        return case.absent("a suspension that the target takes up", steering(case, one, "suspend"), expected)
    if not wished(case, "suspend", before=asked[0].sent):
        return failed("nobody wanted it suspended", asked, expected, asked[0].sent)
    return passed("the target took the suspension up", asked[:1], expected, asked[0].sent)


@FLOW("the target goes on until it can safely be suspended")
def suspended_safely(case: Case) -> Finding:
    """It halts before a step that its descriptor allows, never goes back for it, and serves its peers meanwhile."""
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST)
    if excuse := _excused(case):
        return excuse
    halt = next(iter(halts(one, case.after)), None)
    if halt is None:
        return case.missing("a halt of the target's work", instead=one.reports[-1:])
    problems = list(unsafe(case, one, halt.entry, halt.step))
    if problems:
        return failed("; ".join(problems), [halt.entry])
    return passed(f"it halted before {halt.step}", [halt.entry])


def unsafe(case: Case, one: Attempt, halt: Entry, step: object) -> Iterable[str]:
    """What is wrong with a place to halt at."""
    points = safe_steps(case)
    if points is not None and step not in points:
        yield f"it halted before {step}, where its descriptor does not allow it"
    used = checks(case, case.roles.target, halt.sent, _goes_on(case, one, halt.sent))
    lost = sorted({entry.to for entry in used if not reached(case, entry)})
    if lost:
        yield f"while it is suspended {', '.join(lost)} cannot use it"


def _goes_on(case: Case, one: Attempt, after: float) -> float:
    later = [entry.sent for task in ("resume", "undo") for entry in steering(case, one, task, after)]
    return min(later, default=math.inf)


@FLOW("the target reports to the SMM that its work is suspended")
def suspension_reported(case: Case) -> Finding:
    """A notification, and until it is told to go on it answers the same to whoever asks, as far as before."""
    expected = case.arrow(case.roles.target, case.roles.smm, "software modification suspended")
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST, expected)
    if excuse := _excused(case):
        return excuse
    halt = next(iter(halts(one, case.after)), None)
    if halt is None:
        return case.missing("a report of the suspension", expected, one.reports[-1:])
    until = _goes_on(case, one, halt.entry.sent)
    told = [status for status in answered(one) if halt.entry.sent < status.entry.sent < until]
    other = [s.entry for s in told if s.state != SUSPENDED or s.percentage not in (None, halt.percentage)]
    if other or not halt.entry.ok:
        what = "asked later it says something else" if other else "the SMM did not take the report"
        return failed(what, [halt.entry, *other], expected, halt.entry.answered)
    return passed("the target reported SUSPENDED", [halt.entry], expected, halt.entry.answered)


@FLOW("nothing goes on before the external manager says how")
def standstill(case: Case) -> Finding:
    """Between the SMM's word that the process is suspended and the next wish of its manager nobody changes anything."""
    roles = case.roles
    said = said_suspended(case)
    if not said:
        return case.missing("a word of the SMM that the process is suspended")
    since = said[0].sent
    until = min((e.sent for task in ("resume", "rollback") for e in wished(case, task, since)), default=math.inf)
    if until == math.inf:
        return case.missing("a wish of the external manager after the suspension", instead=said[:1])
    done = [
        entry
        for entry in case.history.find(source=roles.smm, after=since, before=until)
        if entry.method in CHANGING and entry.kind == "exchange" and entry.to != roles.observer
    ]
    actors = (roles.target, roles.tester)
    moved = [
        entry
        for entry in case.history.find(to=roles.smm, after=since, before=until)
        if entry.source in actors and (entry.asked("operationState") or entry.asked("state")) in MOVING
    ]
    if done or moved:
        return failed(f"something went on at n={[*done, *moved][0].n}", [said[0], *done, *moved])
    return passed("everybody stood still", said[:1])


@FLOW("the SMM has the target go on with its work")
def resumed(case: Case) -> Finding:
    """After the halt, and after the word of the manager where the process was suspended; on resources that exist."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "resume software modification")
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST, expected)
    if excuse := _excused(case):
        return excuse
    asked = [entry for entry in steering(case, one, "resume", case.after) if entry.ok]
    if not asked:
        return case.absent("a resumption that the target takes up", steering(case, one, "resume"), expected)
    problems = list(untimely(case, asked[0], "resume"))
    problems += _resource_problems(case, one, asked[0])
    if problems:
        return failed("; ".join(problems), asked[:1], expected, asked[0].sent)
    return passed("the target goes on", asked[:1], expected, asked[0].sent)


def untimely(case: Case, asked: Entry, task: str) -> Iterable[str]:
    """Whether the SMM went on with a process that is suspended, or is to be, although its manager had not said so."""
    said = [*wished(case, "suspend", before=asked.sent), *said_suspended(case)]
    said = [entry for entry in said if entry.sent < asked.sent]
    if said and not wished(case, task, after=said[0].sent, before=asked.sent):
        yield "the process is to stand still, and its manager has not asked for this"


def _resource_problems(case: Case, one: Attempt, asked: Entry) -> list[str]:
    """The resources have to exist that are named; they are needed where the target asked for resources."""
    halt = [status.entry for status in halts(one) if status.entry.sent < asked.sent]
    assistance = halt[-1].asked("assistance") if halt else None
    needs = assistance.get("needs") if isinstance(assistance, dict) else None
    named = asked.asked("resources")
    return problems_of(case, named, asked) if named or needs == "RESOURCES" else []


@FLOW("the SMM has the target go on no more than {number:d} times")
def resumed_at_most(case: Case, number: int) -> Finding:
    """Help that does not help is not given for ever (clause 5.8.1); one resumption at least shows that it was tried."""
    one = attempt(case, case.version("destination"))
    asked = [entry for entry in steering(case, one, "resume") if entry.ok] if one else []
    if not asked:
        return case.missing("a resumption that the target takes up")
    if len(asked) > number:
        return failed(f"the target was made to go on {len(asked)} times", asked)
    return passed(f"{len(asked)} resumptions were taken up", asked)


@FLOW("the process is suspended once the target is through")
def suspended_between_steps(case: Case) -> Finding:
    """What cannot be suspended completes first (clause 5.7.1.1): the suspension takes effect behind it."""
    one = attempt(case, case.version("destination"))
    said = said_suspended(case)
    if one is None or one.last_report is None or not said:
        return case.missing("a target that is through, and a process that is suspended then", instead=said[:1])
    halted = [status.entry for status in halts(one)]
    if halted:
        return failed("the target was suspended where it does not allow it", halted)
    if said[0].sent < one.last_report.sent:
        return failed("the SMM called the process suspended while the target worked", [said[0], one.last_report])
    return passed("the process was suspended behind the step", [one.last_report, said[0]], None, said[0].answered)
