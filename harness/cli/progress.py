"""What a person sees of long work: a bar in a terminal; elsewhere a line a scenario, and a line where reports begin."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

import click

from harness.cli import terminal
from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from reports.processes import Each

T = TypeVar("T")
R = TypeVar("R")
REDRAWN = 0.1
"""Seconds after which a bar is drawn anew, so that its clock goes on while nothing ends."""


class View(Protocol):
    """Hears of a run as it goes. Until it has begun nothing is started for it: processes may be forked before."""

    def begun(self, total: int) -> None: ...
    def done(self, name: str, verdict: Verdict) -> None: ...


class Lines:
    """One line a scenario, for logs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._count = 0

    def begun(self, total: int) -> None:
        self._total = total

    def done(self, name: str, verdict: Verdict) -> None:
        self._count += 1
        width = len(str(self._total))
        click.echo(f"[{self._count:>{width}}/{self._total}] {verdict:<14}  {name}", file=self._stream)


class Bar:
    """One line that moves, with what is not passed so far."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._task: TaskID | None = None
        self._other = 0
        self._over = Event()
        self._clock = Thread(target=self._go_on, daemon=True)

    def begun(self, total: int) -> None:
        self._progress.start()
        self._task = self._progress.add_task("judging", total=total, other="")
        self._clock.start()

    def end(self) -> None:
        """Take the line away, and its thread, which rich would not wait for: processes may be forked again."""
        self._over.set()
        if self._clock.ident:
            self._clock.join()
        self._progress.stop()

    def _go_on(self) -> None:
        while not self._over.wait(REDRAWN):
            self._progress.refresh()

    def done(self, name: str, verdict: Verdict) -> None:
        if verdict not in (Verdict.PASS, Verdict.NOT_APPLICABLE):
            self._other += 1
            line = f"  {verdict:<14} {name}"
            self._progress.console.print(
                line, style="red", markup=False, highlight=False, no_wrap=True, overflow="ellipsis"
            )
        if self._task is not None:
            other = f"[red]{self._other} not passed[/]" if self._other else ""
            self._progress.update(self._task, advance=1, other=other)


@contextmanager
def _own_stream() -> Iterator[TextIO]:
    try:
        descriptor = os.dup(sys.stderr.fileno())
    except (OSError, ValueError):  # stderr is no file: somebody reads it in this process
        yield sys.stderr
        return
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        yield stream


@contextmanager
def view(quiet: bool = False) -> Iterator[View | None]:
    """A view on stderr, on a descriptor of its own: pytest captures the usual one while scenarios run."""
    if quiet:
        yield None
        return
    with _own_stream() as stream:
        if not terminal.moves(stream):
            yield Lines(stream)
            return
        bar = Bar(_bar(stream, amid_pytest=True))
        try:
            yield bar
        finally:
            bar.end()


def watched(each: Each, what: str) -> Each:
    """The same work for each of many things, and a person sees on stderr how far it is."""

    def work_and_tell(work: Callable[[T], R], things: Sequence[T], /) -> Iterator[R]:
        with _count(what, len(things)) as one_more:
            for result in each(work, things):
                one_more()
                yield result

    return work_and_tell


@contextmanager
def _count(what: str, total: int) -> Iterator[Callable[[], None]]:
    if not terminal.moves(sys.stderr):
        click.echo(f"{what}: {total}", err=True)
        yield lambda: None
        return
    with _bar(sys.stderr) as progress:
        task = progress.add_task(what, total=total, other="")
        yield lambda: progress.advance(task)


def _bar(stream: TextIO, amid_pytest: bool = False) -> Progress:
    """A bar that rich draws anew by itself, around what is written to stdout and stderr.

    amid_pytest: neither. rich would put back what were stdout and stderr when the bar began: pytest's, closed by then.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[other]}"),
    )
    by_rich = not amid_pytest
    return Progress(
        *columns,
        console=Console(file=stream),
        transient=True,
        auto_refresh=by_rich,
        redirect_stdout=by_rich,
        redirect_stderr=by_rich,
    )
