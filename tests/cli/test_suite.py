"""The suite in one session: what the caller chooses is run, and what the caller says against it is heard."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from harness.cli import progress, suite, terminal
from harness.cli.failures import WrongUse
from harness.cli.features import root

ROLES = root() / "5_2_2_seamless" / "roles.feature"


def test_what_is_chosen_is_run_and_nothing_else(tmp_path: Path) -> None:
    """Of all that the arguments select."""
    roles = suite.Suite(tmp_path, (ROLES,), ("vnfm",))
    chosen: list[str] = []

    def choose(selection: suite.Selection) -> Sequence[suite.Selected]:
        assert len(selection.everything) > len(selection.selected) > 1
        chosen.extend(one.id for one in selection.selected[1:2])
        return selection.selected[1:2]

    assert suite.run(roles, choose) == ""
    assert [path.name for path in (tmp_path / suite.RUNS).iterdir()] == chosen


@pytest.mark.parametrize("processes", [0, 2])
@pytest.mark.parametrize("error", [WrongUse("not these"), LookupError("odd")])
def test_a_refusal_reaches_the_caller_as_it_is(error: Exception, processes: int, tmp_path: Path) -> None:
    """Before anything is run, and without pytest's words around it."""

    def choose(_: suite.Selection) -> Sequence[suite.Selected]:
        raise error

    with pytest.raises(type(error)) as caught:
        suite.run(suite.Suite(tmp_path, (ROLES,)), choose, processes=processes)
    assert caught.value is error
    assert not (tmp_path / suite.RUNS).exists()


def test_all_features_that_cannot_be_read_are_told_although_the_first_fail_ends_a_run(tmp_path: Path) -> None:
    """-x is for scenarios."""
    for name in ("one", "two"):
        (tmp_path / f"{name}.feature").write_text("Feature: x\n  Scenario: y\n    Given z\n    nonsense\n")
    with pytest.raises(WrongUse, match=r"(?s)one\.feature.*two\.feature"):
        suite.run(suite.Suite(tmp_path, (tmp_path,)), stop=True)


@pytest.mark.parametrize("again", range(20))
def test_a_moving_bar_has_no_thread_until_the_run_has_begun_and_none_after_it(
    monkeypatch: pytest.MonkeyPatch, again: int
) -> None:
    """Processes are forked before and after it, and a thread would be missing from them."""
    monkeypatch.setattr(terminal, "moves", lambda _: True)
    before = threading.active_count()
    with progress.view() as view:
        assert view
        assert threading.active_count() == before
        view.begun(again)
        assert threading.active_count() > before
    assert threading.active_count() == before
