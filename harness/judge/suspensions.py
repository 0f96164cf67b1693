"""The conversation about a process that is suspended: what its manager asks, what the target is asked and reports."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from harness.judge.attempts import OCCURRENCES, Attempt
from harness.judge.case import PROCESSES, Case
from harness.judge.history import Entry
from harness.judge.provider import capabilities

ON_THE_WAY = ("STARTING", "PROCESSING", "SUSPENDING", "SUSPENDED", "COMPLETED")
BACK = ("UNDOING",)
SUSPENDED = "SUSPENDED"


@dataclass(frozen=True)
class Status:
    """How far the target's work is, as one message tells."""

    entry: Entry
    state: str
    percentage: Any
    remaining: Any
    step: Any

    @classmethod
    def of(cls, entry: Entry, told: dict[str, Any]) -> Status:
        state = str(told.get("operationState"))
        return cls(entry, state, told.get("percentage"), told.get("remainingTime"), told.get("currentStep"))


def reported(one: Attempt) -> list[Status]:
    """What the target notified to the SMM, in order."""
    return [Status.of(entry, entry.request) for entry in one.reports]


def answered(one: Attempt) -> list[Status]:
    """What the target answered to whoever asked, in order."""
    return sorted((Status.of(entry, item) for entry, item in one.answers), key=lambda status: status.entry.sent)


def halts(one: Attempt, after: float = -1) -> list[Status]:
    """The target's reports that its work is suspended."""
    return [status for status in reported(one) if status.state == SUSPENDED and status.entry.sent > after]


def implausible(series: Iterable[Status]) -> Iterator[tuple[Entry, str]]:
    """Where a series of status messages cannot be true: outside 0 to 100, or against the way the work goes."""
    known = [status for status in series if status.percentage is not None]
    for status in known:
        if not isinstance(status.percentage, int | float) or not 0 <= status.percentage <= 100:
            yield status.entry, f"{status.percentage!r} per cent"
        if status.remaining is not None and (not isinstance(status.remaining, int | float) or status.remaining < 0):
            yield status.entry, f"a remaining time of {status.remaining!r}"
    for before, after in pairwise(known):
        yield from _against(before, after)


def _against(before: Status, after: Status) -> Iterator[tuple[Entry, str]]:
    if before.state in ON_THE_WAY and after.state in ON_THE_WAY:
        if after.percentage < before.percentage:
            yield after.entry, f"{after.percentage} per cent after {before.percentage}"
        if None not in (before.remaining, after.remaining) and after.remaining > before.remaining:
            yield after.entry, f"a remaining time of {after.remaining} after {before.remaining}"
    if before.state in BACK and after.state in BACK and after.percentage > before.percentage:
        yield after.entry, f"{after.percentage} per cent after {before.percentage}, on the way back"


def steering(case: Case, one: Attempt, task: str, after: float = -1) -> list[Entry]:
    """The SMM's requests for suspend, resume or undo of the target's work."""
    path = f"{OCCURRENCES}/{one.occurrence}/{task}"
    return list(case.history.find("POST", path, source=case.roles.smm, to=case.roles.target, after=after))


def wished(case: Case, task: str, after: float = -1, before: float = math.inf) -> list[Entry]:
    """The external manager's requests for a task of the process that the SMM took up."""
    path = f"{PROCESSES}/*/{task}"
    asked = case.history.find("POST", path, source=case.roles.observer, to=case.roles.smm, after=after, before=before)
    return [entry for entry in asked if entry.ok]


def said_suspended(case: Case, after: float = -1) -> list[Entry]:
    """Where the SMM says, asked or by itself, that the process is suspended."""
    roles = case.roles
    told = case.history.find(source=roles.smm, to=roles.observer, after=after)
    read = case.history.find("GET", PROCESSES + "/*", source=roles.observer, to=roles.smm, after=after)
    found = [e for e in told if e.asked("state") == SUSPENDED] + [e for e in read if e.told("state") == SUSPENDED]
    return sorted(found, key=lambda entry: entry.sent)


def suspendable(case: Case) -> bool:
    """Whether the target's descriptor says that its work can be suspended; true where nobody read it."""
    return all(entry.told("suspendable") is not False for entry in capabilities(case))


def safe_steps(case: Case) -> list[str] | None:
    """The steps before which the target's descriptor says that it may be suspended; None when it says nothing."""
    told = [entry.told("suspendPoints") for entry in capabilities(case)]
    return next((points for points in reversed(told) if isinstance(points, list)), None)
