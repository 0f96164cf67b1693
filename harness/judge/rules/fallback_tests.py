"""Rows 7 and 8 of table 5.9.5-1: after a fallback the whole of NFV-MANO is tested, not only what fell back."""

from __future__ import annotations

from collections.abc import Iterable

from harness.judge import fallback as told
from harness.judge.case import Case
from harness.judge.fallback import Attempt, manager, missing, present
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.provider import problems_of
from harness.judge.registry import FLOW
from harness.judge.rules.testing import REPORT, RUNS, applicable, run_id
from harness.judge.states import entity_answers


def runs(case: Case, attempt: Attempt) -> list[Entry]:
    """The test runs that the manager asked for in an attempt, and the tester took up."""
    asked = case.history.find(
        "POST", RUNS, source=manager(case), to=case.roles.tester, after=attempt.begun, before=attempt.until
    )
    return [entry for entry in asked if entry.status == 202]


def verdicts(case: Case, asked: Iterable[Entry]) -> list[Entry]:
    """The tester's reports to the manager that these runs are over, in order."""
    wanted = {run_id(entry) for entry in asked}
    news = case.history.notifications(REPORT, source=case.roles.tester, to=manager(case))
    return [e for e in news if e.asked("testRunId") in wanted and e.asked("state") in ("COMPLETED", "FAILED")]


@FLOW("the Fallback Manager has the tester run every suite for the whole NFV-MANO, naming the resources it may use")
def everything_tested(case: Case) -> Finding:
    """Row 7: behind the unlocking; the targets, and all other functional entities as well."""
    expected = case.arrow(manager(case), case.roles.tester, "run all test suites")
    attempt = present(case)
    asked = [entry for entry in runs(case, attempt) if entry.sent > case.after] if attempt else []
    if attempt is None or not asked:
        early = runs(case, attempt) if attempt else []
        if early:
            return failed("the tests were asked for before the row before was done", early, expected)
        return missing(case, "a test run", expected)
    problems: list[str] = []
    for name in dict.fromkeys([*attempt.targets, *told.system(case)]):
        mine = [entry for entry in asked if entry.asked("target") == name]
        problems += _problems(case, name, mine[-1]) if mine else [f"{name} is not tested"]
    if problems:
        return failed("; ".join(problems), asked, expected, asked[0].sent)
    return passed(f"{len(asked)} test runs", asked, expected, asked[0].sent)


def _problems(case: Case, name: str, asked: Entry) -> Iterable[str]:
    version = str(asked.asked("softwareVersion"))
    ran = [entry.told("softwareVersion") for entry in entity_answers(case, name, before=asked.sent)]
    if not ran or ran[-1] != version:
        yield f"{name} is tested as {version}, it runs {ran[-1] if ran else 'nobody knows what'}"
    suites = applicable(case, version, name)
    left_out = set(suites) - set(asked.asked("suites") or [])
    if left_out or not suites:
        yield f"suites of {name} left out: {', '.join(sorted(left_out)) or 'nobody asked which there are'}"
    yield from problems_of(case, asked.asked("resources"), asked, manager(case))


@FLOW("the tester reports to the Fallback Manager that everything runs as expected")
def everything_passed(case: Case) -> Finding:
    """Row 8: a PASS for each run, after the tester really looked at what it tested."""
    expected = case.arrow(case.roles.tester, manager(case), "all as expected")
    attempt = present(case)
    asked = runs(case, attempt) if attempt else []
    said = verdicts(case, asked)
    if not asked or len(said) < len(asked):
        return missing(case, "a verdict for each test run", expected, [*asked, *said])
    problems = [f"a run ended with {entry.asked('verdict')}" for entry in said if entry.asked("verdict") != "PASS"]
    for run in asked:
        tested = str(run.asked("target"))
        end = next(entry for entry in said if entry.asked("testRunId") == run_id(run))
        looks = case.history.find(source=case.roles.tester, to=tested, after=run.sent, before=end.sent)
        if not any(entry.ok for entry in looks):
            problems.append(f"the tester never looked at {tested}")
    if problems:
        return failed("; ".join(problems), said, expected, said[-1].answered)
    return passed("a PASS for each run", said, expected, said[-1].answered)
