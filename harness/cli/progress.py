"""What a person sees of long work: a bar in a terminal; elsewhere a line a scenario, and a line where reports begin."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO, TypeVar

import click

from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from reports.processes import Each

T = TypeVar("T")
R = TypeVar("R")


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

    def begun(self, total: int) -> None:
        self._progress.start()
        self._task = self._progress.add_task("judging", total=total, other="")

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
        if not _moves(stream):
            yield Lines(stream)
            return
        progress = _bar(stream)
        try:
            yield Bar(progress)
        finally:
            progress.stop()


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
    if not _moves(sys.stderr):
        click.echo(f"{what}: {total}", err=True)
        yield lambda: None
        return
    with _bar(sys.stderr) as progress:
        task = progress.add_task(what, total=total, other="")
        yield lambda: progress.advance(task)


def _moves(stream: TextIO) -> bool:
    """Whether lines on this stream can be written over: a person looks at it, and no log is kept."""
    return stream.isatty() and not os.environ.get("CI")


def _bar(stream: TextIO) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[other]}"),
    )
    return Progress(*columns, console=Console(file=stream), transient=True)
