"""Execution plans: what comes along, and what is said about a wrong one."""

from __future__ import annotations

import copy
import dataclasses
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from harness.smm.plans import FOLDER, PlanError, builtin, load, parse, schema

SOURCE = FOLDER / "internal-seamless.yaml"


def test_the_schema_is_a_schema() -> None:
    """What is published is valid itself."""
    Draft202012Validator.check_schema(schema())


def test_the_plan_for_seamless_support_comes_along() -> None:
    """It has all rows of the flows that the SMM acts in."""
    plan = builtin()["internal-seamless"]
    rows = {step.row for step in (*plan.modification.steps, *plan.rollback.steps)}
    assert {f"5.2.2.5-1#{row}" for row in ("begin", 1, 2, 4, 5, 6, "end")} <= rows
    assert {f"5.2.2.6-1#{row}" for row in (1, 2, 4, 5, 6, "end")} <= rows


def test_a_plan_is_frozen_and_read_once() -> None:
    """Equal data gives the very same plan, which nobody can change."""
    plan = parse(builtin()["internal-seamless"].source)
    assert parse(copy.deepcopy(plan.source)) is plan
    with pytest.raises(dataclasses.FrozenInstanceError):
        plan.id = "other"  # type: ignore[misc]


def test_every_problem_is_named_with_file_line_and_key(tmp_path: Path) -> None:
    """Misspelt keys and values, all in one error, each with its line and the word that was meant."""
    text = SOURCE.read_text()
    text = text.replace("idempotent: true}\n", "idempotnt: true}\n", 1)
    text = text.replace("failed: abandon\n", "failed: abandn\n", 1)
    file = tmp_path / "plan.yaml"
    file.write_text(text)
    with pytest.raises(PlanError) as caught:
        load(file)
    lines = text.splitlines()
    wrong = [next(n for n, line in enumerate(lines, 1) if word in line) for word in ("abandn", "idempotnt")]
    said = "\n".join(caught.value.problems)
    assert f"{file}:{wrong[0]}: modification.failure.failed: 'abandn' is not a known value" in said
    assert "did you mean 'abandon'" in said
    assert f"{file}:{wrong[1]}: modification.steps[0].idempotnt: 'idempotnt' is not a known key" in said
    assert "did you mean 'idempotent'" in said


def _changed(change: Any) -> dict[str, Any]:
    data: dict[str, Any] = copy.deepcopy(dict(builtin()["internal-seamless"].source))
    change(data)
    return data


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda d: d["modification"]["steps"][0].update(operation="read-targt"), "did you mean 'read-target'"),
        (lambda d: d["modification"]["steps"][2].update(undo="unwatch"), "modification.steps[2].undo: 'unwatch'"),
        (lambda d: d["modification"]["steps"][1].update(id="read-target"), "already the id of modification.steps[0]"),
        (lambda d: d["rollback"]["steps"][2]["parameters"].update(of="nothing"), "'nothing' is not a known step"),
        (lambda d: d["parallel"]["during"].append("nowhere"), "parallel.during[4]: 'nowhere'"),
        (lambda d: d["modification"]["failure"].update(refused={"rollback": "run-tests"}), "step of the rollback"),
        (
            lambda d: d["modification"]["failure"].update(refused={"again": ["x"], "otherwise": "abandon"}),
            "again[0]: 'x'",
        ),
        (lambda d: d.update(format="manolab-plan/2"), "format: 'manolab-plan/2' should be 'manolab-plan/1'"),
        (lambda d: d["modification"]["steps"][0].update(row="row 1"), "a row reference as"),
        (lambda d: d.pop("rollback"), "'rollback' is missing"),
        (lambda d: d["modification"]["steps"][0].update(attempts=0), "attempts: 0 is less than the minimum of 1"),
        (lambda d: d.update(modification=3), "modification: 3 should be of type object"),
    ],
)
def test_what_is_wrong_is_said(change: Any, said: str) -> None:
    """Names that are not there, ids that stand twice, values of the wrong kind."""
    with pytest.raises(PlanError) as caught:
        parse(_changed(change))
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: [", "not readable as YAML"),
        ("id: a\nid: b\n", ":2: id: stands twice"),
        ("", "None should be of type object"),
        ("- 1\n", "should be of type object"),
        ("&a [*a]", "is"),
    ],
)
def test_broken_yaml_is_a_problem_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    """No traceback, one message."""
    file = tmp_path / "plan.yaml"
    file.write_text(text)
    with pytest.raises(PlanError) as caught:
        load(file)
    assert said in str(caught.value)


def test_a_missing_file_is_a_problem_too(tmp_path: Path) -> None:
    """The message names the file."""
    with pytest.raises(PlanError, match=r"none\.yaml: cannot be read"):
        load(tmp_path / "none.yaml")
