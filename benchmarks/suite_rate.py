"""The suite in one process and on one core: scenarios a second, what an exchange costs beside a bare one, and memory.

Bare means what it means in clean_flow: the requests of a clean flow to applications that answer from the record. Time
is that of the processor, so that a machine with other work does not count against the suite.
"""

from __future__ import annotations

import gc
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.clean_flow import bare_exchanges, flow, judged_rows
from benchmarks.figures import Figure, figure, ratios
from harness.cli import suite
from harness.cli.features import root
from steps.bench import Bench
from steps.settings import REFERENCE, Settings

REPEATS = 10
SETTLED = 3
"""Repeats after which everything that is made once has been made."""


def measure(rounds: int) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        whole = suite.Suite(out, (root(),))
        selected = suite.collect(whole).selected
        repeats = max(REPEATS, rounds // 2)
        bare = _bare(out / "bare", repeats)
        seconds, memory, objects = _repeated(whole, selected, repeats)
        exchanges = sum(_exchanges(path) for path in out.glob(f"{suite.RUNS}/*/history.jsonl"))
    yield figure("scenarios of the suite", "", [float(len(selected))])
    yield figure("scenarios a second of one core", "", [len(selected) / one for one in seconds], "at least 15")
    each = [one / exchanges for one in seconds]
    yield figure("an exchange of the suite : a bare one", "x", ratios(each, bare), "at most 2")
    yield figure(
        f"memory after {repeats} suites : after {SETTLED}", "x", [memory[-1] / memory[SETTLED]], "at most 1.02"
    )
    yield figure(
        "objects that a suite leaves behind", "", [(objects[-1] - objects[SETTLED]) / (repeats - SETTLED)], "none"
    )


def _repeated(
    whole: suite.Suite, selected: tuple[suite.Selected, ...], repeats: int
) -> tuple[list[float], list[float], list[int]]:
    """Processor seconds, memory in pages and objects that are alive, of and after each repeat."""
    seconds, memory, objects = [], [], []
    for _ in range(repeats):
        begun = time.process_time()
        suite.run(whole, selected, view=None)
        seconds.append(time.process_time() - begun)
        gc.collect()
        memory.append(float(Path("/proc/self/statm").read_text().split()[1]))
        objects.append(len(gc.get_objects()))
    return seconds, memory, objects


def _bare(folder: Path, repeats: int) -> list[float]:
    """Processor seconds of one bare exchange, as often as the suite is measured."""
    bench = Bench(Settings("direct", frozenset(), REFERENCE, None, folder, None))
    try:
        history = flow(bench, folder / "flow", judged_rows())
    finally:
        bench.close()
    run, close = bare_exchanges("direct", history)
    samples = []
    try:
        run()
        for _ in range(repeats):
            begun = time.process_time()
            for _ in range(10):
                run()
            samples.append((time.process_time() - begun) / 10)
    finally:
        close()
    count = len([entry for entry in history if "method" in entry and entry["status"]])
    return [one / count for one in samples]


def _exchanges(history: Path) -> int:
    lines = history.read_text(encoding="utf-8").splitlines()
    return sum(json.loads(line)["kind"] in ("exchange", "notification") for line in lines)
