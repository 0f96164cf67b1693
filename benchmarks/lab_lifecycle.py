"""How long a lab takes to come up and to go away, on each transport."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.figures import Figure, figure, in_turn
from mocks.lab.lab import Lab, open_lab
from mocks.lab.transport import TRANSPORTS


def measure(rounds: int) -> Iterator[Figure]:
    for transport in TRANSPORTS:
        open_labs: list[Lab] = []
        samples = in_turn(
            {
                "up": lambda transport=transport, labs=open_labs: labs.append(open_lab(transport=transport)),
                "fresh": lambda labs=open_labs: labs[-1].begin(None),
                "down": lambda labs=open_labs: labs.pop().close(),
            },
            rounds,
        )
        yield figure(f"lab up ({transport})", "ms", [1000 * s for s in samples["up"]], "well under 1000")
        yield figure(f"lab made fresh for a run ({transport})", "ms", [1000 * s for s in samples["fresh"]])
        yield figure(f"lab down ({transport})", "ms", [1000 * s for s in samples["down"]], "as fast as up")
