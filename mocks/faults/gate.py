"""The gate that an actor's work passes: where it is held, broken, or never comes back."""

from __future__ import annotations

from collections.abc import Callable

from mocks.entities.ports import Clock, Task, Timer
from mocks.faults.collection import Faults


class FaultGate:
    """The entities' Gate over the holds and faults of the actor."""

    def __init__(self, faults: Faults) -> None:
        self._faults = faults

    def enter(self, point: str, proceed: Task, fail: Callable[[Exception], None]) -> None:
        self._faults.enter(point, proceed, fail)


class MortalClock:
    """The clock as a process knows it: what it had planned before a crash never happens.

    For the actor's own work and notifications; the lab and the faults themselves keep the clock behind it.
    """

    def __init__(self, clock: Clock, faults: Faults) -> None:
        self._clock = clock
        self._faults = faults

    def now(self) -> float:
        return self._clock.now()

    def date(self) -> float:
        """What the actor takes for the time of day, in lab seconds since the lab's epoch; a fault may put it wrong."""
        return self._clock.now() + self._faults.skew

    def call_later(self, delay: float, task: Task) -> Timer:
        life = self._faults.incarnation

        def if_alive() -> None:
            if self._faults.incarnation != life or self._faults.dead:
                return
            if not self._faults.put_off(if_alive):
                task()

        return self._clock.call_later(delay, if_alive)
