"""Roles that clause 5.6 adds to the tables of other clauses: the functions of a CISM, and the VNF that embeds it."""

from __future__ import annotations

from collections.abc import Iterable

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.pair import actors as sources
from harness.judge.registry import PARTS
from harness.judge.states import BOTH, entity_answers, types

MCIOS, RESOURCES = "mcio", "vrm"
"""The services by which the two functions of a CISM are known (clause 5.6.1)."""


def services(case: Case, actor: str) -> tuple[set[str], list[Entry]]:
    """The services that an actor says it offers, and where it says so."""
    told = entity_answers(case, actor)[:1]
    return {str(service.get("name")) for entry in told for service in entry.told("manoServices") or []}, told


def _plays(case: Case, actors: tuple[str, ...], wanted: Iterable[str], each: bool) -> Finding:
    """Whether these impacted FEs offer the services: each of them all, or all of them together."""
    strangers = sorted(set(actors) - set(case.roles.impacted_fes))
    if strangers:
        return failed(f"{', '.join(strangers)} is no impacted FE")
    offered = {actor: services(case, actor) for actor in actors}
    evidence = [entry for _, told in offered.values() for entry in told]
    silent = [actor for actor, (_, told) in offered.items() if not told]
    if silent:
        return inconclusive(f"{', '.join(silent)} did not say what it offers", evidence)
    groups = {a: found for a, (found, _) in offered.items()}
    if not each:
        groups = {" and ".join(actors): set().union(*groups.values())}
    lacking = [f"{who} offers no {name}" for who, found in groups.items() for name in wanted if name not in found]
    if lacking:
        return failed("; ".join(lacking), evidence)
    return passed("the functions are there", evidence)


@PARTS("CISM instance(s) among the impacted NFV-MANO functional entities")
def cism_impacted(case: Case, actors: tuple[str, ...]) -> Finding:
    """Together they have both functions of a CISM."""
    return _plays(case, actors, (MCIOS, RESOURCES), each=False)


@PARTS("MCIO management of the CISM")
def mcio_management_impacted(case: Case, actors: tuple[str, ...]) -> Finding:
    """Clause 5.6.2.3: the function that the VNFM hosts."""
    return _plays(case, actors, (MCIOS,), each=True)


@PARTS("Container-specific virtual resource management of the CISM")
def resource_management_impacted(case: Case, actors: tuple[str, ...]) -> Finding:
    """Clause 5.6.2.3: the function that the VIM hosts."""
    return _plays(case, actors, (RESOURCES,), each=True)


@PARTS("Functions of the CISM among the source functional entities")
def cism_split(case: Case, actors: tuple[str, ...]) -> Finding:
    """Clauses 5.6.2.3 and 5.6.3.3: of two that are modified together each has one function, the VNFM that of MCIOs."""
    if set(actors) != set(sources(case, "source")):
        return failed(f"{', '.join(actors)} are not the two that are modified together")
    told = types(case, actors)
    wanted = {actor: MCIOS if kind == "VNFM" else RESOURCES for actor, kind in told.items()}
    found = {actor: services(case, actor) for actor in actors}
    evidence = [entry for _, said in found.values() for entry in said]
    if len(told) != len(actors) or sorted(wanted.values()) != sorted((MCIOS, RESOURCES)):
        return failed(f"they are no VNFM and VIM, but {', '.join(map(str, told.values())) or 'unknown'}", evidence)
    if lacking := [f"{actor} offers no {name}" for actor, name in wanted.items() if name not in found[actor][0]]:
        return failed("; ".join(lacking), evidence)
    return passed("each of the two has one function of the CISM", evidence)


@PARTS("VNF embedding the CISM")
def embedding_vnf_impacted(case: Case, actors: tuple[str, ...]) -> Finding:
    """Clause 5.6.2.6: the other aspect of a CISM that is embedded: an impacted FE and an impacted entity at once."""
    roles = case.roles
    strangers = sorted(set(actors) - (set(roles.impacted_fes) & set(roles.impacted_entities)))
    if strangers:
        return failed(f"{', '.join(strangers)} is not impacted in both aspects")
    told = types(case, actors)
    evidence = [entry for actor in actors for entry in entity_answers(case, actor)[:1]]
    wrong = [f"{actor} is a {kind}" for actor, kind in told.items() if kind not in BOTH]
    if wrong:
        return failed("; ".join(wrong), evidence)
    return passed("a VNF that embeds a CISM", evidence)
