"""What if a row of a flow fails: the world until then, and what the flow's software rollback makes of it.

Nobody knows whether a row that failed had done its work, so everything is told for both readings; what is wrong in
both is wrong for sure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from harness.spec.model import Document, Row, Table
from harness.spec.world.actions import RESOURCES, actions
from harness.spec.world.differences import short_of, troubles
from harness.spec.world.pairing import counted_as, entries, failing, pairs, rollback_of
from harness.spec.world.state import Fact, World
from harness.spec.world.walk import Step, back_from, gone_through, world_before
from harness.spec.world.ways import Reading, Way, way

FORMAT = "manolab-spec-whatif/1"


@dataclass(frozen=True)
class Change:
    """One fact that a row changed; `was` or `now` is empty where there was or is nothing to tell."""

    thing: str
    aspect: str
    was: str
    now: str


@dataclass(frozen=True)
class Remark:
    """What has to be said of how a rollback is entered: `kind` is one of those of the schema."""

    kind: str
    words: str


@dataclass(frozen=True)
class Failure:
    """A row that fails, the way back, and what has to be said of how the rollback is entered.

    `hole` tells that the text sends this failure to a rollback in which it has no entry.
    """

    row: Row
    way: Way
    remarks: tuple[Remark, ...]
    hole: bool

    @property
    def alike(self) -> bool:
        """Whether it makes no difference to the world if the failed row had done its work, but for resources in use."""
        one, other = self.way.readings
        return all(change.aspect == RESOURCES for change in changes(one.left, other.left))

    @property
    def wrong(self) -> bool:
        """Whether the way back is impossible or leaves another world in both readings."""
        return not self.unpromised and bool(self.way.sure_troubles or self.way.surely_different)

    @property
    def unpromised(self) -> bool:
        """Whether there is no rollback, and the text never said that there is one."""
        return any(remark.kind == "none-promised" for remark in self.remarks)


@dataclass(frozen=True)
class WhatIf:
    """A flow gone through without failure, and the failure of one row (`fail_at`), or of each in turn."""

    forward: Table
    rollback: Table | None
    before: World
    steps: tuple[Step, ...]
    short: tuple[str, ...]
    """What the flow does not reach though nothing fails."""
    failures: tuple[Failure, ...]
    fail_at: int | None = None

    @property
    def wrong(self) -> bool:
        """Whether anything is wrong for sure: on the way forward as far as it was gone, or on a way back."""
        if self.fail_at is None:
            forward = any(step.troubles for step in self.steps) or bool(self.short)
        else:
            forward = any(step.troubles for failure in self.failures for step in failure.way.steps)
        return forward or any(failure.wrong for failure in self.failures)


def numbered(forward: Table) -> list[Row]:
    """The rows of a flow that can fail: those with a number."""
    return [row for row in forward.rows if row.number.isdigit()]


def what_if(document: Document, forward: Table, fail_at: int | None = None) -> WhatIf | None:
    """The flow, and the failure of one of its rows or of each; None where nothing that it does is understood."""
    rollback = rollback_of(document, forward)
    before = world_before(forward, rollback)
    if before is None:
        return None
    world = before.copy()
    steps = tuple(gone_through(forward, forward.rows, world))
    rows = [row for row in numbered(forward) if fail_at in (None, int(row.number))]
    failures = tuple(one for row in rows if (one := _failure(document, forward, rollback, row)) is not None)
    return WhatIf(forward, rollback, before, steps, tuple(short_of(before, world)), failures, fail_at)


def _failure(document: Document, forward: Table, rollback: Table | None, row: Row) -> Failure | None:
    entry, remarks = _entry(document, forward, rollback, row)
    rows: Sequence[Row] = ()
    if rollback is not None and entry is not None:
        rows = back_from(rollback, entry) if any(one.at for one in rollback.rows) else rollback.rows
    found = way(forward, rollback, int(row.number), entry, rows)
    if found is None:
        return None
    if rollback is not None and entry is not None:
        remarks += _strangers(found.before, rows, rollback, forward)
    hole = entry is None and rollback is not None and int(row.number) in failing(forward)
    return Failure(row, found, tuple(remarks), hole)


def _entry(document: Document, forward: Table, rollback: Table | None, row: Row) -> tuple[Row | None, list[Remark]]:
    """Where a failure enters the rollback, with what there is to say about that."""
    if rollback is None:
        promised = any(re.search("rollback", note.text, re.IGNORECASE) for note in forward.notes)
        words = f"the text {'names, and nowhere describes,' if promised else 'promises no'} software rollback"
        return None, [Remark("no-rollback" if promised else "none-promised", f"{words} of table {forward.id}")]
    if not any(one.at for one in rollback.rows):
        words = f"table {rollback.id} has no column 'At #': it is gone through from its begin"
        return rollback.rows[0], [Remark("no-column", words)]
    counted = next((one for one, other in pairs(document) if other is rollback), forward)
    number, remarks = int(row.number), list[Remark]()
    if counted is not forward:
        same = counted_as(counted, row)
        there = f"where row {row.number} is row {same.number}" if same else f"which has no row like row {row.number}"
        words = f"the column 'At #' of table {rollback.id} counts the rows of table {counted.id}, {there}"
        remarks += [Remark("counted", words)] if same is None or same.number != row.number else []
        number = int(same.number) if same and same.number.isdigit() else -1
    entry = entries(rollback).get(number)
    if entry is None:
        named = int(row.number) in failing(forward)
        why = "though a note of the row names the rollback" if named else "and no note of the row names the rollback"
        remarks.append(Remark("no-entry", f"the column 'At #' of table {rollback.id} has no entry for it, {why}"))
    return entry, remarks


def _strangers(before: World, rows: Sequence[Row], rollback: Table, forward: Table) -> list[Remark]:
    """Whom a rollback acts on though the flow does not."""
    acted = {
        before.shown(action.what)
        for row in rows
        for action in actions(row)
        if action.kind in ("instantiate", "terminate", "unlock", "start", "stop", "modify")
        if action.what and before.find(action.what) is None
    }
    return [
        Remark("stranger", f"table {rollback.id} acts on the {name}, which table {forward.id} does not")
        for name in sorted(acted)
    ]


def changes(was: World, now: World) -> list[Change]:
    """The facts that differ, those of one thing together."""
    one, other = was.facts(), now.facts()
    keys: dict[Fact, None] = dict.fromkeys((*one, *other))
    return [Change(*key, one.get(key, ""), other.get(key, "")) for key in keys if one.get(key) != other.get(key)]


def changed(before: World, steps: Sequence[Step]) -> Iterator[tuple[Step, list[Change]]]:
    """Each step with what it changed."""
    was = before
    for step in steps:
        yield step, changes(was, step.after)
        was = step.after


def record(document: Document, found: WhatIf) -> dict[str, Any]:
    """All of it as JSON carries it."""
    return {
        "format": FORMAT,
        "source": {"name": document.source.rpartition("/")[2], "format": document.format},
        "table": found.forward.id,
        "rollback": found.rollback.id if found.rollback else None,
        "failAt": found.fail_at,
        "wrong": found.wrong,
        "flow": {"before": _world(found.before), "rows": _rows(found.before, found.steps), "short": list(found.short)},
        "failures": [_failure_record(failure) for failure in found.failures],
    }


def _failure_record(failure: Failure) -> dict[str, Any]:
    found = failure.way
    return {
        "row": found.forward.ref(failure.row),
        "entry": found.rollback.ref(found.entry) if found.rollback and found.entry else None,
        "hole": failure.hole,
        "remarks": [vars(remark) for remark in failure.remarks],
        "readings": [_reading(reading) for reading in found.readings],
        "sure": {
            "troubles": [
                {**vars(one), "row": found.rollback.ref(one.row)} for one in found.sure_troubles if found.rollback
            ],
            "differences": found.surely_different,
        },
    }


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "done": reading.done,
        "left": _world(reading.left),
        "rows": _rows(reading.left, reading.steps),
        "end": _world(reading.end),
        "differences": list(reading.differences),
    }


def _rows(before: World, steps: Sequence[Step]) -> list[dict[str, Any]]:
    return [
        {
            "row": step.table.ref(step.row),
            "actions": [{"kind": one.kind, "words": one.words, "conditional": one.maybe} for one in step.actions],
            "changed": [vars(one) for one in made],
            "troubles": [{"kind": kind, "words": words, "about": about} for kind, words, about in troubles(step)],
        }
        for step, made in changed(before, steps)
    ]


def _world(world: World) -> list[dict[str, str]]:
    return [{"thing": thing, "aspect": aspect, "state": state} for (thing, aspect), state in world.facts().items()]
