"""Roles of table 5.9.2-1: who played them, shown by what they did."""

from __future__ import annotations

from harness.judge import fallback as told
from harness.judge.case import Case
from harness.judge.fallback import last_attempt, managed_by, manager, missing
from harness.judge.findings import Finding, failed, passed
from harness.judge.registry import PARTS
from harness.judge.states import FE, NON_FE, entity_answers, types


@PARTS("Fallback Manager")
def fallback_manager_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It carries out the decision: it was asked, and it alone restored anybody."""
    asked, restores = told.request(case), list(case.history.find("POST", told.RESTORES))
    if asked is None or not restores:
        return missing(case, "a request for a fallback, and a restoration")
    others = sorted({entry.source for entry in restores} - set(actors))
    if actors != (manager(case),) or others:
        return failed(f"restored by {', '.join(others) or manager(case)}, not by {', '.join(actors)}", restores)
    return passed("it alone restored", [asked, *restores])


@PARTS("Fallback target NFV-MANO functional entity")
def fallback_targets_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """Functional entities, each of which was set back."""
    attempt = last_attempt(case)
    if attempt is None:
        return missing(case, "a restoration")
    done = {entry.to for entry in attempt.restores if entry.ok}
    if set(actors) != done or set(attempt.targets) != done:
        return failed(f"set back: {', '.join(sorted(done))}; not {', '.join(actors)}", attempt.restores)
    told_types = types(case, actors)
    wrong = [f"{actor} is a {kind}" for actor, kind in told_types.items() if kind not in FE]
    evidence = [entry for actor in actors for entry in entity_answers(case, actor)[:1]]
    if wrong:
        return failed("; ".join(wrong), evidence)
    return passed("each was set back", [*attempt.restores, *evidence])


@PARTS("Impacted managed entity")
def managed_entities_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """Entities of no NFV-MANO functional block that the targets manage, and asked what they have."""
    attempt = last_attempt(case)
    if attempt is None:
        return missing(case, "a restoration")
    played = {managed_by(case, target) for target in attempt.targets}
    if set(actors) != played:
        return failed(f"played by {', '.join(sorted(played))}, not by {', '.join(actors)}", attempt.restores)
    asked = [
        entry
        for entry in case.history.find("GET", told.INSTANCES, after=attempt.begun)
        if entry.to in actors and entry.source in attempt.targets and entry.ok
    ]
    if {entry.to for entry in asked} != played:
        return missing(case, f"a target that asks {', '.join(sorted(played))} what there is")
    wrong = [f"{actor} is a {kind}" for actor, kind in types(case, actors).items() if kind not in NON_FE]
    if wrong:
        return failed("; ".join(wrong), asked)
    return passed("their manager asked what they have", asked)
