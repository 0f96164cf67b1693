"""The reading of a journal: what each entry says of how far its process is. Pure: it does no I/O."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from harness.smm.course import Course
from harness.smm.handover import AWAIT
from harness.smm.journal import PROCESS, Detail, Entry, Journal
from harness.smm.plans.model import Plan, Recovery, Step
from harness.smm.progress import Arrival, Progress, Retrying, Track

ABANDON = Recovery("abandon")
FALLBACK = Recovery("fallback")
GIVEN_UP = "given-up"
"""The kind of failure of a step behind which, or in which, the operator wants a rollback (5.7.2.5-1, note 5)."""

HARMLESS = frozenset({"refused", "transient"})
"""Failures after which the target is as it was before the request."""


class Reading(Course):
    """Progress while it is read, entry by entry."""

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

    def _leave_inside(self) -> None:
        """Turn round inside a step whose subject stands still, and has nothing to undo."""
        step = (self.main_open or self.todo)[0]
        self.open.pop(step.id, None)
        self.halted = False
        self._recover(step, step.on.get(GIVEN_UP, Recovery("rollback")), GIVEN_UP, {}, str(self.reason))

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


def _entry(recovery: Recovery | None) -> str | None:
    """Where a recovery would enter the rollback in the end."""
    while recovery is not None and recovery.verb == "retry":
        recovery = recovery.otherwise
    return recovery.entry if recovery else None


_PROCESS_EVENTS: Mapping[str, Callable[[Reading, Detail], None]] = {
    "launched": Reading._launched,
    "requested": Reading._requested,
    "noticed": Reading._noticed,
    "assistance": Reading._assistance,
    "ended": Reading._ended,
}
_STEP_EVENTS: Mapping[str, Callable[[Reading, Step, Detail], None]] = {
    "started": Reading._started,
    "done": Reading._done,
    "failed": Reading._failed,
    "retried": Reading._retried,
    "undone": Reading._undone,
}


def progress(plan: Plan, journal: Journal) -> Progress:
    """What a journal says; the same journal gives the same answer.

    A journal only grows, so what was read of it before is kept with it, and only new entries are read.
    """
    kept: tuple[Plan, Reading, int] | None = journal.reading
    if kept is None or kept[0] is not plan:
        kept = (plan, Reading(plan), 0)
    _, found, seen = kept
    if seen == len(journal.entries):
        return found
    for entry in journal.entries[seen:]:
        found.read(entry)
    journal.reading = (plan, found, len(journal.entries))
    return found
