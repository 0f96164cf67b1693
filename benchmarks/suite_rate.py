"""The suite in one process and on one core: scenarios a second, what an exchange costs beside a bare one, and memory.

Bare means what it means in clean_flow: the requests of a clean flow to applications that answer from the record. Time
is that of the processor, so that a machine with other work does not count against the suite.
"""

from __future__ import annotations

import gc
import json
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
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

SAMPLE = 12
"""By sockets the suite takes so long that every so manieth scenario has to do."""

EVERY = int(os.environ.get("MANOLAB_BENCHMARK_EVERY", "1"))
"""Of the scenarios every so manieth; more than 1 to try the benchmark out."""

PAGE = os.sysconf("SC_PAGE_SIZE")
MEBIBYTE = 1024 * 1024


@dataclass
class Repeats:
    """Processor seconds, memory in bytes and objects that are alive, of and after each run of the suite."""

    seconds: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    objects: list[int] = field(default_factory=list)

    def run(self, whole: suite.Suite, every: int) -> None:
        begun = time.process_time()
        suite.run(whole, lambda selection: selection.selected[::every])
        self.seconds.append(time.process_time() - begun)
        gc.collect()
        self.memory.append(float(Path("/proc/self/statm").read_text().split()[1]) * PAGE)
        self.objects.append(len(gc.get_objects()) + gc.get_freeze_count())


def measure(rounds: int) -> Iterator[Figure]:
    repeats, whole = max(REPEATS, rounds // 2), Repeats()
    sampled = {"direct": Repeats(), "sockets": Repeats()}
    with tempfile.TemporaryDirectory() as folder:
        suites = {name: suite.Suite(Path(folder) / name, (root(),), transport=name) for name in sampled}
        for one in suites.values():
            (one.out / suite.RUNS).mkdir(parents=True)
        selected = suite.collect(suites["direct"]).selected[::EVERY]
        sparse = EVERY * max(1, SAMPLE // EVERY)
        sample = selected[:: sparse // EVERY]
        bare = _bare(Path(folder) / "bare", repeats)
        # Both in turn, so that their ratio is of the same moments.
        for _ in range(SETTLED):
            for name, one in suites.items():
                sampled[name].run(one, sparse)
        for _ in range(repeats):
            whole.run(suites["direct"], EVERY)
        exchanges = sum(_exchanges(path) for path in suites["direct"].out.glob(f"{suite.RUNS}/*/history.jsonl"))
    yield figure("scenarios of the suite", "", [float(len(selected))])
    rates = [len(selected) / each for each in whole.seconds]
    yield figure("scenarios a second of one core (direct)", "", rates, "at least 15")
    rates = [len(sample) / each for each in sampled["sockets"].seconds]
    yield figure(f"scenarios a second of one core (sockets, {len(sample)} of them)", "", rates)
    yield figure("the same by sockets : by calls", "x", ratios(sampled["sockets"].seconds, sampled["direct"].seconds))
    yield figure("exchanges of a scenario", "", [exchanges / len(selected)])
    each = [one / exchanges for one in whole.seconds]
    yield figure("an exchange of the suite : a bare one", "x", ratios(each, bare), "at most 2")
    left = repeats - SETTLED
    grown = (whole.memory[-1] - whole.memory[SETTLED - 1]) / left
    yield figure("memory at the end", "MiB", [whole.memory[-1] / MEBIBYTE])
    yield figure(f"memory that each of the last {left} suites adds", "MiB", [grown / MEBIBYTE], "none")
    made = (whole.objects[-1] - whole.objects[SETTLED - 1]) / left
    yield figure(f"objects that each of the last {left} suites adds", "", [made], "none")


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
