"""Roles of table 5.2.2-1 and their mappings 5.2.4-1 to 5.2.6-1: who played them, shown by what they did."""

from __future__ import annotations

from harness.judge import pair as pairs
from harness.judge.attempts import REPORT, attempts, requests
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import PARTS
from harness.judge.rules.instance_parts import destination_instance_played, source_instance_played
from harness.judge.rules.testing import end_reports, runs
from harness.judge.states import CHECKS, ENTITY, FE, NON_FE, entity_answers, reached, types
from harness.judge.units import before, changing, looks, replacements


@PARTS("Software Modification Manager (SMM)")
def smm_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It decides and launches: it alone asks the target to modify its software."""
    asked = requests(case) or changing(case)
    if actors != (case.roles.smm,) or not asked:
        return case.missing("a request of the SMM to the target")
    path = asked[0].path
    strangers = [e for e in case.history.find("POST", path, to=case.roles.target) if e.source != case.roles.smm]
    if strangers:
        return failed(f"{strangers[0].source} asked the target too", strangers)
    return passed("the SMM asked the target", asked)


@PARTS("Target NFV-MANO functional entity")
def target_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """An FE that modifies its own software and reports it."""
    told = case.history.notifications(REPORT, source=case.roles.target, to=case.roles.smm)
    kind = types(case, actors)[case.roles.target] if actors == (case.roles.target,) else None
    if kind is None or not attempts(case):
        return case.missing("a target that was asked and says what it is")
    if kind not in FE:
        return failed(f"{actors[0]} is a {kind}, no NFV-MANO functional entity", entity_answers(case, actors[0]))
    return passed(f"a {kind} modified its own software", [*told[:1], *entity_answers(case, actors[0])[:1]])


@PARTS("Source NFV-MANO functional entity")
def source_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """An FE that runs the source version before it is asked to change; one that is replaced hands its state over."""
    if pair := pairs.members(case):
        return pairs.played(pair, actors, source_instance_played)
    if case.roles.destination:
        return source_instance_played(case, actors)
    return _ran(case, actors, (case.roles.target,), "source")


@PARTS("Destination NFV-MANO functional entity")
def destination_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """An FE that runs the destination version in the end: another instance, or else the target itself."""
    if pair := pairs.members(case):
        return pairs.played(pair, actors, destination_instance_played)
    if case.roles.destination:
        return destination_instance_played(case, actors)
    return _ran(case, actors, (case.roles.target,), "destination")


def _ran(case: Case, actors: tuple[str, ...], played: tuple[str, ...], which: Which) -> Finding:
    if actors != played:
        return failed(f"played by {', '.join(played)}, not by {', '.join(actors)}")
    told = entity_answers(case, actors[0])
    seen = [entry for entry in told if entry.told("softwareVersion") == case.version(which)]
    if not seen:
        return case.missing(f"an answer of {actors[0]} that it runs the {which} version", instead=told[-1:])
    if seen[0].told("type") not in FE:
        return failed(f"{actors[0]} is a {seen[0].told('type')}, no NFV-MANO functional entity", seen[:1])
    return passed(f"it runs the {which} version", seen[:1])


@PARTS("Impacted NFV-MANO functional entity")
def impacted_fes_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """FEs that have a peering relation with the target: they use its services."""
    return _impacted(case, actors, case.roles.impacted_fes, FE)


@PARTS("Impacted entity")
def impacted_entities_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """Entities of no NFV-MANO functional block that interact with the target."""
    return _impacted(case, actors, case.roles.impacted_entities, NON_FE)


def _impacted(case: Case, actors: tuple[str, ...], played: tuple[str, ...], allowed: tuple[str, ...]) -> Finding:
    if set(actors) != set(played):
        return failed(f"played by {', '.join(played)}, not by {', '.join(actors)}")
    told = types(case, actors)
    asked = [entry for entry in case.history.find("POST", CHECKS) if entry.to in actors]
    used = [entry for entry in asked if entry.asked("peer") in case.roles.instances]
    evidence = used + [entity for actor in actors for entity in entity_answers(case, actor)[:1]]
    silent = sorted(set(actors) - {e.to for e in used if reached(case, e)}) + [
        a for a, kind in told.items() if kind is None
    ]
    if silent:
        return inconclusive(f"nothing shows what {', '.join(silent)} has to do with the target", evidence)
    wrong = [f"{actor} is a {kind}" for actor, kind in told.items() if kind not in allowed]
    if wrong:
        return failed("; ".join(wrong), evidence)
    return passed("each uses the target's services", evidence)


@PARTS("Tester")
def tester_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It ran tests on the SMM's request and came to a verdict after looking at the target."""
    if actors != (case.roles.tester,):
        return failed(f"played by {case.roles.tester}, not by {', '.join(actors)}")
    managers = (case.roles.smm, case.roles.others.get("fallback_manager", ""))
    asked = [run for manager in filter(None, managers) for run in runs(case, manager)]
    told: list[Entry] = [said for run in asked for said in end_reports(case, run)]
    looked = [e for e in case.history.find("GET", ENTITY, source=case.roles.tester) if e.to in case.roles.instances]
    if not told or not looked:
        return case.missing("a verdict of the tester after a look at the target")
    return passed("the tester looked at the target and came to a verdict", [looked[0], told[0]])


@PARTS("Source NFV-MANO functional entity redundancy unit")
def source_units_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """Units of the target that ran the source version, each of which was replaced."""
    there = {unit.get("id") for unit in before(case) if unit.get("softwareVersion") == case.version("source")}
    return _units_played(case, actors, there, {one.replaced for one in replacements(case, "destination")})


@PARTS("Destination NFV-MANO functional entity redundancy unit")
def destination_units_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """Units of the target that ran the destination version, and took the places of the others."""
    shown = {
        item.get("id")
        for entry in looks(case)
        for item in entry.items
        if item.get("softwareVersion") == case.version("destination")
    }
    return _units_played(case, actors, {one.unit for one in replacements(case, "destination")}, shown)


def _units_played(case: Case, actors: tuple[str, ...], units: set[object], found: set[object]) -> Finding:
    if actors != (case.roles.target,):
        return failed(f"played by units of {case.roles.target}, not of {', '.join(actors)}")
    if not units or not found:
        return case.missing("redundancy units of the target, each with its part")
    if left := units - found:
        return failed(f"units without a part: {', '.join(map(str, left))}", looks(case)[-1:])
    return passed(f"{len(units)} units of {case.roles.target}", looks(case)[-1:])
