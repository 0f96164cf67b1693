"""What a person sees in a terminal, where bars and tables move."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Run, manolab
from tests.cli.in_terminal import in_terminal

CLEAN = ("run", "-k", "clean", "--entity", "vnfm")
COLOUR = re.compile(r"\x1b\[(\d+;)*3\d")
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


@pytest.mark.parametrize(("variable", "coloured"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_colours_are_for_who_wants_them(
    variable: dict[str, str], coloured: bool, clean_run: Run, tmp_path: Path
) -> None:
    """NO_COLOR asks for none, and a dumb terminal has none."""
    shown = in_terminal("judge", str(clean_run.out), cwd=tmp_path, **variable)
    assert shown.code == 0, shown.text
    assert (COLOUR.search(shown.sent) is not None) == coloured


def test_a_log_may_have_colours(clean_run: Run, tmp_path: Path) -> None:
    """FORCE_COLOR is what CI systems set whose logs show them."""
    assert COLOUR.search(manolab("judge", clean_run.out, cwd=tmp_path, FORCE_COLOR="1").out)
    assert not COLOUR.search(manolab("judge", clean_run.out, cwd=tmp_path).out)


def test_a_dumb_terminal_gets_lines_instead_of_a_bar(tmp_path: Path) -> None:
    """It cannot write over what stands there."""
    shown = in_terminal(*CLEAN, cwd=tmp_path, TERM="dumb")
    assert shown.sent.startswith("[1/1] pass")
    assert "\x1b" not in shown.sent


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
