"""The operators: which of them make sense for what is done for a row, and what they make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from harness.smm.plans import Plan
from steps.arrangement import VERSIONS
from tests.mutants.operators import surgery
from tests.mutants.operators.atlas import Atlas
from tests.mutants.operators.north import North
from tests.mutants.operators.scenarios import Scenario
from tests.mutants.operators.smm import Lie, ends_at_once, never_begins
from tests.mutants.operators.works import Part, Row, by_another, parts, steps_of, version_of, works

Operator = Literal["leave-out", "twice", "too-early", "wrong-actor", "goes-on-after-failure", "reports-without-doing"]
OPERATORS: tuple[Operator, ...] = get_args(Operator)

NOT_APPLICABLE: Mapping[tuple[str, str], str] = {
    ("too-early", "work"): "an entity's work begins with the request that says what to do: before it there is nothing",
    ("too-early", "launch"): "nothing comes before the beginning of a flow",
    ("too-early", "decision"): "nothing comes before the beginning of a flow",
    ("twice", "decision"): "what is decided twice is decided",
    ("wrong-actor", "decision"): "a decision is a thought, and addressed to nobody",
    ("goes-on-after-failure", "launch"): "a process that cannot be launched is none that could go on",
    ("goes-on-after-failure", "decision"): "it is what follows a failure; to go on instead is to leave it out",
    ("goes-on-after-failure", "undo"): "the process is over: after it there is nothing to go on with",
    ("reports-without-doing", "report"): "a report that is only reported is one left out",
    ("reports-without-doing", "procedure"): "the Fallback Manager tells of no part but the end: see too-early",
    ("too-early", "repetition"): "each item has its turn, and the first of them has nothing before it",
    ("wrong-actor", "repetition"): "to go on with the next item is a thought, and addressed to nobody",
    ("goes-on-after-failure", "repetition"): "what fails are the steps that are repeated",
    ("reports-without-doing", "repetition"): "what is said of it is said of the steps that are repeated",
    ("too-early", "again"): "it follows a failure, and before that there is nothing to do again",
    ("leave-out", "again"): "what is not done again is not told of either: see reports-without-doing",
    ("goes-on-after-failure", "again"): "its failure is that of the step that it repeats",
    ("twice", "answer"): "a question has one answer",
    ("too-early", "answer"): "nothing can be answered before it is asked",
    ("wrong-actor", "answer"): "an answer goes to who asked",
    ("goes-on-after-failure", "answer"): "what may fail is the question to the tester, in the row before",
    ("twice", "wish"): "what is taken up twice is taken up",
    ("too-early", "wish"): "nothing can be taken up before it is asked for",
    ("wrong-actor", "wish"): "a wish is addressed to the SMM; whom it turns to then are other rows",
    ("goes-on-after-failure", "wish"): "a wish that is not taken up is one left out",
    ("goes-on-after-failure", "notice"): "what becomes of a notification is the receiver's affair",
    ("reports-without-doing", "notice"): "a state that is only told of is told of too early",
}
"""What makes no sense for any row, by operator and part."""

TASKS = ("suspend", "resume")
"""What an external manager wishes for a process, as sentences say it."""

FIRST = "the row before it is the beginning, before which the SMM has nothing to do"
ARRIVES = "it answers what arrives, and nothing can be answered before it is there"
APART = "the row before it is done in another part of the plan, which ends before this one begins"
IDLE: Mapping[str, str] = {
    "goes-on-after-failure": "no scenario has it fail",
    "wrong-actor": "nothing of it is addressed to anybody",
    "too-early": "there is no sign of it before it is done",
}
"""What is said where an operator never came into play; of the others, each has to."""


@dataclass(frozen=True)
class Wrong:
    """A generated mutant: a row, the part of it that is done wrong, and how."""

    operator: Operator
    ref: str
    part: Part

    @property
    def name(self) -> str:
        what = f"{self.part.by} {self.part.what}" + (f" ({self.part.kind})" if self.part.kind else "")
        return f"{self.operator} {self.ref}: {what}"


@dataclass(frozen=True)
class Declined:
    """An operator that says why it makes no sense for a part of a row."""

    operator: Operator
    ref: str
    part: Part
    reason: str


def generate(atlas: Atlas) -> Iterator[Wrong | Declined]:
    """Everything that can be done wrong, row by row, and what cannot be."""
    for row in atlas.rows.values():
        for part in parts(row, atlas.plans(row), atlas.rows):
            for operator in OPERATORS:
                if by_another(row) and part.by == "smm" and operator != "goes-on-after-failure":
                    continue  # its steps wait for another's work; not to wait is the next row, done too early
                reason = _senseless(operator, row, part, atlas)
                yield Declined(operator, row.ref, part, reason) if reason else Wrong(operator, row.ref, part)


def _senseless(operator: Operator, row: Row, part: Part, atlas: Atlas) -> str:
    """Why the operator makes no sense here; empty when it does."""
    never = NOT_APPLICABLE.get((operator, part.what), "")
    if (operator, part.kind) == ("too-early", "find_targets"):
        return "nothing comes before the beginning of a flow"
    if never or operator != "too-early" or part.what != "steps":
        return never
    before = predecessor(row, atlas)
    if before is None:
        return FIRST
    scenarios = atlas.having(row)
    plans = [(plan, each) for each in scenarios if (plan := atlas.plan(each))]
    if any(_earlier(plan, row, before, atlas, each) is not None for plan, each in plans):
        return ""
    beside = {s.id for plan, _ in plans for steps in plan.parallel.meanwhile.values() for s in steps}
    return ARRIVES if beside & set(atlas.steps(row, scenarios[0])) else APART


def predecessor(row: Row, atlas: Atlas) -> Row | None:
    """The row before this one of which the plan has steps; None behind the beginning."""
    table = atlas.table(row.table)
    earlier = [one for one in table[: table.index(row)] if one.number != "begin"]
    return next((one for one in reversed(earlier) if any(atlas.steps(one, each) for each in atlas.having(row))), None)


def _earlier(plan: Plan, row: Row, before: Row, atlas: Atlas, scenario: Scenario) -> Plan | None:
    return surgery.before(plan, atlas.steps(row, scenario), atlas.steps(before, scenario))


def lie(wrong: Wrong, scenario: Scenario, atlas: Atlas, others: Mapping[str, str]) -> Lie:
    """The wrong as an SMM tells it in a scenario."""
    row, plan = atlas.rows[wrong.ref], atlas.plan(scenario)
    told = Lie(wrong.operator, others=others)
    if plan is None:
        return told
    ids = atlas.steps(row, scenario)
    if wrong.part.what in ("launch", "decision"):
        _without_a_step(told, wrong)
    elif wrong.part.what == "repetition":
        repeats = {step.repeat for step in steps_of(plan) if step.repeat}
        told.repeats = {each.found_by: each.key for each in repeats}
    elif wrong.part.what in ("answer", "wish", "notice"):
        _to_the_manager(told, wrong, row, atlas, scenario)
    elif wrong.part.what == "again":
        plans_own = {step.id for step in steps_of(plan) if step.operation == wrong.part.kind}
        told.steps, told.again, told.facts = frozenset(plans_own), True, atlas.facts(scenario)
    elif wrong.part.what == "undo":
        _undoing(told, wrong, row, atlas, scenario)
    elif wrong.operator == "leave-out":
        told.change, told.acted = (lambda plan: surgery.without(plan, ids)), True
    elif wrong.operator == "too-early":
        before = predecessor(row, atlas)
        assert before is not None
        told.change = lambda plan: _earlier(plan, row, before, atlas, scenario) or plan
        told.acted = told.change(plan) is not plan
    else:
        told.steps, told.facts = frozenset(ids), atlas.facts(scenario)
    return told


def _undoing(told: Lie, wrong: Wrong, row: Row, atlas: Atlas, scenario: Scenario) -> None:
    told.acted = wrong.operator == "leave-out"
    if wrong.operator == "leave-out":
        told.change = surgery.unprotected
    elif wrong.operator == "too-early":
        before = predecessor(row, atlas)
        told.first = frozenset(atlas.steps(before, scenario)[:1]) if before else frozenset()
    else:
        told.undo = True


def _to_the_manager(told: Lie, wrong: Wrong, row: Row, atlas: Atlas, scenario: Scenario) -> None:
    said = " ".join(text for number, text in scenario.rows if number == row.number)
    wished = next((task for task in TASKS if f"wish to {task}" in said), "")
    before = predecessor(row, atlas)
    while before and by_another(before):  # its steps begin when the other may be through already
        before = predecessor(before, atlas)
    first = frozenset(atlas.steps(before, scenario)[:1]) if before else frozenset()
    told.north = North(wrong.part.what, wrong.operator, wrong.part.kind or wished, first)


def _without_a_step(told: Lie, wrong: Wrong) -> None:
    if wrong.part.what == "decision":
        outcome = "SOURCE_COMMITTED" if wrong.operator == "reports-without-doing" else "FALLBACK_NEEDED"
        told.deciding = ends_at_once(told, outcome, ("rollback",))
    elif wrong.operator == "leave-out":
        told.deciding = never_begins(told)
    elif wrong.operator == "reports-without-doing":
        told.deciding = ends_at_once(told, "DESTINATION_COMMITTED", ("modification", "rollback"))
    else:
        told.launches = wrong.operator


def tampering(
    wrong: Wrong, scenario: Scenario, atlas: Atlas, others: Mapping[str, str], instead: str
) -> dict[str, Any]:
    """The wrong as the profile of an actor says it (entity.py); it is about the version that the row is about."""
    work, plan = works()[wrong.part.kind], atlas.plan(scenario)
    table, _, number = wrong.ref.partition("#")
    section = "rollback" if plan and plan.rollback.end.startswith(f"{table}#") else "modification"
    which = version_of(sentence for row, sentence in scenario.rows if row == number)
    return {
        "operator": wrong.operator,
        "what": wrong.part.what,
        "kind": work.kind,
        "step": work.step,
        "task": work.task,
        "section": section if work.late else None,
        "others": dict(others),
        "instead": instead,
        "version": VERSIONS[which] if which and work.about else None,
        "back": work.back,
        "about": work.about,
        "notification": work.notification,
        "state": work.state,
        "final": list(work.final),
        "success": dict(work.success),
    }
