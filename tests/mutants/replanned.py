"""The reference SMM with one thing exchanged: an operation, a decision, or a step of its plan."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping
from typing import Any

from harness.clients.http import Body
from harness.smm import OPERATIONS, Subject
from harness.smm.decide import Decide, decide
from harness.smm.manager import Smm
from harness.smm.operations import Absent, Context, Done, Operation, Outcome
from harness.smm.plans import Plan, parse
from harness.sut.surroundings import Surroundings

Data = dict[str, Any]
Steps = list[Data]
Change = Callable[[Data], None]


class Replanned(Smm):
    """A reference SMM that goes by another plan than the one it was told to."""

    def __init__(
        self, surroundings: Surroundings, operations: Mapping[str, Operation], deciding: Decide, change: Change | None
    ) -> None:
        super().__init__(surroundings, operations, deciding)
        self._change = change

    def _plan(self, request: Body, problems: list[str]) -> Plan | None:
        plan = super()._plan(request, problems)
        if plan is None or self._change is None:
            return plan
        data = copy.deepcopy(dict(plan.source))
        self._change(data)
        return parse(data)


def wrong(
    surroundings: Surroundings,
    operations: Mapping[str, Operation] | None = None,
    deciding: Decide = decide,
    change: Change | None = None,
) -> Subject:
    """The reference SMM with other operations, another decision, or another plan."""
    return Subject(Replanned(surroundings, {**OPERATIONS, **(operations or {})}, deciding, change))


def without(*ids: str) -> Change:
    """A plan that lacks these steps, and in which nothing is done while one of them is under way."""

    def change(plan: Data) -> None:
        for steps in lists(plan):
            steps[:] = [step for step in steps if step.get("id") not in ids]
        for beside in (plan.get("parallel", {}), *plan.get("suspensions", ())):
            beside["during"] = [step for step in beside.get("during", ()) if step not in ids]
        plan["suspensions"] = [each for each in plan.get("suspensions", ()) if each["during"]]

    return change


def moved(*ids: str, behind: str) -> Change:
    """A plan in which these steps come right after another."""

    def change(plan: Data) -> None:
        steps = next(found for found in lists(plan) if any(step.get("id") == behind for step in found))
        taken = [step for step in steps if step.get("id") in ids]
        left = [step for step in steps if step.get("id") not in ids]
        at = next(index for index, step in enumerate(left) if step.get("id") == behind) + 1
        steps[:] = [*left[:at], *taken, *left[at:]]

    return change


def step_of(plan: Data, id: str) -> Data:
    """A step of a plan by its id."""
    return next(step for steps in lists(plan) for step in steps if step.get("id") == id)


def lists(plan: Data) -> list[Steps]:
    """The lists of steps of a plan: its two sections, and what is repeated in them."""
    sections: list[Steps] = [plan[section]["steps"] for section in ("modification", "rollback")]
    return sections + [item["steps"] for steps in sections for item in steps if "repeat" in item]


class Nothing(Operation):
    """Done, without anything having been done."""

    def do(self, context: Context) -> Outcome:
        return Done()

    def look_up(self, context: Context) -> Outcome | Absent:
        return Done()
