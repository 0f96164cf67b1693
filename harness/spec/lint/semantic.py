"""What happens to instances, interfaces, state data and paths, row by row: what cannot be, and what is left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from harness.spec.lint.entries import entries, pairs
from harness.spec.lint.finding import Finding
from harness.spec.lint.registry import rule
from harness.spec.model import Document, Row, Table
from harness.spec.world.actions import ENTITIES, FES, NEW, OLD, Action, actions
from harness.spec.world.state import STARTED, World
from harness.spec.world.walk import Step, back_from, failed_at, gone_through, use_case_tables, world_before

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
    "path-twice": "add the path only where it was removed",
    "path-absent": "remove only a path that is there",
}
FAILED_SIDE = re.compile(r"failure\s+of\s+(?:a|the)\s+(?P<side>source|destination)\b", re.IGNORECASE)
MENDED_SIDE = re.compile(r"\bfor\s+(?:both|the)\s+(?P<side>source|destination)\b[^.;,]{0,40}", re.IGNORECASE)
DRAGGED = {"terminated-started": "waited-in-vain", "unlocked-twice": "started-twice"}
"""Trouble that another of the same row has told already."""


@rule("flow-impossible", "semantic")
def rows_that_cannot_be_done(document: Document) -> Iterator[Finding]:
    """What a flow starts was not started, what it stops or terminates is there for it, what it waits for comes."""
    for forward in use_case_tables(document):
        world = world_before(forward)
        if world is None:
            continue
        for step in gone_through(forward, forward.rows, world):
            for kind, words, about in _told(step):
                yield Finding(forward.ref(step.row), step.row.place, words, about, MENDS[kind])


@rule("rollback-impossible", "semantic")
def rollback_rows_that_cannot_be_done(document: Document) -> Iterator[Finding]:
    """Entered where its column says, a rollback finds what it undoes: nothing is started that never stopped."""
    for forward, rollback in pairs(document):
        found: dict[tuple[str, str, str], _Group] = {}
        for number, entry in sorted(entries(rollback).items()):
            for step, kind, words, about in _surely(forward, rollback, number, entry):
                group = found.setdefault((step.row.number, about, words), _Group(step.row, kind, []))
                group.at.append(number)
        for (_, about, words), group in found.items():
            at = ", ".join(map(str, dict.fromkeys(group.at)))
            yield Finding(
                rollback.ref(group.row),
                group.row.place,
                words,
                f"entered after a failure at {at} of table {forward.id}: {about}",
                MENDS[group.kind],
            )


@dataclass
class _Group:
    """One trouble of a rollback's row, with the failed rows that lead to it."""

    row: Row
    kind: str
    at: list[int]


def _surely(forward: Table, rollback: Table, number: int, entry: Row) -> Iterator[tuple[Step, str, str, str]]:
    """The trouble that there is whether or not the failed row had done its work."""
    world = world_before(forward, rollback)
    if world is None:
        return
    walks = [gone_through(rollback, back_from(rollback, entry), left) for _, left in failed_at(forward, number, world)]
    for one, other in zip(*walks, strict=True):
        both = {(kind, words) for kind, words, _ in _told(other)}
        yield from ((one, kind, words, about) for kind, words, about in _told(one) if (kind, words) in both)


def _told(step: Step) -> Iterator[tuple[str, str, str]]:
    """The trouble of a row, without what only drags along."""
    kinds = {trouble.kind for trouble in step.troubles}
    seen = set()
    for trouble in step.troubles:
        key = (trouble.kind, trouble.action.words)
        if DRAGGED.get(trouble.kind) in kinds or key in seen:
            continue
        seen.add(key)
        about = "; ".join(t.about for t in step.troubles if (t.kind, t.action.words) == key)
        yield trouble.kind, trouble.action.words, about


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
    for forward, rollback in pairs(document):
        found: dict[str, list[int]] = {}
        at: dict[str, Row] = {}
        for number, entry in sorted(entries(rollback).items()):
            for what in _differences(forward, rollback, number, entry):
                found.setdefault(what, []).append(number)
                at.setdefault(what, entry)
        for what, numbers in found.items():
            row = at[what]
            listed = ", ".join(map(str, numbers))
            yield Finding(
                rollback.ref(row),
                row.place,
                f"entered at row {row.number}",
                f"after a failure at {listed} of table {forward.id} the rollback ends with {what}",
                "add a row, or enter the rollback earlier",
            )


def _differences(forward: Table, rollback: Table, number: int, entry: Row) -> list[str]:
    before = world_before(forward, rollback)
    if before is None:
        return []
    ends = []
    for _, world in failed_at(forward, number, before):
        gone_through(rollback, back_from(rollback, entry), world)
        ends.append(set(_between(before, world)))
    return sorted(ends[0] & ends[1])


def _between(before: World, after: World) -> Iterator[str]:
    for key, was in before.instances.items():
        now, name = after.instances[key], before.shown(key)
        if was.there != now.there:
            yield f"the {name} {'gone' if was.there else 'left behind'}"
        for face, state in was.interfaces.items():
            if now.there and state == STARTED and now.interfaces.get(face) != STARTED:
                yield f"the interfaces towards {face[1]} of the {name} stopped"
    yield from (
        f"the path through the {after.shown(name)} left in the network service"
        for name in sorted(after.paths - before.paths)
    )
    yield from (f"the path through the {before.shown(name)} gone" for name in sorted(before.paths - after.paths))


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
