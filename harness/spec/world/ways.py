"""The ways back from a failure: the flow until the row that fails, and its rollback from the entry that fits.

Whether a row that failed had done its work nobody knows, so each way has two readings. What holds in both is sure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from harness.spec.model import Document, Row, Table
from harness.spec.world.differences import between, still_kept, troubles
from harness.spec.world.pairing import entries, pairs
from harness.spec.world.state import World
from harness.spec.world.walk import Step, back_from, gone_through, until, world_before


@dataclass(frozen=True)
class Reading:
    """One of the two: whether the failed row's work was `done`, the world it left, and what the rollback made of it."""

    done: bool
    left: World
    steps: tuple[Step, ...]
    differences: tuple[str, ...]

    @property
    def end(self) -> World:
        return self.steps[-1].after if self.steps else self.left


@dataclass(frozen=True)
class Impossible:
    """A row that cannot be done: `kind` is that of the trouble, `words` how the text says it, `about` why."""

    row: Row
    kind: str
    words: str
    about: str


@dataclass(frozen=True)
class Way:
    """A failure at a row of a flow, and the rollback from `entry` on; `entry` is None where it cannot be entered."""

    forward: Table
    rollback: Table | None
    number: int
    entry: Row | None
    before: World
    steps: tuple[Step, ...]
    """The rows before the one that fails."""
    readings: tuple[Reading, Reading]

    @cached_property
    def surely_different(self) -> list[str]:
        """How the world differs from before, in either reading."""
        one, other = (set(reading.differences) for reading in self.readings)
        return sorted(one & other)

    @cached_property
    def sure_troubles(self) -> list[Impossible]:
        """Rows of the rollback that cannot be done in either reading."""
        first, second = (reading.steps for reading in self.readings)
        return [
            Impossible(one.row, kind, words, about)
            for one, other in zip(first, second, strict=True)
            if one.troubles and other.troubles
            for kind, words, about in troubles(one)
            if (kind, words) in {(k, w) for k, w, _ in troubles(other)}
        ]


def way(forward: Table, rollback: Table | None, number: int, entry: Row | None, rows: Sequence[Row]) -> Way | None:
    """The way back over these rows of the rollback; None where nothing that the flow does is understood."""
    before = world_before(forward, rollback)
    if before is None:
        return None
    world = before.copy()
    steps = gone_through(forward, until(forward, number), world)
    failed = forward.row(str(number))
    after = world.copy()
    gone_through(forward, [failed] if failed else [], after)
    readings = (_reading(False, before, world, rollback, rows), _reading(True, before, after, rollback, rows))
    return Way(forward, rollback, number, entry, before, tuple(steps), readings)


def _reading(done: bool, before: World, left: World, rollback: Table | None, rows: Sequence[Row]) -> Reading:
    end = left.copy()
    steps = gone_through(rollback, rows, end) if rollback else []
    kept = still_kept(before, end) if steps else ()  # a process that has not ended keeps what protects it
    return Reading(done, left, tuple(steps), (*between(before, end), *kept))


@dataclass(frozen=True)
class Sure:
    """What is sure of the way back from a row that a column "At #" names."""

    forward: Table
    rollback: Table
    number: int
    entry: Row
    troubles: tuple[Impossible, ...]
    differences: tuple[str, ...]


@lru_cache(maxsize=4)
def sure_of(document: Document) -> tuple[Sure, ...]:
    """For every row that a column "At #" names; the worlds on the way are not kept."""
    return tuple(
        Sure(forward, rollback, number, entry, tuple(found.sure_troubles), tuple(found.surely_different))
        for forward, rollback in pairs(document)
        for number, entry in sorted(entries(rollback).items())
        if (found := way(forward, rollback, number, entry, back_from(rollback, entry))) is not None
    )
