"""What is left of a target that crashed: what it still knows, and that it can be restored (notes 1 and 3)."""

from __future__ import annotations

from harness.judge.attempts import attempts
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW
from harness.judge.rules.decisions import strikes
from harness.judge.rules.preparation import POINTS
from harness.judge.states import checks, down, entity_answers, interface_answers, reached, works

RESTORES = "/nfvmanoswm/v1/restore_op_occs"


@FLOW("the target, started again, reports that the modification failed")
def failure_reported(case: Case) -> Finding:
    """It still knows the operation it was at when it crashed, and does not pretend that it goes on."""
    healed = [
        e for e in case.history.entries if e.kind == "fault" and e.event == "healed" and e.to == case.roles.target
    ]
    expected = case.arrow(case.roles.target, case.roles.smm, "operation occurrence: FAILED")
    if not healed or not attempts(case):
        return case.missing("a target that was asked to change, crashed, and was started again", expected)
    attempt, since = attempts(case)[-1], healed[-1].sent
    told = [(report, report.asked("operationState")) for report in attempt.reports]
    told += [(entry, item.get("operationState")) for entry, item in attempt.answers]
    after = sorted([one for one in told if one[0].sent > since], key=lambda one: one[0].sent)
    if not after:
        return failed("it said nothing of the operation after it was started again", healed, expected)
    if any(state != "FAILED" for _, state in after):
        entry, state = next(one for one in after if one[1] != "FAILED")
        return failed(f"it says {state} of an operation whose work was lost", [*healed, entry], expected)
    return passed("it knows the operation, and that it failed", [healed[-1], after[0][0]], expected, after[0][0].sent)


@FLOW("the target, restored from the restoration point, works in its source version")
def restored(case: Case) -> Finding:
    """A restoration point holds enough to resume operation even after a crash (note 1)."""
    roles = case.roles
    asked = [e for e in case.history.find("POST", POINTS + "/*/restore", to=roles.target) if e.ok]
    expected = case.arrow(roles.observer, roles.target, "restore")
    if not strikes(case) or not asked:
        return case.missing("a restoration after the crash", expected)
    done = [e for e in case.history.find("GET", RESTORES, to=roles.target, after=asked[-1].sent) if e.ok]
    states = {item.get("operationState") for entry in done for item in entry.items}
    if states != {"COMPLETED"}:
        return failed(f"the restoration is {', '.join(map(str, states)) or 'not known'}", [*asked, *done], expected)
    problems, seen = _problems(case, asked[-1].sent)
    if not seen:
        return inconclusive("the observer could not ask the target after the restoration", asked, expected)
    if problems:
        return failed("; ".join(problems), [*asked, *seen], expected)
    return passed("it works as before the modification", [*asked, *done[-1:], *seen], expected)


def _problems(case: Case, since: float) -> tuple[list[str], list[Entry]]:
    """What is not as it was before the modification, and what shows it."""
    target = case.roles.target
    itself, interfaces = entity_answers(case, target, since)[-1:], interface_answers(case, target, since)[-1:]
    uses = checks(case, target, since)
    problems = []
    for entry in itself:
        if entry.told("softwareVersion") != case.version("source"):
            problems.append(f"it reports version {entry.told('softwareVersion')!r}")
        if not works(entry.told("manoApplicationState")):
            problems.append("it does not work")
    problems += [f"{service} is down" for entry in interfaces for service in down(entry.items)]
    problems += [f"{check.to} does not reach it" for check in uses if not reached(case, check)]
    return problems, [*itself, *interfaces, *uses] if itself and interfaces and uses else []
