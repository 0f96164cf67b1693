"""Pre-conditions of table 5.5.2.3-1, post-conditions of 5.5.2.4-1, roles of 5.5.2.2-1."""

from __future__ import annotations

from collections.abc import Sequence

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.network_service import INSTANCE, KIND, NS, REPORT, associations, managed, nfvo, turns, vnf, vnfm
from harness.judge.observer import after_end, before_launch
from harness.judge.registry import CONDITIONS, PARTS
from harness.judge.states import ENTITY, entity_answers, types, works

STANDARD = "/vnfconfig/v1/configuration"
PROPRIETARY = "/svnf/v1"
PATHS = {"source": PROPRIETARY, "destination": "/vnfconfig/v1"}
"""Over which interface a VNF is managed."""


@CONDITIONS("the destination VNF version is at hand, and is managed over the standard interface")
def destination_vnf_available(case: Case) -> Finding:
    """The destination VNF says which version it is, and has the standard interface."""
    name = vnf(case, "destination")
    told, spoken = before_launch(case, ENTITY, name), before_launch(case, STANDARD, name)
    if not told:
        return inconclusive("the observer got no word of the destination VNF", told)
    if told[-1].told("softwareVersion") != case.version("destination"):
        return failed(f"{name} is of version {told[-1].told('softwareVersion')!r}", told[-1:])
    if not spoken:
        return failed(f"{name} does not have the standard interface", told[-1:])
    return passed("version and interface are there", [told[-1], spoken[-1]])


@CONDITIONS("a generic VNFM version is at hand")
def g_vnfm_available(case: Case) -> Finding:
    """The G-VNFM is there and works, or there is a host for one."""
    actor = vnfm(case, "generic")
    host = before_launch(case, INSTANCE, actor)
    if not host:
        return inconclusive("the observer got no word of a G-VNFM")
    if host[-1].told("type") != "VNFM":
        return failed(f"{actor} is a {host[-1].told('type')}", host[-1:])
    told = before_launch(case, ENTITY, actor)
    if host[-1].told("instantiationState") == "INSTANTIATED" and not (
        told and works(told[-1].told("manoApplicationState"))
    ):
        return failed(f"{actor} does not work", [host[-1], *told[-1:]])
    return passed("there is one, or a host for one", [host[-1], *told[-1:]])


@CONDITIONS("the SMM works normally and has the execution plan")
def replacement_plan_available(case: Case) -> Finding:
    """It answers, and lists plans."""
    plans = before_launch(case, "/smm/v1/execution_plans", case.roles.smm)
    processes = before_launch(case, "/smm/v1/processes", case.roles.smm)
    if not plans or not processes:
        return inconclusive("the SMM did not answer the observer", plans + processes)
    if not plans[-1].items:
        return failed("the SMM has no execution plan", plans[-1:])
    return passed("the SMM has plans", [plans[-1], processes[-1]])


@CONDITIONS("the specific VNFM and the source VNF work normally")
def source_works(case: Case) -> Finding:
    """The S-VNFM is started and unlocked and manages the source VNF, which is started."""
    target, name = case.roles.target, vnf(case, "source")
    told, status = before_launch(case, ENTITY, target), before_launch(case, f"{PROPRIETARY}/status", name)
    if not told or not status:
        return inconclusive("the observer could not ask both", told + status)
    problems = [] if works(told[-1].told("manoApplicationState")) else [f"{target} is not STARTED and UNLOCKED"]
    if status[-1].told("vnfState") != "STARTED":
        problems.append(f"{name} is {status[-1].told('vnfState')}")
    if problems:
        return failed("; ".join(problems), [told[-1], status[-1]])
    return passed("both work", [told[-1], status[-1]])


@CONDITIONS("the VNF works normally in its destination version")
def vnf_in_destination(case: Case) -> Finding:
    """After a successful replacement."""
    return _vnf_works(case, "destination")


@CONDITIONS("the VNF works normally in its source version")
def vnf_in_source(case: Case) -> Finding:
    """After a successful software rollback."""
    return _vnf_works(case, "source")


def _vnf_works(case: Case, which: Which) -> Finding:
    name = vnf(case, which)
    path = STANDARD if which == "destination" else f"{PROPRIETARY}/status"
    state, told = after_end(case, path, name), after_end(case, ENTITY, name)
    ns = after_end(case, NS + "/*", nfvo(case))
    if state is None or told is None or ns is None:
        return inconclusive("the observer could not ask the VNF or the NFVO after the end of the process")
    data = (state.told("vnfConfigurationData") or {}).get("vnfSpecificData") or state.response
    problems = [] if data.get("vnfState") == "STARTED" else [f"{name} is {data.get('vnfState')}"]
    if told.told("softwareVersion") != case.version(which):
        problems.append(f"it is of version {told.told('softwareVersion')!r}")
    if data.get("vnfInstanceId") not in {each.get("vnfInstanceId") for each in ns.told("vnfInstance") or []}:
        problems.append("it is not the VNF instance of the NS")
    if problems:
        return failed("; ".join(problems), [state, told, ns])
    return passed(f"{name} works", [state, told, ns])


@CONDITIONS("the VNFM is the generic one and works normally")
def vnfm_is_generic(case: Case) -> Finding:
    """After a successful replacement."""
    return _vnfm_works(case, "destination")


@CONDITIONS("the VNFM is the specific one and works normally")
def vnfm_is_specific(case: Case) -> Finding:
    """After a successful software rollback."""
    return _vnfm_works(case, "source")


def _vnfm_works(case: Case, which: Which) -> Finding:
    actor, name = vnfm(case, KIND[which]), vnf(case, which)
    told, ns = after_end(case, ENTITY, actor), after_end(case, NS + "/*", nfvo(case))
    end = case.end_of_process
    if ns is None or end is None:
        return inconclusive("the observer could not ask the NFVO after the end of the process")
    managers = {each.get("vnfmId") for each in ns.told("vnfInstance") or [] if each.get("vnfProfileId") == name}
    problems = [] if managers == {actor} else [f"the manager of {name} is {managers or 'nobody'}, not {actor}"]
    if told is None or not works(told.told("manoApplicationState")):
        problems.append(f"{actor} is not STARTED and UNLOCKED")
    if not managed(case, actor, end.sent):
        problems.append(f"{actor} manages nothing")
    evidence = [ns, *([told] if told else [])]
    if problems:
        return failed("; ".join(problems), evidence)
    return passed(f"{actor} manages the VNF and works", evidence)


@PARTS("Software Modification Manager (SMM) of the replacement")
def replacing_smm_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It alone has the NS follow other NSDs."""
    asked = [each.entry for each in associations(case)]
    if actors != (case.roles.smm,) or not asked:
        return case.missing("an association of the NS that the SMM asked for")
    others = case.history.find("POST", asked[0].path, to=nfvo(case))
    strangers = [e for e in others if e.source != case.roles.smm]
    if strangers:
        return failed(f"{strangers[0].source} had the NS follow an NSD too", strangers)
    return passed("the SMM manages the process", asked)


@PARTS("NFVO that manages the NS")
def nfvo_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It says that it is an NFVO, and reports to the SMM."""
    told = case.history.notifications(REPORT, source=nfvo(case), to=case.roles.smm)
    return _of_type(case, actors, nfvo(case), "NFVO", told, ())


@PARTS("Specific VNFM")
def s_vnfm_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It manages the source VNF over the proprietary interface, and nothing over the standard one."""
    return _of_type(case, actors, case.roles.target, "VNFM", *_commands(case, case.roles.target, "source"))


@PARTS("Generic VNFM")
def g_vnfm_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It manages the destination VNF over the standard interface, and nothing over a proprietary one."""
    actor = vnfm(case, "generic")
    return _of_type(case, actors, actor, "VNFM", *_commands(case, actor, "destination"))


@PARTS("Source VNF")
def source_vnf_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It is managed over a proprietary interface only."""
    return _vnf_played(case, actors, "source")


@PARTS("Destination VNF")
def destination_vnf_played(case: Case, actors: tuple[str, ...]) -> Finding:
    """It is managed over the standard interface only."""
    return _vnf_played(case, actors, "destination")


def _vnf_played(case: Case, actors: tuple[str, ...], which: Which) -> Finding:
    name = vnf(case, which)
    served = [turn.entry for turn in turns(case, name)]
    wrong = [e for e in served if not e.path.startswith(PATHS[which])]
    return _of_type(case, actors, name, "VNF", served, wrong)


def _commands(case: Case, manager: str, which: Which) -> tuple[list[Entry], list[Entry]]:
    """What a VNFM says to the VNF it is there for, and what it says to any VNF over the wrong interface."""
    names = (vnf(case, "source"), vnf(case, "destination"))
    said = [e for name in names for e in case.history.find(source=manager, to=name)]
    right = [e for e in said if e.to == vnf(case, which) and e.ok and e.path.startswith(PATHS[which])]
    wrong = [e for e in said if e.path.startswith(tuple(PATHS.values())) and not e.path.startswith(PATHS[which])]
    return right, wrong


def _of_type(
    case: Case, actors: tuple[str, ...], played: str, kind: str, did: list[Entry], wrong: Sequence[Entry] = ()
) -> Finding:
    if actors != (played,):
        return failed(f"played by {played}, not by {', '.join(actors)}")
    said = types(case, actors)[played]
    if said is None or not did:
        return case.missing(f"what {played} has to do, and a word of what it is", instead=did)
    if said != kind:
        return failed(f"{played} is a {said}, no {kind}", entity_answers(case, played)[:1])
    if wrong:
        return failed(f"{wrong[0].path} is not the interface for it", wrong)
    return passed(f"a {kind} that did its part", [*did[:1], *entity_answers(case, played)[:1]])
