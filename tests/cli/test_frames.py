"""Room for the frames of deep calls."""

from __future__ import annotations

import resource
from collections.abc import Callable

import pytest

from harness.frames import roomy


def deeply(calls: int, work: Callable[[], object]) -> object:
    return deeply(calls - 1, work) if calls else work()


def over_the_edge() -> None:
    """Go deeper and back, at every depth there is in two chunks, so that one of them is an edge between chunks."""
    for depth in range(400):
        deeply(depth, lambda: [deeply(20, int) for _ in range(50)])


def faults_of(work: Callable[[], object]) -> int:
    """How often memory had to be had from the system."""
    work()  # what is had only once
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_it_gives_what_the_work_gives() -> None:
    """Value and exception pass."""
    assert roomy(lambda: 42) == 42
    with pytest.raises(LookupError):
        roomy(lambda: {}["nothing"])


def test_deep_calls_ask_for_no_memory_again_and_again() -> None:
    """A loop that goes over an edge of chunks has its memory mapped once, and not at each turn."""
    assert roomy(lambda: faults_of(over_the_edge)) * 10 < faults_of(over_the_edge)
