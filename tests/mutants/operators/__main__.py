"""`python -m tests.mutants.operators OUT`: tries what operators make, and writes the matrix of it."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from harness.cli import terminal
from tests.mutants.operators.grid import Chosen, Progress, grid
from tests.mutants.operators.matrix import matrix

ENDED = 130
"""The exit code of Ctrl-C."""


def main() -> int:
    """Write the matrix of what was chosen."""
    options = _parser().parse_args()
    try:
        with _bar() as progress:
            found = grid(Chosen(tuple(options.table), tuple(options.operator)), options.processes, progress)
    except KeyboardInterrupt:
        return ENDED
    known = sorted({row.table for row in found.atlas.rows.values()})
    whole = not options.table and not options.operator
    Path(options.out).write_text(
        json.dumps({**matrix(found, whole), "known": known}, indent=1) + "\n", encoding="utf-8"
    )
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.mutants.operators", description=__doc__)
    parser.add_argument("out")
    parser.add_argument("-n", dest="processes", type=int, default=0)
    parser.add_argument("--table", action="append", default=[])
    parser.add_argument("--operator", action="append", default=[])
    return parser


@contextmanager
def _bar() -> Iterator[Progress]:
    """A bar on stderr where that is a terminal, nothing elsewhere."""
    if not terminal.moves(sys.stderr):
        yield lambda *_: None
        return
    from rich.console import Console  # noqa: PLC0415 - only where somebody looks
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        task = shown.add_task("tracing", total=None)
        yield lambda what, done, total: shown.update(task, description=what, completed=done, total=total)


if __name__ == "__main__":
    sys.exit(main())
