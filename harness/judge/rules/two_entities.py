"""Two entities modified together: rows 8, 15 and end of tables 5.4.2.5-1 and 5.4.2.6-1, 5.4.2.3-1, 5.4.2.4-1."""

from __future__ import annotations

import math
from collections.abc import Iterator

from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.instances import (
    CAPABILITY,
    completed,
    instantiations,
    interfaces,
    state_after,
    terminations,
    transfers,
    view,
)
from harness.judge.interfaces import TOKEN, changes, looks, path, state
from harness.judge.observer import before_launch
from harness.judge.pair import Instance, actors, members, mixed
from harness.judge.registry import CONDITIONS, FLOW
from harness.judge.rules.testing import end_reports, runs
from harness.judge.states import CHECKS, ENTITY, entity_answers, works

NO_PAIR = "no two entities are modified together"
CHANGE = f"{ENTITY}/change_state"
ACCEPTED = 202


@FLOW(
    "the SMM starts the service interface between the two {instance} instances, and each is authenticated to the other"
)
def pair_synchronised(case: Case, instance: Instance) -> Finding:
    """Row 8: neither is unlocked before both are healthy, nor talks before both are unlocked; then each gets its token
    from the other one, and each uses the other."""
    if not members(case):
        return inconclusive(NO_PAIR)
    pair = [view(one, instance) for one in members(case)]
    expected = case.arrow(case.roles.smm, " and ".join(one.roles.target for one in pair), "start the interface between")
    if hasty := _unlocked_too_early(pair):
        unlock, sick = hasty
        return failed(f"{unlock.to} was unlocked before {sick} was found healthy", [unlock], expected)
    evidence: list[Entry] = []
    for one, other in (pair, reversed(pair)):
        begun = _begun(case, one)
        if begun is None:
            return case.missing(f"a service interface of {one.roles.target} towards its peer, at work", expected)
        if early := [two.roles.target for two in pair if not _ready(two, begun, instance)]:
            return failed(f"{', '.join(early)} was not unlocked, with its state, by then", [begun], expected)
        met = _met(case, one, other)
        if not met:
            who = f"{other.roles.target} to {one.roles.target}"
            return case.missing(f"authentication of {who}, and a use of its interface", expected, [begun])
        evidence += [begun, *met]
    return passed("both serve each other", evidence, expected, max(entry.sent for entry in evidence))


def _unlocked_too_early(pair: list[Case]) -> tuple[Entry, str] | None:
    """The first unlocking of either, and which one made in this process the tester had not found healthy by then."""
    asked = [
        entry
        for one in pair
        for entry in one.history.find("POST", CHANGE, source=one.roles.smm, to=one.roles.target)
        if entry.ok and "UNLOCK" in str(entry.asked("administrativeStateChange"))
    ]
    first = min(asked, key=lambda entry: entry.sent, default=None)
    made = [one for one in pair if any(entry.status == ACCEPTED for entry in instantiations(one))]
    sick = [one.roles.target for one in made if first and not _healthy(one, first.sent)]
    return (first, sick[0]) if first and sick else None


def _healthy(case: Case, before: float) -> bool:
    mine = [asked for asked in runs(case) if asked.asked("target") == case.roles.target]
    said = [told for asked in mine for told in end_reports(case, asked) if told.asked("verdict") == "PASS"]
    return any(told.sent < before for told in said)


def _between(case: Case) -> list[str]:
    return interfaces(case, "each other")


def _begun(case: Case, one: Case) -> Entry | None:
    """By what the interface of one of them towards the other began to serve; the look that shows that it always did."""
    ids = _between(one)
    started = [c.entry for c in changes(one, case.after) if c.interface in ids and c.actions & {"START", "UNLOCK"}]
    if started:
        return started[0]
    return next((e for e in looks(one, case.after) if any(works(state(e, i)) for i in ids)), None)


def _ready(case: Case, begun: Entry, instance: Instance) -> bool:
    """Whether an instance was unlocked when something began, and the state had come to it."""
    told = entity_answers(case, case.roles.target, before=begun.sent)
    seen = [entry for entry in told if works(entry.told("manoApplicationState"))]
    asked = case.history.find("POST", CHANGE, source=case.roles.smm, to=case.roles.target, before=begun.sent)
    unlocked = seen or [e for e in asked if e.ok]
    return bool(unlocked) and (instance == "source" or any(transfers(case, before=begun.sent)))


def _met(case: Case, one: Case, other: Case) -> list[Entry]:
    """How one came in at the other: its token, and a use of the other's interface."""
    source, target = other.roles.target, one.roles.target
    tokens = [e for e in case.history.find("POST", TOKEN, source=source, to=target, after=case.after) if e.ok]
    roots = [root for interface in _between(one) if (root := path(one, interface))]
    uses = case.history.find("GET", source=source, to=target, after=tokens[0].sent) if tokens else ()
    used = next((e for e in uses if e.ok and any(e.path.startswith(f"{root}/") for root in roots)), None)
    return [tokens[0], used] if used else []


@FLOW("at no moment a source of one entity talks to a destination of the other")
def never_mixed(case: Case) -> Finding:
    """Clause 5.4.2.1: they only interact with the compatible version; an attempt that is refused is one too many."""
    if not members(case):
        return inconclusive(NO_PAIR)
    if wrong := mixed(case):
        first = wrong[0]
        said = f"{len(wrong)} messages, the first of {first.source} to {first.to}: {first.method} {first.path}"
        return failed(said, wrong)
    pairs = [actors(case, "source"), actors(case, "destination")]
    both = {(one, other) for pair in pairs for one, other in (pair, reversed(pair))}
    talked = [entry for entry in case.history.entries if (entry.source, entry.to) in both]
    if not talked:
        return case.missing("anything that the two say to each other")
    return passed("only instances of the same version talked to each other", [talked[0], talked[-1]])


@FLOW("neither {instance} instance is terminated before the tester found both others in order")
def neither_ended_early(case: Case, instance: Instance) -> Finding:
    """Row 15: what could take the place of either is kept until both of the others have proved themselves."""
    if not members(case):
        return inconclusive(NO_PAIR)
    ends = [e for one in members(case) for e in terminations(view(one, instance)) if e.status == 202]
    other: Instance = "destination" if instance == "source" else "source"
    said = [_found_in_order(view(one, other)) for one in members(case)]
    if not ends or not all(said):
        return case.missing(f"an end of both {instance} instances, after tests of both others", instead=ends)
    last = max(entry.sent for entry in said if entry)
    if early := [entry for entry in ends if entry.sent < last]:
        return failed(f"{early[0].to} was terminated while the tester had not yet found both in order", early)
    return passed("both were kept until both others were in order", [*filter(None, said), *ends])


@FLOW("the source instance has its state back from whoever had it last")
def state_back_from_its_holder(case: Case) -> Finding:
    """Row 7, entered at 7: the destination had it where it took it over; else the source takes back what it gave."""
    destination = view(case, "destination")
    expected = case.arrow(case.roles.smm, case.roles.target, "transfer operational state data")
    taken_over = list(transfers(destination, before=case.after))
    holder = destination.roles.target if taken_over else case.roles.target
    back = list(transfers(case, case.after))
    if not back:
        return case.missing(f"operational state data that {case.roles.target} gets back", expected)
    given, taken = back[0]
    if given.to != holder:
        return failed(f"it is what {given.to} gave, though {holder} had the state", [given, taken], expected)
    return passed(f"handed back by {holder}", [given, taken], expected, taken.answered)


@FLOW("the SMM terminates the {instance} instance that came to be, and asks for the end of no other")
def only_existing_ended(case: Case, instance: Instance) -> Finding:
    """Row 15, entered at 3: of two that were asked for one failed; that one leaves nothing that could be ended."""
    if not members(case):
        return inconclusive(NO_PAIR)
    pair = [view(one, instance) for one in members(case)]
    there = [one for one in pair if any(completed(one, asked) for asked in instantiations(one))]
    if not there:
        return case.missing(f"any {instance} instance that came to be")
    vain = [e for one in pair if one not in there for e in terminations(one)]
    if vain:
        return failed(f"{vain[0].to} was asked to end what never was", vain)
    asked = {one.roles.target: [e for e in terminations(one, case.after) if e.status == 202] for one in there}
    if left := [actor for actor, found in asked.items() if not found]:
        return case.absent(f"the termination of {', '.join(left)}", [])
    ends = [completed(one, asked[one.roles.target][0]) for one in there]
    if not all(ends):
        return case.missing(
            f"the end of each {instance} instance", instead=[e for found in asked.values() for e in found]
        )
    return passed("what came to be was ended, and nothing else", list(filter(None, ends)))


def _found_in_order(case: Case) -> Entry | None:
    """The tester's last report that an instance which serves passed all its tests."""
    mine = [e for e in runs(case) if e.asked("target") == case.roles.target and e.asked("impacted")]
    told = [said for run in mine for said in end_reports(case, run) if said.asked("verdict") == "PASS"]
    return told[-1] if told else None


@FLOW("the two end together, both in the {version} version")
def both_or_none(case: Case, version: Instance) -> Finding:
    """Both instances of this version are there afterwards, and neither of the others: never one of each."""
    other: Instance = "destination" if version == "source" else "source"
    there = _there(case, version)
    left = _there(case, other)
    if there is None or left is None:
        return inconclusive("the observer could not see afterwards which instances are there")
    evidence = [seen for actor in (*actors(case, version), *actors(case, other)) for seen in _seen(case, actor)]
    missing = set(actors(case, version)) - there
    if missing or left:
        return failed(f"gone: {', '.join(sorted(missing))}; left: {', '.join(sorted(left))}", evidence)
    return passed(f"both are there in the {version} version, alone", evidence)


def _there(case: Case, instance: Instance) -> set[str] | None:
    views = [view(one, instance) for one in members(case)]
    states = {one.roles.target: state_after(one) for one in views}
    if not states or None in states.values():
        return None
    return {name for name, told in states.items() if told and told.get("instantiationState") == "INSTANTIATED"}


def _seen(case: Case, actor: str) -> list[Entry]:
    return [e for e in case.history.find("GET", "/nfvmanoswm/v1/instance", to=actor) if e.ok][-1:]


@CONDITIONS("both destination versions are at hand, and neither understands the source version of the other")
def versions_incompatible(case: Case) -> Finding:
    """Row 1: each descriptor offers the version, and says that its interface with the other is of one version only."""
    told = [before_launch(case, CAPABILITY, one.roles.target)[-1:] for one in members(case)]
    if not told or not all(told):
        return inconclusive("the observer did not get the capability descriptors of both")
    evidence = [entry for one in told for entry in one]
    problems = [problem for entry in evidence for problem in _compatible(case, entry)]
    return failed("; ".join(problems), evidence) if problems else passed("not compatible", evidence)


def _compatible(case: Case, told: Entry) -> Iterator[str]:
    if case.version("destination") not in (told.told("availableSoftwareVersions") or []):
        yield f"{told.to} has no version {case.version('destination')}"
    towards = {str(one.get("id")) for one in told.told("serviceInterfaces") or [] if one.get("towards") == "PEER"}
    of_pair = [
        one
        for one in told.told("interfaceCompatibility") or []
        if str(one.get("interface")).replace("/", "-") in towards
    ]
    if not of_pair:
        yield f"{told.to} names no interface with the other"
    for one in of_pair:
        if case.version("destination") in (one.get("versions") or []):
            yield f"{one.get('interface')} of {told.to} is compatible between the versions"


@CONDITIONS("the two are able to communicate with each other")
def pair_communicates(case: Case) -> Finding:
    """Row 3: when the observer had each use the other, before anything began, it was answered."""
    return _communicates(case, "source", before=case.launch.sent if case.launch else math.inf)


@CONDITIONS("both destination instances are able to communicate with each other, and both sources are gone")
def destinations_communicate(case: Case) -> Finding:
    """Row 2, after a successful modification."""
    return _communicates_alone(case, "destination")


@CONDITIONS("both source instances are able to communicate with each other, and both destinations are gone")
def sources_communicate(case: Case) -> Finding:
    """Row 2, after a successful software rollback."""
    return _communicates_alone(case, "source")


def _communicates_alone(case: Case, instance: Instance) -> Finding:
    found = both_or_none(case, instance)
    if str(found.verdict) != "pass":
        return found
    end = case.end_of_process
    return _communicates(case, instance, after=end.sent if end else math.inf)


def _communicates(case: Case, instance: Instance, after: float = -1, before: float = math.inf) -> Finding:
    if not members(case):
        return inconclusive(NO_PAIR)
    evidence: list[Entry] = []
    silent = []
    pair = actors(case, instance)
    for one, other in (pair, tuple(reversed(pair))):
        asked = case.history.find("POST", CHECKS, source=case.roles.observer, to=one, after=after, before=before)
        found = [entry for entry in asked if entry.ok and entry.told("peer") in (other, *actors(case, "source"))]
        evidence += found[-1:]
        if not found or found[-1].told("peer") != other or found[-1].told("reachable") is not True:
            silent.append(f"{one} does not reach {other}")
    if not evidence:
        return inconclusive("the observer had neither of them use the other")
    return failed("; ".join(silent), evidence) if silent else passed("each reaches the other", evidence)
