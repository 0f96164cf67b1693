"""The status of a modification under way: table 5.7.1.5-1 rows 3 to 5 and note 5, table 5.7.1.6-1 row 3."""

from __future__ import annotations

import math

from harness.judge.attempts import OCCURRENCES, Attempt, attempt
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.provider import capabilities
from harness.judge.registry import FLOW
from harness.judge.rules.execution import NO_REQUEST
from harness.judge.suspensions import Status, answered, implausible, reported, steering

AT_WORK = ("PROCESSING", "SUSPENDING", "SUSPENDED", "UNDOING")


@FLOW("the target begins to move to the {version} version by itself")
def execution_begun(case: Case, version: Which) -> Finding:
    """After the request the target says of its work that it is more than accepted."""
    one = attempt(case, case.version(version))
    if one is None:
        return case.missing(NO_REQUEST)
    seen = sorted([*reported(one), *answered(one)], key=lambda status: status.entry.sent)
    begun = [status.entry for status in seen if status.state in AT_WORK and status.entry.sent > case.after]
    if not begun:
        return case.missing("a sign that the target has begun its work", instead=[one.request])
    return passed("the target is at work", [one.request, begun[0]], None, begun[0].sent)


@FLOW("the SMM learns from the target how far it is")
def status_asked(case: Case) -> Finding:
    """By a query while the work is under way, or by the target's own reports at its steps (note 5)."""
    roles = case.roles
    one = attempt(case, case.version("destination"))
    expected = case.arrow(roles.smm, roles.target, "query software modification")
    if one is None:
        return case.missing(NO_REQUEST, expected)
    limit = _next_steering(case, one)
    paths = (OCCURRENCES, f"{OCCURRENCES}/{one.occurrence}")
    asked = [
        entry
        for path in paths
        for entry in case.history.find("GET", path, source=roles.smm, to=roles.target, after=case.after, before=limit)
        if entry.ok
    ]
    if asked:
        first = min(asked, key=lambda entry: entry.sent)
        return passed("the SMM asked the target", [first], expected, first.sent)
    told = [s.entry for s in _under_way(reported(one)) if case.after < s.entry.sent < limit and s.step is not None]
    if not told:
        return case.missing("a query of the SMM, or a report of the target, before anything is decided", expected)
    return passed("the target told the SMM by itself", told[-1:], expected, told[-1].sent)


def _next_steering(case: Case, one: Attempt) -> float:
    later = [e.sent for task in ("suspend", "undo", "resume") for e in steering(case, one, task, case.after)]
    return min(later, default=math.inf)


def _under_way(series: list[Status]) -> list[Status]:
    return [status for status in series if status.state in AT_WORK]


@FLOW("the target reports how far it is, and what it says is plausible")
def status_reported(case: Case) -> Finding:
    """A state, a percentage, and in answers a remaining time; each series goes the way that the work goes."""
    one = attempt(case, case.version("destination"))
    expected = case.arrow(case.roles.target, case.roles.smm, "status of the software modification")
    if one is None:
        return case.missing(NO_REQUEST, expected)
    told = [s for s in _under_way([*answered(one), *reported(one)]) if s.entry.sent >= case.after]
    first = min(told, key=lambda status: status.entry.sent, default=None)
    if first is None:
        return case.missing("a status of the work under way", expected)
    wrong = [*implausible(answered(one)), *implausible(reported(one))]
    wrong += [(first.entry, "no percentage")] if first.percentage is None else []
    if wrong:
        return failed(
            "; ".join(f"at n={entry.n} it says {what}" for entry, what in wrong[:3]),
            [entry for entry, _ in wrong],
            expected,
            first.entry.answered,
        )
    reason = f"{first.state}, {first.percentage} per cent done"
    return passed(reason, [first.entry], expected, max(first.entry.answered, first.entry.sent))


@FLOW("the target reports to the SMM at the steps of its descriptor")
def steps_reported(case: Case) -> Finding:
    """Note 5, and the end of clause 5.7.1.1: progress by the steps that the supplier defined, suspendable or not."""
    one = attempt(case, case.version("destination"))
    expected = case.arrow(case.roles.target, case.roles.smm, "status at a step")
    steps: list[str] = next((e.told("steps") for e in reversed(capabilities(case)) if e.told("steps")), [])
    if one is None or not steps:
        return case.missing("a target at work, and the steps in its descriptor", expected)
    told = {str(s.step): s.entry for s in _under_way(reported(one)) if s.step is not None}
    strange = [entry for name, entry in told.items() if name.removeprefix("undo-") not in steps]
    if strange:
        return failed("it reports a step that its descriptor does not name", strange, expected)
    # that the work begins is told by its state
    due = steps[1:]
    seen: list[Entry] = [told[name] for name in due if name in told]
    if len(seen) < len(due):
        missing = ", ".join(name for name in due if name not in told)
        return failed(f"it said nothing at {missing}", seen or [one.request], expected)
    return passed(f"it reported at {', '.join(told)}", seen, expected)
