"""Work that takes time: named steps walked on an injected clock, forwards, or backwards to undo them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from mocks.entities.errors import StepFailed
from mocks.entities.ports import Clock, Gate


def nothing() -> None:
    """What a step does that leaves no trace."""


@dataclass(frozen=True)
class Step:
    """One step: what doing it changes, what undoing it changes back, and how long either takes (lab seconds)."""

    name: str
    do: Callable[[], None] = nothing
    undo: Callable[[], None] = nothing
    seconds: float = 0.1
    safe: bool = True
    """Whether the work may be suspended right before this step."""


class Listener(Protocol):
    """Whoever owns the work hears of each turn it takes: of a step, or of the end that came with the last one."""

    def stepped(self, step: str) -> None: ...
    def finished(self) -> None: ...
    def failed(self, error: StepFailed) -> None: ...
    def suspended(self) -> None: ...
    def undone(self) -> None: ...


class Runner:
    """Walks steps one after the other; each passes the gate as "<kind>/<step>" before it is done.

    Undoing walks back over the steps that were done, in reverse order, through "<kind>/undo-<step>".
    """

    def __init__(self, kind: str, steps: Sequence[Step], clock: Clock, gate: Gate, listener: Listener) -> None:
        self.kind = kind
        self.steps = tuple(steps)
        self.done = 0
        self._clock = clock
        self._gate = gate
        self._listener = listener
        self._suspending = False
        self._stopped = False

    @property
    def current(self) -> str:
        """The name of the step that is next or under way; empty once all are done."""
        return self.steps[self.done].name if self.done < len(self.steps) else ""

    @property
    def percentage(self) -> int:
        return 100 * self.done // len(self.steps) if self.steps else 100

    @property
    def remaining(self) -> float:
        """Lab seconds that the steps still to do will take."""
        return sum(step.seconds for step in self.steps[self.done :])

    def start(self) -> None:
        self._stopped = False
        self._later(self._next)

    def suspend(self) -> None:
        """Ask for a halt before the next step that is safe to halt at; the listener hears when it is reached."""
        self._suspending = True

    def resume(self) -> None:
        self._suspending = False
        self.start()

    def undo(self) -> None:
        """Walk back; the listener hears `undone` once nothing of the work is left."""
        self._suspending = False
        self._stopped = False
        self._later(self._previous)

    def stop(self) -> None:
        """Do nothing more; what was done stays."""
        self._stopped = True

    def _later(self, task: Callable[[], None], seconds: float = 0.0) -> None:
        self._clock.call_later(seconds, task)

    def _next(self) -> None:
        if self._stopped:
            return
        if self.done == len(self.steps):
            self._listener.finished()
            return
        step = self.steps[self.done]
        if self._suspending and step.safe:
            self._suspending = False
            self._stopped = True
            self._listener.suspended()
            return
        self._gate.enter(
            f"{self.kind}/{step.name}", lambda: self._later(lambda: self._do(step), step.seconds), self._fail
        )

    def _do(self, step: Step) -> None:
        if self._stopped:
            return
        try:
            step.do()
        except StepFailed as error:
            self._fail(error)
            return
        self.done += 1
        if self.done < len(self.steps):
            self._listener.stepped(step.name)
        self._next()

    def _previous(self) -> None:
        if self._stopped:
            return
        if self.done == 0:
            self._listener.undone()
            return
        step = self.steps[self.done - 1]
        self._gate.enter(
            f"{self.kind}/undo-{step.name}", lambda: self._later(lambda: self._undo(step), step.seconds), self._fail
        )

    def _undo(self, step: Step) -> None:
        if self._stopped:
            return
        try:
            step.undo()
        except StepFailed as error:
            self._fail(error)
            return
        self.done -= 1
        if self.done:
            self._listener.stepped(f"undo-{step.name}")
        self._previous()

    def _fail(self, error: Exception) -> None:
        self._stopped = True
        self._listener.failed(error if isinstance(error, StepFailed) else StepFailed(str(error)))
