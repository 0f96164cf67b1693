"""Measuring: rounds of several things in turn, so that a machine that slows down slows all of them."""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Figure:
    """One line of the result: what was measured, its median, its extremes, and the aim, if there is one."""

    name: str
    unit: str
    median: float
    minimum: float
    maximum: float
    aim: str = ""

    def data(self) -> dict[str, object]:
        return asdict(self)


def figure(name: str, unit: str, samples: list[float], aim: str = "") -> Figure:
    return Figure(name, unit, statistics.median(samples), min(samples), max(samples), aim)


def in_turn(works: Mapping[str, Work], rounds: int, warm_up: int = 1) -> dict[str, list[float]]:
    """Seconds of each work in each round, the works taken in turn within a round."""
    for _ in range(warm_up):
        for work in works.values():
            work()
    samples: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            begun = time.perf_counter()
            work()
            samples[name].append(time.perf_counter() - begun)
    return samples


def ratios(numerator: list[float], denominator: list[float]) -> list[float]:
    """Round by round: both halves of a ratio were measured next to each other."""
    return [a / b for a, b in zip(numerator, denominator, strict=True)]


def machine() -> dict[str, object]:
    """What the figures were measured on."""
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "processors": len(os.sched_getaffinity(0)),
        "loadBefore": round(os.getloadavg()[0], 2),
    }
