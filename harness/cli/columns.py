"""Lists for people: parts below each other, lines that are too long, and how many there are."""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence

import click

GAP = "  "


def aligned(rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """A line for each row, all of as many cells; a column is as wide as its widest cell, not counting colours."""
    rows = list(rows)
    widths = [max(map(_wide, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _wide(cell)) for cell, width in zip(row, widths, strict=True))
        yield GAP.join(cells).rstrip()


def _wide(cell: str) -> int:
    return len(click.unstyle(cell))


def folded(text: str, indent: str = "") -> str:
    """Between words where a terminal would fold it within one; elsewhere a whole line, to be searched."""
    columns = shutil.get_terminal_size((sys.maxsize, 0)).columns
    more = indent + GAP
    return textwrap.fill(
        text, columns, initial_indent=indent, subsequent_indent=more, break_long_words=False, break_on_hyphens=False
    )


def many(count: int, noun: str) -> str:
    """So many of them, as one says it."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
