"""How far a process is: a pure reading of its plan and its journal, entry by entry."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from harness.smm.handover import AWAIT, HAND_OVER
from harness.smm.journal import PROCESS, Detail, Entry, Journal
from harness.smm.plans.model import Plan, Recovery, Step, Suspension

ABANDON = Recovery("abandon")
FALLBACK = Recovery("fallback")
CONTINUE = Recovery("continue")
GIVEN_UP = "given-up"
"""The kind of failure of a step behind which, or in which, the operator wants a rollback (5.7.2.5-1, note 5)."""

HARMLESS = frozenset({"refused", "transient"})
"""Failures after which the target is as it was before the request."""


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
    """What the journal says; built by `progress`, read by `decide` and by whoever shows a process."""

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

    def read(self, entry: Entry) -> None:
        """Take one entry into account; KeyError when it names a step that the plan does not have."""
        if entry.step == PROCESS:
            _PROCESS_EVENTS[entry.event](self, entry.detail)
        else:
            _STEP_EVENTS[entry.event](self, self._step(entry.step), entry.detail)
        self._turn()

    # Events of the process

    def _launched(self, detail: Detail) -> None:
        request = detail.get("request", {})
        self.manual, self.fallback_manager = request.get("commit") == "manual", request.get("fallbackManager")
        self._enter(self.plan.modification.steps)

    def _requested(self, detail: Detail) -> None:
        request = detail["request"]
        if request == "suspend":
            self.suspended = True
            if self.inside and not self.halted:
                self._steer(self.inside.suspend, request)
        elif request == "resume":
            self.suspended, self.reason = False, None
            if self.inside and (self.halted or self.control.todo):
                self._steer(self.inside.resume, request)
        elif request == "commit":
            self.may_commit = True
        else:
            self.rollback_wanted = True
            self.suspended = False
            self.reason = "the operator asked for a rollback"
            for name in self.main_retrying:
                del self.retrying[name]
            if self.halted or self.control.todo:
                self._undo_inside()

    def _assistance(self, detail: Detail) -> None:
        """The target suspended itself: help it where the plan knows how, else leave it to the operator."""
        self.halted = True
        if self.control.todo or self.inside is None:
            return
        self.assisted += 1
        steps = self.inside.assist.get(str(detail.get("needs")), ())
        if self.rollback_wanted or (steps and self.assisted > max(step.attempts for step in steps)):
            self.reason = f"{detail.get('detail')}, and help did not help"
            self._undo_inside()
        elif steps:
            self._steer(steps, "assist")
        else:
            self.suspended = True
            self.reason = f"the target asks for assistance: {detail.get('detail')}"

    def _undo_inside(self) -> None:
        """Have the subject of the main step under way take back what it did."""
        if self.inside and self.inside.undo:
            self.undo_asked = True
            self._steer(self.inside.undo, "undo")
        elif self.inside:
            self.rollback_wanted = True

    def _leave_inside(self) -> None:
        """Turn round inside a step whose subject stands still, and has nothing to undo."""
        step = (self.main_open or self.todo)[0]
        self.open.pop(step.id, None)
        self.halted = False
        self._recover(step, step.on.get(GIVEN_UP, Recovery("rollback")), GIVEN_UP, {}, str(self.reason))

    def _steer(self, steps: tuple[Step, ...], task: str) -> None:
        """Put steps beside the main line that reach inside its step; they are done in the order of what was asked."""
        self.steered += 1
        todo = [replace(step, id=f"{step.id}/{task}-{self.steered}") for step in steps]
        if not any(track is self.control for track in self.meanwhile):
            self.meanwhile.append(self.control)
        self.control.todo += todo
        self.sides.update((step.id, (step, self.control)) for step in todo)

    def _noticed(self, detail: Detail) -> None:
        arrival = Arrival.of(detail)
        self.arrivals[arrival.id] = arrival
        if arrival.phase == "parallel":
            self._add_track(self.meanwhile, arrival, self.plan.parallel.meanwhile)
        if arrival.phase in ("parallel", "afterwards"):
            self._add_track(self.afterwards, arrival, self.plan.parallel.afterwards)

    def _add_track(self, tracks: list[Track], arrival: Arrival, steps: Mapping[str, tuple[Step, ...]]) -> None:
        todo = [replace(step, id=f"{step.id}/{arrival.id}") for step in steps.get(arrival.action, ())]
        if todo:
            track = Track(todo)
            tracks.append(track)
            self.sides.update((step.id, (step, track)) for step in todo)

    def _ended(self, detail: Detail) -> None:
        self.ended = True
        self.outcome = detail["outcome"]
        self.reason = detail.get("reason")

    # Events of a step

    def _started(self, step: Step, detail: Detail) -> None:
        self.open[step.id] = step
        self.tries[step.id] = self.tries.get(step.id, 0) + 1
        if "undo" in detail:
            self.undoing.add(step.id)
            return
        self.changed = self.changed or step.changes
        self.committed = self.committed or step.gate == "commit"

    def _done(self, step: Step, detail: Detail) -> None:
        del self.open[step.id]
        self.done.setdefault(step.id, []).append(detail)
        if step is AWAIT:
            self._fallen_back(str(detail.get("restoredFrom")))
        if step.undo:
            self.protections.setdefault(step.id, step)
        if step.changes:
            self.entry = None
        if step.id not in self.sides:
            self.halted, self.assisted, self.last = False, 0, step
        elif "halted" in detail:
            self.halted = bool(detail["halted"])
        self._pass(step)

    def _undone(self, step: Step, _detail: Detail) -> None:
        del self.open[step.id]
        self.undoing.discard(step.id)
        del self.protections[step.id]

    def _retried(self, step: Step, _detail: Detail) -> None:
        retrying = self.retrying.pop(step.id, None)
        if retrying is None or retrying.undo or step.id in self.sides:
            return
        self.todo = [*retrying.again, *[later for later in self.todo if later.id != step.id]]

    def _failed(self, step: Step, detail: Detail) -> None:
        del self.open[step.id]
        kind, reason = str(detail.get("kind")), str(detail.get("reason", ""))
        if step.id not in self.sides:
            self.halted, self.assisted = False, 0
        if step.id in self.undoing:
            self.undoing.discard(step.id)
            self._failed_undo(step, kind, reason)
            return
        if step.gate == "commit" and kind in HARMLESS:
            self.committed = False
        if step.changes and kind in HARMLESS:
            self.changed = any(self.plan.named(name) in self.plan.changing for name in self.done)
        default = FALLBACK if self.changed else ABANDON
        self._recover(step, step.on.get(kind, default), kind, detail, reason)

    def _failed_undo(self, step: Step, kind: str, reason: str) -> None:
        # Undoing ends well or is given up and said so; it never turns the process round again.
        if kind == "transient" and self.outcome != "FALLBACK_NEEDED" and self.tries[step.id] < step.attempts:
            self.retrying[step.id] = Retrying(step, (), step.delay, undo=True)
            return
        del self.protections[step.id]
        self.leftovers.append(f"{step.undo} of {step.id} did not succeed: {reason}")

    def _recover(self, step: Step, recovery: Recovery, kind: str, detail: Detail, reason: str) -> None:
        if kind.startswith("rolled-back"):
            self.entry = _entry(recovery)
        if recovery.verb == "retry":
            if self.tries[step.id] < step.attempts and not (self.rollback_wanted and step.id not in self.sides):
                # Beside the main line a step is repeated by itself: its neighbours have names of their own there.
                names = () if step.id in self.sides else recovery.again
                again = tuple(self._beside(step, name) for name in names if name != self.plan.named(step.id))
                self.retrying[step.id] = Retrying(step, (*again, step), float(detail.get("retryAfter", step.delay)))
                return
            recovery = recovery.otherwise or FALLBACK
        if recovery.verb == "undo" and self.outcome is None:
            self._give_up(step)
            self.reason = f"{step.id} ({step.row}) failed: {reason}"
            self._undo_inside()
            return
        if recovery.verb == "continue" or self.outcome is not None:
            self.leftovers.append(f"{step.id} ({step.row}) did not succeed: {reason}")
            self._give_up(step)
            return
        if kind not in ("undone", GIVEN_UP) or self.reason is None:
            self.reason = f"{step.id} ({step.row}) failed: {reason}"
        if recovery.verb == "abandon" and not self.changed:
            self._finish("NOT_STARTED")
        elif recovery.verb in ("abandon", "rollback") and self.section == "modification":
            self._enter_rollback(recovery.entry)
        else:
            self._finish("FALLBACK_NEEDED")

    # What follows

    def _step(self, id: str) -> Step:
        side = self.sides.get(id)
        return side[0] if side else HAND_OVER.get(id) or self.repeated.get(id) or self.plan.step(id)

    def _beside(self, step: Step, name: str) -> Step:
        """The step of that name, for the same item where both are repeated together."""
        found = self.plan.step(name)
        same = step.repeat is not None and found.repeat == step.repeat
        return self.repeated[f"{name}{step.id.removeprefix(self.plan.named(step.id))}"] if same else found

    def _enter(self, steps: Iterable[Step]) -> None:
        """Have these steps ahead."""
        self.todo = list(steps)
        self.length = len(self.todo)

    def _unfold(self) -> None:
        """Where a repetition is next, have its steps ahead once for each item that was found."""
        while self.todo and (repeat := self.todo[0].repeat) and self.todo[0].id not in self.repeated:
            block = [step for step in self.todo if step.repeat == repeat]
            items = self.fact(repeat.found_by).get(repeat.key, ())
            unfolded = [step.for_item(number, item) for number, item in enumerate(items, 1) for step in block]
            self.repeated.update((step.id, step) for step in unfolded)
            self.todo[: len(block)] = unfolded
            self.length += len(unfolded) - len(block)

    def _pass(self, step: Step) -> None:
        """Go on behind a step that is done."""
        side = self.sides.get(step.id)
        todo = side[1].todo if side else self.todo
        if todo and todo[0].id == step.id:
            del todo[0]

    def _give_up(self, step: Step) -> None:
        """Go on without a step: a track ends there."""
        side = self.sides.get(step.id)
        if side:
            side[1].todo.clear()
        elif step.id in HAND_OVER:
            self.todo.clear()
        else:
            self._pass(step)

    def _turn(self) -> None:
        """At a boundary: turn round when the operator asked for it, or see that a section is through."""
        if self.outcome is None and self.rollback_wanted and self.halted and self.inside and not self.inside.undo:
            self._leave_inside()
        if self.outcome is not None or not self.at_boundary:
            return
        self._unfold()
        if self.rollback_wanted and not self.changed:
            self._finish("NOT_STARTED")
        elif self.inside is not None:
            return
        elif self.rollback_wanted:
            self._enter_rollback(_entry(self.last.on.get(GIVEN_UP)) if self.last else None)
        elif not self.todo and not self.open and not any(track.todo for track in self.meanwhile):
            self._finish("SOURCE_COMMITTED" if self.section == "rollback" else "DESTINATION_COMMITTED")

    def _enter_rollback(self, entry: str | None) -> None:
        steps = self.plan.rollback.steps
        wanted = entry or self.entry
        first = next((index for index, step in enumerate(steps) if step.id == wanted), 0)
        self.section = "rollback"
        self._enter(step for index, step in enumerate(steps) if step.always or index >= first)
        self.rollback_wanted = self.undo_asked = False
        del self.control.todo[1:]

    def _finish(self, outcome: str) -> None:
        self.outcome = outcome
        self.todo = []
        self.suspended = self.rollback_wanted = False
        # From here on each undo has its own attempts.
        self.tries = {}
        if outcome in ("NOT_STARTED", "FALLBACK_NEEDED"):
            self.meanwhile = []
            self.open = {}
            self.retrying = {}
        if outcome == "FALLBACK_NEEDED":
            self.afterwards = []
            self.kept = [step.id for step in self.protections.values() if step.keep]
            self.protections = {step.id: step for step in self.protections.values() if not step.keep}
            if self.fallback_manager and any("restorationPointId" in found[-1] for found in self.done.values()):
                self.todo = list(HAND_OVER.values())

    def _fallen_back(self, point: str) -> None:
        """The Fallback Manager has done it: what was kept for it is not needed any more."""
        self.outcome = "FALLEN_BACK"
        self.reason = f"{self.reason}; the Fallback Manager has fallen back to restoration point {point}"
        self.protections = {name: self._step(name) for name in self.kept}
        self.kept = []


def _entry(recovery: Recovery | None) -> str | None:
    """Where a recovery would enter the rollback in the end."""
    while recovery is not None and recovery.verb == "retry":
        recovery = recovery.otherwise
    return recovery.entry if recovery else None


_PROCESS_EVENTS: Mapping[str, Callable[[Progress, Detail], None]] = {
    "launched": Progress._launched,
    "requested": Progress._requested,
    "noticed": Progress._noticed,
    "assistance": Progress._assistance,
    "ended": Progress._ended,
}
_STEP_EVENTS: Mapping[str, Callable[[Progress, Step, Detail], None]] = {
    "started": Progress._started,
    "done": Progress._done,
    "failed": Progress._failed,
    "retried": Progress._retried,
    "undone": Progress._undone,
}


def progress(plan: Plan, journal: Journal) -> Progress:
    """What a journal says; the same journal gives the same answer.

    A journal only grows, so what was read of it before is kept with it, and only new entries are read.
    """
    kept: tuple[Plan, Progress, int] | None = journal.reading
    if kept is None or kept[0] is not plan:
        kept = (plan, Progress(plan), 0)
    _, found, seen = kept
    if seen == len(journal.entries):
        return found
    for entry in journal.entries[seen:]:
        found.read(entry)
    journal.reading = (plan, found, len(journal.entries))
    return found
