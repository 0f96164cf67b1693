"""A process as a person watches it."""

from __future__ import annotations

import pytest

from harness.cli.watch import Lines, Rows


def test_a_row_is_done_when_all_its_steps_are() -> None:
    """A row with several steps is under way until the last one is done."""
    rows = Rows([("5.2.2.5-1#1", "reserve"), ("5.2.2.5-1#1", "protect")])
    row = rows.rows["5.2.2.5-1#1"]
    states = [row.state]
    for step, event in (("reserve", "started"), ("reserve", "done"), ("protect", "done")):
        rows.heard(1.0, {"currentRow": row.ref, "currentStep": step, "event": event})
        states.append(row.state)
    assert states == ["", "started", "started", "done"]


def test_a_failed_step_makes_its_row_failed() -> None:
    """What failed shows, whatever else was done in the row."""
    rows = Rows([("5.2.2.5-1#1", "reserve"), ("5.2.2.5-1#1", "protect")])
    for step, event in (("reserve", "done"), ("protect", "failed")):
        rows.heard(1.0, {"currentRow": "5.2.2.5-1#1", "currentStep": step, "event": event})
    assert rows.rows["5.2.2.5-1#1"].state == "failed"


def test_a_row_outside_the_plan_appears_when_it_is_reached() -> None:
    """A rollback's rows are not shown before there is a rollback."""
    rows = Rows([("5.2.2.5-1#1", "reserve")])
    rows.heard(2.0, {"currentRow": "5.2.2.6-1#2", "currentStep": "request-rollback", "event": "started"})
    assert list(rows.rows) == ["5.2.2.5-1#1", "5.2.2.6-1#2"]


def test_a_log_has_a_line_for_each_end_of_a_step_and_each_state(capsys: pytest.CaptureFixture[str]) -> None:
    """What only begins is not worth a line in a log."""
    lines = Lines()
    for event in ("started", "done"):
        news = {"state": "PROCESSING", "currentRow": "5.2.2.5-1#2", "currentStep": "request", "event": event}
        lines.heard(0.25, news)
    said = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert said == [["0.25", "s", "PROCESSING"], ["0.25", "s", "5.2.2.5-1#2", "request", "done"]]
