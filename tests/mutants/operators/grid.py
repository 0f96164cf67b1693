"""The whole set: every generated mutant of every row, in one process or several."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing import get_context
from typing import Any

from tests.mutants.operators.atlas import Atlas, atlas, trace
from tests.mutants.operators.operators import Declined, Wrong, generate
from tests.mutants.operators.scenarios import scenarios
from tests.mutants.operators.smm import Trace
from tests.mutants.operators.stand import Runs, runs
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


@dataclass
class Grid:
    """What became of everything that was chosen."""

    atlas: Atlas
    declined: list[Declined] = field(default_factory=list)
    trials: list[Trial] = field(default_factory=list)


def grid(chosen: Chosen, processes: int = 0, progress: Progress = lambda *_: None) -> Grid:
    """Trace every scenario with correct parts, then try every mutant. Raises NotSound when the former do not pass."""
    with ExitStack() as around:
        workers = around.enter_context(_workers(processes))
        traces: dict[str, Trace] = {}
        ids = list(scenarios(ENTITY))
        for each in workers.each(_traced, [(id,) for id in ids], lambda done: progress("tracing", done, len(ids))):
            traces |= each
        found = Grid(atlas(ENTITY, traces))
        wrong: list[Wrong] = []
        for one in generate(found.atlas):
            if chosen.takes(one):
                (wrong if isinstance(one, Wrong) else found.declined).append(one)  # type: ignore[arg-type]
        tasks = [(traces, tuple(wrong[at : at + CHUNK])) for at in range(0, len(wrong), CHUNK)]
        total = len(wrong)
        for trials in workers.each(_tried, tasks, lambda done: progress("judging", min(done * CHUNK, total), total)):
            found.trials += trials
    order = {one: at for at, one in enumerate(wrong)}
    found.trials.sort(key=lambda trial: order[trial.wrong])
    return found


CHUNK = 6
"""Mutants that a process is given at once."""


class _Here:
    """One process, this one."""

    def __enter__(self) -> _Here:
        self._around = ExitStack()
        _begin(self._around)
        return self

    def __exit__(self, *_: object) -> None:
        self._around.close()

    def each(self, do: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], told: Callable[[int], None]) -> Iterator[Any]:
        for done, task in enumerate(tasks, 1):
            yield do(*task)
            told(done)


class _Pool:
    """Several processes, each with a lab of its own."""

    def __init__(self, processes: int) -> None:
        # Not forked: a lab has threads, and so has whoever shows progress.
        self._pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin)

    def __enter__(self) -> _Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def each(self, do: Callable[..., Any], tasks: Sequence[tuple[Any, ...]], told: Callable[[int], None]) -> Iterator[Any]:
        futures: list[Future[Any]] = [self._pool.submit(do, *task) for task in tasks]
        for done, future in enumerate(as_completed(futures), 1):
            yield future.result()
            told(done)


def _workers(processes: int) -> _Here | _Pool:
    return _Pool(processes) if processes else _Here()


_RUNS: list[Runs] = []
"""The lab of this process: a task of a pool has no other way to it."""


def _begin(around: ExitStack | None = None) -> None:
    around = around or ExitStack()  # a process of a pool ends without closing: what it has lies in its memory
    _RUNS.append(around.enter_context(runs(ENTITY)))
    around.callback(_RUNS.clear)


def _traced(id: str) -> Mapping[str, Trace]:
    return {id: trace(_RUNS[0], scenarios(ENTITY)[id])}


def _tried(traces: Mapping[str, Trace], wrong: Sequence[Wrong]) -> list[Trial]:
    known = atlas(ENTITY, traces)
    return [tried(one, known, _RUNS[0]) for one in wrong]
