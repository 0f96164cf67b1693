"""What is done with a redundancy unit, as operation occurrences (GR clause 5.3.2, rows 3 and 8 to 11; Fun.016).

INSTANTIATE   prepare     takes what the unit needs out of the indicated reservation
              deploy      the unit is there, started, and lets nobody in
              synchronise it gets the state of the unit that it is to replace, without anybody asking for it
CHANGE_STATE  start, unlock, lock; a graceful stop drains, stops, and hands the unit's state over
TERMINATE     remove      the unit is gone, and what was taken so that two could run beside each other is given back
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, StepFailed
from mocks.entities.occurrence import Occurrence, problem_of
from mocks.entities.ports import Body
from mocks.entities.redundancy_unit import RedundancyUnit
from mocks.entities.runner import Runner, Step
from mocks.entities.state_changes import WORK, ManagedState, actions

KIND = "redundancy-unit"
IN_PROGRESS = ("STARTING", "PROCESSING")
TRANSITIONS = {
    ("STARTING", "begin"): "PROCESSING",
    ("PROCESSING", "finish"): "COMPLETED",
    **{(state, "fail"): "FAILED" for state in IN_PROGRESS},
}


class UnitOperation(Occurrence):
    """The occurrence and the work of one operation; `heard` is called after each turn it takes.

    `finishing` does what the end brings about, `breaking` takes back what was begun.
    """

    def __init__(self, core: Core, unit: RedundancyUnit, steps: list[Step], asked: Body, heard: Heard) -> None:
        self.unit = unit
        self._heard = heard
        self.finishing: Callable[[], None] = lambda: None
        self.breaking: Callable[[], None] = lambda: None
        attributes = {"redundancyUnitId": unit.id, "softwareVersion": unit.software_version, **asked}
        super().__init__(core, TRANSITIONS, steps, attributes)

    def walker(self) -> Runner:
        return self.core.runner(KIND, self.steps, self)

    @property
    def in_progress(self) -> bool:
        return self.state in IN_PROGRESS

    def begin(self) -> None:
        """Take up the work, unless it was interrupted before it began."""
        if self.can("begin"):
            self._turn("begin")
            self.work()

    def interrupt(self, reason: str) -> None:
        """End the work where it stands, because the entity is stopped by force."""
        if self.in_progress:
            if self.runner:
                self.runner.stop()
            self.failed(StepFailed(reason, transient=True))

    def stepped(self, step: str) -> None:
        """A step leaves nothing to tell; the end does."""

    def finished(self) -> None:
        if self.unit.error and self.attribute("operation") != "TERMINATE":
            self.failed(StepFailed(f"redundancy unit {self.unit.id} crashed"))
            return
        self.finishing()
        self._turn("finish")

    def failed(self, error: StepFailed) -> None:
        self.breaking()
        self._turn("fail", error=problem_of(error, f"{self.attribute('operation')} of a redundancy unit failed"))

    def suspended(self) -> None:
        """Never asked for."""

    def undone(self) -> None:
        """Never asked for."""

    def snapshot(self) -> Body:
        return {**super().snapshot(), "unit": self.unit.snapshot()}

    def _turn(self, event: str, **attributes: Any) -> None:
        with self._lock:
            self.advance(event, **attributes)
            self._heard(self)


Heard = Callable[[UnitOperation], None]


class Turn:
    """A change of state of some interfaces of a unit: begun as a whole, ended as a whole."""

    def __init__(self, states: list[ManagedState], request: Body) -> None:
        self._states = states
        self.operational, self.administrative = actions(request)
        self._forceful = request.get("operationalStateChange", {}).get("stopType") == "FORCEFUL"

    @property
    def stops_gracefully(self) -> bool:
        return self.operational == "STOP" and not self._forceful

    def names(self) -> list[str]:
        """The names of its steps."""
        wanted = [action for action in (self.operational, self.administrative) if action]
        found = [step for action in wanted for step in WORK[action] if not (self._forceful and step == "drain")]
        return [*found, "hand-over"] if self.stops_gracefully else found

    def begin(self) -> None:
        """Leave the present states; Conflict when one of them does not allow it or is changing already."""
        if any(state.busy for state in self._states):
            raise Conflict("another change of this object's state is in progress; wait until it ends")
        machines = [
            (machine, action)
            for state in self._states
            for machine, action in ((state.operational, self.operational), (state.administrative, self.administrative))
            if action
        ]
        # All or nothing: no machine may move when another will refuse.
        for machine, action in sorted(machines, key=lambda turn: turn[0].can(turn[1])):
            machine.fire(action)
        for state in self._states:
            state.busy = True

    def end(self, event: str) -> None:
        """All are done, or failed."""
        for state in self._states:
            for machine, action in (
                (state.operational, self.operational),
                (state.administrative, self.administrative),
            ):
                if action and machine.can(event):
                    machine.fire(event)
            state.busy = False
