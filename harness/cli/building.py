"""What a person sees of an image that is built: a bar over its steps in a terminal, every line elsewhere."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable

import click

from harness.cli import terminal

STEP = re.compile(r"Step (?P<step>\d+)/(?P<of>\d+)")
"""How an engine counts the instructions of a Dockerfile."""


def show(lines: Iterable[str]) -> None:
    """Show lines as they come; in a terminal only the last of them stays, which says what was made."""
    if terminal.moves(sys.stdout):
        _bar(lines)
        return
    for line in lines:
        click.echo(line)


def _bar(lines: Iterable[str]) -> None:
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:.60}"), BarColumn(), TimeElapsedColumn())
    last = ""
    with Progress(*columns, transient=True) as progress:
        task = progress.add_task("", total=None)
        for last in lines:
            progress.update(task, description=last.replace("[", r"\["))
            if counted := STEP.match(last):
                progress.update(task, completed=int(counted["step"]), total=int(counted["of"]))
    click.echo(last)
