"""How far a process is, as its journal says: what is done, under way, ahead and beside, and what that means."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from harness.smm.journal import Detail
from harness.smm.plans.model import Plan, Step, Suspension


@dataclass(frozen=True)
class Arrival:
    """An LCM or VRM operation that the SMM learned of, and the action chosen for it.

    `phase` says which choice it was: "ongoing" (before the modification was asked for), "parallel" or "afterwards".
    """

    id: str
    type: str
    action: str
    consumer: str
    operation: str
    phase: str

    @classmethod
    def of(cls, detail: Detail) -> Arrival:
        return cls(**{name: str(detail.get(name, "")) for name in cls.__dataclass_fields__})


@dataclass
class Track:
    """Steps beside the main ones, for one arrival."""

    todo: list[Step]


@dataclass(frozen=True)
class Retrying:
    """A failure that is tried again after `delay` lab seconds; `again` are the steps to do, the failed one last."""

    step: Step
    again: tuple[Step, ...]
    delay: float
    undo: bool = False


@dataclass
class Progress:
    """What the journal says; built by `reading.progress`, read by `decide` and by whoever shows a process."""

    plan: Plan
    section: str = "modification"
    todo: list[Step] = field(default_factory=list)
    length: int = 0
    repeated: dict[str, Step] = field(default_factory=dict)
    open: dict[str, Step] = field(default_factory=dict)
    undoing: set[str] = field(default_factory=set)
    retrying: dict[str, Retrying] = field(default_factory=dict)
    done: dict[str, list[Detail]] = field(default_factory=dict)
    protections: dict[str, Step] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)
    meanwhile: list[Track] = field(default_factory=list)
    afterwards: list[Track] = field(default_factory=list)
    sides: dict[str, tuple[Step, Track]] = field(default_factory=dict)
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    leftovers: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    reason: str | None = None
    outcome: str | None = None
    fallback_manager: str | None = None
    entry: str | None = None
    manual: bool = False
    may_commit: bool = False
    committed: bool = False
    suspended: bool = False
    control: Track = field(default_factory=lambda: Track([]))
    steered: int = 0
    halted: bool = False
    assisted: int = 0
    undo_asked: bool = False
    rollback_wanted: bool = False
    last: Step | None = None
    changed: bool = False
    ended: bool = False

    @property
    def main_open(self) -> list[Step]:
        """The step of the main line that is under way, if any."""
        return [step for step in self.open.values() if step.id not in self.sides]

    @property
    def main_retrying(self) -> list[str]:
        return [name for name in self.retrying if name not in self.sides]

    @property
    def at_boundary(self) -> bool:
        """Whether no main step is under way, so that the process may be held or turned round."""
        return not self.main_open and not self.main_retrying

    @property
    def waits_for_commit(self) -> bool:
        """Whether everything is done but what the operator reserved for a commit of their own."""
        gated = bool(self.todo) and self.todo[0].gate == "commit"
        return gated and self.manual and not self.may_commit and self.at_boundary

    @property
    def inside(self) -> Suspension | None:
        """How to reach inside the main step under way, or next where its subject is at work already."""
        steps = self.todo[:1] if self.at_boundary else self.main_open
        return next((one for step in steps if (one := self.plan.suspension(step.id))), None)

    @property
    def stands_still(self) -> bool:
        """Whether nothing of the process goes on by itself: neither a main step nor the subject of the next."""
        return self.halted or (self.at_boundary and self.inside is None)

    @property
    def in_parallel_window(self) -> bool:
        """Whether an operation that arrives now falls into the modification itself."""
        names = [step.id for step in self.main_open] or [step.id for step in self.todo[:1]]
        return any(self.plan.named(name) in self.plan.parallel.during for name in names)

    def fact(self, step: str) -> Mapping[str, Any]:
        """What a step found when it was last done; empty when it was not."""
        details = self.done.get(step)
        return details[-1] if details else {}
