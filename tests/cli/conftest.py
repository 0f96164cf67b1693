"""A real run of a few scenarios, made once, as a user makes it."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.command_line import MANOLAB

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str


def manolab(*arguments: str | Path, cwd: Path, **environment: str) -> Done:
    """Run the command line in a process of its own, in CI's manner, without colours."""
    variables = {"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "CI": "true", **environment}
    command = [*MANOLAB, *map(str, arguments)]
    done = subprocess.run(command, cwd=cwd, env=variables, capture_output=True, text=True, timeout=120, check=False)
    return Done(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Run:
    """A finished run: what it said, and its folder."""

    done: Done
    out: Path


@pytest.fixture(scope="session")
def clean_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """The clean modification of the VNFM, with every report at a place of its own."""
    folder = tmp_path_factory.mktemp("clean")
    places = ("--alluredir", "allure", "--junitxml", "j/unit.xml", "--json", "r.json", "--markdown", "s.md")
    done = manolab("run", "-k", "clean", "--entity", "vnfm", "--out", "out", *places, cwd=folder)
    return Run(done, folder / "out")
