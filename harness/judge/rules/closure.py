"""A process ends in a state that is true, or says that a person is needed (closure; notes 2 and 3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from harness.judge import fallback
from harness.judge.attempts import attempts
from harness.judge.case import Case
from harness.judge.findings import Finding, failed, inconclusive, passed
from harness.judge.history import Entry
from harness.judge.instances import living
from harness.judge.registry import FLOW
from harness.judge.rules.commit import commits
from harness.judge.states import entity_answers
from harness.judge.units import changing, span

OUTCOMES = {
    "the destination version committed": "DESTINATION_COMMITTED",
    "the source version committed": "SOURCE_COMMITTED",
    "nothing changed": "NOT_STARTED",
    "a call for a person": "FALLBACK_NEEDED",
    "a fallback": "FALLEN_BACK",
}
"""How a process may end, in the words of the features and of smm/v1."""


@FLOW("the process ends with {outcome}")
def process_ended(case: Case, outcome: str) -> Finding:
    """What the SMM says of the end is what was expected, and what the observer sees of the target bears it out."""
    end = case.end_of_process
    expected = case.arrow(case.roles.smm, case.roles.observer, f"process ended: {outcome}")
    if end is None:
        return case.missing("an end of the process", expected)
    said = end.asked("outcome") or end.told("outcome")
    if said != OUTCOMES[outcome]:
        return failed(f"the SMM says {said}, not {OUTCOMES[outcome]}", [end], expected)
    seen = entity_answers(case, living(case), end.sent)
    if not seen and said != "FALLBACK_NEEDED":
        return inconclusive("the observer could not ask the target afterwards", [end], expected)
    problems = list(_TRUE[said](case, end, seen))
    if problems:
        return failed(f"the SMM says {said}, but " + "; ".join(problems), [end, *seen], expected)
    return passed(f"the SMM says {said}, and that is so", [end, *seen], expected)


def _runs(seen: list[Entry], version: str) -> Iterable[str]:
    told = seen[-1].told("softwareVersion")
    if told != version:
        yield f"the target reports version {told!r}"


def _committed(case: Case) -> Iterable[str]:
    # What consists of units has nothing to commit: the process alone is (I-085).
    if not span(case) and not commits(case):
        yield "nothing was committed at the target" if not case.roles.destination else "the way back was not given up"


def _destination(case: Case, _end: Entry, seen: list[Entry]) -> Iterable[str]:
    yield from _runs(seen, case.version("destination"))
    yield from _committed(case)


def _source(case: Case, _end: Entry, seen: list[Entry]) -> Iterable[str]:
    yield from _runs(seen, case.version("source"))
    yield from _committed(case)


def _not_started(case: Case, _end: Entry, seen: list[Entry]) -> Iterable[str]:
    yield from _runs(seen, case.version("source"))
    for one in attempts(case):
        yield f"the target took up the request at n={one.request.n}"
    for entry in changing(case):
        yield f"the target took up the request at n={entry.n}"


def _help(_case: Case, end: Entry, _seen: list[Entry]) -> Iterable[str]:
    if not (end.asked("reason") or end.told("reason")):
        yield "it gives no reason"


def _fallen_back(case: Case, end: Entry, seen: list[Entry]) -> Iterable[str]:
    yield from _runs(seen, case.version("source"))
    over = [entry for entry in fallback.ends(case) if entry.sent < end.sent]
    if not over or (over[0].asked("outcome") or over[0].told("outcome")) != "RESTORED":
        yield "the Fallback Manager had not said so"


_TRUE: dict[str, Callable[[Case, Entry, list[Entry]], Iterable[str]]] = {
    "DESTINATION_COMMITTED": _destination,
    "SOURCE_COMMITTED": _source,
    "NOT_STARTED": _not_started,
    "FALLBACK_NEEDED": _help,
    "FALLEN_BACK": _fallen_back,
}
