"""Mutants made by operators: each is caught at its row, or was reviewed; every row is failed by somebody.

A twelfth of them is tried here, one operator for every other row in turn; `manolab mutants` tries all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from harness.judge.findings import failed, passed
from harness.smm.plans import builtin
from mocks.entities.runner import Step
from steps.records import Record
from tests.mutants.operators import surgery
from tests.mutants.operators.atlas import Atlas, NotSound, atlas, trace
from tests.mutants.operators.entity import _Astray, _one_wrong
from tests.mutants.operators.grid import ENTITY, Chosen, Grid, grid
from tests.mutants.operators.matrix import MEANINGS, by_hand, matrix
from tests.mutants.operators.operators import NOT_APPLICABLE, OPERATORS, Declined, Wrong, generate
from tests.mutants.operators.reviewed import reviews
from tests.mutants.operators.scenarios import scenarios
from tests.mutants.operators.stand import Runs, runs
from tests.mutants.operators.trial import WHOLE_TIME, _in_turn, held, tried
from tests.mutants.operators.works import Part, parts, steps_of, version_of

SMM = Part("smm", "steps")
CLEAN = "modification-a-clean-modification-vnfm"


@dataclass
class Ground:
    """What the tests here share: a lab, and what its scenarios come to with correct parts."""

    runs: Runs
    atlas: Atlas
    all: list[Wrong | Declined]


@pytest.fixture(scope="module")
def ground() -> Iterator[Ground]:
    """Scenarios that correct parts do not pass are left out; that there are such is found by test_mutants.py."""
    with runs(ENTITY) as made:
        traces = {}
        for name, each in scenarios(ENTITY).items():
            with suppress(NotSound):
                traces[name] = trace(made, each)
        known = atlas(ENTITY, traces)
        yield Ground(made, known, list(generate(known)))


def test_every_row_is_done_by_somebody(ground: Ground) -> None:
    """A row that no plan and no line of works.yaml knows of could not be done wrong."""
    rows = ground.atlas.rows
    assert rows
    assert not [ref for ref, row in rows.items() if not parts(row, ground.atlas.plans(row), ground.atlas.rows)]


def test_every_operator_is_tried_or_declined_for_every_row(ground: Ground) -> None:
    """Nothing is skipped in silence."""
    there = {(one.ref, one.operator) for one in ground.all}
    assert {(ref, name) for ref in ground.atlas.rows for name in OPERATORS} - there == set()


def test_who_declines_says_why(ground: Ground) -> None:
    """What makes no sense is declared by its operator, once, with the reason."""
    assert all(one.reason for one in ground.all if isinstance(one, Declined))
    assert {name for name, _ in NOT_APPLICABLE} <= set(OPERATORS) == set(MEANINGS)


@pytest.mark.parametrize("operator", OPERATORS)
def test_a_generated_mutant_is_caught_or_was_reviewed(operator: str, ground: Ground) -> None:
    """No hole, and nothing fails before the row that is done wrong."""
    at = OPERATORS.index(operator)
    mine = list(ground.atlas.rows)[at :: 2 * len(OPERATORS)]
    chosen = [one for one in ground.all if isinstance(one, Wrong) and one.operator == operator and one.ref in mine]
    found = matrix(Grid(ground.atlas, [], [tried(one, ground.atlas, ground.runs) for one in chosen]), whole=False)
    cells = [(row["ref"], part) for table in found["tables"] for row in table["rows"] for part in _parts(row)]
    assert cells
    assert [cell for cell in cells if cell[1]["verdict"] in ("MISSED", "misplaced")] == []
    jsonschema.validate(found, schema())


def test_every_row_is_failed_by_somebody(ground: Ground) -> None:
    """A row that no mutant can fail has no check; what is written by hand counts first, being known without a trial."""
    bare = [ref for ref in ground.atlas.rows if not by_hand(ref)]
    for ref in bare:
        mine = (one for one in ground.all if isinstance(one, Wrong) and one.ref == ref)
        assert any(tried(one, ground.atlas, ground.runs).found == "caught" for one in mine), f"{ref} has no check"


def test_a_grid_can_be_a_part_of_the_whole() -> None:
    """One table and one operator, in this process, with its progress told."""
    told: list[tuple[str, int, int]] = []
    found = grid(Chosen(("5.2.2.6-1",), ("too-early",)), progress=lambda *step: told.append(step))
    assert {trial.wrong.ref.partition("#")[0] for trial in found.trials} == {"5.2.2.6-1"}
    assert {one.operator for one in found.declined} == {"too-early"}
    assert told[-1] == ("judging", len(found.trials), len(found.trials))


def test_the_schema_is_valid() -> None:
    """The published schema is itself one."""
    jsonschema.Draft202012Validator.check_schema(schema())


def test_reviews_are_whole() -> None:
    """Each names an operator, what was found, rows or rules, and a reason that is a sentence."""
    for review in reviews():
        assert review.operator in OPERATORS
        assert review.found in ("equivalent", "later", "undecided")
        assert bool(review.rows) != bool(review.rules)
        assert review.reason.endswith(".")


# What a generated mutant is held to


def judged(*steps: tuple[str, str | None, bool]) -> Record:
    """A record of rules with their rows, and whether they passed."""
    record = Record(scenarios(ENTITY)[CLEAN].identity, "direct")
    for rule, ref, good in steps:
        record.judged("Then", rule, 1, passed("it is", []) if good else failed("it is not"), ref, rule)
    return record


@pytest.mark.parametrize(
    ("steps", "caught", "elsewhere"),
    [
        ([("modification_requested", "5.2.2.5-1#2", False)], True, []),
        ([("modification_requested", "5.2.2.5-1#2", True), ("tests_invoked", "5.2.2.5-1#5", False)], False, []),
        ([("modification_requested", "5.2.2.5-1#2", True), ("process_ended", None, False)], False, []),
        ([("modification_requested", "5.2.2.5-1#2", True), ("no_leaks", None, False)], True, []),
        (
            [("resources_secured", "5.2.2.5-1#1", False), ("modification_requested", "5.2.2.5-1#2", False)],
            True,
            ["resources_secured 5.2.2.5-1#1"],
        ),
        (
            [("suites_available", "5.2.2.3-1#4", False), ("modification_requested", "5.2.2.5-1#2", False)],
            True,
            ["suites_available 5.2.2.3-1#4"],
        ),
    ],
    ids=["at its row", "later", "a sentence of the scenario", "an invariant", "before its row", "a pre-condition"],
)
def test_where_a_mutant_of_row_2_may_fail(
    steps: list[tuple[str, str | None, bool]], caught: bool, elsewhere: list[str], ground: Ground
) -> None:
    """At its row or an invariant it is caught; before its row it must not fail; after it anything may follow."""
    wrong = Wrong("leave-out", "5.2.2.5-1#2", SMM)
    assert held(wrong, ground.atlas.scenarios[CLEAN], judged(*steps), ground.atlas) == (caught, elsewhere)


def test_of_two_rows_in_the_wrong_order_either_may_be_failed(ground: Ground) -> None:
    """What is done too early is done before the row before it."""
    wrong = Wrong("too-early", "5.2.2.5-1#2", SMM)
    record = judged(("resources_secured", "5.2.2.5-1#1", False))
    assert held(wrong, ground.atlas.scenarios[CLEAN], record, ground.atlas) == (True, [])


def test_what_breaks_the_harness_is_misplaced(ground: Ground) -> None:
    """It is neither caught nor equivalent."""
    record = judged()
    record.broke(RuntimeError("no"))
    caught, elsewhere = held(Wrong("twice", "5.2.2.5-1#2", SMM), ground.atlas.scenarios[CLEAN], record, ground.atlas)
    assert not caught
    assert elsewhere == ["the harness broke: RuntimeError: no"]


def test_rules_that_look_at_the_whole_time_exist(ground: Ground) -> None:
    """A renamed rule must not stay excused."""
    assert {name for row in ground.atlas.rows.values() for name in row.rules} >= WHOLE_TIME


# Plans


def test_a_step_that_is_left_out_is_named_nowhere() -> None:
    """Nobody comes back to it, and a rollback that would begin there begins at the next step."""
    plan = surgery.without(builtin()["internal-non-seamless"], ("start-old-towards-fes", "request-modification"))
    named = {
        name for step in steps_of(plan) for recovery in step.on.values() for name in (*recovery.again, recovery.entry)
    }
    assert {"start-old-towards-fes", "request-modification"} & {*named, *(step.id for step in steps_of(plan))} == set()
    entry = next(step for step in steps_of(plan) if step.id == "run-tests").on["refused"].entry
    assert entry == "start-old-towards-entities"


def test_a_step_comes_before_another() -> None:
    """In its section; what is settled after the end for an arrival comes at once."""
    plan = builtin()["internal-seamless"]
    moved = surgery.before(plan, ("run-tests",), ("await-modification",))
    assert moved is not None
    order = [step.id for step in moved.modification.steps]
    assert order.index("run-tests") == order.index("await-modification") - 1
    early = surgery.before(plan, ("execute-operation",), ("commit-modification",))
    assert early is not None
    assert [step.id for step in early.parallel.meanwhile["DELAY"]] == ["execute-operation"]
    assert surgery.before(plan, ("run-tests",), ("test-source",)) is None


def test_a_step_comes_before_all_of_a_repetition() -> None:
    """What is repeated for each item is one block, into which nothing can be put."""
    moved = surgery.before(builtin()["redundancy-units"], ("run-tests",), ("terminate-source-unit",))
    assert moved is not None
    order = [step.id for step in moved.modification.steps]
    assert order.index("run-tests") == order.index("instantiate-unit") - 1


def test_a_rollback_begins_with_what_comes_before_its_entry() -> None:
    """Else what is done too early would never be reached."""
    moved = surgery.before(builtin()["forklift"], ("test-source-health",), ("instantiate-source", "await-source"))
    assert moved is not None
    ended = next(step for step in moved.modification.steps if step.id == "terminate-source")
    assert ended.on["refused"].entry == "test-source-health"


# What an operator is told


def test_rows_that_are_repeated_together_are_excused(ground: Ground) -> None:
    """Whoever fails at the first of two never comes to the second, whose row stands before."""
    scenario = next(each for name, each in ground.atlas.scenarios.items() if name.startswith("two-entities-both-dest"))
    assert _in_turn({"5.4.2.5-1#6"}, scenario, ground.atlas) == {None, "5.4.2.5-1#4", "5.4.2.5-1#6"}


def test_a_row_about_an_instance_is_about_its_version() -> None:
    """The work of the tester that is wrong is that for this instance, not for the other."""
    assert version_of(["the tester looks at the source instance"]) == "source"
    assert (
        version_of(["the tester looks at the source instance", "the tester looks at the destination instance"]) is None
    )


@pytest.mark.parametrize(
    ("operator", "names", "done"), [("leave-out", ["a"], ["a"]), ("twice", ["a", "b"], ["a", "b", "b"])]
)
def test_one_step_of_a_work_is_wrong(operator: str, names: list[str], done: list[str]) -> None:
    """The others are done as they are."""
    did: list[str] = []
    usual = [Step(name, partial(did.append, name)) for name in ("a", "b")]
    told = {"operator": operator, "step": "b"}
    steps = _one_wrong(usual, told, _Astray(None, {}), None)  # type: ignore[arg-type]
    for step in steps:
        step.do()
    assert ([step.name for step in steps], did) == (names, done)


def _parts(row: dict[str, Any]) -> list[dict[str, Any]]:
    return [part for cell in row["cells"] for part in cell["parts"]]


def schema() -> dict[str, Any]:
    """What `manolab mutants --json` is described by."""
    found: dict[str, Any] = json.loads(
        (files("reports") / "schemas" / "mutants.schema.json").read_text(encoding="utf-8")
    )
    return found
