"""Tests of redundancy units, each by itself and all together: rows 4 to 6 and 14 of table 5.3.2.5-1."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, passed
from harness.judge.history import Entry
from harness.judge.provider import allocations, problems_of, unreleased
from harness.judge.registry import FLOW
from harness.judge.replaced import Problem, none_to_judge, wrong
from harness.judge.rules.testing import doubled, end_reports, run, runs
from harness.judge.units import Replacement, replacements, shown


@FLOW("the SMM has the tester verify the health of each new {version} unit, naming the resources it may use")
def unit_tests_invoked(case: Case, version: Which) -> Finding:
    """A test run of that very unit, between its instantiation and its first use."""
    expected = case.arrow(case.roles.smm, case.roles.tester, f"verify health of {version} redundancy unit")
    made = [one for one in replacements(case, version) if one.request]
    problems: list[Problem] = []
    evidence: list[Entry] = []
    for one in made:
        asked = _test(case, one)
        if asked is None:
            problems.append((f"unit {one.unit} was not tested before it served", one.request))
            continue
        evidence.append(asked)
        problems += [(text, asked) for text in _wrong_test(case, one, asked, version)]
        problems += [
            (f"unit {one.unit} was to be tested again at n={again.n}, before anything was heard of its test", again)
            for test in _tests(case, one)
            if (again := doubled(case, test))
        ]
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"a test of a {version} unit", expected, replacements(case, version))
    return passed(f"{len(evidence)} units were tested before they served", evidence, expected)


def _test(case: Case, one: Replacement) -> Entry | None:
    return next(reversed(_tests(case, one)), None)


def _tests(case: Case, one: Replacement) -> list[Entry]:
    """The tests of that very unit before its first use."""
    mine = [entry for entry in runs(case) if entry.asked("redundancyUnitId") == one.unit]
    return [entry for entry in mine if one.since < entry.sent < one.first_start]


def _wrong_test(case: Case, one: Replacement, asked: Entry, version: Which) -> Iterable[str]:
    for name, value in (("target", case.roles.target), ("softwareVersion", case.version(version))):
        if asked.asked(name) != value:
            yield f"the {name} of the test of unit {one.unit} is {asked.asked(name)!r}, not {value!r}"
    if not asked.asked("suites"):
        yield f"no suite was named for unit {one.unit}"
    yield from problems_of(case, asked.asked("resources"), asked)


@FLOW("the tester looks at each new {version} unit")
def units_tested(case: Case, version: Which) -> Finding:
    """Between the request and its verdict it asked the target about that unit, and got an answer."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.target, f"test {version} redundancy unit")
    asked = [(one, test) for one in replacements(case, version) if (test := _test(case, one))]
    if not asked:
        return none_to_judge(case, f"a test of a {version} unit", expected, replacements(case, version))
    seen = {one.unit: [e for e, _ in shown(case, one.unit, t.sent, by=roles.tester)] for one, t in asked}
    blind = [(f"the tester never looked at unit {one.unit}", t) for one, t in asked if not seen[one.unit]]
    if blind:
        return wrong(blind, expected)
    return passed("the tester looked at each", [entries[0] for entries in seen.values()], expected)


@FLOW("the tester reports that each new {version} unit is healthy, before it serves")
def units_healthy(case: Case, version: Which) -> Finding:
    """PASS before the SMM lets anybody in, and what the tester took is given back."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.smm, f"{version} redundancy unit is healthy")
    problems: list[Problem] = []
    evidence: list[Entry] = []
    for one in [one for one in replacements(case, version) if one.request]:
        asked = _test(case, one)
        said = next(iter(end_reports(case, asked)), None) if asked else None
        if said is None or said.sent > one.first_start:
            problems.append((f"unit {one.unit} served without a verdict of the tester", asked or one.request))
        elif one.first_start < math.inf and said.asked("verdict") != "PASS":
            problems.append((f"unit {one.unit} served though it did not pass", said))
        elif said.asked("verdict") == "PASS" and asked:
            evidence.append(said)
            kept = unreleased(case, allocations(case, roles.tester, asked.sent, said.sent), math.inf)
            problems += [(f"the tester keeps an allocation of the test of unit {one.unit}", entry) for entry in kept]
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"a verdict on a {version} unit", expected, replacements(case, version))
    return passed(f"{len(evidence)} units passed before they served", evidence, expected)


@FLOW("the tester runs every suite against the {version} units and the system as a whole")
def whole_tested(case: Case, version: Which) -> Finding:
    """Of the run that the order has come to: each suite has a result, and the tester used what it tests."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.target, "run all suites")
    asked = run(case)
    said = next(iter(end_reports(case, asked)), None) if asked else None
    if asked is None or said is None:
        return case.missing("a test run that came to its end", expected)
    results = {item.get("name"): item.get("verdict") for item in said.asked("suites") or []}
    bare = sorted(name for name in asked.asked("suites") or [] if not results.get(name))
    looked = [
        e for e in case.history.find(source=roles.tester, to=roles.target, after=asked.sent, before=said.sent) if e.ok
    ]
    if bare or not looked or asked.asked("softwareVersion") != case.version(version):
        what = f"suites without a result: {', '.join(bare)}" if bare else "the tester did not look at that version"
        return failed(what, [asked, said], expected)
    return passed(f"{len(results)} suites have a result", [asked, looked[0], said], expected)
