"""Tests, conditions and roles where another instance takes the target's place (clause 5.3.3)."""

from __future__ import annotations

import math

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.instances import CAPABILITY, Instance, state_after, view
from harness.judge.observer import after_end, before_launch
from harness.judge.provider import problems_of
from harness.judge.registry import CONDITIONS, FLOW
from harness.judge.rules.conditions import (
    destination_available,
    target_in_destination,
    target_in_source,
)
from harness.judge.rules.testing import SUITES, doubled, end_reports, runs, tests_failed, tests_invoked, tests_passed


@FLOW("the SMM has the tester verify the health of the {instance} instance, naming the resources it may use")
def health_verified(case: Case, instance: Instance) -> Finding:
    """The suites for a target that does not serve yet, before it is unlocked; the tester expects it locked."""
    one = view(case, instance)
    expected = case.arrow(one.roles.smm, one.roles.tester, "verify health")
    asked = next((e for e in runs(case) if e.sent > case.after and e.asked("target") == one.roles.target), None)
    if asked is None:
        return case.absent(f"a test of the health of {one.roles.target}", runs(case), expected)
    suites = {
        str(item.get("name"))
        for e in case.history.find("GET", SUITES, to=one.roles.tester)
        for item in e.items
        if item.get("needsService") is False
    }
    problems = [f"suites left out: {', '.join(sorted(suites - set(asked.asked('suites') or [])))}"]
    problems = problems if suites - set(asked.asked("suites") or []) else []
    if asked.asked("applicationState") != "STARTED_LOCKED":
        problems.append("the tester is not told that the application is locked")
    problems += problems_of(case, asked.asked("resources"), asked)
    if again := doubled(case, asked):
        problems.append(f"the same test was asked for at n={again.n} too, before anything was heard of this one")
    if problems:
        return failed("; ".join(problems), [asked], expected, asked.sent)
    return passed("the tester took it up", [asked], expected, asked.sent)


@FLOW("the tester looks at the {instance} instance")
def instance_looked_at(case: Case, instance: Instance) -> Finding:
    """Rows 5 and 12: behind the request, and before the verdict where there is one, the tester asks the instance."""
    one = view(case, instance)
    asked = [e for e in runs(case) if e.sent <= case.after and e.asked("target") == one.roles.target]
    if not asked:
        return case.missing(f"a test of {one.roles.target}")
    said = end_reports(case, asked[-1])
    limit = said[0].sent if said else math.inf
    looked = case.history.find(source=one.roles.tester, to=one.roles.target, after=asked[-1].sent, before=limit)
    found = [entry for entry in looked if entry.ok]
    if not found and not said:
        return case.missing(f"a test of {one.roles.target} that came to an end", instead=asked[-1:])
    if not found:
        return failed("the tester never looked", [asked[-1], said[0]])
    return passed("the tester looked", [asked[-1], found[0]])


@FLOW("the tester finds the {instance} instance healthy in the {version} version, and frees its resources")
def health_found(case: Case, instance: Instance, version: Which) -> Finding:
    """PASS of what was asked for, after really looking."""
    return tests_passed(view(case, instance), version)


@FLOW("the SMM has the tester run all that applies to the {version} version on the {instance} instance")
def instance_tested(case: Case, version: Which, instance: Instance) -> Finding:
    """Every suite, all impacted actors, on reservations that exist."""
    return tests_invoked(view(case, instance), version)


@FLOW("the tester finds the {instance} instance in order in the {version} version, and frees its resources")
def instance_passed(case: Case, instance: Instance, version: Which) -> Finding:
    """PASS, for every suite, after really looking at the instance and those that have to do with it."""
    return tests_passed(view(case, instance), version)


@FLOW("the tester finds the {instance} instance not in order in the {version} version")
def instance_not_passed(case: Case, instance: Instance, version: Which) -> Finding:
    """Row 6 or 13 ends unsuccessfully (note 2): the beginning of a software rollback."""
    return tests_failed(view(case, instance), version)


@CONDITIONS("the destination version is at hand, and an empty host for its instance")
def destination_host_available(case: Case) -> Finding:
    """The target's descriptor offers the version, and the destination says that nothing is instantiated there."""
    found = destination_available(case)
    host = before_launch(case, "/nfvmanoswm/v1/instance", case.roles.destination)
    if not host:
        return inconclusive("the observer could not see whether the host is empty")
    if host[-1].told("instantiationState") != "NOT_INSTANTIATED":
        return failed(f"{case.roles.destination} is {host[-1].told('instantiationState')}", host[-1:])
    return found


@CONDITIONS("the SMM works normally and has an execution plan for an entity without support of its own")
def plan_available(case: Case) -> Finding:
    """One of its plans is for the support that the target's descriptor names."""
    plans = before_launch(case, "/smm/v1/execution_plans", case.roles.smm)
    told = before_launch(case, CAPABILITY, case.roles.target)
    if not plans or not told:
        return inconclusive("the observer got no execution plans or no capability descriptor", plans + told)
    if not any(item.get("support", "NONE") == "NONE" for item in plans[-1].items):
        return failed("the SMM has no such plan", plans[-1:])
    if told[-1].told("support") != "NONE":
        return failed(f"the target's support is {told[-1].told('support')}", told[-1:])
    return passed("the plan is there", [plans[-1], told[-1]])


@CONDITIONS("the destination instance works normally, runs the destination version, and the source is gone")
def destination_took_over(case: Case) -> Finding:
    """After a successful modification."""
    found = target_in_destination(view(case, "destination"))
    return _alone(case, "source", found)


@CONDITIONS("the source instance works normally, runs the source version, and the destination is gone")
def source_came_back(case: Case) -> Finding:
    """After a successful software rollback."""
    found = target_in_source(case)
    return _alone(case, "destination", found)


def _alone(case: Case, other: Instance, found: Finding) -> Finding:
    state = state_after(view(case, other))
    if state is None:
        return inconclusive(f"the observer could not see the {other} instance afterwards")
    if state.get("instantiationState") != "NOT_INSTANTIATED":
        seen = after_end(case, "/nfvmanoswm/v1/instance", view(case, other).roles.target)
        return failed(f"the {other} instance is still there", [seen] if seen else [])
    return found
