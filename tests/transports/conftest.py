"""The suite run over each transport by the command line, each in a process of its own, once for all tests here."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.command_line import MANOLAB

ROOT = Path(__file__).parents[2]
COMMAND = [*MANOLAB, "run"]
INTERNAL = ("features/5_2_2_seamless", "features/5_2_3_non_seamless")
SHARES = ((*INTERNAL, "--entity", "vnfm"), ("--entity", "nfvo", "--entity", "vim", "-k", "clean"))
"""What is run over sockets: all of clause 5.2 for one entity, one scenario for each other (more costs only time)."""

Entries = list[dict[str, Any]]


class Suite:
    """The records of a finished run, by scenario."""

    def __init__(self, *folders: Path) -> None:
        self._runs = {run.name: run for folder in folders for run in sorted((folder / "runs").iterdir())}

    @property
    def scenarios(self) -> set[str]:
        return set(self._runs)

    def entries(self, scenario: str) -> Entries:
        """The history between its header and its footer."""
        lines = (self._runs[scenario] / "history.jsonl").read_text(encoding="utf-8").splitlines()
        return [json.loads(line) for line in lines[1:-1]]

    def findings(self, scenario: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads((self._runs[scenario] / "findings.json").read_text(encoding="utf-8"))
        return found


def run(folder: Path, *shares: tuple[str, ...]) -> Suite:
    """Run shares of the suite beside each other; what does not pass is told by the findings, not here."""
    variables = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "CI": "true"}
    outs = [folder / str(number) for number in range(len(shares))]
    commands = [[*COMMAND, *share, "--out", str(out)] for share, out in zip(shares, outs, strict=True)]
    quiet = subprocess.DEVNULL
    running = [subprocess.Popen(one, cwd=folder, env=variables, stdout=quiet, stderr=quiet) for one in commands]
    for process in running:
        process.wait(timeout=900)
    return Suite(*outs)


@pytest.fixture(scope="session")
def direct(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """The whole suite by direct calls."""
    return run(tmp_path_factory.mktemp("direct"), ())


@pytest.fixture(scope="session")
def sockets(tmp_path_factory: pytest.TempPathFactory) -> Suite:
    """A share of the suite over sockets."""
    return run(tmp_path_factory.mktemp("sockets"), *((*share, "--transport", "sockets") for share in SHARES))
