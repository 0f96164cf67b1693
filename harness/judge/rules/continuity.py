"""The services of the target survive its modification, as its peers find (seamless support, clause 5.2.2.1)."""

from __future__ import annotations

import math

from harness.judge.attempts import attempts
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW
from harness.judge.states import checks, down, interface_answers, reached
from harness.judge.units import span


@FLOW("the target's services stay up the whole time")
def services_kept_up(case: Case) -> Finding:
    """Every impacted actor used the target while it worked, none found it down, and its interfaces say the same."""
    tried = attempts(case)
    found = (tried[0].request.sent, tried[-1].end) if tried else span(case)
    if found is None:
        return case.missing("a software modification")
    start, end = found
    used = checks(case, case.roles.target, start, end)
    asked = interface_answers(case, case.roles.target, start, end)
    broken = [entry for entry in used if not reached(case, entry)] + [entry for entry in asked if down(entry.items)]
    broken += _server_errors(case, start, end)
    if broken:
        return failed("interrupted: " + "; ".join(_what(entry) for entry in broken[:3]), broken)
    silent = set(case.roles.impacted) - {entry.to for entry in used}
    if silent or not asked:
        who = ", ".join(sorted(silent)) or "the observer"
        return inconclusive(f"nothing tells what {who} found while the target worked", used + asked)
    return passed(f"{len(used)} uses by peers while the target worked, all answered", used + asked)


def _server_errors(case: Case, start: float, end: float) -> list[Entry]:
    served = case.history.find(to=case.roles.target, after=start, before=min(end, math.inf))
    return [e for e in served if e.source in case.roles.impacted and (e.failure or (e.status or 0) >= 500)]


def _what(entry: Entry) -> str:
    if entry.asked("peer"):
        return f"{entry.to} did not reach it at n={entry.n}"
    if entry.failure or not entry.ok:
        return f"{entry.source} got {entry.status or entry.failure} at n={entry.n}"
    return f"{', '.join(down(entry.items))} down at n={entry.n}"
