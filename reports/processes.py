"""The same piece of work for many things: one after the other in this process, or by several at once."""

from __future__ import annotations

import gc
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context, parent_process
from multiprocessing.context import BaseContext
from threading import Thread, active_count
from typing import Protocol, TypeVar

T = TypeVar("T")
R = TypeVar("R")
_AT_ONCE = 8  # things handed over together


class Each(Protocol):
    """Does the work for each of the things and gives what comes of it, in their order; `map` is one.

    Several processes need a work that can be imported, and things and results that can be carried across.
    """

    def __call__(self, work: Callable[[T], R], things: Sequence[T], /) -> Iterator[R]: ...


class CrewLost(RuntimeError):
    """A process of the crew ended before its work was done."""


@contextmanager
def crew(processes: int) -> Iterator[Each]:
    """So many processes that work until the end of the block; fewer than two are this one."""
    if processes < 2:
        yield map
        return
    with ProcessPoolExecutor(processes, _context(), _begin) as pool:
        pool.submit(os.getpid)  # they start while there is other work to do

        def each(work: Callable[[T], R], things: Sequence[T], /) -> Iterator[R]:
            try:
                yield from pool.map(work, things, chunksize=_AT_ONCE)
            except BrokenProcessPool:
                raise CrewLost(f"one of {processes} processes ended before its work was done; was it killed?") from None

        yield each


def _context() -> BaseContext:
    """Forked, they know at once what this process knows; with its threads, of a lab or a bar, they might not go on."""
    alone = active_count() == 1 and "fork" in get_all_start_methods()
    return get_context("fork" if alone else "spawn")


def _begin() -> None:
    """Leave Ctrl-C to who started this process, and end with it; what is let go needs no collector of garbage."""
    gc.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # the pool ends by it those that are left when one is lost
    end_with_parent()


def end_with_parent() -> None:
    """Let this process end when the one that started it does, whatever ended that."""
    Thread(target=_await_parent, daemon=True).start()


def _await_parent() -> None:
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)
