"""Verification and end of a replacement: rows 15 and end of tables 5.5.2.5-1 and 5.5.2.6-1, and begin of the latter."""

from __future__ import annotations

from collections.abc import Iterable

from harness.judge.case import PROCESSES, Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.network_service import INSTANCE, KIND, NS, REPORT, associations, contents, has, nfvo, vnf, vnfm
from harness.judge.observer import after_end
from harness.judge.provider import RESERVATIONS, problems_of
from harness.judge.registry import FLOW
from harness.judge.rules.closure import OUTCOMES
from harness.judge.rules.preparation import LOG_JOBS, POINTS
from harness.judge.rules.testing import doubled, end_reports, runs

NSDS = "/nsd/v1/ns_descriptors"


@FLOW("the SMM decides to roll the replacement back")
def replacement_rollback_decided(case: Case) -> Finding:
    """Known by its cause and by what the SMM turns to: the way back, not the end of the way forth."""
    causes = sorted(reasons(case), key=lambda entry: entry.sent)
    if not causes:
        return case.missing("a reason for a software rollback")
    end = case.end_of_process
    said = (end.asked("outcome") or end.told("outcome")) if end else None
    if said == "DESTINATION_COMMITTED":
        return failed("the SMM went on as if nothing had happened", [causes[0], *([end] if end else [])])
    then = list(case.history.find(source=case.roles.smm, after=causes[0].sent))
    if not then:
        return case.missing("anything that the SMM does about it", instead=causes[:1])
    return passed("the SMM turned to the way back", [causes[0], then[0]], None, causes[0].answered)


def reasons(case: Case) -> Iterable[Entry]:
    """What a replacement turns back for: refusals, failures that are told of, tests, or the external manager."""
    smm = case.roles.smm
    said = [e for e in case.history.find(source=smm) if e.to != case.roles.observer]
    yield from (e for e in said if e.method in ("POST", "PUT") and not e.ok)
    broken = {"FAILED", "ROLLED_BACK"}
    yield from (e for e in said if e.told("state") == "FAILED" or broken & {i.get("operationState") for i in e.items})
    for entry in case.history.notifications(REPORT, source=nfvo(case), to=smm):
        if entry.asked("operationState") == "FAILED_TEMP":
            yield entry
    for asked in runs(case):
        yield from (said for said in end_reports(case, asked) if said.asked("verdict") == "FAIL")
    wanted = case.history.find("POST", PROCESSES + "/*/rollback", source=case.roles.observer, to=smm)
    yield from (entry for entry in wanted if entry.ok)


@FLOW("the SMM has the {version} VNF and its manager tested, and both pass")
def replacement_tested(case: Case, version: Which) -> Finding:
    """Row 15: a test run of each after the row before, on resources that exist, ends with PASS."""
    expected = case.arrow(case.roles.smm, case.roles.tester, f"test {version} VNF and its manager")
    evidence: list[Entry] = []
    for actor in (vnf(case, version), vnfm(case, KIND[version])):
        asked = [e for e in runs(case) if e.sent > case.after and e.asked("target") == actor]
        if not asked:
            return case.missing(f"a test run of {actor}", expected, evidence)
        over = [said for said in end_reports(case, asked[-1]) if said.asked("state") == "COMPLETED"]
        if not over:
            return case.missing(f"a verdict about {actor}", expected, asked)
        problems = problems_of(case, asked[-1].asked("resources"), asked[-1])
        problems += [f"{actor} was tested twice at once, at n={e.n} first" for e in asked if doubled(case, e)]
        if over[0].asked("verdict") != "PASS":
            problems.append(f"the verdict about {actor} is {over[0].asked('verdict')}")
        if not [e for e in case.history.find("GET", source=case.roles.tester, to=actor, after=asked[-1].sent) if e.ok]:
            problems.append(f"the tester never looked at {actor}")
        if problems:
            return failed("; ".join(problems), [asked[-1], over[0]], expected, over[0].answered)
        evidence += [asked[-1], over[0]]
    return passed("both pass", evidence, expected, max(e.answered for e in evidence))


@FLOW("the SMM releases what protected the replacement")
def replacement_released(case: Case) -> Finding:
    """Nothing that the SMM made for the process is left, and what enables the way back did not go before the tests."""
    problems, evidence = [], []
    for path, keeper in _kept(case):
        made = [e for e in case.history.find("POST", path, source=case.roles.smm, to=keeper) if e.status == 201]
        left = after_end(case, path, keeper)
        if left is None and made:
            return inconclusive(f"the observer could not see at {keeper} what is left", made)
        evidence += [left] if left else []
        ids = {item.get("id") for item in (left.items if left else []) if not _in_use(case, item)}
        problems += [f"{e.told('id')} of n={e.n} is left at {keeper}" for e in made if e.told("id") in ids]
        problems += _too_early(case, path, keeper, made)
    if problems:
        return failed("; ".join(problems), evidence)
    if not [e for e in case.history.find("POST", RESERVATIONS, source=case.roles.smm) if e.status == 201]:
        return case.missing("anything that protects the process")
    return passed("nothing that the SMM made for the process is left", evidence)


def _kept(case: Case) -> Iterable[tuple[str, str]]:
    """What protects a process, and where; with a VNFM that was terminated its logs went too."""
    yield RESERVATIONS, case.roles.provider
    yield POINTS, case.roles.target
    yield NSDS, nfvo(case)
    instance = after_end(case, INSTANCE, case.roles.target)
    if instance is None or instance.told("instantiationState") == "INSTANTIATED":
        yield LOG_JOBS, case.roles.target


def _in_use(case: Case, item: dict[str, object]) -> bool:
    """An NSD that the NS follows, or resources that a VNFM lives in which was instantiated."""
    allocations = item.get("allocations")
    owners = {each.get("owner") for each in allocations} if isinstance(allocations, list) else set()
    lived_in = bool(owners) and owners <= {vnfm(case, "generic"), vnfm(case, "specific")}
    return item.get("nsdUsageState") == "IN_USE" or lived_in


def _too_early(case: Case, path: str, keeper: str, made: list[Entry]) -> Iterable[str]:
    if path not in (POINTS, RESERVATIONS):
        return
    said = [e for asked in runs(case) for e in end_reports(case, asked)]
    until = said[-1].sent if said else float("inf")
    for entry in made:
        if path == RESERVATIONS and entry.asked("purpose") != "SOFTWARE_ROLLBACK":
            continue
        gone = case.history.find("DELETE", f"{path}/{entry.told('id')}", source=case.roles.smm, to=keeper)
        yield from (f"{entry.told('id')} went at n={e.n}, before the tests" for e in gone if e.ok and e.sent < until)


@FLOW("the replacement ends with {outcome}")
def replacement_ended(case: Case, outcome: str) -> Finding:
    """What the SMM says of the end is what was expected, and the NS bears it out."""
    end = case.end_of_process
    expected = case.arrow(case.roles.smm, case.roles.observer, f"process ended: {outcome}")
    if end is None:
        return case.missing("an end of the process", expected)
    said = end.asked("outcome") or end.told("outcome")
    if said != OUTCOMES[outcome]:
        return failed(f"the SMM says {said}, not {OUTCOMES[outcome]}", [end], expected)
    if said == "FALLBACK_NEEDED":
        reason = end.asked("reason") or end.told("reason")
        return passed("it says why", [end], expected) if reason else failed("it gives no reason", [end], expected)
    seen = after_end(case, NS + "/*", nfvo(case))
    content = contents(case).get(str(seen.told("nsdId"))) if seen else None
    if seen is None or content is None:
        return inconclusive("the observer could not see the NS afterwards", [end], expected)
    there: Which = "destination" if said == "DESTINATION_COMMITTED" else "source"
    gone: Which = "source" if there == "destination" else "destination"
    problems = [] if has(content, vnf(case, there)) else [f"the NS has no {there} VNF"]
    problems += [f"the NS still has the {gone} VNF"] if has(content, vnf(case, gone)) else []
    told = [e for e in case.history.notifications(REPORT, source=nfvo(case), to=case.roles.smm) if e.sent < end.sent]
    if told and told[-1].asked("operationState") not in ("COMPLETED", "ROLLED_BACK"):
        problems.append(f"the last that the NFVO said of the NS is {told[-1].asked('operationState')}")
    if problems:
        return failed(f"the SMM says {said}, but " + "; ".join(problems), [end, seen], expected)
    return passed(f"the SMM says {said}, and that is so", [end, seen], expected)


@FLOW("the SMM refuses to roll the committed replacement back")
def replacement_not_undone(case: Case) -> Finding:
    """Note 4: asked after the commit it answers 409, and the NS follows no other NSD any more."""
    roles, end = case.roles, case.end_of_process
    expected = case.arrow(roles.smm, roles.observer, "409, the process is committed")
    if end is None:
        return case.missing("an end of the process", expected)
    asked = list(case.history.find("POST", PROCESSES + "/*/rollback", source=roles.observer, to=roles.smm))
    if not asked:
        return case.missing("a request to roll back after the commit", expected)
    done = [each.entry for each in associations(case) if each.entry.sent > asked[0].sent]
    if asked[0].status != 409 or done:
        return failed(
            f"answered {asked[0].status}, and {len(done)} updates of the NS followed", [*asked, *done], expected
        )
    return passed("the rollback was refused and nothing was done", [end, asked[0]], expected)
