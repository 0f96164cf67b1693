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
    if not (ROOT / "tests").is_dir() or not (ROOT / "pyproject.toml").is_file():
        raise WrongUse("this installation has no tests; a wheel carries none", hint="in a checkout: ./manolab test")
    command = [sys.executable, "-m", "pytest", *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr if quiet else None)  # noqa: S603 - our own pytest
    signal.signal(signal.SIGTERM, lambda *_: process.send_signal(signal.SIGINT))
    while True:
        try:
            code = process.wait()
            return MEANINGS.get(code, ENDED if code < 0 else BROKEN)
        except KeyboardInterrupt:
            continue  # the terminal told pytest too, which ends what it started
