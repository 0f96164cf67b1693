"""The suite in containers finds what it finds in one process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from harness.cli import entry
from tests.docker.conftest import own_runs


def findings(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    records = {path.parent.name: json.loads(path.read_text()) for path in folder.glob("runs/*/findings.json")}
    return {
        scenario: [record["verdict"], *((step["ref"], step["rule"], step["verdict"]) for step in record["steps"])]
        for scenario, record in records.items()
    }


CHOSEN = ("--entity", "vnfm", "-k", "clean or crashed or rolled or moves or place")
"""One entity, and of each use case what goes well and what breaks: the whole suite would take too long."""


def test_the_suite_has_the_same_findings(api: Any, tmp_path: Path) -> None:
    """Every step of scenarios of each use case; and nothing is left on the engine."""
    before = own_runs(api)
    for backend in ("embedded", "docker"):
        assert entry.outcome(["run", *CHOSEN, "--backend", backend, "--out", str(tmp_path / backend)]) == 0
    here, there = findings(tmp_path / "embedded"), findings(tmp_path / "docker")
    assert len(here) > 15
    assert there == here
    assert own_runs(api) == before
