"""Software rollback by the SMM: 5.2.2.6-1 begin and row 1, and note 4 on when it is possible at all."""

from __future__ import annotations

from harness.judge.attempts import first_request, requests
from harness.judge.case import PROCESSES, Case
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.instances import NEWS
from harness.judge.provider import CAPACITY, RESERVATIONS
from harness.judge.registry import FLOW
from harness.judge.rules.commit import commits
from harness.judge.rules.onward import went_on
from harness.judge.rules.testing import REPORT, end_reports, runs
from harness.judge.states import INTERFACES
from harness.judge.suspensions import wished
from harness.judge.units import changing, failures, span


def _causes(case: Case) -> list[Entry]:
    told = case.history.notifications(REPORT, source=case.roles.tester, to=case.roles.smm, after=case.after)
    asked = case.history.find(
        "POST", PROCESSES + "/*/rollback", source=case.roles.observer, to=case.roles.smm, after=case.after
    )
    refused = list(
        case.history.find(
            "POST", INTERFACES + "/*/change_state", source=case.roles.smm, to=case.roles.target, after=case.after
        )
    )
    if case.roles.destination:
        steps = case.history.find("POST", source=case.roles.smm, after=case.after)
        looks = [
            e
            for since in wished(case, "resume")[:1]
            for e in case.history.find("GET", source=case.roles.smm, after=since.sent)
        ]
        refused = [entry for entry in [*steps, *looks] if entry.to in case.roles.instances]
        refused += [entry for entry in case.history.notifications(NEWS, after=case.after) if _broke(entry)]
    causes = [entry for entry in told if entry.asked("verdict") == "FAIL"]
    causes += _given_up(case) + failures(case, case.after)
    causes += [entry for entry in asked if entry.ok] + [entry for entry in refused if not entry.ok or _broke(entry)]
    return sorted(causes, key=lambda entry: entry.sent)


def _given_up(case: Case) -> list[Entry]:
    """The tester's reports that tests could not be run which were not asked for again (clause 5.8)."""
    last = {entry.asked("softwareVersion"): entry for entry in runs(case)}
    reports = [report for asked in last.values() for report in end_reports(case, asked)]
    return [entry for entry in reports if entry.asked("state") == "FAILED" and entry.sent >= case.after]


def _broke(entry: Entry) -> bool:
    """Whether an instance says that its instantiation or termination did not succeed."""
    return entry.kind == "notification" and entry.asked("operationState") in ("ROLLED_BACK", "FAILED")


@FLOW("the SMM decides to roll back")
def rollback_decided(case: Case) -> Finding:
    """Known by its cause (failed tests or units, a refusal, an administrator), and what follows it."""
    causes = _causes(case)
    if not causes:
        return case.missing("a reason for a software rollback")
    cause = causes[0]
    others = (*case.roles.instances, case.roles.provider)
    then = [entry for entry in case.history.find(source=case.roles.smm, after=cause.sent) if entry.to in others]
    if not then:
        return case.missing("anything that the SMM does about it", instead=[cause])
    first = then[0]
    if first.method == "POST" and first.path.endswith("/commit"):
        return failed("the SMM committed what it was to roll back", [cause, first])
    if on := went_on(case):
        return failed(f"the SMM went on at n={on[1].n} with what was refused at n={on[0].n}", on)
    return passed("the SMM turned to the way back", [cause, first], None, cause.answered)


@FLOW("the SMM makes sure of the resources for the way back")
def rollback_resources_secured(case: Case) -> Finding:
    """Between the decision and the request the provider answers that the resources are there."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.provider, "check or reserve rollback resources")
    first = first_request(case)
    limit = first.sent if first else float("inf")
    asked = [
        e
        for e in case.history.find(source=roles.smm, to=roles.provider, after=case.after)
        if e.method in ("GET", "POST")
    ]
    told = [e for e in asked if e.ok and (e.path == CAPACITY or e.path.startswith(RESERVATIONS))]
    early = [entry for entry in told if entry.answered < limit]
    if not early:
        return (
            failed("checked only after the request", told, expected)
            if told
            else case.missing("a check of the resources for the way back", expected)
        )
    return passed("the provider has the resources", early, expected, early[0].answered)


@FLOW("the SMM refuses to roll back what is committed")
def rollback_refused(case: Case) -> Finding:
    """Note 4: asked after the commit it answers 409, and asks nothing of the target."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.observer, "409, the process is committed")
    committed = commits(case)
    if not committed and span(case):
        committed = [case.end_of_process] if case.end_of_process else []
    if not committed:
        return case.missing("a commit", expected)
    path = PROCESSES + "/*/rollback"
    asked = list(case.history.find("POST", path, source=roles.observer, to=roles.smm, after=committed[0].sent))
    if not asked:
        return case.missing("a request to roll back after the commit", expected)
    until = _next_launch(case, asked[0])
    done = [entry for entry in [*requests(case), *changing(case)] if asked[0].sent < entry.sent < until]
    if asked[0].status != 409 or done:
        return failed(
            f"answered {asked[0].status}, and {len(done)} requests to the target followed", [*asked, *done], expected
        )
    return passed(
        "the rollback was refused and nothing was done", [committed[0], asked[0]], expected, asked[0].answered
    )


def _next_launch(case: Case, entry: Entry) -> float:
    later = case.history.find("POST", PROCESSES, source=case.roles.observer, to=case.roles.smm, after=entry.sent)
    return next((one.sent for one in later), float("inf"))


@FLOW("the SMM waits for the external manager before it commits")
def commit_waits(case: Case) -> Finding:
    """No commit comes before the external manager has asked for one, or for a rollback."""
    roles = case.roles
    asked = [
        entry
        for task in ("commit", "rollback")
        for entry in case.history.find("POST", f"{PROCESSES}/*/{task}", source=roles.observer, to=roles.smm)
        if entry.ok
    ]
    early = [entry for entry in commits(case) if not asked or entry.sent < asked[0].sent]
    if early:
        return failed("committed before the external manager said what is to be done", early)
    if not asked:
        return case.missing("a request of the external manager that the SMM takes up")
    return passed("the SMM waited for the external manager", asked[:1])
