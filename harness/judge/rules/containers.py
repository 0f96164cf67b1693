"""Containerised architectures (clause 5.6): functions of a CISM, who takes no part, a VNF's change of package."""

from __future__ import annotations

import math
from collections.abc import Iterable

from harness.judge.attempts import MODIFY, OCCURRENCES, TERMINAL, attempts
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW, PARTS
from harness.judge.states import BOTH, ENTITY, FE, entity_answers, types, works

MCIOS, RESOURCES = "mcio", "vrm"
"""The services by which the two functions of a CISM are known (clause 5.6.1)."""

INSTANCE = "/nfvmanoswm/v1/instance"
INSTANTIATE, TERMINATE = f"{INSTANCE}/instantiate", f"{INSTANCE}/terminate"
INSTANCE_NEWS = "InstanceOperationOccurrenceNotification"
INSTANCES = "/vnflcm/v1/vnf_instances"
CHANGES = INSTANCES + "/*/change_vnfpkg"
VNF_OPERATIONS = "/vnflcm/v1/vnf_lcm_op_occs"


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


@FLOW("the VNFM changes the VNF package of the target to the one with the {version} version")
def package_changed(case: Case, version: str) -> Finding:
    """Clause 5.6.2.6: what the target is triggered for is a modification of the VNF, which is its VNFM's to do."""
    target, tried = case.roles.target, attempts(case)
    expected = case.arrow(target, "vnfm", "Change Current VNF Package")
    if not tried:
        return case.missing("a request to the target", expected)
    wanted = case.versions[version]
    mine = [one for one in tried if one.request.asked("destinationSoftwareVersion") == wanted]
    if not mine:
        return case.missing(f"a request for {wanted}", expected)
    start, end = mine[-1].request.sent, mine[-1].end
    asked = [e for e in case.history.find("POST", CHANGES, after=start, before=end) if e.ok]
    if not asked:
        return case.missing("a change of the VNF package while the target worked", expected, [mine[-1].request])
    done = [e for e in asked if _completed(case, e, end)]
    if not done:
        return failed("the target reported before the VNFM had completed the change", asked, expected)
    package = str(done[-1].asked("vnfdId"))
    if wanted not in package:
        return failed(f"the package became {package}, which is not the one with {wanted}", done, expected)
    return passed(f"the VNFM changed the package to {package}", done, expected)


@FLOW("the VNFM instantiates the VNF of the {instance} instance")
def vnf_instantiated(case: Case, instance: str) -> Finding:
    """Clause 5.6.3.6: the lifecycle management of the instance is that of the VNF that embeds the CISM."""
    return _vnf_operation(case, instance, INSTANTIATE, "instantiate")


@FLOW("the VNFM terminates the VNF of the {instance} instance")
def vnf_terminated(case: Case, instance: str) -> Finding:
    """The same for the instance that goes."""
    return _vnf_operation(case, instance, TERMINATE, "terminate")


def _vnf_operation(case: Case, instance: str, request: str, task: str) -> Finding:
    """Whether the host had the VNFM do it between the SMM's request and the end of the host's operation."""
    roles = case.roles
    host = roles.target if instance == "source" else roles.destination
    expected = case.arrow(host, "vnfm", f"{task} the VNF")
    if not host:
        return inconclusive("there is no other instance in this scenario")
    begun = [e for e in case.history.find("POST", request, source=roles.smm, to=host) if e.ok]
    if not begun:
        return case.missing(f"a request to {task} {host}", expected)
    ended = _ended(case, host, begun[-1])
    ordered = case.history.find("POST", f"{INSTANCES}/*/{task}", source=host, after=begun[-1].sent, before=ended)
    done = [e for e in ordered if e.ok]
    if not done:
        return case.missing(f"an order of {host} to {task} its VNF", expected, begun[-1:])
    shown = [e for e in done if _completed(case, e, ended)]
    if not shown:
        return failed(f"{host} was done before the VNFM was", done, expected)
    return passed(f"the VNFM did it for {host}", [begun[-1], *shown], expected)


def _ended(case: Case, host: str, begun: Entry) -> float:
    """When the host said that its operation is over; the end of the history where it never did."""
    told = case.history.notifications(INSTANCE_NEWS, source=host, to=case.roles.smm, after=begun.sent)
    return next((e.sent for e in told if e.asked("operationState") in TERMINAL), math.inf)


def _completed(case: Case, order: Entry, end: float) -> bool:
    """Whether the operation was shown to be completed before the target reported that it was done."""
    occurrence = str(order.location or "").rsplit("/", 1)[-1]
    asked = [
        e
        for path in (VNF_OPERATIONS, f"{VNF_OPERATIONS}/{occurrence}")
        for e in case.history.find("GET", path, to=order.to, after=order.sent, before=end)
    ]
    shown = [item for e in asked for item in e.items if item.get("id") == occurrence]
    changed = [
        item
        for e in case.history.find("GET", INSTANCES, to=order.to, after=order.sent, before=end)
        for item in e.items
        if item.get("vnfdId") == order.asked("vnfdId")
    ]
    return bool(changed) or any(item.get("operationState") == "COMPLETED" for item in shown)


@FLOW("{others} take no part in it")
def took_no_part(case: Case, others: str) -> Finding:
    """Clauses 5.6.2.5 and 5.6.2.7: nobody but the observer asks them for anything, and they ask nobody."""
    named = {name.strip() for name in others.split(",")}
    asked = _begun(case)
    if not asked:
        return case.missing("a software modification of the target")
    said = [
        e
        for e in case.history.find()
        if case.roles.observer not in (e.source, e.to) and (e.source in named or e.to in named)
    ]
    if said:
        first = said[0]
        return failed(f"{first.source} and {first.to} speak: {first.method} {first.path} at n={first.n}", said)
    return passed("nothing was asked of them, and they asked nothing", asked)


def _begun(case: Case) -> list[Entry]:
    """The requests that began to modify the target, or to bring the instance that takes its place."""
    roles = case.roles
    places = ((MODIFY, roles.target), (INSTANTIATE, roles.destination))
    return [e for path, actor in places if actor for e in case.history.find("POST", path, to=actor) if e.ok]


@FLOW("the VNF moves its embedded CISM to the {version} version by itself")
def embedded_cism_moved(case: Case, version: str) -> Finding:
    """Clause 5.6.2.7: its owner asked it, it reports that it is done, and it runs the version."""
    target, wanted = case.roles.target, case.versions[version]
    asked = case.history.find("POST", MODIFY, source=case.roles.observer, to=target)
    begun = next((e for e in asked if e.ok), None)
    if begun is None:
        return inconclusive("the VNF did not take the request up", asked)
    answers = case.history.find("GET", OCCURRENCES, to=target, after=begun.sent)
    done = [e for e in answers if any(i.get("operationState") == "COMPLETED" for i in e.items)]
    runs = [e for e in entity_answers(case, target, after=begun.sent) if e.told("softwareVersion") == wanted]
    if not done or not runs:
        return failed(f"it did not come to {wanted}", [begun, *answers])
    return passed(f"the VNF runs {wanted}", [begun, done[-1], runs[-1]])


@FLOW("the VNF replaces its embedded CISM by one of the {version} version by itself")
def embedded_cism_replaced(case: Case, version: str) -> Finding:
    """Clause 5.6.3.7: its owner asked it; the new instance runs the version, and nothing is left of the old one."""
    roles, wanted = case.roles, case.versions[version]
    asked = case.history.find("POST", INSTANTIATE, source=roles.observer, to=roles.destination or "nobody")
    begun = next((e for e in asked if e.ok), None)
    if begun is None:
        return inconclusive("the VNF did not take the request up")
    last = {
        actor: next(reversed([e for e in case.history.find("GET", INSTANCE, to=actor, after=begun.sent) if e.ok]), None)
        for actor in (roles.target, roles.destination)
    }
    old, new = last[roles.target], last[roles.destination]
    if old is None or new is None:
        return inconclusive("nobody looked at the instances afterwards", [begun])
    problems = [] if old.told("instantiationState") == "NOT_INSTANTIATED" else ["the old instance is still there"]
    if (new.told("instantiationState"), new.told("softwareVersion")) != ("INSTANTIATED", wanted):
        problems.append(f"the new instance does not run {wanted}")
    if problems:
        return failed("; ".join(problems), [begun, old, new])
    return passed(f"the new instance runs {wanted}", [begun, old, new])


@FLOW("NFV-MANO stays as it is while the VNF modifies its embedded CISM")
def mano_unchanged(case: Case) -> Finding:
    """Clause 5.6.2.7: before, during and after, every FE works, runs the same version and offers the same services."""
    begun = next(iter(_begun(case)), None)
    if begun is None:
        return inconclusive("no software modification of the VNF was seen")
    actors = sorted({e.to for e in case.history.find("GET", ENTITY)} - {case.roles.target, case.roles.destination})
    fes = [actor for actor, kind in types(case, actors).items() if kind in FE]
    seen = {actor: entity_answers(case, actor) for actor in fes}
    evidence = [entry for told in seen.values() for entry in told]
    unwatched = [a for a, told in seen.items() if not _around(told, begun)]
    if unwatched or not fes:
        return inconclusive(
            f"not watched before, during and after: {', '.join(unwatched) or 'all of NFV-MANO'}", evidence
        )
    problems = [problem for actor, told in seen.items() for problem in _changes(actor, told)]
    if problems:
        return failed("; ".join(problems), evidence)
    return passed(f"{', '.join(fes)} stay as they are", evidence)


def _around(told: list[Entry], begun: Entry) -> bool:
    after = [entry for entry in told if entry.sent > begun.sent]
    return len(after) >= 2 and len(told) > len(after)


def _changes(actor: str, told: list[Entry]) -> Iterable[str]:
    if not all(works(entry.told("manoApplicationState")) for entry in told):
        yield f"{actor} does not work the whole time"
    for what in ("softwareVersion", "manoServices"):
        if any(entry.told(what) != told[0].told(what) for entry in told):
            yield f"the {what} of {actor} changes"
