"""Retry of what did not succeed: clause 5.8, table 5.8.5-1 rows 6 to 9."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.attempts import MODIFY, OCCURRENCES
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.provider import RESERVATIONS, allocations
from harness.judge.registry import FLOW
from harness.judge.rules.decisions import UNANSWERED, strikes
from harness.judge.rules.testing import end_reports, run, runs

LOOKED_UP_AT = {MODIFY: OCCURRENCES}
"""Where the outcome of a request is found, when it is not where the request was sent to."""


@FLOW("the tester does not get hold of the resources it was pointed to")
def resources_not_had(case: Case) -> Finding:
    """It tried and was turned away, or the fault of the scenario kept it from trying; no suite was judged."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.provider, "allocate test resources")
    asked = run(case)
    said = next(iter(end_reports(case, asked)), None) if asked else None
    if asked is None or said is None:
        return case.missing("a test run that ended", expected)
    path = RESERVATIONS + "/*/allocations"
    tried = case.history.find("POST", path, source=roles.tester, to=roles.provider, after=asked.sent, before=said.sent)
    turned_away = [entry for entry in tried if not entry.ok]
    turned_away += [e for e in strikes(case) if e.to == roles.tester and asked.sent < e.sent < said.sent]
    had = allocations(case, roles.tester, asked.sent, said.sent)
    judged = [item for item in said.asked("suites") or [] if item.get("verdict")]
    if had or judged:
        return failed("it had its resources, or came to a verdict without", [asked, *had, said], expected)
    if not turned_away:
        return case.missing("anything that kept the tester from its resources", expected, [asked, said])
    return passed("it did not get its resources", [asked, *turned_away], expected)


@FLOW("the SMM verifies the resources it named, and allocates new ones where they are gone")
def resources_verified(case: Case) -> Finding:
    """Between the tester's report and the next test run it looks at each, and reserves anew for each that is gone."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.provider, "verify or allocate test resources")
    before = run(case)
    again = next((entry for entry in runs(case) if entry.sent > case.after), None)
    if before is None:
        return case.missing("a test run", expected)
    limit = again.sent if again else math.inf
    seen = list(case.history.find(source=roles.smm, to=roles.provider, after=case.after, before=limit))
    made = [entry for entry in seen if entry.method == "POST" and entry.path == RESERVATIONS and entry.ok]
    looked: list[Entry] = []
    problems: list[str] = []
    for named in _reservations(before):
        told = [entry for entry in seen if _about(entry, named)]
        looked += told
        if not told and not made:
            problems.append(f"reservation {named} was not looked at")
        elif told and not told[-1].ok and not made:
            problems.append(f"reservation {named} is gone, and no other was made")
    if problems and not seen:
        return case.missing("a look at the resources that were named", expected)
    if problems:
        return failed("; ".join(problems), seen, expected)
    return passed("they are there, or others are", [*looked, *made], expected)


def _reservations(asked: Entry) -> list[str]:
    named = asked.asked("resources")
    return [str(item.get("reservationId")) for item in named or [] if isinstance(item, dict)]


def _about(entry: Entry, reservation: str) -> bool:
    """Whether a look at the provider says something of this reservation."""
    if entry.method != "GET":
        return False
    return entry.path == f"{RESERVATIONS}/{reservation}" or (
        entry.path == RESERVATIONS and (not entry.ok or reservation in {item.get("id") for item in entry.items})
    )


@FLOW("the SMM has the {version} version tested no more than {number:d} times")
def tests_limited(case: Case, version: Which, number: int) -> Finding:
    """The number of attempts is small, so that the process comes to an end."""
    asked = [entry for entry in runs(case) if entry.asked("softwareVersion") == case.version(version)]
    if not asked or case.end_of_process is None:
        return case.missing("a process that was through with its tests", instead=asked)
    if len(asked) > number:
        return failed(f"it was tested {len(asked)} times", asked)
    return passed(f"{len(asked)} test runs", asked)


@FLOW("the SMM does not have the {version} version tested again")
def not_tested_again(case: Case, version: Which) -> Finding:
    """A permanent error is not tried again."""
    again = [e for e in runs(case) if e.sent > case.after and e.asked("softwareVersion") == case.version(version)]
    if again:
        return failed("it was tested again, though that cannot help", again)
    if case.end_of_process is None or not runs(case):
        return case.missing("a process that was through with its tests")
    return passed("it was not tested again", [runs(case)[-1], case.end_of_process])


def _struck(case: Case, faults: Iterable[str]) -> list[Entry]:
    """The SMM's requests that met one of these faults, in order."""
    met: list[Entry] = []
    for strike in strikes(case):
        method, _, path = str(strike.detail.get("request", "")).partition(" ")
        if strike.fault not in faults or not path:
            continue
        sent = case.history.find(method, path, source=case.roles.smm, to=strike.to, before=strike.sent)
        met += list(sent)[-1:]
    return met


def _repeated(case: Case, entry: Entry) -> list[Entry]:
    """The same request of the SMM, later."""
    later = case.history.find(entry.method, entry.path, source=entry.source, to=entry.to, after=entry.sent)
    return [other for other in later if other.request == entry.request]


@FLOW("the SMM asks again for what could not be done at the moment")
def transient_repeated(case: Case) -> Finding:
    """Clause 5.8.1: a transient error is worth another attempt, and one of them succeeds."""
    met = _struck(case, ("transient-error",))
    if not met:
        return case.missing("a request that met a transient error")
    left = [entry for entry in met if not any(other.ok for other in _repeated(case, entry))]
    if left and case.end_of_process is not None:
        return failed(f"{left[0].method} {left[0].path} at {left[0].to} was given up", left)
    if left:
        return case.missing("another attempt", instead=left)
    return passed("it was asked again, and done", [*met, *(_repeated(case, met[-1])[:1])])


@FLOW("the SMM does not ask again for what was refused for good")
def permanent_not_repeated(case: Case) -> Finding:
    """Clause 5.8.1: against a permanent error no retry helps."""
    met = _struck(case, ("refuse",))
    if not met or case.end_of_process is None:
        return case.missing("a process in which a request was refused for good", instead=met)
    again = [other for entry in met[:1] for other in _repeated(case, entry)]
    if again:
        return failed(f"{again[0].method} {again[0].path} at {again[0].to} was asked again", [met[0], *again])
    return passed("it was not asked again", [met[0], case.end_of_process])


@FLOW("the SMM looks up what became of a request without an answer, and never has it done twice")
def looked_up_first(case: Case) -> Finding:
    """Clause 5.8.1: only what has no side effects may be repeated; of everything else the actor is asked first."""
    met = [entry for entry in _struck(case, UNANSWERED) if entry.method == "POST"]
    if not met:
        return case.missing("a request without an answer")
    struck = met[0]
    expected = case.arrow(case.roles.smm, struck.to, f"look up what became of {struck.path}")
    place = LOOKED_UP_AT.get(struck.path, struck.path)
    looks = [
        entry
        for path in (place, place + "/*")
        for entry in case.history.find("GET", path, source=case.roles.smm, to=struck.to, after=struck.sent)
    ]
    first = min((entry.sent for entry in looks), default=math.inf)
    again = _repeated(case, struck)
    if struck.failure == "lost" and again:
        return failed(f"it was carried out, and asked for again at n={again[0].n}", [struck, *again], expected)
    if again and again[0].sent < first:
        return failed(f"it was asked for again at n={again[0].n} before a look", [struck, *again], expected)
    if not looks:
        return case.missing("a look at what became of it", expected, [struck])
    return passed("the actor was asked first", [struck, looks[0]], expected)
