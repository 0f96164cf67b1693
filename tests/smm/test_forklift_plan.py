"""The plan in which another instance takes the place (clause 5.3.3): its rows, and where the way back is entered."""

from __future__ import annotations

import pytest

from harness.smm.plans import builtin
from harness.smm.plans.model import Recovery

PLAN = builtin()["forklift"]
MAIN, BACK = PLAN.modification.steps, PLAN.rollback.steps


def test_it_is_for_entities_without_support_and_has_every_row_the_smm_acts_in() -> None:
    """Rows 5 and 12 are the tester's alone."""
    rows = {step.row for step in (*MAIN, *BACK)}
    assert PLAN.support == "NONE"
    ours = ("begin", 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13, 14, "end")
    assert {f"5.3.3.5-1#{row}" for row in ours} <= rows
    assert {f"5.3.3.6-1#{row}" for row in ours[1:]} <= rows


@pytest.mark.parametrize(
    ("at", "row"),
    [
        ("await-destination", "5.3.3.6-1#14"),
        ("test-health", "5.3.3.6-1#14"),
        ("await-health", "5.3.3.6-1#14"),
        ("transfer-state", "5.3.3.6-1#7"),
        ("unlock-destination", "5.3.3.6-1#7"),
        ("start-towards-fes", "5.3.3.6-1#7"),
        ("start-towards-entities", "5.3.3.6-1#7"),
        ("stop-source-towards-entities", "5.3.3.6-1#7"),
        ("run-tests", "5.3.3.6-1#7"),
        ("await-tests", "5.3.3.6-1#7"),
        ("await-source-towards-entities", "5.3.3.6-1#3"),
        ("terminate-source", "5.3.3.6-1#3"),
        ("await-source-gone", "5.3.3.6-1#3"),
    ],
)
def test_each_step_has_a_way_back_that_begins_where_the_table_says(at: str, row: str) -> None:
    """Column "At #" of table 5.3.3.6-1, whatever kind of failure it is (interpretations I-020 and I-024)."""
    step = PLAN.step(at)
    entries = {_entry(recovery) for recovery in step.on.values()} - {None}
    assert {PLAN.step(str(entry)).row for entry in entries} == {row}
    assert set(step.on) >= {"transient", "refused", "unknown", "failed"}


def test_until_an_instance_is_there_a_failure_changes_nothing() -> None:
    """Before row 3 there is nothing to roll back."""
    names = [step.id for step in MAIN]
    before = MAIN[: names.index("instantiate-destination")]
    assert all(_last(recovery).verb == "abandon" for step in before for recovery in step.on.values())


def test_what_is_always_done_on_the_way_back_comes_first() -> None:
    """Notes 1 and 2 of table 5.3.3.6-1: resources are checked wherever it is entered."""
    assert [step.id for step in BACK if step.always] == ["verify-rollback-resources", "recall-information"]


def _entry(recovery: Recovery) -> str | None:
    return _last(recovery).entry


def _last(recovery: Recovery) -> Recovery:
    while recovery.otherwise is not None:
        recovery = recovery.otherwise
    return recovery
