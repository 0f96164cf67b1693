"""Redundancy units replaced in a rolling manner: rows 3 to 12 of table 5.3.2.5-1, each for all that were replaced.

On the way back (note 2) the same rows hold with source and destination exchanged; {version} is the version of the units
that take over.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

from harness.judge.case import Case, Which
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.provider import allocations, problems_of, unreleased
from harness.judge.registry import FLOW
from harness.judge.rules.testing import end_reports, run, runs
from harness.judge.units import (
    OTHER,
    UNITS,
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

Problems = list[tuple[str, Entry | None]]
"""What is wrong, and the entry that shows it."""


@FLOW("the SMM learns which redundancy units the target has")
def units_learned(case: Case) -> Finding:
    """It reads them before it has the first one instantiated; or knows them, and then names the right ones."""
    smm, target = case.roles.smm, case.roles.target
    expected = case.arrow(smm, target, "query redundancy units")
    made = instantiations(case)
    limit = made[0].sent if made else math.inf
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
    problems: Problems = [(text, one.request) for one in made if one.request for text in _wrong_request(case, one)]
    problems += [
        (f"unit {one.replaced} was not there to be replaced", one.request) for one in made if _is_stray(case, one)
    ]
    problems += [(f"nothing takes the place of unit {one.unit}", one.gone) for one in _stranded(case, version, made)]
    if problems:
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"an instantiation of a {version} unit", expected, made)
    return passed(f"{len(evidence)} units were instantiated, locked", evidence, expected)


def _stranded(case: Case, version: Which, made: list[Replacement]) -> list[Replacement]:
    """On a way back: units of the destination version whose predecessor is gone, and that nobody replaced."""
    forward = replacements(case, "destination") if version == "source" else []
    return [one for one in forward if one.gone and one.unit not in {each.replaced for each in made}]


def _is_stray(case: Case, one: Replacement) -> bool:
    named = {str(unit["id"]) for unit in before(case)} | {each.unit for each in replacements(case, "destination")}
    return one.request is not None and one.replaced not in named


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


@FLOW("the SMM has the tester verify the health of each new {version} unit, naming the resources it may use")
def unit_tests_invoked(case: Case, version: Which) -> Finding:
    """A test run of that very unit, between its instantiation and its first use."""
    expected = case.arrow(case.roles.smm, case.roles.tester, f"verify health of {version} redundancy unit")
    made = [one for one in replacements(case, version) if one.request]
    problems: Problems = []
    evidence: list[Entry] = []
    for one in made:
        asked = _test(case, one)
        if asked is None:
            problems.append((f"unit {one.unit} was not tested before it served", one.request))
            continue
        evidence.append(asked)
        problems += [(text, asked) for text in _wrong_test(case, one, asked, version)]
    if problems:
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"a test of a {version} unit", expected, replacements(case, version))
    return passed(f"{len(evidence)} units were tested before they served", evidence, expected)


def _test(case: Case, one: Replacement) -> Entry | None:
    mine = [entry for entry in runs(case) if entry.asked("redundancyUnitId") == one.unit]
    return next((entry for entry in reversed(mine) if one.since < entry.sent < one.first_start), None)


def _wrong_test(case: Case, one: Replacement, asked: Entry, version: Which) -> Iterable[str]:
    for name, value in (("target", case.roles.target), ("softwareVersion", case.version(version))):
        if asked.asked(name) != value:
            yield f"the {name} of the test of unit {one.unit} is {asked.asked(name)!r}, not {value!r}"
    if not asked.asked("suites"):
        yield f"no suite was named for unit {one.unit}"
    yield from problems_of(case, asked.asked("resources"), asked)


@FLOW("the tester looks at each new {version} unit")
def units_tested(case: Case, version: Which) -> Finding:
    """Between the request and its verdict it asked the target about that unit, and got an answer."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.target, f"test {version} redundancy unit")
    asked = [(one, test) for one in replacements(case, version) if (test := _test(case, one))]
    if not asked:
        return _none_to_judge(case, f"a test of a {version} unit", expected, replacements(case, version))
    seen = {one.unit: [e for e, _ in shown(case, one.unit, t.sent, by=roles.tester)] for one, t in asked}
    blind = [(f"the tester never looked at unit {one.unit}", t) for one, t in asked if not seen[one.unit]]
    if blind:
        return _failed(blind, expected)
    return passed("the tester looked at each", [entries[0] for entries in seen.values()], expected)


@FLOW("the tester reports that each new {version} unit is healthy, before it serves")
def units_healthy(case: Case, version: Which) -> Finding:
    """PASS before the SMM lets anybody in, and what the tester took is given back."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.smm, f"{version} redundancy unit is healthy")
    problems: Problems = []
    evidence: list[Entry] = []
    for one in [one for one in replacements(case, version) if one.request]:
        asked = _test(case, one)
        said = next(iter(end_reports(case, asked)), None) if asked else None
        if said is None or said.sent > one.first_start:
            problems.append((f"unit {one.unit} served without a verdict of the tester", asked or one.request))
        elif one.first_start < math.inf and said.asked("verdict") != "PASS":
            problems.append((f"unit {one.unit} served though it did not pass", said))
        elif said.asked("verdict") == "PASS" and asked:
            evidence.append(said)
            kept = unreleased(case, allocations(case, roles.tester, asked.sent, said.sent), math.inf)
            problems += [(f"the tester keeps an allocation of the test of unit {one.unit}", entry) for entry in kept]
    if problems:
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"a verdict on a {version} unit", expected, replacements(case, version))
    return passed(f"{len(evidence)} units passed before they served", evidence, expected)


@FLOW("each new {version} unit has the state of the unit that it replaces")
def units_synchronised(case: Case, version: Which) -> Finding:
    """Whether the SMM or the entity itself sees to it, the target says of each unit whose state it has (I-082)."""
    expected = case.arrow(case.roles.target, case.roles.target, "synchronise redundancy units")
    problems: Problems = []
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
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"a look at a {version} unit", expected, replacements(case, version))
    return passed("each has the state of the unit that it replaces", evidence, expected)


@FLOW("the SMM starts the service interfaces of each {version} unit that takes over towards {concerned}")
def units_started(case: Case, version: Which, concerned: str) -> Finding:
    """Asked for after the unit was found healthy, and seen at work before the SMM goes on to stop the other."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"start {version} redundancy unit towards {concerned}")
    problems: Problems = []
    evidence: list[Entry] = []
    for one in replacements(case, version):
        begun = next((change for change in one.changes if _starts(case, one, change, concerned)), None)
        limit = min((stop.entry.sent for stop in one.stops), default=math.inf)
        at = [e for e, item in shown(case, one.unit, one.since, limit) if at_work(item, concerned)]
        if begun is None and (one.request or not at):
            problems.append((f"unit {one.unit} was not started towards {concerned}", one.request))
        elif not at:
            problems.append(
                (f"unit {one.unit} never served {concerned} before the other was stopped", begun and begun.entry)
            )
        else:
            evidence += [begun.entry if begun else at[-1]]
    if problems:
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"a start of a {version} unit", expected, replacements(case, version))
    return passed("started, and at work", evidence, expected)


def _starts(case: Case, one: Replacement, change: Change, concerned: str) -> bool:
    known = {i["id"] for _, item in shown(case, one.unit) for i in interfaces(item, concerned)}
    return bool(change.actions & {"UNLOCK", "START"}) and (change.interface is None or change.interface in known)


@FLOW("the SMM gracefully stops each unit whose place a {version} unit takes, once that one serves")
def units_stopped(case: Case, version: Which) -> Finding:
    """By force is no graceful stop; who never served need not be stopped."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"stop {OTHER[version]} redundancy unit")
    problems: Problems = []
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
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"a stop of a {OTHER[version]} unit", expected, replacements(case, version))
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
    """It heard or read SHUTDOWN_UNLOCKED before; by force nothing is terminated."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"terminate {OTHER[version]} redundancy unit")
    problems: Problems = []
    evidence: list[Entry] = []
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
        return _failed(problems, expected)
    if not evidence:
        return _none_to_judge(case, f"a termination of a {OTHER[version]} unit", expected, replacements(case, version))
    return passed("terminated once they were shut down", evidence, expected)


@FLOW("the SMM replaces one unit at a time, until all units run the {version} version")
def one_at_a_time(case: Case, version: Which) -> Finding:
    """The next is begun when the one before is gone; in the end there are as many units as before, of that version."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"until no {OTHER[version]} redundancy unit is left")
    made, last = replacements(case, version), after_end(case)
    if not made or last is None:
        return _none_to_judge(case, f"{version} units that take over", expected, made)
    problems: Problems = []
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
    if problems:
        return _failed(problems, expected)
    ends = [one.gone for one in made if one.gone]
    return passed(f"{len(ends)} units, one after the other", [*ends, last], expected, max(e.sent for e in ends))


@FLOW("the tester runs every suite against the {version} units and the system as a whole")
def whole_tested(case: Case, version: Which) -> Finding:
    """Of the run that the order has come to: each suite has a result, and the tester used what it tests."""
    roles = case.roles
    expected = case.arrow(roles.tester, roles.target, "run all suites")
    asked = run(case)
    said = next(iter(end_reports(case, asked)), None) if asked else None
    if asked is None or said is None:
        return case.missing("a test run that came to its end", expected)
    results = {item.get("name"): item.get("verdict") for item in said.asked("suites") or []}
    bare = sorted(name for name in asked.asked("suites") or [] if not results.get(name))
    looked = [
        e for e in case.history.find(source=roles.tester, to=roles.target, after=asked.sent, before=said.sent) if e.ok
    ]
    if bare or not looked or asked.asked("softwareVersion") != case.version(version):
        what = f"suites without a result: {', '.join(bare)}" if bare else "the tester did not look at that version"
        return failed(what, [asked, said], expected)
    return passed(f"{len(results)} suites have a result", [asked, looked[0], said], expected)


@FLOW("the SMM has not touched the target's units")
def units_untouched(case: Case) -> Finding:
    """What could not be begun has left everything as it was."""
    last, first = after_end(case), before(case)
    if last is None or not first:
        return inconclusive("the observer did not see the target's units before and after")
    ids = [item.get("id") for item in last.items]
    if ids != [item.get("id") for item in first] or not all(at_work(item) for item in last.items):
        return failed("they are not what they were", [last])
    return passed("the same units serve as before", [last])


@FLOW("the target was made to instantiate no more than {number:d} units")
def instantiated_at_most(case: Case, number: int) -> Finding:
    """A request whose answer was lost must not be repeated blindly: counted is what the target began."""
    begun = {
        entry.asked("redundancyUnitOpOccId"): entry
        for entry in case.history.notifications(
            "RedundancyUnitOperationOccurrenceNotification", source=case.roles.target, to=case.roles.smm
        )
        if entry.asked("operation") == "INSTANTIATE"
    }
    if not begun:
        return case.missing("a unit that the target instantiated")
    if len(begun) > number:
        return failed(f"it instantiated {len(begun)} units", list(begun.values()))
    return passed(f"it instantiated {len(begun)} units", list(begun.values()))


@FLOW("the SMM has the failed {version} unit instantiated again")
def instantiated_again(case: Case, version: Which) -> Finding:
    """Clause 5.8: a failure that the target calls retryable is retried, for the same unit to be replaced."""
    expected = case.arrow(case.roles.smm, case.roles.target, f"instantiate {version} redundancy unit again")
    made = list(case.history.find("POST", UNITS, source=case.roles.smm, to=case.roles.target))
    bad = [entry for entry in made if not entry.ok or _failed_later(case, entry)]
    if not bad:
        return case.missing("an instantiation that failed", expected)
    again = [e for e in made if e.sent > bad[0].sent and e.asked("replaces") == bad[0].asked("replaces")]
    if not again or again[-1] in bad:
        return case.missing("another instantiation for the same unit", expected, bad[:1])
    return passed("it was instantiated again", [bad[0], again[-1]], expected)


def _failed_later(case: Case, request: Entry) -> bool:
    end = ended(case, request)
    return end is not None and end[1]["operationState"] == "FAILED"


def _seen(case: Case, made: list[Replacement]) -> list[Entry]:
    return [pair[0] for one in made for pair in shown(case, one.unit)[:1]]


def _failed(problems: Problems, expected: object) -> Finding:
    evidence = [entry for _, entry in problems if entry is not None]
    return failed("; ".join(text for text, _ in problems), evidence, expected)  # type: ignore[arg-type]


def _none_to_judge(case: Case, what: str, expected: object, made: list[Replacement]) -> Finding:
    """Nothing of the kind: missing, but on a way back where every unit to return to is still there."""
    if made and all(one.request is None for one in made):
        seen = _seen(case, made)
        return passed("each unit to go back to is still there", seen, expected)  # type: ignore[arg-type]
    return case.missing(what, expected)  # type: ignore[arg-type]
