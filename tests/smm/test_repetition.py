"""Steps that a plan repeats for each item of a list: what comes next, what is tried again, and wrong plans."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from harness.smm.decide import Action, Do, End, Retry, Undo, decide
from harness.smm.journal import Entry, Journal
from harness.smm.plans import Plan, PlanError, builtin, parse
from harness.smm.reading import progress
from harness.smm.view import percentage

ROW = "5.3.2.5-1#3"
Line = tuple[str, str, dict[str, Any]]
FOUND: tuple[Line, ...] = (("find", "started", {}), ("find", "done", {"units": ["x", "y"]}))


def _data() -> dict[str, Any]:
    again = {"transient": {"again": ["make", "see"], "otherwise": "rollback"}, "failed": "rollback"}
    return {
        "format": "manolab-plan/1", "id": "small", "title": "Small", "support": "X",
        "retry": {"attempts": 2, "delay": 5},
        "modification": {"end": ROW, "failure": {"refused": "abandon"}, "steps": [
            {"id": "find", "row": ROW, "operation": "collect-units"},
            {"repeat": "each-unit", "for-each": {"found-by": "find", "under": "units"}, "steps": [
                {"id": "make", "row": ROW, "operation": "instantiate-unit", "changes": True},
                {"id": "see", "row": ROW, "operation": "await-unit", "parameters": {"of": "make"}, "failure": again},
            ]},
            {"id": "end", "row": ROW, "operation": "verify-units", "gate": "commit"},
        ]},
        "rollback": {"end": ROW, "steps": [
            {"id": "find-back", "row": ROW, "operation": "collect-units"},
            {"repeat": "each-back", "for-each": {"found-by": "find-back", "under": "units"}, "steps": [
                {"id": "back", "row": ROW, "operation": "stop-unit"},
            ]},
        ]},
    }  # fmt: skip


def _plan() -> Plan:
    return parse(_data())


def _journal(*lines: Line) -> Journal:
    launched = Entry("process", None, "launched", 0, {"number": 1, "request": {}})
    return Journal("p", [launched, *[Entry(step, ROW, event, 0, detail) for step, event, detail in lines]])


def _next(*lines: Line) -> Action:
    return decide(_plan(), _journal(*lines))


def _did(*steps: str) -> tuple[Line, ...]:
    return tuple(line for step in steps for line in ((step, "started", {}), (step, "done", {})))


def _failed(step: str, kind: str) -> Line:
    return (step, "failed", {"kind": kind, "reason": "because"})


def _step(action: Action) -> str:
    assert isinstance(action, Do | Retry | Undo)
    return action.step.id


@pytest.mark.parametrize(
    ("done", "step"),
    [
        ((), "make@1"),
        (("make@1",), "see@1"),
        (("make@1", "see@1"), "make@2"),
        (("make@1", "see@1", "make@2", "see@2"), "end"),
    ],
)
def test_the_steps_come_once_for_each_item_in_order(done: tuple[str, ...], step: str) -> None:
    """All steps for the first item, then all for the second, then what follows."""
    assert _step(_next(*FOUND, *_did(*done))) == step


def test_a_repeated_step_knows_its_item() -> None:
    """The item is what the list held at that place."""
    action = _next(*FOUND, *_did("make@1", "see@1"))
    assert isinstance(action, Do)
    assert action.step.item == "y"


def test_an_empty_list_leaves_the_steps_out() -> None:
    """There is nothing to do for nobody."""
    assert _step(_next(("find", "started", {}), ("find", "done", {"units": []}))) == "end"
    assert _step(_next(("find", "started", {}), ("find", "done", {}))) == "end"


def test_what_is_tried_again_is_for_the_same_item() -> None:
    """`again` names steps of the plan; in a repetition it means those of the item that failed."""
    lines = (*FOUND, *_did("make@1", "see@1", "make@2"), ("see@2", "started", {}), _failed("see@2", "transient"))
    assert isinstance(_next(*lines), Retry)
    tried = (*lines, ("see@2", "retried", {}))
    assert _step(_next(*tried)) == "make@2"
    assert _step(_next(*tried, *_did("make@2"))) == "see@2"
    assert _step(_next(*tried, *_did("make@2", "see@2"))) == "end"


def test_attempts_count_for_each_item() -> None:
    """What the first item needed is not taken from the second."""
    once: tuple[Line, ...] = (("see@1", "started", {}), _failed("see@1", "transient"), ("see@1", "retried", {}))
    lines = (*FOUND, *_did("make@1"), *once, *_did("make@1", "see@1", "make@2"), ("see@2", "started", {}))
    assert isinstance(_next(*lines, _failed("see@2", "transient")), Retry)


def test_a_failure_in_the_middle_enters_the_rollback_with_a_list_of_its_own() -> None:
    """The rollback repeats its steps for what is found then."""
    lines = (*FOUND, *_did("make@1", "see@1", "make@2"), ("see@2", "started", {}), _failed("see@2", "failed"))
    assert _step(_next(*lines)) == "find-back"
    back = (*lines, ("find-back", "started", {}), ("find-back", "done", {"units": ["b", "a"]}))
    assert _step(_next(*back)) == "back@1"
    ended = _next(*back, *_did("back@1", "back@2"))
    assert isinstance(ended, End)
    assert ended.outcome == "SOURCE_COMMITTED"


def test_a_refusal_of_the_first_item_changed_nothing_and_of_the_second_did() -> None:
    """Whether there is anything to roll back is known by what was done for any item."""
    first = _next(*FOUND, ("make@1", "started", {}), _failed("make@1", "refused"))
    assert isinstance(first, End)
    assert first.outcome == "NOT_STARTED"
    second = (*FOUND, *_did("make@1", "see@1"), ("make@2", "started", {}), _failed("make@2", "refused"))
    assert _step(_next(*second)) == "find-back"


def test_the_list_is_read_once() -> None:
    """What a later look finds does not change a repetition that has begun."""
    plan, journal = _plan(), _journal(*FOUND, *_did("make@1"))
    assert _step(decide(plan, journal)) == "see@1"
    assert _step(decide(plan, _journal(*FOUND, *_did("make@1", "see@1", "make@2", "see@2")))) == "end"


def test_progress_counts_what_is_repeated() -> None:
    """The percentage never goes back once the list is known."""
    lines = [*FOUND, *_did("make@1", "see@1", "make@2", "see@2", "end")]
    seen = [percentage(progress(_plan(), _journal(*lines[:n]))) for n in range(2, len(lines) + 1)]
    assert seen == sorted(seen)
    assert seen[-1] == 100


def _changed(change: Any) -> dict[str, Any]:
    data = copy.deepcopy(_data())
    change(data["modification"]["steps"])
    return data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda s: s[1]["for-each"].update({"found-by": "nobody"}), "'nobody' is not a known earlier step"),
        (lambda s: s.insert(0, s.pop(1)), "it does not come before"),
        (lambda s: s[1].update({"repeat": "each-back"}), "is already the name of a repetition"),
        (lambda s: s[1]["steps"][0].update(id="end"), "is already the id of"),
        (lambda s: s[1]["steps"][0].update(operation="make-unit"), "steps[1].steps[0].operation: 'make-unit'"),
        (lambda s: s[1].update(steps=[]), "modification.steps[1].steps"),
        (lambda s: s[1].pop("for-each"), "'for-each' is missing"),
        (lambda s: s[1].update(id="x"), "'id' is not a known key"),
        (lambda s: s[1]["steps"].append(copy.deepcopy(s[1])), "modification.steps[1].steps[2]"),
        (lambda s: s[2].update(failure={"failed": {"rollback": "back"}}), "step of the rollback"),
    ],
)
def test_what_is_wrong_with_a_repetition_is_said(change: Any, said: str) -> None:
    """Lists nobody finds, names that stand twice, repetitions in repetitions, entries in the middle of one."""
    with pytest.raises(PlanError) as caught:
        parse(_changed(change))
    assert said in str(caught.value)


def test_the_plan_for_redundancy_units_comes_along() -> None:
    """It has all rows of the flow that the SMM acts in; rows 3 to 11 are repeated, and row 12 is the repetition."""
    plan = builtin()["redundancy-units"]
    rows = {step.row for step in plan.modification.steps}
    assert {f"5.3.2.5-1#{row}" for row in ("begin", 1, 2, 3, 4, 6, 8, 9, 10, 11, 13, 15, "end")} <= rows
    repeated = {step.row for step in plan.modification.steps if step.repeat}
    assert repeated == {f"5.3.2.5-1#{row}" for row in (3, 4, 6, 8, 9, 10, 11)}
