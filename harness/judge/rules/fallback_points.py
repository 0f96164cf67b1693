"""The note of table 5.9.5-1: another restoration point, or the honest end; and how the SMM hands over."""

from __future__ import annotations

from harness.judge import fallback as told
from harness.judge.case import Case
from harness.judge.fallback import attempts, coming, manager, missing, scope
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW
from harness.judge.rules.preparation import POINTS
from harness.judge.rules.testing import REPORT


@FLOW("the fallback to this restoration point cannot be completed")
def point_failed(case: Case) -> Finding:
    """The failure that the scenario arranged: a restoration that fails, or tests that are not passed."""
    news = [
        entry
        for entry in case.history.notifications(told.RESTORATION, to=manager(case), after=case.after)
        if entry.asked("operationState") == "FAILED"
    ]
    news += [
        entry
        for entry in case.history.notifications(REPORT, source=case.roles.tester, to=manager(case), after=case.after)
        if entry.asked("verdict") == "FAIL" or entry.asked("state") == "FAILED"
    ]
    first = min(news, key=lambda entry: entry.sent, default=None)
    if first is None:
        return missing(case, "the failure that was armed")
    return passed(f"{first.source} told of a failure", [first], None, first.sent)


@FLOW("the Fallback Manager takes the {extent} restoration point, and not the same again")
def other_point_taken(case: Case, extent: str) -> Finding:
    """Another point that the request names: an older one of the same entities, or one of more entities."""
    expected = case.arrow(manager(case), case.roles.target, "restore from another point")
    attempt = coming(case)
    before = [one for one in attempts(case) if attempt and one.begun < attempt.begun]
    if attempt is None or not before:
        return missing(case, "an attempt with another restoration point", expected)
    evidence: list[Entry] = [before[-1].restores[0], attempt.restores[0]]
    if attempt.point in {one.point for one in before}:
        return failed(f"{attempt.point} was tried before", evidence, expected)
    if attempt.point not in told.wanted(case):
        return failed(f"nobody named {attempt.point}", evidence, expected)
    was, now = set(scope(case, before[-1].point)), set(scope(case, attempt.point))
    if (extent == "wider") != (now > was):
        return failed(f"{attempt.point} is of {sorted(now)}, {before[-1].point} of {sorted(was)}", evidence, expected)
    return passed(f"{attempt.point} instead of {before[-1].point}", evidence, expected)


@FLOW("the Fallback Manager reports that NFV-MANO has to be reinstalled, and why")
def reinstallation_reported(case: Case) -> Finding:
    """The honest end: every point that was named has been tried, and nothing is called a success."""
    said = told.end(case)
    asked = told.request(case)
    expected = case.arrow(manager(case), asked.source if asked else case.roles.observer, "reinstallation needed")
    if said is None:
        return missing(case, "a report of the end", expected)
    outcome, reason = (said.asked(name) or said.told(name) for name in ("outcome", "reason"))
    if outcome != "REINSTALLATION_NEEDED":
        return failed(f"it says {outcome}", [said], expected)
    if not reason:
        return failed("it gives no reason", [said], expected)
    left = [point for point in told.wanted(case) if point not in {one.point for one in attempts(case)}]
    if left:
        return failed(f"not tried: {', '.join(left)}", [said], expected)
    return passed(f"no restoration point is left: {reason}", [said], expected, said.sent)


@FLOW("the SMM hands over to the Fallback Manager, naming the restoration point that it kept")
def handed_over(case: Case) -> Finding:
    """Clauses 4.1.3 and 5.9.2: the reason for a fallback may be a modification process that cannot be completed."""
    roles = case.roles
    expected = case.arrow(roles.smm, manager(case), "fall back")
    asked = next(iter(case.history.find("POST", told.FALLBACKS, source=roles.smm, to=manager(case))), None)
    if asked is None:
        return case.missing("a request of the SMM to the Fallback Manager", expected)
    made = case.history.find("POST", POINTS, to=roles.target, before=asked.sent)
    kept = [entry.told("id") for entry in made if entry.status == 201]
    named = [one.get("restorationPointId") for one in asked.asked("restorationPoints") or []]
    if not named or named[0] not in kept:
        return failed(f"it names {named}, the target has {kept}", [asked], expected)
    gone = case.history.find("DELETE", f"{POINTS}/{named[0]}", to=roles.target, before=asked.sent)
    if any(entry.ok for entry in gone):
        return failed(f"{named[0]} was deleted before", [asked], expected)
    if asked.sent < case.after:
        return failed("it did so before the row before was done", [asked], expected)
    return passed(f"the SMM named {named[0]}", [asked], expected, asked.sent)
