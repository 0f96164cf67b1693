"""An operation that takes time, as the occurrence that its API shows (operation occurrences of SOL 013)."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from mocks.entities.core import Core
from mocks.entities.errors import Conflict, StepFailed
from mocks.entities.machine import Machine, Transitions
from mocks.entities.ports import Body
from mocks.entities.runner import Runner, Step
from mocks.entities.times import timestamp


class Occurrence(ABC):
    """State by a table, the wire attributes that go with it, and the runner of its steps once they are under way.

    State and attributes change together under one lock: a GET from the wire never sees COMPLETED without its result.
    """

    state_attribute = "operationState"
    walking_back: frozenset[str] = frozenset()
    """The states in which the steps are undone."""

    def __init__(self, core: Core, transitions: Transitions, steps: Sequence[Step], attributes: Body) -> None:
        self.core = core
        self.id = core.ids.uuid()
        self.steps = tuple(steps)
        self.runner: Runner | None = None
        self._machine = Machine("STARTING", transitions)
        self._lock = threading.RLock()
        now = timestamp(core.clock.date())
        self._attributes: Body = {"startTime": now, "stateEnteredTime": now, "error": None, **attributes}

    @property
    def state(self) -> str:
        return self._machine.state

    def can(self, event: str) -> bool:
        return self._machine.can(event)

    @abstractmethod
    def walker(self) -> Runner:
        """A runner of the steps, at their beginning and not started."""

    def work(self) -> None:
        """Begin to walk the steps."""
        self.runner = self.walker()
        self.runner.start()

    def snapshot(self) -> Body:
        """What there is to know of it, as plain data."""
        with self._lock:
            done = self.runner.done if self.runner else None
            return {"id": self.id, "state": self.state, "attributes": dict(self._attributes), "done": done}

    def revive(self, snapshot: Body) -> None:
        """Be the occurrence of the snapshot, with its steps as far as they were done; nobody walks them."""
        self.id, self._attributes = snapshot["id"], dict(snapshot["attributes"])
        self._machine.state = snapshot["state"]
        if snapshot["done"] is not None:
            self.runner = self.walker()
            self.runner.done = snapshot["done"]

    def advance(self, event: str, **attributes: Any) -> str:
        """Fire the event, set the attributes with it, and return the new state; Conflict when the table forbids."""
        with self._lock:
            before = self.state
            after = self._machine.fire(event)
            if after != before:
                self._attributes["stateEnteredTime"] = timestamp(self.core.clock.date())
            self._attributes.update(attributes)
            return after

    def note(self, **attributes: Any) -> None:
        """Set attributes without a change of state."""
        with self._lock:
            self._attributes.update(attributes)

    def set_once(self, attribute: str, value: Any, *, in_states: frozenset[str]) -> None:
        """Set an attribute that may be set in these states only, and only once; Conflict otherwise."""
        with self._lock:
            if self.state not in in_states:
                expected = " or ".join(sorted(in_states))
                raise Conflict(f"{self.id} is {self.state}; {attribute!r} is set in state {expected}")
            if self._attributes[attribute] == value:
                raise Conflict(f"{attribute!r} of {self.id} was set before and stays")
            self._attributes[attribute] = value

    def attribute(self, name: str) -> Any:
        with self._lock:
            return self._attributes[name]

    def body(self) -> Body:
        """The attributes as they go over the wire."""
        with self._lock:
            return {"id": self.id, self.state_attribute: self.state, **self._attributes, **self.progress()}

    def progress(self) -> Body:
        """Percentage done, the step under way, and the lab seconds that are left in the direction it walks."""
        runner, back = self.runner, self.state in self.walking_back
        done = runner.done if runner else 0
        ahead = self.steps[:done][::-1] if back else self.steps[done:]
        moving = runner is not None and ahead
        return {
            "percentage": 100 * done // len(self.steps),
            "remainingTime": round(sum(step.seconds for step in ahead), 3),
            "currentStep": f"{'undo-' if back else ''}{ahead[0].name}" if moving else None,
        }


def problem_of(error: StepFailed, title: str) -> Body:
    """The ProblemDetails that tells of a broken step; `retryable` says whether trying again may help."""
    return {
        "type": "about:blank",
        "title": title,
        "status": 503 if error.transient else 500,
        "detail": error.detail,
        "retryable": error.transient,
    }
