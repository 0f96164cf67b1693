"""A run under way, to be disturbed amid its scenarios."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.cli.conftest import ROOT
from tests.command_line import MANOLAB

LIMIT = 20.0


@dataclass(frozen=True)
class Running:
    """The process of a run, and the first line that it said."""

    process: subprocess.Popen[str]
    first: str

    def send(self, number: signal.Signals, group: bool = False) -> None:
        """To the process alone, or to its group, as a terminal does."""
        if group:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)

    @property
    def workers(self) -> list[int]:
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="utf-8")
        return [int(child) for child in children.split()]

    def end(self) -> tuple[int, str]:
        """Wait until it has ended; its exit code, and what else it said."""
        assert self.process.stderr
        said = self.process.stderr.read()
        return self.process.wait(timeout=LIMIT), said


@contextmanager
def running(*arguments: str, folder: Path) -> Iterator[Running]:
    """A run in a group of its own, once its first scenario is over; nothing of the group is there afterwards."""
    command = [*MANOLAB, "run", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "true"}
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr
    with process, process.stderr:
        yield Running(process, process.stderr.readline())
    _gone(process.pid)


def _gone(group: int) -> None:
    """Wait until nothing is left of a process group; raises TimeoutError when something stays."""
    deadline = time.monotonic() + LIMIT
    while time.monotonic() < deadline:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return
    raise TimeoutError("a process of the run is still there")
