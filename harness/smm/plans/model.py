"""An execution plan as frozen data: abstract operations in order, and what follows a failure (Inf.002, Inf.006)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

OF_ITEM = "@"
"""What stands in the id of a repeated step between the step's name in the plan and the number of its item."""

Verb = Literal["retry", "abandon", "rollback", "fallback", "continue", "undo"]


@dataclass(frozen=True)
class Recovery:
    """What follows a failure.

    retry: do `again` (in order) while attempts are left, then `otherwise`; abandon: undo the preparation, nothing was
    changed; rollback: enter the rollback section at `entry`; fallback: a person or the Fallback Manager is needed;
    continue: go on without this step; undo: have the subject of the long step under way take back what it did.
    """

    verb: Verb
    again: tuple[str, ...] = ()
    entry: str | None = None
    otherwise: Recovery | None = None


@dataclass(frozen=True)
class Repeat:
    """Steps that are done in order for each item of a list: the one that step `found_by` found under `key`."""

    id: str
    found_by: str
    key: str


@dataclass(frozen=True)
class Step:
    """One abstract operation of a plan.

    `row` is the row of the flow table that it fulfils; `undo` the operation that takes it back; `changes` marks the
    step that begins to change the target; `gate` what it waits for; `keep` says that its product outlives a process
    that needs a fallback; `always` that a rollback does it wherever it is entered. `repeat` is the repetition that it
    belongs to; once that has begun, there is a step of its own for each `item`.
    """

    id: str
    row: str
    operation: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    undo: str | None = None
    idempotent: bool = False
    on: Mapping[str, Recovery] = field(default_factory=dict)
    attempts: int = 3
    delay: float = 1.0
    gate: str | None = None
    changes: bool = False
    keep: bool = False
    always: bool = False
    repeat: Repeat | None = None
    item: Any = None

    def for_item(self, number: int, item: Any) -> Step:
        """This step for one item of the repetition; its id tells which."""
        return replace(self, id=f"{self.id}{OF_ITEM}{number}", item=item)


@dataclass(frozen=True)
class Section:
    """Steps in order, and the row at which their protection is taken down in the end."""

    end: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Parallel:
    """What is done for an LCM or VRM operation that arrives while a step named in `during` is next or under way.

    `meanwhile` and `afterwards` hold, for each action, the steps taken at once and after the process's own end.
    """

    during: frozenset[str] = frozenset()
    meanwhile: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    afterwards: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Suspension:
    """How to reach inside a long step that is named in `during`, while it is under way (clause 5.7.1).

    `suspend`, `resume` and `undo` hold the steps for what an operator may ask for; `assist` those by which the SMM
    helps a target that suspended itself, by the kind of help that it needs.
    """

    during: frozenset[str]
    suspend: tuple[Step, ...] = ()
    resume: tuple[Step, ...] = ()
    undo: tuple[Step, ...] = ()
    assist: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """An execution plan; `source` is the data it was made from, kept with the journal of each process."""

    id: str
    title: str
    support: str
    modification: Section
    rollback: Section
    parallel: Parallel
    suspensions: tuple[Suspension, ...] = ()
    source: Mapping[str, Any] = field(repr=False, compare=False, default_factory=dict)

    def step(self, id: str) -> Step:
        """The main step of that id; KeyError when the plan has none, as with a journal of another plan."""
        try:
            return self._index[id]
        except KeyError:
            raise KeyError(f"plan {self.id!r} has no step {id!r}; was the journal written for another plan?") from None

    def named(self, id: str) -> str:
        """The step's name in the plan, of a step that was repeated for an item too."""
        return id.partition(OF_ITEM)[0]

    def suspension(self, id: str) -> Suspension | None:
        """How to reach inside the step of that id; None when that is not possible."""
        return next((one for one in self.suspensions if self.named(id) in one.during), None)

    @cached_property
    def _index(self) -> Mapping[str, Step]:
        return {step.id: step for step in (*self.modification.steps, *self.rollback.steps)}

    @cached_property
    def changing(self) -> tuple[str, ...]:
        """The ids of the steps that change the target."""
        return tuple(step.id for step in self._index.values() if step.changes)
