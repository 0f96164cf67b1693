"""The tester's part: 5.2.2.5-1 and 5.2.2.6-1 rows 5, 6; 5.2.2.7-1 and 5.2.2.8-1 rows 6, 7; clause 5.8."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.attempts import attempt
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.provider import RESERVATIONS, allocations, problems_of, unreleased
from harness.judge.registry import FLOW
from harness.judge.states import CHECKS

RUNS = "/tester/v1/test_runs"
SUITES = "/tester/v1/test_suites"
REPORT = "TestRunNotification"


def runs(case: Case, by: str = "") -> list[Entry]:
    """The requests for test runs of the SMM, or of another manager, that the tester took up."""
    asked = case.history.find("POST", RUNS, source=by or case.roles.smm, to=case.roles.tester)
    taken = [entry for entry in asked if entry.status == 202]
    if "pair" in case.facts:
        # Each of two entities is tested by itself.
        taken = [entry for entry in taken if entry.asked("target") in case.roles.instances]
    return taken


def run(case: Case) -> Entry | None:
    """The test run that the order has come to: the last one asked for by now, else the next."""
    begun = [entry for entry in runs(case) if entry.sent <= case.after]
    return begun[-1] if begun else next(iter(runs(case)), None)


def run_id(entry: Entry) -> str:
    """The id of a test run from the answer to its request."""
    return (entry.location or "").rsplit("/", 1)[-1]


def end_reports(case: Case, entry: Entry) -> list[Entry]:
    """The tester's notifications to who had asked for a run that it is over."""
    told = case.history.notifications(REPORT, source=case.roles.tester, to=entry.source, after=entry.sent)
    return [e for e in told if e.asked("testRunId") == run_id(entry) and e.asked("state") in ("COMPLETED", "FAILED")]


def applicable(case: Case, version: str, target: str = "") -> dict[str, str]:
    """The suites that apply to the target, or another one, in a version, with their scopes, as the tester tells."""
    found: dict[str, str] = {}
    tested = (target,) if target else case.roles.instances
    for entry in case.history.find("GET", SUITES, to=case.roles.tester):
        if entry.parameters.get("target") in tested and entry.parameters.get("softwareVersion") == version:
            found |= {str(item.get("name")): str(item.get("scope")) for item in entry.items}
    return found


@FLOW("the SMM has the tester run every suite that applies to the {version} version, naming the resources it may use")
def tests_invoked(case: Case, version: Which) -> Finding:
    """The first test run after the row before covers all suites, all impacted actors, on reservations that exist."""
    roles = case.roles
    wanted = case.version(version)
    expected = case.arrow(roles.smm, roles.tester, f"run all test suites for {wanted}")
    whole = [entry for entry in runs(case) if not entry.asked("redundancyUnitId")]
    asked = next((entry for entry in whole if entry.sent > case.after), None)
    if asked is None:
        return case.absent("a test run", [e for e in whole if e.asked("softwareVersion") == wanted], expected)
    suites = applicable(case, wanted)
    if not suites:
        return inconclusive(f"nobody asked the tester which suites apply to {wanted}", [asked], expected)
    problems = list(_invocation_problems(case, asked, wanted, set(suites)))
    if early := _early(case, wanted):
        problems.append(f"it was tested at n={early.n} already, while the target was on its way there")
    if problems:
        return failed("; ".join(problems), [asked], expected, asked.sent)
    return passed(f"the tester took up {', '.join(sorted(suites))}", [asked], expected, asked.sent)


def _invocation_problems(case: Case, asked: Entry, wanted: str, suites: set[str]) -> Iterable[str]:
    for name, value in (("target", case.roles.target), ("softwareVersion", wanted)):
        if asked.asked(name) != value:
            yield f"its {name} is {asked.asked(name)!r}, not {value!r}"
    left_out = suites - set(asked.asked("suites") or [])
    if left_out:
        yield f"suites left out: {', '.join(sorted(left_out))}"
    unnamed = set(case.roles.impacted) - set(asked.asked("impacted") or [])
    if unnamed:
        yield f"impacted actors left out of the system's tests: {', '.join(sorted(unnamed))}"
    yield from problems_of(case, asked.asked("resources"), asked)
    if again := doubled(case, asked):
        yield f"the same tests were asked for at n={again.n} too, before anything was heard of these"


def _early(case: Case, wanted: str) -> Entry | None:
    """A run for the version that was asked for while the target itself worked on getting there."""
    one = attempt(case, wanted)
    if one is None or one.last_report is None or case.roles.destination:
        return None
    asked = [entry for entry in runs(case) if entry.asked("softwareVersion") == wanted]
    return next((entry for entry in asked if one.request.sent < entry.sent < one.end), None)


def doubled(case: Case, asked: Entry) -> Entry | None:
    """The next run of the same, when the SMM neither heard of the end of this one nor asked about it."""
    later = [entry for entry in runs(case) if entry.sent > asked.sent and _of(entry) == _of(asked)]
    if not later:
        return None
    smm, tester, until = case.roles.smm, case.roles.tester, later[0].sent
    heard = [entry for entry in end_reports(case, asked) if entry.sent < until]
    for path in (RUNS, RUNS + "/*"):
        heard += case.history.find("GET", path, source=smm, to=tester, after=asked.sent, before=until)
    return None if heard else later[0]


def _of(run: Entry) -> tuple[object, ...]:
    """What a run is a test of."""
    return tuple(run.asked(name) for name in ("target", "softwareVersion", "redundancyUnitId"))


@FLOW("the tester reports success for the {version} version and frees its resources")
def tests_passed(case: Case, version: Which) -> Finding:
    """PASS, for every suite, after really looking; and what it took is released before the SMM commits or ends."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.smm, "tests passed")
    asked = run(case)
    if asked is None:
        return case.missing("a test run", expected)
    over = [entry for entry in end_reports(case, asked) if entry.sent > case.after]
    if not over:
        return case.absent("the tester's verdict", end_reports(case, asked), expected)
    problems = list(_verdict_problems(case, asked, over[0], case.version(version)))
    if problems:
        return failed("; ".join(problems), [asked, over[0]], expected, over[0].answered)
    return passed(
        "the tester's verdict is PASS", [asked, over[0], *_looks(case, asked, over[0])], expected, over[0].answered
    )


@FLOW("the tester runs the suites it was asked for against the target and its peers")
def suites_run(case: Case) -> Finding:
    """It judges each suite, and has looked at what they are about: the target, and for the system its peers too."""
    expected = case.arrow(case.roles.tester, case.roles.target, "run test suites")
    asked = run(case)
    over = end_reports(case, asked)[:1] if asked else []
    if asked is None or not over:
        return case.missing("a test run that ended", expected)
    told = {item.get("name") for item in over[0].asked("suites") or [] if item.get("verdict")}
    left = sorted(set(asked.asked("suites") or []) - told)
    problems = [f"not judged: {', '.join(left)}"] if left else []
    problems += _unlooked(case, asked, over[0], str(asked.asked("softwareVersion")))
    looks = _looks(case, asked, over[0])
    if problems:
        return failed("; ".join(problems), [asked, *looks, over[0]], expected)
    return passed("each suite was run", [asked, *looks[:3]], expected)


def _verdict_problems(case: Case, asked: Entry, said: Entry, wanted: str) -> Iterable[str]:
    if asked.asked("softwareVersion") != wanted:
        yield f"version {asked.asked('softwareVersion')!r} was tested, not {wanted!r}"
    if said.asked("verdict") != "PASS" or said.asked("state") != "COMPLETED":
        yield f"it says state {said.asked('state')}, verdict {said.asked('verdict')}"
    told = {item.get("name"): item.get("verdict") for item in said.asked("suites") or []}
    not_passed = sorted(name for name in asked.asked("suites") or [] if told.get(name) != "PASS")
    if not_passed:
        yield f"without a PASS of their own: {', '.join(not_passed)}"
    yield from _unlooked(case, asked, said, wanted)
    taken = allocations(case, case.roles.tester, asked.sent)
    kept = unreleased(case, taken, _needed_until(case, said))
    if kept:
        yield f"the tester keeps {len(kept)} allocations"


def _looks(case: Case, asked: Entry, said: Entry) -> list[Entry]:
    """What the tester asked of the target and its peers during the run."""
    return list(case.history.find(source=case.roles.tester, after=asked.sent, before=said.sent))


def _unlooked(case: Case, asked: Entry, said: Entry, wanted: str) -> Iterable[str]:
    looked = _looks(case, asked, said)
    if not any(entry.to == case.roles.target and entry.ok for entry in looked):
        yield "the tester never looked at the target"
    scopes = applicable(case, wanted)
    if any(scopes.get(name) == "SYSTEM" for name in asked.asked("suites") or []):
        used = {entry.to for entry in looked if entry.path == CHECKS}
        missed = sorted(set(asked.asked("impacted") or []) - used)
        if missed:
            yield f"the system's tests left out {', '.join(missed)}"


def _needed_until(case: Case, said: Entry) -> float:
    """Until when the tester may hold resources: the SMM's commit after its verdict, else the end of the history."""
    path = "/nfvmanoswm/v1/software_modification_op_occs/*/commit"
    committed = case.history.find("POST", path, source=case.roles.smm, to=case.roles.target, after=said.sent)
    return next((entry.sent for entry in committed), math.inf)


@FLOW("the tester reports that it could not get its resources")
def test_resources_missing(case: Case) -> Finding:
    """Clause 5.8: FAILED, with an error that is worth a retry."""
    expected = case.arrow(case.roles.tester, case.roles.smm, "test resources missing")
    asked = run(case)
    said = next((e for e in end_reports(case, asked) if e.asked("state") == "FAILED"), None) if asked else None
    if said is None:
        return case.missing("a report of missing test resources", expected)
    return passed("the tester could not run the tests", [said], expected, said.answered)


@FLOW("the SMM makes sure of the test resources and has the tester run again")
def tests_retried(case: Case) -> Finding:
    """Clause 5.8: first the resources are verified or got anew at the provider, then the tester is asked again."""
    roles = case.roles
    expected = case.arrow(roles.smm, roles.tester, "run the tests again")
    again = next((entry for entry in runs(case) if entry.sent > case.after), None)
    if again is None:
        return case.missing("a second test run", expected)
    between = list(case.history.find(source=roles.smm, to=roles.provider, after=case.after, before=again.sent))
    verified = [
        e
        for e in between
        if e.ok and e.method in ("GET", "POST") and e.path.startswith((RESERVATIONS, "/vrm/v1/capacity"))
    ]
    problems = problems_of(case, again.asked("resources"), again)
    gone = {e.path.rsplit("/", 1)[-1] for e in between if e.method == "GET" and e.status == 404}
    named = {item.get("reservationId") for item in again.asked("resources") or []}
    problems += [f"it names reservation {one} again, which is gone" for one in sorted(named & gone)]
    before = [entry for entry in runs(case) if entry.sent < again.sent]
    if before and before[-1].asked("softwareVersion") != again.asked("softwareVersion"):
        problems.append(f"it is a test of another version, {again.asked('softwareVersion')!r}")
    if not verified:
        problems.append("the resources were not looked at again before")
    if third := doubled(case, again):
        problems.append(f"the same tests were asked for at n={third.n} too, before anything was heard of these")
    if problems:
        return failed("; ".join(problems), [again], expected, again.sent)
    return passed("the resources were verified, then the tester asked", [*verified, again], expected, again.sent)


@FLOW("the tester reports that the {version} version did not pass")
def tests_failed(case: Case, version: Which) -> Finding:
    """Row 6 of 5.2.2.5-1 ends unsuccessfully (note 3): the beginning of a software rollback."""
    expected = case.arrow(case.roles.tester, case.roles.smm, "tests not passed")
    told = [
        e for one in runs(case) if one.asked("softwareVersion") == case.version(version) for e in end_reports(case, one)
    ]
    said = [entry for entry in told if entry.asked("verdict") == "FAIL" and entry.sent > case.after]
    if not said:
        return case.missing("a verdict FAIL", expected)
    # the decision that follows is known by this very report, so the order does not move past it
    return passed("the tester's verdict is FAIL", said[:1], expected)
