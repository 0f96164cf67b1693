"""What a person sees while scenarios run: a bar in a terminal, a line a scenario elsewhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

import click

from harness.judge.verdicts import Verdict

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class View(Protocol):
    """Hears of a run as it goes."""

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
        if not stream.isatty() or os.environ.get("CI"):
            yield Lines(stream)
            return
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

        columns = (
            TextColumn("judging"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[other]}"),
        )
        with Progress(*columns, console=Console(file=stream), transient=True) as progress:
            yield Bar(progress)
