"""Work for many things, by one process or several."""

from __future__ import annotations

import os
import pickle
import signal
from dataclasses import replace
from pathlib import Path

import pytest

import reports
from reports.model import Report, Scenario


def test_results_come_in_the_order_of_the_things() -> None:
    """Whoever did them, and more than one process did."""
    with reports.crew(2) as each:
        found = list(each(str.upper, ["a", "b", "c"] * 20))
    assert found == ["A", "B", "C"] * 20


def test_one_process_is_this_one() -> None:
    """Nothing is started for it."""
    with reports.crew(1) as each:
        assert list(each(_where, [0])) == [os.getpid()]


def test_several_are_others() -> None:
    """The work is carried to them."""
    with reports.crew(2) as each:
        assert os.getpid() not in each(_where, range(4))


def test_a_process_that_is_lost_is_one_error() -> None:
    """It says what happened, not where in which library."""
    with reports.crew(2) as each, pytest.raises(reports.CrewLost, match="one of 2 processes ended"):
        list(each(os._exit, [3]))


def test_who_is_left_when_one_is_lost_ends_whatever_its_parent_does_at_a_signal() -> None:
    """Forked, they begin with the parent's ways; the pool would wait for them for ever."""
    before = signal.signal(signal.SIGTERM, signal.SIG_IGN)
    try:
        with reports.crew(2) as each, pytest.raises(reports.CrewLost):
            list(each(os._exit, [3]))
    finally:
        signal.signal(signal.SIGTERM, before)


def test_what_cannot_be_read_is_told_across_processes() -> None:
    """With each of its problems."""
    told = pickle.loads(pickle.dumps(reports.BadRecords(["one is cut", "two is cut"])))
    assert told.problems == ("one is cut", "two is cut")
    assert "two is cut" in str(told)


def test_a_conversation_that_is_gone_is_one_error_from_several(finished: Path, tmp_path: Path) -> None:
    """The same as from one: its file is named."""
    report = reports.load(finished)
    scenario = next(one for one in report.scenarios if one.history)
    lost = tmp_path / "history.jsonl"
    gone = _with(report, scenario, lost)
    with reports.crew(2) as each, pytest.raises(reports.BadRecords, match=str(lost)):
        reports.write_allure(gone, finished, tmp_path / "results", each)


def _where(_: object) -> int:
    return os.getpid()


def _with(report: Report, scenario: Scenario, history: Path) -> Report:
    changed = (replace(one, history=history) if one is scenario else one for one in report.scenarios)
    return replace(report, scenarios=tuple(changed))
