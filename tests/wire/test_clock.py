"""Lab time, virtual and paced."""

from __future__ import annotations

import threading

import pytest

from mocks.wire.clock import PacedClock, VirtualClock
from mocks.wire.pace import PacedTime


def test_virtual_time_jumps_to_each_task_in_order_of_time_then_of_arrival() -> None:
    """Tasks run by due time, equals in the order they were asked for, and the clock shows their time."""
    clock = VirtualClock()
    seen: list[tuple[str, float]] = []
    clock.call_later(2, lambda: seen.append(("late", clock.now())))
    clock.call_later(1, lambda: seen.append(("first", clock.now())))
    clock.call_later(1, lambda: seen.append(("second", clock.now())))
    assert clock.settle(10)
    assert seen == [("first", 1), ("second", 1), ("late", 2)]


def test_nothing_runs_before_somebody_waits() -> None:
    """A task with delay 0 runs after the present request, never inside it."""
    clock = VirtualClock()
    ran: list[int] = []
    clock.call_later(0, lambda: ran.append(1))
    assert ran == []
    assert clock.wait_until(lambda: bool(ran), 1)


def test_a_wait_in_vain_takes_its_time_out_and_says_so() -> None:
    """When nothing fulfils the condition, virtual time stands at the deadline and the answer is no."""
    clock = VirtualClock()
    assert not clock.wait_until(lambda: False, 30)
    assert clock.now() == 30


def test_a_cancelled_task_never_runs_and_is_not_waited_for() -> None:
    """Cancelling takes effect however early the task was queued."""
    clock = VirtualClock()
    clock.call_later(5, lambda: pytest.fail("ran")).cancel()
    assert clock.settle(10)
    assert clock.now() == 0


def test_tasks_beyond_the_limit_stay_for_later() -> None:
    """Settling up to a limit reports that something is left."""
    clock = VirtualClock()
    clock.call_later(50, lambda: None)
    assert not clock.settle(10)


def test_an_earlier_task_overtakes_the_one_a_paced_clock_sleeps_for() -> None:
    """A paced clock that waits for a far task wakes for a nearer one that comes later."""
    clock = PacedClock(PacedTime(0.001))
    ran = threading.Event()
    try:
        clock.call_later(1_000_000, lambda: None)
        clock.call_later(0, ran.set)
        assert ran.wait(5)
    finally:
        clock.close()


def test_a_broken_task_stops_neither_time_nor_goes_unnoticed() -> None:
    """A paced clock keeps the failure of a task for the lab to report, and runs the next."""
    clock = PacedClock(PacedTime(0.001))
    try:
        clock.call_later(0, lambda: 1 / 0)  # type: ignore[arg-type,return-value]
        assert clock.wait_until(lambda: bool(clock.failures), 5_000)
        assert clock.settle(5_000)
        assert isinstance(clock.failures[0], ZeroDivisionError)
    finally:
        clock.close()


def test_closing_a_paced_clock_ends_its_thread() -> None:
    """No thread of a clock outlives it."""
    before = threading.active_count()
    clock = PacedClock(PacedTime(0.001))
    assert threading.active_count() == before + 1
    clock.close()
    assert threading.active_count() == before


def test_who_waits_is_woken_once_what_he_waits_for_is_there() -> None:
    """Whoever brings it about looks for him: nobody wakes up in vain, and nobody sleeps on."""
    clock = PacedClock(PacedTime(3600.0))  # a time-out would take hours
    there: list[int] = []
    looks: list[int] = []

    def bring(number: int) -> None:
        there.append(number)
        clock.poke()

    def enough() -> bool:
        looks.append(threading.get_ident())
        return len(there) == 3

    bringer = threading.Thread(target=lambda: [bring(number) for number in range(3)])
    try:
        threading.Timer(0, bringer.start).start()
        assert clock.wait_until(enough, 10.0)
        bringer.join()
        assert looks.count(threading.get_ident()) == 1, "the waiter looks before it waits, and never after"
    finally:
        clock.close()
