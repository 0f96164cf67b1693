"""Note 1: an existing restoration point is used and kept, or a new one is made."""

from __future__ import annotations

from harness.judge.attempts import changes, first_request
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.observer import after_end
from harness.judge.registry import FLOW
from harness.judge.rules.preparation import POINTS


def existing(case: Case) -> object:
    """The id of the restoration point that was there before the process, made by the observer."""
    roles = case.roles
    made = case.history.find("POST", POINTS, source=roles.observer, to=roles.target)
    return next((entry.told("id") for entry in made if entry.status == 201), None)


@FLOW("the SMM makes no restoration point besides the existing one")
def existing_point_used(case: Case) -> Finding:
    """The existing point is looked at before the request, and no other is made."""
    point = existing(case)
    roles = case.roles
    made = list(case.history.find("POST", POINTS, source=roles.smm, to=roles.target))
    if made:
        return failed(f"a restoration point was made though {point} existed", made)
    read = [
        entry
        for path in (POINTS, POINTS + "/*")
        for entry in case.history.find("GET", path, source=roles.smm, to=roles.target)
        if any(item.get("id") == point for item in entry.items)
    ]
    request = first_request(case) or next(iter(changes(case)), None)
    if not read or request is None:
        return case.missing(f"a look at the existing restoration point {point}")
    if read[0].sent > request.sent:
        return failed(f"restoration point {point} was looked at only after the request", [request, read[0]])
    return passed(f"restoration point {point} was found and no other made", [read[0], request])


@FLOW("the SMM makes a restoration point of its own")
def own_point_made(case: Case) -> Finding:
    """A backup of the target, made by the SMM for this process."""
    made = case.history.find("POST", POINTS, source=case.roles.smm, to=case.roles.target)
    done = [entry for entry in made if entry.status == 201]
    expected = case.arrow(case.roles.smm, case.roles.target, "make restoration point")
    if not done:
        return case.missing("a new restoration point", expected)
    return passed("a new restoration point was made", done, expected)


@FLOW("the existing restoration point is still there")
def existing_point_kept(case: Case) -> Finding:
    """Whoever made it may need it yet; the process did not make it, so it is not the process' to delete."""
    point = existing(case)
    gone = [e for e in case.history.find("DELETE", f"{POINTS}/{point}", to=case.roles.target) if e.ok]
    if gone:
        return failed(f"restoration point {point} was deleted by {gone[0].source}", gone)
    seen = after_end(case, POINTS, case.roles.target)
    if seen is None:
        return inconclusive("the observer did not see the target's restoration points afterwards")
    if not any(item.get("id") == point for item in seen.items):
        return failed(f"restoration point {point} is gone", [seen])
    return passed(f"restoration point {point} is there", [seen])
