"""Lab time. One second of it costs nothing (VirtualClock) or real time (PacedClock)."""

from __future__ import annotations

import heapq
import itertools
import math
import threading
from collections.abc import Callable

from mocks.entities.ports import Task
from mocks.wire.pace import PacedTime


def _nothing() -> None:
    """What is done after a task where nobody asked for anything."""


class ScheduledTask:
    """A task and the lab time it is due at; cancelling leaves it in the queue, without effect."""

    __slots__ = ("cancelled", "due", "task")

    def __init__(self, due: float, task: Task) -> None:
        self.due = due
        self.task = task
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True


Queue = list[tuple[float, int, ScheduledTask]]
"""A heap: by when a task is due, then by when it was scheduled, which no two have in common."""


class VirtualClock:
    """Time that jumps to the next task as soon as somebody waits; for actors called in one thread.

    Nothing runs by itself: `wait_until` and `settle` run what is due, in order of time, then of arrival.
    """

    def __init__(self) -> None:
        self._now = 0.0
        self._queue: Queue = []
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
        due = self._now + delay if delay > 0.0 else self._now
        scheduled = ScheduledTask(due, task)
        heapq.heappush(self._queue, (due, next(self._numbers), scheduled))
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
        queue = self._queue
        while queue and queue[0][2].cancelled:
            heapq.heappop(queue)
        if not queue or queue[0][0] > deadline:
            return False
        due, _, scheduled = heapq.heappop(queue)
        self._now = max(self._now, due)
        scheduled.task()
        return True


class Waiter:
    """Somebody who waits for a condition, in a thread of his own."""

    def __init__(self, condition: Callable[[], bool], back: Callable[[], None]) -> None:
        """`back` is called as soon as he need not wait any more."""
        self._condition = condition
        self._back = back
        self.seen = threading.Event()

    def look(self) -> bool:
        """Whether the condition holds, or held already."""
        if not self.seen.is_set() and self._condition():
            self.go_on()
        return self.seen.is_set()

    def go_on(self) -> None:
        if not self.seen.is_set():
            self._back()
            self.seen.set()


class PacedClock:
    """Lab time that real time drives; one thread runs the tasks, one after the other."""

    def __init__(self, time: PacedTime, name: str = "clock", after_task: Task = _nothing) -> None:
        """Clocks of one lab share its `time`; `after_task` runs after each task, in its thread."""
        self._time = time
        self._after_task = after_task
        self._queue: Queue = []
        self._numbers = itertools.count()
        self._changed = threading.Condition()
        """The thread of the clock waits for it, and who restarts the clock."""
        self._waiters: list[Waiter] = []
        self._busy = False
        self._closed = False
        self.failures: list[BaseException] = []
        time.add_source(self._next_due)
        self._thread = threading.Thread(target=self._run, name=f"manolab-{name}", daemon=True)
        self._thread.start()

    def now(self) -> float:
        return self._time.now()

    def real(self, seconds: float) -> float:
        """The real seconds that a request may take which is to be given up after so many lab seconds."""
        return self._time.patience(seconds)

    def call_later(self, delay: float, task: Task) -> ScheduledTask:
        with self._changed:
            scheduled = ScheduledTask(self.now() + max(delay, 0.0), task)
            heapq.heappush(self._queue, (scheduled.due, next(self._numbers), scheduled))
            self._changed.notify_all()
            return scheduled

    def wait_until(self, condition: Callable[[], bool], timeout: float) -> bool:
        """Wait until the condition holds; it is looked at after each poke. After `timeout` say whether it does."""
        deadline = self.now() + timeout
        waiter = Waiter(condition, self._time.leave())
        with self._changed:
            self._waiters.append(waiter)
        try:
            self._look()
            while not waiter.seen.is_set() and (left := deadline - self.now()) > 0:
                if not waiter.seen.wait(self._time.sleep(left)):
                    self._look()  # some conditions come with time alone
            with self._changed:
                return waiter.look()
        finally:
            with self._changed:
                self._waiters.remove(waiter)
                waiter.go_on()

    def skip(self, seconds: float) -> None:
        """Wait for so much time to pass, though who waits may be at work, as a task of this clock is."""
        begun = self.now()
        with self._time.waiting():
            self.wait_until(lambda: self.now() < begun, seconds)  # a fresh run begins before

    def settle(self, limit: float) -> bool:
        """Wait until no task is left or under way, or `limit` lab seconds have passed; whether none is left."""
        return self.wait_until(lambda: not self._busy and all(task.cancelled for _, _, task in self._queue), limit)

    def rest(self, limit: float) -> bool:
        """Wait until no task is under way or due by now, or `limit` lab seconds have passed; whether it rests.

        Unlike `settle`, what is due later may still be due: whoever waits with a time-out rests too.
        """
        return self.wait_until(self._rests, limit)

    def poke(self) -> None:
        """Something happened that a waiter may be waiting for."""
        if self._waiters:
            self._look()

    def restart(self, now: float = 0.0) -> None:
        """Back to zero, or to the time given, with nothing to do, once the task under way has ended."""
        with self._changed:
            self._queue.clear()
            self._changed.wait_for(lambda: not self._busy, 5.0)
            self._queue.clear()
            self._time.restart(now)
            self._look()

    def close(self) -> None:
        with self._changed:
            self._closed = True
            self._queue.clear()
            self._changed.notify_all()
        self._thread.join()

    def _run(self) -> None:
        while True:
            with self._changed:
                if self._busy:
                    self._busy = False
                    self._time.end_work()
                    self._changed.notify_all()
                self._look()
                if not self._is_due():
                    self._changed.wait(self._until_next())
                if self._closed:
                    return
                if not self._is_due():
                    continue
                self._time.begin_work()
                self._busy = True
                _, _, scheduled = heapq.heappop(self._queue)
            if not scheduled.cancelled:
                try:
                    scheduled.task()
                    self._after_task()
                except Exception as error:  # one broken task must not stop the lab's time; the lab reports it
                    self.failures.append(error)

    def _look(self) -> None:
        """Wake whose condition holds; who looks for them spares them waking up to look themselves."""
        with self._changed:
            for waiter in self._waiters:
                waiter.look()

    def _rests(self) -> bool:
        return not self._busy and not any(due <= self.now() and not task.cancelled for due, _, task in self._queue)

    def _is_due(self) -> bool:
        return self._closed or bool(self._queue and self._queue[0][0] <= self.now())

    def _until_next(self) -> float | None:
        return self._time.sleep(self._queue[0][0] - self.now()) if self._queue else None

    def _next_due(self) -> float:
        """When the task is due that this clock runs next; asked by any thread, so without the lock."""
        return math.inf if self._busy else next((due for due, _, _ in self._queue[:1]), math.inf)
