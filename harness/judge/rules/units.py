"""Redundancy units replaced in a rolling manner: rows 2, 3 and 7 to 12 of table 5.3.2.5-1, each for all units.

On the way back (note 2) the same rows hold with source and destination exchanged; {version} is the version of the units
that take over.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise

from harness.judge.attempts import UNITS
from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.provider import problems_of
from harness.judge.registry import FLOW
from harness.judge.replaced import Problem, none_to_judge, wrong
from harness.judge.rules.testing import runs
from harness.judge.states import entity_answers
from harness.judge.units import (
    OTHER,
    Change,
    Replacement,
    after_end,
    at_work,
    before,
    ended,
    instantiations,
    interfaces,
    is_locked,
    looks,
    replacements,
    shown,
    shut_down_known,
)

CONFLICT = 409


@FLOW("the SMM learns which redundancy units the target has")
def units_learned(case: Case) -> Finding:
    """It reads them before it has the first one instantiated, or the whole tested; or knows them, and then names the
    right ones."""
    smm, target = case.roles.smm, case.roles.target
    expected = case.arrow(smm, target, "query redundancy units")
    made = instantiations(case)
    whole = [entry for entry in runs(case) if not entry.asked("redundancyUnitId")]
    limit = min((entry.sent for entry in [*made, *whole]), default=math.inf)
    early = [entry for entry in looks(case, smm) if entry.answered < limit]
    if early:
        return passed("the SMM read them at the target", early[:1], expected)
    there = {unit.get("id") for unit in before(case)}
    if made and all(entry.asked("replaces") in there for entry in made[: len(there)]):
        return passed("not read at the target, but the SMM named the right ones", made, expected)
    return case.missing("knowledge of the target's redundancy units", expected, made[:1])


@FLOW("the SMM instantiates a {version} unit for each that it replaces, locked and told which one that is")
def units_instantiated(case: Case, version: Which) -> Finding:
    """Of the right version, on resources that exist, with service interfaces that let nobody in yet."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"instantiate {version} redundancy unit")
    made = replacements(case, version)
    evidence = [one.request for one in made if one.request]
    problems: list[Problem] = [(text, one.request) for one in made if one.request for text in _wrong_request(case, one)]
    problems += [
        (f"unit {one.replaced} was not there to be replaced", one.request) for one in made if _is_stray(case, one)
    ]
    problems += [(f"nothing takes the place of unit {one.unit}", one.gone) for one in _stranded(case, version, made)]
    problems += [
        (f"unit {one.replaced} was to be replaced twice", one.request) for one in made if _is_second(one, made)
    ]
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"an instantiation of a {version} unit", expected, made)
    return passed(f"{len(evidence)} units were instantiated, locked", evidence, expected)


def _stranded(case: Case, version: Which, made: list[Replacement]) -> list[Replacement]:
    """On a way back: units of the destination version whose predecessor is gone, and that nobody replaced."""
    forward = replacements(case, "destination") if version == "source" else []
    return [one for one in forward if one.gone and one.unit not in {each.replaced for each in made}]


def _is_stray(case: Case, one: Replacement) -> bool:
    named = {str(unit["id"]) for unit in before(case)} | {each.unit for each in replacements(case, "destination")}
    return one.request is not None and one.replaced not in named


def _is_second(one: Replacement, made: list[Replacement]) -> bool:
    """Whether it was asked for while another unit that was made for the same place stood there, and had not crashed."""
    earlier = [each for each in made if each.request and each.replaced == one.replaced and each.since < one.since]
    return any(not _crashed(one.case, each.unit) for each in earlier)


def _wrong_request(case: Case, one: Replacement) -> Iterator[str]:
    if one.request is None:
        return
    yield from problems_of(case, one.request.asked("resources"), one.request)
    first = next(iter(shown(case, one.unit, one.since, one.first_start)), None)
    end = ended(case, one.request)
    locked = end is not None and end[1].get("administrativeState") == "LOCKED"
    if first is not None and not is_locked(first[1]):
        yield f"the service interfaces of unit {one.unit} were not locked"
    elif first is None and not locked:
        yield f"nothing shows that the service interfaces of unit {one.unit} were locked"


@FLOW("each new {version} unit has the state of the unit that it replaces")
def units_synchronised(case: Case, version: Which) -> Finding:
    """Whether the SMM or the entity itself sees to it, the target says of each unit whose state it has (I-082)."""
    expected = case.arrow(case.roles.target, case.roles.target, "synchronise redundancy units")
    problems: list[Problem] = []
    evidence: list[Entry] = []
    for one in [one for one in replacements(case, version) if one.request]:
        seen = shown(case, one.unit, one.since, one.first_start) or shown(case, one.unit, one.since)
        if not seen:
            continue
        entry, item = seen[-1]
        if item.get("synchronisedFrom") != one.replaced:
            whose = item.get("synchronisedFrom")
            problems.append((f"unit {one.unit} has the state of {whose}, not of {one.replaced}", entry))
        evidence.append(entry)
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"a look at a {version} unit", expected, replacements(case, version))
    return passed("each has the state of the unit that it replaces", evidence, expected)


@FLOW("the SMM starts the service interfaces of each {version} unit that takes over towards {concerned}")
def units_started(case: Case, version: Which, concerned: str) -> Finding:
    """Asked for in the order of rows 8 and 9, and seen at work before the SMM goes on to stop the other."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"start {version} redundancy unit towards {concerned}")
    problems: list[Problem] = []
    evidence: list[Entry] = []
    for one in replacements(case, version):
        begun = next((change for change in one.changes if _starts(case, one, change, concerned)), None)
        limit = min((stop.entry.sent for stop in one.stops), default=math.inf)
        at = [e for e, item in shown(case, one.unit, one.since, limit) if at_work(item, concerned)]
        if begun is None and (one.request or not at):
            problems.append((f"unit {one.unit} was not started towards {concerned}", one.request))
        elif not at:
            what = f"unit {one.unit} never served {concerned} before the other was stopped"
            problems.append((what, begun.entry if begun else None))
        elif begun and (early := _begun_before(case, one, begun, concerned)):
            problems.append((early, begun.entry))
        else:
            evidence += [begun.entry if begun else at[-1]]
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"a start of a {version} unit", expected, replacements(case, version))
    return passed("started, and at work", evidence, expected)


FES = "impacted FEs"


def _begun_before(case: Case, one: Replacement, begun: Change, concerned: str) -> str:
    """What is wrong when impacted entities were let in before impacted FEs (row 9 before row 8); else empty."""
    first = next((change for change in one.changes if _starts(case, one, change, FES)), None)
    if concerned == FES or one.request is None or first is None or first.entry.sent <= begun.entry.sent:
        return ""
    return f"unit {one.unit} was started towards {concerned} before it was towards {FES}"


def _starts(case: Case, one: Replacement, change: Change, concerned: str) -> bool:
    known = {i["id"] for _, item in shown(case, one.unit) for i in interfaces(item, concerned)}
    return bool(change.actions & {"UNLOCK", "START"}) and (change.interface is None or change.interface in known)


@FLOW("the SMM gracefully stops each unit whose place a {version} unit takes, once that one serves")
def units_stopped(case: Case, version: Which) -> Finding:
    """By force is no graceful stop; who never served need not be stopped."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"stop {OTHER[version]} redundancy unit")
    problems: list[Problem] = []
    evidence: list[Entry] = []
    for one in replacements(case, version):
        if not _served(case, one.replaced):
            continue
        if not one.stops and not _crashed(case, one.replaced):
            problems.append((f"unit {one.replaced} was not stopped", one.request))
        for stop in one.stops:
            evidence.append(stop.entry)
            if not stop.graceful:
                problems.append((f"unit {one.replaced} was stopped by force", stop.entry))
            if one.serves_by(stop.entry.sent) is None:
                problems.append(
                    (f"unit {one.replaced} was stopped before unit {one.unit} was seen to serve", stop.entry)
                )
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"a stop of a {OTHER[version]} unit", expected, replacements(case, version))
    return passed("stopped gracefully, when the other served", evidence, expected)


def _served(case: Case, unit: str) -> bool:
    return any(
        change
        for _, item in shown(case, unit)
        for change in interfaces(item)
        if at_work({"serviceInterfaces": [change]})
    )


def _crashed(case: Case, unit: str) -> bool:
    return any(item.get("error") for _, item in shown(case, unit))


@FLOW("the SMM terminates each unit whose place a {version} unit takes, once it knows that it is shut down")
def units_terminated(case: Case, version: Which) -> Finding:
    """It heard or read SHUTDOWN_UNLOCKED before, even where the target refused; by force nothing is terminated."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"terminate {OTHER[version]} redundancy unit")
    problems: list[Problem] = []
    evidence: list[Entry] = []
    problems += [(f"unit {unit} was to be terminated before it was shut down", entry) for unit, entry in _hasty(case)]
    for one in replacements(case, version):
        end = one.termination
        if end is None:
            problems.append((f"unit {one.replaced} was not terminated", one.request))
            continue
        evidence.append(end)
        since = min((stop.entry.sent for stop in one.stops), default=one.since)
        if shut_down_known(case, one.replaced, since, end.sent) is None:
            problems.append((f"unit {one.replaced} was terminated before the SMM knew that it was shut down", end))
        if end.asked("terminationType") != "GRACEFUL":
            problems.append((f"unit {one.replaced} was terminated by force", end))
    if problems:
        return wrong(problems, expected)
    if not evidence:
        return none_to_judge(case, f"a termination of a {OTHER[version]} unit", expected, replacements(case, version))
    return passed("terminated once they were shut down", evidence, expected)


def _hasty(case: Case) -> Iterator[tuple[str, Entry]]:
    """Terminations, of units of either version, that the target refused: the SMM did not know of a shut-down."""
    for entry in case.history.find("POST", UNITS + "/*/terminate", source=case.roles.smm, to=case.roles.target):
        unit = entry.path.split("/")[-2]
        if entry.status == CONFLICT and shut_down_known(case, unit, -1, entry.sent) is None:
            yield unit, entry


@FLOW("the SMM replaces one unit at a time, until all units run the {version} version")
def one_at_a_time(case: Case, version: Which) -> Finding:
    """The next is begun when the one before is gone; in the end there are as many units as before, of that version."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"until no {OTHER[version]} redundancy unit is left")
    made, last = replacements(case, version), after_end(case)
    if not made or last is None:
        return none_to_judge(case, f"{version} units that take over", expected, made)
    problems: list[Problem] = []
    for one, following in pairwise(made):
        began = min([c.entry.sent for c in (*following.changes, *following.stops)], default=math.inf)
        began = min(began, following.request.sent if following.request else math.inf)
        if one.gone is None or began < one.gone.sent:
            problems.append(
                (f"unit {following.replaced} was turned to before unit {one.replaced} was gone", one.termination)
            )
    left = [str(item["id"]) for item in last.items if item.get("softwareVersion") != case.version(version)]
    if left:
        problems.append((f"units of another version are left: {', '.join(left)}", last))
    if len(last.items) != len(before(case)):
        problems.append((f"there are {len(last.items)} units, before there were {len(before(case))}", last))
    ends = [one.gone for one in made if one.gone]
    if len(ends) < len(made):
        problems.append((f"{len(made) - len(ends)} units that were to go are still there", last))
    if problems:
        return wrong(problems, expected)
    return passed(f"{len(ends)} units, one after the other", [*ends, last], expected, max(e.sent for e in ends))


@FLOW("the target reports the destination version only once all its units run it")
def version_reported(case: Case) -> Finding:
    """While its units differ it reports the source version, and the other when the last of those is gone (I-084)."""
    made = replacements(case, "destination")
    last = made[-1].gone if made else None
    if last is None:
        return case.missing("units of the destination version that took over")
    began, told = made[0].since, entity_answers(case, case.roles.target)
    end = made[-1].termination or last
    mixed = [entry for entry in told if began < entry.sent < end.sent]
    after = [entry for entry in told if entry.sent > last.sent]
    early = [entry for entry in mixed if entry.told("softwareVersion") != case.version("source")]
    late = [entry for entry in after if entry.told("softwareVersion") != case.version("destination")]
    if early or late:
        return failed(f"it reports {[*early, *late][0].told('softwareVersion')!r}", [*early, *late])
    if not mixed or not after:
        return inconclusive("nobody asked the target for its version while its units differed, or not afterwards")
    return passed("one version until all units ran the other", [*mixed, *after])
