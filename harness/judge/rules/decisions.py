"""Notes 2 and 3, clause 5.8: what the SMM does after a failure, known by what it leads to."""

from __future__ import annotations

from harness.judge.attempts import OCCURRENCES, requests
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW

UNANSWERED = ("crash", "hang", "lost-response")


def strikes(case: Case) -> list[Entry]:
    """Faults that struck, in order."""
    return [entry for entry in case.history.entries if entry.kind == "fault" and entry.event == "struck"]


@FLOW("the SMM does not ask for the destination version again")
def not_asked_again(case: Case) -> Finding:
    """No request for the destination version after the row before; known only once the process has ended."""
    again = [
        entry
        for entry in requests(case)
        if entry.sent > case.after and entry.asked("destinationSoftwareVersion") == case.version("destination")
    ]
    if again:
        return failed("the destination version was asked for again", again)
    if case.end_of_process is None or not requests(case):
        return case.missing("a process that was through with asking")
    return passed("it was not asked for again", [requests(case)[-1], case.end_of_process])


@FLOW("the target refuses the request")
def request_refused(case: Case) -> Finding:
    """Every request was answered with an error: the fault that the scenario armed."""
    asked = requests(case)
    expected = case.arrow(case.roles.target, case.roles.smm, "error")
    if not asked:
        return case.missing("a request to the target", expected)
    if any(entry.status is None or entry.status < 400 for entry in asked):
        return failed("a request was not refused", asked, expected)
    return passed(f"answered {asked[0].status}", asked, expected, asked[0].answered)


@FLOW("the target fails without an answer")
def target_failed(case: Case) -> Finding:
    """The fault that the scenario armed did strike the target."""
    struck = [e for e in strikes(case) if e.to == case.roles.target and e.fault in UNANSWERED]
    if not struck:
        return case.missing("the failure that was armed")
    return passed(f"{struck[0].fault} at {struck[0].to}", struck[:1], None, struck[0].sent)


@FLOW("the SMM looks up at the target what became of its request")
def outcome_looked_up(case: Case) -> Finding:
    """After the failure it asks for the occurrences (answered or not) before it asks for anything else."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.target, "query software modification occurrences")
    paths = (OCCURRENCES, OCCURRENCES + "/*")
    asked = [
        e for path in paths for e in case.history.find("GET", path, source=roles.smm, to=roles.target, after=case.after)
    ]
    looked = min(asked, key=lambda entry: entry.sent, default=None)
    again = next((entry for entry in requests(case) if entry.sent > case.after), None)
    if looked is None:
        return case.missing("a look at the occurrences", expected, [again] if again else [])
    if again is not None and again.sent < looked.sent:
        return failed("asked again before it looked", [again, looked], expected)
    return passed("looked up first", [looked], expected)
