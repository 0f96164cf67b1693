"""What the target does and says of it: 5.2.2.5-1 and 5.2.2.6-1 rows 3, 4; 5.2.2.7-1 and 5.2.2.8-1 rows 4, 5."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.attempts import Attempt, attempt
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.provider import allocations, release, unreleased
from harness.judge.registry import FLOW
from harness.judge.states import entity_answers

NO_REQUEST = "a request to the target that it took up"


@FLOW("the target moves to the {version} version by itself")
def target_moved(case: Case, version: Which) -> Finding:
    """The version that the target reports of itself, to whoever asks, once it has said that it is done."""
    wanted = case.version(version)
    one = attempt(case, wanted)
    if one is None:
        return case.missing(NO_REQUEST)
    if one.ended is None:
        return case.missing(f"an end of the target's work (asked at n={one.request.n})", instead=[one.request])
    told = entity_answers(case, case.roles.target, one.end, one.until)
    if not told:
        return inconclusive("nobody asked the target for its version after its work", [one.request])
    other = [entry for entry in told if entry.told("softwareVersion") != wanted]
    if other:
        return failed(f"the target reports version {other[0].told('softwareVersion')!r}, not {wanted!r}", other)
    return passed(f"the target runs {wanted}", [one.request, told[0]])


@FLOW("the target releases what it took for the {version} version before it reports")
def target_released(case: Case, version: Which) -> Finding:
    """What it took out of the reservations is given back by the time of its report."""
    roles = case.roles
    one = attempt(case, case.version(version))
    if one is None:
        return case.missing(NO_REQUEST)
    if one.ended is None:
        return case.missing("an end of the target's work", instead=[one.request])
    taken = allocations(case, roles.target, one.request.sent, one.end)
    kept = unreleased(case, taken, one.end)
    expected = case.arrow(roles.target, roles.provider, "release resources")
    if kept:
        return failed("not released when the target reported its end: " + _ids(kept), [*kept, one.ended], expected)
    freed = [entry for entry in (release(case, item) for item in taken) if entry]
    if not taken:
        return passed("the target took nothing, so it holds nothing", [one.request, one.ended], expected)
    return passed("all that was taken is released", taken + freed, expected, max(entry.answered for entry in freed))


def _ids(entries: Iterable[Entry]) -> str:
    return ", ".join(f"allocation {entry.told('id')} of n={entry.n}" for entry in entries)


@FLOW("the target reports to the SMM that it completed the move to the {version} version")
def completion_reported(case: Case, version: Which) -> Finding:
    """A notification that says COMPLETED and agrees with what the target answers when it is asked."""
    roles = case.roles
    wanted = case.version(version)
    expected = case.arrow(roles.target, roles.smm, "software modification completed")
    one = attempt(case, wanted)
    if one is None:
        return case.missing(NO_REQUEST, expected)
    said = one.last_report
    if said is None:
        return case.missing("a notification of the end", expected, one.queries)
    if said.sent <= case.after:
        return case.absent("the report of completion", [said], expected)
    problems = list(_report_problems(one, said, wanted))
    if problems:
        return failed("; ".join(problems), [said, *one.queries], expected, said.answered)
    return passed("the target reported COMPLETED, SUCCESSFUL", [said, *one.queries], expected, said.answered)


def _report_problems(one: Attempt, said: Entry, wanted: str) -> Iterable[str]:
    for name, value in (("operationState", "COMPLETED"), ("result", "SUCCESSFUL"), ("softwareVersion", wanted)):
        if said.asked(name) != value:
            yield f"its {name} is {said.asked(name)!r}, not {value!r}"
    yield from contradictions(one, said)


def contradictions(one: Attempt, said: Entry) -> Iterable[str]:
    """Where the target's answers after its report, and what it was told of itself, disagree with that report."""
    for query, item in one.answers:
        if query.sent < said.sent:
            continue
        for name in ("operationState", "result"):
            # a list may leave attributes out
            if item.get(name, said.asked(name)) != said.asked(name):
                yield f"asked at n={query.n} it says {name} {item[name]!r}, it reported {said.asked(name)!r}"
    if not said.ok:
        yield f"the SMM answered the notification with {said.status or said.failure}"


@FLOW("the target reports that it rolled back by itself, and that a retry is {retry}")
def automatic_rollback_reported(case: Case, retry: str) -> Finding:
    """Note 2: completed, with automatic rollback to the source version, which the target then runs."""
    return _taken_back(case, "destination", "source", retry)


@FLOW("the target reports that it took its way back to the source version back, and that a retry is {retry}")
def way_back_taken_back(case: Case, retry: str) -> Finding:
    """The note of 5.2.2.6-1: the same report in a software rollback; the destination version runs on."""
    return _taken_back(case, "source", "destination", retry)


def _taken_back(case: Case, moved_to: Which, back_at: Which, retry: str) -> Finding:
    roles = case.roles
    result = {"possible": "ROLLED_BACK_RETRY_POSSIBLE", "not feasible": "ROLLED_BACK_RETRY_NOT_FEASIBLE"}[retry]
    expected = case.arrow(roles.target, roles.smm, "software modification rolled back")
    one = attempt(case, case.version(moved_to))
    if one is None or one.last_report is None:
        return case.missing("a report of the automatic rollback", expected)
    said = one.last_report
    problems = [
        f"its {name} is {said.asked(name)!r}, not {value!r}"
        for name, value in (
            ("operationState", "ROLLED_BACK"),
            ("result", result),
            ("softwareVersion", case.version(back_at)),
        )
        if said.asked(name) != value
    ]
    problems += contradictions(one, said)
    left = unreleased(case, allocations(case, roles.target, one.request.sent, one.end), one.until)
    problems += [f"{_ids(left)} not released"] if left else []
    for entry in entity_answers(case, roles.target, one.end, min(one.until, math.inf)):
        if entry.told("softwareVersion") != case.version(back_at):
            problems.append(f"at n={entry.n} the target reports version {entry.told('softwareVersion')!r}")
    if problems:
        return failed("; ".join(problems), [said, *one.queries], expected, said.answered)
    return passed(
        f"the target is back at its {back_at} version and said so", [said, *one.queries], expected, said.answered
    )
