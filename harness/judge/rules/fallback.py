"""Table 5.9.5-1: forced stop, restoration, reconciliation, unlocking, and the report of the end."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from harness.judge import fallback as told
from harness.judge.case import Case
from harness.judge.fallback import Attempt, coming, manager, missing, present
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.registry import FLOW
from harness.judge.rules.fallback_tests import runs, verdicts
from harness.judge.states import entity_answers
from harness.judge.subscribers import listens


@FLOW("the Fallback Manager takes up the request for a fallback")
def fallback_requested(case: Case) -> Finding:
    """Somebody asks, naming restoration points, and the manager accepts."""
    asked = told.request(case)
    expected = case.arrow(case.roles.observer, manager(case), "fall back")
    answers = case.history.find("POST", told.FALLBACKS, to=manager(case))
    refused = [entry for entry in answers if entry.status is not None and 400 <= entry.status < 500]
    if asked is None and refused:
        return failed(f"it answered {refused[0].status}", refused, expected)
    if asked is None:
        return missing(case, "a request for a fallback", expected)
    if not told.wanted(case):
        return failed("the request names no restoration point", [asked], expected)
    return passed(f"{asked.source} asked for a fallback", [asked], expected, asked.sent)


@FLOW("the Fallback Manager stops every fallback target by force before it restores anything")
def targets_stopped(case: Case) -> Finding:
    """Row 1: all targets are asked to stop by force, and are stopped, before the first request to restore."""
    expected = case.arrow(manager(case), case.roles.target, "stop by force")
    attempt = coming(case)
    if attempt is None:
        asked = told.stops(case, case.roles.target, case.after, math.inf)
        soft = [entry for entry in asked if not told.forceful(entry)]
        if soft:
            return failed("it was not stopped by force", soft, expected)
        return missing(case, "an attempt to restore", expected, asked)
    evidence: list[Entry] = [attempt.restores[0]]
    problems = []
    for target in attempt.targets:
        asked = told.stops(case, target, case.after, attempt.begun)
        hard = [entry for entry in asked if told.forceful(entry)]
        seen = _stopped(case, target, hard[0].sent, attempt.begun) if hard else []
        evidence += [*asked[:1], *seen[:1]]
        if not hard:
            problems.append(f"{target} was not stopped by force" if asked else f"{target} was not asked to stop")
        elif not seen:
            problems.append(f"{target} was not stopped when the restoration began")
    if problems:
        return failed("; ".join(problems), evidence, expected)
    position = max(entry.sent for entry in evidence[1:])
    return passed(f"{', '.join(attempt.targets)} stopped by force", evidence, expected, position)


def _stopped(case: Case, target: str, after: float, before: float) -> list[Entry]:
    """What shows that a target is stopped, in a span of ticks."""
    news = [
        entry
        for entry in case.history.notifications(told.STATE, source=target, after=after)
        if entry.sent < before and entry.asked("operationalState") == "STOPPED"
    ]
    answers = [
        entry
        for entry in entity_answers(case, target, after, before)
        if _state(entry.told("manoApplicationState"))[0] == "STOPPED"
    ]
    return sorted([*news, *answers], key=lambda entry: entry.sent)


def _state(state: object) -> tuple[object, object]:
    if not isinstance(state, Mapping):
        return None, None
    return state.get("operationalState"), state.get("administrativeState")


@FLOW("the Fallback Manager restores every fallback target from the same restoration point")
def targets_restored(case: Case) -> Finding:
    """Row 2: whose state the point contains is restored from it; nobody else is."""
    expected = case.arrow(manager(case), case.roles.target, "restore")
    attempt = coming(case)
    if attempt is None:
        return missing(case, "an attempt to restore", expected)
    done = {entry.to for entry in attempt.restores if entry.ok}
    problems = [f"{target} was not restored from {attempt.point}" for target in attempt.targets if target not in done]
    strange = sorted({entry.to for entry in attempt.restores} - set(attempt.targets))
    problems += [f"{actor} is not in the scope of {attempt.point}" for actor in strange]
    problems += _again(case, attempt)
    if problems or not attempt.targets:
        return failed("; ".join(problems) or f"nobody knows {attempt.point}", attempt.restores, expected)
    position = max(entry.sent for entry in attempt.restores)
    return passed(f"{', '.join(attempt.targets)} from {attempt.point}", attempt.restores, expected, position)


def _again(case: Case, attempt: Attempt) -> Iterable[str]:
    """Who is asked to be restored once more, without having been stopped since: row 1 comes before each row 2."""
    following = next((one for one in told.attempts(case) if one.begun == attempt.until), None)
    for entry in following.restores if following else ():
        if entry.to in attempt.targets and not told.stops(case, entry.to, attempt.begun, entry.sent):
            yield f"{entry.to} was to be restored again at n={entry.n}, and was not stopped before"


@FLOW("every fallback target comes up in the version of the restoration point, started and locked")
def targets_locked(case: Case) -> Finding:
    """Row 3: whenever it is seen up before the manager unlocks it, it is locked, and runs what ran then."""
    expected = case.arrow(manager(case), case.roles.target, "STARTED_LOCKED")
    attempt = present(case)
    if attempt is None:
        return missing(case, "a restoration", expected)
    evidence: list[Entry] = []
    problems = []
    for target in attempt.targets:
        seen = list(_seen_up(case, attempt, target))
        evidence += [entry for entry, _, _ in seen]
        version = told.version_in(case, attempt.point, target)
        problems += [f"{target} is up, and {state[1]}" for _, state, _ in seen if state[1] != "LOCKED"]
        problems += [f"{target} runs {ran!r}, not {version!r}" for _, _, ran in seen if ran != version]
        if not seen:
            problems.append(f"{target} was not seen started and locked")
    if problems:
        return failed("; ".join(dict.fromkeys(problems)), evidence or attempt.restores, expected)
    return passed(f"{', '.join(attempt.targets)} STARTED and LOCKED", evidence, expected)


def _seen_up(case: Case, attempt: Attempt, target: str) -> Iterable[tuple[Entry, tuple[object, object], object]]:
    """What was seen of a restored target that is started, until the manager unlocks it: state and version."""
    restore = attempt.restore_of(target)
    if restore is None:
        return
    unlocks = attempt.unlocks(target) or [one for other in attempt.targets for one in attempt.unlocks(other)]
    limit = min([attempt.until, *(entry.sent for entry in unlocks)])
    news = case.history.notifications(told.RECONCILED, source=target, to=manager(case), after=restore.sent)
    for entry in [*entity_answers(case, target, restore.sent, limit), *(e for e in news if e.sent < limit)]:
        body = entry.request if entry.kind == "notification" else entry.response
        state = _state(body.get("manoApplicationState"))
        if state[0] == "STARTED":
            yield entry, state, body.get("softwareVersion")


@FLOW("every fallback target discovers what it really manages")
def managed_discovered(case: Case) -> Finding:
    """Row 4: after it was restored, and before it says that its state is reconciled, it asks what it manages."""
    attempt = present(case)
    expected = case.arrow(case.roles.target, told.managed_by(case, case.roles.target), "discover actual state")
    if attempt is None:
        return missing(case, "a restoration", expected)
    evidence: list[Entry] = []
    problems = []
    for target in attempt.targets:
        restore, done = attempt.restore_of(target), attempt.reconciled(target)
        if restore is None:
            problems.append(f"{target} was not restored")
            continue
        managed, limit = told.managed_by(case, target), done.sent if done else attempt.until
        asked = case.history.find("GET", told.INSTANCES, source=target, to=managed, after=restore.sent, before=limit)
        found = [entry for entry in asked if entry.ok]
        evidence += found[:1] or [restore]
        if not found:
            problems.append(f"{target} did not ask {managed} what is there")
    if problems:
        return failed("; ".join(problems), evidence, expected)
    return passed("each asked what it manages", evidence, expected)


@FLOW("every fallback target notifies the Fallback Manager that its state is reconciled")
def reconciliation_notified(case: Case) -> Finding:
    """Row 5."""
    attempt = present(case)
    expected = case.arrow(case.roles.target, manager(case), "state reconciled")
    if attempt is None:
        return missing(case, "a restoration", expected)
    news = {target: attempt.reconciled(target) for target in attempt.targets}
    evidence = [entry for entry in news.values() if entry]
    silent = [target for target, entry in news.items() if entry is None]
    if silent:
        return missing(case, f"a notification of {', '.join(silent)}", expected, evidence)
    return passed("each notified the manager", evidence, expected, max((e.sent for e in evidence), default=None))


@FLOW("the Fallback Manager unlocks every fallback target, and none before all have reconciled their state")
def targets_unlocked(case: Case) -> Finding:
    """Row 6, behind row 5: while one of them is not reconciled, the data of all are not consistent."""
    attempt = present(case)
    expected = case.arrow(manager(case), case.roles.target, "unlock")
    if attempt is None:
        return missing(case, "a restoration", expected)
    news = [entry for entry in (attempt.reconciled(target) for target in attempt.targets) if entry]
    ready = max((entry.sent for entry in news), default=math.inf) if len(news) == len(attempt.targets) else math.inf
    unlocks = {target: attempt.unlocks(target) for target in attempt.targets}
    evidence = [entry for entries in unlocks.values() for entry in entries]
    problems = [
        f"{target} was unlocked before every target had reconciled its state"
        for target, entries in unlocks.items()
        if any(entry.sent < ready for entry in entries)
    ]
    locked = [target for target, entries in unlocks.items() if not any(entry.ok for entry in entries)]
    problems += [f"{target} was not unlocked" for target in locked]
    if problems and (evidence or told.end(case)):
        return failed("; ".join(problems), [*evidence, *news], expected)
    if problems:
        return missing(case, "an unlocking", expected, news)
    return passed("each was unlocked then", evidence, expected, max((e.answered for e in evidence), default=None))


@FLOW("the Fallback Manager reports that the fallback succeeded, not before the tester did")
def fallback_reported(case: Case) -> Finding:
    """The end: who asked hears RESTORED, of this restoration point, after every verdict."""
    said = told.end(case)
    asked, attempt = told.request(case), told.last_attempt(case)
    expected = case.arrow(manager(case), asked.source if asked else case.roles.observer, "fallback succeeded")
    if said is None or attempt is None:
        return missing(case, "a report of the end", expected)
    outcome = said.asked("outcome") or said.told("outcome")
    if outcome != "RESTORED":
        return failed(f"it says {outcome}", [said], expected)
    heard = [entry for entry in told.ends(case) if asked and asked.source in (entry.to, entry.source)]
    if asked and listens(case, asked.source, manager(case), "COMPLETED"):
        heard = [entry for entry in heard if entry.kind == "notification"]
    if not heard:
        return failed("who had asked for the fallback was not told", [said], expected)
    point = said.asked("restorationPointId") or said.told("restorationPointId")
    if point != attempt.point:
        return failed(f"it says that {point} was restored, that was {attempt.point}", [said], expected)
    last = verdicts(case, runs(case, attempt))
    if not last or any(entry.sent > said.sent for entry in last):
        return failed("it said so before the tester had given its verdict", [said, *last[-1:]], expected)
    return passed("it succeeded, after the tester's verdict", [said, last[-1]], expected, said.sent)


@FLOW("the ongoing operation does not keep its target from being stopped")
def stopped_meanwhile(case: Case) -> Finding:
    """By force means: although an operation is ongoing, which then does not come to its end."""
    roles = case.roles
    asked = told.request(case)
    limit = asked.sent if asked else 0
    triggers = [
        entry
        for entry in case.history.find("POST", source=roles.consumer, to=roles.target, before=limit)
        if entry.status == 202
    ]
    attempt = present(case)
    if asked is None or not triggers or attempt is None:
        return missing(case, "an operation that is ongoing when the fallback begins, and a restoration")
    operation = (triggers[-1].location or "").rsplit("/", 1)[-1]
    news = [
        entry
        for entry in case.history.find(source=roles.target, after=triggers[-1].sent, before=attempt.begun)
        if entry.kind == "notification" and operation in map(str, (entry.request or {}).values())
    ]
    if any(entry.asked("operationState") == "COMPLETED" for entry in news):
        return inconclusive("the operation was over before the target was stopped", [triggers[-1], *news])
    stopped = _stopped(case, roles.target, asked.sent, attempt.begun)
    if not stopped:
        return failed("the target was not stopped", [triggers[-1], asked])
    return passed("stopped although it was ongoing", [triggers[-1], stopped[0]])
