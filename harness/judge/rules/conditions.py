"""Pre-conditions of table 5.2.2.3-1, post-conditions of 5.2.2.4-1, as the observer and the actors find them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.observer import after_end, before_launch
from harness.judge.provider import CAPACITY, covers
from harness.judge.registry import CONDITIONS
from harness.judge.rules.testing import applicable
from harness.judge.states import ENTITY, INTERFACES, checks, down, reached, works

CAPABILITY = "/nfvmanoswm/v1/capability"


@CONDITIONS("destination version and execution plan are at hand")
def destination_available(case: Case) -> Finding:
    """The target runs the source version, offers the other, compatible on its interfaces; the SMM has a plan."""
    told = before_launch(case, CAPABILITY, case.roles.target)
    plans = before_launch(case, "/smm/v1/execution_plans", case.roles.smm)
    if not told or not plans:
        return inconclusive("the observer got no capability descriptor or no execution plans", told + plans)
    problems = list(_version_problems(case, told[-1]))
    if not plans[-1].items:
        problems.append("the SMM has no execution plan")
    if problems:
        return failed("; ".join(problems), [told[-1], plans[-1]])
    return passed("version and plan are there", [told[-1], plans[-1]])


def _version_problems(case: Case, told: Entry) -> Iterable[str]:
    if told.told("softwareVersion") != case.version("source"):
        yield f"the target runs {told.told('softwareVersion')!r}"
    if case.version("destination") not in (told.told("availableSoftwareVersions") or []):
        yield f"version {case.version('destination')} is not available at the target"
    for item in told.told("interfaceCompatibility") or [{}]:
        if not {case.version("source"), case.version("destination")} <= set(item.get("versions") or []):
            yield f"interface {item.get('interface')} is not compatible between the versions"


@CONDITIONS("the destination version is at hand")
def destination_delivered(case: Case) -> Finding:
    """The target runs the source version, and says that it has the other."""
    told = before_launch(case, CAPABILITY, case.roles.target)
    if not told:
        return inconclusive("the observer got no capability descriptor")
    problems = list(_version_problems(case, told[-1]))
    return failed("; ".join(problems), told[-1:]) if problems else passed("it is there", told[-1:])


@CONDITIONS("the SMM works normally and has an execution plan")
def smm_ready(case: Case) -> Finding:
    """It answers, and shows at least one plan."""
    plans = before_launch(case, "/smm/v1/execution_plans", case.roles.smm)
    if not plans:
        return inconclusive("the SMM did not tell its execution plans")
    return passed("it has plans", plans[-1:]) if plans[-1].items else failed("it has no execution plan", plans[-1:])


@CONDITIONS("target, impacted FEs and impacted entities work normally")
def actors_work_before(case: Case) -> Finding:
    """Each answers the observer, and says that it is started and unlocked."""
    seen = {actor: before_launch(case, ENTITY, actor) for actor in (case.roles.target, *case.roles.impacted)}
    evidence = [answers[-1] for answers in seen.values() if answers]
    if not evidence:
        return inconclusive("nobody was asked")
    bad = [a for a, told in seen.items() if not told or not works(told[-1].told("manoApplicationState"))]
    return failed(f"not at work: {', '.join(bad)}", evidence) if bad else passed("all work normally", evidence)


@CONDITIONS("SMM, target, impacted FEs and impacted entities work normally")
def all_work_before(case: Case) -> Finding:
    """Each answers the observer, and says that it is started and unlocked."""
    roles = case.roles
    seen = {actor: before_launch(case, ENTITY, actor) for actor in (roles.target, *roles.impacted)}
    processes = before_launch(case, "/smm/v1/processes", roles.smm)
    evidence = [answers[-1] for answers in seen.values() if answers] + processes[-1:]
    silent = [actor for actor, answers in seen.items() if not answers] + ([] if processes else [roles.smm])
    if silent:
        return failed(f"no answer from {', '.join(silent)}", evidence) if evidence else inconclusive("nobody was asked")
    bad = [actor for actor, answers in seen.items() if not works(answers[-1].told("manoApplicationState"))]
    if bad:
        return failed(f"not STARTED and UNLOCKED: {', '.join(bad)}", evidence)
    return passed("all work normally", evidence)


@CONDITIONS("resources for the modification and its tests are free")
def resources_free(case: Case) -> Finding:
    """The provider has at least what the target's capability descriptor asks for."""
    told = before_launch(case, CAPABILITY, case.roles.target)
    room = before_launch(case, CAPACITY, case.roles.provider)
    if not told or not room:
        return inconclusive("the observer got no capability descriptor or no capacity", told + room)
    amounts = told[-1].told("additionalResources")
    amount = amounts.get("modification", {}) if isinstance(amounts, Mapping) else {}
    if not covers(room[-1].told("available"), amount):
        return failed(f"of {amount} only {room[-1].told('available')} is free", [told[-1], room[-1]])
    return passed("enough is free", [told[-1], room[-1]])


@CONDITIONS("test suites for both versions are at hand")
def suites_available(case: Case) -> Finding:
    """The tester lists suites for the target in either version."""
    asked = before_launch(case, "/tester/v1/test_suites", case.roles.tester)
    if not asked:
        return inconclusive("the observer got no test suites")
    bare = [version for version in sorted(case.versions.values()) if not applicable(case, version)]
    if bare:
        return failed(f"no test suite for {', '.join(bare)}", asked)
    return passed("there are suites for both versions", asked)


@CONDITIONS("SMM, impacted FEs and impacted entities work normally")
def all_work_after(case: Case) -> Finding:
    """Each is up, and each reaches the target when the observer has it use the target's services."""
    roles = case.roles
    seen = {actor: after_end(case, ENTITY, actor) for actor in roles.impacted}
    smm = after_end(case, "/smm/v1/processes", roles.smm)
    end = case.end_of_process
    asked = checks(case, roles.target, end.sent) if end else []
    used = {entry.to: entry for entry in asked if entry.to in roles.impacted}
    evidence = [entry for entry in [*seen.values(), smm, *used.values()] if entry]
    if end is None or smm is None or set(used) != set(roles.impacted):
        return inconclusive("not every actor was asked after the end of the process", evidence)
    problems = [
        f"{a} is not STARTED and UNLOCKED"
        for a, e in seen.items()
        if e is None or not works(e.told("manoApplicationState"))
    ]
    problems += [f"{actor} does not reach the target" for actor, entry in used.items() if not reached(case, entry)]
    if problems:
        return failed("; ".join(problems), evidence)
    return passed("all work, and all reach the target", evidence)


@CONDITIONS("the target works normally and runs the destination version")
def target_in_destination(case: Case) -> Finding:
    """After a successful modification."""
    return _target_works(case, "destination")


@CONDITIONS("the target works normally and runs the source version")
def target_in_source(case: Case) -> Finding:
    """After a successful software rollback."""
    return _target_works(case, "source")


def _target_works(case: Case, version: Which) -> Finding:
    told = after_end(case, ENTITY, case.roles.target)
    interfaces = after_end(case, INTERFACES, case.roles.target)
    if told is None or interfaces is None:
        return inconclusive("the observer could not ask the target after the end of the process")
    problems = []
    if told.told("softwareVersion") != case.version(version):
        problems.append(f"it runs {told.told('softwareVersion')!r}, not {case.version(version)!r}")
    if not works(told.told("manoApplicationState")):
        problems.append("it is not STARTED and UNLOCKED")
    problems += [f"no interface of {service} is up" for service in down(interfaces.items)]
    if problems:
        return failed("; ".join(problems), [told, interfaces])
    return passed(f"the target works and runs {case.version(version)}", [told, interfaces])
