"""Lab time over sockets: a slow machine makes nobody late."""

from __future__ import annotations

import threading

import pytest

from mocks.wire.clock import PacedClock
from mocks.wire.pace import STALL, PacedTime

FAST = 0.000_01
"""Real seconds a lab second takes: so few that any work would cost many lab seconds, if it cost any."""


def test_work_takes_no_time() -> None:
    """While something is done time stands still; afterwards it passes again."""
    time = PacedTime(FAST)
    with time.work(), time.work():
        before = time.now()
        threading.Event().wait(0.01)
        assert time.now() == before
    threading.Event().wait(0.001)
    assert time.now() > before


def test_time_does_not_overtake_a_task_that_is_due() -> None:
    """However late a task is run, for the lab it is run in time."""
    time = PacedTime(FAST)
    due = time.now() + 1
    time.add_source(lambda: due)
    threading.Event().wait(0.01)
    assert time.now() == due


def test_tasks_of_two_clocks_run_in_the_order_of_their_times() -> None:
    """One clock's long task lets no later task of the other go first."""
    time = PacedTime(FAST)
    one, other = PacedClock(time, "one"), PacedClock(time, "other")
    ran: list[str] = []

    def slow() -> None:
        threading.Event().wait(0.02)
        ran.append("slow, due at 1")

    def quick() -> None:
        ran.append("quick, due at 2")
        one.poke()

    try:
        with time.work():
            one.call_later(1, slow)
            other.call_later(2, quick)
        assert one.wait_until(lambda: len(ran) == 2, 10_000_000)
        assert ran == ["slow, due at 1", "quick, due at 2"]
    finally:
        one.close()
        other.close()


def test_a_request_is_given_up_after_so_many_lab_seconds() -> None:
    """Its caller works, so time stands still at first; who waits for a silent actor for longer uses time up."""
    assert PacedTime(0.01).patience(60) == STALL + 0.6


def test_who_only_waits_does_not_keep_time_from_passing() -> None:
    """A caller at work whose answer is late lets time pass; it stands still again while he works on."""
    time = PacedTime(FAST)
    with time.work():
        began = time.now()
        with time.waiting():
            threading.Event().wait(0.01)
        waited = time.now()
        threading.Event().wait(0.01)
        assert began < waited == time.now()


def test_one_who_waits_makes_up_for_one_who_works() -> None:
    """While two work and one of them waits, time stands still."""
    time = PacedTime(FAST)
    with time.work(), time.work(), time.waiting():
        before = time.now()
        threading.Event().wait(0.01)
        assert time.now() == before


def test_a_task_may_let_time_pass() -> None:
    """The lab seconds that a task skips are over when it goes on, though it is work."""
    time = PacedTime(FAST)
    clock = PacedClock(time)
    times: list[float] = []
    clock.call_later(0, lambda: times.extend([clock.now(), clock.skip(50) or clock.now()]))  # type: ignore[func-returns-value]
    assert clock.wait_until(lambda: len(times) == 2, 100_000)
    clock.close()
    assert times[1] >= times[0] + 50


def test_time_passes_only_while_he_who_attends_waits() -> None:
    """From the moment that what he waits for is there, however late he wakes up."""
    time = PacedTime(FAST)
    clock = PacedClock(time)
    try:
        time.attend()
        began = time.now()
        threading.Event().wait(0.01)
        assert time.now() == began
        seen: list[float] = []
        clock.call_later(5, lambda: (seen.append(time.now()), clock.poke()))
        assert clock.wait_until(lambda: bool(seen), 1_000_000)
        threading.Event().wait(0.01)
        assert time.now() == seen[0] == began + 5
        assert not clock.wait_until(lambda: False, 10)
        gone_by = time.now()
        threading.Event().wait(0.01)
        assert time.now() == gone_by >= began + 15
        time.part()
        threading.Event().wait(0.01)
        assert time.now() > gone_by
    finally:
        clock.close()


def test_who_does_not_attend_waits_without_being_counted() -> None:
    """Else two who wait would let time pass while somebody works."""
    time = PacedTime(FAST)
    clock = PacedClock(time)
    try:
        with time.work():
            before = time.now()
            assert not clock.wait_until(lambda: False, 0)
            assert time.now() == before
    finally:
        clock.close()


def test_work_that_goes_on_is_no_stall(monkeypatch: pytest.MonkeyPatch) -> None:
    """Time passes in spite of work only where nobody has begun or ended any for so long."""
    at = [0.0]
    monkeypatch.setattr("mocks.wire.pace.time.monotonic", lambda: at[0])
    time = PacedTime(1.0)
    time.begin_work()
    for _ in range(3):
        at[0] += 0.9 * STALL
        with time.work():
            assert time.now() == 0
    at[0] += STALL + 2
    assert time.now() == 2
