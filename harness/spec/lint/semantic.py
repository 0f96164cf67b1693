"""What happens to instances, interfaces, state data and paths, row by row: what cannot be, and what is left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.model import Document, Row, Table
from harness.spec.world.actions import ENTITIES, FES, NEW, OLD, Action, actions
from harness.spec.world.differences import troubles
from harness.spec.world.state import World
from harness.spec.world.walk import gone_through, use_case_tables, world_before
from harness.spec.world.ways import sure_of

MENDS = {
    "instantiated-twice": "instantiate it only where it was terminated",
    "started-twice": "start only what was stopped",
    "started-absent": "instantiate it first",
    "stopped-unstarted": "stop only what was started",
    "stopped-absent": "leave it out",
    "stopped-twice": "stop it once",
    "unlocked-absent": "instantiate it first",
    "unlocked-twice": "unlock only what was locked",
    "waited-in-vain": "stop these interfaces in a row before, or say which are waited for",
    "terminated-started": "stop them gracefully before it is terminated",
    "terminated-absent": "leave it out",
    "transferred-to-itself": "name giver and receiver",
    "transferred-from-absent": "transfer before it is terminated",
    "transferred-to-absent": "instantiate the receiver first",
    "transferred-without": "give it the state data first, or transfer nothing",
    "path-twice": "add the path only where it was removed",
    "path-absent": "remove only a path that is there",
}
FAILED_SIDE = re.compile(r"failure\s+of\s+(?:a|the)\s+(?P<side>source|destination)\b", re.IGNORECASE)
MENDED_SIDE = re.compile(r"\bfor\s+(?:both|the)\s+(?P<side>source|destination)\b[^.;,]{0,40}", re.IGNORECASE)


@rule("flow-impossible", "semantic")
def rows_that_cannot_be_done(document: Document) -> Iterator[Finding]:
    """What a flow starts was not started, what it stops or terminates is there for it, what it waits for comes."""
    for forward in use_case_tables(document):
        world = world_before(forward)
        if world is None:
            continue
        for step in gone_through(forward, forward.rows, world):
            for kind, words, about in troubles(step):
                yield Finding(forward.ref(step.row), step.row.place, words, about, MENDS[kind])


@rule("rollback-impossible", "semantic")
def rollback_rows_that_cannot_be_done(document: Document) -> Iterator[Finding]:
    """Entered where its column says, a rollback finds what it undoes: nothing is started that never stopped."""
    found: dict[tuple[Table, str, str, str], _Group] = {}
    for sure in sure_of(document):
        for one in sure.troubles:
            key = (sure.rollback, one.row.number, one.about, one.words)
            found.setdefault(key, _Group(sure.forward, one.row, one.kind, [])).at.append(sure.number)
    for (rollback, _, about, words), group in found.items():
        at = ", ".join(map(str, dict.fromkeys(group.at)))
        yield Finding(
            rollback.ref(group.row),
            group.row.place,
            words,
            f"entered after a failure at {at} of table {group.forward.id}: {about}",
            MENDS[group.kind],
        )


@dataclass
class _Group:
    """What is wrong at one row of a rollback, with the failed rows of the flow that lead to it."""

    forward: Table
    row: Row
    kind: str
    at: list[int]


@rule("flow-leftover", "semantic")
def instances_left_behind(document: Document) -> Iterator[Finding]:
    """At the end of a modification only one of a source and its destination is there."""
    for forward in use_case_tables(document):
        world = world_before(forward)
        if world is None:
            continue
        gone_through(forward, forward.rows, world)
        for name, instance in world.instances.items():
            other = world.instances.get(name.replace("source", "destination"))
            if (
                name.startswith("source")
                and instance.there
                and other is not None
                and other is not instance
                and other.there
            ):
                yield Finding(
                    forward.id,
                    forward.rows[-1].place,
                    name,
                    "at the end it still runs beside its destination, and no row terminates it",
                    "terminate it when it serves nobody any more",
                )


@rule("rollback-leftover", "semantic")
def worlds_that_are_not_restored(document: Document) -> Iterator[Finding]:
    """After a rollback the world is what it was before the modification."""
    found: dict[tuple[Table, str], _Group] = {}
    for sure in sure_of(document):
        for what in sure.differences:
            found.setdefault((sure.rollback, what), _Group(sure.forward, sure.entry, "", [])).at.append(sure.number)
    for (rollback, what), group in found.items():
        listed = ", ".join(map(str, group.at))
        yield Finding(
            rollback.ref(group.row),
            group.row.place,
            f"entered at row {group.row.number}",
            f"after a failure at {listed} of table {group.forward.id} the rollback ends with {what}",
            "add a row, or enter the rollback earlier",
        )


@rule("replaces-itself", "semantic")
def instances_that_replace_themselves(document: Document) -> Iterator[Finding]:
    """An instance that is instantiated to replace another does not replace itself."""
    for table in document.flows:
        for row in table.rows:
            done = actions(row)
            made = next((a for a in done if a.kind == "instantiate"), None)
            for action in done:
                if made and action.kind == "replace" and _key(made) == _key(action):
                    yield Finding(
                        table.ref(row),
                        row.place,
                        action.words,
                        f"what is instantiated here is the {_key(made)} itself",
                        f"say that it replaces the {_opposite(_key(made))}",
                    )


def _key(action: Action) -> str:
    return World([], []).shown(action.what)


def _opposite(name: str) -> str:
    return name.replace("source", "destination") if "source" in name else name.replace("destination", "source")


@rule("generation-unnamed", "semantic")
def interfaces_old_or_new(document: Document) -> Iterator[Finding]:
    """A flow that tells old service interfaces from new ones says of each that is started or stopped which it is."""
    for table in document.flows:
        done = [(row, action) for row in table.rows for action in actions(row) if action.kind in ("start", "stop")]
        told = {action.which for _, action in done}
        if not {OLD, NEW} <= told:
            continue
        for row, action in done:
            if not action.which and action.towards in (FES, ENTITIES):
                yield Finding(
                    table.ref(row),
                    row.place,
                    action.words,
                    "the rows beside it tell old interfaces from new ones; this one does not",
                    "say whether the old or the new ones are meant",
                    "likely",
                )


@rule("sides-swapped", "semantic")
def recoveries_of_the_other_side(document: Document) -> Iterator[Finding]:
    """What a note does about a failure of the source, it does to the source, and likewise for the destination."""
    for table in document.flows:
        for note in table.notes:
            failed, mended = FAILED_SIDE.search(note.text), MENDED_SIDE.search(note.text)
            if failed and mended and failed["side"].casefold() != mended["side"].casefold():
                where = f"{table.id} note {note.number or ''}".strip()
                yield Finding(
                    where,
                    note.place,
                    mended[0],
                    f"the note is about a failure of the {failed['side']}",
                    f"say {failed['side']} in both places, or say why it is the other",
                    "likely",
                )
