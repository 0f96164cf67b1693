"""What takes a modification by another instance further, and what turns it back (GR clauses 5.3.3 and 5.4.2)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from http import HTTPStatus

from harness.judge.case import Case
from harness.judge.history import Entry
from harness.judge.instances import IMPORT, TERMINATE, view
from harness.judge.interfaces import changes
from harness.judge.pair import members
from harness.judge.rules.testing import runs
from harness.judge.states import ENTITY

APPLICATION = f"{ENTITY}/change_state"
BEGIN = frozenset({"START", "RESTART", "UNLOCK"})


def went_on(case: Case) -> tuple[Entry, Entry] | None:
    """A request that an instance refused for good, and what the SMM then did all the same to go on; None if nothing.

    Good is what was refused and asked for again with success; what conflicts with work under way is no refusal.
    """
    if not case.roles.destination:  # nobody takes the target's place
        return None
    until = case.end_of_process.sent if case.end_of_process else math.inf
    for one in members(case) or (case,):
        for refusal in _refusals(one):
            turned = min((entry.sent for entry in _backward(one) if entry.sent > refusal.sent), default=until)
            on = [entry for entry in _forward(one) if refusal.sent < entry.sent < turned]
            if on:
                return refusal, min(on, key=lambda entry: entry.sent)
    return None


def _refusals(case: Case) -> Iterator[Entry]:
    asked = [e for e in case.history.find("POST", source=case.roles.smm) if e.to in case.roles.instances]
    for entry in asked:
        refused = entry.status in range(400, 500) and entry.status != HTTPStatus.CONFLICT
        again = (e for e in asked if e.ok and (e.to, e.path) == (entry.to, entry.path) and e.sent > entry.sent)
        if refused and not any(again):
            yield entry


def _forward(case: Case) -> Iterator[Entry]:
    """What brings the destination to its work, and ends the source."""
    one, smm = view(case, "destination"), case.roles.smm
    for path in (IMPORT, APPLICATION):
        yield from case.history.find("POST", path, source=smm, to=one.roles.target)
    yield from (change.entry for change in changes(one) if change.actions & BEGIN)
    yield from (change.entry for change in changes(case) if "STOP" in change.actions)
    yield from case.history.find("POST", TERMINATE, source=smm, to=case.roles.target)
    yield from (asked for asked in runs(case) if asked.asked("target") == one.roles.target)


def _backward(case: Case) -> Iterator[Entry]:
    """What brings the source back to its work, and ends the destination."""
    one, smm = view(case, "destination"), case.roles.smm
    yield from case.history.find("POST", IMPORT, source=smm, to=case.roles.target)
    yield from (change.entry for change in changes(case) if change.actions & BEGIN)
    yield from (change.entry for change in changes(one) if "STOP" in change.actions)
    yield from case.history.find("POST", TERMINATE, source=smm, to=one.roles.target)
