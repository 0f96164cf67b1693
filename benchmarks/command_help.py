"""How long a user waits for `manolab --help`, against the bare start of the interpreter."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figures import Figure, figure, in_turn, ratios


def measure(rounds: int) -> Iterator[Figure]:
    samples = in_turn(
        {
            "help": lambda: subprocess.run(
                [sys.executable, "-m", "harness.cli", "--help"], check=True, capture_output=True
            ),
            "bare": lambda: subprocess.run([sys.executable, "-c", "pass"], check=True, capture_output=True),
        },
        rounds,
    )
    yield figure("manolab --help", "ms", [1000 * s for s in samples["help"]], "under 150")
    yield figure("--help : bare interpreter", "x", ratios(samples["help"], samples["bare"]))
