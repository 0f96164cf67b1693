"""From a step to its finding in the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from features.tables import Kind
from harness.judge.registry import FLOW, Rules
from steps.phrases import split_each, split_row
from steps.tables import ref

if TYPE_CHECKING:
    from harness.judge.case import Case
    from steps.world import World


def judge_step(world: World, sentence: str, said: dict[str, Any]) -> None:
    """Judge one step of a flow by the rule whose sentence it says."""
    step = world.step_under_way
    row, text = split_row(step.name)
    each, _ = split_each(text)
    rule = FLOW.saying(sentence)
    place = ref(world.identity.tagged("table"), "flow", row) if row else None
    finding = world.step(rule, row, each, **said)
    world.record.judged(step.keyword, step.name, step.line_number, finding, place, rule.name)


def judge_rows(world: World, kind: Kind, table: list[list[str]], rules: Rules, case: Case) -> None:
    """Judge each row of a condition or role table by the rule whose sentence it is."""
    step = world.step_under_way
    world.record.not_judged(step.keyword, step.name, step.line_number)
    for line, (number, sentence, *others) in enumerate(table[1:], step.line_number + 2):
        each, condition = split_each(sentence)
        rule = rules.saying(condition)
        arguments = {"actors": tuple(name.strip() for name in others[0].split(","))} if others else {}
        finding = world.condition(rule, case, each, **arguments)
        place = ref(world.identity.tagged("table"), kind, number)
        text = " | ".join((number, sentence, *others))
        world.record.judged("*", text, line, finding, place, rule.name)
