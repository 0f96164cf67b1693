"""What a person sees in a terminal, where bars and tables move."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.in_terminal import in_terminal

CLEAN = ("run", "-k", "clean", "--entity", "vnfm")
BOASTER = ("--subject", "adapter:tests.features.subjects:boaster")


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_run_shows_a_bar_then_its_table_and_where_the_reports_are(processes: str, tmp_path: Path) -> None:
    """The bar takes no stream away from what is said after it."""
    shown = in_terminal(*CLEAN, "-n", processes, cwd=tmp_path)
    assert shown.code == 0, shown.text
    bar, _, rest = shown.text.rpartition("judging")
    assert "0/1" in bar
    assert "1/1" in rest
    assert "5.2.2.5-1#1 " in rest
    assert "pass: 1 scenario" in rest
    assert "writing reports" in rest
    assert "Allure results" in rest


@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_scenario_that_fails_is_named_above_the_bar_as_it_ends(processes: str, tmp_path: Path) -> None:
    """A person need not wait for the end of a long run to learn of it."""
    shown = in_terminal(*CLEAN, *BOASTER, "-n", processes, cwd=tmp_path)
    assert shown.code == 1, shown.text
    bar, _, rest = shown.text.rpartition("judging")
    assert "fail           modification" in bar
    assert "1 not passed" in rest
    assert "5.2.2.5-1#2 " in rest


def test_a_stored_run_is_judged_under_a_bar(clean_run: Run, tmp_path: Path) -> None:
    """Hundreds of histories take seconds."""
    shown = in_terminal("judge", str(clean_run.out), cwd=tmp_path)
    assert shown.code == 0, shown.text
    assert "0/1" in shown.text.partition("Table 5.2.2.3-1")[0]
    assert shown.text.rstrip().endswith("the findings equal the stored ones (1 judged again)")


def test_a_modification_is_watched_row_by_row(tmp_path: Path) -> None:
    """The table of rows moves, and its outcome stands under it."""
    shown = in_terminal("smm", "run", "internal-seamless", "--target", "vnfm", cwd=tmp_path)
    assert shown.code == 0, shown.text
    assert "5.2.2.5-1#1 " in shown.text
    assert shown.text.rstrip().endswith("DESTINATION_COMMITTED")
