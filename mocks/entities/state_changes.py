"""State management (SOL 009 clause 5.5.7): changes of an application's or interface's state take time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, StepFailed, Unprocessable
from mocks.entities.machine import Machine, Transitions
from mocks.entities.ports import Body, Task
from mocks.entities.register import Register
from mocks.entities.runner import Step, nothing
from mocks.entities.times import timestamp

STARTING_AND_STOPPING: Transitions = {
    ("STOPPED", "START"): "STARTING",
    ("STARTING", "done"): "STARTED",
    ("STARTING", "failed"): "STOPPED",
    ("STARTED", "STOP"): "STOPPING",
    ("STOPPING", "done"): "STOPPED",
    ("STOPPING", "failed"): "STARTED",
}
APPLICATION: Transitions = {
    **STARTING_AND_STOPPING,
    ("STARTED", "RESTART"): "RESTARTING",
    ("RESTARTING", "done"): "STARTED",
    ("RESTARTING", "failed"): "STOPPED",
}
INTERFACE: Transitions = {**STARTING_AND_STOPPING, ("STARTED", "RESTART"): "STARTING"}
"""An interface has no state RESTARTING: it is STARTING until it is back."""

ADMINISTRATIVE: Transitions = {
    ("UNLOCKED", "LOCK"): "LOCKING",
    ("LOCKING", "done"): "LOCKED",
    ("LOCKING", "failed"): "UNLOCKED",
    # There is no state UNLOCKING: locked until it is done.
    ("LOCKED", "UNLOCK"): "LOCKED",
    ("LOCKED", "done"): "UNLOCKED",
    ("LOCKED", "failed"): "LOCKED",
}

OPERATION: Transitions = {("PROCESSING", "done"): "COMPLETED", ("PROCESSING", "failed"): "FAILED"}

WORK = {
    "START": ("start",),
    "STOP": ("drain", "stop"),
    "RESTART": ("drain", "stop", "start"),
    "LOCK": ("lock",),
    "UNLOCK": ("unlock",),
}
"""The steps of each action; a forceful stop does not drain."""


class ManagedState:
    """Operational and administrative state of one object, and the change that is under way, if any."""

    def __init__(self, operational: Transitions, administrative: str = "UNLOCKED") -> None:
        self.operational = Machine("STARTED", operational)
        self.administrative = Machine(administrative, ADMINISTRATIVE)
        self.busy = False

    @property
    def at_work(self) -> bool:
        """Whether its users are served: started, and unlocked for them."""
        return self.operational.state == "STARTED" and self.administrative.state == "UNLOCKED"

    def put(self, operational: str, administrative: str) -> None:
        """Be in this state at once, with nothing under way: the object has just been made."""
        self.operational.state, self.administrative.state, self.busy = operational, administrative, False

    def body(self) -> Body:
        return {
            "operationalState": self.operational.state,
            "administrativeState": self.administrative.state,
            "usageState": "IN_USE" if self.operational.state == "STARTED" else "NOT_IN_USE",
        }

    def snapshot(self) -> Body:
        states = {"operational": self.operational.state, "administrative": self.administrative.state}
        return {**states, "busy": self.busy}

    def revive(self, snapshot: Body) -> None:
        self.operational.state, self.administrative.state = snapshot["operational"], snapshot["administrative"]
        self.busy = snapshot["busy"]


class StateChange:
    """One change state operation occurrence (ChangeStateOpOcc); hears of the work it does."""

    def __init__(
        self,
        core: Core,
        reference: Body,
        state: ManagedState,
        request: Body,
        changed: Callable[[StateChange], None],
        cut_off: Task = nothing,
    ) -> None:
        """`cut_off` ends the work of what is stopped by force."""
        self.id = core.ids.uuid()
        self._cut_off = cut_off
        self.reference = reference
        self.state = state
        self._core = core
        self._changed = changed
        self._request = request
        self._operation = Machine("PROCESSING", OPERATION)
        self._started = self.entered = core.clock.date()
        self._error: Body | None = None
        self._operational, self._administrative = actions(request)

    def begin(self) -> None:
        """Leave the present state and start the work; Conflict when the state does not allow it or another is at it."""
        turns = self._turns()
        if self.state.busy:
            raise Conflict("another change of this object's state is in progress; wait until it ends")
        # All or nothing: the first machine must not move when the second will refuse.
        for machine, action in sorted(turns, key=lambda turn: turn[0].can(turn[1])):
            machine.fire(action)
        self.state.busy = True
        self._changed(self)
        self._core.runner("state-change", self._steps(), self).start()

    def finished(self) -> None:
        self._end("done")

    def failed(self, error: StepFailed) -> None:
        self._error = {"title": "State change failed", "status": 500, "detail": error.detail}
        self._end("failed")

    def stepped(self, step: str) -> None:
        """A step leaves nothing to see: states change when all is done."""

    def suspended(self) -> None:
        """Never asked for."""

    def undone(self) -> None:
        """Never asked for."""

    @property
    def operation_state(self) -> str:
        return self._operation.state

    def body(self) -> Body:
        """The ChangeStateOpOcc on the wire."""
        body: Body = {
            "id": self.id,
            "operationState": self.operation_state,
            "stateEnteredTime": timestamp(self.entered),
            "startTime": timestamp(self._started),
            "managedObjectRef": self.reference,
            "operationParams": self._request,
        }
        if self._operational:
            body["changeOperationalStateRequest"] = self._operational
        if self._administrative:
            body["changeAdministrativeStateRequest"] = self._administrative
        if self._error:
            body["error"] = self._error
        return body

    def snapshot(self) -> Body:
        return {
            "id": self.id,
            "operationState": self.operation_state,
            "reference": self.reference,
            "request": self._request,
            "started": self._started,
            "entered": self.entered,
            "error": self._error,
        }

    def revive(self, snapshot: Body) -> None:
        """Be the change of the snapshot; its work, if it had not ended, never will."""
        self.id, self._error = snapshot["id"], snapshot["error"]
        self._operation.state = snapshot["operationState"]
        self._started, self.entered = snapshot["started"], snapshot["entered"]

    def _end(self, event: str) -> None:
        for machine, _ in self._turns():
            machine.fire(event)
        self.state.busy = False
        self.entered = self._core.clock.date()
        self._operation.fire(event)
        self._changed(self)

    def _turns(self) -> list[tuple[Machine, str]]:
        turns = []
        if self._operational:
            turns.append((self.state.operational, self._operational))
        if self._administrative:
            turns.append((self.state.administrative, self._administrative))
        return turns

    def _steps(self) -> list[Step]:
        names = [step for _, action in self._turns() for step in WORK[action]]
        if self._request.get("operationalStateChange", {}).get("stopType") != "FORCEFUL":
            return [Step(name) for name in names]
        return [Step(name, self._cut_off if name == "stop" else nothing) for name in names if name != "drain"]


class StateChanges:
    """All changes of state that were asked of an entity; `changed` hears of each turn that one takes."""

    def __init__(self, core: Core, changed: Callable[[StateChange], None]) -> None:
        self._core = core
        self._changed = changed
        self._lock = threading.Lock()
        self._register: Register[StateChange] = Register("change state operation")

    def start(self, reference: Body, state: ManagedState, request: Body, cut_off: Task = nothing) -> StateChange:
        """Begin a ChangeStateRequest; Unprocessable when it asks for nothing, Conflict when it cannot be done now."""
        if self._core.profile.get("capability", {}).get("stateModel") is False:
            raise Unprocessable(f"{self._core.name} does not support the state model: no state can be changed")
        change = StateChange(self._core, reference, state, request, self._changed, cut_off)
        with self._lock:
            change.begin()
        return self._register.add(change.id, change)

    def list(self) -> Sequence[Body]:
        return [change.body() for change in self._register.all()]

    def get(self, id: str) -> Body:
        return self._register.get(id).body()

    def snapshot(self) -> Sequence[Body]:
        return [change.snapshot() for change in self._register.all()]

    def revive(self, snapshot: Sequence[Body], state_of: Callable[[Body], ManagedState]) -> None:
        """The changes of the snapshot; `state_of` finds the state of the object that a reference names."""
        self._register.clear()
        for each in snapshot:
            reference = each["reference"]
            change = StateChange(self._core, reference, state_of(reference), each["request"], self._changed)
            change.revive(each)
            self._register.add(change.id, change)


def actions(request: Body) -> tuple[str | None, str | None]:
    """The operational and the administrative action that a ChangeStateRequest asks for."""
    operational = request.get("operationalStateChange", {}).get("operationalStateAction")
    administrative = request.get("administrativeStateChange", {}).get("administrativeStateAction")
    if not operational and not administrative:
        raise Unprocessable("the request must ask for operationalStateChange, administrativeStateChange or both")
    return operational, administrative
