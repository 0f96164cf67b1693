"""The whole suite as users run it, called directly, and what of it falls on one scenario."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.figures import Figure, figure
from mocks.lab.transport import TRANSPORTS


def measure(rounds: int) -> Iterator[Figure]:
    for transport in TRANSPORTS:
        walls, inside = [], []
        for _ in range(max(1, rounds // 10)):
            wall, scenarios = _suite(transport)
            walls.append(wall)
            inside.extend(scenarios)
        yield figure(f"suite, as a command ({transport})", "s", walls, "seconds")
        yield figure(f"a scenario of the suite ({transport})", "ms", [1000 * s for s in inside])


def _suite(transport: str) -> tuple[float, list[float]]:
    """Seconds that the command took, and the seconds of each of its scenarios."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "harness.cli", "run", "--transport", transport, "--out", folder]
        begun = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        wall = time.perf_counter() - begun
        records = [json.loads(path.read_text()) for path in Path(folder).glob("runs/*/findings.json")]
    return wall, [record["durationSeconds"] for record in records]
