"""Ctrl-C and SIGTERM: no process stays, and the records up to then do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT

LIMIT = 20.0


@pytest.mark.parametrize("mode", [["--transport", "direct"], ["--transport", "sockets"], ["-n", "2"]], ids=" ".join)
@pytest.mark.parametrize("by", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_leaves_no_process(mode: list[str], by: signal.Signals, tmp_path: Path) -> None:
    """A signal amid the suite ends it with 130; workers are gone with it, and what was judged is kept."""
    code = "from harness.cli import main; main()"
    command = [sys.executable, "-P", "-c", code, "run", "features/5_2_2_seamless", *mode]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "true"}
    process = subprocess.Popen(
        command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr
    with process, process.stderr:
        first = process.stderr.readline()
        process.send_signal(by)
        said = process.stderr.read()
        assert process.wait(timeout=LIMIT) == 130
    assert first.startswith("[ 1/")
    assert said.rstrip().endswith("manolab: ended")
    assert list((tmp_path / "manolab-out" / "runs").glob("*/findings.json"))
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
