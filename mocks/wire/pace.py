"""Lab time where sockets need real time: it passes while everybody waits, and stands still while anybody works.

So a slow machine makes nobody late: what takes real time is work, and work takes no lab time, as on a virtual clock.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

STALL = 3.0
"""Real seconds of work without a break after which time passes all the same: somebody waits for a silent actor."""

TICK = 0.0002
"""Real seconds that somebody who waits for lab time sleeps at least before looking again."""


def _nothing() -> None:
    """What is counted for somebody whose waiting was never counted."""


class PacedTime:
    """The one time of a lab; `pace` is how many real seconds one lab second takes.

    Sources tell when the next task is due that nobody runs yet: time does not overtake it, however late it is run.
    """

    def __init__(self, pace: float) -> None:
        self._pace = pace
        self._lock = threading.Lock()
        self._at = 0.0
        self._since = time.monotonic()
        self._working = 0
        self._waiting = 0
        self._sources: list[Callable[[], float]] = []
        self._attendant: int | None = None

    def add_source(self, next_due: Callable[[], float]) -> None:
        """Have time wait for tasks that are due by `next_due`; it must not block."""
        self._sources.append(next_due)

    def now(self) -> float:
        with self._lock:
            return self._advanced()

    @contextmanager
    def work(self) -> Iterator[None]:
        """While something is done time stands still."""
        self.begin_work()
        try:
            yield
        finally:
            self.end_work()

    def begin_work(self) -> None:
        self._count(working=1)

    def end_work(self) -> None:
        self._count(working=-1)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """While somebody at work does nothing but wait, that work does not keep time from passing.

        Who calls from outside of the lab is not at work; waiting for him makes up for the work of somebody else, who
        may be late by so much.
        """
        self._count(waiting=1)
        try:
            yield
        finally:
            self._count(waiting=-1)

    def attend(self) -> None:
        """From now on the thread that calls counts as at work, but for what it waits by `leave`."""
        self.part()
        self._attendant = threading.get_ident()
        self.begin_work()

    def part(self) -> None:
        """Nobody attends any more."""
        if self._attendant is not None:
            self._attendant = None
            self.end_work()

    def leave(self) -> Callable[[], None]:
        """The calling thread begins to wait. Whoever sees that it may go on calls what is returned, once.

        So no time passes from then on until the thread has woken up, however long that takes.
        """
        if threading.get_ident() != self._attendant:
            return _nothing
        self._count(waiting=1)
        return partial(self._count, waiting=-1)

    def restart(self, at: float = 0.0) -> None:
        """Go on from another time, the beginning by default."""
        with self._lock:
            self._settle(at)

    def sleep(self, lab_seconds: float) -> float:
        """The real seconds after which so many lab seconds may have passed; they are at least a tick."""
        return max(lab_seconds * self._pace, TICK)

    def patience(self, lab_seconds: float) -> float:
        """The real seconds in which a request that is not answered has taken so many lab seconds."""
        return STALL + lab_seconds * self._pace

    def patient_for(self, real_seconds: float) -> float:
        """The lab seconds that somebody waits who was given so many real ones by `patience`."""
        return max(0.0, real_seconds - STALL) / self._pace

    @property
    def _still(self) -> bool:
        return self._working > self._waiting

    def _count(self, working: int = 0, waiting: int = 0) -> None:
        with self._lock:
            # who ends the standstill has run what was due: nothing limits the time that passed in spite of it
            reached = self._at + self._elapsed(working=True) if self._still else self._advanced()
            self._working += working
            self._waiting += waiting
            self._settle(reached)  # whoever begins or ends shows that work goes on

    def _advanced(self) -> float:
        reached = self._at + self._elapsed(working=self._still)
        limit = min((next_due() for next_due in self._sources), default=reached)
        if limit < reached:
            # What is due and not run yet is not late: the time in between did not pass.
            self._settle(max(self._at, limit))
            return self._at
        return reached

    def _elapsed(self, working: bool) -> float:
        real = time.monotonic() - self._since
        return (max(0.0, real - STALL) if working else real) / self._pace

    def _settle(self, at: float) -> None:
        self._at = at
        self._since = time.monotonic()
