"""A command as a person runs it: in a terminal, where what is shown moves."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.cli.conftest import ROOT

CONTROL = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


@dataclass(frozen=True)
class Shown:
    """A command that has ended, and all that it showed, without colours and moves of the cursor."""

    code: int
    text: str


def in_terminal(*arguments: str, cwd: Path) -> Shown:
    """Run the command line with a terminal for its three streams; it must end by itself."""
    here, there = pty.openpty()
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "160", "LINES": "50"}
    command = [sys.executable, "-P", "-c", "from harness.cli import main; main()", *arguments]
    with subprocess.Popen(command, cwd=cwd, env=environment, stdin=there, stdout=there, stderr=there) as process:
        os.close(there)
        shown = _all_of(here)
    os.close(here)
    return Shown(process.returncode, CONTROL.sub("", shown.decode()).replace("\r\n", "\n"))


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
