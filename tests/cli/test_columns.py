"""Lists for people."""

from __future__ import annotations

import click

from harness.cli.columns import aligned


def test_cells_of_a_column_begin_below_each_other() -> None:
    """Neither a long name nor a colour pushes what comes after it."""
    rows = [(click.style("pass", fg="green"), "vim", "1 pass"), ("inconclusive", "nfvo@distributed", "2 pass")]
    first, second = map(click.unstyle, aligned(rows))
    assert first == "pass          vim               1 pass"
    assert second == "inconclusive  nfvo@distributed  2 pass"


def test_a_list_of_nothing_has_no_lines() -> None:
    """Widths are asked of columns that are there."""
    assert list(aligned([])) == []
