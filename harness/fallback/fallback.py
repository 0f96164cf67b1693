"""One fallback on its way: walks the procedure from wait to wait, and takes the next restoration point when one fails.

It never blocks: a notification or a time-out brings it on. Everything runs on the clock's thread.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from harness.clients.clock import Clock, Timer
from harness.clients.entities import Entities
from harness.clients.http import Body
from harness.fallback.order import Order
from harness.fallback.procedure import Heard, Impossible, Procedure, Steps, Wait

RESTORED, REINSTALL = "RESTORED", "REINSTALLATION_NEEDED"
PASSED_OVER = "NFV-MANO has to be reinstalled: no restoration point is left"


class Fallback:
    """A request that is carried out; `tell` hears of each turn it takes."""

    def __init__(
        self,
        id: str,
        order: Order,
        entities: Entities,
        clock: Clock,
        callback: str,
        procedure: type[Procedure],
        tell: Callable[[Fallback], None],
    ) -> None:
        self.id = id
        self.order = order
        self.state = "STARTING"
        self.outcome: str | None = None
        self.reason: str | None = None
        self.at = 0
        self.failures: list[str] = []
        self.started = clock.now()
        self._entities = entities
        self._clock = clock
        self._callback = callback
        self._make = procedure
        self._tell = tell
        self._procedure: Procedure | None = None
        self._steps: Steps | None = None
        self._wait: Wait | None = None
        self._timer: Timer | None = None

    @property
    def ended(self) -> bool:
        return self.outcome is not None

    @property
    def row(self) -> str:
        """The row of table 5.9.5-1 that it is at."""
        if self.ended:
            return "end"
        return self._procedure.row if self._procedure else "begin"

    @property
    def targets(self) -> list[str]:
        return self._procedure.targets if self._procedure else []

    @property
    def points(self) -> list[dict[str, Any]]:
        """The restoration points that were asked for, and what became of each."""
        told: list[dict[str, Any]] = []
        for number, point in enumerate(self.order.points):
            failure = self.failures[number] if number < len(self.failures) else None
            told.append({"restorationPointId": point.id, "functionalEntity": point.at, "failure": failure})
        return told

    def begin(self) -> None:
        self.state = "PROCESSING"
        self.try_point()

    def try_point(self) -> None:
        """Take the restoration point whose turn it is."""
        point = self.order.points[self.at]
        self._procedure = self._make(self.order, point, self._entities, self._callback, Heard())
        self._steps, self._wait = self._procedure.run(), None
        self.proceed()

    def notified(self, body: Body) -> None:
        """Take a notification into account."""
        if self._procedure is None or self.ended:
            return
        self._procedure.heard.take(body)
        if self._wait and self._wait.over():
            self.proceed()

    def proceed(self, trouble: Impossible | None = None) -> None:
        """Walk on to the next wait that is not over yet, or to the end."""
        if self._timer:
            self._timer.cancel()
        self._wait = None
        steps = self._steps
        if steps is None:
            return
        try:
            wait = steps.throw(trouble) if trouble else next(steps)
            while wait.over():
                wait = next(steps)
        except StopIteration:
            self.end("COMPLETED", RESTORED, None)
        except Impossible as impossible:
            self.point_failed(str(impossible))
        except Exception as error:
            # A procedure that breaks leaves nobody knowing the state; the clock's thread has to go on.
            self.point_failed(f"the Fallback Manager broke: {error!r}")
        else:
            self._wait = wait
            self._timer = self._clock.call_later(wait.seconds, self._timed_out)
            self._tell(self)

    def point_failed(self, why: str) -> None:
        """Another restoration point may help; without any the honest end is that none is left (the table's note)."""
        row = self.row
        self.failures.append(f"at row {row}: {why}")
        if self.at + 1 < len(self.order.points):
            self.at += 1
            self._tell(self)
            self._clock.call_later(0, self.try_point)
            return
        told = [f"{one['restorationPointId']} {one['failure']}" for one in self.points]
        self.end("FAILED", REINSTALL, f"{PASSED_OVER}; {'; '.join(told)}")

    def end(self, state: str, outcome: str, reason: str | None) -> None:
        """Over: who listens is told."""
        self.state, self.outcome, self.reason = state, outcome, reason
        self._steps = None
        self._tell(self)

    def _timed_out(self) -> None:
        wait = self._wait
        if wait is None:
            return
        if not wait.needed:
            self.proceed()
            return
        try:
            wait.look()
        except Impossible as impossible:
            self.proceed(impossible)
            return
        self.proceed(None if wait.over() else Impossible(f"waited {wait.seconds:g} s in vain for {wait.what}"))
