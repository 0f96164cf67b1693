"""Ctrl-C and SIGTERM: no process stays, and the records up to then do."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT
from tests.cli.running import LIMIT, running

MODES = [
    ["--transport", "direct"],
    ["--transport", "sockets"],
    ["-n", "2"],
    ["-n", "2", "--transport", "sockets"],
]
CUT_OFF = """
import pluggy, sys
from harness.cli import entry
implements = pluggy.HookimplMarker("x")
class Wraps:
    @implements(hookwrapper=True)
    def hook(self):
        outcome = yield
        outcome.get_result()
class Ends:
    @implements
    def hook(self):
        raise KeyboardInterrupt
hooks = pluggy.PluginManager("x")
hooks.register(Wraps())
hooks.register(Ends())
entry.outcome(["run", "--list", "--entity", "wim"])
try:
    hooks.hook.hook()
except KeyboardInterrupt:
    print("cut off", file=sys.stderr)
"""
CTRL_C = pytest.param(signal.SIGINT, True, id="ctrl-c")


@pytest.mark.parametrize("mode", MODES, ids=" ".join)
@pytest.mark.parametrize(("by", "group"), [CTRL_C, (signal.SIGINT, False), (signal.SIGTERM, False)])
def test_an_interrupted_run_leaves_no_process(mode: list[str], by: signal.Signals, group: bool, tmp_path: Path) -> None:
    """A signal amid the suite ends it with 130; workers are gone with it, and what was judged is kept."""
    _ended(mode, by, group, tmp_path)


def test_the_processes_of_a_workers_lab_go_with_it(tmp_path: Path) -> None:
    """Each worker closes a lab of its own."""
    _ended(["-n", "2", "--backend", "processes"], signal.SIGINT, True, tmp_path)


def test_nothing_is_said_of_a_hook_that_was_cut_off(tmp_path: Path) -> None:
    """It is closed when the process ends, after the last word of the run; pluggy would warn of it."""
    done = subprocess.run(
        [sys.executable, "-c", CUT_OFF], cwd=ROOT, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    assert done.stderr == "4 scenarios\ncut off\n"


def _ended(mode: list[str], by: signal.Signals, group: bool, folder: Path) -> None:
    with running("features/5_2_2_seamless", *mode, folder=folder) as run:
        run.send(by, group)
        code, said = run.end()
    assert code == 130
    assert run.first.startswith("[ 1/")
    assert said.rstrip().endswith("manolab: ended")
    assert list((folder / "manolab-out" / "runs").glob("*/findings.json"))
