"""Who takes no part, and a CISM that NFV-MANO does not see (clauses 5.6.2.5, 5.6.2.7, 5.6.3.5 and 5.6.3.7)."""

from __future__ import annotations

from collections.abc import Iterable

from harness.judge.attempts import MODIFY, OCCURRENCES
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW
from harness.judge.rules.embedded_vnf import INSTANCE, INSTANTIATE
from harness.judge.states import ENTITY, FE, entity_answers, types, works


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
