"""Where a process goes from what was read: its steps ahead, inside a step, into the rollback, to an end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from harness.smm.handover import HAND_OVER
from harness.smm.plans.model import Step
from harness.smm.progress import Progress


class Course(Progress):
    """Progress that can be moved; only a reading of the journal moves it."""

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

    def _steer(self, steps: tuple[Step, ...], task: str) -> None:
        """Put steps beside the main line that reach inside its step; they are done in the order of what was asked."""
        self.steered += 1
        todo = [replace(step, id=f"{step.id}/{task}-{self.steered}") for step in steps]
        if not any(track is self.control for track in self.meanwhile):
            self.meanwhile.append(self.control)
        self.control.todo += todo
        self.sides.update((step.id, (step, self.control)) for step in todo)

    def _undo_inside(self) -> None:
        """Have the subject of the main step under way take back what it did."""
        if self.inside and self.inside.undo:
            self.undo_asked = True
            self._steer(self.inside.undo, "undo")
        elif self.inside:
            self.rollback_wanted = True

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
