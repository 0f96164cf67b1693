"""What is said of a test run while it is under way: by the tester, asked or by itself, and to it."""

from __future__ import annotations

from harness.judge.case import Case
from harness.judge.history import Entry
from harness.judge.rules.testing import REPORT, RUNS, run_id
from harness.judge.suspensions import SUSPENDED, Status


def told(case: Case, asked: Entry) -> list[Status]:
    """What the tester notified of a run, in order."""
    found = case.history.notifications(REPORT, source=case.roles.tester, to=asked.source, after=asked.sent)
    return [_status(entry, entry.request) for entry in found if entry.asked("testRunId") == run_id(asked)]


def answers(case: Case, asked: Entry) -> list[Status]:
    """What the tester answered of a run to whoever asked, in order."""
    known = run_id(asked)
    found = [e for path in (RUNS, f"{RUNS}/{known}") for e in case.history.find("GET", path, to=case.roles.tester)]
    shown = [_status(entry, item) for entry in found for item in entry.items if item.get("id") == known]
    return sorted(shown, key=lambda status: status.entry.sent)


def _status(entry: Entry, body: dict[str, object]) -> Status:
    """A run that is under way is PROCESSING, as other work is."""
    state = {"RUNNING": "PROCESSING"}.get(str(body.get("state")), body.get("state"))
    return Status.of(entry, {**body, "operationState": state})


def halt(case: Case, asked: Entry, after: float = -1) -> Entry | None:
    """The tester's first report that the run is suspended."""
    return next((s.entry for s in told(case, asked) if s.state == SUSPENDED and s.entry.sent > after), None)


def steering(case: Case, asked: Entry, task: str, after: float = -1) -> list[Entry]:
    """The SMM's requests for suspend or resume of a run."""
    path = f"{RUNS}/{run_id(asked)}/{task}"
    return list(case.history.find("POST", path, source=case.roles.smm, to=case.roles.tester, after=after))
