"""Then: what is judged, on the closed history. Every rule's sentence is a step; tables are judged row by row."""

from __future__ import annotations

from typing import Any

from pytest_bdd import then

import harness.judge.rules  # noqa: F401  (registers the rules)
from harness.judge.registry import CONDITIONS, FLOW, PARTS
from steps.judging import judge_rows, judge_step
from steps.phrases import Sentence
from steps.world import World


@then("these post-conditions hold")
def post_conditions(world: World, datatable: list[list[str]]) -> None:
    """Each row is judged on what the observer saw after the end."""
    judge_rows(world, "post", datatable, CONDITIONS, world.closed())


@then("these roles were played")
def roles_played(world: World, datatable: list[list[str]]) -> None:
    """Each role is judged by what its player did."""
    judge_rows(world, "roles", datatable, PARTS, world.closed())


def _define(sentence: str) -> None:
    """Make a rule's sentence a step of this module."""

    @then(Sentence(sentence), stacklevel=2)
    def says(world: World, said: dict[str, Any]) -> None:
        judge_step(world, sentence, said)


for _rule in FLOW:
    _define(_rule.sentence)
