"""Scenarios spread over processes that are forked when all is imported and collected; each takes the next one there is.

What a worker has to say goes through a pipe of its own to the process that forked it, which tells pytest of each report
as if it had run the scenario itself.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from harness import garbage
from harness.cli.worker import ENDING, Tickets, live

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    import pytest

    Crew = dict[Any, BaseProcess]  # by what each is heard through

LIMIT = 30.0
"""Seconds that a worker has to close its lab in."""


def can_fork() -> bool:
    """Whether this system has what workers are made by."""
    return "fork" in multiprocessing.get_all_start_methods()


def spread(session: pytest.Session, processes: int, silent: Sequence[object], begun: Callable[[], None]) -> None:
    """Run the session's scenarios in so many workers; `begun` is called once they are there, and may start threads.

    silent: plugins that hear of reports in this process, and so not in a worker. Ends as pytest's own loop does: by
    Failed for -x; by Interrupted, with the reason, when a lab broke or a worker was lost.
    """
    crew: Crew = {}
    tickets = Tickets(len(session.items))
    garbage.keep()  # a look for garbage would make each worker a copy of what it shares with the others
    try:
        with _undisturbed():
            for _ in range(min(processes, len(session.items))):
                _hire(crew, session, tickets, silent)
        begun()
        reasons = [reason for reason in _heard(session, dict(crew)) if reason]
    finally:
        _dismiss(crew.values())
        tickets.close()
    if reasons:
        raise session.Interrupted(reasons[0])
    if session.shouldfail:
        raise session.Failed(session.shouldfail)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Ctrl-C and SIGTERM wait until every worker is known; a worker takes them when it is ready for them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _hire(crew: Crew, session: pytest.Session, tickets: Tickets, silent: Sequence[object]) -> None:
    ear, mouth = multiprocessing.Pipe(duplex=False)
    worker = multiprocessing.get_context("fork").Process(target=live, args=(session, tickets, silent, mouth))
    worker.start()
    mouth.close()  # so that the ear hears it when the worker, who has the other, is no more
    crew[ear] = worker


def _heard(session: pytest.Session, present: Crew) -> Iterator[str]:
    """Tell pytest what workers say until all have ended; yields for each why it ended early, or nothing."""
    hook = session.config.hook
    ear: Any  # of what can be waited for, a pipe
    while present:
        for ear in wait(list(present)):
            try:
                said: dict[str, Any] | str = ear.recv()
            except (EOFError, OSError):
                said = _loss(present[ear])
            if isinstance(said, str):
                del present[ear]
                yield said
            else:
                report = hook.pytest_report_from_serializable(config=session.config, data=said)
                hook.pytest_runtest_logreport(report=report)


def _loss(worker: BaseProcess) -> str:
    """What became of a worker that ended without a last word."""
    worker.join(LIMIT)
    code = worker.exitcode or 0
    how = f"was ended by {signal.Signals(-code).name}" if code < 0 else f"broke, and ended with {code}"
    return f"worker process {worker.pid} {how}"


def _dismiss(workers: Iterable[BaseProcess]) -> None:
    """End the workers that are still there, each having closed its lab."""
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.join(LIMIT)
        worker.kill()
        worker.join()
