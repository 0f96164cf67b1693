"""The commands for labs in containers: what there is, what it says, and away with it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from harness.cli import entry
from mocks.lab import docker_engine
from mocks.lab.lab import open_lab
from tests.docker.conftest import SMALL


def test_strays_are_listed_and_removed_by_their_label(api: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """`lab ls` shows a lab that nobody closed, `lab down` takes it away whole, and a second time says so."""
    lab = open_lab(SMALL, backend="docker")
    run = lab._backend._engine.run  # type: ignore[attr-defined]
    try:
        assert entry.outcome(["lab", "ls", "--json"]) == 0
        listed = {one["run"]: one["actors"] for one in json.loads(capsys.readouterr().out)}
        assert sorted(listed[run]) == ["nfvi", "vim"]
        assert entry.outcome(["lab", "logs", run]) == 0
        assert entry.outcome(["lab", "down", run]) == 0
        assert f"removed {run}" in capsys.readouterr().out
        assert run not in docker_engine.runs(api)
        assert entry.outcome(["lab", "down", run]) == 64
    finally:
        lab.close()
