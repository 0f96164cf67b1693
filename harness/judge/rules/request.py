"""The request to the target: 5.2.2.5-1 row 2, 5.2.2.6-1 row 2, 5.2.2.7-1 and 5.2.2.8-1 row 3."""

from __future__ import annotations

from collections.abc import Iterable

from harness.judge.attempts import attempts, requests, taken_up
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.provider import needed, problems_of
from harness.judge.registry import FLOW


@FLOW("the SMM asks the target for the {version} version, naming the resources it may use")
def modification_requested(case: Case, version: Which) -> Finding:
    """The first request after the row before that was taken up names the version, and reservations that exist."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, f"request software modification to {case.version(version)}")
    after = [entry for entry in requests(case) if entry.sent > case.after]
    if not after:
        before = [e for e in requests(case) if e.asked("destinationSoftwareVersion") == case.version(version)]
        return case.absent("a request to the target", before, expected)
    request = _meant(after, case.version(version))
    problems = list(_problems(case, request, case.version(version)))
    if problems:
        return failed("; ".join(problems), [request], expected, request.sent)
    return passed("the target took the request up", [request], expected, request.sent)


def _meant(after: list[Entry], version: str) -> Entry:
    """The request that the row is about: for this version before any other, taken up before refused."""
    rightly = [entry for entry in after if entry.asked("destinationSoftwareVersion") == version] or after
    return next((entry for entry in rightly if taken_up(entry)), rightly[0])


def _problems(case: Case, request: Entry, wanted: str) -> Iterable[str]:
    asked = request.asked("destinationSoftwareVersion")
    if asked != wanted:
        yield f"it asks for version {asked!r}, not {wanted!r}"
    if not taken_up(request):
        yield f"the target answered {request.status or request.failure}, not 202"
    named = request.asked("resources")
    # "if needed", says the row: a target that needs nothing besides what it has may be named nothing
    if named or any((needed(case) or {}).values()):
        yield from problems_of(case, named, request)
    if again := _doubled(case, request):
        yield f"it is sent again at n={again.n}, before the SMM knew what becomes of it"


def _doubled(case: Case, request: Entry) -> Entry | None:
    """The next request for the same version, when the SMM neither heard of the end of this one nor asked about it.

    A retry follows a report (note 2); what was taken up is not asked for twice.
    """
    version = request.asked("destinationSoftwareVersion")
    one = next((each for each in attempts(case) if each.request is request), None)
    later = [e for e in requests(case) if e.sent > request.sent and e.asked("destinationSoftwareVersion") == version]
    if one is None or not later:
        return None
    known = [one.ended] if one.ended else []
    known += [entry for entry in one.queries if entry.source == case.roles.smm]
    return None if any(entry.sent < later[0].sent for entry in known) else later[0]


@FLOW("the SMM asked the target no more than {number:d} times to modify its software")
def requested_at_most(case: Case, number: int) -> Finding:
    """Counts requests that the target took up: one whose answer was lost must not be repeated blindly."""
    taken = [entry for entry in requests(case) if taken_up(entry)]
    if not taken:
        return case.missing("a request that the target took up")
    if len(taken) > number:
        return failed(f"the target was made to modify its software {len(taken)} times", taken)
    return passed(f"{len(taken)} requests were taken up", taken)
