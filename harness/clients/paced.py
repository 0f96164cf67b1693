"""Lab time for somebody who lives in a process of his own: fast while he waits, still while he works.

The lab's own clocks keep the same rule, so that a slow machine makes nobody late.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from harness.clients.clock import SystemClock

STALL = 3.0
"""Seconds of work without a break after which time passes all the same: somebody waits for a silent peer."""

ENDING = 5.0
"""Seconds that a task under way gets to end when the clock is set."""


class PacedClock(SystemClock):
    """A lab second is `pace` seconds on the wall."""

    def __init__(self, pace: float, on_error: Callable[[Exception], None] | None = None) -> None:
        self._pace = pace
        self._time = threading.Lock()
        self._at = 0.0
        self._since = time.monotonic()
        self._workers = 0
        super().__init__(on_error)

    def now(self) -> float:
        with self._time:
            return self._reached()

    def real(self, lab_seconds: float) -> float:
        return STALL + lab_seconds * self._pace

    @contextmanager
    def working(self) -> Iterator[None]:
        self._employ(1)
        try:
            yield
        finally:
            self._employ(-1)

    def restart(self, now: float) -> None:
        """Go on from this time with nothing to do, once the task under way has ended."""
        with self._wake:
            self._heap.clear()
            self._wake.wait_for(lambda: not self._busy, ENDING)
            self._heap.clear()
            with self._time:
                self._set(now)

    def _employ(self, change: int) -> None:
        with self._time:
            self._set(self._reached())
            self._workers += change

    def _reached(self) -> float:
        passed = time.monotonic() - self._since
        return self._at + (max(0.0, passed - STALL) if self._workers else passed) / self._pace

    def _set(self, now: float) -> None:
        self._at = now
        self._since = time.monotonic()

    def _wall(self, lab_seconds: float) -> float:
        return lab_seconds * self._pace
