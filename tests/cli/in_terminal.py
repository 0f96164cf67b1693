"""A command as a person runs it: in a terminal, where what is shown moves."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.cli.conftest import ROOT
from tests.command_line import MANOLAB

SIZE = {"COLUMNS": "160", "LINES": "50"}
CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@dataclass(frozen=True)
class Shown:
    """A command that has ended, all that it sent to the terminal, and what of that is text."""

    code: int
    sent: str

    @property
    def text(self) -> str:
        """Without colours and moves of the cursor."""
        return CONTROL.sub("", self.sent)


def in_terminal(*arguments: str, cwd: Path, **variables: str) -> Shown:
    """Run the command line with a terminal for its three streams; it must end by itself."""
    here, there = pty.openpty()
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), **SIZE, "TERM": "xterm", **variables}
    command = [*MANOLAB, *arguments]
    with subprocess.Popen(command, cwd=cwd, env=environment, stdin=there, stdout=there, stderr=there) as process:
        os.close(there)
        shown = _all_of(here)
    os.close(here)
    return Shown(process.returncode, shown.decode().replace("\r\n", "\n"))


def _all_of(terminal: int) -> bytes:
    """Read until nobody has the other side open, which Linux tells by an error."""
    shown = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:
            return shown
        if not part:
            return shown
        shown += part
