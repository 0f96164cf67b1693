"""Goes through the rows of a flow, and of the rollback that takes it back, on a model of the world."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from harness.spec.model import BEGIN, Document, Row, Table
from harness.spec.world.actions import EACH_OTHER, EITHER, NEW, OLD, SOURCE, Action, actions
from harness.spec.world.pairing import is_rollback
from harness.spec.world.state import Traits, Trouble, World


@dataclass(frozen=True)
class Step:
    """A row that was gone through: what it did, what cannot be right about that, and the world after it."""

    table: Table
    row: Row
    actions: tuple[Action, ...]
    troubles: tuple[Trouble, ...]
    after: World


def world_before(forward: Table, rollback: Table | None = None) -> World | None:
    """The world as a flow finds it; None where the flow does nothing to instances that is understood.

    What the flow terminates, stops or modifies is running; what it instantiates is not there. A flow that tells old
    interfaces from new ones has both on one instance.
    """
    done = [action for row in forward.rows for action in actions(row)]
    scratch = World([], [])
    made = list(dict.fromkeys(scratch.name(a.what) for a in done if a.kind == "instantiate"))
    touched = [scratch.name(a.what) for a in done if a.kind in ("terminate", "stop", "start", "unlock") and a.what]
    touched += [scratch.name(a.receiver or a.what) for a in done if a.kind == "transfer"]
    modified = [scratch.name(a.what) for a in done if a.kind == "modify"]
    running = [name for name in dict.fromkeys((*touched, *modified)) if name not in made and name]
    if not made and not running:
        return None
    # Somebody who stands in for another is found by the one that it replaces.
    for name in made:
        other = name.replace("destination", "source")
        if other != name and other not in running and other not in made:
            running.append(other)
    back = [action for row in rollback.rows for action in actions(row)] if rollback else []
    faces = [(scratch.name(a.what), a.towards) for a in (*done, *back) if a.kind in ("start", "stop") and a.what]
    paired = {name for name, towards in faces if towards == EACH_OTHER}
    traits = Traits(
        generations=(OLD, NEW) if _both(done) else (EITHER,),
        serving=frozenset(name for name, _ in faces),
        paired=frozenset(paired | {_other(name) for name in paired}),
        transferring=any(a.kind == "transfer" for a in (*done, *back)),
        unlocking=any(a.kind == "unlock" for a in (*done, *back)),
    )
    world = World(running, made, traits)
    for name in modified:
        world.instances[name].version = SOURCE
    world.written |= scratch.written
    return world


def _other(name: str) -> str:
    """Who is there before or after an instance."""
    return name.replace("source", "destination") if "source" in name else name.replace("destination", "source")


def _both(done: Sequence[Action]) -> bool:
    """Whether a flow tells old from new."""
    text = " ".join(action.words for action in done)
    return bool(re.search(r"\bold\b", text)) and bool(re.search(r"\bnew\b", text))


def gone_through(table: Table, rows: Sequence[Row], world: World) -> list[Step]:
    """Each of these rows done to the world, one after the other; the world is changed."""
    steps = []
    for row in rows:
        done = actions(row)
        troubles = tuple(trouble for action in done for trouble in world.done(action))
        steps.append(Step(table, row, done, troubles, world.copy()))
    return steps


def until(forward: Table, number: int) -> list[Row]:
    """The rows of a flow before this one."""
    return [row for row in forward.rows if row.number == BEGIN or (row.number.isdigit() and int(row.number) < number)]


def back_from(rollback: Table, entry: Row) -> list[Row]:
    """The rows of a rollback from an entry on, with those that come before any entry (checks and information)."""
    first = next((index for index, row in enumerate(rollback.rows) if row.at), 0)
    start = rollback.rows.index(entry)
    return [*rollback.rows[: min(first, start)], *rollback.rows[start:]]


def use_case_tables(document: Document) -> list[Table]:
    """Flows that are no rollback."""
    return [table for table in document.flows if not is_rollback(table)]
