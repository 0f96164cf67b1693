"""Lab time. One second of it costs nothing (VirtualClock) or a set share of a real one (PacedClock)."""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from mocks.entities.ports import Task


def _nothing() -> None:
    """What is done after a task where nobody asked for anything."""


@dataclass(order=True)
class ScheduledTask:
    """A task and the lab time it is due at; cancelling leaves it in the queue, without effect."""

    due: float
    number: int
    task: Task = field(compare=False)
    cancelled: bool = field(default=False, compare=False)

    def cancel(self) -> None:
        self.cancelled = True


class VirtualClock:
    """Time that jumps to the next task as soon as somebody waits; for actors called in one thread.

    Nothing runs by itself: `wait_until` and `settle` run what is due, in order of time, then of arrival.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._queue: list[ScheduledTask] = []
        self._numbers = itertools.count()

    def now(self) -> float:
        return self._now

    def real(self, seconds: float) -> float:
        """A time-out is given to the transport in lab seconds: it understands them."""
        return seconds

    def skip(self, seconds: float) -> None:
        """Let time pass without running anything, as for a caller who is blocked in a request."""
        self._now += seconds

    def call_later(self, delay: float, task: Task) -> ScheduledTask:
        scheduled = ScheduledTask(self._now + max(delay, 0.0), next(self._numbers), task)
        heapq.heappush(self._queue, scheduled)
        return scheduled

    def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Run tasks until the condition holds; after `timeout` lab seconds, say whether it does."""
        deadline = self._now + timeout
        while not condition():
            if not self._run_next(deadline):
                self._now = max(self._now, deadline)
                return condition()
        return True

    def settle(self, limit: float) -> bool:
        """Run until no task is left, or `limit` lab seconds have passed; whether none is left."""
        deadline = self._now + limit
        while self._run_next(deadline):
            pass
        return not self._queue

    def poke(self) -> None:
        """Nobody waits in another thread."""

    def restart(self) -> None:
        """Back to zero with nothing to do: a fresh lab."""
        self._queue.clear()
        self._now = 0.0

    def close(self) -> None:
        self._queue.clear()

    def _run_next(self, deadline: float) -> bool:
        while self._queue and self._queue[0].cancelled:
            heapq.heappop(self._queue)
        if not self._queue or self._queue[0].due > deadline:
            return False
        scheduled = heapq.heappop(self._queue)
        self._now = max(self._now, scheduled.due)
        scheduled.task()
        return True


class PacedClock:
    """Lab time at a fixed share of real time; one thread runs the tasks, one after the other."""

    def __init__(self, pace: float, name: str = "clock", after_task: Task = _nothing) -> None:
        """`pace` is how many real seconds one lab second takes; `after_task` runs after each task, in its thread."""
        self._pace = pace
        self._after_task = after_task
        self._began = time.monotonic()
        self._queue: list[ScheduledTask] = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        self._busy = False
        self._closed = False
        self.failures: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, name=f"manolab-{name}", daemon=True)
        self._thread.start()

    def now(self) -> float:
        return (time.monotonic() - self._began) / self._pace

    def real(self, seconds: float) -> float:
        """How many real seconds so many lab seconds take."""
        return seconds * self._pace

    def call_later(self, delay: float, task: Task) -> ScheduledTask:
        with self._changed:
            scheduled = ScheduledTask(self.now() + max(delay, 0.0), next(self._numbers), task)
            heapq.heappush(self._queue, scheduled)
            self._changed.notify_all()
            return scheduled

    def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until the condition holds; it is looked at after each poke. After `timeout` say whether it does."""
        with self._changed:
            return self._changed.wait_for(condition, self.real(timeout))

    def settle(self, limit: float) -> bool:
        """Wait until no task is left or under way, or `limit` lab seconds have passed; whether none is left."""
        return self.wait_until(lambda: not self._busy and all(t.cancelled for t in self._queue), limit)

    def poke(self) -> None:
        """Something happened that a waiter may be waiting for."""
        with self._changed:
            self._changed.notify_all()

    def restart(self, now: float = 0.0) -> None:
        """Back to zero, or to the time given, with nothing to do, once the task under way has ended."""
        with self._changed:
            self._queue.clear()
            self._changed.wait_for(lambda: not self._busy, 5.0)
            self._queue.clear()
            self._began = time.monotonic() - self.real(now)

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                self._busy = False
                self._changed.notify_all()
                if not self._is_due():
                    self._changed.wait(self._until_next())
                if self._closed:
                    return
                if not self._is_due():
                    continue
                scheduled = heapq.heappop(self._queue)
                self._busy = True
            if not scheduled.cancelled:
                try:
                    scheduled.task()
                    self._after_task()
                except Exception as error:  # one broken task must not stop the lab's time; the lab reports it
                    self.failures.append(error)

    def _is_due(self) -> bool:
        return self._closed or bool(self._queue and self._queue[0].due <= self.now())

    def _until_next(self) -> float | None:
        return max(0.0, self.real(self._queue[0].due - self.now())) if self._queue else None
