"""What only a checkout can do: run the project's own tests, the mutants among them."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from harness.cli.failures import BROKEN, ENDED, FAILED, MET, MISSING, WRONG_USE, WrongUse

ROOT = Path(__file__).resolve().parents[2]
MEANINGS = {0: MET, 1: FAILED, 2: ENDED, 3: BROKEN, 4: WRONG_USE, 5: MISSING}
"""pytest's exit codes in the words of ours."""


def run_tests(arguments: Sequence[str], quiet: bool = False) -> int:
    """Run pytest on the checkout this installation was made from; returns an exit code of ours."""
    code = _run("pytest", arguments, quiet)
    return MEANINGS.get(code, ENDED if code < 0 else BROKEN)


def run_module(module: str, arguments: Sequence[str]) -> int:
    """Run a module of the checkout's tests, what it says on stderr; its exit codes are ours, but for being killed."""
    code = _run(module, arguments, quiet=True)
    return code if code in (MET, BROKEN, ENDED) else ENDED if code < 0 else BROKEN


def _run(module: str, arguments: Sequence[str], quiet: bool) -> int:
    if not (ROOT / "tests").is_dir() or not (ROOT / "pyproject.toml").is_file():
        raise WrongUse("this installation has no tests; a wheel carries none", hint="in a checkout: ./manolab test")
    command = [sys.executable, "-m", module, *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr if quiet else None)  # noqa: S603 - our own tests
    before = signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    try:
        return _end_of(process)
    finally:
        signal.signal(signal.SIGTERM, before)


def _end_of(process: subprocess.Popen[bytes]) -> int:
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # the terminal told the process too, which ends what it started
