"""What is true after a fallback: tables 5.9.3-1 and 5.9.4-1, and the state that the end row speaks of."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from harness.judge import fallback as told
from harness.judge.case import Case
from harness.judge.fallback import Attempt, last_attempt, managed_by, missing, scope
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import CONDITIONS, FLOW
from harness.judge.rules.testing import SUITES, applicable
from harness.judge.states import ENTITY, works

MANAGED = ("/nslcm/v1/ns_instances", "/vnflcm/v1/vnf_instances", "/vrm/v1/compute_resources")
"""What an entity says of the instances it manages."""

OWN = (*MANAGED[:2], "/vrm/v1/reservations")
"""What it keeps whether it is there or not: it comes back as it was in the restoration point."""

Seen = Mapping[str, Mapping[str, Any]]


def _book(case: Case, actor: str, path: str, after: float, before: float = math.inf) -> tuple[Seen | None, list[Entry]]:
    """What the observer last saw in a list of an actor, by id; None when it saw none."""
    asked = case.history.find("GET", path, source=case.roles.observer, to=actor, after=after, before=before)
    seen = [entry for entry in asked if entry.ok][-1:]
    return ({str(item.get("id")): item for item in seen[0].items} if seen else None), seen


def _runs(item: Mapping[str, Any]) -> bool:
    return "INSTANTIATED" in (item.get("nsState"), item.get("instantiationState")) or item.get("state") == "STARTED"


def _really(case: Case, target: str, after: float) -> tuple[set[str] | None, list[Entry]]:
    """The instances of a target that really are there."""
    seen, entries = _book(case, managed_by(case, target), told.INSTANCES, after)
    if seen is None:
        return None, entries
    return {name for name, item in seen.items() if item.get("manager") == target}, entries


def _inconsistent(case: Case, target: str, after: float) -> tuple[list[str], list[Entry]]:
    """Where what a target says of its instances is not what is there, and what shows it."""
    actual, evidence = _really(case, target, after)
    problems, books = [], 0
    for path in MANAGED:
        seen, entries = _book(case, target, path, after)
        if seen is None or actual is None:
            continue
        books += 1
        evidence += entries
        running = {name for name, item in seen.items() if _runs(item)}
        problems += [f"{target} does not know of {name}" for name in sorted(actual - running)]
        problems += [f"{name} of {target} is not there" for name in sorted(running - actual)]
    return problems, evidence if books else []


@FLOW("every fallback target is in the state of the restoration point, adjusted to what it really manages")
def state_restored(case: Case) -> Finding:
    """The end: the version and the books of the point, but for the instances that are there or are not there now."""
    said, attempt = told.end(case), last_attempt(case)
    if said is None or attempt is None:
        return missing(case, "the end of a fallback")
    problems: list[str] = []
    evidence: list[Entry] = []
    for target in attempt.targets:
        differing, seen = _inconsistent(case, target, said.sent)
        lost, shown = _not_of_the_point(case, attempt, target, said.sent)
        if not seen or not shown:
            return inconclusive(f"the observer did not see the state of {target}", [said, *seen, *shown])
        problems += [*differing, *lost]
        evidence += [*seen, *shown]
    if problems:
        return failed("; ".join(problems), evidence)
    return passed(f"{', '.join(attempt.targets)} as in {attempt.point}, and as it really is", [said, *evidence])


def _not_of_the_point(case: Case, attempt: Attempt, target: str, after: float) -> tuple[list[str], list[Entry]]:
    made = next((e for e, _ in told.parts(case, attempt.point) if e.to == target and e.method == "POST"), None)
    actual, _ = _really(case, target, after)
    answers = [e for e in case.history.find("GET", ENTITY, source=case.roles.observer, to=target, after=after) if e.ok]
    if made is None or actual is None or not answers:
        return [], []
    problems, evidence = [], [made, answers[-1]]
    version = told.version_in(case, attempt.point, target)
    if answers[-1].told("softwareVersion") != version:
        problems.append(f"{target} runs {answers[-1].told('softwareVersion')!r}, not {version!r}")
    for path in OWN:
        then, entries_then = _book(case, target, path, -1, made.sent)
        now, entries_now = _book(case, target, path, after)
        if then is None or now is None:
            continue
        evidence += [*entries_then, *entries_now]
        problems += [f"{name} of {target} is lost" for name in sorted(then.keys() - now.keys())]
        problems += [f"{target} still has {name}" for name in sorted(now.keys() - then.keys() - actual)]
    return problems, evidence


@CONDITIONS("a restoration point of every fallback target is available")
def point_available(case: Case) -> Finding:
    """Each entity of the scope of a point has its part of it."""
    asked = told.request(case)
    limit = asked.sent if asked else math.inf
    found = [
        (entry, item)
        for entry in case.history.find("GET", told.POINTS, source=case.roles.observer, before=limit)
        for item in entry.items
    ]
    points = sorted({str(item.get("id")) for _, item in found})
    if not points:
        return inconclusive("the observer saw no restoration point")
    holders = {point: {entry.to for entry, item in found if item.get("id") == point} for point in points}
    problems = [
        f"{target} has no part of {point}"
        for point in points
        for target in scope(case, point)
        if target not in holders[point]
    ]
    if problems:
        return failed("; ".join(problems), [entry for entry, _ in found])
    return passed(f"there is {', '.join(points)}", [entry for entry, _ in found])


@CONDITIONS("test suites for the complete set of services are available")
def all_suites_available(case: Case) -> Finding:
    """For each functional entity, also those that will not fall back."""
    asked = list(case.history.find("GET", SUITES, source=case.roles.observer, to=case.roles.tester))
    if not asked or not told.system(case):
        return inconclusive("the observer got no test suites")
    version = case.version("source")
    bare = [name for name in told.system(case) if not applicable(case, version, name)]
    if bare:
        return failed(f"no test suites for {', '.join(bare)}", asked)
    return passed("there are suites for everybody", asked)


@CONDITIONS("fallback targets and impacted managed entities work normally, on a consistent set of data")
def all_work_after_fallback(case: Case) -> Finding:
    """Everybody is started and unlocked, and every target knows what is really there."""
    said, attempt = told.end(case), last_attempt(case)
    if said is None or attempt is None:
        return missing(case, "the end of a fallback")
    problems: list[str] = []
    evidence: list[Entry] = []
    for target in attempt.targets:
        differing, seen = _inconsistent(case, target, said.sent)
        problems += differing
        evidence += seen
        problems += _not_working(case, (target, managed_by(case, target)), said.sent, evidence)
        if not seen:
            return inconclusive(f"the observer did not see what {target} manages", [said])
    if problems:
        return failed("; ".join(dict.fromkeys(problems)), evidence)
    return passed("all work, on the same data", evidence)


def _not_working(case: Case, actors: Iterable[str], after: float, evidence: list[Entry]) -> Iterable[str]:
    for actor in actors:
        asked = case.history.find("GET", ENTITY, source=case.roles.observer, to=actor, after=after)
        answers = [entry for entry in asked if entry.ok]
        evidence += answers[-1:]
        if not answers or not works(answers[-1].told("manoApplicationState")):
            yield f"{actor} is not STARTED and UNLOCKED"
