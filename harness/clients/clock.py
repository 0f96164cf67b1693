"""Time as the harness sees it: a small protocol, and the real one for work against real systems."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

Task = Callable[[], None]


class Timer(Protocol):
    """A task that is due later."""

    def cancel(self) -> None: ...


class Clock(Protocol):
    """Time in lab seconds, and the one thread on which later tasks run."""

    def now(self) -> float: ...

    def call_later(self, delay: float, task: Task) -> Timer:
        """Run the task after `delay` lab seconds, never at once: 0 means after the present request was answered."""
        ...

    def real(self, lab_seconds: float) -> float:
        """The seconds on the wall that so many lab seconds last, for time-outs of HTTP requests."""
        ...


@dataclass
class _Due:
    """A task in the heap; cancelling only marks it."""

    task: Task | None

    def cancel(self) -> None:
        self.task = None


class SystemClock:
    """A lab second is a second on the wall; tasks run one after the other on a single thread.

    A task that raises does not stop the clock: the error goes to `on_error` (default: threading's hook).
    """

    def __init__(self, on_error: Callable[[Exception], None] | None = None, at: float = 0.0) -> None:
        """`at` is the time it begins with."""
        self._begin = time.monotonic() - at
        self._heap: list[tuple[float, int, _Due]] = []
        self._count = itertools.count()
        self._wake = threading.Condition()
        self._closed = False
        self._busy = False
        self._on_error = on_error or _report
        self._thread = threading.Thread(target=self._run, name="smm-clock", daemon=True)
        self._thread.start()

    def now(self) -> float:
        return time.monotonic() - self._begin

    def real(self, lab_seconds: float) -> float:
        return lab_seconds

    def call_later(self, delay: float, task: Task) -> Timer:
        due = _Due(task)
        with self._wake:
            heapq.heappush(self._heap, (self.now() + delay, next(self._count), due))
            self._wake.notify_all()
        return due

    def rest(self, limit: float) -> bool:
        """Wait until no task is under way or due by now, for `limit` lab seconds at most; whether it rests."""
        with self._wake:
            return self._wake.wait_for(self._rests, self._wall(limit))

    @contextmanager
    def working(self) -> Iterator[None]:
        """Around each task, and around whatever else is work of the one whose clock this is."""
        yield

    def close(self) -> None:
        """End the thread once the task under way is over; what is due later is dropped."""
        with self._wake:
            self._closed = True
            self._wake.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join()

    def _next(self) -> Task | None:
        with self._wake:
            while not self._closed:
                wait = self._wall(self._heap[0][0] - self.now()) if self._heap else None
                if wait is not None and wait <= 0:
                    task = heapq.heappop(self._heap)[2].task
                    if task is not None:
                        self._busy = True
                        return task
                    continue
                self._wake.wait(wait)
        return None

    def _run(self) -> None:
        while (task := self._next()) is not None:
            try:
                with self.working():
                    task()
            except Exception as error:
                self._on_error(error)
            finally:
                with self._wake:
                    self._busy = False
                    self._wake.notify_all()

    def _rests(self) -> bool:
        return not self._busy and not any(at <= self.now() and due.task is not None for at, _, due in self._heap)

    def _wall(self, lab_seconds: float) -> float:
        """How long to sleep on the wall for so many lab seconds."""
        return lab_seconds


def _report(error: Exception) -> None:
    told = (type(error), error, error.__traceback__, threading.current_thread())
    threading.excepthook(threading.ExceptHookArgs(told))
