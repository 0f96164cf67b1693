"""The whole set: every generated mutant of every row, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from tests.mutants.operators.atlas import Atlas, NotSound, atlas, trace
from tests.mutants.operators.operators import Declined, Wrong, generate
from tests.mutants.operators.scenarios import scenarios
from tests.mutants.operators.smm import Trace
from tests.mutants.operators.stand import Runs, scratch
from tests.mutants.operators.trial import Trial, tried

ENTITY = "vnfm"
"""The target of every run; what the suite does is the same for each entity type, so one is enough."""

Progress = Callable[[str, int, int], None]
"""Hears what is under way, how much of it is done, and how much there is."""


@dataclass(frozen=True)
class Chosen:
    """Which tables and operators; empty for all."""

    tables: tuple[str, ...] = ()
    operators: tuple[str, ...] = ()

    def takes(self, one: Wrong | Declined) -> bool:
        table = one.ref.partition("#")[0]
        return (not self.tables or table in self.tables) and (not self.operators or one.operator in self.operators)


CHUNK = 6
"""Mutants that a process is given at once."""


@dataclass
class Grid:
    """What became of everything that was chosen."""

    atlas: Atlas
    declined: list[Declined] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)
    unsound: list[str] = field(default_factory=list)
    """Scenarios that correct parts do not pass: nobody can be found wrong by them, so they are left out."""


def grid(chosen: Chosen, processes: int = 0, progress: Progress = lambda *_: None) -> Grid:
    """Trace every scenario with correct parts, then try every mutant."""
    with _workers(processes) as each:
        ids = [(name,) for name in scenarios(ENTITY)]
        traces: dict[str, Trace] = {}
        unsound: list[str] = []
        for name, traced in each(_traced, ids, lambda done: progress("tracing", done, len(ids))):
            if isinstance(traced, Trace):
                traces[name] = traced
            else:
                unsound.append(traced)
        found = Grid(atlas(ENTITY, {name: traces[name] for (name,) in ids if name in traces}), unsound=sorted(unsound))
        wrong: list[Wrong] = []
        for one in filter(chosen.takes, generate(found.atlas)):
            if isinstance(one, Wrong):
                wrong.append(one)
            else:
                found.declined.append(one)
        total = len(wrong)
        tasks = [(traces, tuple(wrong[at : at + CHUNK])) for at in range(0, total, CHUNK)]
        for trials in each(_tried, tasks, lambda done: progress("judging", min(done * CHUNK, total), total)):
            found.trials += trials
    order = {one: at for at, one in enumerate(wrong)}
    found.trials.sort(key=lambda trial: order[trial.wrong])
    return found


Each = Callable[[Callable[..., Any], Sequence[tuple[Any, ...]], Callable[[int], None]], Iterator[Any]]
"""Does a function for each tuple of arguments, and says after each how many are done."""


@contextmanager
def _workers(processes: int) -> Iterator[Each]:
    """This process, or several, each with a lab of its own."""
    with scratch() as folder:
        if not processes:
            _begin(folder)
            try:
                yield _here
            finally:
                _RUNS.pop().close()
            return
        # Not forked: a lab has threads, and so has whoever shows progress.
        spawn = get_context("spawn")
        with ProcessPoolExecutor(processes, mp_context=spawn, initializer=_begin, initargs=(folder,)) as pool:
            yield partial(_spread, pool)


def _here(do: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], told: Callable[[int], None]) -> Iterator[Any]:
    for done, task in enumerate(tasks, 1):
        yield do(*task)
        told(done)


def _spread(
    pool: ProcessPoolExecutor, do: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], told: Callable[[int], None]
) -> Iterator[Any]:
    for done, future in enumerate(as_completed([pool.submit(do, *task) for task in tasks]), 1):
        yield future.result()
        told(done)


_RUNS: list[Runs] = []
"""The lab of this process: a task of a pool has no other way to it."""


def _begin(folder: Path) -> None:
    own = folder / str(os.getpid())
    own.mkdir()
    _RUNS.append(Runs(ENTITY, own))


def _traced(name: str) -> tuple[str, Trace | str]:
    """The trace of a scenario, or why there is none."""
    try:
        return name, trace(_RUNS[0], scenarios(ENTITY)[name])
    except NotSound as error:
        return name, str(error)


def _tried(traces: Mapping[str, Trace], wrong: Sequence[Wrong]) -> list[Trial]:
    known = atlas(ENTITY, traces)
    return [tried(one, known, _RUNS[0]) for one in wrong]
