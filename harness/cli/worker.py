"""One of several processes that run the suite: what it does from the fork to its end.

It knows one scenario ahead, so that pytest keeps its lab until its last.
"""

from __future__ import annotations

import os
import signal
import sys
import tempfile
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest

from reports.processes import end_with_parent

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from types import FrameType

ENDING = (signal.SIGINT, signal.SIGTERM)
_SIZE = 4  # bytes of a ticket


class Tickets:
    """The scenarios' numbers, each handed out once, to whichever process asks first.

    They stand in a file without a name: its position is one for all who inherited it, and no process that is killed
    can keep it, as it could a lock.
    """

    def __init__(self, count: int) -> None:
        self._end = count * _SIZE
        self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115 - it stays open until close()
        self._file.write(b"".join(number.to_bytes(_SIZE, "big") for number in range(count)))
        self._file.seek(0)

    def take(self) -> int | None:
        """The next number, or None when there is none left."""
        ticket = self._file.read(_SIZE)
        return int.from_bytes(ticket, "big") if ticket else None

    def halt(self) -> None:
        """Let nobody begin another scenario, not even one that was taken already."""
        self._file.seek(1, os.SEEK_END)

    @property
    def halted(self) -> bool:
        return self._file.tell() > self._end

    def close(self) -> None:
        self._file.close()


def live(session: pytest.Session, tickets: Tickets, silent: Sequence[object], mouth: Connection) -> None:
    """The life of a worker. Its last word is why it ended early, or nothing; one that breaks has none.

    It ends without cleaning up after the process that it was forked from: that is for that process to do.
    """
    code = 1
    try:
        _settle(session, silent, mouth)
        with suppress(KeyboardInterrupt):
            _take_turns(session, tickets)
        session.config.hook.pytest_sessionfinish(session=session, exitstatus=session.exitstatus)  # closes the lab
        mouth.send(str(session.shouldstop or ""))
        code = 0
    except BaseException:  # whatever it is, it must not go on into what the other process had begun
        traceback.print_exc()
    finally:
        with suppress(OSError, ValueError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


def _take_turns(session: pytest.Session, tickets: Tickets) -> None:
    ahead = tickets.take()
    while ahead is not None and not tickets.halted:
        item, ahead = session.items[ahead], tickets.take()
        following = None if ahead is None else session.items[ahead]
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if session.shouldfail or session.shouldstop:
            tickets.halt()


def _settle(session: pytest.Session, silent: Sequence[object], mouth: Connection) -> None:
    """Take signals, output and reports into own hands."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all; who forked this process passes it on
    signal.signal(signal.SIGTERM, _end)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
    end_with_parent()
    plugins = session.config.pluginmanager
    for one in silent:
        plugins.unregister(one)
    plugins.register(_Voice(session.config, mouth))
    capture: Any = plugins.get_plugin("capturemanager")
    capture.stop_global_capturing()  # into files that all workers share
    capture.start_global_capturing()
    capture.suspend_global_capture()


def _end(_number: int, _frame: FrameType | None) -> None:
    """End once: a second signal does not disturb the closing of the lab."""
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    raise KeyboardInterrupt


class _Voice:
    """Passes on how each scenario ended, and what pytest tells of before and after it where that did not pass."""

    def __init__(self, config: pytest.Config, mouth: Connection) -> None:
        self._config = config
        self._mouth = mouth

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.passed and report.when != "call":
            return
        self._mouth.send(self._config.hook.pytest_report_to_serializable(config=self._config, report=report))
