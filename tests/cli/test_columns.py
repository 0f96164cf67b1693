"""Lists for people."""

from __future__ import annotations

import click
import pytest

from harness.cli.columns import aligned, folded


def test_cells_of_a_column_begin_below_each_other() -> None:
    """Neither a long name nor a colour pushes what comes after it."""
    rows = [(click.style("pass", fg="green"), "vim", "1 pass"), ("inconclusive", "nfvo@distributed", "2 pass")]
    first, second = map(click.unstyle, aligned(rows))
    assert first == "pass          vim               1 pass"
    assert second == "inconclusive  nfvo@distributed  2 pass"


def test_a_list_of_nothing_has_no_lines() -> None:
    """Widths are asked of columns that are there."""
    assert list(aligned([])) == []


def test_a_long_line_is_folded_between_words_in_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its width is known; what is searched in a log stays whole."""
    text = "interpretations used: I-001, I-002, I-003"
    monkeypatch.delenv("COLUMNS", raising=False)
    assert folded(text) == text
    monkeypatch.setenv("COLUMNS", "30")
    assert folded(text, " ").splitlines() == [" interpretations used: I-001,", "   I-002, I-003"]
