"""What becomes of redundancy units when something fails: note 2 of table 5.3.2.5-1, and clause 5.8."""

from __future__ import annotations

from harness.judge.attempts import UNITS
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW
from harness.judge.units import NEWS, after_end, at_work, before, ended


@FLOW("the SMM has not touched the target's units")
def units_untouched(case: Case) -> Finding:
    """What could not be begun has left everything as it was."""
    last, first = after_end(case), before(case)
    if last is None or not first:
        return inconclusive("the observer did not see the target's units before and after")
    ids = [item.get("id") for item in last.items]
    if ids != [item.get("id") for item in first] or not all(at_work(item) for item in last.items):
        return failed("they are not what they were", [last])
    return passed("the same units serve as before", [last])


@FLOW("the target was made to instantiate no more than {number:d} units")
def instantiated_at_most(case: Case, number: int) -> Finding:
    """A request whose answer was lost must not be repeated blindly: counted is what the target began."""
    begun = {
        entry.asked("redundancyUnitOpOccId"): entry
        for entry in case.history.notifications(NEWS, source=case.roles.target, to=case.roles.smm)
        if entry.asked("operation") == "INSTANTIATE"
    }
    if not begun:
        return case.missing("a unit that the target instantiated")
    if len(begun) > number:
        return failed(f"it instantiated {len(begun)} units", list(begun.values()))
    return passed(f"it instantiated {len(begun)} units", list(begun.values()))


@FLOW("the SMM has the failed {version} unit instantiated again")
def instantiated_again(case: Case, version: Which) -> Finding:
    """Clause 5.8: a failure that the target calls retryable is retried, for the same unit to be replaced."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"instantiate {version} redundancy unit again")
    made = list(case.history.find("POST", UNITS, source=case.roles.smm, to=case.roles.target))
    bad = [entry for entry in made if not entry.ok or _failed_later(case, entry)]
    if not bad:
        return case.missing("an instantiation that failed", expected)
    again = [e for e in made if e.sent > bad[0].sent and e.asked("replaces") == bad[0].asked("replaces")]
    if not again or again[-1] in bad:
        return case.missing("another instantiation for the same unit", expected, bad[:1])
    return passed("it was instantiated again", [bad[0], again[-1]], expected)


def _failed_later(case: Case, request: Entry) -> bool:
    end = ended(case, request)
    return end is not None and end[1]["operationState"] == "FAILED"
