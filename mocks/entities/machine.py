"""A state machine as a table of transitions, and nothing more."""

from __future__ import annotations

import threading
from collections.abc import Mapping

from mocks.entities.errors import Conflict

Transitions = Mapping[tuple[str, str], str]


class Machine:
    """Holds a state and moves it only along its table; an event the table does not know is a Conflict.

    The table maps (state, event) to the next state. Firing is atomic, because a suspend request from the
    wire may race the completion that the clock brings.
    """

    def __init__(self, initial: str, transitions: Transitions) -> None:
        self.state = initial
        self._transitions = transitions
        self._lock = threading.Lock()

    def fire(self, event: str) -> str:
        """Move along the table and return the new state; raise Conflict naming what is possible instead."""
        with self._lock:
            target = self._transitions.get((self.state, event))
            if target is None:
                possible = sorted(e for s, e in self._transitions if s == self.state) or ["nothing"]
                raise Conflict(f"{event!r} is not possible in state {self.state}; possible: {', '.join(possible)}")
            self.state = target
            return target

    def can(self, event: str) -> bool:
        """Whether the table knows the event in the present state."""
        return (self.state, event) in self._transitions
