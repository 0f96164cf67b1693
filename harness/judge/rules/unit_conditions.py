"""Pre-conditions of table 5.3.2.3-1 and post-conditions of 5.3.2.4-1 about redundancy units."""

from __future__ import annotations

from harness.judge.attempts import UNITS
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.observer import before_launch
from harness.judge.registry import CONDITIONS
from harness.judge.rules.conditions import all_work_before
from harness.judge.units import after_end, at_work, before
from harness.judge.verdicts import Verdict


@CONDITIONS("the SMM has its execution plan, and the units of the target can be seen")
def units_seen_before(case: Case) -> Finding:
    """All run the source version; the SMM answers, and has a plan."""
    plans = before_launch(case, "/smm/v1/execution_plans", case.roles.smm)
    told = before_launch(case, UNITS, case.roles.target)
    if not plans or not told:
        return inconclusive("the observer got no execution plans or no redundancy units", plans + told)
    wrong = [str(item.get("id")) for item in told[-1].items if item.get("softwareVersion") != case.version("source")]
    if wrong or not told[-1].items or not plans[-1].items:
        what = f"units of another version: {', '.join(wrong)}" if wrong else "there are no units, or no plan"
        return failed(what, [plans[-1], told[-1]])
    return passed(f"{len(told[-1].items)} units of the source version, and a plan", [plans[-1], told[-1]])


@CONDITIONS("SMM, impacted FEs and impacted entities work normally, and so do all units of the target")
def units_work_before(case: Case) -> Finding:
    """Together the units protect the services of the target."""
    told = before_launch(case, UNITS, case.roles.target)
    idle = [str(item.get("id")) for item in before(case) if not at_work(item)]
    if idle:
        return failed(f"units that do not serve: {', '.join(idle)}", told[-1:])
    found = all_work_before(case)
    if found.verdict is not Verdict.PASS or not told:
        return found if found.verdict is not Verdict.PASS else inconclusive("the observer saw no units")
    return found


@CONDITIONS("all units of the target work normally and run the destination version")
def units_in_destination(case: Case) -> Finding:
    """After a successful modification."""
    return _units_work(case, "destination")


@CONDITIONS("all units of the target work normally and run the source version")
def units_in_source(case: Case) -> Finding:
    """After a successful software rollback."""
    return _units_work(case, "source")


def _units_work(case: Case, version: Which) -> Finding:
    seen = after_end(case)
    if seen is None or not before(case):
        return inconclusive("the observer did not see the target's units before and after")
    wrong = [
        str(item.get("id"))
        for item in seen.items
        if item.get("softwareVersion") != case.version(version) or not at_work(item)
    ]
    if wrong or len(seen.items) != len(before(case)):
        return failed(f"{len(seen.items)} units are there; not as they should be: {', '.join(wrong) or 'none'}", [seen])
    return passed(f"{len(seen.items)} units work in version {case.version(version)}", [seen])
