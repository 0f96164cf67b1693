"""What comes next, from hand-written journals of a plan with three steps."""

from __future__ import annotations

from typing import Any

import pytest

from harness.smm.decide import Action, Do, End, Retry, Undo, Wait, decide
from harness.smm.journal import Entry, Journal
from harness.smm.plans import Plan, parse

ROW = "5.2.2.5-1#1"
DONE = ("a", "started", {}), ("a", "done", {})
ASKED = (*DONE, ("b", "started", {}), ("b", "done", {}))


def _plan(**changes: Any) -> Plan:
    retry = {"transient": {"otherwise": "abandon"}, "refused": "abandon"}
    on_change = {
        "not-passed": "rollback",
        "failed": "fallback",
        "transient": {"again": ["a", "b"], "otherwise": "rollback"},
    }
    return parse(
        {
            "format": "manolab-plan/1", "id": "small", "title": "Small", "support": "X",
            "retry": {"attempts": 2, "delay": 5},
            "modification": {"end": ROW, "failure": retry, "steps": [
                {"id": "a", "row": ROW, "operation": "reserve-resources", "undo": "release-resources"},
                {"id": "b", "row": ROW, "operation": "run-tests", "changes": True, "failure": on_change},
                {"id": "c", "row": ROW, "operation": "commit-software-modification", "gate": "commit"},
            ]},
            "rollback": {"end": ROW, "steps": [
                {"id": "r", "row": ROW, "operation": "run-tests"},
                {"id": "s", "row": ROW, "operation": "run-tests"},
            ]},
            **changes,
        }
    )  # fmt: skip


def _next(*lines: tuple[str, str, dict[str, Any]], commit: str = "automatic") -> Action:
    launched = Entry("process", None, "launched", 0, {"number": 1, "request": {"commit": commit}})
    entries = [Entry(step, None if step == "process" else ROW, event, 0, detail) for step, event, detail in lines]
    return decide(_plan(), Journal("p", [launched, *entries]))


def _asked(request: str) -> tuple[str, str, dict[str, Any]]:
    return ("process", "requested", {"request": request})


def _failed(step: str, kind: str) -> tuple[str, str, dict[str, Any]]:
    return (step, "failed", {"kind": kind, "reason": "because"})


@pytest.mark.parametrize(
    ("lines", "action", "step"),
    [
        ((), Do, "a"),
        ((("a", "started", {}),), Wait, "a"),
        (DONE, Do, "b"),
        ((("a", "started", {}), _failed("a", "transient")), Retry, "a"),
        ((("a", "started", {}), _failed("a", "transient"), ("a", "retried", {})), Do, "a"),
        ((*DONE, ("b", "started", {}), _failed("b", "transient"), ("b", "retried", {})), Do, "a"),
        ((*DONE, ("b", "started", {}), _failed("b", "not-passed")), Do, "r"),
        (ASKED, Do, "c"),
        ((*ASKED, ("c", "started", {}), ("c", "done", {})), Undo, "a"),
        ((*ASKED, _asked("rollback")), Do, "r"),
        ((*DONE, ("b", "started", {}), _asked("rollback")), Wait, "b"),
        ((*DONE, _asked("rollback")), Undo, "a"),
        ((*DONE, ("b", "started", {}), _failed("b", "failed")), Undo, "a"),
    ],
)
def test_the_journal_says_what_comes_next(
    lines: tuple[tuple[str, str, dict[str, Any]], ...], action: type[Any], step: str
) -> None:
    """Do, wait, retry, undo, as plan and journal have it."""
    found = _next(*lines)
    assert isinstance(found, action)
    assert found.step.id == step


def test_a_retry_waits_as_long_as_the_plan_says() -> None:
    """Unless the entity said how long."""
    started = ("a", "started", {})
    assert _next(started, _failed("a", "transient")) == Retry(_plan().step("a"), 5)
    hinted = ("a", "failed", {"kind": "transient", "retryAfter": 9})
    assert _next(started, hinted) == Retry(_plan().step("a"), 9)


def test_attempts_are_limited() -> None:
    """After the second failure nothing is retried, and nothing was changed."""
    once = (("a", "started", {}), _failed("a", "transient"))
    found = _next(*once, ("a", "retried", {}), *once)
    assert isinstance(found, End)
    assert found.outcome == "NOT_STARTED"
    assert found.reason == f"a ({ROW}) failed: because"


def test_nothing_is_decided_over_the_operators_head() -> None:
    """Suspended, or waiting for a commit of theirs: wait, for nobody."""
    assert _next(*DONE, _asked("suspend")) == Wait(None)
    assert isinstance(_next(*DONE, _asked("suspend"), _asked("resume")), Do)
    assert _next(*ASKED, commit="manual") == Wait(None)
    assert isinstance(_next(*ASKED, _asked("commit"), commit="manual"), Do)


def test_every_path_ends() -> None:
    """Committed, rolled back, or in need of a person; protections are down before."""
    commit = (("c", "started", {}), ("c", "done", {}))
    down = (("a", "started", {"undo": "release-resources"}), ("a", "undone", {}))
    assert _next(*ASKED, *commit, *down) == End("DESTINATION_COMMITTED", None)
    back = (("r", "started", {}), ("r", "done", {}), ("s", "started", {}), ("s", "done", {}))
    ended = _next(*ASKED, _asked("rollback"), *back, *down)
    assert ended == End("SOURCE_COMMITTED", "the operator asked for a rollback")
    stuck = _next(*ASKED, _asked("rollback"), ("r", "started", {}), _failed("r", "refused"), *down)
    assert isinstance(stuck, End)
    assert stuck.outcome == "FALLBACK_NEEDED"


def test_deciding_changes_nothing() -> None:
    """The same journal, asked twice, gives the same answer."""
    journal = Journal("p", [Entry("process", None, "launched", 0, {"number": 1, "request": {}})])
    plan = _plan()
    assert decide(plan, journal) == decide(plan, journal)
    assert len(journal.entries) == 1


def test_a_journal_of_another_plan_is_refused() -> None:
    """A step that the plan does not have is named."""
    with pytest.raises(KeyError, match="no step 'z'"):
        _next(("z", "started", {}))
