"""The target suspends itself and needs help; its work is undone: table 5.7.1.6-1 rows 4 to 8 and end."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.attempts import Attempt, attempt
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.provider import CAPACITY, RESERVATIONS, allocations, problems_of, unreleased
from harness.judge.registry import FLOW
from harness.judge.rules.execution import NO_REQUEST, contradictions
from harness.judge.rules.suspension import unsafe, untimely
from harness.judge.states import entity_answers
from harness.judge.suspensions import halts, said_suspended, steering

UNDONE = "a report that the work is undone"


def _asked(one: Attempt, after: float) -> list[Entry]:
    """The target's reports that its work stands still and needs somebody."""
    return [status.entry for status in halts(one, after) if status.entry.asked("assistance")]


@FLOW("the target suspends its work by itself, and asks the SMM for assistance")
def assistance_asked(case: Case) -> Finding:
    """A report of its own that says what it needs, at a step where halting is safe; nobody had asked for the halt."""
    roles = case.roles
    expected = case.arrow(roles.target, roles.smm, "suspended, assistance needed")
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST, expected)
    told = _asked(one, case.after)
    if not told:
        return case.missing("a report that asks for assistance", expected, one.reports[-1:])
    said = told[0]
    problems = list(unsafe(case, one, said, said.asked("currentStep")))
    problems += ["the SMM did not take the report"] if not said.ok else []
    if problems:
        return failed("; ".join(problems), [said], expected, said.answered)
    return passed(f"it needs {said.asked('assistance').get('needs')}", [said], expected, said.answered)


@FLOW("the SMM does what it can to assist")
def assistance_given(case: Case) -> Finding:
    """Where resources are missing it looks after them at the provider; of anything else it tells its manager.

    A target that lacks resources is helped on by resources that exist, and by no others.
    """
    roles = case.roles
    one = attempt(case, case.version("destination"))
    told = [entry for entry in _asked(one, -1) if entry.sent <= case.after] if one else []
    if one is None or not told:
        return case.missing("a report that asks for assistance")
    on = [entry for task in ("resume", "undo") for entry in steering(case, one, task, told[-1].sent)]
    following = min(on, key=lambda entry: entry.sent, default=None)
    limit = following.sent if following else math.inf
    if told[-1].asked("assistance").get("needs") == "RESOURCES":
        seen = case.history.find(source=roles.smm, to=roles.provider, after=told[-1].sent, before=limit)
        done = [e for e in seen if e.path == CAPACITY or e.path.startswith(RESERVATIONS)]
        expected = case.arrow(roles.smm, roles.provider, "verify or allocate resources")
    else:
        done = [entry for entry in said_suspended(case, told[-1].sent) if entry.sent < limit]
        expected = case.arrow(roles.smm, roles.observer, "process suspended")
    if not done:
        return case.missing("anything that the SMM does about what the target needs", expected, told[-1:])
    if following and following.path.endswith("/resume") and expected.to == roles.provider:
        problems = problems_of(case, following.asked("resources"), following)
        if problems:
            return failed("; ".join(problems), [told[-1], *done, following], expected, done[0].answered)
    return passed("the SMM turned to it", [told[-1], done[0]], expected, done[0].answered)


@FLOW("the SMM has the target undo what it did")
def undo_asked(case: Case) -> Finding:
    """The target takes it up while it stands still; what is named to it exists."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "undo software modification")
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST, expected)
    asked = [entry for entry in steering(case, one, "undo", case.after) if entry.ok]
    if not asked:
        return case.absent("an undo that the target takes up", steering(case, one, "undo"), expected)
    problems = list(untimely(case, asked[0], "rollback"))
    named = asked[0].asked("resources")
    problems += problems_of(case, named, asked[0]) if named else []
    if problems:
        return failed("; ".join(problems), asked[:1], expected, asked[0].sent)
    return passed("the target takes its work back", asked[:1], expected, asked[0].sent)


@FLOW("the target undoes what it did, and releases what it took")
def target_undone(case: Case) -> Finding:
    """It walks back, runs the source version in the end, and holds no resources by its report."""
    one = attempt(case, case.version("destination"))
    if one is None or one.last_report is None:
        return case.missing(UNDONE)
    walked = [entry for entry in one.reports if entry.asked("operationState") == "UNDOING"]
    seen = entity_answers(case, case.roles.target, one.end, one.until)
    problems = list(_left(case, one))
    problems += [] if walked else ["it never said that it walks back"]
    problems += [
        f"at n={entry.n} it reports version {entry.told('softwareVersion')!r}"
        for entry in seen
        if entry.told("softwareVersion") != case.version("source")
    ]
    if problems:
        return failed("; ".join(problems), [*walked[:1], one.last_report, *seen])
    if not seen:
        return inconclusive("nobody asked the target for its version after its work", [one.last_report])
    return passed("it runs the source version and holds nothing", [*walked[:1], one.last_report, seen[0]])


def _left(case: Case, one: Attempt) -> Iterable[str]:
    kept = unreleased(case, allocations(case, case.roles.target, one.request.sent, one.end), one.end)
    yield from (f"allocation {entry.told('id')} is not released" for entry in kept)


@FLOW("the target reports to the SMM that its work is undone")
def undo_reported(case: Case) -> Finding:
    """ROLLED_BACK and the source version, and the same to whoever asks (note 2)."""
    expected = case.arrow(case.roles.target, case.roles.smm, "software modification undone")
    one = attempt(case, case.version("destination"))
    said = one.last_report if one else None
    if one is None or said is None or said.sent <= case.after:
        return case.missing(UNDONE, expected)
    wanted = {"operationState": "ROLLED_BACK", "softwareVersion": case.version("source")}
    problems = [f"its {k} is {said.asked(k)!r}, not {v!r}" for k, v in wanted.items() if said.asked(k) != v]
    if not str(said.asked("result")).startswith("ROLLED_BACK"):
        problems.append(f"its result is {said.asked('result')!r}")
    problems += contradictions(one, said)
    if problems:
        return failed("; ".join(problems), [said, *one.queries], expected, said.answered)
    return passed("the target is back at its source version and said so", [said], expected, said.answered)


@FLOW("the SMM commits at the target that its work is undone")
def undo_committed(case: Case) -> Finding:
    """After the tests, at the occurrence that was undone, and answered as committed."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "commit software modification")
    one = attempt(case, case.version("destination"))
    if one is None:
        return case.missing(NO_REQUEST, expected)
    after = [entry for entry in one.commits if entry.sent > case.after]
    if not after:
        return case.absent("the commit", one.commits, expected)
    if after[0].told("committed") is not True:
        return failed("the target did not answer that it is committed", after, expected, after[0].answered)
    return passed("committed at the target", after[:1], expected, after[0].answered)
